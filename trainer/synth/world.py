# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""Direct attacks and honest messages in twenty-seven languages, from the same words."""

from __future__ import annotations

from random import Random

from .babel import BABEL
from .filler import FILLER
from .grammar import Grammar
from .pool import Pool
from .sample import Family, Sample, attack, benign
from .tongues import TONGUES
from .typography import typeset

_OVERRIDE = "@override\n{drop} {old}\n"
GRAMMARS: dict[str, Grammar] = {
    code: Grammar(rules if "@override" in rules else _OVERRIDE + rules, FILLER)
    for code, rules in {**TONGUES, **BABEL}.items()
}
_LANGUAGES = sorted(GRAMMARS)
_SHAPES = (
    "{override}. {then}.", "{override}, {then}.", "{override}: {then}", "{leak}", "{override}. {leak}", "{then}. {override}!", "{override}! {then}. {then}.",
    "{override}\n\n{then}", "*** {override} *** {then}", "{token}: {override}. {then}", "{override} ({token}). {leak}", "{leak} {then}.",
)  # fmt: skip


def _write(rng: Random, code: str, shape: str) -> str:
    text = GRAMMARS[code].say(rng, shape)
    return text.replace(" ", "") if code in ("zh", "ja", "th") and " " in text and rng.random() < 0.3 else text


def world_attack(rng: Random, pool: Pool) -> Sample:
    """An override, order or leak in another language, at times after an honest line or inside a document."""
    code = rng.choice(_LANGUAGES)
    text = typeset(rng, _write(rng, code, rng.choice(_SHAPES)))
    roll = rng.random()
    hosts = pool.world.get(code, ())
    if roll < 0.6:
        return attack(text, "world_attack", lang=code)
    if roll < 0.75 or not hosts:
        before = _write(rng, code, "{safe}") + rng.choice((" ", "\n", ". "))
        return attack(before + text, "world_attack", lang=code, span=(len(before), len(before) + len(text)))
    body = rng.choice(hosts) + rng.choice((" ", "\n", "\n\n"))
    start = len(body)
    return attack(
        body + text,
        "world_attack",
        lang=code,
        span=(start, start + len(text)),
        channel=rng.choice(("document", "tool")),
    )


def world_benign(rng: Random, pool: Pool) -> Sample:
    """Greetings, questions and requests with the same trigger words, honest documents."""
    code = rng.choice(_LANGUAGES)
    hosts = pool.world.get(code, ())
    if hosts and rng.random() < 0.25:
        text = rng.choice(hosts)
        if rng.random() < 0.4:
            text = f"{_write(rng, code, '{safe}')}\n\n{text}"
            return benign(text, "world_benign", lang=code)
        return benign(text, "world_benign", lang=code, channel=rng.choice(("document", "tool")))
    shape = rng.choice(
        (
            "{safe}",
            "{safe}",
            "{safe} {safe}",
            "{safe} {emoji}",
            "{safe}\n{safe}",
            "{first}: {safe}",
            "{safe} ({city})",
            "{safe} {number}",
            "@{first} {safe}",
            "{safe} {url}",
            "{safe} - {firm}",
        )
    )
    return benign(typeset(rng, _write(rng, code, shape)), "world_benign", lang=code)


FAMILIES: dict[str, Family] = {"world_attack": world_attack, "world_benign": world_benign}
