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


@dataclass(frozen=True, slots=True)
class Part:
    """A text of a conversation; `message` is its message's index, None for the user's turns joined."""

    text: str
    channel: Channel
    message: int | None


def conversation(messages: Sequence[Mapping[str, Any]]) -> list[Part]:
    """Every text of every message: string contents, text blocks, tool-call arguments.

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
    for call in message.get("tool_calls") or ():
        function = call.get("function") if isinstance(call, Mapping) else None
        if isinstance(function, Mapping) and isinstance(function.get("arguments"), str):
            yield function["arguments"]


def _block(block: Any, number: int) -> Iterator[str]:
    if isinstance(block, str):
        yield block
    elif not isinstance(block, Mapping):
        raise InputError(f"message {number} has a content block of type {type(block).__name__}")
    else:
        for key in ("text", "refusal"):
            if isinstance(block.get(key), str):
                yield block[key]
