"""A policy whose thresholds are fitted to a file of labelled texts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guardkit.cli.dataset import Fault, Kind, Sample, batches
from guardkit.cli.rate import Rate
from guardkit.cli.threshold import Scores, Thresholds, alarms, choose, needed
from guardkit.decide import Policy, Rule
from guardkit.errors import DataError
from guardkit.verdict import CHANNELS, LABELS, Channel, Label, Verdict

if TYPE_CHECKING:
    from guardkit.guard import Guard

__all__ = ["Measured", "Measurement", "Outcome", "Tuning", "measure", "tune"]

FAULTS = 20  # bad lines kept to be named; all are counted
THREATS: tuple[Label, ...] = LABELS[1:4]


@dataclass(frozen=True, slots=True)
class Measured:
    """What a text of the file scored; the text itself is not kept."""

    kind: Kind
    channel: Channel
    threat: float
    harmful: float
    forced: bool  # caught whatever the thresholds are
    held: bool  # kept aside, to try the thresholds on


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a file scored."""

    rows: tuple[Measured, ...]
    holdout: float
    faults: tuple[Fault, ...] = ()  # the first ones
    faulty: int = 0  # how many rows could not be read
    repeated: int = 0  # how many repeat an earlier one and were left out


@dataclass(frozen=True, slots=True)
class Outcome:
    """How thresholds do on a part of the file."""

    false_alarms: Rate  # of the benign texts
    recall: Rate  # of the attacks

    def to_dict(self) -> dict[str, Any]:
        alarms = {**self.false_alarms.to_dict(), "at_most": self.false_alarms.most}
        return {"false_positive_rate": alarms, "recall": self.recall.to_dict()}


@dataclass(frozen=True, slots=True)
class Tuning:
    """The thresholds, the policy that holds them, and how they do."""

    rate: float  # of false alarms that was asked for
    policy: Policy
    pooled: Thresholds  # the common ones, of every channel without its own
    own: dict[Channel, Thresholds]
    seen: dict[Channel | None, Outcome]  # on the part that the thresholds were chosen on; None is all channels
    held: dict[Channel | None, Outcome]  # on the part kept aside
    measured: Measurement

    @property
    def notes(self) -> list[str]:
        """What the figures are worth, one sentence each, for the policy file and the screen."""
        seen, held = self.seen[None], self.held[None]
        out = [
            f"Asked for: at most {self.rate:.3g} of benign texts caught. On the {seen.false_alarms.trials:,} benign "
            f"texts that the thresholds were chosen on: {_said(seen.false_alarms)}; recall {_share(seen.recall)}, "
            "measured on the same texts and hence flattering."
        ]
        if held.false_alarms.trials or held.recall.trials:
            out.append(
                f"On texts kept aside: {_said(held.false_alarms)} of {held.false_alarms.trials:,} benign ones; "
                f"recall {_share(held.recall)} of {held.recall.trials:,} attacks."
            )
        else:
            out.append("Nothing was kept aside, so that no figure here is of texts that the thresholds have not seen.")
        if not seen.recall.trials:
            out.append("There is no attack among them, so that nothing is known of what these thresholds let through.")
        few = [
            f"{channel} ({outcome.false_alarms.trials:,})"
            for channel, outcome in self.seen.items()
            if channel is not None and channel not in self.own
        ]
        if few and (len(few) > 1 or self.own):
            out.append(
                f"Fewer than {needed(self.rate):,} benign texts to choose on, hence under the common thresholds: "
                f"{', '.join(few)}."
            )
        return out

    def to_dict(self) -> dict[str, Any]:
        def parts(outcomes: dict[Channel | None, Outcome]) -> dict[str, Any]:
            return {channel or "all": outcome.to_dict() for channel, outcome in outcomes.items()}

        return {
            "asked_false_positive_rate": self.rate,
            "holdout": self.measured.holdout,
            "thresholds": {
                "all": {"threat": self.pooled.threat, "harmful": self.pooled.harmful},
                **{channel: {"threat": t.threat, "harmful": t.harmful} for channel, t in self.own.items()},
            },
            "tuned_on": parts(self.seen),
            "held_out": parts(self.held),
            "notes": self.notes,
            "repeated_rows": self.measured.repeated,
            "bad_lines": {
                "count": self.measured.faulty,
                "first": [{"line": fault.line, "reason": fault.reason} for fault in self.measured.faults],
            },
        }


def tune(measured: Measurement, policy: Policy, rate: float) -> Tuning:
    """The tuning of a policy to measured texts; deterministic.

    Thresholds are chosen on the texts that are not held out: for all channels together, and for each channel of enough
    benign texts by itself. The rate holds for each of these and for the whole: where the channels without thresholds of
    their own would alarm more often than is left to them, the common thresholds are raised. Raises `DataError` where
    the benign texts are too few for the rate (`needed`).
    """
    rows = measured.rows
    part = [row for row in rows if not row.held]
    benign = [row for row in part if row.kind == "benign"]
    if len(benign) < needed(rate):
        raise DataError(_few(len(benign), rate, measured.holdout))
    present = [channel for channel in CHANNELS if any(row.channel == channel for row in rows)]
    allowed = alarms(rate, len(benign))
    pooled = _chosen(part, allowed)
    texts = {channel: sum(row.channel == channel for row in benign) for channel in present}
    own = {
        channel: _chosen([row for row in part if row.channel == channel], alarms(rate, texts[channel]))
        for channel in present
        if len(present) > 1 and texts[channel] >= needed(rate)
    }
    rest = [row for row in part if row.channel not in own]
    if own and rest:
        spent = _outcome([row for row in benign if row.channel in own], pooled, own).false_alarms.hits
        pooled = pooled.raised(_chosen(rest, allowed - spent))
    outcomes = [
        {
            channel: _outcome([row for row in rows if row.held == held and channel in (None, row.channel)], pooled, own)
            for channel in (None, *present)
        }
        for held in (False, True)
    ]
    return Tuning(rate, _tuned(policy, pooled, own), pooled, own, outcomes[0], outcomes[1], measured)


