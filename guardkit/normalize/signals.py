"""What the normaliser saw, as plain numbers for the classifier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

__all__ = ["NOTHING", "Signals"]


@dataclass(frozen=True, slots=True)
class Signals:
    """Counts over the text as it came, in characters except where it says otherwise."""

    characters: int = 0  # of the text itself: what the others are a share of
    invisible: int = 0  # removed zero-width and other default-ignorable characters
    tags: int = 0  # outside of real flags
    selectors: int = 0  # variation selectors that no emoji or ideograph asks for
    bidi: int = 0  # direction controls
    controls: int = 0  # control characters, backspaces among them
    ansi: int = 0  # terminal escape sequences
    marks: int = 0  # combining marks removed
    compatibility: int = 0  # folded fullwidth, mathematical, enclosed ... letters
    confusables: int = 0  # folded look-alikes and accents
    mixed: int = 0  # words that mix look-alikes with Latin letters
    surrogates: int = 0
    private: int = 0  # private use and unassigned

    def counts(self) -> tuple[int, ...]:
        """The counts in field order; unlike `dataclasses.astuple` without a deep copy of each."""
        return _COUNTS(self)

    def __add__(self, other: Signals) -> Signals:
        return Signals(*map(int.__add__, self.counts(), other.counts()))

    def shares(self) -> NDArray[np.float32]:
        """Each count as a share (0..1) of the characters, in field order, `characters` left out."""
        counts = np.asarray(self.counts()[1:], np.float32)
        shares: NDArray[np.float32] = np.minimum(counts / np.float32(max(1, self.characters)), np.float32(1))
        return shares


_COUNTS: Callable[[Signals], tuple[int, ...]] = attrgetter(*Signals.__dataclass_fields__)
NOTHING = Signals()
