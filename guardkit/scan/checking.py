"""What a worker does: records in, rows out, one for each, whatever happens."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from guardkit import __version__
from guardkit.classify import MODEL
from guardkit.classify.manifest import NAME
from guardkit.decide import Policy, dump
from guardkit.errors import GuardError
from guardkit.evidence import evidence, excerpts
from guardkit.guard import Guard
from guardkit.scan.record import Record
from guardkit.verdict import Channel, Verdict

__all__ = ["ERROR", "Row", "Setting", "check", "fault"]

Row = dict[str, Any]

DEFAULT = "default"
ERROR = "error"  # the action of a row about what could not be checked
LEFT_OUT = ("views", "redacted", "removed", "message", "elapsed_ms", "allowed", "blocked")  # of a verdict


@dataclass(frozen=True, slots=True)
class Setting:
    """How records are checked, in a form that travels to other processes and machines."""

    policy: str  # as TOML
    channel: Channel
    model: str | None = DEFAULT  # a folder of every machine, the one of the package, or None for the rules alone
    text: bool = True  # whether rows show the evidence

    @classmethod
    def of(
        cls, policy: Policy | str | Path | None = None, channel: Channel = "user", *,
        model: str | Path | None = DEFAULT, text: bool = True,
    ) -> Setting:  # fmt: skip
        """The setting of a policy. A text for which it says "raise" is blocked: one bad text must not end a scan."""
        found = Policy.resolve(policy)
        if found.on_error == "raise":
            found = replace(found, on_error="block")
        return cls(dump(found), channel, None if model is None else str(model), text)

    def identity(self) -> dict[str, Any]:
        """What the rows depend on: scans with the same one can go on with each other's work."""
        manifest = None if self.model is None else (MODEL if self.model == DEFAULT else Path(self.model)) / NAME
        try:
            digest = None if manifest is None else hashlib.sha256(manifest.read_bytes()).hexdigest()
        except OSError as error:
            raise GuardError(f"cannot read {manifest}: {error.strerror}") from error
        return {
            "version": __version__, "policy": self.policy, "channel": self.channel, "model": digest, "text": self.text,
        }  # fmt: skip

    def guard(self) -> Guard:
        """The guard of this process, made once. Raises `GuardError`."""
        return _guard(self.policy, self.model)


@lru_cache(maxsize=4)
def _guard(policy: str, model: str | None) -> Guard:
    return Guard(Policy.parse(tomllib.loads(policy)), model=model)


def check(setting: Setting, records: Iterable[Record]) -> list[Row]:
    """The rows of the records, in order. Raises `GuardError` where there can be no guard."""
    judge = setting.guard().judge(setting.channel)
    rows = []
    for record in records:
        if record.text is None:
            rows.append(fault(record, record.fault))
            continue
        try:
            rows.append(_row(record, record.text, judge(record.text), shown=setting.text))
        except Exception as error:  # a bug: its message may hold the text
            rows.append(fault(record, f"its check ended with {type(error).__name__}"))
    return rows


def fault(record: Record, reason: str) -> Row:
    """The row of a record that was not checked."""
    return {"source": record.source, "row": record.row, "action": ERROR, "error": reason}


def _row(record: Record, text: str, verdict: Verdict, *, shown: bool) -> Row:
    """The verdict as plain data that depends on nothing but the text, the setting and the version."""
    told = verdict.to_dict(text=shown)
    row = {"source": record.source, "row": record.row, **({"column": record.column} if record.column else {})}
    row |= {name: value for name, value in told.items() if name not in LEFT_OUT}
    row["characters"] = len(text)
    row["sha256"] = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if shown and not verdict.allowed:
        parts = excerpts(len(text), evidence(verdict.findings, len(text)))
        row["excerpts"] = [[start, text[start:end]] for start, end in parts]
    return row
