"""Combining marks: composed where a letter has them by right, dropped where they are noise (Zalgo, strike-through)."""

from __future__ import annotations

from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from guardkit.normalize.buffer import Buffer, Mask
from guardkit.normalize.tables import Kind, tables

__all__ = ["settle"]

KEYCAP = 0x20E3
COMPOSED = 4  # marks of a cluster that may belong to its letter; canonical ordering is quadratic in the others
SPELLED = 4  # marks of Indic, Hebrew ... on one letter: nukta, vowel, anusvara and an accent


def _rank(mark: Mask) -> NDArray[np.int64]:
    """1 for the first mark after a letter, 2 for the second ..., 0 for the letter."""
    index = np.arange(len(mark))
    rank: NDArray[np.int64] = index - np.maximum.accumulate(np.where(mark, -1, index))
    return rank


def settle(buffer: Buffer) -> tuple[Buffer, int]:
    """The buffer with marks composed or dropped, and how many were dropped."""
    kinds, codes = buffer.kinds, buffer.codes
    ornament, spelling = kinds == Kind.ORNAMENT, kinds == Kind.SPELLING
    # Japanese voice marks and Korean letters compose too, but are never noise.
    native = (codes == 0x3099) | (codes == 0x309A) | ((codes >= 0x1161) & (codes <= 0x11FF))
    if not (ornament | spelling | native).any():
        return buffer, 0
    rank = _rank(ornament | spelling)
    surplus = spelling & (rank > SPELLED)
    composing = (ornament & ~((codes == KEYCAP) & (rank <= 2))) | native
    dropped = int(surplus.sum())
    if dropped:
        buffer, composing, native = buffer.keep(~surplus), composing[~surplus], native[~surplus]
    at = np.flatnonzero(composing)
    if not len(at):
        return buffer, dropped
    text, ornaments = buffer.text, tables().ornaments
    breaks = np.flatnonzero(np.diff(at) > 1)
    firsts = at[np.concatenate(([0], breaks + 1))].tolist()
    lasts = (at[np.concatenate((breaks, [len(at) - 1]))] + 1).tolist()
    starts, ends, values = [], [], []
    for first, last in zip(firsts, lasts, strict=True):
        start = max(0, first - 1)
        head = min(last, first + COMPOSED)
        composed = normalize("NFC", text[start:head])
        if native[first]:
            composed += text[head:last]
        else:
            whole = len(composed) + last - head
            composed = "".join(char for char in composed if char not in ornaments)
            dropped += whole - len(composed)
        if composed != text[start:last]:
            starts.append(start)
            ends.append(last)
            values.append(composed)
    return (buffer.rewrite(starts, ends, values) if starts else buffer), dropped
