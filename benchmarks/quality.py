"""The quality run: every suite through the guard, beside the floors, as one document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from benchmarks.machine import machine
from benchmarks.measure import channels, languages, mean_recall, measure
from benchmarks.scores import Scores, Subject, digest, resumed, score
from benchmarks.suites import SUITES, Rows, Suite, read
from benchmarks.targets import FLOORS, LINEAR, LINEAR_SOURCE, Bound, held

__all__ = ["Run", "quality"]

MEAN = "harmful requests (mean)"
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    data: Path
    suites: Sequence[Suite]
    cache: Path
    limit: int = 0  # rows of a suite; 0: all
    floor: bool = False  # fit the linear floor too
    floor_rows: int = 0  # training rows for it; 0: all
    date: str = ""


def quality(subject: Subject, run: Run, console: Console) -> Document:
    """Every figure of the run, as plain data."""
    rows = {suite.name: read(suite, run.data, run.limit) for suite in run.suites}
    scores = _scores(subject, run, rows, console)
    figures = {suite.name: measure(suite, rows[suite.name], scores[suite.name]) for suite in run.suites}
    document: Document = {
        "model": subject.model,
        "policy": subject.guard.policy.name,
        "date": run.date,
        "limit": run.limit,
        "machine": machine(),
        "suites": figures,
        "means": _means(figures),
    }
    if "dev" in rows:
        dev = rows["dev"], scores["dev"]
        document["dev"] = {"languages": languages(*dev), "channels": channels(*dev)}
    document["floors"] = [_floor(bound, figures | {MEAN: {"recall": document["means"]["recall"]}}) for bound in FLOORS]
    document["linear"] = _linear(run, rows, figures, console)
    return document


def _scores(subject: Subject, run: Run, rows: Mapping[str, Rows], console: Console) -> dict[str, Scores]:
    columns = TextColumn("{task.description:28}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    found: dict[str, Scores] = {}
    with Progress(*columns, console=console) as progress:
        total = progress.add_task("all suites", total=sum(map(len, rows.values())))
        for suite in run.suites:
            task = progress.add_task(suite.name, total=len(rows[suite.name]))

            def advance(count: int, task: Any = task) -> None:
                progress.advance(task, count)
                progress.advance(total, count)

            def compute(suite: Suite = suite, advance: Any = advance) -> Scores:
                return score(subject.guard, rows[suite.name], advance)

            source = digest(suite.path(run.data))
            found[suite.name] = resumed(run.cache, subject, suite, source, run.limit, compute)
            progress.update(task, visible=False)
            progress.update(total, completed=sum(len(rows[name]) for name in found))
    return found


def _means(figures: Mapping[str, Mapping[str, Any]]) -> dict[str, float | None]:
    """Mean recalls over the request and question sets; AdvBench goals also occur inside training attacks."""
    listed = [suite for suite in SUITES if suite.mean]
    bare = [suite for suite in listed if suite.name != "advbench_behaviors"]
    whole = [suite for suite in SUITES if suite.group == "harmful requests"]
    measured = {name: dict(values) for name, values in figures.items()}
    members = [figures[s.name]["guardbench"] for s in whole if s.name in figures]
    complete = len(members) == len(whole)
    return {
        "recall": mean_recall(measured, listed),
        "recall_without_advbench": mean_recall(measured, bare),
        "recall_with_jailbreakbench": mean_recall(measured, whole),
        "recall_with_jailbreakbench_without_advbench": mean_recall(
            measured, [suite for suite in whole if suite.name != "advbench_behaviors"]
        ),
        "guardbench_policy": sum(m["policy"] for m in members) / len(members) if complete else None,
        "guardbench_half": sum(m["half"] for m in members) / len(members) if complete else None,
    }


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
    if run.floor:
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
