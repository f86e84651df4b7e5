"""Parquet files, a few rows at a time. It needs pyarrow, of the extra `scan`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from guardkit.errors import DataError, GuardError
from guardkit.scan.column import named_once, text_column
from guardkit.scan.record import Record

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

__all__ = ["records", "rows"]

AT_ONCE = 256  # rows that are decoded together
BUFFER = 2**20  # bytes


def rows(path: str) -> int:
    """How many rows a file has; 0 where it cannot be read, which `records` says."""
    try:
        with _opened(path) as file:
            return int(file.metadata.num_rows)
    except (DataError, OSError):
        return 0


def records(path: str, column: str | None, start: int = 0) -> Iterator[Record]:
    """The records of a file from row `start` (from 0) on. Raises `DataError` for a file that is not one, or damaged."""
    with _opened(path) as file:
        import pyarrow

        schema = file.schema_arrow
        named_once(schema.names)
        columns = {field.name: _textual(field.type) for field in schema}
        name = text_column(columns, column)
        if not columns[name]:
            raise DataError(f"column {name!r} holds {schema.field(name).type}: expected text")
        number, skipped = start, 0
        groups: list[int] = []
        for group in range(file.metadata.num_row_groups):
            size = file.metadata.row_group(group).num_rows
            if skipped + size <= start and not groups:
                skipped += size
            else:
                groups.append(group)
        skip = start - skipped
        try:
            for batch in file.iter_batches(AT_ONCE, row_groups=groups, columns=[name]) if groups else ():
                for scalar in batch.column(0)[skip:]:
                    number += 1
                    yield _record(path, number, name, scalar)
                skip = max(skip - len(batch), 0)
        except (pyarrow.ArrowException, OSError):
            raise DataError(f"the file is damaged: nothing can be read after row {number:,}") from None


def _record(path: str, number: int, name: str, scalar: Any) -> Record:
    try:
        text = scalar.as_py()
    except UnicodeDecodeError:
        return Record(path, number, None, "not UTF-8", number)
    return Record(path, number, text, "" if isinstance(text, str) else f"no text in column {name!r}", number, name)


def _textual(kind: Any) -> bool | None:
    """Whether a type is one of texts; None for one that may hold them: a list, a struct, bytes, or nothing."""
    import pyarrow.types as types

    if types.is_dictionary(kind):
        kind = kind.value_type
    if types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind):
        return True
    return False if types.is_primitive(kind) or types.is_decimal(kind) else None


def _opened(path: str) -> ParquetFile:
    """The file, of which only what is read is in memory."""
    try:
        import pyarrow
        import pyarrow.parquet as parquet
    except ModuleNotFoundError as error:
        if error.name != "pyarrow":
            raise
        raise GuardError('Parquet needs pyarrow: pip install "guardkit[scan]"') from error
    try:
        return parquet.ParquetFile(path, pre_buffer=False, buffer_size=BUFFER)
    except pyarrow.ArrowException:
        raise DataError("not a Parquet file") from None
