"""The texts of a payload: each with who wrote it and where it stands, and the payload again with some of them replaced.

Every string leaf is collected, and every key. What is known of the wire formats only says whose text it is, and which
leaves are names, read together as one text. Binary content is told by its bytes. So an unknown kind of block is read in
full, and nothing is skipped because of what it is called.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from guardkit.attachment import attached
from guardkit.errors import InputError
from guardkit.names import Names, is_identifier, is_sentence
from guardkit.verdict import Channel

__all__ = [
    "DEPTH",
    "LISTS",
    "ROLES",
    "Place",
    "Text",
    "identifies",
    "message",
    "numbered",
    "owner",
    "pieces",
    "replaced",
    "spoken",
    "walk",
    "without",
]

Place = tuple[str | int, ...]
"""The keys and indexes that lead from the root of a payload to a string."""

DEPTH = 64  # levels of a payload

ROLES: Mapping[str, Channel] = {
    "user": "user", "human": "user", "system": "system", "developer": "system",
    "assistant": "output", "ai": "output", "tool": "tool", "function": "tool",
}  # fmt: skip
LISTS = (("choices",), ("messages",), ("input",), ("output",))  # of a payload whose entries stand for themselves

# What a block of this type holds comes from a document, whoever sent the message that it is in.
DOCUMENTS = frozenset({
    "document", "search_result", "web_search_result", "file", "input_file", "resource", "url_citation",
    "file_citation", "search_result_location", "web_search_result_location",
})  # fmt: skip
RESULTS = ("_output", "_result", "mcp_list_tools")  # ends of the types whose text a tool wrote
CALLS = ("_call", "_use", "function_call", "tool_call", "reasoning", "thinking")  # ends of those that the model wrote
# Within a call, what the provider's own tool answered.
ANSWERED: Mapping[str, Channel] = {
    "output": "tool", "outputs": "tool", "error": "tool", "logs": "tool", "result": "tool", "results": "document",
}  # fmt: skip

# Names and settings. A value that could not be one, with a blank in it or too long, is read as text of its own.
IDENTIFIERS = frozenset({
    "id", "type", "role", "name", "index", "object", "model", "status", "call_id", "tool_call_id", "tool_use_id",
    "item_id", "response_id", "file_id", "container_id", "approval_request_id", "finish_reason", "stop_reason",
    "media_type", "mimeType", "mime_type", "format", "detail", "system_fingerprint", "service_tier", "phase",
    "server_label", "required", "enum", "const", "default", "$ref", "$schema", "example", "severity", "created_by",
    "obfuscation",
})  # fmt: skip
# Ends of those that applications have besides: `toolCallId`, `created_at`, `langgraph_node`. In a stream of theirs what
# stands under one is no piece of a text.
ENDS = re.compile(
    r"(?:^|_)(?:at|date|event|id|kind|model|name|node|ns|provider|reason|state|status|step|time|timestamp|type|version)$"
    r"|[a-z](?:At|Date|Event|Id|Kind|Model|Name|Node|Provider|Reason|State|Status|Step|Time|Timestamp|Type|Version)$"
)
# Of an answer or an event, at its top: what the provider's server says of it, and no model.
ENVELOPE = frozenset({"id", "object", "model", "system_fingerprint", "service_tier", "item_id", "response_id",
                      "obfuscation"})  # fmt: skip
# Of what stands under these, one word may be all that somebody said. One word anywhere else is a setting.
SAID = frozenset({
    "", "answer", "arguments", "base64", "blob", "body", "content", "data", "description", "file_data", "input",
    "instructions", "message", "output", "prompt", "query", "question", "reasoning", "reasoning_content", "refusal",
    "response", "result", "system", "text", "thinking", "uri", "url", "value",
})  # fmt: skip
SETTING = 64  # characters
SCHEMAS = ("string", "boolean", "integer", "number", "array", "object", "null")  # types of parameters
TITLE = 40  # characters of a title of a parameter, which frameworks make of its name
ARGUMENTS = frozenset({"args", "arguments", "input"})  # of a call, where a mapping's names are the tool's own
TOKENS = frozenset({"token", "logprob", "bytes", "top_logprobs"})
TOKEN = re.compile(r"\s*\S{0,48}\s*")
LOGPROBS = frozenset({"content", "refusal", "tokens", "token_logprobs", "top_logprobs", "text_offset"})


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a payload. `fixed` is one that cannot be replaced: a key, or what a base64 holds.

    `names` are keys and identifiers, in lines: nothing that anybody said.
    """

    text: str = field(repr=False)
    channel: Channel
    place: Place = field(repr=False)
    fixed: bool = False
    names: bool = False


