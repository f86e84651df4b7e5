"""OpenAI-style messages → their texts, each on the channel of whoever wrote it, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from guardkit.errors import InputError, shown
from guardkit.objects import SENT
from guardkit.texts import DEPTH, ROLES, Place, Text, message, replaced, spoken, walk
from guardkit.verdict import Channel

__all__ = ["confidential", "conversation", "is_message", "rewritten", "told"]

HEAD = "messages"  # how the place of every text begins; the message's index comes next


def conversation(messages: Sequence[Any]) -> list[Text]:
    """Every text of every message, whatever kind of block it is in, arguments of tool calls included.

    A message is a mapping, or an object of openai, anthropic or LangChain. Raises `InputError` for what is no list of
    messages, for an unknown role, since who wrote a text decides its channel, and for what cannot be read.
    """
    return [text for number, message in enumerate(_plain(messages)) for text in _texts(message, number)]


def told(node: Any, channel: Channel, place: Place = (), *, trusted: bool = True) -> Iterator[Text]:
    """Every text of plain data, on its channel: but what stands in messages, alone, in a list or under a name of the
    data, is on that of their roles (see `spoken`). A message is a mapping with a role, or a pair of one and a text.
    """
    if _role(node) is not None:
        yield from message(node, place, channel, trusted=trusted)
    elif isinstance(node, tuple) and len(node) == 2 and isinstance(node[0], str) and node[0] in ROLES:
        yield from walk(node[1], spoken(node[0], channel, trusted=trusted), (*place, 1))
    elif isinstance(node, list | tuple):
        for at, each in enumerate(node):
            yield from told(each, channel, (*place, at), trusted=trusted)
    elif isinstance(node, Mapping) and not isinstance(node.get("type"), str):
        talks = {
            name: value
            for name, value in node.items()
            if isinstance(value, list | tuple) and any(_role(each) is not None for each in value)
        }
        yield from walk({name: value for name, value in node.items() if name not in talks}, channel, place)
        for name, value in talks.items():
            yield from told(value, channel, (*place, name), trusted=trusted)
    else:
        yield from walk(node, channel, place)


def rewritten(messages: Sequence[Any], changes: Mapping[Place, str]) -> list[Any]:
    """New messages with other texts at these places, as mappings; the others are the same objects."""
    changed = replaced({HEAD: _plain(messages)}, changes)[HEAD]
    numbers = {place[1] for place in changes}
    return [changed[at] if at in numbers else message for at, message in enumerate(messages)]


def confidential(texts: Iterable[Text]) -> tuple[list[str], list[str]]:
    """The texts of a conversation that an answer must not repeat, and those that it may: all but the model's own."""
    listed = list(texts)
    system = [text.text for text in listed if text.channel == "system" and not text.names]
    return system, [text.text for text in listed if text.channel not in ("system", "output")]


def is_message(value: Any) -> bool:
    """Whether a value looks like a message: with a role, or as an object with LangChain's type, and what it says."""
    if isinstance(value, Mapping):
        return "role" in value and ("content" in value or "tool_calls" in value)
    known = hasattr(value, "role") or getattr(value, "type", None) in ROLES
    return known and hasattr(value, "content") and callable(getattr(value, "model_dump", None))


def _plain(messages: Sequence[Any]) -> list[dict[str, Any]]:
    if isinstance(messages, str | bytes | Mapping) or not isinstance(messages, Sequence):
        raise InputError(f"expected a list of messages with role and content, not {type(messages).__name__}")
    return [_message(message, number) for number, message in enumerate(messages)]


def _message(message: Any, number: int) -> dict[str, Any]:
    found = _data(message, number)
    if not isinstance(found, dict):
        raise InputError(f"message {number} is {type(message).__name__}: expected a mapping with role and content")
    if "role" not in found and not isinstance(message, Mapping):
        found = {"role": found.get("type"), **{name: found[name] for name in SENT if name in found}}
    return found


def _data(value: Any, number: int, depth: int = 0) -> Any:
    """The value as JSON has it. `walk` refuses what is nested too deep."""
    if value is None or isinstance(value, str | int | float) or depth > DEPTH:
        return value
    if isinstance(value, Mapping):
        return {key: _data(each, number, depth + 1) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_data(each, number, depth + 1) for each in value]
    dump = getattr(value, "model_dump", None)
    if callable(dump):
        return dump(mode="json", exclude_none=True)
    raise InputError(f"message {number} holds a {type(value).__name__}, which a guard cannot read")


def _role(node: Any) -> str | None:
    role = node.get("role") if isinstance(node, Mapping) else None
    return role if isinstance(role, str) and role in ROLES else None


def _texts(message: Mapping[str, Any], number: int) -> Iterable[Text]:
    role = message.get("role")
    if not isinstance(role, str) or role not in ROLES:
        raise InputError(f"message {number} has role {shown(role)}: expected one of {', '.join(ROLES)}")
    content = message.get("content")
    blocks = content if isinstance(content, list) else [content]
    if not all(block is None or isinstance(block, str | Mapping) for block in blocks):
        raise InputError(f"message {number} has content of type {type(content).__name__}: expected text or blocks")
    if not isinstance(message.get("tool_calls") or [], list):
        raise InputError(f"message {number} has tool_calls of type {type(message['tool_calls']).__name__}")
    return walk(message, ROLES[role], (HEAD, number))
