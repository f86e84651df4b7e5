"""Labelled texts, as every suite gives them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from guardkit.verdict import Channel

__all__ = ["DataMissing", "Row", "Rows"]

Mask = NDArray[np.bool_]


class DataMissing(Exception):
    """A suite's data cannot be had here; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One text. `label` is the threat and `harmful` 0 or 1; None where the source does not say."""

    text: str
    label: str | None
    harmful: int | None = None
    channel: Channel = "user"
    lang: str | None = None
    subtype: str | None = None


@dataclass(frozen=True)
class Rows:
    """The rows of a suite, in file order, by column."""

    text: tuple[str, ...]
    label: tuple[str | None, ...]
    harmful: tuple[int | None, ...]
    channel: tuple[Channel, ...]
    lang: tuple[str | None, ...]
    subtype: tuple[str | None, ...]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Rows:
        columns = tuple(zip(*map(astuple, rows), strict=True))
        return cls(*columns) if columns else cls(*((),) * len(fields(Row)))

    def __len__(self) -> int:
        return len(self.text)

    def spread(self, limit: int) -> Rows:
        """With a limit that many of them, spread evenly, so that no class is cut off; 0: all."""
        if not 0 < limit < len(self):
            return self
        chosen = np.linspace(0, len(self) - 1, limit).astype(int)
        return Rows(*(tuple(getattr(self, field.name)[i] for i in chosen) for field in fields(Rows)))

    @cached_property
    def attack(self) -> Mask:
        return np.array([label not in ("benign", None) for label in self.label], bool)

    @cached_property
    def calm(self) -> Mask:
        """No attack, whether or not it asks for something harmful: the negatives of the threat score."""
        return np.array([label == "benign" for label in self.label], bool)

    @cached_property
    def harm(self) -> Mask:
        return np.array([value == 1 for value in self.harmful], bool)

    @cached_property
    def wanted(self) -> Mask:
        """What a guard should catch: an attack, or harmful content."""
        return self.attack | self.harm

    @cached_property
    def innocent(self) -> Mask:
        """What it should let pass: benign, and harmless or of unknown harm."""
        return self.calm & ~self.harm
