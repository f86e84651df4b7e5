"""The processes that check batches. One that dies takes no record with it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import Any, Protocol

from guardkit.errors import GuardError
from guardkit.scan.checking import ERROR, Row, Setting, check, fault
from guardkit.scan.record import Record

__all__ = ["Crew", "Lost", "Processes", "rescued"]


ENDED = "its check ended the process, twice"


class Lost(Exception):
    """The worker died. What it was checking is not checked."""


class Crew(Protocol):
    """Workers: `submit` returns at once; `collect` waits for the rows of what was submitted, and raises `Lost`."""

    size: int

    def submit(self, records: Sequence[Record]) -> Any: ...

    def collect(self, submitted: Any) -> list[Row]: ...

    def close(self) -> None: ...


class Processes:
    """A crew of processes of this machine, each with its own guard."""

    def __init__(self, setting: Setting, size: int | None = None) -> None:
        self.size = size or _cores()
        self._setting = setting
        self._pool = self._made()

    def submit(self, records: Sequence[Record]) -> Future[list[Row]]:
        try:
            return self._pool.submit(check, self._setting, records)
        except BrokenProcessPool:
            self._pool = self._made()
            return self._pool.submit(check, self._setting, records)

    def collect(self, submitted: Future[list[Row]]) -> list[Row]:
        try:
            return submitted.result()
        except BrokenProcessPool:
            raise Lost from None

    def close(self) -> None:
        # Waited for here: at exit Python waits in any case, and may then wake the pool's ending thread through a pipe
        # that is closed, which prints a traceback.
        self._pool.shutdown(cancel_futures=True)

    def _made(self) -> ProcessPoolExecutor:
        # Not forked: a fork copies the locks of threads that it does not copy.
        return ProcessPoolExecutor(self.size, get_context("spawn"), _begin)


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin() -> None:
    """The first thing that a process does: the interrupt is the parent's to handle, and its end is ours."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    """Ends this process with its parent: a pool's processes would wait for work for ever after a kill."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def rescued(crew: Crew, records: Sequence[Record]) -> list[Row]:
    """The rows of records whose worker died; a record that ends every worker becomes a fault.

    Raises `GuardError` where several records do so one and all: it is not them.
    """
    rows = _halved(crew, records)
    if len(rows) > 1 and all(row["action"] == ERROR and row["error"] == ENDED for row in rows):
        raise GuardError("every process that checks ends at once: is there enough memory for them?")
    return rows


def _halved(crew: Crew, records: Sequence[Record]) -> list[Row]:
    """Two tries for each half: the first may have died of what another worker was checking."""
    for _ in range(2):
        try:
            return crew.collect(crew.submit(records))
        except Lost:
            continue
    if len(records) < 2:
        return [fault(record, ENDED) for record in records]
    half = len(records) // 2
    return [*_halved(crew, records[:half]), *_halved(crew, records[half:])]
