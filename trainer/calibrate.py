"""Calibration and thresholds from the dev split, measured on the exported INT8 graphs through the runtime itself.

1. the early exits: below them almost no window lies that decides a text which is rightly caught; and the router's
   thresholds: the shares of short and of long benign dev texts that may go deep
2. a logistic scale of the fast logit, and one of both branches' logits where the deep one ran, on texts of one window,
       so that windows are comparable
3. per text, a logistic scale of the worst window with a correction for the number of windows; of the harmful head it
   is the one at which most harmful requests are caught
4. the threat head's offset for documents and tools: there the balanced preset wants more false alarms than of what
   people write, since a foreign text is where nobody reads what is said
5. per preset, the score that the wanted share of benign texts reaches, averaged over sources so that a large
   source does not speak for traffic; sources that training never saw count as much as all others together. Beyond
   the last 2.5% of them it is extrapolated, because so few texts are a matter of luck. And the worst group first: no
   single source of requests or documents may alarm on more than the preset's worst share
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf, log
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guardkit.classify.calibration import SHORT, Router, logit, sigmoid
from guardkit.trainer.data import load
from guardkit.trainer.dev import Dev, is_harmless, read, sample, target
from guardkit.trainer.scale import fit, logistic, text_odds
from guardkit.verdict import CHANNELS

__all__ = ["calibrate", "exits", "level", "presets", "route", "worst_source"]


@dataclass(frozen=True, slots=True)
class Shares:
    """What a preset may alarm on of harmless texts."""

    written: float  # as an attack, of what people write
    harmful: float  # as harmful content
    worst: float  # by either head, of any one source


PRESETS = {
    "strict": Shares(0.02, 0.025, 0.5),
    "balanced": Shares(0.002, 0.006, 0.08),
    "permissive": Shares(0.0002, 0.0006, 0.01),
}
FOREIGN_SHARE = 0.02  # of documents and tool results, as attacks, at balanced
FOREIGN = tuple(CHANNELS.index(channel) for channel in ("document", "tool"))
TAIL = 0.025  # of benign texts, whose scores are read as they are; those above are taken for exponential
SHORT_SHARE, LONG_SHARE = 0.30, 0.08  # of short and of long benign dev texts with a window that goes deep
MANY = 200  # harmless texts of a source that counts in full; at shares as small, two of 38 texts are luck
COUNTED = 3  # alarms that the worst source's share would be; one with too few rows for them says nothing
STATEMENTS = {"hatemoji_build", "tweeteval_hate", "toxigen_demonstrations"}
"""Hate speech and its harmless neighbours, weakly labelled; no requests, which are what the harmful head reads."""
GROWTHS = tuple(step / 2 for step in range(1, 14))  # with the logarithm of a request's windows; tried
# Of the windows that decide a caught text, what an exit may settle. What it settles cannot alarm, which lowers the
# thresholds: simulated on a candidate's dev readings, with none of the second exit's recall is 0.758, with 0.5% 0.764,
# with 1% 0.771, with 2% 0.759.
EXIT_SHARES = (0.003, 0.01)

ALL, FEW = 1_000_000, 150  # harmless rows of a source: for thresholds, and for the exits, whose attacks count
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


def level(readings: Sequence[Dev], odds: Array, unseen: set[str], share: float) -> float:
    """The log-odds that `share` of the benign texts reach, averaged over sources, of which one with less than `MANY`
    texts counts the less; unseen sources have half the weight.

    Of less than `TAIL` of them it is extrapolated: beyond the log-odds that `TAIL` reach, the excess is exponential
    (peaks over threshold: Coles 2001, section 4).
    """
    benign = np.array([is_harmless(reading.row) for reading in readings])
    sources = np.array([reading.row.source for reading in readings])[benign]
    values = odds[benign]
    counts = {source: int((sources == source).sum()) for source in set(sources)}
    each = np.array([1 / max(counts[source], MANY) for source in sources])
    new = np.array([source in unseen for source in sources])
    part = 0.5 if new.any() and not new.all() else 1.0
    weight = part * each / np.where(new, each[new].sum(), each[~new].sum())
    order = np.argsort(-values)
    reached = np.cumsum(weight[order])
    start = float(values[order][min(int(np.searchsorted(reached, max(share, TAIL))), len(order) - 1)])
    above = values > start
    mass = float(weight[above].sum())
    if share >= TAIL or not mass:
        return start
    return start + float(weight[above] @ (values[above] - start)) / mass * log(max(mass / share, 1.0))


def worst_source(readings: Sequence[Dev], odds: Array, share: float) -> float:
    """The least log-odds at which no single source alarms on more than `share` of its benign texts, less one standard
    deviation: the sample must not show less than there is."""
    benign = [(reading.row.source, value) for reading, value in zip(readings, odds, strict=True)
              if is_harmless(reading.row) and reading.row.source not in STATEMENTS]  # fmt: skip
    sources, values = np.array([source for source, _ in benign]), np.array([value for _, value in benign])
    found = [-inf]
    for source in set(sources):
        own = np.sort(values[sources == source])[::-1]
        if COUNTED <= share * len(own) < len(own):
            alarms = share * len(own) - (share * (1 - share) * len(own)) ** 0.5
            found.append(float(own[int(alarms)]))
    return max(found)


def levelled(readings: Sequence[Dev], scale: dict[str, list[float]], unseen: set[str]) -> dict[str, list[float]]:
    """The threat head's scale, with documents and tool results moved so that one threshold is right for all. Their
    worst source bounds them alone, not what people write."""
    odds = text_odds(readings, scale, 0)
    foreign = np.array([reading.row.channel in FOREIGN for reading in readings])
    harmless = {reading.row.channel in FOREIGN for reading in readings if is_harmless(reading.row)}
    if len(harmless) < 2:  # a rehearsal may have but one sort
        return scale
    moved = level(_of(readings, ~foreign), odds[~foreign], unseen, PRESETS["balanced"].written)
    others = _of(readings, foreign)
    moved -= max(level(others, odds[foreign], unseen, FOREIGN_SHARE),
                 worst_source(others, odds[foreign], PRESETS["balanced"].worst))  # fmt: skip
    return scale | {"channels": [moved if channel in FOREIGN else 0.0 for channel in range(len(CHANNELS))]}


def _of(readings: Sequence[Dev], chosen: NDArray[np.bool_]) -> list[Dev]:
    return [reading for reading, wanted in zip(readings, chosen, strict=True) if wanted]


def threat_odds(readings: Sequence[Dev], odds: Array, unseen: set[str], shares: Shares) -> float:
    """The threat head's threshold, in log-odds: set by what people write, since `levelled` moved the rest."""
    written = np.array([reading.row.channel not in FOREIGN for reading in readings])
    written |= not any(is_harmless(reading.row) for reading in _of(readings, written))
    least = level(_of(readings, written), odds[written], unseen, shares.written)
    return max(least, worst_source(readings, odds, shares.worst))


