"""What every decoder is: a name, and one method from a view to the views it can make of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from guardkit.view import View

__all__ = ["Decoder"]


class Decoder(Protocol):
    """A cheap syntactic trigger, then a decoding, then a validity and language gate.

    Yields nothing for text that is not in its encoding. Never raises, never runs in more than linear time, never
    yields a view longer than a few times its input. What it yields is no accusation: the classifier judges it.
    """

    @property
    def name(self) -> str:
        """The family, as it stands in `View.chain` and in policies."""
        ...

    def decode(self, view: View) -> Iterator[View]:
        """The views that this family's decoding makes of `view`."""
        ...
