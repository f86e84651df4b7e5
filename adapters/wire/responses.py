"""OpenAI's Responses API."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from guardkit.texts import Place, Text, message, owner, pieces, walk
from guardkit.verdict import Channel

from .protocol import REFUSAL, Data, Delta, Key, Parts, told

__all__ = ["Responses"]

UNREAD = frozenset({
    "model", "metadata", "user", "safety_identifier", "prompt_cache_key", "previous_response_id", "conversation",
    "include",
})  # fmt: skip
SETTINGS = frozenset({
    "store", "tool_choice", "reasoning", "stream_options", "service_tier", "prompt_cache_retention",
    "truncation", "background", "context_management", "moderation",
})  # fmt: skip
OVER = ("response.completed", "response.incomplete", "response.failed", "error")


class Responses:
    """`POST …/responses` and `…/responses/compact`, the items of conversations, and what `GET …/responses/ID` brings.

    What is on the server already, by `previous_response_id`, `conversation` or an `item_reference`, was checked if it
    was sent through a guard; it is not sent again, so it cannot be checked again. The same holds for the template that
    `prompt` names; its variables are checked.
    """

    group = 9  # every text by itself: each has an event that says it is over
    named = True
    bare = False

    def fresh(self) -> Responses:
        return self

    def request(self, body: Data) -> Iterator[Text]:
        for key, value in body.items():
            if key in ("input", "items") and isinstance(value, list):
                for at, each in enumerate(value):
                    yield from message(each, (key, at), _owner(each))
            elif key == "instructions":
                yield from walk(value, "system", (key,))
            elif key in ("tools", "text"):
                yield from walk(value, "tool", (key,))
            elif key in SETTINGS:
                yield from told(value, (key,))
            elif key not in UNREAD:
                yield from walk(value, "user", (key,))

    def answer(self, body: Data) -> Iterator[Text]:
        # The answer repeats the request's instructions and tools, which are nothing that the model said.
        for key in ("output", "output_text", "error", "summary", "metadata"):
            yield from walk(body.get(key), "output", (key,))

    def event(self, data: Data) -> Parts:
        kind = str(data.get("type", ""))
        if kind.endswith(".delta"):
            if "audio.delta" in kind:  # base64 of sound
                return Parts()
            found = list(pieces(data.get("delta"), "tool" if "output_content" in kind else "output", ("delta",)))
            name = kind.removesuffix(".delta")
            deltas = [
                Delta((*_key(data, name), *text.place[1:]), text.place, text.text, text.channel, (name,))
                for text in found
                if not text.fixed
            ]
            return Parts(tuple(deltas), tuple(text for text in found if text.fixed))
        answer = data.get("response")
        if isinstance(answer, Mapping):
            texts: Iterator[Text] = (_under("response", text) for text in self.answer(answer))
        else:
            texts = walk(data, "output")
        ends: tuple[Key, ...] = ()
        if kind in OVER:
            ends = ((),)
        elif kind == "response.output_item.done":
            ends = ((data.get("output_index", 0),),)
        elif kind.endswith("_part.done"):  # the Agents SDK says nothing else of a text that is over
            ends = (_key(data, "")[:2],)
        elif kind.endswith(".done"):
            ends = (_key(data, kind.removesuffix(".done")),)
        return Parts((), tuple(texts), ends)

    def piece(self, data: Data, delta: Delta, text: str) -> Data:
        # It keeps the number of the last delta: were the events renumbered, a client could not resume after one.
        found: dict[str, Any] = {**data, "delta": text if len(delta.place) == 1 else {delta.place[-1]: text}}
        return {**found, "logprobs": []} if "logprobs" in data else found

    def refusal(self, asked: Data) -> Data:
        return {**_head(asked), "status": "completed", "output": [_said("completed")]}

    def refusals(self, asked: Data) -> Iterable[Data | str]:
        head, said = _head(asked), _said("completed")
        at = {"item_id": said["id"], "output_index": 0, "content_index": 0}
        part = {"type": "refusal", "refusal": ""}
        events: list[dict[str, Any]] = [
            {"type": "response.created", "response": {**head, "status": "in_progress", "output": []}},
            {"type": "response.output_item.added", "output_index": 0,
             "item": {**said, "status": "in_progress", "content": []}},
            {"type": "response.content_part.added", **at, "part": part},
            {"type": "response.refusal.delta", **at, "delta": REFUSAL},
            {"type": "response.refusal.done", **at, "refusal": REFUSAL},
            {"type": "response.content_part.done", **at, "part": {**part, "refusal": REFUSAL}},
            {"type": "response.output_item.done", "output_index": 0, "item": said},
            {"type": "response.completed", "response": self.refusal(asked)},
        ]  # fmt: skip
        return [{**event, "sequence_number": number} for number, event in enumerate(events)]

    def stopped(self, first: Data, last: Data, keys: Sequence[Key]) -> Iterable[Data | str]:
        begun = first.get("response")
        ended = {"status": "incomplete", "incomplete_details": {"reason": "content_filter"}}
        head = begun if isinstance(begun, Mapping) else _head({})
        number = last.get("sequence_number")
        yield {
            "type": "response.incomplete",
            "sequence_number": number + 1 if isinstance(number, int) else 0,
            "response": {**head, **ended, "output": [_said("incomplete")]},
        }


def _owner(item: Any) -> Channel:
    """Whose text an item is that is no message with a role: if its type does not say it, not the user's own."""
    if not isinstance(item, Mapping) or item.get("type", "message") == "message":
        return "user"
    found = owner(item["type"], "user")
    return "tool" if found == "user" else found


def _key(data: Data, name: str) -> Place:
    part = data.get("content_index", data.get("summary_index", data.get("command_index", 0)))
    return (data.get("output_index", 0), part, name)


def _under(name: str, text: Text) -> Text:
    return replace(text, place=(name, *text.place))


def _said(status: str) -> dict[str, Any]:
    content = [{"type": "refusal", "refusal": REFUSAL}]
    return {"id": "msg_guardkit", "type": "message", "role": "assistant", "status": status, "content": content}


def _head(asked: Data) -> dict[str, Any]:
    return {
        "id": "resp_guardkit", "object": "response", "created_at": int(time.time()), "model": asked.get("model", ""),
        "error": None, "incomplete_details": None, "instructions": None, "metadata": {}, "parallel_tool_calls": True,
        "tool_choice": "auto", "tools": [], "temperature": None, "top_p": None,
    }  # fmt: skip
