"""Other guards that install from PyPI without a model, on the same texts in the same run: what they catch and how fast.

guardkit runs twice, as it ships and without its model, since the others are rules only. Harmful content is not their
task, so only suites of attacks and of harmless texts are compared. Texts are checked one by one on one thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track

from benchmarks.attack import transformed
from benchmarks.machine import machine
from benchmarks.markdown import DASH, percent, table
from benchmarks.metrics import share, wilson
from benchmarks.rows import DataMissing, Row, Rows
from benchmarks.scores import Subject
from benchmarks.seeds import ATTACKS, BENIGN
from benchmarks.smoke import EVERY, HIDDEN
from benchmarks.suites import LOCAL
from guardkit import Guard
from guardkit.redteam.transforms import BY_NAME
from guardkit.verdict import Channel

__all__ = ["RIVALS", "Rival", "markdown", "rivals"]

GROUPS = ("over-defence", "injection", "jailbreak", "obfuscation")
SOURCES = {"user": "user", "document": "retrieved", "tool": "tool_output", "system": "system", "output": "tool_output"}

Catches = Callable[[str, Channel], bool]
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rival:
    """`package` is its name on PyPI; `open` gives a function that says whether a text is caught."""

    name: str
    package: str
    open: Callable[[], Catches]


def _injectionguard() -> Catches:
    from injectionguard import Detector  # type: ignore[import-not-found]

    detector = Detector()
    return lambda text, channel: not detector.scan(text).is_safe


def _unplug() -> Catches:
    from unplug import Guard as Unplug  # type: ignore[import-not-found]

    guard = Unplug()
    return lambda text, channel: not guard.scan(text, source=SOURCES[channel]).safe


RIVALS: tuple[Rival, ...] = (
    Rival("injectionguard", "injectionguard", _injectionguard),
    Rival("unplug, without its model", "unplug-ai", _unplug),
)


def rivals(subject: Subject, data: Path | None, limit: int, console: Console) -> Document:
    """Recall, false positives and time of each guard on each suite, and who is not installed."""
    contenders: dict[str, Catches] = {
        "guardkit": lambda text, channel: not subject.guard.check(text, channel).allowed,
    }
    rules = Guard(subject.guard.policy, model=None)
    contenders["guardkit, rules only"] = lambda text, channel: not rules.check(text, channel).allowed
    versions, missing = {}, []
    for rival in RIVALS:
        try:
            versions[rival.name] = version(rival.package)
            contenders[rival.name] = rival.open()
        except (PackageNotFoundError, ImportError):
            missing.append(rival.package)
    return {
        "model": subject.model,
        "machine": machine(),
        "limit": limit,
        "versions": versions,
        "missing": missing,
        "suites": {
            name: _suite(rows, contenders) for name, rows in track(_rows(data, limit), "suites", console=console)
        },
    }


def _rows(data: Path | None, limit: int) -> list[tuple[str, Rows]]:
    listed = [("ours, plain", _own(())), ("ours, hidden", _own(HIDDEN))]
    for suite in LOCAL:
        if suite.group in GROUPS:
            try:
                listed.append((suite.name, suite.read(data, limit)))
            except DataMissing:
                continue
    return listed


def _own(hidden: Sequence[str]) -> Rows:
    """The sentences of this repository as they stand, or one in five of them in each disguise."""
    kinds = ((ATTACKS, "attack"), (BENIGN, "benign"))
    if not hidden:
        return Rows.of(Row(text, label, 0) for texts, label in kinds for text in texts)
    return Rows.of(
        Row(text, label, 0)
        for name in hidden
        for texts, label in kinds
        for text in transformed(BY_NAME[name], texts[::EVERY])
    )


def _suite(rows: Rows, contenders: dict[str, Catches]) -> Document:
    """All contenders take turns on each text. A text on which one raises counts as let pass, and is counted."""
    caught = {name: np.zeros(len(rows), bool) for name in contenders}
    spent, failed = dict.fromkeys(contenders, 0.0), dict.fromkeys(contenders, 0)
    names = list(contenders)
    for number, (text, channel) in enumerate(zip(rows.text, rows.channel, strict=True)):
        start = number % len(names)
        for name in names[start:] + names[:start]:
            started = time.perf_counter()
            try:
                caught[name][number] = contenders[name](text, channel)
            except Exception:  # another project's guard may fail in its own way
                failed[name] += 1
            spent[name] += time.perf_counter() - started
    wanted, innocent = rows.attack, rows.innocent
    return {
        "n": len(rows),
        "guards": {
            name: {
                "recall": share(hits[wanted]),
                "recall_interval": wilson(int(hits[wanted].sum()), int(wanted.sum())),
                "false_positives": share(hits[innocent]),
                "false_positives_interval": wilson(int(hits[innocent].sum()), int(innocent.sum())),
                "milliseconds": 1000 * spent[name] / max(len(rows), 1),
                "failed": failed[name],
            }
            for name, hits in caught.items()
        },
    }


def markdown(document: Document) -> str:
    """The whole report."""
    where = document["machine"]
    names = list(next(iter(document["suites"].values()))["guards"])
    limited = f", at most {document['limit']} rows of a suite" if document["limit"] else ""
    versions = ", ".join(f"{name} {number}" for name, number in document["versions"].items()) or "none"
    lines = [
        "# Beside other guards without a model",
        f"- model: `{document['model'][:16]}` (sha256 of its manifest); others: {versions}\n"
        f"- date: {document.get('date') or DASH}\n"
        f"- machine: {where['processor']}, {where['cores']} cores, load {where['load']}; Python {where['python']}"
        + (f"\n- not installed: {', '.join(document['missing'])}" if document["missing"] else ""),
        f"The same texts in the same run, one by one on one thread{limited}; each guard in its default settings. "
        "Recall / false positives.",
        table(("suite", "n", *names), ((s, e["n"], *map(_cell, e["guards"].values()))
                                       for s, e in document["suites"].items())),
        "Mean milliseconds a text:",
        table(("suite", *names), ((s, *(f"{g['milliseconds']:.2f}" for g in e["guards"].values()))
                                  for s, e in document["suites"].items())),
    ]  # fmt: skip
    failed = [
        f"{name} on {suite} ({guard['failed']})"
        for suite, each in document["suites"].items()
        for name, guard in each["guards"].items()
        if guard["failed"]
    ]
    if failed:
        lines.append(f"Texts on which a guard raised count as let pass: {', '.join(failed)}.")
    return "\n\n".join(lines) + "\n"


def _cell(guard: Document) -> str:
    return f"{percent(guard['recall'])} / {percent(guard['false_positives'])}"
