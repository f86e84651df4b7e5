"""Odd spaces to a space, line separators to a newline; runs keep their length, for they may be word gaps."""

from __future__ import annotations

import numpy as np

from guardkit.normalize.buffer import Buffer
from guardkit.normalize.tables import Flag, Kind

__all__ = ["fold"]

_BLANK_BRAILLE = 0x2800


def fold(buffer: Buffer) -> Buffer:
    """The buffer with plain spaces and newlines; the ideographic space stays in the texts that write it."""
    if not (Kind.SPACE in buffer.present or Kind.BREAK in buffer.present or chr(_BLANK_BRAILLE) in buffer.text):
        return buffer
    codes, kinds = buffer.codes, buffer.kinds
    space = kinds == Kind.SPACE
    if ((space_3000 := codes == 0x3000) & space).any() and ((buffer.flags & Flag.CJK > 0) & ~space_3000).any():
        space &= ~space_3000
    blank = codes == _BLANK_BRAILLE
    if blank.any() and not ((codes > _BLANK_BRAILLE) & (codes < 0x2900)).any():
        space |= blank
    line = kinds == Kind.BREAK
    if not (space.any() or line.any()):
        return buffer
    return buffer.recode(np.where(space, np.uint32(32), np.where(line, np.uint32(10), codes)))
