"""Tokens that are no ordinary words: long ones of letters and punctuation, and of letters in either case and digits."""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_letters, digits, punctuation

from guardkit.decode.gate import Trigger

__all__ = ["CASES", "LETTERS", "PUNCTUATION", "SINGLE", "has_mixed", "has_punctuated", "mixed", "punctuated"]

LETTERS = digits + ascii_letters
PUNCTUATION = punctuation
LONG = 15  # characters of a token with punctuation, of which
MARKS = 3  # kinds it has
MIXED = 11  # characters of the other kind

# Letter case and digits mixed within a token: 8 characters of base64 nearly always have one of these pairs.
_SHAPE = bytes(
    97 if chr(code).islower() else 65 if chr(code).isupper() else 48 if chr(code).isdigit() else 32
    for code in range(128)
) + bytes([32] * 128)
CASES = tuple(Trigger(_SHAPE, pair) for pair in (b"aA", b"a0", b"0A", b"0a"))
# A capital or a digit that stands alone, as every third letter of an encoding does whose letters all do.
SINGLE = tuple(Trigger(_SHAPE, letter) for letter in (b" A ", b" 0 "))

_MARKS = frozenset(punctuation)
_MARK_CODES = frozenset(punctuation.encode())
_LONG = re.compile(rf"\S{{{LONG},}}+")
_ALNUM = re.compile(rf"[0-9A-Za-z]{{{MIXED},}}+")

Tokens = list[tuple[int, str]]  # where each begins


def has_punctuated(data: bytes) -> bool:
    """Whether there may be such a token in ASCII, or one in Adobe's brackets."""
    if b"<~" in data:
        return True
    long = [token for token in data.split() if len(token) >= LONG]
    return any(len(_MARK_CODES.intersection(token)) >= MARKS for token in long)


@lru_cache(maxsize=2)  # for several alphabets
def punctuated(text: str) -> Tokens:
    """The long tokens with several kinds of punctuation, but for addresses. Not to be changed."""
    return [
        (match.start(), match[0])
        for match in _LONG.finditer(text)
        if "://" not in match[0] and len(_MARKS.intersection(match[0])) >= MARKS
    ]


def has_mixed(data: bytes) -> bool:
    """Whether there is such a token in ASCII."""
    return any(map(_is_mixed, [shape for shape in data.translate(_SHAPE).split() if len(shape) >= MIXED]))


@lru_cache(maxsize=2)
def mixed(text: str) -> Tokens:
    """The long tokens of letters and digits that change between cases or digits. Not to be changed."""
    return [
        (found.start(), found[0]) for found in _ALNUM.finditer(text) if _is_mixed(found[0].encode().translate(_SHAPE))
    ]


def _is_mixed(shape: bytes) -> bool:
    return any(case.needle in shape for case in CASES)
