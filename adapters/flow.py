"""One text of a stream that arrives in pieces, and what of it was passed on."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from guardkit.redaction import MARK
from guardkit.stream import StreamGuard
from guardkit.texts import Place
from guardkit.verdict import Verdict

from .sse import Event
from .wire import Delta

__all__ = ["Flow", "Piece"]


class Flow:
    """One text that arrives in pieces, for as long as the stream lasts: it may go on after it seemed to be over."""

    def __init__(self, state: StreamGuard, delta: Delta) -> None:
        self.state = state
        self.delta = delta
        self.data: Mapping[str, Any] = {}  # of the last event that had a piece of it
        self.event = Event(b"")  # that event
        self.came = hashlib.blake2b(digest_size=16)
        self.length = 0  # characters that came,
        self.passed = 0  # and those of them that were passed on
        self.pieces: deque[Piece] = deque()  # those in events that wait until all of them may be passed on
        self.out: list[str] | None = []  # what was passed on; None where it is too long to be kept
        self.size = 0
        self.said: bytes | None = None  # the digest of what had come when it was over last
        self.told: Verdict | None = None  # the last that was reported
        self.paused = False  # all of it was passed on, because it was over or another text began
        self.over = False  # an event said so
        self.went_on = False  # after a pause: another text that begins means nothing,
        self.reopened = False  # or even after the event: such events mean nothing either

    def take(self, delta: Delta, event: Event, data: Any) -> None:
        """The next piece, whose text may be passed on in other events."""
        self.data, self.event, self.delta = data, event, delta
        self.length += len(delta.text)
        self.came.update(delta.text.encode("utf-8", "surrogatepass"))

    def wait(self, delta: Delta) -> Piece:
        """The next piece, which is passed on where it stands."""
        piece = Piece(self, delta.place, delta.text, self.length)
        self.pieces.append(piece)
        self.take(delta, Event(b""), {})
        return piece

    def note(self, out: str, most: int) -> str:
        """Takes what may be passed on, and returns what of it is not said by the pieces that wait."""
        self.size += len(out)
        if self.size > most:
            self.out = None
        elif self.out is not None and out:
            self.out.append(out)
        start, self.passed = self.passed, self.length - self.state.held
        if self.passed == start or not self.pieces:
            return out
        first = self.pieces[0].start
        for at, said in _parts("".join(piece.text for piece in self.pieces)[start - first : self.passed - first], out):
            self._say(start + at, said)
        while self.pieces and self.pieces[0].is_passed:
            self.pieces.popleft()
        return ""

    def _say(self, at: int, said: str) -> None:
        """Gives each piece its part of what is said from here on in the text; a mark is said where it begins."""
        for piece in self.pieces:
            if said != MARK:
                piece.said += said[max(piece.start - at, 0) : max(piece.end - at, 0)]
            elif at < piece.end or piece is self.pieces[-1]:
                piece.said += said
                return

    def go_on(self) -> None:
        self.went_on = self.went_on or self.paused
        self.reopened = self.reopened or self.over
        self.paused = self.over = False


@dataclass(slots=True, eq=False)
class Piece:
    """A piece of a text, in an event that waits for it."""

    flow: Flow = field(repr=False)
    place: Place = field(repr=False)
    text: str = field(repr=False)
    start: int  # where it begins in its text
    others: int = 0  # characters of other texts that had come
    said: str = field(default="", repr=False)  # what may be passed on in its place

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_passed(self) -> bool:
        return self.flow.passed >= self.end


def _parts(text: str, out: str) -> Iterator[tuple[int, str]]:
    """What is passed on of a text, each part with where it stood: a mark is where what was taken out began."""
    if out == text:
        yield 0, out
        return
    *parts, last = out.split(MARK)
    at = 0
    for part in parts:
        at = max(text.find(part, at), at)
        yield at, part
        at += len(part)
        yield at, MARK
    yield max(len(text) - len(last), at), last
