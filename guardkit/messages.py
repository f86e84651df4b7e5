"""OpenAI-style messages → texts with the channel of whoever wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guardkit.errors import InputError
from guardkit.verdict import Channel

__all__ = ["Part", "conversation"]

ROLES: Mapping[str, Channel] = {
    "user": "user", "human": "user", "system": "system", "developer": "system",
    "assistant": "output", "ai": "output", "tool": "tool", "function": "tool",
}  # fmt: skip

NESTED = 8  # levels of blocks in blocks


@dataclass(frozen=True, slots=True)
class Part:
    """A text of a conversation; `message` is its message's index, None for the user's turns joined."""

    text: str
    channel: Channel
    message: int | None


def conversation(messages: Sequence[Mapping[str, Any]]) -> list[Part]:
    """Every text of every message: string contents, text blocks however nested, tool-call arguments.

    Raises `InputError` for what is no list of messages, or for an unknown role: who wrote a text decides its channel.
    """
    if isinstance(messages, str | bytes | Mapping) or not isinstance(messages, Sequence):
        raise InputError(f"expected a list of messages with role and content, not {type(messages).__name__}")
    parts: list[Part] = []
    for number, message in enumerate(messages):
        if not isinstance(message, Mapping):
            raise InputError(f"message {number} is {type(message).__name__}: expected a mapping with role and content")
        role = message.get("role")
        if not isinstance(role, str) or role not in ROLES:
            raise InputError(f"message {number} has role {role!r}: expected one of {', '.join(ROLES)}")
        parts += (Part(text, ROLES[role], number) for text in _texts(message, number) if text)
    turns = [part.text for part in parts if part.channel == "user"]
    if len(turns) > 1:
        parts.append(Part("\n".join(turns), "user", None))
    return parts


def _texts(message: Mapping[str, Any], number: int) -> Iterator[str]:
    content = message.get("content")
    if isinstance(content, str):
        yield content
    elif isinstance(content, Sequence) and not isinstance(content, bytes):
        for block in content:
            yield from _block(block, number)
    elif content is not None:
        raise InputError(f"message {number} has content of type {type(content).__name__}: expected text or blocks")
    calls = message.get("tool_calls") or ()
    if isinstance(calls, str | bytes) or not isinstance(calls, Sequence):
        raise InputError(f"message {number} has tool_calls of type {type(calls).__name__}: expected a list")
    functions = [call.get("function") for call in calls if isinstance(call, Mapping)]
    for function in (*functions, message.get("function_call")):
        if isinstance(function, Mapping) and isinstance(function.get("arguments"), str):
            yield function["arguments"]


def _block(block: Any, number: int, depth: int = 0) -> Iterator[str]:
    if isinstance(block, str):
        yield block
    elif not isinstance(block, Mapping) or depth > NESTED:
        raise InputError(f"message {number} has a content block of type {type(block).__name__} at depth {depth}")
    else:
        for key in ("text", "refusal", "content"):
            value = block.get(key)
            if isinstance(value, str):
                yield value
            elif isinstance(value, list | tuple):  # a tool's result has blocks of its own
                for inner in value:
                    yield from _block(inner, number, depth + 1)
