"""The texts that wait for their check: a bounded queue, first in first out, that a few threads empty in handfuls.

A handful, because the event loop is then woken up once for several verdicts. Nobody waits for a handful to fill: a
thread takes its share of what is there. It saves a few percent of processor time and no more, since the model reads
one window a call, whoever sends it; large handfuls only make the clients run in step (`python -m benchmarks serve`).
Several windows in one call would share a scale, because INT8 activations are scaled by the largest value of the call:
the verdict of a text would depend on its neighbours', and one client could move another's. What the queue is for is its
bound, and the few threads behind it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Condition, Thread
from typing import Final

from guardkit.errors import GuardError, InputError
from guardkit.verdict import Verdict

from .metrics import Metrics
from .problem import Problem
from .question import Check

__all__ = ["Intake"]

CHARACTERS = 8_000  # of a handful: nobody waits long for a neighbour's text

Outcome = Verdict | Problem


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    check: Check = field(repr=False)
    outcome: asyncio.Future[Outcome] = field(repr=False)


class Intake:
    """`size` texts may wait; `threads` threads check them, `together` at most at once. Belongs to one event loop."""

    def __init__(self, size: int, threads: int, together: int, metrics: Metrics) -> None:
        self._size: Final = size
        self._together: Final = together
        self._metrics: Final = metrics
        metrics.follow("guardkit_queue_texts", "Texts that wait for their check.", lambda: self.waiting)
        self._waiting: deque[_Entry] = deque()
        self._changed: Final = Condition()
        self._closed = False
        self._threads: Final = [Thread(target=self._work, name=f"guardkit-{n}", daemon=True) for n in range(threads)]
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Starts the threads; to be called in the event loop."""
        self._loop = asyncio.get_running_loop()
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Returns when everything that was accepted is checked. What is asked later is refused."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    @property
    def waiting(self) -> int:
        """How many texts wait."""
        return len(self._waiting)

    async def ask(self, checks: Sequence[Check]) -> list[Verdict]:
        """The verdicts, in order. Raises `Problem` if there is no room for all of them, or if one fails.

        When the caller is cancelled, those that have not begun give up their places.
        """
        loop = asyncio.get_running_loop()
        entries = [_Entry(check, loop.create_future()) for check in checks]
        self._accept(entries)
        try:
            outcomes = [await entry.outcome for entry in entries]
        finally:
            self._forget(entries)
        for outcome in outcomes:
            if isinstance(outcome, Problem):
                raise outcome
        return [outcome for outcome in outcomes if isinstance(outcome, Verdict)]

    def _accept(self, entries: Sequence[_Entry]) -> None:
        with self._changed:
            if self._closed:
                raise Problem("not_ready", "the server is shutting down: ask another one")
            if len(self._waiting) + len(entries) > self._size:
                raise Problem("busy", f"the queue has no room for {len(entries)} more (it holds {self._size} texts)")
            self._waiting.extend(entries)
            self._changed.notify(len(entries))

    def _forget(self, entries: Sequence[_Entry]) -> None:
        if all(entry.outcome.done() and not entry.outcome.cancelled() for entry in entries):
            return
        for entry in entries:
            entry.outcome.cancel()
        with self._changed:
            left = [entry for entry in self._waiting if not entry.outcome.cancelled()]
            self._waiting.clear()
            self._waiting.extend(left)

    def _work(self) -> None:
        loop = self._loop
        assert loop is not None  # noqa: S101 - the threads are started by `start`
        while entries := self._take():
            self._metrics.together.observe(len(entries))
            outcomes = [_outcome(entry) for entry in entries]
            try:
                loop.call_soon_threadsafe(_deliver, entries, outcomes)
            except RuntimeError:  # the loop was closed without us: nobody waits any more
                return

    def _take(self) -> list[_Entry]:
        """A thread's share of what waits; empty when there is nothing left and nothing will come."""
        with self._changed:
            while not self._waiting:
                if self._closed:
                    return []
                self._changed.wait()
            share = min(self._together, -(-len(self._waiting) // len(self._threads)))
            taken = [self._waiting.popleft()]
            room = CHARACTERS - len(taken[0].check.text)
            while len(taken) < share and len(self._waiting[0].check.text) <= room:
                taken.append(self._waiting.popleft())
                room -= len(taken[-1].check.text)
            return taken


def _outcome(entry: _Entry) -> Outcome:
    if entry.outcome.cancelled():
        return Problem("timeout", "nobody waits for this")
    try:
        return entry.check()
    except InputError as error:
        return Problem("bad_request", str(error))
    except GuardError as error:
        return Problem("not_checked", str(error))
    except Exception as error:  # a bug: its message may hold the text
        return Problem("internal", f"a check ended with {type(error).__name__}: treat the text as not checked")


def _deliver(entries: Sequence[_Entry], outcomes: Sequence[Outcome]) -> None:
    for entry, outcome in zip(entries, outcomes, strict=True):
        if not entry.outcome.done():
            entry.outcome.set_result(outcome)
