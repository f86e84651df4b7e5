"""One obfuscation: a pure function of the text and a random source, and what is known about undoing it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["Apply", "Lossless", "Transform", "by_letter", "by_word", "octets", "plain"]

Lossless = Literal["Y", "Y-", "A", "N"]
Apply = Callable[[str, random.Random], str]


@dataclass(frozen=True, slots=True)
class Transform:
    """An encoder of attacks (and, so that obfuscation alone is never the lesson, of benign texts).

    `lossless`: "Y" exact by code, "Y-" exact up to case, spacing and punctuation, "A" ambiguous (needs a language
    score or a key), "N" information is lost. `tools` are the red-team tools that apply it, as in
    `research/transforms.md`.
    """

    name: str
    family: str
    lossless: Lossless
    apply: Apply
    tools: tuple[str, ...] = ()
    needs: str = ""  # a package of the extra `train`, without which it cannot be applied


def plain(function: Callable[[str], str]) -> Apply:
    """An encoder that needs no randomness, as one that is given it."""
    return lambda text, rng: function(text)


def by_letter(table: Mapping[str, str], *, fold: bool = False, joiner: str = "") -> Apply:
    """The encoder that writes each character of the table as its entry and leaves every other as it is."""

    def apply(text: str, rng: random.Random) -> str:
        return joiner.join(table.get(c.lower() if fold else c, c) for c in text)

    return apply


def by_word(function: Callable[[str], str], joiner: str = " ") -> Apply:
    """The encoder that applies the function to each white-space separated word."""
    return lambda text, rng: joiner.join(map(function, text.split()))


def octets(text: str) -> bytes:
    """The UTF-8 bytes; a lone surrogate, which Python strings may hold, becomes three bytes instead of an error."""
    return text.encode("utf-8", "surrogatepass")
