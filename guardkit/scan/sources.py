"""What a scan reads: files in the order of their names, or a stream, each as records."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, BinaryIO, Literal, get_args

from guardkit.errors import DataError
from guardkit.scan.column import text_column
from guardkit.scan.lines import LONGEST, CsvTable, Line, json_rows, plain_rows
from guardkit.scan.record import END, Record

__all__ = ["FORMATS", "STDIN", "Format", "Found", "Source", "discover", "extent", "read"]

Format = Literal["text", "lines", "jsonl", "csv", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
STDIN = "-"
SUFFIXES: dict[str, Format] = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or standard input as "-". Size and time (ns) are those that it had when it was found.

    Standard input is as new as the moment: nobody can know that it is what was read before.
    """

    path: str
    format: Format
    size: int = 0  # bytes
    modified: int = 0
    fault: str = ""  # why nothing can be read from it


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to scan, and how many names of directories are no part of it."""

    sources: list[Source]
    left_out: int  # hidden ones, links to directories, and what is neither file nor directory


def discover(
    paths: Iterable[str | Path], format: Format | None = None, glob: str = "*", without: Iterable[Path] = ()
) -> Found:
    """The sources of files, directories and "-", each once.

    In directories, and theirs, it takes the files whose name `glob` matches, and none whose name begins with a dot, or
    that is `without`: what a scan writes is not what it reads. It does not follow links to directories. What it cannot
    look into is a source with a fault.
    Without `format` the name's ending says it: a file of an unknown one is one text, and standard input has one a line.
    Raises `DataError` for what is not there, and where there is nothing to scan.
    """
    found: dict[str, Source] = {}
    left_out = 0
    ours = {os.path.realpath(path) for path in without}
    for path in map(str, paths):
        if path == STDIN:
            if format == "parquet":
                raise DataError("Parquet cannot be read from standard input: give the file")
            found[path] = Source(path, format or "lines", modified=time.time_ns())
        elif os.path.isdir(path):
            for each in _walk(path, format, glob):
                if each is None:
                    left_out += 1
                elif os.path.realpath(each.path) not in ours:
                    found[each.path] = each
        else:
            found[path] = _named(path, format)
    if not found:
        more = f", and {left_out:,} hidden names, links and others are left out" if left_out else ""
        raise DataError(f"there is nothing to scan: the directories hold no file that matches{more}")
    return Found(list(found.values()), left_out)


def _named(path: str, format: Format | None) -> Source:
    try:
        source = _source(path, format)
    except FileNotFoundError:
        source = None
    except OSError as error:
        raise DataError(f"cannot scan {path}: {_reason(error)}") from error
    if source is None:
        raise DataError(f"cannot scan {path}: it is no file and no directory")
    return source


def _walk(folder: str, format: Format | None, glob: str) -> Iterator[Source | None]:
    """What a directory and those in it hold, in the order of the names; None for what is left out."""
    closed: list[OSError] = []
    for at, folders, names in os.walk(folder, onerror=closed.append):
        for name in folders:
            if name.startswith(".") or os.path.islink(os.path.join(at, name)):
                yield None
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if fnmatch(name, glob)):
            path = os.path.join(at, name)
            try:
                yield None if name.startswith(".") else _source(path, format)
            except OSError as error:  # a link to nothing, or a directory whose files nobody may look at
                yield Source(path, "text", fault=_reason(error))
    yield from (Source(str(error.filename or folder), "text", fault=_reason(error)) for error in closed)


def _source(path: str, format: Format | None) -> Source | None:
    """The source that a file is; None for what is no file. Raises `OSError` where that cannot be seen."""
    seen = os.stat(path)
    if not stat.S_ISREG(seen.st_mode):
        return None
    return Source(path, format or SUFFIXES.get(Path(path).suffix.lower(), "text"), seen.st_size, seen.st_mtime_ns)


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else type(error).__name__


def extent(source: Source) -> int:
    """Where the last record of a source ends, in the units of `Record.after`; at least 1."""
    if source.format == "parquet":
        from guardkit.scan.parquet import rows

        return max(rows(source.path), 1)
    return max(source.size, 1)


def read(source: Source, column: str | None = None, start: int = 0, row: int = 0) -> Iterator[Record]:
    """The records of a source, in order, from where one of them said `after` on; `row` is that one's.

    Standard input has no place to go back to: it is read from where it stands. What cannot be read is a record with a
    fault: a row, or the rest of the file.
    """
    if start == END:
        return
    try:
        if source.fault:
            raise DataError(f"cannot be read: {source.fault}")
        if source.path == STDIN:
            if sys.stdin is None:
                raise DataError("standard input is closed")
            yield from _rows(source, sys.stdin.buffer, column, 0, 0)
        elif source.format == "parquet":
            from guardkit.scan.parquet import records

            yield from records(source.path, column, start)
        else:
            with open(source.path, "rb") as file:
                yield from _rows(source, file, column, start, row)
    except DataError as error:
        yield Record(source.path, 0, None, str(error), END)
    except OSError as error:
        yield Record(source.path, 0, None, f"cannot be read: {_reason(error)}", END)


def _rows(source: Source, file: BinaryIO, column: str | None, start: int, row: int) -> Iterator[Record]:
    if source.format == "text":
        yield from _whole(source, file)
    elif source.format == "lines":
        for line in plain_rows(file, start, row):
            yield Record(source.path, line.number, line.cells.get("text"), line.fault, line.end)
    elif source.format == "csv":
        table = CsvTable(file)
        name = text_column(dict.fromkeys(table.columns, True), column)
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
    """JSON lines: the first object says which column holds the text, and none that says another is passed over."""
    first = next((line for line in json_rows(file) if not line.fault), None) if start else None
    name, kinds = "", None
    for line in json_rows(file, start, row):
        if kinds is None and not line.fault:
            kinds = _kinds((first or line).cells)
            name = text_column(kinds, column)
        record = _record(source, line, name)
        if column is None and not record.fault and _kinds(line.cells) != kinds and not _agrees(line.cells, name):
            reason = f"its columns are not those of the first row: is its text in {name!r}? Name the column"
            record = Record(source.path, line.number, None, reason, line.end)
        yield record


def _kinds(cells: Mapping[str, Any]) -> dict[str, bool | None]:
    """Which cells hold text; None where it is not certain, see `text_column`."""
    return {
        name: True if isinstance(cell, str) else False if isinstance(cell, int | float) else None
        for name, cell in cells.items()
    }


def _agrees(cells: Mapping[str, Any], column: str) -> bool:
    try:
        return text_column(_kinds(cells)) == column
    except DataError:
        return False


def _record(source: Source, line: Line, column: str) -> Record:
    text = line.cells.get(column)
    if line.fault or isinstance(text, str):
        return Record(source.path, line.number, text, line.fault, line.end, "" if line.fault else column)
    reason = f"no text in column {column!r}"
    if isinstance(text, list | dict):
        reason = f"column {column!r} holds {'a list' if isinstance(text, list) else 'an object'}: expected text"
    return Record(source.path, line.number, None, reason, line.end)
