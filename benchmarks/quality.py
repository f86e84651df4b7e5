"""The quality run: every suite through the guard, beside the floors, as one document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from benchmarks.machine import machine
from benchmarks.measure import detectors, groups, mean_recall, measure
from benchmarks.metrics import mean_interval, reliability
from benchmarks.overlap import overlap
from benchmarks.rows import DataMissing, Rows
from benchmarks.scores import Scores, Subject, score
from benchmarks.suites import LOCAL, Suite
from benchmarks.targets import FLOORS, LINEAR, LINEAR_SOURCE, Bound, held

__all__ = ["Run", "quality", "readable", "scored"]

MEAN = "harmful requests (mean)"
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    data: Path | None
    suites: Sequence[Suite]
    cache: Path
    limit: int = 0  # rows of a suite; 0: all
    floor: bool = False  # fit the linear floor too
    floor_rows: int = 0  # training rows for it; 0: all
    date: str = ""


def quality(subject: Subject, run: Run, console: Console) -> Document:
    """Every figure of the run, as plain data. A suite whose data is not here is listed under "missing"."""
    rows, missing = readable(run, console)
    suites = [suite for suite in run.suites if suite.name in rows]
    scores = scored(subject, run, rows, console)
    with console.status("bootstrap"):
        figures = {suite.name: measure(suite, rows[suite.name], scores[suite.name]) for suite in suites}
    public = [suite.name for suite in suites if suite.group != "dev"]
    document: Document = {
        "model": subject.model,
        "policy": subject.guard.policy.name,
        "date": run.date,
        "limit": run.limit,
        "machine": machine(),
        "suites": figures,
        "missing": missing,
        "means": _means(figures),
        "pooled": _pooled(rows, scores, public),
        "detectors": detectors((rows[name], scores[name]) for name in public),
        "overlap": overlap(rows, scores),
    }
    if "dev" in rows:
        channels = np.array(rows["dev"].channel, str)
        document["dev"] = {
            "languages": figures["dev"]["languages"],
            "channels": groups(channels, rows["dev"], scores["dev"]),
        }
    document["floors"] = [_floor(bound, figures | {MEAN: {"recall": document["means"]["recall"]}}) for bound in FLOORS]
    document["linear"] = _linear(run, rows, figures, console)
    return document


def readable(run: Run, console: Console) -> tuple[dict[str, Rows], dict[str, str]]:
    """The rows of every suite whose data is here, and why the others cannot be read, by their names."""
    rows: dict[str, Rows] = {}
    missing: dict[str, str] = {}
    for suite in run.suites:
        try:
            rows[suite.name] = suite.read(run.data, run.limit)
        except DataMissing as error:
            missing[suite.name] = str(error)
            console.print(f"skipped {suite.name}: {error}", style="yellow")
    return rows, missing


def scored(subject: Subject, run: Run, rows: Mapping[str, Rows], console: Console) -> dict[str, Scores]:
    """What the guard says of every row of every suite, by its name; kept in `run.cache`."""
    columns = TextColumn("{task.description:28}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    found: dict[str, Scores] = {}
    with Progress(*columns, console=console) as progress:
        total = progress.add_task("all suites", total=sum(map(len, rows.values())))
        for name, each in rows.items():
            task = progress.add_task(name, total=len(each))

            def advance(count: int, task: Any = task) -> None:
                progress.advance(task, count)
                progress.advance(total, count)

            found[name] = score(subject, each.text, each.channel, run.cache, advance)
            progress.update(task, visible=False)
            progress.update(total, completed=sum(len(rows[done]) for done in found))
    return found


def _means(figures: Mapping[str, Mapping[str, Any]]) -> Document:
    """Mean recalls over the request and question sets; AdvBench goals also occur inside training attacks."""
    listed = [suite for suite in LOCAL if suite.mean]
    whole = [suite for suite in LOCAL if suite.group == "harmful requests"]
    measured = {name: dict(values) for name, values in figures.items()}

    def without_advbench(suites: list[Suite]) -> list[Suite]:
        return [suite for suite in suites if suite.name != "advbench_behaviors"]

    members = [figures[s.name]["guardbench"] for s in whole if s.name in figures]
    complete = len(members) == len(whole)
    recall = mean_recall(measured, listed)
    trials = [figures[s.name]["wanted"] for s in listed if s.name in figures]
    hits = [round(figures[s.name]["wanted"] * (figures[s.name]["recall"] or 0)) for s in listed if s.name in figures]
    return {
        "recall": recall,
        "recall_interval": None if recall is None else mean_interval(hits, trials),
        "recall_without_advbench": mean_recall(measured, without_advbench(listed)),
        "recall_with_jailbreakbench": mean_recall(measured, whole),
        "recall_with_jailbreakbench_without_advbench": mean_recall(measured, without_advbench(whole)),
        "guardbench_policy": sum(m["policy"] for m in members) / len(members) if complete else None,
        "guardbench_half": sum(m["half"] for m in members) / len(members) if complete else None,
    }


def _pooled(rows: Mapping[str, Rows], scores: Mapping[str, Scores], names: Sequence[str]) -> Document:
    """Calibration over all public rows together, dev left out: on dev the scales were fitted."""

    def over(heads: Sequence[tuple[Any, Any, Any]]) -> Document | None:
        if not heads:
            return None
        values, positive, negative = (np.concatenate(column) for column in zip(*heads, strict=True))
        chosen = positive | negative
        found = reliability(values[chosen], positive[chosen])
        return None if found is None else found.document()

    threat = [(scores[name].threat, rows[name].attack, rows[name].calm) for name in names]
    harmful = [
        (scores[name].harmful, rows[name].harm, np.array([value == 0 for value in rows[name].harmful], bool))
        for name in names
    ]
    return {"reliability": over(threat), "reliability_harmful": over(harmful)}


def _floor(bound: Bound, figures: Mapping[str, Mapping[str, Any]]) -> Document:
    value, holds = held(bound, figures)
    return {
        "suite": bound.suite,
        "figure": bound.figure,
        "bound": bound.value,
        "at_most": bound.at_most,
        "value": value,
        "holds": holds,
    }


def _linear(run: Run, rows: Mapping[str, Rows], figures: Mapping[str, Mapping[str, Any]], console: Console) -> Document:
    """The data card's rows: ours, the floor's of this run where it was fitted, and the published ones.

    The better of the two floors is the bar, so that a floor fitted on few rows does not lower it.
    """
    measured: dict[str, Any] = {}
    if run.floor and run.data is not None:
        from benchmarks.floor import linear_figures, linear_scores

        wanted = {reference.suite for reference in LINEAR}
        chosen = {name: each for name, each in rows.items() if name in wanted}
        odds, threshold = linear_scores(run.data, run.cache, chosen, run.floor_rows, console.print)
        measured = {name: linear_figures(chosen[name], odds[name], threshold) for name in chosen}
    table = []
    for reference in LINEAR:
        ours = figures.get(reference.suite, {}).get(reference.figure)
        floor = measured.get(reference.suite, {}).get(reference.figure)
        sign = -1 if reference.figure == "false_positives" else 1
        bar = max(sign * value for value in (floor, reference.published) if value is not None)
        table.append(
            {
                "suite": reference.suite,
                "figure": reference.figure,
                "ours": ours,
                "floor": floor,
                "published": reference.published,
                "beaten": None if ours is None else sign * ours > bar,
            }
        )
    return {"source": LINEAR_SOURCE, "rows": run.floor_rows if run.floor else None, "table": table}
