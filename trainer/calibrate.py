"""Calibration and thresholds from the dev split, measured on the exported INT8 graphs through the runtime itself.

1. the early exits: below them almost no window lies that decides a text which is rightly caught; and the router's
   thresholds: the shares of short and of long benign dev texts that may go deep
2. a logistic scale of the fast logit, and one of both branches' logits where the deep one ran, on texts of one window,
       so that windows are comparable
3. per text, a logistic scale of the worst window with a correction for the number of windows; of the harmful head it
   is the one at which most harmful requests are caught
4. per preset, the score that the wanted share of benign texts reaches, averaged over sources so that a large
   source does not speak for traffic; sources that training never saw count as much as all others together. And the
   worst group first: no single source of requests or documents may alarm on more than ten times the preset's share
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guardkit.classify.calibration import SHORT, Router
from guardkit.trainer.data import load
from guardkit.trainer.dev import Dev, is_harmless, read, sample, target
from guardkit.trainer.scale import fit, logistic, probabilities

__all__ = ["calibrate", "exits", "presets", "route", "thresholds"]

PRESETS = {"strict": (0.025, 0.025), "balanced": (0.004, 0.006), "permissive": (0.0004, 0.0006)}
"""Wanted shares of false alarms: of the threat head, of the harmful head; together the preset's."""

SHORT_SHARE, LONG_SHARE = 0.30, 0.08  # of short and of long benign dev texts with a window that goes deep
WORST = 10  # times the preset's share: what a single source may alarm on
COUNTED = 3  # alarms that this would be; a source with too few rows for them says nothing
STATEMENTS = {"hatemoji_build", "tweeteval_hate", "toxigen_demonstrations"}
"""Hate speech and its harmless neighbours, weakly labelled; no requests, which are what the harmful head reads."""
GROWTHS = (0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)  # with the logarithm of a request's windows; tried
EXIT_SHARES = (0.003, 0.005)  # of the windows that decide a caught text, what an exit may settle

Array = NDArray[np.float64]


def route(readings: Sequence[Dev], share: float) -> float:
    """The router logit that this share of benign texts has a window above."""
    worst = [reading.router.max() for reading in readings if is_harmless(reading.row)]
    return float(np.quantile(worst, 1 - share))


def exits(readings: Sequence[Dev], shares: tuple[float, ...] = EXIT_SHARES) -> tuple[float, ...]:
    """Each exit's log-odds that its share of the windows that decide a rightly caught text is below. A former model has
    the second exit alone."""
    early = []
    for reading in readings:
        for head in (0, 1):
            at = int(reading.fast[:, head].argmax())
            if target(reading.row, head) and reading.fast[at, head] > 0:
                early.append(reading.early[at])
    logits = np.array(early)
    shares = shares[-logits.shape[1] :]
    return tuple(float(np.quantile(logits[:, number], share)) for number, share in enumerate(shares))


def thresholds(readings: Sequence[Dev], scores: Array, unseen: set[str], share: float, worst: float = 1.0) -> float:
    """The score that `share` of benign texts reach, averaged over sources; unseen sources have half the weight. Higher
    where a single source would reach it with more than the share `worst` of its texts, less one standard deviation:
    the sample must not show less than there is."""
    benign = np.array([is_harmless(reading.row) for reading in readings])
    sources = np.array([reading.row.source for reading in readings])[benign]
    values = scores[benign]
    counts = {source: int((sources == source).sum()) for source in set(sources)}
    new = [source for source in counts if source in unseen]
    weight = np.array(
        [0.5 / len(new) / counts[s] if s in unseen else (0.5 if new else 1.0) / (len(counts) - len(new)) / counts[s]
         for s in sources]
    )  # fmt: skip
    order = np.argsort(-values)
    reached = np.cumsum(weight[order])
    at = int(np.searchsorted(reached, share))
    found = [float(values[order][min(at, len(order) - 1)])]
    for source, count in counts.items():
        if source not in STATEMENTS and COUNTED <= worst * count < count:
            alarms = worst * count - (worst * (1 - worst) * count) ** 0.5
            found.append(float(np.sort(values[sources == source])[::-1][int(alarms)]))
    return max(found) + 1e-9


