"""Anthropic's messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from guardkit.joints import strand
from guardkit.texts import Place, Text, message, pieces, walk
from guardkit.verdict import Channel

from .protocol import REFUSAL, Data, Delta, Key, Parts, told, uncut

__all__ = ["Claude"]

UNREAD = frozenset({"model", "metadata", "stop_sequences", "betas", "anthropic_version"})
SETTINGS = frozenset({
    "tool_choice", "thinking", "container", "service_tier", "mcp_servers", "context_management", "inference_geo",
    "output_config", "speed",
})  # fmt: skip
CHANNELS: Mapping[str, Channel] = {"system": "system", "tools": "tool"}
# The field of a delta that readers add to what came before → its type. They replace what any other says.
TYPES: Mapping[str, str] = {"text": "text_delta", "thinking": "thinking_delta", "partial_json": "input_json_delta"}


class Claude:
    """`POST …/v1/messages` and its batches."""

    group = 1
    named = True
    bare = False

    def fresh(self) -> Claude:
        return self

    def request(self, body: Data) -> Iterator[Text]:
        for key, value in body.items():
            if key == "requests" and isinstance(value, list):
                for at, each in enumerate(value):
                    asked = each.get("params") if isinstance(each, Mapping) else None
                    for text in self.request(asked) if isinstance(asked, Mapping) else ():
                        yield replace(text, place=(key, at, "params", *text.place))
            elif key == "messages" and isinstance(value, list):
                for at, each in enumerate(value):
                    yield from message(each, (key, at))
            else:
                yield from _field(key, value)

    def answer(self, body: Data) -> Iterator[Text]:
        yield from walk(body, "output")

    def event(self, data: Data) -> Parts:
        kind, number = data.get("type"), data.get("index", 0)
        if kind == "content_block_delta":
            delta = data.get("delta")
            if isinstance(delta, Mapping) and delta.get("type") == "citations_delta":
                return Parts((), tuple(walk(data, "document")))
            return _parts(delta, number, "delta")
        if kind == "content_block_start":
            block = data.get("content_block")
            if isinstance(block, Mapping) and block.get("type") in ("text", "thinking"):
                return _parts(block, number, "content_block")
        over: tuple[Key, ...] = ((number,),) if kind == "content_block_stop" else ()
        if kind in ("message_delta", "message_stop", "error"):
            over = ((),)
        return Parts((), tuple(walk(data, "output")), over)

    def piece(self, data: Data, delta: Delta, text: str) -> Data:
        number, name = delta.key
        return {"type": "content_block_delta", "index": number, "delta": {"type": TYPES[str(name)], name: text}}

    def refusal(self, asked: Data) -> Data:
        content = [{"type": "text", "text": REFUSAL}]
        return {**_head(asked), "content": content, "stop_reason": "refusal"}

    def refusals(self, asked: Data) -> Iterable[Data | str]:
        yield {"type": "message_start", "message": _head(asked)}
        yield {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}
        yield {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": REFUSAL}}
        yield from self.stopped({}, {}, [(0, "text")])

    def stopped(self, first: Data, last: Data, keys: Sequence[Key]) -> Iterable[Data | str]:
        for number in sorted({key[0] for key in keys if isinstance(key[0], int)}):
            yield {"type": "content_block_stop", "index": number}
        delta = {"stop_reason": "refusal", "stop_sequence": None}
        yield {"type": "message_delta", "delta": delta, "usage": {"output_tokens": 0}}
        yield {"type": "message_stop"}


def _field(key: str, value: Any) -> Iterator[Text]:
    if key in CHANNELS:
        yield from walk(value, CHANNELS[key], (key,))
    elif key in SETTINGS:
        # A schema for the answer is read as the parameters of a tool are.
        yield from told(value, (key,), "tool" if key == "output_config" else "user")
    elif key not in UNREAD:
        yield from walk(value, "user", (key,))


def _parts(node: Any, number: Any, name: str) -> Parts:
    """The pieces of texts in a delta, and empty ones for what is whole: with it, what was said before is over."""
    deltas: list[Delta] = []
    for text in pieces(node, "output", (name,)):
        inside: Place = text.place[1:]
        if len(inside) == 1 and inside[0] in TYPES:
            deltas.append(Delta((number, *inside), text.place, text.text, strand=strand(inside)))
        elif not text.fixed:
            deltas.append(Delta((number, *inside), text.place, ""))
    return Parts(tuple(deltas), tuple(uncut(node, (name,), [each.place for each in deltas if each.text])))


def _head(asked: Data) -> dict[str, Any]:
    return {
        "id": "msg_guardkit", "type": "message", "role": "assistant", "model": asked.get("model", ""), "content": [],
        "stop_reason": None, "stop_sequence": None, "usage": {"input_tokens": 0, "output_tokens": 0},
    }  # fmt: skip
