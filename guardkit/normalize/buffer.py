"""The text while it is being normalised: code points, and for each the range of the view it came from.

Kept as arrays so that a step is one array operation, whatever the number of characters it changes; one `View` is
made at the very end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from guardkit.normalize.tables import Codes, tables
from guardkit.view import Offsets, View

__all__ = ["Buffer", "encode"]

Mask = NDArray[np.bool_]


def encode(text: str) -> Codes:
    """The code points of a text; lone surrogates stay what they are."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


@dataclass(frozen=True, eq=False)  # without slots: the cached properties live in its dict
class Buffer:
    """Code points and their ranges, low..high, in the view that is being normalised."""

    codes: Codes
    low: Offsets
    high: Offsets

    @staticmethod
    def of(text: str) -> Buffer:
        codes = encode(text)
        base = np.arange(len(codes) + 1, dtype=np.int32)
        return Buffer(codes, base[:-1], base[1:])

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def text(self) -> str:
        return self.codes.tobytes().decode("utf-32-le", "surrogatepass")

    @cached_property
    def kinds(self) -> NDArray[np.uint8]:
        return tables().kind[self.codes]

    @cached_property
    def flags(self) -> NDArray[np.uint8]:
        return tables().flag[self.codes]

    @cached_property
    def present(self) -> set[int]:
        """The kinds of code point that occur."""
        return set(np.bincount(self.kinds).nonzero()[0].tolist())

    def keep(self, mask: Mask) -> Buffer:
        """The buffer without the code points where `mask` is false."""
        return Buffer(self.codes[mask], self.low[mask], self.high[mask])

    def recode(self, codes: Codes) -> Buffer:
        """The buffer with other code points at the same places."""
        return Buffer(codes, self.low, self.high)

    def expand(self, mask: Mask, values: Codes, lengths: NDArray[np.int64]) -> Buffer:
        """The buffer with each code point under `mask` replaced by its stretch of `values`."""
        counts = np.ones(len(self), np.int64)
        counts[mask] = lengths
        index = np.repeat(np.arange(len(self)), counts)
        codes = self.codes[index]
        codes[mask[index]] = values
        return Buffer(codes, self.low[index], self.high[index])

    def rewrite(self, starts: Sequence[int], ends: Sequence[int], values: Sequence[str]) -> Buffer:
        """The buffer with ranges replaced, in order, none overlapping or empty; new characters map to their whole
        range.
        """
        first = np.asarray(starts, np.int64)
        last = np.asarray(ends, np.int64)
        counts = np.ones(len(self), np.int64)
        edges = np.zeros(len(self) + 1, np.int64)
        np.add.at(edges, first, 1)
        np.add.at(edges, last, -1)
        counts[np.cumsum(edges[:-1]) > 0] = 0
        counts[first] = [len(value) for value in values]
        heads = np.zeros(len(self), np.bool_)
        heads[first] = True
        high = self.high.copy()
        high[first] = self.high[last - 1]
        index = np.repeat(np.arange(len(self)), counts)
        codes = self.codes[index]
        codes[heads[index]] = encode("".join(values))
        return Buffer(codes, self.low[index], high[index])

    def view(self, parent: View, name: str) -> View:
        """The buffer as a view made from `parent`."""
        starts, ends = parent.offsets()
        low, last = self.low, self.high - 1
        # The parent may run backwards (it was reversed), so either end of a range can be the lower one.
        return View(
            self.text,
            (*parent.chain, name),
            np.minimum(starts[low], starts[last]),
            np.maximum(ends[low], ends[last]),
            parent.share,
        )
