"""Which column of a table holds the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from guardkit.errors import DataError

__all__ = ["named_once", "text_column"]

# Names that data sets give to it, the surest first.
USUAL = (
    "text", "prompt", "content", "document", "body", "message", "input", "question", "query", "instruction", "sentence",
    "request", "description", "comment",
)  # fmt: skip
SHOWN = 12  # columns named in an error


def text_column(columns: Mapping[str, bool | None], wanted: str | None = None) -> str:
    """The column `wanted`, or else one of a usual name, or else the only one that can hold text.

    `columns` says of each whether it holds text; None is not certain: a list, an object, or nothing in the row that was
    looked at. A usual name counts whatever the column holds, for another in its stead would hide the text. Raises
    `DataError` that names the columns.
    """
    known = ", ".join(map(repr, list(columns)[:SHOWN])) + (" …" if len(columns) > SHOWN else "")
    if wanted is not None:
        if wanted not in columns:
            raise DataError(f"there is no column {wanted!r}: there are {known or 'none'}")
        return wanted
    named = next(filter(None, ([name for name in columns if name.casefold().strip() == one] for one in USUAL)), [])
    possible = named or [name for name, textual in columns.items() if textual is not False]
    if len(possible) == 1 and (named or columns[possible[0]]):
        return possible[0]
    nested = any(columns[name] is None for name in possible)
    more = ". Nothing is read of lists and objects: give their texts a column" if nested else ""
    raise DataError(f"it is not clear which column holds the text: name one of {known or 'none'}{more}")


def named_once(names: Iterable[str]) -> None:
    """Raises `DataError` where two columns have one name: of two texts one would pass unseen."""
    for name, count in Counter(names).items():
        if count > 1 and name.strip():
            raise DataError(f"{count} columns have the name {name!r}")