def lengthened(readings: Sequence[Dev], scale: dict[str, list[float]], unseen: set[str]) -> dict[str, list[float]]:
    """The harmful head's scale, with the least correction for length at which most harmful requests are caught at the
    balanced threshold.

    The worst of many windows grows little in the mean, which is what `fit` corrects. But the harmless texts that score
    highest are stories, games and cases told at length, far above any short request, and one threshold for both would
    be theirs. Not for the threat head: what that reads at length are documents, where attacks hide.
    """
    share, worst = PRESETS["balanced"][1], WORST * sum(PRESETS["balanced"])
    requests = np.array([target(one.row, 1) is True and one.row.label == 0 for one in readings])
    slope, weight, offset = scale["text"]

    def caught(at: dict[str, list[float]]) -> float:
        scores = probabilities(readings, at, 1)
        return float((scores[requests] >= thresholds(readings, scores, unseen, share, worst)).mean())

    tried = [scale, *(scale | {"text": [slope, min(weight, -slope * growth), offset]} for growth in GROWTHS)]
    return max(tried, key=caught) if requests.any() else scale


def presets(readings: Sequence[Dev], scores: Sequence[Array], unseen: set[str]) -> dict[str, dict[str, float]]:
    """The thresholds of every label, per preset. No preset alarms on more than a stricter one, though its own bound may
    find no source that is large enough."""
    table, least = {}, np.zeros(2)
    for preset, shares in PRESETS.items():
        worst = WORST * sum(shares)
        found = [thresholds(readings, scores[head], unseen, shares[head], worst) for head in (0, 1)]
        threat, harmful = (least := np.maximum(least, found)).tolist()
        table[preset] = {"injection": threat, "jailbreak": threat, "obfuscation": threat, "harmful": harmful}
    return table


def calibrate(folder: Path, data: Path, seed: int, most: int = 150) -> Iterator[tuple[str, Any]]:
    """Yields ("calibration", …), ("thresholds", …) and ("metrics", …) for the manifest.

    `folder` holds the exported graphs under a manifest that verifies; its calibration is not used.
    """
    rows = sample(data, most, seed)
    trained = {row.source for row in load(data, "train")}
    unseen = {row.source for row in rows} - trained
    first = read(folder, Random(seed).sample(rows, min(len(rows), 4_000)), Router(inf, inf))
    short, long = ([reading for reading in first if (reading.pieces <= SHORT) is wanted] for wanted in (True, False))
    router = Router(route(short, SHORT_SHARE), route(long, LONG_SHARE), exits(first))
    readings = read(folder, rows, router)
    scales = [fit(readings, 0), lengthened(readings, fit(readings, 1), unseen)]
    sure = [reading.confidence for reading in readings if reading.row.label >= 0]
    (slope,), _ = logistic(np.array([[logit] for logit, _ in sure]), np.array([right for _, right in sure]))
    yield (
        "calibration",
        {
            "threat": scales[0],
            "harmful": scales[1],
            "router": [router.short, router.long],
            "exits": list(router.exits),
            "confidence": max(slope, 0.05),
        },
    )
    scores = [probabilities(readings, scales[head], head) for head in (0, 1)]
    yield "thresholds", (table := presets(readings, scores, unseen))
    yield "metrics", metrics(readings, scores, table["balanced"], unseen)


def metrics(
    readings: Sequence[Dev], scores: Sequence[Array], table: dict[str, float], unseen: set[str]
) -> dict[str, Any]:
    """Dev figures at the balanced thresholds."""
    benign = np.array([is_harmless(reading.row) for reading in readings])
    attack = np.array([reading.row.label > 0 for reading in readings])
    new = np.array([reading.row.source in unseen for reading in readings])
    caught = (scores[0] >= table["injection"]) | (scores[1] >= table["harmful"])
    deep = np.array([not np.isnan(reading.deep).all() for reading in readings])
    return {
        "rows": len(readings),
        "recall": round(float(caught[attack].mean()), 4),
        "recall_unseen_sources": round(float(caught[attack & new].mean()), 4),
        "false_positives": round(float(caught[benign].mean()), 4),
        "false_positives_unseen_sources": round(float(caught[benign & new].mean()), 4),
        "deep_share_benign": round(float(deep[benign].mean()), 4),
        "deep_share_attack": round(float(deep[attack].mean()), 4),
    }
