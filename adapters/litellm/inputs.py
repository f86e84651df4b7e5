"""What LiteLLM gives to a guardrail: texts, messages, tools and tool calls of a request or of an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from guardkit.errors import InputError
from guardkit.texts import Text, message, replaced, walk
from guardkit.verdict import Channel

from ..inspection import NOTHING, Context, Inspector
from .objects import plain

__all__ = ["inspected"]

LISTS = ("texts", "structured_messages", "tools", "tool_calls")


def inspected(
    inspector: Inspector, inputs: Mapping[str, Any], *, answer: bool, context: Context = NOTHING
) -> dict[str, Any]:
    """Those of the inputs that have to be replaced, empty where none has.

    Raises `GuardBlocked`, and `InputError` for what are no inputs.
    """
    found = {name: plain(value, strict=True) for name in LISTS if (value := inputs.get(name)) is not None}
    for name, value in found.items():
        if not isinstance(value, list):
            raise InputError(f"{name} is {type(value).__name__}: expected a list")
    if not all(isinstance(text, str) for text in found.get("texts", ())):
        raise InputError("texts holds something that is no str")
    texts = list(_texts(found, answer=answer))
    changes = inspector.check(texts, context)
    if not changes:
        return {}
    # The same text stands among the messages and, without its role, among the texts.
    others = {text.text: changes[text.place] for text in texts if text.place in changes}
    body = {"messages": found.get("structured_messages"), "tools": found.get("tools"), "texts": found.get("texts"),
            "tool_calls": found.get("tool_calls")}  # fmt: skip
    changed = replaced(body, changes)
    made = {name: changed["messages" if name == "structured_messages" else name] for name in found}
    if "texts" in made:
        made["texts"] = [others.get(text, text) for text in made["texts"]]
    return {name: value for name, value in made.items() if value != found[name]}


def _texts(inputs: Mapping[str, Any], *, answer: bool) -> Iterator[Text]:
    channel: Channel = "output" if answer else "user"
    placed: set[str] = set()
    for at, each in enumerate(inputs.get("structured_messages", ())):
        for text in message(each, ("messages", at), channel):
            placed.add(text.text)
            yield text
    for at, said in enumerate(inputs.get("texts", ())):
        if said not in placed:
            yield Text(said, channel, ("texts", at))
    yield from walk(inputs.get("tools"), "tool", ("tools",))
    for text in walk(inputs.get("tool_calls"), "output", ("tool_calls",)):
        if text.text not in placed:
            yield text