def walk(
    node: Any, channel: Channel, place: Place = (), depth: int = 0, key: str = "", *, named: bool = True
) -> Iterator[Text]:
    """Every text below a node, in order, and then its names, joined. Types of blocks decide whose text it is, else it
    is the channel's.

    Images, sound and other binary content are not read; base64 that holds text is. `named` is whether names mean what
    they do in wire formats; below the arguments of a call they mean nothing. Raises `InputError` for what is nested
    more than 64 levels deep.
    """
    yield from _Walk().all(node, channel, _At(place, depth, key, named))


def pieces(
    node: Any, channel: Channel, place: Place = (), *, named: bool = True, said: Collection[Place] = ()
) -> Iterator[Text]:
    """The same for what comes in pieces: strings as they are, since a piece does not show what the whole will be.

    What stands at the places `said` is part of a text, though it looks like a name.
    """
    yield from _Walk(whole=False, said=said).all(node, channel, _At(place, named=named))


@dataclass(frozen=True, slots=True)
class _At:
    """Where a walk is: `key` is the last name on the way, `beside` the mapping that it stands in."""

    place: Place = ()
    depth: int = 0
    key: str = ""
    named: bool = True
    beside: Mapping[Any, Any] | None = None

    def under(self, step: str | int, *, key: str, named: bool, beside: Mapping[Any, Any] | None) -> _At:
        return _At((*self.place, step), self.depth + 1, key, named, beside)


class _Walk:
    """One way through a payload, on which its names are collected."""

    def __init__(self, *, whole: bool = True, said: Collection[Place] = ()) -> None:
        self._whole = whole
        self._said = said
        self._names = Names()

    def all(self, node: Any, channel: Channel, at: _At) -> Iterator[Text]:
        """The texts below a node, and then its names."""
        yield from self._texts(node, channel, at)
        yield from (Text(text, own, at.place, fixed=True, names=True) for text, own in self._names.texts())

    def _texts(self, node: Any, channel: Channel, at: _At) -> Iterator[Text]:
        if isinstance(node, str):
            yield from self._leaf(node, channel, at)
        elif at.depth > DEPTH:
            raise InputError(f"the payload is nested more than {DEPTH} levels deep")
        elif isinstance(node, Mapping):
            yield from self._mapping(node, channel, at)
        elif isinstance(node, list | tuple):
            for step, value in enumerate(node):
                yield from self._texts(value, channel, at.under(step, key=at.key, named=at.named, beside=at.beside))

    def _mapping(self, node: Mapping[Any, Any], channel: Channel, at: _At) -> Iterator[Text]:
        kind = node.get("type") if at.named else None
        own = owner(kind, channel)
        for name, value in node.items():
            label = str(name)
            if is_sentence(label):
                yield Text(label, own, at.place, fixed=True)
            else:
                self._names.add(label, own)
            if at.named and label == "logprobs" and channel == "output" and _is_logprobs(value):
                continue
            answered = isinstance(kind, str) and kind.endswith("_call") and label in ANSWERED
            inner = ANSWERED[label] if answered else own
            named = at.named and not (label in ARGUMENTS and isinstance(value, Mapping))
            yield from self._texts(value, inner, at.under(name, key=label, named=named, beside=node))

    def _leaf(self, text: str, channel: Channel, at: _At) -> Iterator[Text]:
        own = identifies(at.key) if not (self._whole or at.named) else at.key in IDENTIFIERS
        if own and is_identifier(text) and at.place not in self._said:
            if not (at.named and channel == "output" and len(at.place) == 1 and at.key in ENVELOPE):
                self._names.add(text, channel)
            return
        if self._whole and _is_setting(text, at.key, at.beside):
            self._names.add(text, channel)
            return
        found = attached(text, at.key, at.beside) if self._whole else None
        if found is None:
            if text:
                yield Text(text, channel, at.place)
            return
        self._names.add(found.head, channel)
        if found.text:
            yield Text(found.text, channel, at.place, fixed=True)
        if found.raw:
            yield Text(found.raw, channel, at.place, fixed=True, names=found.raw == text)


