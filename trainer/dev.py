"""The dev split as the exported graphs read it through the runtime itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from guardkit.classify.calibration import Router
from guardkit.classify.reading import Reader, odds
from guardkit.classify.session import Classifier
from guardkit.pipeline import Limits, analyze
from guardkit.trainer.data import CHANNELS, Row, load
from guardkit.trainer.spread import spread

__all__ = ["Dev", "is_harmless", "read", "sample", "target"]

LIMITS = Limits(windows=64)

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Dev:
    """The logits of a dev row's windows; of the deep branch, nan where it did not run."""

    fast: Array  # (N, 2) threat odds, harmful
    deep: Array  # (N, 2)
    router: Array  # (N,)
    early: Array  # (N, E) of the exits
    pieces: int  # of the original text
    length: int  # windows of the original text
    confidence: tuple[float, bool]  # of the first window: logit, and whether the threat head was right
    row: Row


def sample(folder: Path, most: int, seed: int) -> list[Row]:
    """Dev rows: of each source up to `most` harmless ones and ten times as many attacks and harmful requests."""
    random = Random(seed)
    rows = list(load(folder, "dev"))
    random.shuffle(rows)
    seen: Counter[tuple[str, bool]] = Counter()
    chosen = []
    for row in rows:
        harmless = is_harmless(row)
        seen[row.source, harmless] += 1
        if seen[row.source, harmless] <= (most if harmless else 10 * most):
            chosen.append(row)
    return chosen


_WORKER: Reader


def _start(folder: Path, router: Router) -> None:
    global _WORKER
    _WORKER = Reader(Classifier(folder), router)


def _work(row: Row) -> Dev:
    reading = _WORKER.read(analyze(row.text, LIMITS), CHANNELS[row.channel], LIMITS.windows, inf)
    windows = reading.windows
    first = windows[0].final
    return Dev(
        fast=np.array([(odds(read.fast.threat), read.fast.harmful) for read in windows]),
        deep=np.array([(np.nan, np.nan) if read.deep is None else (odds(read.deep.threat), read.deep.harmful)
                       for read in windows]),
        router=np.array([read.fast.router for read in windows]),
        early=np.array([read.fast.early for read in windows]),
        pieces=sum(read.pieces for read in windows if not read.view.chain and not read.close),
        length=reading.length,
        confidence=(first.confidence, int(first.threat.argmax()) == row.label),
        row=row,
    )  # fmt: skip


def read(folder: Path, rows: Sequence[Row], router: Router, workers: int = 2) -> list[Dev]:
    """The runtime's logits for every row, windows above the router's threshold through both branches."""
    return list(spread(_work, rows, "dev", _start, (folder, router), workers=workers, chunk=50))


def is_harmless(row: Row) -> bool:
    """Neither an attack nor a harmful text."""
    return row.label == 0 and row.harmful != 1


def target(row: Row, head: int) -> bool | None:
    """What a head should say of a row; None where that is not known."""
    if head == 0:
        return None if row.label < 0 else row.label > 0
    return None if row.harmful < 0 else row.harmful == 1
