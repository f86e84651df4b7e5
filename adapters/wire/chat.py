"""OpenAI chat completions, and what many providers speak after their example."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from guardkit.attachment import attached
from guardkit.joints import strand
from guardkit.texts import Place, Text, message, pieces, walk

from .protocol import REFUSAL, Data, Delta, Key, Parts, alone, base, told, uncut

__all__ = ["Chat"]

# Of these no model reads anything. The usual stop sequences, `<|im_end|>` or "SYSTEM:", would be blocked as such.
UNREAD = frozenset({"model", "metadata", "user", "stop", "logit_bias", "safety_identifier", "prompt_cache_key"})
# Of these it may read what says something.
SETTINGS = frozenset({
    "store", "tool_choice", "function_call", "modalities", "audio", "reasoning", "stream_options", "service_tier",
    "reasoning_effort", "verbosity", "prompt_cache_retention", "web_search_options", "parallel_tool_calls", "thinking",
})  # fmt: skip
DONE = "[DONE]"
# What readers put together, by the names on the way to it; all else in lists and mappings, such as sound, pictures,
# annotations and signatures, would be broken if it was cut.
APPENDED = frozenset({
    ("content",), ("content", "text"), ("content", "refusal"), ("content", "thinking"), ("content", "thinking", "text"),
    ("reasoning_details", "text"), ("reasoning_details", "summary"), ("thinking_blocks", "thinking"),
    ("audio", "transcript"), ("function_call", "arguments"), ("tool_calls", "function", "arguments"),
    ("tool_calls", "custom", "input"),
})  # fmt: skip
SAYING = (("function", "arguments"), ("custom", "input"))  # what a call says, by its kind
CALLS = 1_024  # of a stream, whose ids are remembered


class Chat:
    """`POST …/chat/completions`.

    In a stream the first piece of a tool call has its id, the others an index: the same as other calls, with some
    providers, or none. Another id is another call.
    """

    group = 1
    named = False
    bare = False

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], str] = {}  # a choice and an index → the call that is there now
        self._shared: set[tuple[str, str]] = set()  # where there were several

    def fresh(self) -> Chat:
        return Chat()

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
        texts: list[Text] = []
        ends: list[Key] = []
        choices = _list(data.get("choices"))
        for at, choice in enumerate(choices):
            if not isinstance(choice, dict):
                continue
            number, delta = choice.get("index", at), choice.get("delta")
            place: Place = ("choices", at, "delta")
            ids = self._named(delta, number)
            found = list(_deltas(delta, number, place, ids))
            deltas += found
            texts += uncut(delta, place, [each.place for each in found if each.text])
            ends += ((number,),) if choice.get("finish_reason") else _complete(delta, number, ids)
        rest = {key: value for key, value in data.items() if key != "choices"}
        own = [{**choice, "delta": None} if isinstance(choice, dict) else choice for choice in choices]
        texts += (*walk(rest, "output"), *walk(own, "output", ("choices",)))
        return Parts(tuple(deltas), tuple(texts), tuple(ends))

    def piece(self, data: Data, delta: Delta, text: str) -> Data:
        number, (_, at, _, *inside) = delta.key[0], delta.place
        said = alone(data["choices"][at]["delta"], tuple(inside), text)
        if inside[:1] == ["tool_calls"]:
            call = said["tool_calls"][0]
            if isinstance(call.get("index"), int) and _slot(number, call["index"]) not in self._shared:
                call.pop("id", None)  # the index tells it, and some readers would add the id to the one they have
        choice = {"index": number, "delta": said, "finish_reason": None}
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

    def _named(self, node: Any, number: Any) -> dict[Place, str]:
        """The id of each tool call in a delta, by its place there."""
        found: dict[Place, str] = {}
        for at, call in enumerate(_list(node.get("tool_calls")) if isinstance(node, dict) else ()):
            if isinstance(call, dict):
                slot = _slot(number, _index(call, at))
                own = call.get("id")
                if isinstance(own, str) and own:
                    if self._ids.pop(slot, own) != own:
                        self._shared.add(slot)
                    self._ids[slot] = own
                found["tool_calls", at] = self._ids.get(slot, "")
        while len(self._ids) > CALLS:
            del self._ids[slot := next(iter(self._ids))]
            self._shared.discard(slot)
        return found


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _index(entry: Any, at: int) -> Any:
    """What tells an entry of a list from the others."""
    own = entry.get("index") if isinstance(entry, dict) else None
    return at if own is None else own


def _slot(number: Any, index: Any) -> tuple[str, str]:
    return str(number), str(index)


def _key(number: Any, node: Any, inside: Place, ids: Mapping[Place, str]) -> Key:
    key = [number]
    for step in inside:
        key.append(_index(node[step], step) if isinstance(node, list) and isinstance(step, int) else step)
        node = node[step]
    return (*key[:3], ids[inside[:2]], *key[3:]) if inside[:2] in ids else tuple(key)


def _deltas(node: Any, number: Any, place: Place, ids: Mapping[Place, str]) -> Iterator[Delta]:
    """The pieces of texts in a delta. What else there is, and a call that begins, are empty ones: with these, what was
    said before is over.
    """
    for text in pieces(node, "output", place):
        inside = text.place[len(place) :]
        if text.fixed:
            continue
        key = _key(number, node, inside, ids)
        if _is_piece(text.text, inside):
            yield Delta(key, text.place, text.text, strand=(number, *strand(inside)))
        else:
            yield Delta((*key, ""), text.place, "")
    for list_, at in ids:
        for kind, name in SAYING:
            part = node[list_][at].get(kind)
            if isinstance(part, dict) and not part.get(name) and (name in part or part.get("name")):
                key = (*_key(number, node, (list_, at, kind), ids), name)
                yield Delta(key, (*place, list_, at, kind, name), "")


def _is_piece(text: str, inside: Place) -> bool:
    """Whether a reader adds this to what came before: of strings in the delta itself, all that may be texts."""
    names = tuple(step for step in inside if isinstance(step, str))
    if len(inside) > 1 or names in APPENDED:
        return names in APPENDED
    return not "".join(names).endswith("signature") and attached(text) is None


def _complete(node: Any, number: Any, ids: Mapping[Place, str]) -> Iterator[Key]:
    """The calls that came with their id and all their arguments. Their readers expect no more of them."""
    for list_, at in ids:
        call = node[list_][at]
        function = call.get("function")
        said = function.get("arguments") if isinstance(function, dict) else None
        if call.get("id") and isinstance(said, str) and said.strip()[:1] == "{" and said.strip()[-1:] == "}":
            yield _key(number, node, (list_, at), ids)


def _head(asked: Data, kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-guardkit", "object": kind, "created": int(time.time()), "model": asked.get("model", "")}
