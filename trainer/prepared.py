"""Training windows as flat arrays: what `prepare` writes and every training stage reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["Example", "Prepared"]


FLAT = ("features", "channel", "label", "harmful", "weight", "source")  # one entry per example
RAGGED = ("tokens", "characters")  # several, between its bounds


@dataclass(frozen=True, slots=True)
class Example:
    tokens: NDArray[np.int64]
    characters: NDArray[np.int64]
    features: NDArray[np.float32]
    channel: int
    label: int  # -1 unknown
    harmful: int  # -1 unknown
    weight: float
    source: str


@dataclass(frozen=True)
class Prepared:
    """All examples as flat arrays; row i's tokens are tokens[bounds[i]:bounds[i+1]]."""

    tokens: NDArray[np.uint16]
    bounds: NDArray[np.int64]
    characters: NDArray[np.uint16]
    character_bounds: NDArray[np.int64]
    features: NDArray[np.float16]
    channel: NDArray[np.int8]
    label: NDArray[np.int8]
    harmful: NDArray[np.int8]
    weight: NDArray[np.float32]
    source: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.label)

    def example(self, row: int) -> Example:
        tokens = self.tokens[self.bounds[row] : self.bounds[row + 1]]
        characters = self.characters[self.character_bounds[row] : self.character_bounds[row + 1]]
        return Example(
            tokens.astype(np.int64), characters.astype(np.int64), self.features[row].astype(np.float32),
            int(self.channel[row]), int(self.label[row]), int(self.harmful[row]), float(self.weight[row]),
            str(self.source[row]),
        )  # fmt: skip

    def take(self, rows: NDArray[np.int64]) -> Prepared:
        """The examples of these row numbers, in their order."""
        tokens, bounds = _ragged(self.tokens, self.bounds, rows)
        characters, character_bounds = _ragged(self.characters, self.character_bounds, rows)
        flat = {name: getattr(self, name)[rows] for name in FLAT}
        return Prepared(tokens, bounds, characters, character_bounds, **flat)

    def join(self, other: Prepared) -> Prepared:
        """These examples, and behind them the other's."""
        parts = {name: np.concatenate([getattr(self, name), getattr(other, name)]) for name in (*FLAT, *RAGGED)}
        bounds = np.concatenate([self.bounds, self.bounds[-1] + other.bounds[1:]])
        character_bounds = np.concatenate(
            [self.character_bounds, self.character_bounds[-1] + other.character_bounds[1:]]
        )
        return Prepared(bounds=bounds, character_bounds=character_bounds, **parts)

    def save(self, path: Path) -> None:
        np.savez(path, **{name: getattr(self, name) for name in self.__dataclass_fields__})

    @classmethod
    def load(cls, path: Path) -> Prepared:
        with np.load(path) as arrays:
            return cls(**{name: arrays[name] for name in cls.__dataclass_fields__})

    @classmethod
    def collect(cls, items: Iterable[Example]) -> Prepared:
        rows = list(items)
        return cls(
            tokens=np.concatenate([row.tokens for row in rows]).astype(np.uint16),
            bounds=np.cumsum([0, *(len(row.tokens) for row in rows)]),
            characters=np.concatenate([row.characters for row in rows]).astype(np.uint16),
            character_bounds=np.cumsum([0, *(len(row.characters) for row in rows)]),
            features=np.stack([row.features for row in rows]).astype(np.float16),
            channel=np.array([row.channel for row in rows], np.int8),
            label=np.array([row.label for row in rows], np.int8),
            harmful=np.array([row.harmful for row in rows], np.int8),
            weight=np.array([row.weight for row in rows], np.float32),
            source=np.array([row.source for row in rows]),
        )


def _ragged(
    values: NDArray[np.uint16], bounds: NDArray[np.int64], rows: NDArray[np.int64]
) -> tuple[NDArray[np.uint16], NDArray[np.int64]]:
    """The rows' values one behind the other, and where each begins and ends."""
    lengths = np.diff(bounds)[rows]
    ends = np.cumsum([0, *lengths])
    places = np.arange(ends[-1]) + np.repeat(bounds[rows] - ends[:-1], lengths)
    return values[places], ends
