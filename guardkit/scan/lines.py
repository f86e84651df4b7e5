"""Tables as lines of bytes, JSON lines and CSV, read row by row so that their size does not matter."""

from __future__ import annotations

import csv
import json
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

from guardkit.errors import DataError
from guardkit.jsontext import Doubled, once
from guardkit.scan.column import named_once

__all__ = ["LONGEST", "CsvTable", "Line", "json_rows", "plain_rows"]

LONGEST = 8 * 2**20  # bytes of a line: what is longer is no text that a policy would check in full


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its cells, or the reason why it has none."""

    number: int  # from 1; of several lines the last
    end: int  # bytes of the file up to here
    cells: Mapping[str, Any] = field(repr=False)
    fault: str = ""


def plain_rows(file: BinaryIO, start: int = 0, number: int = 0) -> Iterator[Line]:
    """Every line that is not blank, as a cell called "text", from byte `start` on, after line `number`."""
    return _rows(file, start, number, lambda text: {"text": text.rstrip("\r\n")})


def json_rows(file: BinaryIO, start: int = 0, number: int = 0) -> Iterator[Line]:
    """Every line that is not blank, as the JSON object that it should be, from byte `start` on, after line `number`."""
    return _rows(file, start, number, _object)


def _rows(file: BinaryIO, start: int, number: int, cells: Callable[[str], Mapping[str, Any] | str]) -> Iterator[Line]:
    """The lines that are not blank; `cells` makes a row of a line's text, or says why there is none."""
    if start:
        file.seek(start)
    for at, end, data in _lines(file, number, start):
        if data is None:
            yield Line(at, end, {}, f"longer than {LONGEST:,} bytes")
        elif data.strip():
            try:
                row = cells(data.decode("utf-8-sig"))
            except UnicodeDecodeError:
                row = "not UTF-8"
            yield Line(at, end, {}, row) if isinstance(row, str) else Line(at, end, row)


def _object(text: str) -> Mapping[str, Any] | str:
    try:
        row = _DECODER.decode(text)
    except Doubled as error:
        return str(error)
    except (ValueError, RecursionError):
        return "not JSON"
    return row if isinstance(row, dict) else "no JSON object"


_DECODER = json.JSONDecoder(object_pairs_hook=once)


def _lines(file: BinaryIO, number: int, end: int) -> Iterator[tuple[int, int, bytes | None]]:
    """Number, end and bytes of each line; None for one that is too long, of which no more than a piece is held."""
    while data := file.readline(LONGEST):
        number += 1
        end += len(data)
        kept: bytes | None = data
        while len(data) == LONGEST and not data.endswith(b"\n"):  # the rest of it
            kept = None
            data = file.readline(LONGEST)
            end += len(data)
        yield number, end, kept


class CsvTable:
    """A CSV file, whose first line names the columns. Raises `DataError` where it names none, or one twice."""

    def __init__(self, file: BinaryIO) -> None:
        csv.field_size_limit(max(csv.field_size_limit(), LONGEST))
        self._file: Final = file
        self._number = self._end = 0
        try:
            self.columns: Final = tuple(next(csv.reader(self._lines()), ()))
        except csv.Error:
            raise DataError("the first line is not CSV") from None
        if not any(name.strip() for name in self.columns):
            raise DataError("the first line names no columns")
        named_once(self.columns)

    def rows(self, start: int = 0, number: int = 0) -> Iterator[Line]:
        """The rows in order: all of them, or those from byte `start` on, after line `number`."""
        if start:
            self._file.seek(start)
            self._number, self._end = number, start
        reader = csv.reader(self._lines())
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield self._line({}, f"not CSV, or longer than {LONGEST:,} bytes")
                reader = csv.reader(self._lines())
                continue
            if not cells:  # a blank line
                continue
            if len(cells) != len(self.columns):
                yield self._line({}, "not as many cells as columns")
            elif not all(map(_encodes, cells)):
                yield self._line({}, "not UTF-8")
            else:
                yield self._line(dict(zip(self.columns, cells, strict=True)))

    def _line(self, cells: Mapping[str, str], fault: str = "") -> Line:
        return Line(self._number, self._end, cells, fault)

    def _lines(self) -> Iterator[str]:
        """The lines; bytes that are no UTF-8 become surrogates, so that one bad row does not end the reading."""
        for number, end, data in _lines(self._file, self._number, self._end):
            self._number, self._end = number, end  # the reader's own count lacks the lines that it cannot parse
            if data is None:
                raise csv.Error
            text = data.removeprefix(BOM_UTF8 if self._number == 1 else b"")
            yield text.decode("utf-8", "surrogateescape")


def _encodes(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
