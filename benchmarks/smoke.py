"""The two-minute check: a small set of our own, and a few rows of each public suite where they are, against floors.

A floor is the lower end of the 95% interval that the released model had on the same texts, so that chance alone seldom
falls below it and a broken model does. `--renew` writes the floors of a new release.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.attack import transformed
from benchmarks.curve import Curve, bootstrap
from benchmarks.metrics import Mask, wilson
from benchmarks.rows import DataMissing, Rows
from benchmarks.scores import Scores, Subject, score
from benchmarks.seeds import ATTACKS, BENIGN
from benchmarks.suites import find
from guardkit.trainer.transforms import BY_NAME

__all__ = ["FLOORS", "Figure", "Floor", "OWN", "PUBLIC", "failures", "own", "public", "renewed"]

FLOORS = Path(__file__).parent / "smoke.json"
HIDDEN = ("base64", "flip_each", "leet", "cyrillic", "spaced", "zero_width_every", "rot13", "split_sum")
EVERY = 5  # of the sentences that are hidden, one in so many
ROWS = 30  # of a public suite
AREA = 0.98  # the highest floor of an AUC: the interval of a perfect one is a point, and processors round differently
OWN, PUBLIC = "own", "public"
SUITES = (
    "notinject", "mt_vicuna_bench", "parapet_l1_holdout", "injecagent", "jbb_artifacts", "flipattack",
    "harmbench_behaviors", "xstest",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A value and its 95% interval. Alarms are to stay low, everything else high."""

    value: float
    interval: tuple[float, float]

    @property
    def document(self) -> dict[str, Any]:
        return {"value": self.value, "interval": list(self.interval)}


@dataclass(frozen=True, slots=True)
class Floor:
    """What a figure must not fall below, or, for false alarms, not rise above."""

    bound: float
    at_most: bool

    def holds(self, value: float) -> bool:
        return value <= self.bound if self.at_most else value >= self.bound


def own(subject: Subject, cache: Path | None = None, hidden: tuple[str, ...] = HIDDEN) -> dict[str, Figure]:
    """The figures on the sentences written for this repository, plain and hidden."""
    texts, wanted = [*ATTACKS, *BENIGN], [True] * len(ATTACKS) + [False] * len(BENIGN)
    plain = len(texts)
    for name in hidden:
        for kind, attack in ((ATTACKS, True), (BENIGN, False)):
            chosen = list(transformed(BY_NAME[name], kind[::EVERY]))
            texts += chosen
            wanted += [attack] * len(chosen)
    scores = score(subject, texts, ["user"] * len(texts), cache)
    target, bare = np.array(wanted), np.arange(len(texts)) < plain
    figures = {
        "recall": _share(scores.caught[target & bare]),
        "false positives": _share(scores.caught[~target & bare]),
        "AUC": _area(scores.threat[target & bare], scores.threat[~target & bare]),
        "model's recall": _share(scores.model[target & bare]),
    }
    if hidden:
        figures["recall, hidden"] = _share(scores.caught[target & ~bare])
        figures["false positives, hidden"] = _share(scores.caught[~target & ~bare])
        figures["AUC, hidden"] = _area(scores.threat[target & ~bare], scores.threat[~target & ~bare])
    return figures


def public(subject: Subject, data: Path | None, cache: Path | None = None) -> dict[str, Figure]:
    """The figures pooled over a few rows of each public suite; nothing where they are not here."""
    found: list[tuple[Rows, Scores]] = []
    for suite in find(SUITES):
        try:
            rows = suite.read(data, ROWS)
        except DataMissing:
            continue
        found.append((rows, score(subject, rows.text, rows.channel, cache)))
    if not found:
        return {}
    wanted = np.concatenate([rows.wanted for rows, _ in found])
    innocent = np.concatenate([rows.innocent for rows, _ in found])
    caught = np.concatenate([scores.caught for _, scores in found])
    most = np.concatenate([np.maximum(scores.threat, scores.harmful) for _, scores in found])
    return {
        "recall": _share(caught[wanted]),
        "false positives": _share(caught[innocent]),
        "AUC": _area(most[wanted], most[innocent]),
    }


def failures(figures: Mapping[str, Figure], floors: Mapping[str, Floor]) -> list[str]:
    """The names of the figures that do not hold, and of floors without a figure."""
    missing = [name for name in floors if name not in figures]
    return missing + [
        name for name, figure in figures.items() if name in floors and not floors[name].holds(figure.value)
    ]


def renewed(figures: Mapping[str, Figure]) -> dict[str, Floor]:
    """The floors that a release with these figures sets."""
    return {name: _floor(name, figure) for name, figure in figures.items()}


def _floor(name: str, figure: Figure) -> Floor:
    low, high = figure.interval
    if name.startswith("false positives"):
        return Floor(round(high, 4), at_most=True)
    return Floor(round(min(low, AREA) if name.startswith("AUC") else low, 4), at_most=False)


def load(path: Path = FLOORS) -> tuple[str, dict[str, dict[str, Floor]]]:
    """The model that the committed floors were measured with, and the floors of each part."""
    document = json.loads(path.read_text("utf-8"))
    return document["model"], {
        part: {name: Floor(**floor) for name, floor in floors.items()} for part, floors in document["floors"].items()
    }


def save(model: str, floors: Mapping[str, Mapping[str, Floor]], path: Path = FLOORS) -> None:
    listed = {
        part: {name: {"bound": floor.bound, "at_most": floor.at_most} for name, floor in each.items()}
        for part, each in floors.items()
    }
    path.write_text(json.dumps({"model": model, "floors": listed}, indent=2) + "\n", "utf-8")


def _share(hits: Mask) -> Figure:
    interval = wilson(int(hits.sum()), hits.size)
    if interval is None:
        raise ValueError("the sample has no text of one class")
    return Figure(float(hits.mean()), interval)


def _area(positive: np.ndarray[Any, Any], negative: np.ndarray[Any, Any]) -> Figure:
    curve = Curve.of(positive, negative)
    (interval,) = bootstrap(curve, lambda each: each.auc)
    if curve.auc is None or interval is None:
        raise ValueError("the sample has no text of one class")
    return Figure(curve.auc, interval)
