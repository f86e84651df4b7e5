"""What a scan has seen so far, in numbers that do not grow with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from guardkit.scan.checking import ERROR, Row
from guardkit.verdict import ACTIONS

__all__ = ["BINS", "Tally"]

BINS = 20  # of the scores 0..1
FAULTS = 20  # rows that could not be checked, kept to be named; all are counted
COLUMNS = 20  # kept to be named
OUTCOMES = (*ACTIONS, ERROR)  # in rising order of severity


@dataclass(slots=True)
class Tally:
    """The counts of a scan."""

    actions: Counter[str] = field(default_factory=Counter)  # "error" among them
    labels: Counter[str] = field(default_factory=Counter)  # of what was not allowed
    routes: Counter[str] = field(default_factory=Counter)
    scores: dict[str, list[int]] = field(default_factory=dict)  # by action: how many texts score in each of the bins
    columns: Counter[str] = field(default_factory=Counter)  # of tables that texts were read from; the first ones
    characters: int = 0
    truncated: int = 0
    degraded: int = 0
    faults: list[dict[str, Any]] = field(default_factory=list)  # the first ones

    @property
    def rows(self) -> int:
        return self.actions.total()

    @property
    def code(self) -> int:
        """The exit code: 0 all allowed, 1 flagged or redacted, 2 blocked, 3 not everything was checked."""
        worst = max((OUTCOMES.index(action) for action, count in self.actions.items() if count), default=0)
        return {"allow": 0, "flag": 1, "redact": 1, "block": 2, ERROR: 3}[OUTCOMES[worst]]

    def add(self, rows: Iterable[Row]) -> None:
        """Counts rows."""
        for row in rows:
            action = row["action"]
            self.actions[action] += 1
            if action == ERROR:
                if len(self.faults) < FAULTS:
                    self.faults.append({"source": row["source"], "row": row["row"], "error": row["error"]})
                continue
            if action != "allow":
                self.labels[row["label"]] += 1
            bins = self.scores.setdefault(action, [0] * BINS)
            bins[min(int((1 - row["scores"]["benign"]) * BINS), BINS - 1)] += 1
            self.routes[row["route"]] += 1
            column = row.get("column")
            if column is not None and (column in self.columns or len(self.columns) < COLUMNS):
                self.columns[column] += 1
            self.characters += row["characters"]
            self.truncated += row["truncated"]
            self.degraded += bool(row["degraded"])

    def to_dict(self) -> dict[str, Any]:
        return {
            "rows": self.rows, "actions": dict(self.actions), "labels": dict(self.labels), "routes": dict(self.routes),
            "scores": self.scores, "columns": dict(self.columns), "characters": self.characters,
            "truncated": self.truncated, "degraded": self.degraded, "faults": self.faults,
        }  # fmt: skip

    @classmethod
    def of(cls, data: dict[str, Any]) -> Tally:
        """The tally that `to_dict` wrote."""
        return cls(
            Counter(data["actions"]), Counter(data["labels"]), Counter(data["routes"]), data["scores"],
            Counter(data["columns"]), data["characters"], data["truncated"], data["degraded"], data["faults"],
        )  # fmt: skip
