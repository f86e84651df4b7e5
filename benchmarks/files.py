"""Suites in files: the parquet files of the data folder, and a user's own file in any of four formats."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.rows import DataMissing, Row, Rows
from guardkit.verdict import CHANNELS, LABELS, Channel

__all__ = ["Parquet", "UserFile", "labelled"]

COLUMNS = ("text", "label", "harmful", "channel", "lang", "subtype")
FORMATS = (".jsonl", ".json", ".csv", ".parquet", ".yaml", ".yml")
THREATS = (*LABELS[:-1], "attack")
TRUTH = {"0": False, "1": True, "false": False, "true": True, "safe": False, "unsafe": True}


@dataclass(frozen=True, slots=True)
class Parquet:
    """A file of the data folder in its schema; with `split` only these rows."""

    file: str
    split: str = ""

    def __call__(self, data: Path | None) -> Rows:
        import polars as pl  # here, because the reports that read no data run without it too

        path = None if data is None else data / self.file
        if path is None or not path.exists():
            raise DataMissing(f"{self.file} is not in the data folder ({data or 'no --data'})")
        frame = pl.scan_parquet(path)
        if self.split:
            frame = frame.filter(pl.col("split") == self.split)
        known = frame.collect_schema().names()
        table = frame.select(c if c in known else pl.lit(None, pl.String).alias(c) for c in COLUMNS).collect()
        return Rows(*(tuple(table[column].to_list()) for column in COLUMNS))


@dataclass(frozen=True, slots=True)
class UserFile:
    """A file of labelled texts: JSON lines, CSV, Parquet, or YAML in PINT's form (a list of text, category, label).

    `text` (or `prompt`) and `label` are needed: a label of guardkit's, "attack", 0/1 or true/false. `channel`,
    `harmful`, `lang` and `subtype` (or `category`) may be given.
    """

    path: Path
    channel: Channel = "user"

    def __call__(self, data: Path | None = None) -> Rows:
        if self.path.suffix.lower() not in FORMATS:
            raise DataMissing(f"{self.path.name}: expected a name ending in {', '.join(FORMATS)}")
        try:
            records = list(_records(self.path))
        except OSError as error:
            raise DataMissing(f"cannot read {self.path}: {error.strerror}") from error
        except (UnicodeDecodeError, ValueError, csv.Error) as error:
            raise DataMissing(f"{self.path}: {type(error).__name__}, not valid {self.path.suffix[1:]}") from None
        return Rows.of(labelled(record, self.channel, number) for number, record in enumerate(records, 1))


def _records(path: Path) -> Iterator[Any]:
    kind = path.suffix.lower()
    if kind == ".parquet":
        import polars as pl

        try:
            yield from pl.read_parquet(path).iter_rows(named=True)
        except pl.exceptions.PolarsError as error:
            raise ValueError(str(error)) from error
    elif kind in (".yaml", ".yml"):
        import yaml

        try:
            yield from _list(yaml.safe_load(path.read_text("utf-8")))
        except yaml.YAMLError as error:
            raise ValueError("not YAML") from error
    elif kind == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file, strict=True)
    elif kind == ".json":
        yield from _list(json.loads(path.read_text("utf-8-sig")))
    else:
        yield from (json.loads(line) for line in path.read_text("utf-8-sig").splitlines() if line.strip())


def _list(document: Any) -> Iterable[Any]:
    if not isinstance(document, list):
        raise ValueError("expected a list")
    return document


def labelled(record: Any, channel: Channel = "user", number: int = 0) -> Row:
    """A record as a row. Raises `DataMissing` that names the row and the column, never the text."""
    if not isinstance(record, Mapping):
        raise DataMissing(f"row {number}: expected a record with text and label")
    known = {key: value for key, value in record.items() if value not in (None, "")}
    text = known.get("text", known.get("prompt", record.get("text")))
    if not isinstance(text, str):
        raise DataMissing(f"row {number}: text is missing or no string")
    where = known.get("channel", channel)
    if where not in CHANNELS:
        raise DataMissing(f"row {number}: channel is none of {', '.join(CHANNELS)}")
    label, harmful = _label(known.get("label"), number)
    if harmful is None and "harmful" in known:
        harmful = int(_truth(known["harmful"], number, "harmful"))
    subtype = known.get("subtype", known.get("category"))
    lang = known.get("lang")
    return Row(text, label, harmful, where, lang and str(lang), subtype and str(subtype))


def _label(value: Any, number: int) -> tuple[str, int | None]:
    if value == "harmful":
        return "benign", 1
    if value in THREATS:
        return str(value), None
    return ("attack" if _truth(value, number, "label") else "benign"), None


def _truth(value: Any, number: int, column: str) -> bool:
    if isinstance(value, bool | int | float) and value in (0, 1):
        return bool(value)
    if isinstance(value, str) and value.strip().lower() in TRUTH:
        return TRUTH[value.strip().lower()]
    raise DataMissing(f"row {number}: {column}: expected {', '.join(THREATS)}, harmful, 0/1 or true/false")
