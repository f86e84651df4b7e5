"""Compatibility characters (fullwidth, mathematical, enclosed, superscript ...) to their plain form, one by one.

Never NFKC of a whole string: the map to the original must stay exact, and Thai, Korean chat and Indic letters that
NFKC would break up are left out of the table.
"""

from __future__ import annotations

import numpy as np

from guardkit.normalize.buffer import Buffer, Mask
from guardkit.normalize.invisible import COUNTRIES
from guardkit.normalize.tables import Flag, Kind, tables

__all__ = ["fold"]

_FIRST_REGIONAL = 0x1F1E6


def _letters(buffer: Buffer, regional: Mask) -> Mask:
    """Which regional indicators are letters: all, unless every run is a sequence of country flags."""
    at = np.flatnonzero(regional)
    for run in np.split(at, np.flatnonzero(np.diff(at) > 1) + 1):
        letters = "".join(chr(code - _FIRST_REGIONAL + 65) for code in buffer.codes[run].tolist())
        pairs = (letters[i : i + 2] for i in range(0, len(letters), 2))
        if not all(pair in COUNTRIES for pair in pairs):
            return regional
    return np.zeros(len(buffer), np.bool_)


def fold(buffer: Buffer) -> tuple[Buffer, int]:
    """The buffer with compatibility characters in their plain form, and how many they were."""
    kinds = buffer.kinds
    mask = kinds == Kind.COMPAT
    wide, regional = kinds == Kind.WIDE, kinds == Kind.REGIONAL
    if wide.any() and not (buffer.flags & Flag.CJK).any():
        mask |= wide
    if regional.any():
        mask |= _letters(buffer, regional)
    count = int(mask.sum())
    if not count:
        return buffer, 0
    known = np.isin(buffer.codes, tables().compat.keys)
    mask &= known
    values, lengths = tables().compat.at(buffer.codes[mask])
    return buffer.expand(mask, values, lengths), count
