"""What eval and tune print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from guardkit.cli.dataset import KINDS, Fault
from guardkit.cli.screen import COLOURS, heading, show
from guardkit.cli.terminal import quoted, visible
from guardkit.verdict import ACTIONS

if TYPE_CHECKING:
    from guardkit.cli.evaluation import Evaluation, Mistake
    from guardkit.cli.rate import Rate
    from guardkit.cli.tuning import Tuning

__all__ = ["evaluation", "tuning"]

EXCERPT = 100  # characters shown of a text that was judged wrong
FAULTS = 5  # bad lines shown


def evaluation(found: Evaluation, *, text: bool) -> None:
    """Rates, confusion, channels and the worst mistakes; without `text` these are line numbers."""
    counts = found.counts
    out = Text()
    out.append(f"{counts.rows:,} texts", "bold")
    out.append(f": {counts.false_alarms.trials:,} benign, {counts.recall.trials:,} attacks")
    out.append(f"  policy {visible(found.policy)}\n\n", "default")
    _headed(out, f"{'':<14}{'share':>8}  {'95% interval':<16}  counted\n")
    rates = (("precision", counts.precision), ("recall", counts.recall), ("false alarms", counts.false_alarms))
    for name, rate in rates:
        out.append(f"{name:<14}", "bold")
        out.append(f"{_share(rate):>8}  {_interval(rate):<16}  {rate.hits:,} of {rate.trials:,}\n")
    out.append("\n")
    _headed(out, f"{'':<14}{''.join(f'{action:>8}' for action in ACTIONS)}  {'caught':>8}  95% interval\n")
    for kind in KINDS:
        own = counts.of(kind=kind)
        if own.rows:
            out.append(f"{kind:<14}", "bold")
            for action in ACTIONS:
                out.append(f"{own.action(action):>8,}", COLOURS[action] if own.action(action) else "dim")
            out.append(f"  {_share(own.caught):>8}  {_interval(own.caught)}\n")
    if len(found.channels) > 1:
        out.append("\n")
        _headed(out, f"{'channel':<14}{'benign':>8}  {'false alarms':<24}{'attacks':>8}  recall\n")
        for channel, counts in found.channels.items():
            out.append(f"{channel:<14}", "bold")
            _both(out, counts.false_alarms, counts.recall)
    _mistakes(out, "worst false alarms", found.alarms, text=text)
    _mistakes(out, "worst misses", found.misses, text=text)
    _faults(out, found.faults, found.faulty)
    for number, what in ((found.degraded, "were not checked in full"), (found.truncated, "are over the limits")):
        if number:
            out.append(f"\n{number:,} texts {what}: the policy's word on that counts above.\n", "yellow")
    show(out)


def tuning(found: Tuning, path: str) -> None:
    """The thresholds, how they do, and what that is worth."""
    out = Text()
    out.append("written", "bold green").append(f"  {visible(path)}\n\n")
    _headed(out, f"{'thresholds':<14}{'threat':>8}  {'harmful':>8}\n")
    for channel, at in ((None, found.pooled), *found.own.items()):
        out.append(f"{channel or 'all':<14}", "bold").append(f"{at.threat:>8.4f}  {at.harmful:>8.4f}\n")
    for name, outcomes in (("tuned on", found.seen), ("kept aside", found.held)):
        out.append("\n")
        _headed(out, f"{name:<14}{'benign':>8}  {'false alarms':<24}{'attacks':>8}  recall\n")
        for channel, outcome in outcomes.items():
            if channel is None or len(outcomes) > 2:
                out.append(f"{channel or 'all':<14}", "bold")
                _both(out, outcome.false_alarms, outcome.recall)
    out.append("\n")
    for note in found.notes:
        out.append(f"{note}\n")
    if found.measured.repeated:
        out.append(f"{found.measured.repeated:,} rows repeat another and were left out.\n", "yellow")
    _faults(out, found.measured.faults, found.measured.faulty)
    show(out)


def _headed(out: Text, line: str) -> None:
    out.append(line, "dim")


def _both(out: Text, alarms: Rate, recall: Rate) -> None:
    """The rest of a row: benign texts and false alarms, attacks and recall."""
    out.append(f"{alarms.trials:>8,}  {_share(alarms):>7} {_interval(alarms):<16}")
    out.append(f"{recall.trials:>8,}  {_share(recall):>7} {_interval(recall)}\n")


def _mistakes(out: Text, title: str, mistakes: Sequence[Mistake], *, text: bool) -> None:
    if mistakes:
        heading(out, title)
    for one in mistakes:
        out.append(f"  line {one.line:>6}  {one.score:.3f}  {one.channel:<8}  ")
        said = f"{one.kind} allowed" if one.action == "allow" else f"{one.action} as {one.label}"
        out.append(f"{said:<24}{quoted(one.text, EXCERPT)}\n" if text else f"{said}\n")


def _faults(out: Text, faults: Sequence[Fault], faulty: int) -> None:
    if not faulty:
        return
    out.append(f"\n{faulty:,} rows could not be read and count nowhere above\n", "bold yellow")
    for fault in faults[:FAULTS]:
        out.append(f"  line {fault.line:>6}  {fault.reason}\n")
    if faulty > FAULTS:
        out.append(f"  and {faulty - FAULTS:,} more: --json names the first {len(faults)}\n", "dim")


def _share(rate: Rate) -> str:
    return "-" if rate.share is None else f"{rate.share:.2%}"


def _interval(rate: Rate) -> str:
    if rate.interval is None:
        return ""
    low, high = rate.interval
    return f"{100 * low:.2f}-{100 * high:.2f}%"
