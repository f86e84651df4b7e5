"""What the guard says of every text, kept on disk row by row, so that a run that was stopped goes on where it was.

A verdict holds the word of the model and that of the rules, so each text is checked once and every figure, those of the
single detectors too, is derived from what was kept.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import guardkit
from guardkit import Guard, Policy, Verdict
from guardkit.classify import MODEL
from guardkit.classify.manifest import NAME, load
from guardkit.decide import RULES_ONLY, decide, from_findings
from guardkit.verdict import ACTIONS, LABELS, Channel

__all__ = ["Scores", "Subject", "digest", "score"]

BATCH = 64
FORMAT = 2  # of a stored row


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Verdicts on N rows, as arrays of length N."""

    action: NDArray[np.int8]  # index into ACTIONS
    label: NDArray[np.int8]  # index into LABELS: the label that fired
    threat: NDArray[np.float32]  # the highest of injection, jailbreak and obfuscation
    harmful: NDArray[np.float32]
    deep: NDArray[np.bool_]
    incomplete: NDArray[np.bool_]  # a step failed or the text was cut: the policy may have blocked for that alone
    model: NDArray[np.bool_]  # the model's score alone meets a rule of the policy
    rules: NDArray[np.bool_]  # the guard without a model would have caught it
    detectors: NDArray[np.str_]  # the rules that accuse, joined by commas
    milliseconds: NDArray[np.float32]

    @property
    def caught(self) -> NDArray[np.bool_]:
        return self.action > ACTIONS.index("allow")


KINDS = (np.int8, np.int8, np.float32, np.float32, np.bool_, np.bool_, np.bool_, np.bool_, np.str_, np.float32)


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


def score(
    subject: Subject,
    texts: Sequence[str],
    channels: Sequence[Channel],
    cache: Path | None = None,
    advance: Callable[[int], None] = lambda count: None,
) -> Scores:
    """A verdict for every text on its channel; what an earlier run of the same guard has kept is not checked again.

    `advance` hears how many more are done. Without `cache` nothing is kept.
    """
    keys = [_key(text, channel) for text, channel in zip(texts, channels, strict=True)]
    with closing(_open(cache, subject)) as store:
        known = _known(store, keys)
        advance(sum(key in known for key in keys))
        missing = {key: place for place, key in enumerate(keys) if key not in known}  # a text that occurs twice, once
        todo = list(missing.items())
        for start in range(0, len(todo), BATCH):
            batch = todo[start : start + BATCH]
            places = [place for _, place in batch]
            verdicts = subject.guard.check_many([texts[i] for i in places], [channels[i] for i in places])
            rows = {key: _read(subject, verdict) for (key, _), verdict in zip(batch, verdicts, strict=True)}
            with store:
                marks = ", ".join("?" * (1 + len(KINDS)))
                store.executemany(f"INSERT OR REPLACE INTO scores VALUES ({marks})", [(k, *r) for k, r in rows.items()])
            known |= rows
            advance(sum(1 for _ in rows))
    columns = zip(*(known[key] for key in keys), strict=True) if keys else [()] * len(KINDS)
    return Scores(*(np.array(column, kind) for column, kind in zip(columns, KINDS, strict=True)))


def _key(text: str, channel: Channel) -> bytes:
    return hashlib.sha256(f"{channel}\0{text}".encode("utf-8", "surrogatepass")).digest()[:16]


def _open(cache: Path | None, subject: Subject) -> sqlite3.Connection:
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
    path = ":memory:" if cache is None else cache / f"scores-{subject.key[:16]}-{FORMAT}.sqlite"
    store = sqlite3.connect(path, timeout=60)
    columns = ", ".join(field.name for field in fields(Scores))
    store.execute(f"CREATE TABLE IF NOT EXISTS scores (key BLOB PRIMARY KEY, {columns}) WITHOUT ROWID")
    return store


def _known(store: sqlite3.Connection, keys: Iterable[bytes]) -> dict[bytes, tuple[Any, ...]]:
    found = {}
    for key in dict.fromkeys(keys):
        row = store.execute("SELECT * FROM scores WHERE key = ?", (key,)).fetchone()
        if row is not None:
            found[key] = row[1:]
    return found


def _read(subject: Subject, verdict: Verdict) -> tuple[Any, ...]:
    policy = subject.guard.policy
    findings = [each for each in verdict.findings if not each.detector.startswith(("model.", "policy."))]
    hints = from_findings(findings, certain=False)
    scores = {**hints, "benign": 1 - max(hints.values())}
    rules = decide(scores, RULES_ONLY[policy.thresholds], policy, verdict.channel)  # type: ignore[arg-type]
    return (
        ACTIONS.index(verdict.action),
        LABELS.index(verdict.label),
        float(max(verdict.scores.get(label, 0.0) for label in LABELS[1:4])),
        float(verdict.scores.get("harmful", 0.0)),
        int(verdict.route == "deep"),
        int(bool(verdict.degraded) or verdict.truncated),
        int(any(each.detector.startswith("model.") for each in verdict.findings)),
        int(rules.action != "allow"),
        ",".join(sorted({each.detector for each in findings if each.score > 0})),
        float(verdict.elapsed_ms),
    )
