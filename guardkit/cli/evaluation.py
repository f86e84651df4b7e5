"""How a guard does on a file of labelled texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from heapq import nlargest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guardkit.cli.dataset import KINDS, Fault, Kind, Sample, batches
from guardkit.cli.rate import Rate
from guardkit.errors import DataError
from guardkit.verdict import ACTIONS, CHANNELS, Action, Channel, Label, Verdict

if TYPE_CHECKING:
    from guardkit.guard import Guard

__all__ = ["Counts", "Evaluation", "Mistake", "evaluate"]

FAULTS = 20  # bad lines kept to be named; all are counted
EXCERPT = 400  # characters kept of a text that was judged wrong

Count = Counter[tuple[Channel, Kind, Action]]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many texts of which channel and kind met which action. Caught is what was not allowed."""

    count: Count = field(default_factory=Counter)

    def of(self, *, channel: Channel | None = None, kind: Kind | None = None) -> Counts:
        """Those of a channel or a kind alone."""
        wanted = {key: n for key, n in self.count.items() if channel in (None, key[0]) and kind in (None, key[1])}
        return Counts(Counter(wanted))

    def action(self, action: Action) -> int:
        return sum(n for (_, _, met), n in self.count.items() if met == action)

    @property
    def rows(self) -> int:
        return self.count.total()

    @property
    def caught(self) -> Rate:
        return Rate(self.rows - self.action("allow"), self.rows)

    @property
    def attacks(self) -> Counts:
        return Counts(Counter({key: n for key, n in self.count.items() if key[1] != "benign"}))

    @property
    def recall(self) -> Rate:
        """Of the attacks, how many were caught."""
        return self.attacks.caught

    @property
    def false_alarms(self) -> Rate:
        """Of the benign texts, how many were caught: the false positive rate."""
        return self.of(kind="benign").caught

    @property
    def precision(self) -> Rate:
        """Of what was caught, how much is an attack. It depends on how many attacks the file holds."""
        return Rate(self.recall.hits, self.caught.hits)

    def to_dict(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "benign": self.false_alarms.trials,
            "attacks": self.recall.trials,
            "precision": self.precision.to_dict(),
            "recall": self.recall.to_dict(),
            "false_positive_rate": self.false_alarms.to_dict(),
            "confusion": {
                kind: {action: own.action(action) for action in ACTIONS}
                for kind in KINDS
                if (own := self.of(kind=kind)).rows
            },
        }


@dataclass(frozen=True, slots=True)
class Mistake:
    """A text that was judged wrong."""

    line: int
    kind: Kind
    channel: Channel
    action: Action
    label: Label
    score: float  # that it is an attack of any kind
    text: str = field(repr=False)  # its beginning

    def to_dict(self, *, text: bool) -> dict[str, Any]:
        names = ("line", "kind", "channel", "action", "label", "score", *(("text",) if text else ()))
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a guard did with a file; the rates that follow are properties of `counts`."""

    policy: str
    counts: Counts
    alarms: tuple[Mistake, ...]  # the benign texts that were caught, highest score first
    misses: tuple[Mistake, ...]  # the attacks that were allowed, lowest score first
    faults: tuple[Fault, ...]  # the first ones
    faulty: int  # how many rows could not be read
    degraded: int  # texts of which a step failed
    truncated: int  # texts over the policy's limits

    @property
    def channels(self) -> dict[Channel, Counts]:
        found = {channel: self.counts.of(channel=channel) for channel in CHANNELS}
        return {channel: counts for channel, counts in found.items() if counts.rows}

    def to_dict(self, *, text: bool = True) -> dict[str, Any]:
        """Plain data; `text=False` leaves out all text of the file."""
        return {
            "policy": self.policy,
            **self.counts.to_dict(),
            "channels": {channel: counts.to_dict() for channel, counts in self.channels.items()},
            "worst_false_alarms": [mistake.to_dict(text=text) for mistake in self.alarms],
            "worst_misses": [mistake.to_dict(text=text) for mistake in self.misses],
            "bad_lines": {"count": self.faulty, "first": [{"line": f.line, "reason": f.reason} for f in self.faults]},
            "degraded": self.degraded,
            "truncated": self.truncated,
        }


def evaluate(
    guard: Guard,
    path: Path,
    channel: Channel = "user",
    *,
    worst: int = 5,
    advance: Callable[[int], None] = lambda _: None,
) -> Evaluation:
    """The evaluation of a guard on a file, `worst` mistakes of each sort named. `advance` gets the bytes done so far.

    A text that a guard with `on_error = "raise"` would raise for is blocked here. Raises `DataError` for a file without
    a row that can be read.
    """
    policy = guard.policy if guard.policy.on_error != "raise" else replace(guard.policy, on_error="block")
    counts: Count = Counter()
    alarms: list[Mistake] = []
    misses: list[Mistake] = []
    faults: list[Fault] = []
    faulty = degraded = truncated = 0
    for batch in batches(path, channel):
        samples = batch.samples
        verdicts = guard.check_many([s.text for s in samples], [s.channel for s in samples], policy=policy)
        counts.update((s.channel, s.kind, v.action) for s, v in zip(samples, verdicts, strict=True))
        degraded += sum(bool(verdict.degraded) for verdict in verdicts)
        truncated += sum(verdict.truncated for verdict in verdicts)
        wrong = [_mistake(s, v) for s, v in zip(samples, verdicts, strict=True) if s.benign != v.allowed]
        alarms = nlargest(worst, [*alarms, *(m for m in wrong if m.kind == "benign")], key=lambda m: (m.score, -m.line))
        misses = nlargest(
            worst, [*misses, *(m for m in wrong if m.kind != "benign")], key=lambda m: (-m.score, -m.line)
        )
        faults += batch.faults[: FAULTS - len(faults)]
        faulty += len(batch.faults)
        advance(batch.bytes)
    if not counts:
        raise DataError(f"{path} holds no row that can be read{_first(faults)}")
    return Evaluation(
        policy.name, Counts(counts), tuple(alarms), tuple(misses), tuple(faults), faulty, degraded, truncated
    )


def _mistake(sample: Sample, verdict: Verdict) -> Mistake:
    score = 1 - verdict.scores["benign"]
    return Mistake(
        sample.line, sample.kind, sample.channel, verdict.action, verdict.label, score, sample.text[:EXCERPT]
    )


def _first(faults: Iterable[Fault]) -> str:
    return "".join(f" (line {fault.line}: {fault.reason})" for fault in list(faults)[:1])
