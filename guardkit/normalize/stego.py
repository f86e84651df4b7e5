"""Bits written in zero-width characters or in spaces and tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

from guardkit.decode.language import readable
from guardkit.normalize.buffer import Buffer
from guardkit.normalize.smuggling import MOST_BITS, Payload

__all__ = ["payloads"]

_ZERO_WIDTH = re.compile(r"[\u200b-\u200f\u2060\ufeff\u180e]{24,}")
_BLANKS = re.compile(r"[ \t]{24,}")


def _characters(bits: str) -> Iterator[str]:
    """The texts that the bits spell with 8 and with 7 bits to a character, either end first."""
    for width in (8, 7):
        if len(bits) % width == 0:
            groups = [bits[at : at + width] for at in range(0, len(bits), width)]
            for step in (1, -1):
                octets = bytes(int(group[::step], 2) for group in groups)
                try:
                    yield octets.decode()
                except UnicodeDecodeError:
                    continue


def _spelled(signs: str) -> str:
    """The first reading of the signs that is legible text, or nothing."""
    alphabet = sorted(set(signs))
    if not 2 <= len(alphabet) <= 4:
        return ""
    for order in permutations(alphabet):
        codings = [{sign: f"{value:02b}" for value, sign in enumerate(order)}]  # two bits a sign
        if len(order) < 4:  # one bit a sign, a third one being a separator
            codings.insert(0, dict(zip(order, ("0", "1", ""), strict=False)))
        for coding in codings:
            bits = signs.translate({ord(sign): value for sign, value in coding.items()})
            for text in _characters(bits):
                if readable(text):
                    return text
    return ""


def payloads(buffer: Buffer) -> Iterator[Payload]:
    """The texts hidden as bits in runs of the raw buffer, one per technique."""
    text = buffer.text
    for name, pattern in (("zero_width", _ZERO_WIDTH), ("whitespace", _BLANKS)):
        found = [(match, hidden) for match in pattern.finditer(text) if (hidden := _spelled(match[0][:MOST_BITS]))]
        if found:
            yield name, "\n".join(hidden for _, hidden in found), found[0][0].start(), found[-1][0].end()
