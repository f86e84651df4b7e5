"""Hard-example mining: what the exported model gets wrong among fresh rows and freshly generated samples.

Candidates are public rows that the first selection left out and samples of another seed. What is clear already is
dropped; what is wrong, or nearly so, is trained on, beside windows of the first run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from math import inf
from pathlib import Path

from guardkit.classify.calibration import Router
from guardkit.classify.reading import Reader, odds
from guardkit.classify.session import Classifier
from guardkit.pipeline import analyze
from guardkit.trainer.data import CHANNELS, Row, load, select
from guardkit.trainer.prepare import LIMITS, synthetic
from guardkit.trainer.spread import spread

__all__ = ["candidates", "mine", "wrong"]

LONGEST = 700  # characters: short texts are many for the same work


def candidates(
    folder: Path, first: int, scale: float, seed: int, public: int, made: int | Mapping[str, int]
) -> list[Row]:
    """Rows that the run prepared with the seed `first` and with `scale` has not seen."""
    seen = {row.text for row in select(load(folder, "train"), first, scale)}
    rows = [row for row in select(load(folder, "train"), seed, 3.0) if row.text not in seen]
    rows = [row for row in rows if len(row.text) <= LONGEST]
    fresh = [row for row in synthetic(folder, made, seed) if len(row.text) <= LONGEST]
    return [*rows[:public], *fresh]


def wrong(row: Row, threat: float, harmful: float, margin: float) -> bool:
    """Whether a head's worst log-odds over the text's windows are not on the right side by the margin."""
    return (
        (row.label == 0 and threat > -margin)
        or (row.label > 0 and threat < margin)
        or (row.harmful == 0 and harmful > -margin)
        or (row.harmful == 1 and harmful < margin)
    )


_READER: Reader


def _start(folder: Path, router: Router) -> None:
    global _READER
    _READER = Reader(Classifier(folder), router)


def _work(margin: float, row: Row) -> bool:
    windows = _READER.read(analyze(row.text, LIMITS), CHANNELS[row.channel], 16, inf).windows
    threat = max(odds(read.final.threat) for read in windows)
    return wrong(row, threat, max(read.final.harmful for read in windows), margin)


def mine(rows: Sequence[Row], folder: Path, router: Router, margin: float = 1.0, workers: int = 2) -> list[Row]:
    """The rows that the model in `folder` gets wrong, or right by less than `margin` of log-odds."""
    hard = spread(partial(_work, margin), rows, "mine", _start, (folder, router), workers=workers, chunk=100)
    return [row for row, is_hard in zip(rows, hard, strict=True) if is_hard]
