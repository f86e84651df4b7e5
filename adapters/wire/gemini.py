"""Gemini's `generateContent`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from guardkit.texts import Place, Text, walk
from guardkit.verdict import Channel

from .protocol import REFUSAL, Data, Delta, Key, Parts, base, told

__all__ = ["Gemini"]

UNREAD = frozenset({"model", "cachedContent", "cached_content", "labels"})
SETTINGS = frozenset({
    "safetySettings", "safety_settings", "toolConfig", "tool_config", "generationConfig", "generation_config", "config",
    "stream",
})  # fmt: skip
STOPS = frozenset({"stopSequences", "stop_sequences"})  # of the settings; no model reads them
SCHEMAS = frozenset({
    "responseSchema", "response_schema", "responseJsonSchema", "response_json_schema", "tools",
})  # fmt: skip
SYSTEM = frozenset({"systemInstruction", "system_instruction"})
ROLES: Mapping[str, Channel] = {"user": "user", "model": "output", "function": "tool", "system": "system"}
HEAD = ("modelVersion", "responseId", "createTime")


class Gemini:
    """`POST …/models/NAME:generateContent`, and with `streams` the same as a stream."""

    group = 1
    named = False
    bare = False

    def __init__(self, *, streams: bool = False) -> None:
        self.streams = streams

    def fresh(self) -> Gemini:
        return self

    def request(self, body: Data) -> Iterator[Text]:
        for key, value in body.items():
            if key == "contents":
                for at, each in enumerate(value) if isinstance(value, list) else ((None, value),):
                    yield from _content(each, (key,) if at is None else (key, at))
            elif key in SYSTEM:
                yield from walk(value, "system", (key,))
            elif key in SCHEMAS:
                yield from walk(value, "tool", (key,))
            elif key in SETTINGS:
                yield from _settings(value, (key,))
            elif key not in UNREAD:
                yield from walk(value, "user", (key,))

    def answer(self, body: Data) -> Iterator[Text]:
        yield from walk(body, "output")

    def event(self, data: Data) -> Parts:
        deltas: list[Delta] = []
        ends: list[Key] = []
        found = data.get("candidates")
        candidates = [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []
        for at, candidate in enumerate(candidates):
            number = candidate.get("index", at)
            for place, part in _parts(candidate, ("candidates", at)):
                kind = "thought" if part.get("thought") is True else "text"
                deltas.append(Delta((number, kind), (*place, "text"), part["text"], strand=(number, kind)))
            if len(list(_parts(candidate, ()))) < len(_listed(candidate)):  # a call begins: what was said is before it
                deltas.append(Delta((number, "call"), ("candidates", at, "content"), ""))
            if candidate.get("finishReason"):
                ends.append((number,))
        pieces = {delta.place for delta in deltas}
        rest = {key: value for key, value in data.items() if key != "candidates"}
        texts = (text for text in walk(candidates, "output", ("candidates",)) if text.place not in pieces)
        return Parts(tuple(deltas), (*texts, *walk(rest, "output")), tuple(ends))

    def piece(self, data: Data, delta: Delta, text: str) -> Data:
        number, kind = delta.key
        part = {"text": text, "thought": True} if kind == "thought" else {"text": text}
        return {**base(data, *HEAD), "candidates": [{"content": {"parts": [part], "role": "model"}, "index": number}]}

    def refusal(self, asked: Data) -> Data:
        content = {"parts": [{"text": REFUSAL}], "role": "model"}
        usage = {"promptTokenCount": 0, "candidatesTokenCount": 0, "totalTokenCount": 0}
        return {"candidates": [{"content": content, "finishReason": "SAFETY", "index": 0}], "usageMetadata": usage}

    def refusals(self, asked: Data) -> Iterable[Data | str]:
        return [self.refusal(asked)]

    def stopped(self, first: Data, last: Data, keys: Sequence[Key]) -> Iterable[Data | str]:
        numbers = sorted({key[0] for key in keys if isinstance(key[0], int)})
        content = {"parts": [], "role": "model"}
        ended = [{"content": content, "finishReason": "SAFETY", "index": number} for number in numbers or [0]]
        yield {**base(last, *HEAD), "candidates": ended}


def _content(node: Any, place: Place) -> Iterator[Text]:
    """The texts of one turn, a mapping, a part or a string. What a function answered is a tool's, whoever sends it."""
    role = node.get("role") if isinstance(node, Mapping) else None
    channel = ROLES.get(role, "user") if isinstance(role, str) else "user"
    parts = node.get("parts") if isinstance(node, Mapping) else None
    if not isinstance(parts, list):
        yield from walk(node, channel, place)
        return
    rest = {key: value for key, value in node.items() if key != "parts"}
    yield from walk(rest, channel, place)
    for at, part in enumerate(parts):
        yield from walk(part, _owner(part, channel), (*place, "parts", at))


def _owner(part: Any, channel: Channel) -> Channel:
    names = part.keys() if isinstance(part, Mapping) else ()
    if any(name in names for name in ("functionResponse", "function_response", "codeExecutionResult")):
        return "tool"
    called = any(name in names for name in ("functionCall", "function_call", "executableCode"))
    return "output" if called else channel


def _settings(value: Any, place: Place) -> Iterator[Text]:
    if not isinstance(value, Mapping):
        yield from told(value, place)
        return
    for key, each in value.items():
        inner = (*place, key)
        if key in SYSTEM:
            yield from walk(each, "system", inner)
        elif key in SCHEMAS:
            yield from walk(each, "tool", inner)
        elif key in SETTINGS:
            yield from _settings(each, inner)
        elif key not in STOPS:
            yield from told(each, inner)


def _parts(candidate: Mapping[str, Any], place: Place) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """The parts of text of a candidate, each with its place."""
    for at, part in enumerate(_listed(candidate)):
        if isinstance(part, Mapping) and isinstance(part.get("text"), str):
            yield (*place, "content", "parts", at), part


def _listed(candidate: Mapping[str, Any]) -> list[Any]:
    content = candidate.get("content")
    parts = content.get("parts") if isinstance(content, Mapping) else None
    return parts if isinstance(parts, list) else []
