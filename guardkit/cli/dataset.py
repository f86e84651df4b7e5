"""A file of labelled texts: JSON lines or CSV, read row by row, so that its size does not matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeGuard, get_args

from guardkit.errors import DataError
from guardkit.scan.lines import CsvTable, json_rows
from guardkit.verdict import CHANNELS, Channel

__all__ = ["KINDS", "Batch", "Fault", "Kind", "Sample", "batches"]

Kind = Literal["benign", "injection", "jailbreak", "obfuscation", "harmful", "attack"]
KINDS: tuple[Kind, ...] = get_args(Kind)  # a guard's labels, and "attack" where the file does not say which

ROWS = 256  # of a batch
CHARACTERS = 4 * 2**20  # of the texts of a batch, after which it is full
LABEL = f"label: expected {', '.join(KINDS)}, 0 or 1"


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled text."""

    line: int  # from 1; of several lines the last
    text: str = field(repr=False)
    kind: Kind
    channel: Channel

    @property
    def benign(self) -> bool:
        return self.kind == "benign"


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be read. The reason does not repeat what stands there."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """A few rows of a file, and how far into it they reach."""

    samples: list[Sample]
    faults: list[Fault]
    bytes: int


def batches(path: Path, channel: Channel = "user") -> Iterator[Batch]:
    """The rows of a file, in order; `channel` is of those that name none. A name ending in .csv means CSV.

    Every row that is not blank is a sample or a fault. Raises `DataError` for a file that cannot be read, and for a CSV
    file without the columns text and label.
    """
    try:
        with path.open("rb") as file:
            read = _csv if path.suffix.lower() == ".csv" else _jsonl
            batch = Batch([], [], 0)
            held = 0
            for row in read(file, channel):
                if isinstance(row, Fault):
                    batch.faults.append(row)
                else:
                    batch.samples.append(row)
                    held += len(row.text)
                if len(batch.samples) + len(batch.faults) >= ROWS or held >= CHARACTERS:
                    yield replace(batch, bytes=_position(file))
                    batch, held = Batch([], [], 0), 0
            yield replace(batch, bytes=_position(file))
    except OSError as error:
        raise DataError(f"cannot read {path}: {error.strerror}") from error


def _position(file: BinaryIO) -> int:
    return file.tell() if file.seekable() else 0


def _jsonl(file: BinaryIO, channel: Channel) -> Iterator[Sample | Fault]:
    for line in json_rows(file):
        yield Fault(line.number, line.fault) if line.fault else _sample(line.number, line.cells, channel)


def _csv(file: BinaryIO, channel: Channel) -> Iterator[Sample | Fault]:
    table = CsvTable(file)
    missing = {"text", "label"} - set(table.columns)
    if missing:
        raise DataError(f"the CSV file has no column {min(missing)}: its first line must name text and label")
    for line in table.rows():
        known = {name: cell for name, cell in line.cells.items() if name in ("text", "label") or cell != ""}
        yield Fault(line.number, line.fault) if line.fault else _sample(line.number, known, channel)


def _sample(number: int, row: Mapping[str, Any], default: Channel) -> Sample | Fault:
    present = {name: value for name, value in row.items() if value is not None}
    text, channel = present.get("text"), present.get("channel", default)
    if not isinstance(text, str):
        return Fault(number, "text: expected a string")
    if not _channel(channel):
        return Fault(number, f"channel: expected one of {', '.join(CHANNELS)}")
    kind = _kind(present.get("label"))
    if kind is None:
        return Fault(number, LABEL)
    harmful = _flag(present.get("harmful", kind == "harmful"))
    if harmful is None or (kind == "harmful" and not harmful):
        return Fault(number, "harmful: expected 0 or 1, and no 0 for the label harmful")
    return Sample(number, text, "harmful" if harmful and kind == "benign" else kind, channel)


def _kind(value: object) -> Kind | None:
    flag = _flag(value)
    if flag is not None:
        return "attack" if flag else "benign"
    return next((kind for kind in KINDS if kind == value), None)


def _flag(value: object) -> bool | None:
    """0, 1, false, true, as JSON or as a cell of a table."""
    if isinstance(value, str):
        return {"0": False, "1": True}.get(value.strip())
    return bool(value) if isinstance(value, int | float) and value in (0, 1) else None


def _channel(value: object) -> TypeGuard[Channel]:
    return isinstance(value, str) and value in CHANNELS