def measure(
    guard: Guard,
    path: Path,
    channel: Channel = "user",
    *,
    holdout: float,
    advance: Callable[[int], None] = lambda _: None,
) -> Measurement:
    """The measurement of every different text of a file. Raises `DataError` for a file that cannot be read.

    Which texts are held out depends on each text alone, so that copies are on one side. Memory holds a few numbers per
    row and no text.
    """
    policy = guard.policy
    # Without rules what is still caught is so whatever the thresholds are, and no window ends the scan early.
    bare = replace(policy, rules={}, channels={}, on_error="allow" if policy.on_error == "allow" else "block")
    rows: list[Measured] = []
    seen: set[bytes] = set()
    faults: list[Fault] = []
    faulty = repeated = 0
    for batch in batches(path, channel):
        fresh: list[tuple[Sample, bool]] = []
        for sample in batch.samples:
            digest = hashlib.sha256(sample.text.encode("utf-8", "surrogatepass")).digest()
            key = digest[:12] + f"{sample.channel} {sample.kind}".encode()
            if key in seen:
                repeated += 1
            else:
                seen.add(key)
                fresh.append((sample, int.from_bytes(digest[12:20]) < holdout * 2**64))
        texts, channels = [sample.text for sample, _ in fresh], [sample.channel for sample, _ in fresh]
        verdicts = guard.check_many(texts, channels, policy=bare)
        rows += [
            _measured(sample, verdict, policy, held=held)
            for (sample, held), verdict in zip(fresh, verdicts, strict=True)
        ]
        faults += batch.faults[: FAULTS - len(faults)]
        faulty += len(batch.faults)
        advance(batch.bytes)
    return Measurement(tuple(rows), holdout, tuple(faults), faulty, repeated)


def _measured(sample: Sample, verdict: Verdict, policy: Policy, *, held: bool) -> Measured:
    """The scores that count: a label that the policy lets pass alarms nobody."""
    scores = {
        label: verdict.scores.get(label, 0.0) if policy.rule(label, sample.channel).action != "allow" else 0.0
        for label in LABELS[1:]
    }
    threat = max(scores[label] for label in THREATS)
    return Measured(sample.kind, sample.channel, threat, scores["harmful"], verdict.action != "allow", held)


def _scores(rows: Iterable[Measured]) -> Scores:
    return Scores.of([(row.threat, row.harmful, row.forced) for row in rows])


def _chosen(rows: Sequence[Measured], allowed: int) -> Thresholds:
    benign, attacks = ([row for row in rows if (row.kind == "benign") == wanted] for wanted in (True, False))
    return choose(_scores(benign), _scores(attacks), allowed)


def _outcome(rows: Iterable[Measured], pooled: Thresholds, own: dict[Channel, Thresholds]) -> Outcome:
    hits, trials = {True: 0, False: 0}, {True: 0, False: 0}
    for row in rows:
        at, benign = own.get(row.channel, pooled), row.kind == "benign"
        trials[benign] += 1
        hits[benign] += row.forced or row.threat >= at.threat or row.harmful >= at.harmful
    return Outcome(Rate(hits[True], trials[True]), Rate(hits[False], trials[False]))


def _tuned(policy: Policy, pooled: Thresholds, own: dict[Channel, Thresholds]) -> Policy:
    """The policy with these thresholds. Its actions are as they were."""

    def rule(label: Label, channel: Channel) -> Rule:
        """The channel's rule, with its threshold."""
        at = own.get(channel, pooled)
        return _at(policy.rule(label, channel), at.harmful if label == "harmful" else at.threat)

    general = {label: _at(given, pooled.harmful if label == "harmful" else pooled.threat)
               for label, given in policy.rules.items()}  # fmt: skip
    channels: dict[Channel, dict[Label, Rule]] = {}
    for channel in CHANNELS:
        labels = LABELS[1:] if channel in own else tuple(policy.channels.get(channel, ()))
        if labels:
            channels[channel] = {label: rule(label, channel) for label in labels}
    return replace(policy, rules=general, channels=channels)


def _at(rule: Rule, threshold: float) -> Rule:
    return rule if rule.action == "allow" else replace(rule, threshold=threshold)


def _few(benign: int, rate: float, holdout: float) -> str:
    """Why this many benign texts are too few, and what would do."""
    whole = ceil(needed(rate) / (1 - holdout))
    aside = f" ({holdout:.0%} of the file are kept aside)" if holdout else ""
    least = f", and they speak of rates from {3 / benign:.2g} on" if benign > 3 else ""
    return (
        f"{benign:,} different benign texts to choose thresholds on{aside} are too few for a rate of {rate:g}: it "
        f"takes {needed(rate):,} before even no false alarm would show it (rule of three){least}. Give about {whole:,} "
        f"benign texts in all, or a higher --fpr{', or a lower --holdout' if holdout else ''}"
    )


def _said(rate: Rate) -> str:
    return f"{rate.hits:,} caught ({_share(rate)}; at most {rate.most:.2%} with 95% confidence)"


def _share(rate: Rate) -> str:
    return "unknown" if rate.share is None else f"{rate.share:.2%}"
