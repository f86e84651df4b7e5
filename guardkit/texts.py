"""The texts of a payload: each with who wrote it and where it stands, and the payload again with some of them replaced.

Every string leaf is collected. What is known of the wire formats only says whose text it is, and which leaves are no
text: identifiers, settings, and binary content. So an unknown kind of block is read in full.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from guardkit.errors import InputError
from guardkit.verdict import Channel

__all__ = ["DEPTH", "ROLES", "Place", "Text", "joints", "message", "numbered", "owner", "replaced", "walk", "without"]

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

# Names and settings. A value that could not be one, with a blank in it or too long, is read as text all the same.
IDENTIFIERS = frozenset({
    "id", "type", "role", "name", "object", "model", "status", "call_id", "tool_call_id", "tool_use_id", "item_id",
    "response_id", "file_id", "container_id", "approval_request_id", "finish_reason", "stop_reason", "media_type",
    "mimeType", "mime_type", "format", "detail", "system_fingerprint", "service_tier", "phase", "server_label",
    "required", "enum", "const", "default", "$ref", "$schema", "example", "severity", "created_by", "obfuscation",
})  # fmt: skip
IDENTIFIER = re.compile(r"[\w.:/@+=#,$-]{0,256}")
BINARY = frozenset({"data", "file_data", "blob", "b64_json", "partial_image_b64", "result", "signature",
                    "encrypted_content", "encrypted_reasoning"})  # fmt: skip
BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
DATA_URL = re.compile(r"data:[^,]{0,200};base64,", re.I)
ARGUMENTS = frozenset({"args", "arguments", "input"})  # of a call, where a mapping's names are the tool's own
# Repeats the text token by token, counts, or names categories.
SKIPPED = frozenset({"logprobs", "usage", "content_filter_results", "prompt_filter_results", "cache_control"})


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a payload. `fixed` is one that cannot be replaced: a key, or what a base64 holds."""

    text: str = field(repr=False)
    channel: Channel
    place: Place = field(repr=False)
    fixed: bool = False


def walk(
    node: Any, channel: Channel, place: Place = (), depth: int = 0, key: str = "", *, named: bool = True
) -> Iterator[Text]:
    """Every text below a node, in order. Types of blocks decide whose text it is, else it is the channel's.

    Images, sound and other binary content are not read; base64 that holds text is. `named` is whether names mean what
    they do in wire formats; below the arguments of a call they mean nothing, and all is read. Raises `InputError` for
    what is nested more than 64 levels deep.
    """
    if isinstance(node, str):
        if text := _readable(node, key if named else ""):
            yield Text(text, channel, place, fixed=text != node)
    elif depth > DEPTH:
        raise InputError(f"the payload is nested more than {DEPTH} levels deep")
    elif isinstance(node, Mapping):
        kind = node.get("type") if named else None
        own = owner(kind, channel)
        for name, value in node.items():
            label = str(name)
            if re.search(r"\s", label):
                yield Text(label, own, place, fixed=True)
            if label in SKIPPED and named:
                continue
            answered = isinstance(kind, str) and kind.endswith("_call") and label in ANSWERED
            plain = kind == "text" and label == "data"  # a document that is given as text
            inner = ANSWERED[label] if answered else own
            still = named and not (label in ARGUMENTS and isinstance(value, Mapping))
            yield from walk(value, inner, (*place, name), depth + 1, "" if plain else label, named=still)
    elif isinstance(node, list | tuple):
        for at, value in enumerate(node):
            yield from walk(value, channel, (*place, at), depth + 1, key, named=named)


def message(node: Any, place: Place = (), default: Channel = "user") -> Iterator[Text]:
    """The texts of one message, on the channel of its role; `default` is that of a message without a known one."""
    role = node.get("role") if isinstance(node, Mapping) else None
    yield from walk(node, ROLES.get(role, default) if isinstance(role, str) else default, place)


def joints(texts: Iterable[Text]) -> dict[Text, list[Text]]:
    """Texts that may hold an attack together → their parts: all turns of the user, what is in one message or item."""
    groups: dict[tuple[object, ...], list[Text]] = {}
    for text in texts:
        if text.channel == "user":
            groups.setdefault(("user",), []).append(text)
        elif text.channel != "system":
            one = 2 if text.channel != "output" or text.place[:1] in LISTS else 1
            groups.setdefault((text.channel, *text.place[:one]), []).append(text)
    return {
        Text("\n".join(part.text for part in parts), parts[0].channel, _shared(parts), fixed=True): parts
        for parts in groups.values()
        if len(parts) > 1
    }


def numbered(text: Text) -> int | None:
    """The index of the message that a text stands in."""
    head = text.place[:2]
    return head[1] if len(head) == 2 and head[0] == "messages" and isinstance(head[1], int) else None


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


def _shared(parts: Iterable[Text]) -> Place:
    """The way that leads to all of these."""
    first, *others = (part.place for part in parts)
    same = next((at for at, step in enumerate(first) if any(place[at : at + 1] != (step,) for place in others)), None)
    return first if same is None else first[:same]


def _readable(text: str, key: str) -> str:
    """The text of a leaf; empty for names and for binary content."""
    if key in IDENTIFIERS and IDENTIFIER.fullmatch(text):
        return ""
    head = DATA_URL.match(text)
    if head is not None:
        return _decoded(text[head.end() :])
    return _decoded(text) if key in BINARY and BASE64.fullmatch(text) else text


def _decoded(text: str) -> str:
    try:
        found = base64.b64decode(text.translate({45: 43, 95: 47}) + "=" * (-len(text) % 4)).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
    return found if "\x00" not in found else ""
