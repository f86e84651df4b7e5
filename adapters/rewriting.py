"""A streamed answer, rewritten on its way: what its events say is held back until it is checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from guardkit.errors import GuardBlocked, GuardError
from guardkit.stream import StreamGuard
from guardkit.texts import Place, Text, replaced, without

from .inspection import Context, Inspector
from .sse import Event, Events, Lines, encoded
from .wire import BARE, Delta, Parts, Wire

__all__ = ["Rewriter", "Step"]

LOGPROBS = '"logprobs"'


@dataclass(frozen=True, slots=True)
class Step:
    """One event and what it holds; without parts it is passed on as it is."""

    event: Event
    data: Any = field(default=None, repr=False)
    parts: Parts | None = None


class _Flow:
    """One text that arrives in pieces."""

    def __init__(self, state: StreamGuard, delta: Delta) -> None:
        self.state = state
        self.delta = delta
        self.data: Mapping[str, Any] = {}  # of the last event that had a piece of it
        self.event = Event(b"")  # that event
        self.came = hashlib.blake2b(digest_size=16)
        self.out: list[str] | None = []  # what was passed on; None where it is too long to be kept
        self.size = 0

    def note(self, out: str, most: int) -> str:
        self.size += len(out)
        if self.size > most:
            self.out = None
        elif self.out is not None and out:
            self.out.append(out)
        return out


class Rewriter:
    """The state of one streamed answer. Bytes in, bytes out, no I/O, not thread-safe. `lines` are lines of JSON.

    Every event is passed on, at its place and with all that it carries, but its piece of text is replaced by what may
    be passed on by then; what is held back follows in one more event before the text is over. Events that repeat
    a text (`….done`, `response.completed`) get what was passed on of it, or are checked by themselves. Log
    probabilities, which say the text token by token, are emptied where text is held back.
    """

    def __init__(self, wire: Wire, inspector: Inspector, context: Context, *, lines: bool = False) -> None:
        self._wire = wire
        self._inspector = inspector
        self._context = context
        self._events = Lines() if lines else Events()
        self._flows: dict[Place, _Flow] = {}
        self._said: dict[bytes, str | None] = {}  # digest of a text that came in pieces → what was passed on of it
        self._first: Mapping[str, Any] = {}
        self._last: Mapping[str, Any] = {}

    def feed(self, chunk: bytes) -> Iterator[Step]:
        """The events that end in this chunk, to be given to `step` one by one."""
        return map(self._parsed, self._events.feed(chunk))

    def rest(self) -> Iterator[Step]:
        """The last event, where the stream ended in the middle of one."""
        return map(self._parsed, self._events.close())

    def due(self, step: Step) -> bool:
        """Whether `step` will scan, which takes milliseconds."""
        if step.parts is None:
            return False
        if step.parts.ends is not None or step.parts.texts:
            return True
        flows = [(self._flows.get(delta.key), delta) for delta in step.parts.deltas]
        return any(flow is None or flow.state.due(delta.text) for flow, delta in flows)

    def step(self, step: Step) -> bytes:
        """What may be passed on now. Raises `GuardBlocked`, and `GuardError` for an event that cannot be read."""
        parts = step.parts
        if parts is None:
            return (self.close() if _is_done(step.event) else b"") + step.event.raw
        self._first = self._first or step.data
        self._last = step.data
        own = [delta.key for delta in parts.deltas]
        before = [self._end(key) for key in self._over(parts) if key not in own]
        changes: dict[Place, str] = {}
        for delta in parts.deltas:
            out = self._push(delta, step)
            if parts.ends is not None and delta.key[: len(parts.ends)] == parts.ends:
                out += self._finish(delta.key)
            if out != delta.text:
                changes[delta.place] = out
        changes |= self._whole(parts.texts)
        data = replaced(step.data, changes)
        hide = self._inspector.mode != "observe" and (changes or parts.deltas) and LOGPROBS in (step.event.data or "")
        if hide:
            data = without(data, "logprobs")
        before.append(step.event.holding(data.get(BARE, data)) if changes or hide else step.event.raw)
        return b"".join(before)

    def close(self) -> bytes:
        """All that is still held back, once no more comes."""
        return b"".join([self._end(key) for key in list(self._flows)])

    def stopped(self) -> bytes:
        """The events that end the stream where it was blocked."""
        ends = self._wire.stopped(self._first, self._last, list(self._flows))
        return b"".join(encoded(data, named=self._wire.named) for data in ends)

    def _parsed(self, event: Event) -> Step:
        if event.data is None or not event.data.strip() or _is_done(event):
            return Step(event)
        try:
            data = json.loads(event.data)
            if not isinstance(data, dict) and self._wire.bare:
                event, data = replace(event, quoted=True), {BARE: data}
        except (ValueError, RecursionError):
            data = {BARE: event.data} if self._wire.bare else None
        if isinstance(data, dict):
            return Step(event, data, self._wire.event(data))
        if self._inspector.policy.on_error == "allow":
            return Step(event)
        raise GuardError("an event of the answer's stream is no JSON object, so it cannot be checked") from None

    def _over(self, parts: Parts) -> list[Place]:
        """The keys of the texts that are over before this event."""
        over = [key for key in self._flows if parts.ends is not None and key[: len(parts.ends)] == parts.ends]
        for delta in parts.deltas:
            if delta.text or delta.key not in self._flows:
                head = delta.key[: self._wire.group]
                over += (key for key in self._flows if key[: self._wire.group] == head and key not in over)
        return over

    def _push(self, delta: Delta, step: Step) -> str:
        flow = self._flows.get(delta.key)
        if flow is None:
            flow = self._flows[delta.key] = _Flow(self._inspector.stream(self._context, delta.channel), delta)
        flow.data, flow.event, flow.delta = step.data, step.event, delta
        flow.came.update(delta.text.encode("utf-8", "surrogatepass"))
        try:
            return flow.note(flow.state.push(delta.text), self._inspector.policy.limits.characters)
        except GuardBlocked as error:
            self._inspector.report(error.verdict)
            raise

    def _finish(self, key: Place) -> str:
        """What is still held back of a text that is over."""
        flow = self._flows[key]
        try:
            out = flow.note(flow.state.finish(), self._inspector.policy.limits.characters)
        except GuardBlocked as error:
            self._inspector.report(error.verdict)
            raise
        del self._flows[key]
        self._inspector.report(flow.state.verdict)
        if flow.out is not None:
            passed = "".join(flow.out)
            same = flow.came.digest() == _digest(passed)
            self._said[flow.came.digest()] = None if same or self._inspector.mode == "observe" else passed
        return out

    def _end(self, key: Place) -> bytes:
        flow = self._flows[key]
        out = self._finish(key)
        if not out:
            return b""
        piece = self._wire.piece(flow.data, flow.delta, out)
        return encoded(piece, named=True) if self._wire.named else flow.event.further(piece.get(BARE, piece))

    def _whole(self, texts: tuple[Text, ...]) -> dict[Place, str]:
        """What to replace of the texts that come whole: those that came in pieces before are checked already."""
        changes: dict[Place, str] = {}
        new: list[Text] = []
        for text in texts:
            digest = _digest(text.text)
            if digest not in self._said or text.fixed:
                new.append(text)
            elif (passed := self._said[digest]) is not None:
                changes[text.place] = passed
        if not new:
            return changes
        if self._inspector.mode == "observe":
            self._inspector.observe(new, self._context)
            return changes
        return changes | self._inspector.check(new, self._context)


def _is_done(event: Event) -> bool:
    return event.data is not None and event.data.strip() == "[DONE]"


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
