"""From the verdicts on a suite to its figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from benchmarks.curve import Curve, bootstrap
from benchmarks.metrics import Mask, f1, reliability, share, wilson
from benchmarks.rows import Rows
from benchmarks.scores import Scores
from benchmarks.suites import Suite
from guardkit.verdict import ACTIONS, LABELS

__all__ = ["RATES", "detectors", "groups", "mean_recall", "measure", "members", "parts"]

RATES = (0.001, 0.01, 0.05)  # false positives allowed where recall is read off the curve
HALF = 0.5  # GuardBench's threshold
FEW = 10  # rows of a language or subtype below which it is counted with the others

Figures = dict[str, Any]


def measure(suite: Suite, rows: Rows, scores: Scores) -> Figures:
    """Every figure of one suite; None where the rows do not allow it."""
    caught, wanted, innocent = scores.caught, rows.wanted, rows.innocent
    by_harm = scores.label == LABELS.index("harmful")
    figures: Figures = {
        "group": suite.group,
        "source": suite.source,
        "licence": suite.licence,
        "metric": suite.metric,
        "n": len(rows),
        "wanted": int(wanted.sum()),
        "innocent": int(innocent.sum()),
        "recall": share(caught[wanted]),
        "recall_interval": wilson(int(caught[wanted].sum()), int(wanted.sum())),
        "recall_by_threat": share((caught & ~by_harm)[wanted]),
        "false_positives": share(caught[innocent]),
        "false_positives_interval": wilson(int(caught[innocent].sum()), int(innocent.sum())),
        "false_positives_by_threat": share((caught & ~by_harm)[innocent]),
        "false_positives_by_harmful": share((caught & by_harm)[innocent]),
        "blocked": share(scores.action == ACTIONS.index("block")),
        "flagged": share(scores.action == ACTIONS.index("flag")),
        "deep": share(scores.deep),
        "deep_innocent": share(scores.deep[innocent]),
        "fast_innocent": share(~scores.deep[innocent]),
        "incomplete": int(scores.incomplete.sum()),
        "milliseconds": float(scores.milliseconds.mean()) if len(rows) else None,
        "by": members(rows, scores),
        "languages": parts(rows.lang, rows, scores),
        "subtypes": parts(rows.subtype, rows, scores),
    }
    if suite.task != "harmful":
        figures |= _curve("", scores.threat, rows.attack, rows.calm)
    if suite.task != "threat":
        known = np.array([value == 0 for value in rows.harmful], bool)
        figures |= _curve("_harmful", scores.harmful, rows.harm, known)
    if suite.guardbench:
        figures["guardbench"] = _guardbench(rows.harm, caught, scores.harmful >= HALF)
    return figures


def _curve(which: str, scores: np.ndarray[Any, Any], positive: Mask, negative: Mask) -> Figures:
    """What is read off the curve of one head: areas, recalls at fixed rates, calibration, the curves themselves."""
    curve, chosen = Curve.of(scores[positive], scores[negative]), positive | negative
    found = reliability(scores[chosen], positive[chosen])
    area, *recalls = bootstrap(curve, lambda each: each.auc, *map(_recall_at, RATES))
    return {
        f"auc{which}": curve.auc,
        f"auc{which}_interval": area,
        f"average_precision{which}": curve.average_precision,
        f"recall_at{which}": {str(rate): curve.recall_at(rate) for rate in RATES} if curve.whole else None,
        f"recall_at{which}_interval": dict(zip(map(str, RATES), recalls, strict=True)) if curve.whole else None,
        f"roc{which}": curve.roc(),
        f"precision_recall{which}": curve.precision_recall(),
        f"reliability{which}": None if found is None else found.document(),
    }


def _recall_at(rate: float) -> Callable[[Curve], float | None]:
    return lambda curve: curve.recall_at(rate)


def members(rows: Rows, scores: Scores) -> dict[str, Figures]:
    """Who caught what: the model alone, the rules alone (the guard without a model), and both as they ship."""
    masks = {"model": scores.model, "rules": scores.rules, "both": scores.caught}
    return {
        name: {"recall": share(mask[rows.wanted]), "false_positives": share(mask[rows.innocent])}
        for name, mask in masks.items()
    }


def detectors(pairs: Iterable[tuple[Rows, Scores]]) -> list[Figures]:
    """Per rule how many texts to catch and how many innocent ones it accuses, and how many the model lets pass."""
    table: dict[str, dict[str, int]] = {}
    for rows, scores in pairs:
        for number, listed in enumerate(scores.detectors):
            for name in filter(None, str(listed).split(",")):
                line = table.setdefault(name, {"wanted": 0, "innocent": 0, "alone": 0})
                line["wanted"] += int(rows.wanted[number])
                line["innocent"] += int(rows.innocent[number])
                line["alone"] += int(rows.wanted[number] and scores.caught[number] and not scores.model[number])
    lines = [{"name": name, **line} for name, line in table.items()]
    return sorted(lines, key=lambda line: -int(line["wanted"]))


def parts(keys: Iterable[str | None], rows: Rows, scores: Scores) -> list[Figures]:
    """Recall and false positives per key, the most frequent first, rare ones together; nothing for a single key."""
    names = np.array([key or "unknown" for key in keys], str)
    listed, counts = np.unique(names, return_counts=True)
    rare = set(listed[counts < FEW])
    names = np.array(["others" if name in rare else name for name in names], str)
    table = groups(names, rows, scores)
    return table if len(table) > 1 else []


def groups(names: np.ndarray[Any, Any], rows: Rows, scores: Scores) -> list[Figures]:
    """The figures of each group of rows with one name."""
    table = []
    for name in np.unique(names):
        chosen = names == name
        wanted, innocent = rows.wanted & chosen, rows.innocent & chosen
        hits, alarms = int(scores.caught[wanted].sum()), int(scores.caught[innocent].sum())
        table.append(
            {
                "name": str(name),
                "n": int(chosen.sum()),
                "wanted": int(wanted.sum()),
                "innocent": int(innocent.sum()),
                "recall": share(scores.caught[wanted]),
                "recall_interval": wilson(hits, int(wanted.sum())),
                "false_positives": share(scores.caught[innocent]),
                "interval": wilson(alarms, int(innocent.sum())),
                "deep": share(scores.deep[chosen]),
            }
        )
    return sorted(table, key=lambda line: (line["name"] == "others", -line["n"]))


def _guardbench(harm: Mask, caught: Mask, half: Mask) -> Figures:
    """Recall where every row is harmful, F1 otherwise: of the policy, and of the harmful head at one half."""
    metric = "recall" if harm.all() else "f1"
    by = share if metric == "recall" else lambda found: f1(found, harm)
    return {"metric": metric, "policy": by(caught), "half": by(half)}


def mean_recall(figures: Mapping[str, Figures], suites: Iterable[Suite]) -> float | None:
    """The mean of the suites' recalls, every suite the same weight; None unless all were measured."""
    recalls = [figures.get(suite.name, {}).get("recall") for suite in suites]
    known = [recall for recall in recalls if recall is not None]
    return sum(known) / len(known) if known and len(known) == len(recalls) else None
