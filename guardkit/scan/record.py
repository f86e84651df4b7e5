"""One text of an input, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

__all__ = ["END", "Batch", "Record", "batches"]

END = -1  # of a source: nothing comes after

ROWS = 64  # of a batch: a second or less of one core
CHARACTERS = 2**20  # of the texts of a batch, after which it is full


@dataclass(frozen=True, slots=True)
class Record:
    """Either `text` is one, or `fault` says why there is none, without repeating what stands there."""

    source: str
    row: int  # from 1: the line (of several the last), the row of a table; 0 where it is about the whole file
    text: str | None = field(repr=False)
    fault: str = ""
    after: int = 0  # where the source goes on: bytes of a file of lines, rows of Parquet; or `END`
    column: str = ""  # of a table, that the text is from


@dataclass(frozen=True, slots=True)
class Batch:
    """A few records in order, and the index of the source that the last one is of."""

    records: tuple[Record, ...]
    source: int


def batches(records: Iterable[tuple[int, Record]]) -> Iterator[Batch]:
    """Records, each with the index of its source, in batches."""
    held: list[Record] = []
    characters = index = 0
    for index, record in records:
        held.append(record)
        characters += len(record.text or "")
        if len(held) == ROWS or characters >= CHARACTERS:
            yield Batch(tuple(held), index)
            held, characters = [], 0
    if held:
        yield Batch(tuple(held), index)
