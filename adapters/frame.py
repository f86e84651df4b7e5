"""Columns of data frames: pandas, and Spark by way of it.

    frame["verdict"] = check_series(frame["text"])                       # pandas: a Series of actions
    frame.join(check_frame(frame["text"]).add_prefix("guard_"))          # more columns
    spark_frame.withColumn("guard", spark_udf()("text")).where("guard.action != 'allow'")

The guard is made once in each process that checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from guardkit.decide import Policy
from guardkit.scan.checking import DEFAULT, ERROR, Row, Setting, check
from guardkit.scan.record import Record
from guardkit.verdict import Channel

from .extra import framework

if TYPE_CHECKING:
    from pandas import DataFrame, Series

__all__ = ["FIELDS", "Checker", "check_frame", "check_series", "spark_udf"]

FIELDS = {  # with the types of Spark
    "action": "string", "label": "string", "score": "double", "code": "int", "degraded": "string", "error": "string",
}  # fmt: skip


class Checker:
    """A function from a Series of texts to a DataFrame with the same index and the columns of `FIELDS`.

    A value that is no text, a missing one too, has the action "error". It can be pickled.
    """

    def __init__(self, setting: Setting) -> None:
        self.setting: Final = setting

    def __call__(self, texts: Series[Any]) -> DataFrame:
        pandas = framework("pandas", "ray")
        rows = check(self.setting, map(_record, range(len(texts)), texts))
        return pandas.DataFrame.from_records(list(map(_told, rows)), index=texts.index, columns=list(FIELDS))


def check_frame(
    texts: Series[Any], channel: Channel = "document", *, policy: Policy | str | Path | None = None,
    model: str | Path | None = DEFAULT,
) -> DataFrame:  # fmt: skip
    """Action, label, score, code, what was degraded, and errors of every text. Raises `GuardError`."""
    return Checker(Setting.of(policy, channel, model=model, text=False))(texts)


def check_series(
    texts: Series[Any], channel: Channel = "document", *, policy: Policy | str | Path | None = None,
    model: str | Path | None = DEFAULT,
) -> Series[Any]:  # fmt: skip
    """The action of every text: allow, flag, redact, block, or error for what is no text. Raises `GuardError`."""
    return check_frame(texts, channel, policy=policy, model=model)["action"]


def spark_udf(
    channel: Channel = "document", *, policy: Policy | str | Path | None = None, model: str | Path | None = DEFAULT
) -> Callable[..., Any]:
    """A Spark function of a column of texts, whose value is a struct of `FIELDS`. Raises `GuardError`.

    The policy is read here; guardkit and its model have to be installed on every executor.
    """
    pandas_udf = framework("pyspark.sql.functions", "spark").pandas_udf
    checker = Checker(Setting.of(policy, channel, model=model, text=False))

    def checked(batches: Iterator[Any]) -> Iterator[Any]:
        yield from map(checker, batches)

    # Spark reads the annotations, which are text here.
    pandas: Any = framework("pandas", "ray")
    checked.__annotations__ = {"batches": Iterator[pandas.Series], "return": Iterator[pandas.DataFrame]}
    schema = ", ".join(f"{name} {kind}" for name, kind in FIELDS.items())
    made: Callable[..., Any] = pandas_udf(checked, schema)
    return made


def _record(row: int, value: Any) -> Record:
    text = value if isinstance(value, str) else None
    return Record("", row, text, "" if text is not None else "no text")


def _told(row: Row) -> tuple[Any, ...]:
    if row["action"] == ERROR:
        return ERROR, "", 0.0, 0, "", row["error"]
    return row["action"], row["label"], row["score"], row["code"], row["degraded"], ""
