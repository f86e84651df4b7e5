"""Orders in the midst of prose that has nothing to do with them, and honest questions there.

What stands around a text says nothing about it, so the same prose surrounds both, in what users write too.
"""

from __future__ import annotations

import re
from random import Random

from .buried import passage
from .direct import order
from .everyday import everyday
from .filler import lines
from .guidance import guidance
from .pool import Pool
from .prose import sentences
from .sample import Channel, Family, Sample, attack, benign
from .technical import technical
from .typography import typeset
from .written import LONG, Text, of

__all__ = ["FAMILIES", "calm", "short"]

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_PLACES: tuple[Channel, ...] = ("user", "user", "user", "document", "document", "tool")


def short(rng: Random, kind: str, *, foreign: bool = False) -> Text:
    """Returns an author's text that is no whole document."""
    while True:
        one = rng.choice(of(kind))
        if len(one.text) <= LONG and (one.channel != "user") is foreign:
            return one


def calm(rng: Random, pool: Pool) -> list[str]:
    """Returns harmless sentences, some 40 to 200 words of one kind or of two."""
    found: list[str] = []
    for _ in range(rng.choice((1, 1, 2))):
        roll = rng.random()
        if roll < 0.4:
            text = passage(rng, pool)
        elif roll < 0.6:
            text = sentences(rng, 4, 14)
        elif roll < 0.75:
            text = lines(rng, 4, 14)
        else:
            text = " ".join(short(rng, "harmless", foreign=True).text for _ in range(rng.randint(1, 4)))
        found += [sentence for sentence in _SENTENCE.split(text.strip()) if sentence]
    return found


def _put(rng: Random, around: list[str], message: str) -> tuple[str, tuple[int, int]]:
    at, gap = rng.randint(0, len(around)), rng.choice((" ", " ", " ", "\n", "\n\n"))
    before = "".join(sentence + gap for sentence in around[:at])
    after = "".join(gap + sentence for sentence in around[at:])
    return before + message + after, (len(before), len(before) + len(message))


def amid(rng: Random, pool: Pool) -> Sample:
    """An author's attack, or a direct one of the grammars, anywhere in such prose."""
    around, channel = calm(rng, pool), rng.choice(_PLACES)
    if rng.random() < 0.6:
        one = short(rng, "attack")
        text, span = _put(rng, around, typeset(rng, one.text))
        return attack(text, "amid", label=one.label, harmful=None, channel=channel, lang=one.lang, span=span)
    text, span = _put(rng, around, typeset(rng, order(rng, pool)))
    return attack(text, "amid", channel=channel, span=span)


def amid_benign(rng: Random, pool: Pool) -> Sample:
    """The prose with a harmless text of the same kind in it, or with nothing."""
    around, channel = calm(rng, pool), rng.choice(_PLACES)
    message, lang = _harmless(rng, pool, channel)
    return benign(_put(rng, around, message)[0], "amid_benign", channel=channel, lang=lang)


def _harmless(rng: Random, pool: Pool, channel: Channel) -> tuple[str, str]:
    """What stands where the attack would, and its language."""
    roll = rng.random()
    if roll < 0.2:
        return sentences(rng, 1, 1), "en"
    if channel == "user" and 0.7 <= roll < 0.8 and pool.tasks:
        return typeset(rng, rng.choice(pool.tasks)), "en"
    if channel == "user" and roll >= 0.7:
        return typeset(rng, rng.choice((everyday, technical, guidance))(rng, pool).text), "en"
    if channel != "user" and roll < 0.5:  # what is asked there would be a foreign task
        return typeset(rng, guidance(rng, pool).text), "en"
    one = short(rng, "harmless", foreign=channel != "user")
    return typeset(rng, one.text), one.lang


FAMILIES: dict[str, Family] = {"amid": amid, "amid_benign": amid_benign}
