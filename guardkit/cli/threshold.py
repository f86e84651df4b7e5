"""Thresholds from the scores of labelled texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, inf, nextafter

import numpy as np
from numpy.typing import NDArray

from guardkit.errors import DataError

__all__ = ["LEAST", "Scores", "Thresholds", "alarms", "choose", "lowest", "needed"]

LEAST = 0.01  # no threshold is lower: what is an attack with one percent is nobody's alarm, whatever the rate allows
SPLITS = 21  # ways of sharing the allowed alarms between the two heads that are tried

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scores:
    """One entry per text: how much of an attack it is, and how harmful."""

    threat: Values  # the highest of the three kinds, which share one head and hence one threshold
    harmful: Values
    forced: NDArray[np.bool_]  # caught whatever the thresholds are: the deny list, the limits

    @classmethod
    def of(cls, rows: Sequence[tuple[float, float, bool]]) -> Scores:
        """From (threat, harmful, forced) of each text."""
        table = np.array(rows, dtype=np.float64).reshape(-1, 3)
        return cls(table[:, 0], table[:, 1], table[:, 2] > 0)

    def __len__(self) -> int:
        return len(self.threat)


@dataclass(frozen=True, slots=True)
class Thresholds:
    threat: float
    harmful: float

    def catches(self, scores: Scores) -> NDArray[np.bool_]:
        """Which texts reach a threshold or are caught anyway."""
        return scores.forced | (scores.threat >= self.threat) | (scores.harmful >= self.harmful)

    def raised(self, other: Thresholds) -> Thresholds:
        """What catches only texts that both of them catch (or that are caught anyway)."""
        return Thresholds(max(self.threat, other.threat), max(self.harmful, other.harmful))


def alarms(rate: float, texts: int) -> int:
    """How many of so many benign texts may be caught at a rate."""
    return floor(rate * texts + 1e-9)


def needed(rate: float) -> int:
    """How many benign texts it takes to say anything of a rate of false alarms: the rule of three.

    Without a single alarm among n texts the rate is below about 3 / n with 95% confidence (Hanley and Lippman-Hand
    1983), so with fewer than this even a threshold without alarms shows nothing.
    """
    return -floor(-3 / rate + 1e-9)


def lowest(scores: Values, allowed: int) -> float:
    """The lowest threshold, at least `LEAST`, that no more than `allowed` of the scores reach; above 1 if none does."""
    if allowed >= len(scores):
        return LEAST
    bound = float(np.partition(scores, len(scores) - 1 - allowed)[len(scores) - 1 - allowed])
    return max(LEAST, nextafter(bound, inf))


def choose(benign: Scores, attacks: Scores, allowed: int) -> Thresholds:
    """The thresholds that catch most attacks while at most `allowed` of the benign texts are caught.

    A benign text may be caught by either head, so the allowed alarms are shared out: of `SPLITS` ways the
    one with the highest recall, of equal ones the most even. The heads' thresholds are cut off one after the other, so
    that `Rate.most` bounds the true rate of each way as it would for one head (Tukey 1947); that the best way is taken
    makes it slightly too hopeful. Raises `DataError` where no threshold can do it.
    """
    left = allowed - int(benign.forced.sum())
    threat, harmful = benign.threat[~benign.forced], benign.harmful[~benign.forced]
    if left < 0:
        raise DataError(
            f"{allowed - left} of {len(benign)} benign texts are caught whatever the thresholds are "
            f"(deny list, limits, a failed step), and the rate allows {allowed}"
        )
    found: list[tuple[int, int, Thresholds]] = []
    for share in sorted({round(left * i / (SPLITS - 1)) for i in range(SPLITS)}):
        first = lowest(threat, share)
        rest = harmful[threat < first]
        second = lowest(rest, left - (len(threat) - len(rest)))
        if first <= 1 and second <= 1:
            pair = Thresholds(first, second)
            found.append((int(pair.catches(attacks).sum()), -abs(2 * share - left), pair))
    if not found:
        raise DataError(
            f"more than {allowed} of {len(benign)} benign texts have the highest score there is, and no threshold lets "
            "them pass: 'guardkit eval' lists them; are they labelled rightly?"
        )
    return max(found, key=lambda one: one[:2])[2]
