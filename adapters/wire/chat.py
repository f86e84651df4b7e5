"""OpenAI chat completions, and what many providers speak after their example."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from guardkit.joints import strand
from guardkit.texts import Place, Text, message, pieces, walk

from .protocol import REFUSAL, Data, Delta, Key, Parts, base, nested, told

__all__ = ["Chat"]

# Of these no model reads anything. The usual stop sequences, `<|im_end|>` or "SYSTEM:", would be blocked as such.
UNREAD = frozenset({"model", "metadata", "user", "stop", "logit_bias", "safety_identifier", "prompt_cache_key"})
# Of these it may read what says something.
SETTINGS = frozenset({
    "store", "tool_choice", "function_call", "modalities", "audio", "reasoning", "stream_options", "service_tier",
    "reasoning_effort", "verbosity", "prompt_cache_retention", "web_search_options", "parallel_tool_calls", "thinking",
})  # fmt: skip
DONE = "[DONE]"


class Chat:
    """`POST …/chat/completions`."""

    group = 1
    named = False
    bare = False

    def request(self, body: Data) -> Iterator[Text]:
        for key, value in body.items():
            if key == "messages" and isinstance(value, list):
                for at, each in enumerate(value):
                    yield from message(each, (key, at))
            elif key in ("tools", "functions", "response_format"):
                yield from walk(value, "tool", (key,))
            elif key == "documents":
                yield from walk(value, "document", (key,))
            elif key == "prediction":
                yield from walk(value, "output", (key,))
            elif key in SETTINGS:
                yield from told(value, (key,))
            elif key not in UNREAD:
                yield from walk(value, "user", (key,))

    def answer(self, body: Data) -> Iterator[Text]:
        yield from walk(body, "output", key="")

    def event(self, data: Data) -> Parts:
        deltas: list[Delta] = []
        fixed: list[Text] = []
        ends: list[Key] = []
        choices = [each for each in _list(data.get("choices")) if isinstance(each, dict)]
        for at, choice in enumerate(choices):
            number = choice.get("index", at)
            place: Place = ("choices", at, "delta")
            deltas += _deltas(choice.get("delta"), number, place)
            fixed += (text for text in pieces(choice.get("delta"), "output", place) if text.fixed)
            if choice.get("finish_reason"):
                ends.append((number,))
        rest = {key: value for key, value in data.items() if key != "choices"}
        own = [{**choice, "delta": None} for choice in choices]
        texts = (*fixed, *walk(rest, "output"), *walk(own, "output", ("choices",)))
        return Parts(tuple(deltas), texts, tuple(ends))

    def piece(self, data: Data, delta: Delta, text: str) -> Data:
        choice = {"index": delta.key[0], "delta": nested(delta.key[1:], text), "finish_reason": None}
        return {**base(data, "id", "object", "created", "model", "system_fingerprint"), "choices": [choice]}

    def refusal(self, asked: Data) -> Data:
        said = {"role": "assistant", "content": None, "refusal": REFUSAL}
        choice = {"index": 0, "message": said, "logprobs": None, "finish_reason": "content_filter"}
        usage = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
        return {**_head(asked, "chat.completion"), "choices": [choice], "usage": usage}

    def refusals(self, asked: Data) -> Iterable[Data | str]:
        head = _head(asked, "chat.completion.chunk")
        said = {"role": "assistant", "content": None, "refusal": REFUSAL}
        yield {**head, "choices": [{"index": 0, "delta": said, "finish_reason": None}]}
        yield {**head, "choices": [{"index": 0, "delta": {}, "finish_reason": "content_filter"}]}
        yield DONE

    def stopped(self, first: Data, last: Data, keys: Sequence[Key]) -> Iterable[Data | str]:
        head = base(last, "id", "object", "created", "model", "system_fingerprint")
        numbers = sorted({key[0] for key in keys if isinstance(key[0], int)})
        ended = [{"index": number, "delta": {}, "finish_reason": "content_filter"} for number in numbers or [0]]
        yield {**head, "choices": ended}
        yield DONE


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _deltas(node: Any, number: Any, place: Place) -> Iterator[Delta]:
    """Every string of a delta is a piece of the text with its path; in lists the entries say their index."""
    for text in pieces(node, "output", place):
        if not text.fixed:
            inside = text.place[len(place) :]
            yield Delta((number, *_key(node, inside)), text.place, text.text, strand=(number, *strand(inside)))
    calls = node.get("tool_calls") if isinstance(node, dict) else None
    for at, call in enumerate(_list(calls)):
        function = call.get("function") if isinstance(call, dict) else None
        if isinstance(function, dict) and not function.get("arguments"):  # it begins
            key = (number, "tool_calls", call.get("index", at), "function", "arguments")
            yield Delta(key, (*place, "tool_calls", at, "function", "arguments"), "")


def _key(node: Any, place: Place) -> Iterator[str | int]:
    for step in place:
        entry = node[step]
        yield entry.get("index", step) if isinstance(node, list) and isinstance(entry, dict) else step
        node = entry


def _head(asked: Data, kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-guardkit", "object": kind, "created": int(time.time()), "model": asked.get("model", "")}
