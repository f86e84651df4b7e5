"""What a scan reads: files in the order of their names, or a stream, each as records."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Literal, get_args

from guardkit.errors import DataError
from guardkit.scan.column import text_column
from guardkit.scan.lines import LONGEST, CsvTable, Line, json_rows, plain_rows
from guardkit.scan.record import END, Record

__all__ = ["FORMATS", "STDIN", "Format", "Source", "discover", "extent", "read"]

Format = Literal["text", "lines", "jsonl", "csv", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
STDIN = "-"
SUFFIXES: dict[str, Format] = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or standard input as "-". Size and time (ns) are those that it had when it was found."""

    path: str
    format: Format
    size: int = 0  # bytes
    modified: int = 0


def discover(
    paths: Iterable[str | Path], format: Format | None = None, glob: str = "*", without: Iterable[Path] = ()
) -> list[Source]:
    """The sources of files, directories and "-", each once.

    In directories, and theirs, it takes the files whose name `glob` matches, and none whose name begins with a dot, or
    that is `without`: what a scan writes is not what it reads.
    Without `format` the name's ending says it: a file of an unknown one is one text, and standard input has one a line.
    Raises `DataError` for what is not there, and where there is nothing to scan.
    """
    found: dict[str, Source] = {}
    left_out = {os.path.realpath(path) for path in without}
    for path in map(str, paths):
        if path == STDIN:
            found[path] = Source(path, format or "lines")
        elif os.path.isdir(path):
            listed = (each for each in _walk(path, glob) if os.path.realpath(each) not in left_out)
            found |= {each: _source(each, format) for each in listed}
        elif os.path.isfile(path):
            found[path] = _source(path, format)
        else:
            raise DataError(f"cannot scan {path}: it is no file and no directory")
    if not found:
        raise DataError("there is nothing to scan: the directories hold no file that matches")
    return list(found.values())


def _walk(folder: str, glob: str) -> Iterator[str]:
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = os.path.join(at, name)
            if not name.startswith(".") and fnmatch(name, glob) and os.path.isfile(path):
                yield path


def _source(path: str, format: Format | None) -> Source:
    seen = os.stat(path)
    return Source(path, format or SUFFIXES.get(Path(path).suffix.lower(), "text"), seen.st_size, seen.st_mtime_ns)


def extent(source: Source) -> int:
    """Where the last record of a source ends, in the units of `Record.after`; at least 1."""
    if source.format == "parquet":
        from guardkit.scan.parquet import rows

        return max(rows(source.path), 1)
    return max(source.size, 1)


def read(source: Source, column: str | None = None, start: int = 0, row: int = 0) -> Iterator[Record]:
    """The records of a source, in order, from where one of them said `after` on; `row` is that one's.

    What cannot be read is a record with a fault: a row, or the rest of the file.
    """
    if start == END:
        return
    try:
        if source.path == STDIN:
            stream = _counted(_rows(source, sys.stdin.buffer, column, 0, 0))
            yield from islice(stream, start, None)
        elif source.format == "parquet":
            from guardkit.scan.parquet import records

            yield from records(source.path, column, start)
        else:
            with open(source.path, "rb") as file:
                yield from _rows(source, file, column, start, row)
    except DataError as error:
        yield Record(source.path, 0, None, str(error), END)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else type(error).__name__
        yield Record(source.path, 0, None, f"cannot be read: {reason}", END)


def _counted(records: Iterable[Record]) -> Iterator[Record]:
    """The records of a stream, which has no bytes to go back to: it goes on after so many records."""
    for number, record in enumerate(records, 1):
        yield Record(record.source, record.row, record.text, record.fault, END if record.after == END else number)


def _rows(source: Source, file: BinaryIO, column: str | None, start: int, row: int) -> Iterator[Record]:
    if source.format == "text":
        yield from _whole(source, file)
    elif source.format == "lines":
        yield from (_record(source, line, "text") for line in plain_rows(file, start, row))
    elif source.format == "csv":
        table = CsvTable(file)
        name = text_column(table.columns, table.columns, column)
        yield from (_record(source, line, name) for line in table.rows(start, row))
    else:
        yield from _objects(source, file, column, start, row)


def _whole(source: Source, file: BinaryIO) -> Iterator[Record]:
    data = file.read(LONGEST + 1)
    if len(data) > LONGEST:
        yield Record(source.path, 1, None, f"one text of more than {LONGEST:,} bytes: is it one of lines?", END)
        return
    try:
        yield Record(source.path, 1, data.decode("utf-8-sig"), after=END)
    except UnicodeDecodeError:
        yield Record(source.path, 1, None, "not UTF-8 text", END)


def _objects(source: Source, file: BinaryIO, column: str | None, start: int, row: int) -> Iterator[Record]:
    """JSON lines: the first object says which column holds the text."""
    name = column
    if start:
        first = next((line for line in json_rows(file) if not line.fault), None)
        name = None if first is None else _textual(first, column)
    for line in json_rows(file, start, row):
        if name is None and not line.fault:
            name = _textual(line, column)
        yield _record(source, line, name or "")


def _textual(line: Line, column: str | None) -> str:
    texts: Sequence[str] = [key for key, value in line.cells.items() if isinstance(value, str)]
    return text_column(list(line.cells), texts, column)


def _record(source: Source, line: Line, column: str) -> Record:
    fault, text = line.fault, line.cells.get(column)
    if not fault and not isinstance(text, str):
        fault, text = f"no text in column {column!r}", None
    return Record(source.path, line.number, text, fault, line.end)
