"""Python objects as plain data, with all that they hold, and the same objects with other strings in them."""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import Any
from uuid import UUID

from guardkit.errors import InputError
from guardkit.texts import DEPTH, ROLES, Place

__all__ = ["SENT", "TEXTLESS", "Unredactable", "Unread", "plain", "put"]

Unread = Callable[[object], Any]
"""What stands for an object that cannot be read. May raise."""

# An enum's values are the program's own.
TEXTLESS = (type(None), bool, int, float, complex, Decimal, date, time, timedelta, UUID, Enum)
SEVERAL = (list, tuple, set, frozenset, deque)
# What of a LangChain message a model is sent. It has a type and no role.
SENT = ("name", "content", "tool_calls", "invalid_tool_calls", "additional_kwargs")
REVEAL = "get_secret_value"  # of pydantic's secrets
SETTING = 64  # characters
ROOT = "root"  # the one field of a pydantic RootModel, which is no level of the data


class Unredactable(Exception):
    """Sentences would have to go from where nothing can be replaced."""


def plain(value: Any, unread: Unread, above: tuple[int, ...] = ()) -> Any:
    """The data of an object: mappings, lists, tuples and strings. All else that stands in it holds no text.

    Models of pydantic and dataclasses are read by their attributes, since what they are written out as may leave some
    out. Bytes are text if they are UTF-8. `unread` is asked for what cannot be read. Raises `InputError` for what is
    nested more than 64 levels deep.
    """
    if isinstance(value, TEXTLESS):
        return None if isinstance(value, Enum) else value
    if isinstance(value, str | bytes | bytearray | PurePath):
        found = _written(value)
        return unread(value) if found is None else found
    if id(value) in above:  # it is being read already
        return None
    if len(above) > DEPTH:
        raise InputError(f"the data is nested more than {DEPTH} levels deep")
    inside = _inside(value)
    if inside is None:
        return unread(value)
    above = (*above, id(value))
    if isinstance(inside, Mapping):
        parts: list[object] = []

        def noted(other: object) -> Any:
            parts.append(other)
            return unread(other)

        data = {key: plain(each, noted, above) for key, each in inside.items()}
        if inside is not value and any(not isinstance(part, bytes | bytearray) for part in parts):
            return _prose(data)
        return data[ROOT] if _is_root(value) else data
    items = [plain(each, unread, above) for each in inside]
    return items[0] if hasattr(type(value), REVEAL) else tuple(items) if isinstance(value, tuple) else items


def _prose(node: Any) -> Any:
    """Of an object that does something, a client or a model, what could be more than one of its settings."""
    if isinstance(node, str):
        return node if len(node) > SETTING or len(node.split()) > 1 else None
    if isinstance(node, Mapping):
        return {key: _prose(each) for key, each in node.items()}
    return [_prose(each) for each in node] if isinstance(node, list | tuple) else node


def put(value: Any, changes: Mapping[Place, str]) -> Any:
    """The value with other strings at these places of its plain data. What changes is a new object of the same class,
    of pydantic validated again; what is not on the way to a change is shared. Raises `Unredactable`.
    """
    if not changes:
        return value
    if _is_root(value):
        return _assigned(value, {ROOT: put(value.root, changes)})
    if () in changes:
        return _text(value, changes[()])
    below: dict[str | int, dict[Place, str]] = {}
    for place, text in changes.items():
        below.setdefault(place[0], {})[place[1:]] = text
    if isinstance(value, dict | list):
        changed: Any = copy.copy(value)
        for at, each in below.items():
            changed[at] = put(changed[at], each)
        return changed
    if isinstance(value, tuple):
        items = [put(each, below.get(at, {})) for at, each in enumerate(value)]
        return type(value)._make(items) if hasattr(value, "_make") else tuple(items)
    parts = _parts(value) or {}
    if not below.keys() <= parts.keys():
        raise Unredactable
    return _assigned(value, {str(name): put(parts[str(name)], each) for name, each in below.items()})


def _inside(value: Any) -> Mapping[Any, Any] | Iterable[Any] | None:
    """What an object holds, by name or one by one; None for what cannot be read."""
    if isinstance(value, Mapping):  # one that equals none but itself is no data: a request of starlette
        return None if type(value).__eq__ is object.__eq__ else value
    if isinstance(value, SEVERAL):
        return value
    if isinstance(value, type):
        return None
    if hasattr(type(value), REVEAL):
        return [value.get_secret_value()]
    parts = _parts(value)
    made_alike = parts is None and callable(getattr(type(value), "model_dump", None))
    return [value.model_dump()] if made_alike else parts


def _parts(value: Any) -> dict[str, Any] | None:
    """The attributes of a model of pydantic or of a dataclass; None for anything else."""
    kind = type(value)
    known = getattr(kind, "model_fields", None)
    if isinstance(known, Mapping):
        if hasattr(value, "additional_kwargs") and getattr(value, "type", None) in ROLES and not hasattr(value, "role"):
            return {"role": value.type, **{name: getattr(value, name) for name in SENT if hasattr(value, name)}}
        names = [*known, *getattr(kind, "model_computed_fields", ())]
        return {**{name: getattr(value, name, None) for name in names}, **(getattr(value, "model_extra", None) or {})}
    return {each.name: getattr(value, each.name, None) for each in fields(value)} if is_dataclass(kind) else None


def _is_root(value: Any) -> bool:
    return bool(getattr(type(value), "__pydantic_root_model__", False))


def _assigned(value: Any, new: Mapping[str, Any]) -> Any:
    """A copy with other attributes. Raises `Unredactable` where it does not take them."""
    try:
        if not hasattr(type(value), "__pydantic_validator__") or is_dataclass(value):
            twin = copy.copy(value)
            for name, each in new.items():
                object.__setattr__(twin, name, each)
            return twin
        known = type(value).model_fields
        if value.model_config.get("frozen") or any(name in known and known[name].frozen for name in new):
            whole = {**{name: getattr(value, name) for name in known}, **(value.model_extra or {}), **new}
            return type(value).model_validate(whole, by_alias=False, by_name=True)
        twin = value.model_copy()
        for name, each in new.items():  # by its name, whatever aliases it has
            type(value).__pydantic_validator__.validate_assignment(twin, name, each)
    except Exception:  # what it says may show the text
        raise Unredactable from None
    return twin


def _text(value: Any, text: str) -> Any:
    if isinstance(value, str):
        return text
    if isinstance(value, bytes | bytearray):
        return type(value)(text.encode())
    if hasattr(type(value), REVEAL):
        return type(value)(_text(value.get_secret_value(), text))
    raise Unredactable


def _written(value: str | bytes | bytearray | PurePath) -> str | None:
    if isinstance(value, str):
        return str.__str__(value)  # of a subclass, its text
    if isinstance(value, PurePath):
        return str(value)
    try:
        found = value.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return found if "\x00" not in found else None
