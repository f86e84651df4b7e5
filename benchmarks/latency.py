"""The latency run: the guard and its bare graphs beside the peers, on one thread, text by text in turns.

Turns, because a shared machine is now fast and now slow: what is timed one after the other on the same text meets the
same weather, so the ratios hold where the times do not. The guard's time is the whole check; a peer's is its bare graph
on as many tokens, without tokenising.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track
from tokenizers import Tokenizer

from benchmarks.machine import machine
from benchmarks.passages import passages
from benchmarks.peers import PEERS, Contender
from benchmarks.scores import Subject
from benchmarks.stages import breakdown
from benchmarks.startup import startup
from benchmarks.suites import find
from guardkit import Guard
from guardkit.classify import MODEL, open_model
from guardkit.classify.characters import encode_characters
from guardkit.classify.scoring import Model
from guardkit.classify.windows import Windows
from guardkit.detect.features import features
from guardkit.normalize import normalize
from guardkit.verdict import CHANNELS, Channel, Verdict
from guardkit.view import View

__all__ = ["LENGTHS", "latency"]

LENGTHS = (16, 32, 64, 128, 256, 512)
WARM = 5  # rounds that do not count
GUARD = "guardkit"  # its name among the contenders
STAGED = 300  # texts of dev traffic for the breakdown

Call = Callable[[], Any]
Times = dict[str, list[float]]
Document = dict[str, Any]


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


def latency(
    subject: Subject,
    data: Path | None,
    peers: Path,
    rows: int,
    rounds: int,
    console: Console,
    lengths: Sequence[int] = LENGTHS,
) -> Document:
    """Every time of the run, in milliseconds, as plain data."""
    folder = subject.folder or MODEL
    with console.status("building the peers"):
        contenders = [Contender.open(peer, peers) for peer in PEERS]
    course = Course(subject.guard, open_model(folder, 1), contenders)
    document: Document = {
        "model": subject.model,
        "machine": machine(),
        "threads": 1,
        "lengths": _lengths(course, lengths, rounds, console),
    }
    if data is not None:
        document["dev"] = _traffic(course, data, rows, console)
    else:
        texts: list[tuple[str, Channel]] = [(text, "user") for text in passages(course.tokenizer, 64, STAGED)]
        document["stages"] = breakdown(subject.guard, texts)
    with console.status("starting fresh processes"):
        document["startup"] = startup(folder)
    return document


def _lengths(course: Course, lengths: Sequence[int], rounds: int, console: Console) -> list[Document]:
    table = []
    for length in track(lengths, "by length", console=console):
        times: Times = {}
        for number, text in enumerate(passages(course.tokenizer, length, rounds + WARM)):
            _turn(course.calls(text, "user", bare=True), times if number >= WARM else {}, number)
        table.append({"tokens": length, **_summary(times)})
    return table


def _traffic(course: Course, data: Path, count: int, console: Console) -> Document:
    """The user's texts of dev, as they come: attacks, long ones and all languages among them."""
    (dev,) = find(("dev",))
    everything = dev.read(data)
    users = [index for index, channel in enumerate(everything.channel) if channel == "user"]
    chosen = [users[place] for place in np.linspace(0, len(users) - 1, min(count, len(users))).astype(int)]
    texts = [everything.text[index] for index in chosen]
    for number, text in enumerate(texts[:WARM]):
        _turn(course.calls(text, "user", bare=False), {}, number)
    times: Times = {}
    deep = np.zeros(len(texts), bool)
    for number, text in enumerate(track(texts, "dev traffic", console=console)):
        deep[number] = _turn(course.calls(text, "user", bare=False), times, number).route == "deep"
    innocent = everything.innocent[chosen]
    lengths = np.array([course.tokens(text) for text in texts])
    return {
        "rows": len(texts),
        "tokens": {f"p{q}": float(np.percentile(lengths, q)) for q in (50, 95, 99)},
        "deep": float(deep.mean()),
        "deep_innocent": float(deep[innocent].mean()) if innocent.any() else None,
        **_summary(times),
        "stages": breakdown(course.guard, [(text, "user") for text in texts[:: max(1, len(texts) // STAGED)]]),
    }


def _turn(calls: dict[str, Call], times: Times, number: int) -> Verdict:
    """Runs every call once and returns the guard's verdict; who goes first changes from text to text."""
    names = list(calls)
    start = number % len(names)
    results: dict[str, Any] = {}
    for name in names[start:] + names[:start]:
        started = time.perf_counter()
        results[name] = calls[name]()
        times.setdefault(name, []).append(1000 * (time.perf_counter() - started))
    verdict: Verdict = results[GUARD]
    return verdict


def _summary(times: Times) -> Document:
    """Figures per contender, and the guard's as shares of each peer's."""
    figures = {
        name: {"mean": float(np.mean(values)), **{f"p{q}": float(np.percentile(values, q)) for q in (50, 95, 99)}}
        for name, values in times.items()
    }
    ours = figures[GUARD]
    peers = (peer.name for peer in PEERS if peer.name in figures)
    ratios = {name: {key: ours[key] / figures[name][key] for key in ours} for name in peers}
    return {"milliseconds": {name: figures[name] for name in sorted(figures)}, "ratios": ratios}
