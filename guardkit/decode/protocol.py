"""What every decoder is: a name, and one method from a view to the views it can make of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from guardkit.view import View

__all__ = ["Decoder", "Unread"]


class Unread(ValueError):
    """Raised when all views are out, with what was not decoded because it is too large; without text."""


class Decoder(Protocol):
    """A cheap syntactic trigger, then a decoding, then a validity and language gate.

    Yields nothing for text that is not in its encoding. Raises nothing but `Unread`, never runs in more than linear
    time, never yields a view longer than a few times its input. What it yields is no accusation: the classifier judges
    it.
    """

    @property
    def name(self) -> str:
        """The family, as it stands in `View.chain` and in policies."""
        ...

    def decode(self, view: View) -> Iterator[View]:
        """The views that this family's decoding makes of `view`."""
        ...
