"""OpenAI-style messages → texts with the channel of whoever wrote them, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guardkit.errors import InputError, shown
from guardkit.verdict import Channel

__all__ = ["Part", "confidential", "conversation", "rewritten"]

ROLES: Mapping[str, Channel] = {
    "user": "user", "human": "user", "system": "system", "developer": "system",
    "assistant": "output", "ai": "output", "tool": "tool", "function": "tool",
}  # fmt: skip

NESTED = 8  # levels of blocks in blocks

Change = Callable[[str], str]


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
    parts: list[Part] = []
    for number, message, channel in _each(messages):
        texts: list[str] = []
        _changed(message, number, lambda text, texts=texts: texts.append(text) or text)  # type: ignore[misc]
        parts += (Part(text, channel, number) for text in texts)
    turns = [part.text for part in parts if part.channel == "user"]
    if len(turns) > 1:
        parts.append(Part("\n".join(turns), "user", None))
    return parts


def rewritten(messages: Sequence[Mapping[str, Any]], texts: Iterable[str]) -> list[dict[str, Any]]:
    """New messages with other texts: one for each part of `conversation`, in its order, but for the joined turns.

    Raises `InputError` as `conversation` does, and `ValueError` where there are fewer texts than parts.
    """
    supply = iter(texts)

    def change(_: str) -> str:
        for text in supply:
            return text
        raise ValueError("there are fewer texts than the messages have")

    return [_changed(message, number, change) for number, message, _ in _each(messages)]


def confidential(parts: Iterable[Part]) -> tuple[list[str], list[str]]:
    """The texts of a conversation that an answer must not repeat, and those that it may: all but the model's own."""
    listed = list(parts)
    system = [part.text for part in listed if part.channel == "system"]
    return system, [part.text for part in listed if part.channel not in ("system", "output")]


def _each(messages: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, Mapping[str, Any], Channel]]:
    if isinstance(messages, str | bytes | Mapping) or not isinstance(messages, Sequence):
        raise InputError(f"expected a list of messages with role and content, not {type(messages).__name__}")
    for number, message in enumerate(messages):
        if not isinstance(message, Mapping):
            raise InputError(f"message {number} is {type(message).__name__}: expected a mapping with role and content")
        role = message.get("role")
        if not isinstance(role, str) or role not in ROLES:
            raise InputError(f"message {number} has role {shown(role)}: expected one of {', '.join(ROLES)}")
        yield number, message, ROLES[role]


def _changed(message: Mapping[str, Any], number: int, change: Change) -> dict[str, Any]:
    """A copy of the message with each text changed, in the order in which they stand."""
    changed = dict(message)
    content = message.get("content")
    if isinstance(content, str):
        changed["content"] = content and change(content)
    elif isinstance(content, Sequence) and not isinstance(content, bytes):
        changed["content"] = [_block(block, number, change) for block in content]
    elif content is not None:
        raise InputError(f"message {number} has content of type {type(content).__name__}: expected text or blocks")
    calls = message.get("tool_calls") or ()
    if isinstance(calls, str | bytes) or not isinstance(calls, Sequence):
        raise InputError(f"message {number} has tool_calls of type {type(calls).__name__}: expected a list")
    if calls:
        changed["tool_calls"] = [
            {**call, "function": _call(call.get("function"), change)} if isinstance(call, Mapping) else call
            for call in calls
        ]
    if "function_call" in message:
        changed["function_call"] = _call(message["function_call"], change)
    return changed


def _call(function: Any, change: Change) -> Any:
    if isinstance(function, Mapping) and isinstance(function.get("arguments"), str) and function["arguments"]:
        return {**function, "arguments": change(function["arguments"])}
    return function


def _block(block: Any, number: int, change: Change, depth: int = 0) -> Any:
    if isinstance(block, str):
        return block and change(block)
    if not isinstance(block, Mapping) or depth > NESTED:
        raise InputError(f"message {number} has a content block of type {type(block).__name__} at depth {depth}")
    changed = dict(block)
    for key in ("text", "refusal", "content"):
        value = block.get(key)
        if isinstance(value, str):
            changed[key] = value and change(value)
        elif isinstance(value, list | tuple):  # a tool's result has blocks of its own
            changed[key] = [_block(inner, number, change, depth + 1) for inner in value]
    return changed
