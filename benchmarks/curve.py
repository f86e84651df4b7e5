"""ROC and precision-recall curves from the scores of two classes, and bootstrap intervals of what is read off them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Curve", "Interval", "bootstrap"]

RESAMPLES = 1_000
POINTS = 100  # of a curve that is kept for a plot
SEED = 0

Counts = NDArray[np.int64]
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """How many of each class have each distinct score, the highest score first. A class may be empty."""

    positive: Counts
    negative: Counts

    @classmethod
    def of(cls, positive: NDArray[np.floating], negative: NDArray[np.floating]) -> Curve:
        both = np.concatenate([positive, negative])
        values, places = np.unique(-both, return_inverse=True)
        return cls(
            np.bincount(places[: positive.size], minlength=values.size),
            np.bincount(places[positive.size :], minlength=values.size),
        )

    @property
    def whole(self) -> bool:
        """Whether both classes are there, so that there is a curve at all."""
        return bool(self.positive.sum() and self.negative.sum())

    @property
    def auc(self) -> float | None:
        """The probability that a positive outscores a negative, ties counted half; None where a class is missing."""
        if not self.whole:
            return None
        below = self.negative.sum() - np.cumsum(self.negative)  # negatives with a lower score
        wins = (self.positive * (below + self.negative / 2)).sum()
        return float(wins / (self.positive.sum() * self.negative.sum()))

    def recall_at(self, rate: float) -> float | None:
        """The best recall whose false positive rate is at most `rate`; None where a class is missing."""
        if not self.whole:
            return None
        allowed = np.cumsum(self.negative) <= rate * self.negative.sum() + 1e-9
        hits = np.cumsum(self.positive)[allowed]
        return float(hits[-1] / self.positive.sum()) if hits.size else 0.0

    @property
    def average_precision(self) -> float | None:
        """The area under the precision-recall curve, as a sum of steps; None where a class is missing."""
        if not self.whole:
            return None
        hits, alarms = np.cumsum(self.positive), np.cumsum(self.negative)
        return float((self.positive * hits / (hits + alarms)).sum() / self.positive.sum())

    def roc(self) -> list[tuple[float, float]]:
        """False positive rate and recall, from (0, 0) to (1, 1), at most `POINTS` points that keep the shape."""
        if not self.whole:
            return []
        x = np.concatenate([[0], np.cumsum(self.negative) / self.negative.sum()])
        y = np.concatenate([[0], np.cumsum(self.positive) / self.positive.sum()])
        return _thin(x, y)

    def precision_recall(self) -> list[tuple[float, float]]:
        """Recall and precision by falling threshold, at most `POINTS` points."""
        if not self.whole:
            return []
        hits, alarms = np.cumsum(self.positive), np.cumsum(self.negative)
        return _thin(hits / self.positive.sum(), hits / (hits + alarms))

    def resampled(self, random: np.random.Generator) -> Curve:
        """The curve of as many rows drawn with replacement, each class by itself."""
        return Curve(_drawn(self.positive, random), _drawn(self.negative, random))


def bootstrap(curve: Curve, *figures: Callable[[Curve], float | None]) -> list[Interval | None]:
    """The 95% percentile interval of each figure over the same resampled rows; None where there is no curve."""
    if not curve.whole:
        return [None] * len(figures)
    random = np.random.default_rng(SEED)
    draws = [curve.resampled(random) for _ in range(RESAMPLES)]
    bounds = np.percentile([[figure(each) for figure in figures] for each in draws], (2.5, 97.5), axis=0)
    return [(float(low), float(high)) for low, high in bounds.T]


def _drawn(counts: Counts, random: np.random.Generator) -> Counts:
    total = int(counts.sum())
    return random.multinomial(total, counts / total)


def _thin(x: NDArray[np.float64], y: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Points evenly spaced along the curve, its ends among them, rounded for a file that people read."""
    length = np.concatenate([[0], np.cumsum(np.abs(np.diff(x)) + np.abs(np.diff(y)))])
    wanted = np.linspace(0, length[-1], POINTS)
    places = np.unique(np.concatenate([[0, len(x) - 1], np.searchsorted(length, wanted).clip(0, len(x) - 1)]))
    return [(round(float(x[i]), 5), round(float(y[i]), 5)) for i in places]
