"""From logits to calibrated probabilities, fitted on the dev split and stored in the manifest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, inf, log
from typing import Any

from guardkit.errors import ModelError
from guardkit.verdict import CHANNELS

__all__ = ["SHORT", "Calibration", "Router", "Scale", "logit", "sigmoid"]

SHORT = 64  # word pieces


@dataclass(frozen=True, slots=True)
class Scale:
    """The calibration of one head: per branch for a window, then for a text from its worst window.

    A text of many windows and views has many chances of a false alarm, hence the (negative) weight of their number.
    What comes from a document or a tool is worth more suspicion than what people write, hence the channels.
    """

    fast: tuple[float, float]  # slope and offset of the fast logit
    deep: tuple[float, float, float]  # slopes of the fast and the deep logit, offset, where both branches ran
    text: tuple[float, float, float]  # slope, weight of log(number of windows), offset
    channels: tuple[float, ...] = (0.0,) * len(CHANNELS)  # a further offset for each channel

    def window(self, fast: float, deep: float | None) -> float:
        """The calibrated log-odds of one window from its logits; comparable whether or not the deep branch ran."""
        if deep is None:
            slope, offset = self.fast
            return slope * fast + offset
        of_fast, of_deep, offset = self.deep
        return of_fast * fast + of_deep * deep + offset

    def highest(self, fast: float, deep: float | None) -> float:
        """The higher of what the fast branch and what both say of a window."""
        return max(self.window(fast, None), self.window(fast, deep))

    def odds(self, worst: float, windows: int, channel: int = 0) -> float:
        """The log-odds for a text whose worst window has the log-odds `worst`; `channel` is its index."""
        slope, weight, offset = self.text
        return slope * worst + weight * log(max(windows, 1)) + offset + self.channels[channel]

    def single(self, fast: float, windows: int, channel: int = 0) -> float:
        """The log-odds for a text of so many windows whose worst has this fast logit, and went no deeper."""
        return self.odds(self.window(fast, None), windows, channel)

    def probability(self, worst: float, windows: int, channel: int = 0) -> float:
        """What `odds` says, as a probability (0..1)."""
        return sigmoid(self.odds(worst, windows, channel))


@dataclass(frozen=True, slots=True)
class Router:
    """How far a window is computed: to an early exit, the fast branch, or the deep one too.

    What the deep branch costs grows with the text, so a long text must be worth more.
    """

    short: float  # logit above which a window of a text of at most `SHORT` word pieces may go deep
    long: float
    exits: tuple[float, ...] = ()  # log-odds below which an exit settles a window, one for each; none: never

    def sends(self, logit: float, pieces: int) -> bool:
        return logit > (self.short if pieces <= SHORT else self.long)


@dataclass(frozen=True, slots=True)
class Calibration:
    threat: Scale
    harmful: Scale
    router: Router
    confidence: float  # slope of the confidence logit

    @classmethod
    def read(cls, section: Mapping[str, Any]) -> Calibration:
        """The calibration of a manifest. Raises `ModelError` where it is incomplete."""
        try:
            scales = [
                Scale(_pair(head["fast"]), _triple(head["deep"]), _triple(head["text"]), _channels(head))
                for head in (section["threat"], section["harmful"])
            ]
            short, long = _pair(section["router"])
            router = Router(short, long, tuple(map(float, section["exits"])))
            return cls(scales[0], scales[1], router, float(section["confidence"]))
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"the manifest's calibration is incomplete: {error!r}") from error


def sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x)) if x > -60 else exp(max(x, -700.0))


def logit(p: float) -> float:
    """The inverse of `sigmoid`; infinite at 0 and 1, and beyond."""
    return -inf if p <= 0 else inf if p >= 1 else log(p / (1 - p))


def _channels(head: Mapping[str, Any]) -> tuple[float, ...]:
    """One offset for each channel; former models have none. Raises ValueError for another number of them."""
    offsets = tuple(map(float, head.get("channels", (0.0,) * len(CHANNELS))))
    if len(offsets) != len(CHANNELS):
        raise ValueError(f"{len(offsets)} channels")
    return offsets


def _pair(values: Sequence[Any]) -> tuple[float, float]:
    a, b = values
    return float(a), float(b)


def _triple(values: Sequence[Any]) -> tuple[float, float, float]:
    a, b, c = values
    return float(a), float(b), float(c)
