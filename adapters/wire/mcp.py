"""The results of MCP: what tools, resources and prompts say, and what tools say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from guardkit.texts import Place, Text, replaced, walk
from guardkit.verdict import Channel

__all__ = ["answers", "arguments", "changed", "plain", "texts", "thinned"]

# What a result of this method is.
LISTS = ("tools", "resources", "resourceTemplates", "prompts")  # whose entries stand each for itself
CHANNELS: Mapping[str, Channel] = {"resources/read": "document", "resources/list": "document", "prompts/get": "user"}
# Of a request, what the model or the application wrote, `_meta` and answers aside.
ASKED = ("name", "arguments", "uri", "ref", "argument", "context")
TRACES = ("progressToken", "traceparent")  # of `_meta`, what identifies a request; another one each time,
NUMBER = re.compile(r"[0-9a-fA-F-]*")  # so that numbers are not looked at


def arguments(params: Any) -> Iterator[Text]:
    """The texts of a request that the model or the application wrote."""
    data = plain(params)
    if not isinstance(data, Mapping):
        return
    for key in ASKED:
        yield from walk(data.get(key), "output", (key,), named=key == "ref")
    for name, value in _entries(data, "_meta"):
        trace = name in TRACES
        if trace and NUMBER.fullmatch(str(value)):
            continue
        yield from walk(value, "output", ("_meta", name), key="id" if trace else "", named=trace)
    for name, value in _entries(data, "inputResponses"):
        yield from answers(value, ("inputResponses", name))


def answers(response: Any, place: Place = ()) -> Iterator[Text]:
    """The texts of what a client answers when a server asks for a sample, a form or its roots."""
    data = plain(response)
    form = isinstance(data, Mapping) and "action" in data  # its names are the server's
    yield from walk(data, "output", place, named=not form)


def texts(result: Any, method: str = "tools/call") -> Iterator[Text]:
    """The texts of a result, a model of mcp or a mapping: content, `structuredContent`, `_meta`, and of `tools/list`
    names, descriptions and schemas. Images and sound are not read; a blob that holds text is. No name of a field says
    that what stands under it is no text.
    """
    data, channel = plain(result), CHANNELS.get(method, "tool")
    lists = [key for key in LISTS if isinstance(data.get(key), list)] if isinstance(data, Mapping) else []
    for key in lists:
        for at, entry in enumerate(data[key]):
            yield from walk(entry, channel, (key, at))
    yield from walk({key: each for key, each in data.items() if key not in lists} if lists else data, channel)


def changed(value: Any, changes: Mapping[Place, str]) -> Any:
    """The result, or request, with other texts at these places, of the same class."""
    return _as(value, replaced(plain(value), changes)) if changes else value


def thinned(result: Any, name: str, entries: Iterable[Any]) -> Any:
    """The result with these as its list of this name."""
    return _as(result, {**plain(result), name: list(entries)})


def plain(value: Any) -> Any:
    """A model of mcp as JSON has it; anything else as it is."""
    dump = getattr(value, "model_dump", None)
    return dump(mode="json", by_alias=True, exclude_none=True) if callable(dump) else value


def _entries(data: Mapping[str, Any], name: str) -> list[tuple[str, Any]]:
    found = data.get(name)
    return list(found.items()) if isinstance(found, Mapping) else []


def _as(value: Any, data: Any) -> Any:
    return data if isinstance(value, Mapping) else type(value).model_validate(data)
