"""The figures of the reports that are not read off a curve, each a pure function."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Reliability", "f1", "mean_interval", "reliability", "share", "wilson"]

Z = 1.959964  # of a two-sided 95% interval
BINS = 10
RESAMPLES = 1_000
Scores = NDArray[np.floating]
Mask = NDArray[np.bool_]


def share(hits: Mask) -> float | None:
    """The mean of a mask; None where there is nothing to take it of."""
    return float(hits.mean()) if hits.size else None


def wilson(hits: int, trials: int) -> tuple[float, float] | None:
    """The 95% score interval of a proportion (Wilson 1927); None without trials.

    A bootstrap of 0 hits in 100 rows says [0, 0]; this says [0, 3.7%].
    """
    if not trials:
        return None
    p, z2 = hits / trials, Z * Z
    middle = (p + z2 / (2 * trials)) / (1 + z2 / trials)
    half = Z * sqrt(p * (1 - p) / trials + z2 / (4 * trials * trials)) / (1 + z2 / trials)
    return max(0.0, middle - half), min(1.0, middle + half)


def f1(caught: Mask, wanted: Mask) -> float | None:
    """The harmonic mean of precision and recall; None where nothing was to be caught."""
    if not wanted.any():
        return None
    return float(2 * (caught & wanted).sum() / (caught.sum() + wanted.sum()))


def mean_interval(hits: list[int], trials: list[int]) -> tuple[float, float] | None:
    """The 95% bootstrap interval of the mean of several sets' proportions, rows drawn again within each set."""
    if not hits or not all(trials):
        return None
    random = np.random.default_rng(0)
    drawn = [random.binomial(n, k / n, RESAMPLES) / n for k, n in zip(hits, trials, strict=True)]
    low, high = np.percentile(np.mean(drawn, axis=0), (2.5, 97.5))
    return float(low), float(high)


@dataclass(frozen=True, slots=True)
class Reliability:
    """What a score is worth: its bins (lower edge, mean score, share of positives, rows) and its calibration error."""

    bins: tuple[tuple[float, float, float, int], ...]
    error: float  # expected calibration error: |mean score - share of positives|, weighted by rows
    interval: tuple[float, float]  # 95%, bootstrap

    def document(self) -> dict[str, Any]:
        return asdict(self)


def reliability(scores: Scores, positive: Mask) -> Reliability | None:
    """Over bins of equal width, both classes weighing one half: the mixture that the model is calibrated for.

    None where a class is missing.
    """
    if not positive.any() or positive.all():
        return None
    place = np.minimum((scores * BINS).astype(int), BINS - 1)
    weight = np.where(positive, 0.5 / positive.sum(), 0.5 / (~positive).sum())
    bins = []
    for number in np.unique(place):
        chosen = place == number
        mass = weight[chosen].sum()
        mean = float((scores[chosen] * weight[chosen]).sum() / mass)
        bins.append((number / BINS, mean, float(weight[chosen & positive].sum() / mass), int(chosen.sum())))
    random = np.random.default_rng(0)
    draws = [_error(place, scores, positive, _again(weight, positive, random)) for _ in range(RESAMPLES)]
    low, high = np.percentile(draws, (2.5, 97.5))
    return Reliability(tuple(bins), _error(place, scores, positive, weight), (float(low), float(high)))


def _error(place: NDArray[np.int64], scores: Scores, positive: Mask, weight: Scores) -> float:
    """The error with these weights, which sum to one: per bin the weight cancels out of the two means."""
    gap = np.bincount(place, weight * (scores - positive), BINS)
    return float(np.abs(gap).sum())


def _again(weight: Scores, positive: Mask, random: np.random.Generator) -> Scores:
    """The weights of as many rows drawn with replacement, each class by itself."""
    drawn = np.zeros(weight.size)
    for rows in (np.flatnonzero(positive), np.flatnonzero(~positive)):
        drawn[rows] = random.multinomial(rows.size, np.full(rows.size, 1 / rows.size)) * weight[rows]
    return drawn