def _is_setting(text: str, key: str, beside: Mapping[Any, Any] | None) -> bool:
    """Whether a value is one word, or a parameter's title: the model, which knows prose, takes these for orders.

    The title of anything but a JSON schema, of a document say, is text.
    """
    if key == "title":
        return len(text) <= TITLE and beside is not None and beside.get("type") in SCHEMAS
    return key not in SAID and len(text) <= SETTING and text.isascii() and is_identifier(text)


def message(node: Any, place: Place = (), channel: Channel = "user", *, trusted: bool = True) -> Iterator[Text]:
    """The texts of one message that came on a channel; see `spoken`."""
    role = node.get("role") if isinstance(node, Mapping) else None
    yield from walk(node, spoken(role, channel, trusted=trusted), place)


def spoken(role: object, channel: Channel, *, trusted: bool = True) -> Channel:
    """The channel of what stands under a role in something that came on a channel.

    What was handed in as a document or as a tool's is no one else's, whatever stands in it. Nothing that a model said,
    or somebody who is not `trusted`, speaks for the system.
    """
    own = ROLES.get(role, channel) if isinstance(role, str) else channel
    if channel in ("document", "tool") or (own == "system" and (channel == "output" or not trusted)):
        return channel
    return own


def numbered(text: Text) -> int | None:
    """The index of the message that a text stands in."""
    head = text.place[:2]
    return head[1] if len(head) == 2 and head[0] == "messages" and isinstance(head[1], int) else None


def identifies(key: str) -> bool:
    """Whether an application names an identifier or a setting so."""
    return key in IDENTIFIERS or ENDS.search(key) is not None


def replaced(node: Any, changes: Mapping[Place, str]) -> Any:
    """The payload with other strings at these places. What is not on the way to one is shared, nothing is modified."""
    if not changes:
        return node
    if () in changes:
        return changes[()]
    below: dict[str | int, dict[Place, str]] = {}
    for place, text in changes.items():
        below.setdefault(place[0], {})[place[1:]] = text
    if isinstance(node, Mapping):
        return {key: replaced(value, below[key]) if key in below else value for key, value in node.items()}
    return [replaced(value, below[at]) if at in below else value for at, value in enumerate(node)]


def without(node: Any, name: str) -> Any:
    """The payload with everything under this key emptied."""
    if isinstance(node, Mapping):
        empty: Any = {key: ([] if isinstance(value, list) else None) for key, value in node.items() if key == name}
        return {key: empty[key] if key in empty else without(value, name) for key, value in node.items()}
    return [without(value, name) for value in node] if isinstance(node, list) else node


def owner(kind: object, channel: Channel) -> Channel:
    """Whose text a block of this type is. What a document or a tool holds never becomes the user's or the model's."""
    if not isinstance(kind, str):
        return channel
    if kind in DOCUMENTS:
        return "document"
    if kind.endswith(RESULTS):
        return "tool"
    return "output" if kind.endswith(CALLS) and channel not in ("document", "tool") else channel


def _is_logprobs(node: Any) -> bool:
    """Whether this says a text of the answer once more, token by token, and nothing else."""
    if isinstance(node, list):
        return all(isinstance(each, Mapping) and _is_token(each) for each in node)
    if node is None or not isinstance(node, Mapping) or not node.keys() <= LOGPROBS:
        return node is None
    return all(value is None or (isinstance(value, list) and all(map(_is_token, value))) for value in node.values())


def _is_token(node: Any) -> bool:
    """A token, alone or with what is said of it and its alternatives; or those with their numbers."""
    if isinstance(node, str):
        return TOKEN.fullmatch(node) is not None
    if not isinstance(node, Mapping):
        return node is None or isinstance(node, int | float)
    if not node.keys() <= TOKENS:
        return all(_is_token(str(key)) and isinstance(value, int | float) for key, value in node.items())
    lists = [node.get(name) or [] for name in ("top_logprobs", "bytes")]
    if not all(isinstance(each, list) and all(map(_is_token, each)) for each in lists):
        return False
    return _is_token(node.get("token")) and isinstance(node.get("logprob"), int | float | None)
