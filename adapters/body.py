"""The body of an ASGI request: read as far as a guard has to, and given to the application once more."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from guardkit.attachment import decoded, is_text
from guardkit.errors import InputError

from .exchange import JSON
from .form import MULTIPART, URLENCODED, fields

__all__ = ["Body", "Message", "Receive", "TooLong", "Unreadable", "is_binary", "is_json", "read"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

SNIFFED = 1_024  # bytes at the beginning by which a body is told to be binary
LEAST = 64  # bytes that tell it
UPLOAD = 64 * 1024 * 1024  # 64 MiB of a form with files
BLANK = b" \t\r\n\x00\xff\xfe\xef\xbb\xbf"  # what may come before JSON: blanks and marks of its encoding
TEXTUAL = re.compile(
    r"text/|application/(?:[\w.+-]+[+-])?(?:xml|yaml|graphql|javascript|sql|toml|jsonl|jsonlines|ndjson)"
)
PLAIN = ("", "utf-8", "utf8", "us-ascii", "ascii")
BYTES = "surrogateescape"  # keeps what is no UTF-8 as it is


class TooLong(InputError):
    """The body of a request is longer than the limit."""


class Unreadable(InputError):
    """The body of a request is encoded in a way that cannot be read."""


@dataclass(frozen=True, slots=True)
class Body:
    """As much as was read. `kind` is the content type that the client gave, in lower case, `header` all it said."""

    kind: str
    header: str = field(repr=False)
    content: bytes = field(repr=False)
    more: bool = False  # the rest was not read, because it is binary

    @property
    def is_json(self) -> bool:
        """Whether it is JSON, or could be read as such: most applications do not ask for the content type."""
        if is_json(self.kind):
            return True
        return not self.more and _is_json(self.content)

    @property
    def is_form(self) -> bool:
        """Whether it is a form, by its content type: nobody reads another body as one."""
        return is_form(self.kind)

    @property
    def is_text(self) -> bool:
        """Whether it is text by its content type, or by its bytes."""
        return not self.more and (TEXTUAL.match(self.kind) is not None or not is_binary(self.content))

    def texts(self) -> list[str]:
        """What it says: as UTF-8, or by the mark of its encoding, and in the charset that the client declared.

        An application may ask for that or not. Raises `Unreadable` where it is of no charset that there is.
        """
        found = [self.content.decode("utf-8", BYTES)]
        if b"\x00" in self.content[:SNIFFED]:
            found.append(decoded(self.content, textual=True))
        charset = _charset(self.header)
        if charset not in PLAIN:
            try:
                found.append(self.content.decode(charset))
            except (LookupError, ValueError):
                raise Unreadable("the body of the request is not in the charset that it is declared in") from None
        return list(dict.fromkeys(found))

    def form(self) -> dict[str, Any]:
        """The names and values of a form, a value alone where it is the only one. Raises `InputError`."""
        found = fields(self.content, self.kind, self.header)
        return {name: values[0] if len(values) == 1 else values for name, values in found.items()}

    def rows(self) -> list[Any] | None:
        """Its lines, where each is JSON and there are several; None where it is something else."""
        lines = self.content.split(b"\n")
        if len(lines) < 2 or self.content.lstrip()[:1] not in (b"{", b"[", b'"'):
            return None
        try:
            return [json.loads(line) for line in lines if line.strip()]
        except (ValueError, RecursionError):
            return None

    def replay(self, content: bytes, receive: Receive) -> Receive:
        """A `receive` that has this content, and then what really comes: the rest, or that the client is gone."""
        waiting = [content]

        async def again() -> Message:
            if not waiting:
                return await receive()
            return {"type": "http.request", "body": waiting.pop(), "more_body": self.more}

        return again


async def read(receive: Receive, header: str, limit: int) -> Body | None:
    """The body of a request; None where the client went away. `header` is its content type.

    Of one that is binary only the beginning is read. Raises `TooLong`.
    """
    kind = header.partition(";")[0].strip().lower()
    limit = max(limit, UPLOAD) if kind.startswith(MULTIPART) else limit
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
    return Body(kind, header, bytes(content), more)


def is_json(kind: str) -> bool:
    """Whether a content type is JSON's."""
    return kind == JSON or kind.endswith("+json")


def is_form(kind: str) -> bool:
    """Whether a content type is a form's."""
    return kind == URLENCODED or kind.startswith(MULTIPART)


def is_binary(content: bytes | bytearray) -> bool:
    """Whether what begins so is no text in any encoding."""
    return not is_text(bytes(content[:SNIFFED]))


def _is_wanted(kind: str, content: bytes | bytearray) -> bool:
    """Whether a body of which this is the beginning has to be read in full."""
    if is_json(kind) or is_form(kind) or TEXTUAL.match(kind) or len(content) < LEAST:
        return True
    begin = content[:SNIFFED].lstrip(BLANK)[:1]
    return begin in (b"", b"{", b"[", b'"') or not is_binary(content)  # as JSON begins that holds a text


def _is_json(content: bytes) -> bool:
    if content.lstrip(BLANK)[:1] not in (b"{", b"[", b'"'):
        return False
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True


def _charset(header: str) -> str:
    found = re.search(r";\s*charset\s*=\s*[\"']?([^\"';\s]*)", header, re.I)
    return found.group(1).lower() if found else ""
