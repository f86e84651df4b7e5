"""A share that was counted, with how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, log1p, sqrt
from typing import Any

import numpy as np

__all__ = ["Rate"]

Z = 1.959964  # of a two-sided 95% interval
DOUBT = 0.05  # of a one-sided 95% bound
STEPS = 60  # of bisection: more than a float can tell apart


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `trials`."""

    hits: int
    trials: int

    @property
    def share(self) -> float | None:
        """0..1; None without trials."""
        return self.hits / self.trials if self.trials else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95% score interval (Wilson 1927); None without trials."""
        n = self.trials
        if not n:
            return None
        p, z2 = self.hits / n, Z * Z
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
        # At the ends the bound is exactly 0 or 1, which rounding would miss.
        return (max(0.0, middle - half) if self.hits else 0.0), (min(1.0, middle + half) if self.hits < n else 1.0)

    @property
    def most(self) -> float:
        """What the true share is at most, with 95% confidence (Clopper and Pearson 1934, one-sided); 1 without trials.

        Without hits it is the rule of three: about 3 / trials. It also holds for the share above a threshold that was
        put between the `hits` highest of `trials` scores and the rest, as a tolerance limit does (Wilks 1941).
        """
        n, k = self.trials, self.hits
        if k >= n:
            return 1.0
        i = np.arange(1, k + 1)
        ways = np.concatenate([[0.0], np.cumsum(np.log((n - i + 1) / i))])  # log of n over 0, 1 … k
        low, high = k / n, 1.0
        for _ in range(STEPS):
            p = (low + high) / 2
            if p in (low, high):
                break
            terms = ways + np.arange(k + 1) * log(p) + (n - np.arange(k + 1)) * log1p(-p)
            top = float(terms.max())
            at_most_k = exp(top) * float(np.exp(terms - top).sum()) if top > -700 else 0.0
            low, high = (p, high) if at_most_k > DOUBT else (low, p)
        return high

    def to_dict(self) -> dict[str, Any]:
        low, high = self.interval or (None, None)
        return {"share": self.share, "low": low, "high": high, "hits": self.hits, "trials": self.trials}
