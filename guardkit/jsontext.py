"""JSON that others wrote, read so that whoever reads it next finds the same in it."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any, NoReturn

__all__ = ["Doubled", "once", "read"]


class Doubled(ValueError):
    """A name stands twice in an object: of two texts with one name, one would pass unseen."""


def read(content: bytes) -> Any:
    """The value of a document in UTF-8. Raises `ValueError`, also for what Python's reader takes and JSON has not.

    That are NaN, infinities, and objects in which a name stands twice.
    """
    try:
        return _DECODER.decode(content.decode("utf-8"))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON, as the hook of a reader. Raises `Doubled`."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Doubled("a name stands twice in an object")
    return found


def _finite(digits: str) -> float:
    """A number that can be written again: 1e999 would be read as infinity."""
    number = float(digits)
    if not isfinite(number):
        raise ValueError("a number is too large")
    return number


def _none(name: str) -> NoReturn:
    raise ValueError(f"{name} is no value of JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=once, parse_float=_finite, parse_constant=_none)
