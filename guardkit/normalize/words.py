"""The words of a buffer, and how each is made up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guardkit.decode.language import known
from guardkit.normalize.buffer import Buffer, Mask
from guardkit.normalize.tables import Flag, tables

__all__ = ["Words", "plain"]

Counts = NDArray[np.int64]

# Strokes that a look-alike leaves open: UTS #39 has m for rn and one letter for I and l.
_AMBIGUOUS = (("rn", "m"), ("l", "I"), ("I", "l"), ("vv", "w"))


def plain(word: str) -> str:
    """The word in ASCII as far as its look-alikes go, read so that it is a known word if it can be."""
    table = tables().plain
    folded = "".join(table.get(char, char) for char in word)
    if not known(folded.lower()):
        for old, new in _AMBIGUOUS:
            if old in folded and known((repaired := folded.replace(old, new)).lower()):
                return repaired
    return folded


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Words as parallel arrays: where each is, and how many of its characters are of each sort."""

    text: str
    starts: Counts
    ends: Counts
    ascii: Counts
    latin: Counts
    lookalike: Counts
    accented: Counts

    @staticmethod
    def of(buffer: Buffer) -> Words:
        flags = buffer.flags
        inside = np.zeros(len(flags) + 2, np.int8)
        inside[1:-1] = (flags & Flag.WORD) > 0
        edges = np.diff(inside)
        starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)

        def count(mask: Mask) -> Counts:
            total = np.zeros(len(mask) + 1, np.int64)
            np.cumsum(mask, out=total[1:])
            return total[ends] - total[starts]

        return Words(
            buffer.text,
            starts,
            ends,
            count(buffer.codes < 128),
            count((flags & Flag.LATIN) > 0),
            count((flags & Flag.LOOKALIKE) > 0),
            count((flags & Flag.ACCENTED) > 0),
        )

    @property
    def sizes(self) -> Counts:
        return self.ends - self.starts

    @property
    def mixed(self) -> Mask:
        """Which words have ASCII letters and look-alikes."""
        return (self.ascii > 0) & (self.lookalike > 0)

    def __getitem__(self, at: int) -> str:
        return self.text[self.starts[at] : self.ends[at]]

    def __len__(self) -> int:
        return len(self.starts)
