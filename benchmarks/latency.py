"""The latency run: the guard and its bare graphs beside the peers, on one thread, text by text in turns.

Turns, because a shared machine is now fast and now slow: what is timed one after the other on the same text meets
the same weather, so the ratios hold where the times do not. All texts come in several rounds, which give the spread.
The guard's time is the whole check; a peer's is its bare graph on as many tokens, without tokenising.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track
from tokenizers import Tokenizer

from benchmarks.footprint import footprint
from benchmarks.machine import machine
from benchmarks.passages import passages
from benchmarks.peers import PEERS, Contender, Peer
from benchmarks.roofline import roofline
from benchmarks.scores import Subject
from benchmarks.stages import breakdown
from benchmarks.startup import startup
from benchmarks.suites import find
from benchmarks.throughput import throughput
from guardkit import Guard
from guardkit.classify import MODEL, open_model
from guardkit.classify.characters import encode_characters
from guardkit.classify.scoring import Model
from guardkit.classify.windows import Windows
from guardkit.detect.features import features
from guardkit.normalize import normalize
from guardkit.verdict import CHANNELS, Channel
from guardkit.view import View

__all__ = ["LENGTHS", "Plan", "latency"]

LENGTHS = (16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192)
WARM = 5  # texts that do not count
GUARD = "guardkit"  # its name among the contenders
STAGED = 300  # texts of dev traffic for the breakdown
KEYS = ("mean", "p50", "p95", "p99")

Call = Callable[[], Any]
Times = dict[str, list[float]]
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is timed."""

    rows: int = 750  # texts of dev traffic
    rounds: int = 5  # repetitions, of every length and of the traffic
    texts: int = 12  # of a length in each round
    budget: float = 6.0  # seconds for one contender at one length, all rounds together; it decides how many texts
    lengths: Sequence[int] = LENGTHS
    peers: Sequence[Peer] = PEERS


class Course:
    """Everything that runs on a text."""

    def __init__(self, guard: Guard, model: Model, peers: Sequence[Contender]) -> None:
        self.guard, self.model, self.peers = guard, model, peers
        data = model.manifest.read("tokenizer.json")
        self.windows, self.tokenizer = Windows(data), Tokenizer.from_buffer(data)
        self.random = np.random.default_rng(0)

    def tokens(self, text: str) -> int:
        return len(self.tokenizer.encode(text, add_special_tokens=False).ids) + 2

    def calls(self, text: str, channel: Channel, *, bare: bool) -> dict[str, Call]:
        """A call per contender; with `bare` also the two graphs on every window of the text."""
        calls: dict[str, Call] = {GUARD: lambda: self.guard.check(text, channel)}
        if bare:
            calls |= self._graphs(text, channel)
        tokens = self.tokens(text)
        return calls | {peer.name: peer.prepare(tokens, self.random) for peer in self.peers}

    def _graphs(self, text: str, channel: Channel) -> dict[str, Call]:
        signals, classifier = normalize(View(text)).signals, self.model.classifier
        inputs = []
        for window in self.windows.split(text, 4_096):
            part = text[window.start : window.end]
            inputs.append(
                (window.tokens, encode_characters(part), features(part, View(text), signals), CHANNELS.index(channel))
            )
        states = [classifier.fast(*each) for each in inputs]
        return {
            "fast graph": lambda: [classifier.fast(*each) for each in inputs],
            "deep graph": lambda: [classifier.deep(state) for state in states],
        }


def latency(subject: Subject, data: Path | None, peers: Path, plan: Plan, console: Console) -> Document:
    """Every time of the run, in milliseconds, as plain data. A peer that cannot be built is listed under "absent"."""
    folder = subject.folder or MODEL
    contenders, absent = [], {}
    for peer in plan.peers:
        with console.status(f"building {peer.name}"):
            try:
                contenders.append(Contender.open(peer, peers))
            except Exception as error:  # torch, transformers and onnx each have their own ways to fail
                absent[peer.name] = f"{type(error).__name__}: {error}".splitlines()[0]
    course = Course(subject.guard, open_model(folder, 1), contenders)
    document: Document = {
        "model": subject.model,
        "machine": machine(),
        "threads": 1,
        "plan": {"rounds": plan.rounds, "texts": plan.texts, "budget": plan.budget},
        "peers": {peer.name: {"precision": peer.precision, "guards": peer.guards} for peer in plan.peers},
        "absent": absent,
        "lengths": _lengths(course, plan, console),
    }
    if data is not None:
        document["dev"] = _traffic(course, data, plan, console)
    else:
        texts: list[tuple[str, Channel]] = [(text, "user") for text in passages(course.tokenizer, 64, STAGED)]
        document["stages"] = breakdown(subject.guard, texts)
    with console.status("throughput and threads"):
        document["throughput"] = throughput(folder, list(passages(course.tokenizer, 64, 64)), plan.rounds)
    with console.status("roofline"):
        document["roofline"] = roofline(course.model, list(passages(course.tokenizer, 126, 8)), plan.rounds)
    with console.status("starting fresh processes"):
        document["startup"] = startup(folder)
    document["footprint"] = footprint(folder)
    return document


