"""Bits written in zero-width characters or in spaces and tabs, and what of such was not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

import numpy as np

from guardkit.decode.gate import plausible
from guardkit.normalize.buffer import Buffer, Mask
from guardkit.normalize.invisible import unseen
from guardkit.normalize.smuggling import MOST_BITS, Payload
from guardkit.normalize.tables import Kind

__all__ = ["payloads", "unread"]

_ZERO_WIDTH = re.compile(r"[\u200b-\u200f\u2060\ufeff\u180e]{24,}")
_BLANKS = re.compile(r"[ \t]{24,}")
_OPERATORS = range(0x2061, 0x2065)
_LEAST = 24  # characters of a message
_SPREAD = 48  # of one that stands in between the letters of another text, and their share of that,
_DENSE = 0.15  # or one in six
_GRAM = 6  # characters whose different sequences tell a message from padding,
_GRAMS = 12  # which repeats a few; a message has more


def _characters(bits: str) -> Iterator[str]:
    """The texts that the bits spell with 8 and with 7 bits to a character, either end first, or with 16."""
    for width in (8, 7):
        if len(bits) % width == 0:
            groups = [bits[at : at + width] for at in range(0, len(bits), width)]
            for step in (1, -1):
                octets = bytes(int(group[::step], 2) for group in groups)
                try:
                    yield octets.decode()
                except UnicodeDecodeError:
                    continue
    if len(bits) % 16 == 0:
        wide = int(bits or "0", 2).to_bytes(len(bits) // 8, "big").decode("utf-16-be", "replace")
        if wide.isascii():  # half of all others would be Chinese
            yield wide


def _separated(groups: list[str]) -> str:
    """The text whose characters these are in binary, as long as they need."""
    if not all([len(group) <= 16 for group in groups]):
        return ""
    return "".join([chr(int(group, 2)) for group in groups if group])


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
                if plausible(text):
                    return text
        if len(order) == 3:
            text = _separated(signs.translate({ord(order[0]): "0", ord(order[1]): "1"}).split(order[2]))
            if text.isascii() and plausible(text):
                return text
    return ""


def payloads(buffer: Buffer) -> Iterator[Payload]:
    """The texts hidden as bits in runs of the raw buffer, one per technique."""
    text = buffer.text
    for name, pattern in (("zero_width", _ZERO_WIDTH), ("whitespace", _BLANKS)):
        found = [(match, hidden) for match in pattern.finditer(text) if (hidden := _spelled(match[0][:MOST_BITS]))]
        if not found and name == "zero_width":
            yield from _spread(buffer)
        if found:
            yield name, "\n".join(hidden for _, hidden in found), found[0][0].start(), found[-1][0].end()


def _varied(signs: str) -> bool:
    """Whether the signs are no padding, such as mails have it, which repeats a few of them."""
    grams: set[str] = set()
    for start in range(len(signs) - _GRAM + 1):
        grams.add(signs[start : start + _GRAM])
        if len(grams) >= _GRAMS:
            return True
    return False


def _spread(buffer: Buffer) -> Iterator[Payload]:
    """The text hidden in between the letters of another one. Selectors and operators are `smuggling`'s."""
    codes = buffer.codes
    operators = (codes >= _OPERATORS[0]) & (codes <= _OPERATORS[-1])
    at = np.flatnonzero(unseen(buffer) & (buffer.kinds != Kind.SELECTOR) & ~operators)[:MOST_BITS]
    signs = "".join(map(chr, codes[at].tolist()))
    if len(signs) >= _LEAST and _varied(signs) and (hidden := _spelled(signs)):
        yield "zero_width", hidden, int(at[0]), int(at[-1]) + 1


def unread(buffer: Buffer) -> tuple[int, int] | None:
    """Where there are so many characters that draw nothing, and in so many ways, that they are a message."""
    mask: Mask = unseen(buffer)
    at = np.flatnonzero(mask)
    if len(at) < _LEAST:
        return None
    if len(at) < max(_SPREAD, _DENSE * len(buffer)):
        breaks = np.flatnonzero(np.diff(at) > 1)
        runs = np.split(at, breaks + 1)
        at = max(runs, key=len)
    if len(at) < _LEAST or not _varied("".join(map(chr, buffer.codes[at].tolist()))):
        return None
    return int(at[0]), int(at[-1]) + 1
