"""LangChain's messages: not a wire format, but texts with a place all the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from guardkit.texts import ROLES, Place, Text, replaced, spoken, walk
from guardkit.verdict import Channel

__all__ = ["changed", "parsed", "texts"]

# The fields that a model is sent. `artifact` and `response_metadata` are not, and no model reads an id.
FIELDS: Final = ("name", "content", "tool_calls", "invalid_tool_calls", "additional_kwargs")


def texts(messages: Sequence[Any], default: Channel = "user") -> Iterator[Text]:
    """The texts of messages: objects of LangChain, mappings, (role, text) pairs or plain strings.

    A place begins with the message's index. `default` is the channel of a message without a known role; of what is no
    object the role counts as far as `spoken` says.
    """
    for at, message in enumerate(messages):
        if isinstance(message, str):
            yield from walk(message, default, (at,))
        elif isinstance(message, tuple):
            yield from walk(message[1], spoken(_role(message[0]), default), (at, 1))
        elif isinstance(message, Mapping):
            role = message.get("role", message.get("type"))
            yield from walk(message, spoken(_role(role), default), (at,))
        else:
            role = _role(getattr(message, "role", None) or getattr(message, "type", None))
            for field in FIELDS:
                yield from walk(getattr(message, field, None), ROLES.get(role, default), (at, field), key=field)
            yield from (replace(text, place=(at, *text.place)) for text in parsed(message))


def parsed(message: Any) -> Iterator[Text]:
    """The texts of the object that a structured answer was read into. It repeats the content, and stays as it is."""
    extra = getattr(message, "additional_kwargs", None)
    found = extra.get("parsed") if isinstance(extra, Mapping) else None
    if callable(dump := getattr(found, "model_dump", None)):
        for text in walk(dump(), "output", ("additional_kwargs", "parsed"), named=False):
            yield replace(text, fixed=True)


def changed(messages: Sequence[Any], changes: Mapping[Place, str]) -> list[Any]:
    """The messages with other texts at these places. Those that change are new objects with the same `id`."""
    return [_changed(message, _below(changes, at)) for at, message in enumerate(messages)]


def _changed(message: Any, changes: Mapping[Place, str]) -> Any:
    if not changes:
        return message
    if isinstance(message, tuple):
        return tuple(replaced(list(message), changes))
    if isinstance(message, str | Mapping):
        return replaced(message, changes)
    names = {str(place[0]) for place in changes}
    update = {name: replaced(getattr(message, name), _below(changes, name)) for name in names}
    return message.model_copy(update=update)


def _role(name: object) -> str:
    return str(name).removesuffix("MessageChunk").lower()


def _below(changes: Mapping[Place, str], first: str | int) -> dict[Place, str]:
    return {place[1:]: text for place, text in changes.items() if place[0] == first}
