"""What the guard says of every row, kept on disk per suite, so that a run that was stopped goes on where it was."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import guardkit
from benchmarks.suites import Rows, Suite
from guardkit import Guard, Policy, Verdict
from guardkit.classify import MODEL
from guardkit.classify.manifest import NAME, load
from guardkit.verdict import ACTIONS, LABELS

__all__ = ["Scores", "Subject", "digest", "resumed", "score"]

BATCH = 64
ROUTES = ("fast", "deep", "rules")


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Verdicts on N rows, as arrays of length N."""

    action: NDArray[np.int8]  # index into ACTIONS
    label: NDArray[np.int8]  # index into LABELS: the label that fired
    threat: NDArray[np.float32]  # the highest of injection, jailbreak and obfuscation
    harmful: NDArray[np.float32]
    deep: NDArray[np.bool_]
    incomplete: NDArray[np.bool_]  # a step failed or the text was cut: the policy may have blocked for that alone
    milliseconds: NDArray[np.float32]

    @property
    def caught(self) -> NDArray[np.bool_]:
        return self.action > ACTIONS.index("allow")


@dataclass(frozen=True, slots=True)
class Subject:
    """The guard under test and what identifies it."""

    guard: Guard
    model: str  # sha256 of the manifest, which lists that of every file; "rules" without a model
    key: str  # also of the policy and of the runtime's code
    date: str  # of the model, as its manifest has it
    folder: Path | None

    @classmethod
    def of(cls, model: str | Path | None, policy: str | Policy) -> Subject:
        guard = Guard(policy, model=model)
        folder = None if model is None else MODEL if model == "default" else Path(model)
        name = "rules" if folder is None else digest(folder / NAME)
        home = Path(guardkit.__file__).parent
        apart = {MODEL, home / "cli", home / "scan", home / "redteam"}  # no score depends on these
        found = (path for kind in ("*.py", "*.npz", "*.json") for path in home.rglob(kind))
        files = sorted(path for path in found if not apart & {*path.parents})
        code = hashlib.sha256("".join(map(digest, files)).encode()).hexdigest()
        key = hashlib.sha256(f"{name} {code} {guard.policy!r}".encode()).hexdigest()
        date = "" if folder is None else str(load(folder).training.get("date", ""))
        return cls(guard, name, key, date, folder)


def digest(path: Path) -> str:
    """The sha256 of a file, in hexadecimal."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def score(guard: Guard, rows: Rows, advance: Callable[[int], None]) -> Scores:
    """Checks every row on its own channel; `advance` hears how many more are done."""
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(rows), BATCH):
        batch = slice(start, start + BATCH)
        found += map(_read, guard.check_many(rows.text[batch], rows.channel[batch]))
        advance(len(rows.text[batch]))
    columns = zip(*found, strict=True) if found else [()] * len(fields(Scores))
    kinds = (np.int8, np.int8, np.float32, np.float32, np.bool_, np.bool_, np.float32)
    return Scores(*(np.array(column, kind) for column, kind in zip(columns, kinds, strict=True)))


def resumed(
    cache: Path, subject: Subject, suite: Suite, source: str, limit: int, compute: Callable[[], Scores]
) -> Scores:
    """The scores of an earlier run of the same guard on the same file, else those that `compute` returns, now kept."""
    columns = " ".join(field.name for field in fields(Scores))
    key = hashlib.sha256(f"{subject.key} {source} {suite.split} {limit} {columns}".encode()).hexdigest()[:16]
    path = cache / f"{suite.name}-{key}.npz"
    if path.exists():
        with np.load(path) as stored:
            return Scores(*(stored[field.name] for field in fields(Scores)))
    scores = compute()
    cache.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part.npz")
    np.savez_compressed(part, **{field.name: getattr(scores, field.name) for field in fields(Scores)})
    part.replace(path)
    return scores


def _read(verdict: Verdict) -> tuple[Any, ...]:
    return (
        ACTIONS.index(verdict.action),
        LABELS.index(verdict.label),
        max(verdict.scores.get(label, 0.0) for label in LABELS[1:4]),
        verdict.scores.get("harmful", 0.0),
        verdict.route == "deep",
        bool(verdict.degraded) or verdict.truncated,
        verdict.elapsed_ms,
    )
