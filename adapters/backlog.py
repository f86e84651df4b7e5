"""Events of an application's own format, which wait in their order until what they say may be passed on."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final

from guardkit.texts import Place, replaced, without

from .flow import Flow, Piece
from .sse import LARGEST, Event
from .wire import BARE

__all__ = ["Backlog"]

WORDLESS: Final = 10  # characters that an event without a text counts for
LONGEST: Final = 1_024  # events that wait, or
EACH: Final = 8  # so many for each character that is held back


@dataclass(slots=True)
class _Waiting:
    """An event, and what has to be passed before it."""

    event: Event
    data: Mapping[str, Any] = field(default_factory=dict, repr=False)
    pieces: Sequence[Piece] = ()
    changes: Mapping[Place, str] = field(default_factory=dict, repr=False)  # of its other texts

    @property
    def is_ready(self) -> bool:
        return all(piece.is_passed for piece in self.pieces)

    def written(self) -> bytes:
        """The event as it came, unless something was taken out of it."""
        said = {piece.place: piece.said for piece in self.pieces if piece.said != piece.text}
        changes = {**self.changes, **said}
        if not changes:
            return self.event.raw
        data = without(replaced(self.data, changes), "logprobs")
        return self.event.holding(data.get(BARE, data))


class Backlog:
    """The events of one stream that wait. No I/O, not thread-safe.

    What an event of a format says that nobody knows cannot be moved to another one: each may be a record of its own,
    with its own id. So each is passed on as it came, after those before it, once all of its pieces were passed. One
    that has come whole would wait for ever. So a text that is silent while `hold` characters of others come, or an
    event without a text for every ten of them, is taken to be over, as one is of which an event says so, and every text
    is, where more than 1,024 events wait, or 64 MiB. `hold` is None where a text has to be whole, and only that counts.
    """

    def __init__(self, hold: int | None) -> None:
        self._hold = hold
        self._events: deque[_Waiting] = deque()
        self._size = 0  # bytes of those
        self._came = 0  # characters of all texts

    def add(
        self,
        event: Event,
        data: Mapping[str, Any] | None = None,
        pieces: Sequence[Piece] = (),
        changes: Mapping[Place, str] | None = None,
    ) -> None:
        """The next event. Without pieces it only keeps its place."""
        self._events.append(_Waiting(event, data or {}, pieces, changes or {}))
        self._size += len(event.raw)
        self._came += sum(len(piece.text) for piece in pieces) or WORDLESS
        for piece in pieces:
            piece.others = self._came - piece.flow.length

    def take(self) -> bytes:
        """The events that need not wait any more."""
        out: list[bytes] = []
        while self._events and self._events[0].is_ready:
            first = self._events.popleft()
            self._size -= len(first.event.raw)
            out.append(first.written())
        return b"".join(out)

    def late(self, more: int = 0) -> list[Flow]:
        """The texts that the first event has waited for long enough, once so many more characters have come."""
        if not self._events:
            return []
        full = self._size > LARGEST or (self._hold is not None and len(self._events) > max(LONGEST, EACH * self._hold))
        waiting = chain(*(each.pieces for each in self._events)) if full else self._events[0].pieces
        flows = {piece.flow: None for piece in waiting if not piece.is_passed}
        return [flow for flow in flows if full or (self._hold is not None and self._silence(flow) + more >= self._hold)]

    def is_due(self, *sizes: int) -> bool:
        """Whether a text will be late once an event with pieces of these sizes has come."""
        return bool(self.late(sum(sizes) or WORDLESS))

    def _silence(self, flow: Flow) -> int:
        """Characters of other texts that have come since the last piece of this one."""
        return self._came - flow.length - flow.pieces[-1].others
