"""Paths into the body of a request, by the type that it is declared with."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints, is_typeddict

from guardkit.texts import Place

__all__ = ["found", "ways"]

SINGLE = (str, bytes, bool, int, float, type(None))


def ways(kind: Any, path: Place) -> Iterator[Place]:
    """The ways that a path goes through values of this type, by the names of attributes; none where it goes nowhere.

    A step of a path is the name of a field or one of its aliases. Of a type that says nothing of what is in it, all
    goes.
    """
    if not path:
        yield ()
        return
    kind = getattr(kind, "__value__", kind)  # of an alias by `type`
    origin, args = get_origin(kind), get_args(kind)
    if getattr(kind, "__pydantic_root_model__", False):
        yield from ways(kind.model_fields["root"].annotation, path)
    elif origin in (Annotated, Union, types.UnionType):
        inner = args[:1] if origin is Annotated else args
        yield from dict.fromkeys(way for each in inner for way in ways(each, path))
    elif args and not dataclasses.is_dataclass(origin):
        yield from _through(origin, args, path)
    elif (fields := _fields(origin or kind)) is not None:
        for name, (inner, others) in fields.items():
            if path[0] in (name, *others):
                yield from ((name, *way) for way in ways(inner, path[1:]))
        if getattr(kind, "model_config", {}).get("extra") == "allow" and path[0] not in fields:
            yield path
    elif not (isinstance(kind, type) and issubclass(kind, SINGLE)):
        yield path


def _through(origin: Any, args: tuple[Any, ...], path: Place) -> Iterator[Place]:
    """The ways through a type with parameters: the values of a mapping have names, the entries of all else none."""
    mapping = isinstance(origin, type) and issubclass(origin, Mapping)
    if mapping == (isinstance(path[0], str) and path[0] != "*"):
        for inner in args[-1:] if mapping else dict.fromkeys(each for each in args if each is not Ellipsis):
            yield from ((path[0], *way) for way in ways(inner, path[1:]))


def found(node: Any, path: Place, place: Place = ()) -> Iterator[tuple[Any, Place]]:
    """What stands at the end of a path in plain data, and its place."""
    if not path:
        yield node, place
    elif isinstance(node, list | tuple):
        for at in range(len(node)) if path[0] == "*" else (path[0],):
            if isinstance(at, int) and at < len(node):
                yield from found(node[at], path[1:], (*place, at))
    elif isinstance(node, Mapping) and path[0] in node:
        yield from found(node[path[0]], path[1:], (*place, path[0]))


def _fields(kind: Any) -> dict[str, tuple[Any, list[str]]] | None:
    """The fields of a type with their types and other names; None for a type without fields."""
    fields = getattr(kind, "model_fields", None)
    if isinstance(fields, Mapping):
        computed = dict.fromkeys(getattr(kind, "model_computed_fields", ()), (Any, list[str]()))
        return {name: (field.annotation, _aliases(field)) for name, field in fields.items()} | computed
    if (dataclasses.is_dataclass(kind) and isinstance(kind, type)) or is_typeddict(kind):
        pydantic = getattr(kind, "__pydantic_fields__", {})
        hints = get_type_hints(kind)
        return {name: (hint, _aliases(pydantic[name]) if name in pydantic else []) for name, hint in hints.items()}
    return None


def _aliases(field: Any) -> list[str]:
    """The other names of a field, on the way in and out."""
    given = (field.alias, field.validation_alias, field.serialization_alias)
    listed = [each for alias in given for each in getattr(alias, "choices", [alias])]
    return [each for each in listed if isinstance(each, str)]