def harmful_odds(readings: Sequence[Dev], odds: Array, unseen: set[str], shares: Shares) -> float:
    return max(level(readings, odds, unseen, shares.harmful), worst_source(readings, odds, shares.worst))


def lengthened(readings: Sequence[Dev], scale: dict[str, list[float]], unseen: set[str]) -> dict[str, list[float]]:
    """The harmful head's scale, with the least correction for length at which most harmful requests are caught at the
    balanced threshold, and a step more: at the least, one long text of the worst source still decides.

    The worst of many windows grows little in the mean, which is what `fit` corrects. But the harmless texts that score
    highest are stories, games and cases told at length, far above any short request, and one threshold for both would
    be theirs. Not for the threat head: what that reads at length are documents, where attacks hide.
    """
    requests = np.array([target(one.row, 1) is True and one.row.label == 0 for one in readings])
    slope, weight, offset = scale["text"]

    def caught(at: dict[str, list[float]]) -> float:
        odds = text_odds(readings, at, 1)
        return float((odds[requests] > harmful_odds(readings, odds, unseen, PRESETS["balanced"])).mean())

    tried = [scale, *(scale | {"text": [slope, min(weight, -slope * growth), offset]} for growth in GROWTHS)]
    if not requests.any():
        return scale
    shares = [caught(at) for at in tried]
    best = shares.index(max(shares))
    return tried[min(best + 1, len(tried) - 1)] if best else scale


def presets(readings: Sequence[Dev], odds: Sequence[Array], unseen: set[str]) -> dict[str, dict[str, float]]:
    """The thresholds of every label, per preset. No preset alarms on more than a stricter one, though its own bound may
    find no source that is large enough."""
    table, least = {}, np.full(2, -inf)
    for preset, shares in PRESETS.items():
        found = [find(readings, odds[head], unseen, shares) for head, find in enumerate((threat_odds, harmful_odds))]
        least = np.maximum(least, found)
        threat, harmful = (sigmoid(bound) + 1e-9 for bound in least.tolist())  # the text it was found at is no alarm
        table[preset] = {"injection": threat, "jailbreak": threat, "obfuscation": threat, "harmful": harmful}
    return table


def calibrate(folder: Path, data: Path, seed: int, most: int = ALL) -> Iterator[tuple[str, Any]]:
    """Yields ("calibration", …), ("thresholds", …) and ("metrics", …) for the manifest, from dev rows with at most
    `most` harmless ones of each source.

    `folder` holds the exported graphs under a manifest that verifies; its calibration is not used.
    """
    rows, few = sample(data, most, seed), sample(data, min(most, FEW), seed)
    trained = {row.source for row in load(data, "train")}
    unseen = {row.source for row in rows} - trained
    first = read(folder, Random(seed).sample(few, min(len(few), 4_000)), Router(inf, inf))
    short, long = ([reading for reading in first if (reading.pieces <= SHORT) is wanted] for wanted in (True, False))
    router = Router(route(short, SHORT_SHARE), route(long, LONG_SHARE), exits(first))
    readings = read(folder, rows, router)
    scales = [levelled(readings, fit(readings, 0), unseen), lengthened(readings, fit(readings, 1), unseen)]
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
    odds = [text_odds(readings, scales[head], head) for head in (0, 1)]
    yield "thresholds", (table := presets(readings, odds, unseen))
    yield "metrics", metrics(readings, odds, table["balanced"], unseen)


def metrics(
    readings: Sequence[Dev], odds: Sequence[Array], table: dict[str, float], unseen: set[str]
) -> dict[str, Any]:
    """Dev figures at the balanced thresholds."""
    benign = np.array([is_harmless(reading.row) for reading in readings])
    attack = np.array([reading.row.label > 0 for reading in readings])
    new = np.array([reading.row.source in unseen for reading in readings])
    caught = (odds[0] >= logit(table["injection"])) | (odds[1] >= logit(table["harmful"]))
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