def _lengths(course: Course, plan: Plan, console: Console) -> list[Document]:
    table: list[Document] = []
    longest: dict[str, tuple[int, float]] = {}  # contender -> the last length and its seconds, to foresee the next
    for length in track(plan.lengths, "by length", console=console):
        texts = list(passages(course.tokenizer, length, plan.texts))
        first = course.calls(texts[0], "user", bare=True)
        calls, late = _counts(first, longest, length, plan)
        rounds: list[Times] = []
        for _ in range(plan.rounds):
            times: Times = {}
            for number, text in enumerate(texts):
                chosen = {n: c for n, c in course.calls(text, "user", bare=True).items() if number < calls[n]}
                if chosen:
                    _turn(chosen, times, number)
            rounds.append(times)
        table.append({"tokens": length, "late": late, **_summary(rounds)})
    return table


def _counts(
    calls: Mapping[str, Call], longest: dict[str, tuple[int, float]], length: int, plan: Plan
) -> tuple[dict[str, int], list[str]]:
    """How many texts of a round each contender gets within its budget, and who gets none.

    Who is foreseen to need more than the budget for a single round is not even warmed up.
    """
    counts, late = {}, []
    for name, call in calls.items():
        before, seconds = longest.get(name, (length, 0.0))
        each = plan.budget / plan.rounds
        if seconds * length / before <= each:
            call()
            started = time.perf_counter()
            call()
            seconds, before = time.perf_counter() - started, length
            longest[name] = (length, seconds)
        counts[name] = min(plan.texts, int(each / max(seconds * length / before, 1e-9)))
        if not counts[name]:
            late.append(name)
    return counts, late


def _traffic(course: Course, data: Path, plan: Plan, console: Console) -> Document:
    """The user's texts of dev, as they come: attacks, long ones and all languages among them.

    A slow peer reads every so many texts, and is compared with the guard on those.
    """
    strides = {peer.name: peer.stride for peer in plan.peers}
    (dev,) = find(("dev",))
    everything = dev.read(data)
    users = [index for index, channel in enumerate(everything.channel) if channel == "user"]
    chosen = [users[place] for place in np.linspace(0, len(users) - 1, min(plan.rows, len(users))).astype(int)]
    texts = [everything.text[index] for index in chosen]
    for number, text in enumerate(texts[:WARM]):
        _turn(course.calls(text, "user", bare=False), {}, number)
    rounds: list[Times] = [{} for _ in range(plan.rounds)]
    deep = np.zeros(len(texts), bool)
    for turn in track(range(plan.rounds * len(texts)), "dev traffic", console=console):
        repetition, number = divmod(turn, len(texts))
        calls = course.calls(texts[number], "user", bare=False)
        calls = {name: call for name, call in calls.items() if not number % strides.get(name, 1)}
        deep[number] = _turn(calls, rounds[repetition], turn)[GUARD].route == "deep"
    innocent = everything.innocent[chosen]
    lengths = np.array([course.tokens(text) for text in texts])
    return {
        "rows": len(texts),
        "tokens": {f"p{q}": float(np.percentile(lengths, q)) for q in (50, 95, 99)},
        "deep": float(deep.mean()),
        "deep_innocent": float(deep[innocent].mean()) if innocent.any() else None,
        "rounds": plan.rounds,
        **_summary(rounds, strides),
        "strides": strides,
        "stages": breakdown(course.guard, [(text, "user") for text in texts[:: max(1, len(texts) // STAGED)]]),
    }


def _turn(calls: Mapping[str, Call], times: Times, number: int) -> dict[str, Any]:
    """Runs every call once and returns the results; who goes first changes from text to text."""
    names = list(calls)
    start = number % len(names)
    results: dict[str, Any] = {}
    for name in names[start:] + names[:start]:
        started = time.perf_counter()
        results[name] = calls[name]()
        times.setdefault(name, []).append(1000 * (time.perf_counter() - started))
    return results


def _summary(rounds: Sequence[Times], strides: Mapping[str, int] | None = None) -> Document:
    """Figures per contender over all rounds, and the guard's as shares of each peer's, on the texts that both have
    read; and the least and the most of the rounds, of the medians and of every share."""
    names = dict.fromkeys(name for times in rounds for name in times)
    peers = [name for name in names if name != GUARD and not name.endswith(" graph")]

    def shares(rounds: Sequence[Times], name: str) -> dict[str, float]:
        every = (strides or {}).get(name, 1)
        ours = _figures([value for times in rounds for value in times[GUARD][::every]])
        theirs = _figures(_all(rounds, name))
        return {key: ours[key] / theirs[key] for key in KEYS}

    each = {name: [shares([times], name) for times in rounds if name in times] for name in peers}
    medians = {name: [float(np.median(times[name])) for times in rounds if name in times] for name in names}
    return {
        "milliseconds": {name: _figures(_all(rounds, name)) for name in sorted(names)},
        "ratios": {name: shares(rounds, name) for name in peers},
        "spread": {name: {"p50": _bounds(values)} for name, values in medians.items()},
        "ratio_spread": {
            name: {key: _bounds([found[key] for found in values]) for key in KEYS} for name, values in each.items()
        },
    }


def _all(rounds: Sequence[Times], name: str) -> list[float]:
    return [value for times in rounds for value in times.get(name, ())]


def _bounds(values: Sequence[float]) -> list[float]:
    return [min(values), max(values)]


def _figures(values: Sequence[float]) -> dict[str, float]:
    return {"mean": float(np.mean(values)), **{f"p{q}": float(np.percentile(values, q)) for q in (50, 95, 99)}}
