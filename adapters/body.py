"""The body of an ASGI request: read as far as a guard has to, and given to the application once more."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from guardkit.errors import InputError

from .exchange import JSON

__all__ = ["Body", "Message", "Receive", "TooLong", "is_json", "is_textual", "read"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

SNIFFED = 1_024  # bytes at the beginning of a body without a content type
BINARY = frozenset(range(32)) - frozenset(b"\t\n\f\r\x1b")  # bytes that no text has
BLANK = b" \t\r\n\x00\xff\xfe\xef\xbb\xbf"  # what may come before JSON: blanks and marks of its encoding


class TooLong(InputError):
    """The body of a request is longer than the limit."""


@dataclass(frozen=True, slots=True)
class Body:
    """As much as was read. `kind` is the content type that the client gave, in lower case."""

    kind: str
    content: bytes = field(repr=False)
    more: bool = False  # the rest was not read, because it is neither JSON nor text

    @property
    def is_json(self) -> bool:
        """Whether it is JSON, or could be read as such: most applications do not ask for the content type."""
        if is_json(self.kind):
            return True
        if self.more or not _is_wanted("binary", self.content):
            return False
        try:
            json.loads(self.content)
        except (ValueError, RecursionError):
            return False
        return True

    @property
    def is_text(self) -> bool:
        """Whether it is text by its content type, or has none."""
        return is_textual(self.kind, self.content)

    def replay(self, content: bytes, receive: Receive) -> Receive:
        """A `receive` that has this content, and then what really comes: the rest, or that the client is gone."""
        waiting = [content]

        async def again() -> Message:
            if not waiting:
                return await receive()
            return {"type": "http.request", "body": waiting.pop(), "more_body": self.more}

        return again


async def read(receive: Receive, kind: str, limit: int) -> Body | None:
    """The body of a request; None where the client went away.

    Of one that is neither JSON nor text only the beginning is read. Raises `TooLong`.
    """
    content = bytearray()
    more = True
    while more and _is_wanted(kind, content):
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        content += message.get("body", b"")
        more = bool(message.get("more_body", False))
        if len(content) > limit and _is_wanted(kind, content):
            raise TooLong(f"the body has more than {limit} bytes")
    return Body(kind, bytes(content), more)


def is_json(kind: str) -> bool:
    """Whether a content type is JSON's."""
    return kind == JSON or kind.endswith("+json")


def is_textual(kind: str, content: bytes | bytearray) -> bool:
    """Whether it is text by its content type; without one, if nothing says that it is binary."""
    return kind.startswith("text/") or (not kind and not any(byte in content[:SNIFFED] for byte in BINARY))


def _is_wanted(kind: str, content: bytes | bytearray) -> bool:
    """Whether a body of which this is the beginning has to be read in full."""
    if is_json(kind) or is_textual(kind, content):
        return True
    begin = content.lstrip(BLANK)[:1]
    return begin in (b"", b"{", b"[", b'"')  # as JSON begins that holds a text
