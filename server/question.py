"""What a request asks: its fields, as one table that the reader and the OpenAPI document share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from guardkit.decide import Policy
from guardkit.guard import Guard
from guardkit.jsontext import read
from guardkit.judge import Judge
from guardkit.verdict import CHANNELS, Channel, Verdict

from .problem import Problem

__all__ = ["BATCH", "CHECK", "Check", "Field", "Table", "body", "checks"]

JSON_NAMES = {dict: "an object", list: "a list", str: "a string", bool: "a boolean", type(None): "null"}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a request: what it may be, in words and as a JSON schema."""

    name: str
    expected: str
    schema: Mapping[str, Any]
    accepts: Callable[[Any], bool]
    about: str
    required: bool = False


Table = Mapping[str, Field]  # by name


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """One text that waits for its verdict. `judge` may be slow to build, so it is built where the check runs."""

    judge: Callable[[Channel], Judge] = field(repr=False)
    channel: Channel
    text: str = field(repr=False)

    def __call__(self) -> Verdict:
        return self.judge(self.channel)(self.text)


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_text, value))


def _channel(value: Any) -> bool:
    return isinstance(value, str) and value in CHANNELS


STRING: Mapping[str, Any] = {"type": "string"}
STRINGS: Mapping[str, Any] = {"type": "array", "items": STRING}
ONE = {"type": "string", "enum": list(CHANNELS)}
NAMES = ", ".join(CHANNELS)

TEXT = Field("text", "a string", STRING, _text, "The text to check.", required=True)
TEXTS = Field("texts", "a list of strings", STRINGS, _texts, "The texts to check.", required=True)
CHANNEL = Field(
    "channel", f"one of {NAMES}", {**ONE, "default": "user"}, _channel,
    "Who wrote the text: the user, a document, a tool's result, the system prompt, or the model's output.",
)  # fmt: skip
EACH = Field(
    "channel", f"one of {NAMES}, or a list with one for each text",
    {"anyOf": [ONE, {"type": "array", "items": ONE}], "default": "user"},
    lambda value: _channel(value) or (isinstance(value, list) and all(map(_channel, value))),
    "Who wrote the texts: one channel for all, or one for each.",
)  # fmt: skip
POLICY = Field("policy", "the name of a policy", STRING, _text, "One of the server's policies; by default the first.")
SYSTEM = Field(
    "system", "a string or a list of strings", {"anyOf": [STRING, STRINGS]}, lambda v: _text(v) or _texts(v),
    "The system prompts of the call, which an output must not give away.",
)  # fmt: skip
KNOWN = Field(
    "known", "a string or a list of strings", {"anyOf": [STRING, STRINGS]}, lambda v: _text(v) or _texts(v),
    "What the reader of an output has seen already, and it may repeat.",
)  # fmt: skip

CHECK: Table = {each.name: each for each in (TEXT, CHANNEL, POLICY, SYSTEM, KNOWN)}
BATCH: Table = {each.name: each for each in (TEXTS, EACH, POLICY, SYSTEM, KNOWN)}


def body(content: bytes, table: Table) -> dict[str, Any]:
    """The fields of a request. Raises `Problem`, which names fields of ours and shows nothing of the client's."""
    try:
        data = read(content)
    except ValueError:
        raise Problem("bad_json", f"the body ({len(content)} bytes) is not JSON in UTF-8") from None
    if not isinstance(data, dict):
        raise Problem("bad_json", f"the body is {_named(data)}: expected an object")
    if data.keys() - table.keys():
        raise Problem("bad_request", f"the body has a field that is unknown here: expected {', '.join(table)}")
    for each in table.values():
        if each.name not in data:
            if each.required:
                raise Problem("bad_request", f"{each.name} is missing: expected {each.expected}")
        elif not each.accepts(data[each.name]):
            said = _named(data[each.name], each)
            raise Problem("bad_request", f"{each.name} is {said}: expected {each.expected}")
    return data


def checks(asked: Mapping[str, Any], guard: Guard, policies: Mapping[str, Policy], most: int) -> list[Check]:
    """The checks that a request asks for. Raises `Problem`."""
    texts: list[str] = asked["texts"] if "texts" in asked else [asked["text"]]
    if len(texts) > most:
        raise Problem("too_large", f"{len(texts)} texts are too many for one request: send at most {most}")
    channel = asked.get("channel", "user")
    channels: list[Channel] = channel if isinstance(channel, list) else [channel] * len(texts)
    if len(channels) != len(texts):
        raise Problem("bad_request", f"{len(channels)} channels for {len(texts)} texts: give one, or one for each")
    name = asked.get("policy", next(iter(policies)))
    if name not in policies:
        raise Problem("bad_request", f"policy is none of this server's: expected one of {', '.join(policies)}")
    settled = partial(guard.judge, policy=policies[name], system=asked.get("system", ()), known=asked.get("known", ()))
    judge = settled if len(texts) == 1 else cache(settled)
    return [Check(judge, channel, text) for channel, text in zip(channels, texts, strict=True)]


def _named(value: object, expected: Field | None = None) -> str:
    """What a value is, without showing it."""
    if expected is not None and isinstance(value, str) and expected.accepts(CHANNELS[0]):
        return "another string"
    if expected is not None and isinstance(value, list) and expected.accepts([]):
        return "a list with something else in it"
    return JSON_NAMES.get(type(value), "a number")
