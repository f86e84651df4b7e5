"""What the server is compared with: the graphs alone, the classifier from views, and the check without a server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from math import inf
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from guardkit import Policy
from guardkit.classify import MODEL
from guardkit.classify.scoring import Model
from guardkit.classify.session import Classifier, Deep, Fast
from guardkit.judge import Judge
from guardkit.pipeline import analyze

__all__ = ["Calls", "Recorder", "bare", "checked", "looped", "processes"]

SHARES = 8  # of the texts, for each process that checks

Document = dict[str, Any]
Calls = list[tuple[tuple[Any, ...], bool]]  # the arguments of the fast graph, and whether the deep one followed


class Recorder(Classifier):
    """The classifier, which remembers what it was asked."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, eager=True)
        self._asked: list[tuple[tuple[Any, ...], Fast]] = []
        self._deeper: list[Fast] = []

    def fast(self, *arguments: Any) -> Fast:
        found = super().fast(*arguments)
        self._asked.append((arguments, found))
        return found

    def deep(self, fast: Fast) -> Deep:
        self._deeper.append(fast)
        return super().deep(fast)

    def taken(self) -> Calls:
        """What was asked since the last call."""
        calls = [(arguments, any(found is one for one in self._deeper)) for arguments, found in self._asked]
        self._asked, self._deeper = [], []
        return calls


def bare(classifier: Classifier, recorded: Sequence[Calls], threads: int) -> Document:
    """The graphs alone."""

    def run(calls: Calls) -> None:
        for arguments, deep in calls:
            state = classifier.fast(*arguments)
            if deep:
                classifier.deep(state)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(run, recorded[:20]))
        started, spent = time.perf_counter(), time.process_time()
        list(pool.map(run, recorded))
        took = time.perf_counter() - started
    cpu = (time.process_time() - spent) * 1_000 / len(recorded)
    return {"per_second": len(recorded) / took, "cpu_ms": cpu}


@contextmanager
def processes(count: int) -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(count, get_context("spawn"), _open) as pool:
        yield pool


_JUDGE: Judge


def _open() -> None:
    global _JUDGE
    _JUDGE = Judge(Model(Classifier(MODEL, eager=True)), "user", Policy())


Took = tuple[float, float]  # seconds by the clock, and of processor time


def _check(texts: Sequence[str]) -> Took:
    clock, spent = time.perf_counter(), time.process_time()
    for text in texts:
        _JUDGE(text)
    return time.perf_counter() - clock, time.process_time() - spent


def _loop(texts: Sequence[str]) -> Took:
    policy, model = _JUDGE.policy, _JUDGE.model
    assert model is not None
    stakes = _JUDGE.stakes(model)
    analyses = [analyze(text, policy.limits) for text in texts]
    clock, spent = time.perf_counter(), time.process_time()
    for analysis in analyses:
        model.score(analysis, _JUDGE.channel, policy.limits, inf, stakes)
    return time.perf_counter() - clock, time.process_time() - spent


def _spread(
    pool: ProcessPoolExecutor, workers: int, work: Callable[[Sequence[str]], Took], texts: Sequence[str]
) -> Document:
    """The rate of the pool's processes together, each by its own clock."""
    shares = SHARES * workers
    took = list(pool.map(work, [texts[at::shares] for at in range(min(shares, len(texts)))]))
    clock, spent = (sum(seconds) for seconds in zip(*took, strict=True))
    return {"per_second": workers * len(texts) / clock, "cpu_ms": spent * 1_000 / len(texts)}


def checked(pool: ProcessPoolExecutor, workers: int, texts: Sequence[str]) -> Document:
    """The whole check, without a server."""
    return _spread(pool, workers, _check, texts)


def looped(pool: ProcessPoolExecutor, workers: int, texts: Sequence[str]) -> Document:
    """The classifier alone, from the views of the texts."""
    return _spread(pool, workers, _loop, texts)
