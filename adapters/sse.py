"""Server-sent events out of bytes, and back; and lines of JSON, which stream in the same way."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from guardkit.errors import GuardError

__all__ = ["Event", "Events", "Lines", "encoded"]

LARGEST = 64 * 1024 * 1024  # bytes of one event
LINE = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Event:
    """One event, comments included, as it came. `data` is None where it has none."""

    raw: bytes = field(repr=False)
    data: str | None = field(default=None, repr=False)
    fields: tuple[bytes, ...] = field(default=(), repr=False)  # the lines that are not data
    bare: bool = False  # a line of JSON, and nothing else
    quoted: bool = False  # its data is JSON, also where it is a str

    @property
    def is_comment(self) -> bool:
        """Whether it says nothing to who reads the stream."""
        return self.data is None and bool(self.fields) and all(line.startswith(b":") for line in self.fields)

    @property
    def name(self) -> str:
        """What the event is called; empty where it has no name."""
        found = [line[6:] for line in self.fields if line.startswith(b"event:")]
        return found[-1].decode("utf-8", "replace").strip() if found else ""

    def holding(self, data: object) -> bytes:
        """The event with other data and everything else as it was."""
        said = json.dumps(data).encode() if self.quoted else _json(data)
        return (
            said + b"\n" if self.bare else b"".join((*(line + b"\n" for line in self.fields), b"data: ", said, b"\n\n"))
        )

    def further(self, data: object) -> bytes:
        """One more event of the same name, with this data."""
        return replace(self, fields=tuple(line for line in self.fields if line.startswith(b"event:"))).holding(data)


class Events:
    """Splits a stream of bytes into events. Raises `GuardError` for one of more than 64 MiB."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._at = 0  # up to here there is no end of a line
        self._lines: list[bytes] = []
        self._raw = bytearray()  # those, as they came

    def feed(self, chunk: bytes) -> Iterator[Event]:
        """The events that end in this chunk."""
        self._buffer += chunk
        if len(self._buffer) + len(self._raw) > LARGEST:
            raise GuardError(f"an event of the stream has more than {LARGEST} bytes")
        start = 0
        while (match := LINE.search(self._buffer, self._at)) is not None:
            if match.group() == b"\r" and match.end() == len(self._buffer):
                break  # its line feed may still come
            line = bytes(self._buffer[start : match.start()])
            if line or self._lines:
                self._add(line, self._buffer[start : match.end()])
            start = self._at = match.end()
            if not line and self._lines:
                yield self._event()
        del self._buffer[:start]
        self._at = max(0, len(self._buffer) - 1)

    def close(self) -> Iterator[Event]:
        """What is left when the stream is over: an event without its empty line."""
        if self._buffer:
            line = bytes(self._buffer).rstrip(b"\r\n")
            self._add(line, line + b"\n")
            self._buffer.clear()
        if self._lines:
            self._raw += b"\n"
            yield self._event()

    def _add(self, line: bytes, raw: bytes | bytearray) -> None:
        self._raw += raw
        if line:
            self._lines.append(line)

    def _event(self) -> Event:
        lines, raw, self._lines, self._raw = self._lines, bytes(self._raw), [], bytearray()
        lines[0] = lines[0].removeprefix(b"\xef\xbb\xbf")
        data = [line[5:].removeprefix(b" ") for line in lines if line.startswith(b"data:")]
        fields = tuple(line for line in lines if not line.startswith(b"data:") and line != b"data")
        return Event(raw, b"\n".join(data).decode("utf-8", "replace") if data else None, fields)


class Lines:
    """Splits a stream of bytes into lines of JSON. Raises `GuardError` for one of more than 64 MiB."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, chunk: bytes) -> Iterator[Event]:
        """The lines that end in this chunk."""
        at = len(self._buffer)
        self._buffer += chunk
        if len(self._buffer) > LARGEST:
            raise GuardError(f"a line of the stream has more than {LARGEST} bytes")
        start = 0
        while (end := self._buffer.find(b"\n", max(at, start))) >= 0:
            yield self._line(start, end + 1)
            start = end + 1
        del self._buffer[:start]

    def close(self) -> Iterator[Event]:
        """The last line, where it has no end."""
        if self._buffer:
            yield self._line(0, len(self._buffer))
            self._buffer.clear()

    def _line(self, start: int, end: int) -> Event:
        raw = bytes(self._buffer[start:end])
        return Event(raw, raw.decode("utf-8", "replace").strip() or None, bare=True)


def encoded(data: object, *, named: bool) -> bytes:
    """An event of our own; `named` gives it the name of its type."""
    kind = data.get("type") if named and isinstance(data, dict) else None
    name = b"" if kind is None else f"event: {kind}\n".encode()
    return name + b"data: " + _json(data) + b"\n\n"


def _json(data: Any) -> bytes:
    if isinstance(data, str):
        return b"\ndata: ".join(data.encode("utf-8", "replace").split(b"\n"))
    return json.dumps(data, separators=(",", ":")).encode()
