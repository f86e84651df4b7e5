"""What INT8 costs: the AUC of every suite with the shipped graphs and with the same weights in fp32.

`python -m guardkit.trainer tune --exact` writes the second model: its fast branch as torch trained it, neither weights
nor activations rounded, under the calibration and thresholds of the first. A suite that has attacks or harmful requests
alone is ranked against the harmless texts of the over-defence suites.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from benchmarks.curve import Curve
from benchmarks.machine import machine
from benchmarks.markdown import percent, score, table
from benchmarks.quality import Run, readable, scored
from benchmarks.rows import DataMissing, Rows
from benchmarks.scores import Scores, Subject
from benchmarks.suites import Suite

__all__ = ["markdown", "precision"]

ALLOWED = 0.005  # of AUC that INT8 may lose

Document = dict[str, Any]
Pair = tuple[Scores, Scores]


def precision(shipped: Subject, exact: Subject, run: Run, console: Console) -> Document:
    """AUC of both models on each suite and head, and the share of texts that only one of them catches. Raises
    `DataMissing` where no suite can be read."""
    rows, _ = readable(run, console)
    if not rows:
        raise DataMissing("none of the suites could be read")
    suites = [suite for suite in run.suites if suite.name in rows]
    both = [scored(subject, run, rows, console) for subject in (shipped, exact)]
    pairs = {suite.name: (both[0][suite.name], both[1][suite.name]) for suite in suites}
    harmless = _harmless(suites, rows, pairs)
    found = [figures for suite in suites for figures in _figures(suite, rows[suite.name], pairs[suite.name], harmless)]
    return {"machine": machine(), "limit": run.limit, "allowed": ALLOWED, "suites": found}


def _harmless(suites: Sequence[Suite], rows: Mapping[str, Rows], pairs: Mapping[str, Pair]) -> Mapping[str, Any]:
    """Of each head the scores of the harmless texts of over-defence suites, a row for each model."""
    names = [suite.name for suite in suites if suite.group == "over-defence"]
    return {
        head: [
            np.concatenate([[], *(getattr(pairs[name][model], head)[rows[name].innocent] for name in names)])
            for model in (0, 1)
        ]
        for head in ("threat", "harmful")
    }


def _figures(suite: Suite, rows: Rows, pair: Pair, harmless: Mapping[str, Any]) -> list[Document]:
    """One entry for each head that the suite tests, unless a class is missing."""
    changed = float((pair[0].caught != pair[1].caught).mean()) if len(rows) else 0.0
    found = []
    for head, positive, negative in (
        ("threat", rows.attack, rows.calm),
        ("harmful", rows.harm, np.array([value == 0 for value in rows.harmful], bool)),
    ):
        if suite.task not in (head, "both"):
            continue
        areas = [
            _auc(getattr(scores, head), positive, negative, harmless[head][model]) for model, scores in enumerate(pair)
        ]
        int8, fp32 = areas
        if int8 is not None and fp32 is not None:
            found.append({"suite": suite.name, "head": head, "n": len(rows), "own": bool(negative.any()),
                          "int8": int8, "fp32": fp32, "lost": fp32 - int8, "changed": changed})  # fmt: skip
    return found


def _auc(
    scores: NDArray[np.float32], positive: NDArray[np.bool_], negative: NDArray[np.bool_], others: NDArray[np.float32]
) -> float | None:
    return Curve.of(scores[positive], scores[negative] if negative.any() else others).auc


def markdown(document: Document) -> str:
    """The report."""
    suites = document["suites"]
    rows = [
        (one["suite"] + ("" if one["own"] else " *"), one["head"], one["n"], score(one["int8"]), score(one["fp32"]),
         f"{100 * one['lost']:+.2f}", percent(one["changed"]))
        for one in suites
    ]  # fmt: skip
    worst = max(suites, key=lambda one: one["lost"])
    kept = sum(one["lost"] < document["allowed"] for one in suites)
    limit = f"at most {document['limit']} rows of each suite" if document["limit"] else "all rows"
    lines = [
        "# INT8 and fp32",
        "",
        f"`python -m benchmarks precision`, {document['date']}, model `{document['model']}`, {limit}: the AUC of the "
        "shipped graphs, and of the same weights with the fast branch in fp32, where nothing is rounded.",
        "",
        f"{kept} of {len(suites)} lose less than {100 * document['allowed']:.1f} points; most is lost on "
        f"{worst['suite']} ({worst['head']}): {100 * worst['lost']:.2f}.",
        "",
        table(("suite", "head", "texts", "INT8", "fp32", "points lost", "other verdicts"), rows),
        "",
        "\\* Has no harmless texts of its own: ranked against those of the over-defence suites.",
    ]
    return "\n".join(lines) + "\n"
