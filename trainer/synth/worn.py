"""Attacks and harmless texts that are badly typed, dragged out or drowned: what must not change a verdict.

Plain attacks are what a guard is sure of, and what people disguise first. The same wear on both sides says nothing of
either: slips of the fingers in many words, stray words behind, long prose around, other sentences between the parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from . import direct, jailbreak
from .amid import calm, short
from .everyday import everyday
from .pool import Pool
from .sample import Family, Sample, attack, benign
from .tasks import task
from .technical import technical
from .typography import slip

__all__ = ["FAMILIES", "WEAR", "Wear"]

Span = tuple[int, int]
Wear = Callable[[Random, Pool, str], tuple[str, Span]]
_PLAIN: tuple[Family, ...] = (
    direct.FAMILIES["override"], direct.FAMILIES["override"], direct.FAMILIES["extraction"],
    direct.FAMILIES["hijack"], direct.FAMILIES["agent"], direct.FAMILIES["pretext"], jailbreak.FAMILIES["persona"],
)  # fmt: skip


def _stray(rng: Random, pool: Pool, count: int) -> str:
    """Returns words that belong to nothing, out of harmless texts."""
    words: list[str] = []
    while len(words) < 2 * count:
        words += re.findall(r"[^\W\d_]+", calm(rng, pool)[0] if rng.random() < 0.5 else task(rng, pool))
    return " ".join(rng.sample(words, count))


def _slips(rng: Random, _: Pool, text: str) -> tuple[str, Span]:
    share = rng.choice((0.1, 0.2, 0.4))
    made = " ".join(slip(rng, word) if rng.random() < share else word for word in text.split(" "))
    return made, (0, len(made))


def _behind(rng: Random, pool: Pool, text: str) -> tuple[str, Span]:
    return f"{text} {_stray(rng, pool, rng.randint(1, 24))}", (0, len(text))


def _before(rng: Random, pool: Pool, text: str) -> tuple[str, Span]:
    stray = _stray(rng, pool, rng.randint(1, 16))
    return f"{stray} {text}", (len(stray) + 1, len(stray) + 1 + len(text))


def _drowned(rng: Random, pool: Pool, text: str) -> tuple[str, Span]:
    """Somewhere in prose, of a few lines to some pages."""
    around = [sentence for _ in range(rng.choice((1, 2, 4, 8))) for sentence in calm(rng, pool)]
    at = rng.randint(0, len(around))
    before = "".join(sentence + " " for sentence in around[:at])
    return f"{before}{text} {' '.join(around[at:])}".rstrip(), (len(before), len(before) + len(text))


def _apart(rng: Random, pool: Pool, text: str) -> tuple[str, Span]:
    words = text.split()
    if len(words) < 4:
        return _behind(rng, pool, text)
    at = rng.randint(2, len(words) - 2)
    gap, between = rng.choice((" … ", " ... ", "\n", "\n\n", " - ")), rng.choice(calm(rng, pool))
    made = f"{' '.join(words[:at])}{gap}{between}{gap}{' '.join(words[at:])}"
    return made, (0, len(made))


WEAR: tuple[Wear, ...] = (
    _slips, _slips, _behind, _behind, _before, _drowned, _drowned, _drowned, _apart,
)  # fmt: skip


def worn(rng: Random, pool: Pool) -> Sample:
    """A plain attack of the grammars, or an author's, after such wear."""
    if rng.random() < 0.65:
        one = rng.choice(_PLAIN)(rng, pool)
        label, harmful, lang, text = one.label, one.harmful, one.lang, one.text
    else:
        written = short(rng, "attack")
        label, harmful, lang, text = written.label, None, written.lang, written.text
    made, span = rng.choice(WEAR)(rng, pool, text)
    return attack(made, "worn", label=label, harmful=harmful, lang=lang, span=span)


def worn_benign(rng: Random, pool: Pool) -> Sample:
    """A harmless prompt after the same wear."""
    roll = rng.random()
    if roll < 0.6:
        written = short(rng, "harmless prompt")
        lang, text = written.lang, written.text
    else:
        lang, text = "en", task(rng, pool) if roll < 0.75 else rng.choice((everyday, technical))(rng, pool).text
    return benign(rng.choice(WEAR)(rng, pool, text)[0], "worn_benign", lang=lang)


FAMILIES: dict[str, Family] = {"worn": worn, "worn_benign": worn_benign}
