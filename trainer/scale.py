"""The calibration of one head: from the logits of a text's windows to a probability, by regressions over dev texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.utils.class_weight import compute_sample_weight

from guardkit.trainer.dev import Dev, target
from guardkit.verdict import CHANNELS

__all__ = ["fit", "logistic", "text_odds", "window_odds"]

BLENDS = (0.0, 0.25, 0.5)  # shares of the fast logit where the deep branch ran

Array = NDArray[np.float64]


def logistic(x: Array, y: NDArray[np.bool_], weight: Array | None = None) -> tuple[list[float], float]:
    """Weights and offset of a class-balanced logistic regression with next to no regularisation. Of texts of one class,
    as a rehearsal may have them, nothing is learnt: the sum of the logits."""
    if len(set(y.tolist())) < 2:
        return [1.0] * x.shape[1], 0.0
    model = LogisticRegression(C=100.0, class_weight="balanced", max_iter=500)
    model.fit(x, y, sample_weight=weight)
    return [float(value) for value in model.coef_[0]], float(model.intercept_[0])


def blend(both: Array, truth: NDArray[np.bool_]) -> list[float]:
    """The slopes of the fast and the deep logit (N, 2) and the offset: of a few mixtures of the two the likeliest.

    The two say nearly the same, and a free regression would weigh one against the other. Of no texts, as a rehearsal
    may have none that went deep, nothing is learnt: half of each.
    """
    if not len(truth):
        return [0.5, 0.5, 0.0]
    weight = compute_sample_weight("balanced", truth)
    fitted = []
    for share in BLENDS:
        mixed = both @ np.array([share, 1 - share])
        (slope,), offset = logistic(mixed[:, None], truth)
        probability = 1 / (1 + np.exp(-(slope * mixed + offset)))
        loss = log_loss(truth, probability, sample_weight=weight, labels=[False, True])
        fitted.append((loss, [slope * share, slope * (1 - share), offset]))
    return min(fitted)[1]


def fit(readings: Sequence[Dev], head: int) -> dict[str, list[float]]:
    """The scale of one head: 0 threat, 1 harmful. All channels are alike."""
    known = [(reading, truth) for reading in readings if (truth := target(reading.row, head)) is not None]
    single = [(reading, truth) for reading, truth in known if len(reading.fast) == 1]
    scale: dict[str, list[float]] = {}
    fast = np.array([[reading.fast[0, head]] for reading, _ in single])
    both = np.array([[reading.fast[0, head], reading.deep[0, head]] for reading, _ in single])
    truth = np.array([truth for _, truth in single])
    went = ~np.isnan(both[:, 1])
    (slope,), offset = logistic(fast, truth)
    scale["fast"] = [slope, offset]
    scale["deep"] = blend(both[went], truth[went])
    worst = np.array([window_odds(reading, scale, head).max() for reading, _ in known])
    count = np.log([reading.length for reading, _ in known])
    truth = np.array([truth for _, truth in known])
    growth = growth_of([reading.row.source for reading, _ in known], worst, count, truth)
    (slope,), offset = logistic((worst - growth * count)[:, None], truth)
    scale["text"] = [slope, -slope * growth, offset]
    scale["channels"] = [0.0] * len(CHANNELS)
    return scale


def growth_of(sources: Sequence[str], worst: Array, count: Array, truth: NDArray[np.bool_]) -> float:
    """How much the worst of a harmless text's windows grows with the logarithm of their number, 0..1.

    Within sources, because long and short texts come from different ones: a regression over all texts would learn
    that long texts are documents, and documents harmless.
    """
    top = bottom = 0.0
    names = np.array(sources)
    for source in set(sources):
        at = (names == source) & ~truth
        if at.sum() > 1:
            x, y = count[at] - count[at].mean(), worst[at] - worst[at].mean()
            top, bottom = top + float(x @ y), bottom + float(x @ x)
    return min(1.0, max(0.0, top / bottom)) if bottom else 0.0


def window_odds(reading: Dev, scale: dict[str, list[float]], head: int) -> Array:
    """Calibrated log-odds per window: of both branches where the deep one ran, else of the fast one. Of an attack, the
    higher of the two, as the guard takes it."""
    fast, deep = reading.fast[:, head], reading.deep[:, head]
    (slope, offset), (of_fast, of_deep, start) = scale["fast"], scale["deep"]
    single, both = slope * fast + offset, of_fast * fast + of_deep * deep + start
    return np.fmax(single, both) if head == 0 else np.where(np.isnan(deep), single, both)


def text_odds(readings: Sequence[Dev], scale: dict[str, list[float]], head: int) -> Array:
    """Calibrated log-odds (N,) per text: what `guardkit.classify.calibration.Scale.odds` makes of its worst window."""
    slope, weight, offset = scale["text"]
    worst = np.array([window_odds(reading, scale, head).max() for reading in readings])
    count = np.log([reading.length for reading in readings])
    channel = np.array([scale["channels"][reading.row.channel] for reading in readings])
    return slope * worst + weight * count + offset + channel
