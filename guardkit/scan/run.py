"""A scan: batches to the crew, their rows in order to the output."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any, Final

from guardkit.scan.checking import Setting
from guardkit.scan.crew import Crew, Lost, rescued
from guardkit.scan.journal import Mark, Sink
from guardkit.scan.record import END, Batch, Record, batches
from guardkit.scan.sources import Source, extent, read

__all__ = ["Scan", "scan"]

AHEAD = 3  # batches a worker that are read before the oldest is written: the bound of the memory


@dataclass(frozen=True, slots=True)
class Scan:
    """What to scan, how, and which rows to keep."""

    sources: Sequence[Source]
    setting: Setting
    column: str | None = None
    flagged: bool = False  # keep only rows about what was not allowed

    def identity(self) -> dict[str, Any]:
        """What the output depends on."""
        listed = [(each.path, each.format, each.size, each.modified) for each in self.sources]
        inputs = hashlib.sha256(repr(listed).encode("utf-8", "surrogateescape")).hexdigest()
        return {**self.setting.identity(), "column": self.column, "flagged": self.flagged, "inputs": inputs}


def scan(plan: Scan, crew: Crew, sink: Sink) -> Iterator[float]:
    """Scans what the sink's mark says is left. Yields, after every batch, how much of all is done (0..1, by size).

    Every record gets its row, in order. Raises `GuardError` where there can be no guard or no output.
    """
    if sink.mark.finished:
        return
    share = _Share(plan.sources)
    waiting: deque[tuple[Batch, Any]] = deque()
    for batch in batches(_records(plan, sink.mark)):
        waiting.append((batch, crew.submit(batch.records)))
        if len(waiting) > AHEAD * crew.size:
            _write(plan, crew, sink, *waiting.popleft())
            yield share.of(sink.mark)
    while waiting:
        _write(plan, crew, sink, *waiting.popleft())
        yield share.of(sink.mark)
    sink.write([], replace(sink.mark, finished=True))


def _records(plan: Scan, mark: Mark) -> Iterator[tuple[int, Record]]:
    """What is left, each record with the index of its source."""
    for index in range(mark.source, len(plan.sources)):
        after, row = (mark.after, mark.row) if index == mark.source else (0, 0)
        for record in read(plan.sources[index], plan.column, after, row):
            yield index, record


def _write(plan: Scan, crew: Crew, sink: Sink, batch: Batch, submitted: Any) -> None:
    """Writes the rows of a batch when they are there."""
    try:
        rows = crew.collect(submitted)
    except Lost:
        rows = rescued(crew, batch.records)
    tally = deepcopy(sink.mark.tally)
    tally.add(rows)
    end = batch.records[-1]
    kept = [row for row in rows if row["action"] != "allow"] if plan.flagged else rows
    sink.write(kept, Mark(batch.source, end.after, end.row, tally=tally))


class _Share:
    """How much of the sources is done."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources: Final = sources
        self._before: Final = [0, *accumulate(source.size for source in sources)]  # bytes before each
        self._current, self._extent = -1, 1

    def of(self, mark: Mark) -> float:
        """0..1, by size; always 0 for streams, whose size nobody knows."""
        if mark.source != self._current:
            self._current, self._extent = mark.source, extent(self._sources[mark.source])
        part = 1.0 if mark.after == END else min(mark.after / self._extent, 1.0)
        done = self._before[mark.source] + part * self._sources[mark.source].size
        return done / max(self._before[-1], 1)
