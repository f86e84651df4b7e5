"""Attacks, harmful requests and harmless twins that people might have written: texts of authors, not of grammars.

Grammars say the same things again and again in new words; authors think of new things. Each file in `texts` has one
theme, with attacks or harmful requests, and texts that resemble them in topic, words and form and are harmless. They
were written for this project without a view of any benchmark or training text (docs/candidates.md, "Prompts"). Each is
drawn several times, typed differently, in company or inside a document.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from .carriers import carry
from .pool import Pool
from .sample import Channel, Family, Label, Sample, attack, benign
from .typography import typeset

__all__ = ["FAMILIES", "LONG", "Text", "of", "texts"]

FOLDER = Path(__file__).with_name("texts")
LONG = 400  # characters from which on a text stands for itself
_GAPS = ("\n\n", "\n", " ", "\n---\n", " ... ")


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    label: Label
    channel: Channel
    lang: str
    harmful: bool


@cache
def texts() -> tuple[Text, ...]:
    """All texts of all themes. Raises `ValueError` for a line that is none."""
    found = []
    for path in sorted(FOLDER.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
                found.append(
                    Text(row["text"], row["label"], row["channel"], row.get("lang", "en"), bool(row.get("harmful")))
                )
            except (KeyError, TypeError, json.JSONDecodeError) as error:
                raise ValueError(f"{path.name}, line {number} is no text with a label and a channel: {error}") from None
    return tuple(found)


@cache
def of(kind: str) -> tuple[Text, ...]:
    """The texts of a kind: attack, harmful, harmless, or harmless prompt."""
    chosen = {
        "attack": lambda one: one.label != "benign",
        "harmful": lambda one: one.label == "benign" and one.harmful,
        "harmless": lambda one: one.label == "benign" and not one.harmful,
        "harmless prompt": lambda one: one.label == "benign" and not one.harmful and one.channel == "user",
    }[kind]
    return tuple(filter(chosen, texts()))


def _company(rng: Random, pool: Pool, text: str) -> tuple[str, int]:
    """Returns the text beside harmless words of the same writer, and where it starts."""
    other = rng.choice(of("harmless prompt")).text
    if pool.tasks and rng.random() < 0.5:
        other = rng.choice(pool.tasks)
    gap = rng.choice(_GAPS)
    return (text + gap + other, 0) if rng.random() < 0.4 else (other + gap + text, len(other) + len(gap))


def written_attack(rng: Random, pool: Pool) -> Sample:
    """An author's attack alone, in harmless company, or carried by a document or a tool's result."""
    one = rng.choice(of("attack"))
    text = typeset(rng, one.text)
    if one.channel != "user" or len(text) > LONG or (roll := rng.random()) < 0.6:
        return attack(text, "written_attack", label=one.label, harmful=None, channel=one.channel, lang=one.lang)
    if roll < 0.8:
        whole, start = _company(rng, pool, text)
        span = start, start + len(text)
        return attack(whole, "written_attack", label=one.label, harmful=None, lang=one.lang, span=span)
    whole, place, channel, _ = carry(rng, pool, text)
    return attack(whole, "written_attack", harmful=None, channel=channel, lang=one.lang, span=place)


def written_benign(rng: Random, pool: Pool) -> Sample:
    """A harmless twin alone, or with another one."""
    one = rng.choice(of("harmless"))
    text = typeset(rng, one.text)
    if one.channel == "user" and len(text) <= LONG and rng.random() < 0.25:
        text, _ = _company(rng, pool, text)
    return benign(text, "written_benign", channel=one.channel, lang=one.lang)


def written_harm(rng: Random, pool: Pool) -> Sample:
    """An author's harmful request."""
    one = rng.choice(of("harmful"))
    return benign(typeset(rng, one.text), "written_harm", harmful=1, channel=one.channel, lang=one.lang)


FAMILIES: dict[str, Family] = {
    "written_attack": written_attack,
    "written_benign": written_benign,
    "written_harm": written_harm,
}
