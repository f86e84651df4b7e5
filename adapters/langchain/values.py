"""What the steps of LangChain hand on: its texts, and the same value again with some of them replaced."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from guardkit.texts import ROLES, Place, Text, walk
from guardkit.verdict import Channel

from ..extra import framework
from ..wire import langchain as wire

if TYPE_CHECKING:
    from langchain_core.documents import Document
    from langchain_core.messages import BaseMessage
    from langchain_core.prompt_values import PromptValue
else:
    Document = framework("langchain_core.documents", "langchain").Document
    BaseMessage = framework("langchain_core.messages", "langchain").BaseMessage
    PromptValue = framework("langchain_core.prompt_values", "langchain").PromptValue

__all__ = ["changed", "fixed", "head", "texts"]


def texts(value: Any, channel: Channel = "user", place: Place = ()) -> Iterator[Text]:
    """Every text of a value: strings, messages, prompts, documents; lists, mappings and dataclasses of them.

    A message is on the channel of its role (`guardkit.texts.spoken`: in a document or a tool's result a role means
    nothing), a document on "document", all else on the one given. Any other object is read as what a template would
    print of it, which cannot be replaced.
    """
    if isinstance(value, str):
        yield from walk(value, channel, place)
    elif _is_message(value):
        for text in wire.texts([value], channel):
            yield replace(text, place=(*place, *text.place[1:]))
    elif (parts := _parts(value)) is not None:
        own: Channel = "document" if isinstance(value, Document) else channel
        for name, part in parts:
            yield from texts(part, own, (*place, name))
        if isinstance(value, Mapping):
            yield from walk(dict.fromkeys(value), own, place)  # what it calls its parts
    elif callable(dump := getattr(value, "model_dump", None)):
        yield from fixed(walk(dump(), channel, place, named=False))
    elif value is not None and not isinstance(value, bool | int | float):
        yield from fixed(walk(str(value), channel, place))


def head(value: Any) -> Place:
    """How the places of its texts begin: a list of messages or documents is of things apart, any other is one."""
    several = isinstance(value, list | tuple) and any(_is_message(each) or isinstance(each, Document) for each in value)
    return ("messages",) if several else ("content",)


def changed(value: Any, changes: Mapping[Place, str]) -> Any:
    """The value with other texts at these places. What changes is a new object of the same class."""
    if not changes:
        return value
    if isinstance(value, str):
        return changes[()]
    if _is_message(value):
        return wire.changed([value], {(0, *place): text for place, text in changes.items()})[0]
    new = {
        name: changed(part, {place[1:]: text for place, text in changes.items() if place[0] == name})
        for name, part in _parts(value) or ()
        if any(place[0] == name for place in changes)
    }
    if isinstance(value, Document | PromptValue):
        return value.model_copy(update=new)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(value, **new)
    if isinstance(value, tuple):
        return tuple(new.get(at, part) for at, part in enumerate(value))
    twin = copy.copy(value)
    for name, part in new.items():
        twin[name] = part
    return twin


def fixed(found: Iterable[Text]) -> Iterator[Text]:
    """The texts as such that cannot be replaced, so that what would be redacted is blocked."""
    return (replace(text, fixed=True) for text in found)


def _parts(value: Any) -> list[tuple[Any, Any]] | None:
    """The parts of a value with their names; None where it has none that can be told apart."""
    if isinstance(value, Document):
        return [("page_content", value.page_content), ("metadata", value.metadata)]
    if isinstance(value, PromptValue):
        return [(name, getattr(value, name)) for name in ("messages", "text") if hasattr(value, name)] or None
    if isinstance(value, Mapping):
        return list(value.items())
    if dataclasses.is_dataclass(value):
        return [(each.name, getattr(value, each.name)) for each in dataclasses.fields(value)]
    return list(enumerate(value)) if isinstance(value, list | tuple) else None


def _is_message(value: Any) -> bool:
    if isinstance(value, tuple):
        return len(value) == 2 and isinstance(value[0], str) and value[0] in ROLES
    return isinstance(value, BaseMessage) or (isinstance(value, Mapping) and {"role", "content"} <= value.keys())
