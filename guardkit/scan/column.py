"""Which column of a table holds the text."""

from __future__ import annotations

from collections.abc import Sequence

from guardkit.errors import DataError

__all__ = ["text_column"]

# Names that data sets give to it, the surest first.
USUAL = (
    "text", "prompt", "content", "document", "body", "message", "input", "question", "query", "instruction", "sentence",
    "request", "description", "comment",
)  # fmt: skip
SHOWN = 12  # columns named in an error


def text_column(names: Sequence[str], textual: Sequence[str], wanted: str | None = None) -> str:
    """The column `wanted`, or else one of a usual name, or else the only one that holds text.

    `textual` are those of `names` that hold text. Raises `DataError` that names the columns.
    """
    known = ", ".join(map(repr, names[:SHOWN])) + (" …" if len(names) > SHOWN else "")
    if wanted is not None:
        if wanted not in names:
            raise DataError(f"there is no column {wanted!r}: there are {known or 'none'}")
        return wanted
    folded = {name.casefold().strip(): name for name in reversed(textual)}
    for name in USUAL:
        if name in folded:
            return folded[name]
    if len(textual) == 1:
        return textual[0]
    raise DataError(f"it is not clear which column holds the text: name one of {known or 'none'}")
