"""The words of a buffer, and how each is made up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

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
    folded = word if word.isascii() else "".join([table.get(char, char) for char in word])
    if not known(folded.lower()):
        for old, new in _AMBIGUOUS:
            if old in folded and known((repaired := folded.replace(old, new)).lower()):
                return repaired
    return folded


@dataclass(frozen=True, eq=False)  # without slots: the cached properties live in its dict
class Words:
    """Words as parallel arrays: where each is, and how many of its characters are of each sort."""

    buffer: Buffer
    starts: Counts
    ends: Counts

    @staticmethod
    def of(buffer: Buffer) -> Words:
        flags = buffer.flags
        inside = np.zeros(len(flags) + 2, np.int8)
        inside[1:-1] = (flags & Flag.WORD) > 0
        edges = inside[1:] - inside[:-1]
        return Words(buffer, (edges == 1).nonzero()[0], (edges == -1).nonzero()[0])

    def _count(self, mask: Mask) -> Counts:
        total = np.zeros(len(mask) + 1, np.int64)
        mask.cumsum(out=total[1:])
        return total[self.ends] - total[self.starts]

    @cached_property
    def ascii(self) -> Counts:
        return self._count(self.buffer.codes < 128)

    @cached_property
    def latin(self) -> Counts:
        return self._count((self.buffer.flags & Flag.LATIN) > 0)

    @cached_property
    def lookalike(self) -> Counts:
        return self._count((self.buffer.flags & Flag.LOOKALIKE) > 0)

    @cached_property
    def accented(self) -> Counts:
        return self._count((self.buffer.flags & Flag.ACCENTED) > 0)

    @property
    def sizes(self) -> Counts:
        return self.ends - self.starts

    @property
    def mixed(self) -> Mask:
        """Which words have ASCII letters and look-alikes."""
        return (self.ascii > 0) & (self.lookalike > 0)

    def first(self, count: int) -> Iterator[str]:
        """The first words of the text."""
        for start, end in zip(self.starts[:count].tolist(), self.ends[:count].tolist(), strict=True):
            yield self.buffer.text[start:end]

    def __getitem__(self, at: int) -> str:
        return self.buffer.text[self.starts[at] : self.ends[at]]

    def __len__(self) -> int:
        return len(self.starts)
