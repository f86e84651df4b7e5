"""The figures of the reports, each a pure function."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import NDArray

__all__ = ["auc", "f1", "recall_at", "share", "wilson"]

Z = 1.959964  # of a two-sided 95% interval
Scores = NDArray[np.floating]
Mask = NDArray[np.bool_]


def share(hits: Mask) -> float | None:
    """The mean of a mask; None where there is nothing to take it of."""
    return float(hits.mean()) if hits.size else None


def wilson(hits: int, trials: int) -> tuple[float, float] | None:
    """The 95% score interval of a proportion (Wilson 1927); None without trials."""
    if not trials:
        return None
    p, z2 = hits / trials, Z * Z
    middle = (p + z2 / (2 * trials)) / (1 + z2 / trials)
    half = Z * sqrt(p * (1 - p) / trials + z2 / (4 * trials * trials)) / (1 + z2 / trials)
    return max(0.0, middle - half), min(1.0, middle + half)


def auc(positive: Scores, negative: Scores) -> float | None:
    """The probability that a positive outscores a negative, ties counted half; None where a class is missing."""
    if not positive.size or not negative.size:
        return None
    values, inverse, counts = np.unique(np.concatenate([positive, negative]), return_inverse=True, return_counts=True)
    ranks = np.cumsum(counts) - (counts - 1) / 2  # the mean rank of each distinct value, from 1
    total = ranks[inverse[: positive.size]].sum()
    return float((total - positive.size * (positive.size + 1) / 2) / (positive.size * negative.size))


def recall_at(positive: Scores, negative: Scores, rate: float) -> float | None:
    """The best recall whose false positive rate is at most `rate`; None where a class is missing."""
    if not positive.size or not negative.size:
        return None
    allowed = int(rate * negative.size + 1e-9)  # negatives that may be caught
    if allowed >= negative.size:
        return 1.0
    bound = np.sort(negative)[::-1][allowed]  # the highest that may not
    return float((positive > bound).mean())


def f1(caught: Mask, wanted: Mask) -> float | None:
    """The harmonic mean of precision and recall; None where nothing was to be caught."""
    if not wanted.any():
        return None
    return float(2 * (caught & wanted).sum() / (caught.sum() + wanted.sum()))
