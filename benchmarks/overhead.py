"""What an adapter costs above the checks that it makes, against a local server.

One turn asks the same question unguarded and guarded, and makes the checks of that call directly; who goes first
changes from turn to turn, because a shared machine is now fast and now slow. A repetition is many turns and one stream
in each mode; its figures are the medians of its turns, and what is reported is the median of all repetitions, with the
least and the most.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from itertools import count
from statistics import median
from typing import Any

from rich.console import Console
from rich.progress import track

from benchmarks.clients import CLIENTS
from benchmarks.framework import Client, Framework, Heard
from benchmarks.machine import machine
from benchmarks.scores import Subject
from benchmarks.server import served
from benchmarks.services import SERVICES
from benchmarks.talk import Talk
from benchmarks.tap import Check, Tap
from guardkit import Guard
from guardkit.stream import HOLD, Mode

__all__ = ["FRAMEWORKS", "MODES", "UNGUARDED", "Plan", "of_calls", "of_streams", "overhead", "spread"]

FRAMEWORKS = (*CLIENTS, *SERVICES)
MODES: tuple[Mode, ...] = ("observe", "window", "buffer")
CALLED: Mode = "window"  # of answers that come whole, which no mode treats differently
UNGUARDED = "unguarded"
WARM = 2  # turns that do not count, besides one stream in each mode

Document = dict[str, Any]
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured; `pace` is in milliseconds between two deltas of a stream."""

    repeat: int = 5
    calls: int = 10
    deltas: int = 120
    pace: float = 10.0

    def talks(self) -> Iterator[Talk]:
        """Talks without end, each a new one."""
        return (Talk(number, self.deltas) for number in count(1))


class Stand:
    """One framework's clients of one server, and what they took so far."""

    def __init__(self, framework: Framework, url: str, guard: Guard, tap: Tap) -> None:
        self.framework, self.guard, self.tap = framework, guard, tap
        self.plain = framework.open(url, None, CALLED)
        self.guarded: dict[str, Client] = {mode: framework.open(url, guard, mode) for mode in MODES}
        self.tapped = framework.open(url, tap, CALLED)
        self.calls: list[Figures] = []
        self.streams: list[dict[str, Figures]] = []
        self.made: set[int] = set()  # how many checks a call made

    def __enter__(self) -> Stand:
        return self

    def __exit__(self, *error: object) -> None:
        for client in (self.plain, self.tapped, *self.guarded.values()):
            client.close()

    def warm(self, talks: Iterator[Talk]) -> None:
        """Opens the connections, and lets the adapters remember what all calls have in common."""
        for number in range(WARM):
            self._turn(next(talks), number)
        self._listen(next(talks), 0)
        self.made.clear()

    def repeat(self, talks: Iterator[Talk], calls: int) -> None:
        """One repetition."""
        turns = [self._turn(next(talks), number) for number in range(calls)]
        self.calls.append(of_calls(turns))
        if heard := self._listen(next(talks), len(self.streams)):
            self.streams.append(of_streams(heard))

    def document(self) -> Document:
        ways = (UNGUARDED, *MODES) if self.streams else ()
        return {
            "name": self.framework.name,
            "versions": self.framework.versions,
            "checks_made": sorted(self.made),
            "calls": {**spread(self.calls), "repetitions": self.calls},
            "streams": {way: spread([each[way] for each in self.streams]) for way in ways},
        }

    def _turn(self, talk: Talk, number: int) -> Figures:
        """Seconds of the three ways."""
        checks = self._checks(talk)
        self.made.add(len(checks))
        ask = self.guarded[CALLED].ask
        ways: dict[str, Callable[[], object]] = {
            UNGUARDED: lambda: _require(self.plain.ask(talk.question), talk),
            "guarded": lambda: _require(ask(talk.question), talk),
            "checks": lambda: [check.by(self.guard) for check in checks],
        }
        return {name: _seconds(ways[name]) for name in _turned(ways, number)}

    def _checks(self, talk: Talk) -> list[Check]:
        """The checks that a guarded call of this talk makes."""
        self.tap.checks.clear()
        _require(self.tapped.ask(talk.question), talk)
        return list(self.tap.checks)

    def _listen(self, talk: Talk, number: int) -> dict[str, Heard]:
        listen = {
            way: client.listen for way, client in {UNGUARDED: self.plain, **self.guarded}.items() if client.listen
        }
        heard = {way: listen[way](talk.question) for way in _turned(listen, number)}
        for each in heard.values():
            _require(each.text, talk)
        return heard


def overhead(subject: Subject, plan: Plan, names: Sequence[str], console: Console) -> Document:
    """The figures of the named frameworks, or of all, in milliseconds, as plain data."""
    chosen = [each for each in FRAMEWORKS if not names or each.name in names]
    there = [each for each in chosen if not each.missing]
    document: Document = {
        "model": subject.model,
        "date": subject.date,
        "machine": machine(),
        "plan": {**asdict(plan), "characters": len(Talk(1, plan.deltas).answer), "hold": HOLD},
        "skipped": [{"name": each.name, "missing": each.missing} for each in chosen if each.missing],
    }
    tap = Tap(subject.guard.policy, subject.folder)
    talks = plan.talks()
    with served(plan.deltas, plan.pace / 1_000) as url, ExitStack() as stack:
        stands = [stack.enter_context(Stand(each, url, subject.guard, tap)) for each in there]
        for stand in track(stands, "warming up", console=console):
            stand.warm(talks)
        for _ in track(range(plan.repeat), "repetitions", console=console):
            for stand in stands:
                stand.repeat(talks, plan.calls)
    return {**document, "frameworks": [stand.document() for stand in stands]}


def of_calls(turns: Sequence[Mapping[str, float]]) -> Figures:
    """The figures of one repetition, in milliseconds, from the seconds of its turns."""
    plain, guarded, checks = (1_000 * median(turn[name] for turn in turns) for name in (UNGUARDED, "guarded", "checks"))
    return {
        UNGUARDED: plain,
        "guarded": guarded,
        "checks": checks,
        "overhead": guarded - plain - checks,
        "guarded_to_unguarded": guarded / plain,
        "added_to_checks": (guarded - plain) / checks,
    }


def of_streams(heard: Mapping[str, Heard]) -> dict[str, Figures]:
    """Milliseconds to the first text and to the end by way, and what each mode adds to the unguarded stream."""
    found = {way: {"first": 1_000 * each.first, "total": 1_000 * each.total} for way, each in heard.items()}
    plain = found.pop(UNGUARDED)
    added = {
        way: {**figures, **{f"added_{name}": figures[name] - plain[name] for name in plain}}
        for way, figures in found.items()
    }
    return {UNGUARDED: plain, **added}


def spread(repetitions: Sequence[Mapping[str, float]]) -> dict[str, Figures]:
    """Median, least and most of every figure."""
    return {
        name: {"median": median(values), "least": min(values), "most": max(values)}
        for name in repetitions[0]
        for values in [[figures[name] for figures in repetitions]]
    }


def _turned(names: Iterable[str], number: int) -> list[str]:
    """The names, begun at another one by every number."""
    listed = list(names)
    start = number % max(len(listed), 1)
    return listed[start:] + listed[:start]


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _require(answer: str, talk: Talk) -> None:
    """Raises `RuntimeError` where the answer is not the server's: a call that went wrong must not be timed."""
    if answer != talk.answer:
        raise RuntimeError(f"the answer has {len(answer)} characters, the server's has {len(talk.answer)}")
