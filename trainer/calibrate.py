"""Calibration and thresholds from the dev split, measured on the exported INT8 graphs through the runtime itself.

1. the early exits: below them almost no window lies that decides a text which is rightly caught; and the router's
   thresholds: the shares of short and of long benign dev texts that may go deep
2. a logistic scale of the fast logit, and one of both branches' logits where the deep one ran, on texts of one window,
       so that windows are comparable
3. per text, a logistic scale of the worst window with a correction for the number of windows
4. per preset, the score that the wanted share of benign texts reaches, averaged over sources so that a large
   source does not speak for traffic; sources that training never saw count as much as all others together. And the
   worst group first: no single source of requests or documents may alarm on more than ten times the preset's share
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.utils.class_weight import compute_sample_weight

from guardkit.classify.calibration import SHORT, Router
from guardkit.classify.reading import Reader, odds
from guardkit.classify.session import Classifier
from guardkit.pipeline import Limits, analyze
from guardkit.trainer.data import CHANNELS, Row, load

__all__ = ["Dev", "calibrate", "read", "sample", "thresholds"]

PRESETS = {"strict": (0.025, 0.025), "balanced": (0.004, 0.006), "permissive": (0.0004, 0.0006)}
"""Wanted shares of false alarms: of the threat head, of the harmful head; together the preset's."""

SHORT_SHARE, LONG_SHARE = 0.30, 0.08  # of short and of long benign dev texts with a window that goes deep
WORST = 10  # times the preset's share: what a single source may alarm on
COUNTED = 3  # alarms that this would be; a source with too few rows for them says nothing
STATEMENTS = {"hatemoji_build", "tweeteval_hate", "toxigen_demonstrations"}
"""Hate speech and its harmless neighbours, weakly labelled; no requests, which are what the harmful head reads."""
BLENDS = (0.0, 0.25, 0.5)  # shares of the fast logit where the deep branch ran
EXIT_SHARES = (0.003, 0.005)  # of the windows that decide a caught text, what an exit may settle
LIMITS = Limits(windows=64)

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Dev:
    """The logits of a dev row's windows; of the deep branch, nan where it did not run."""

    fast: Array  # (N, 2) threat odds, harmful
    deep: Array  # (N, 2)
    router: Array  # (N,)
    early: Array  # (N, E) of the exits
    pieces: int  # of the original text
    length: int  # windows of the original text
    confidence: tuple[float, bool]  # of the first window: logit, and whether the threat head was right
    row: Row


def sample(folder: Path, most: int, seed: int) -> list[Row]:
    """Dev rows: of each source up to `most` harmless ones and ten times as many attacks and harmful requests."""
    random = Random(seed)
    rows = list(load(folder, "dev"))
    random.shuffle(rows)
    seen: Counter[tuple[str, bool]] = Counter()
    chosen = []
    for row in rows:
        harmless = row.label == 0 and row.harmful != 1
        seen[row.source, harmless] += 1
        if seen[row.source, harmless] <= (most if harmless else 10 * most):
            chosen.append(row)
    return chosen


_WORKER: Reader


def _start(folder: Path, router: Router) -> None:
    global _WORKER
    _WORKER = Reader(Classifier(folder), router)


def _work(row: Row) -> Dev:
    reading = _WORKER.read(analyze(row.text, LIMITS), CHANNELS[row.channel], LIMITS.windows, inf)
    windows = reading.windows
    first = windows[0].final
    return Dev(
        fast=np.array([(odds(read.fast.threat), read.fast.harmful) for read in windows]),
        deep=np.array([(np.nan, np.nan) if read.deep is None else (odds(read.deep.threat), read.deep.harmful)
                       for read in windows]),
        router=np.array([read.fast.router for read in windows]),
        early=np.array([read.fast.early for read in windows]),
        pieces=sum(read.pieces for read in windows if not read.view.chain),
        length=reading.length,
        confidence=(first.confidence, int(first.threat.argmax()) == row.label),
        row=row,
    )  # fmt: skip


def read(folder: Path, rows: Sequence[Row], router: Router, workers: int = 2) -> list[Dev]:
    """The runtime's logits for every row, windows above the router's threshold through both branches."""
    with get_context("fork").Pool(workers, _start, (folder, router)) as pool:
        return list(track(pool.imap(_work, rows, chunksize=50), "dev", len(rows)))


def route(readings: Sequence[Dev], share: float) -> float:
    """The router logit that this share of benign texts has a window above."""
    worst = [reading.router.max() for reading in readings if reading.row.label == 0 and reading.row.harmful != 1]
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

    The two say nearly the same, and a free regression would weigh one against the other.
    """
    weight = compute_sample_weight("balanced", truth)
    fitted = []
    for share in BLENDS:
        mixed = both @ np.array([share, 1 - share])
        (slope,), offset = logistic(mixed[:, None], truth)
        probability = 1 / (1 + np.exp(-(slope * mixed + offset)))
        loss = log_loss(truth, probability, sample_weight=weight, labels=[False, True])
        fitted.append((loss, [slope * share, slope * (1 - share), offset]))
    return min(fitted)[1]


def target(row: Row, head: int) -> bool | None:
    """What a head should say of a row; None where that is not known."""
    if head == 0:
        return None if row.label < 0 else row.label > 0
    return None if row.harmful < 0 else row.harmful == 1


def fit(readings: Sequence[Dev], head: int) -> dict[str, list[float]]:
    """The scale of one head: 0 threat, 1 harmful."""
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
    """Calibrated log-odds per window: of both branches where the deep one ran, else of the fast one."""
    fast, deep = reading.fast[:, head], reading.deep[:, head]
    (slope, offset), (of_fast, of_deep, start) = scale["fast"], scale["deep"]
    return np.where(np.isnan(deep), slope * fast + offset, of_fast * fast + of_deep * deep + start)


def probabilities(readings: Sequence[Dev], scale: dict[str, list[float]], head: int) -> Array:
    slope, weight, offset = scale["text"]
    worst = np.array([window_odds(reading, scale, head).max() for reading in readings])
    count = np.log([reading.length for reading in readings])
    return 1 / (1 + np.exp(-(slope * worst + weight * count + offset)))


def thresholds(readings: Sequence[Dev], scores: Array, unseen: set[str], share: float, worst: float = 1.0) -> float:
    """The score that `share` of benign texts reach, averaged over sources; unseen sources have half the weight. Higher
    where a single source would reach it with more than the share `worst` of its texts, less one standard deviation:
    the sample must not show less than there is."""
    benign = np.array([reading.row.label == 0 and reading.row.harmful != 1 for reading in readings])
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
    scales = [fit(readings, head) for head in (0, 1)]
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
    benign = np.array([reading.row.label == 0 and reading.row.harmful != 1 for reading in readings])
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
