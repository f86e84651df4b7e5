"""The results of MCP: what tools, resources and prompts say, and what tools say of themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from guardkit.verdict import Channel

from ..texts import Place, Text, replaced, walk

__all__ = ["arguments", "changed", "texts"]

# What a result of this method is.
CHANNELS: Mapping[str, Channel] = {"resources/read": "document", "resources/list": "document", "prompts/get": "user"}


def arguments(params: Any) -> Iterator[Text]:
    """The texts of a call of a tool or prompt: the model wrote its arguments."""
    data = _plain(params)
    yield from walk(data.get("arguments") if isinstance(data, Mapping) else None, "output", ("arguments",), named=False)


def texts(result: Any, method: str = "tools/call") -> Iterator[Text]:
    """The texts of a result, a model of mcp or a mapping: content, `structuredContent`, `_meta`, and of `tools/list`
    names, descriptions and schemas. Images and sound are not read; a blob that holds text is.
    """
    yield from walk(_plain(result), CHANNELS.get(method, "tool"))


def changed(result: Any, changes: Mapping[Place, str]) -> Any:
    """The result with other texts at these places, of the same class."""
    if not changes:
        return result
    data = replaced(_plain(result), changes)
    return data if isinstance(result, Mapping) else type(result).model_validate(data)


def _plain(value: Any) -> Any:
    dump = getattr(value, "model_dump", None)
    return dump(mode="json", by_alias=True, exclude_none=True) if callable(dump) else value
