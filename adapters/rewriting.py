"""A streamed answer, rewritten on its way: what its events say is held back until it is checked."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from guardkit.errors import GuardBlocked, GuardError
from guardkit.joints import strand
from guardkit.texts import Place, Text, replaced, without

from .backlog import Backlog
from .flow import Flow
from .inspection import Context, Inspector
from .labels import Labels, names
from .seams import Seams
from .sse import Event, Events, Lines, encoded
from .wire import BARE, Delta, Parts, Wire
from .wire.gateway import is_unknown
from .wire.plain import is_over, whole

__all__ = ["Rewriter", "Step"]

KEPT = 1_024  # texts of one stream whose state is kept
LOGPROBS = re.compile(r"logprobs|\\u")  # as it may stand in JSON


@dataclass(frozen=True, slots=True)
class Step:
    """One event and what it holds; without parts it is passed on as it is."""

    event: Event
    data: Any = field(default=None, repr=False)
    parts: Parts | None = None


class Rewriter:
    """The state of one streamed answer. Bytes in, bytes out, no I/O, not thread-safe. `lines` are lines of JSON.

    Every event is passed on, at its place and with all that it carries, but its piece of text is replaced by what may
    be passed on by then; what is held back follows in one more event before the text is over, or another one of its
    choice begins. Those of an unknown format wait in a `Backlog` instead. A text keeps its state to the end of the
    stream: if it goes on, its pieces are checked together with what was passed on before, and no longer passed on
    because of another text. Events that repeat a text (`….done`, `response.completed`) get what was passed on of it, or
    are checked by themselves. Log probabilities, which say the text token by token, are emptied.
    """

    def __init__(self, wire: Wire, inspector: Inspector, context: Context, *, lines: bool = False) -> None:
        self._wire = wire
        self._inspector = inspector
        self._context = context
        self._events = Lines() if lines else Events()
        self._flows: dict[Place, Flow] = {}  # the one that had a piece last is the last
        self._labels = Labels(inspector, watch=inspector.mode == "observe")
        self._seams = Seams(inspector, context)
        self._backlog = Backlog(inspector.hold if inspector.mode == "window" else None)
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
            return (self._is_end(step.event) and bool(self._flows)) or self._backlog.is_due()
        if step.parts.ends or step.parts.texts or self._backlog.is_due(*(len(each.text) for each in step.parts.deltas)):
            return True
        flows = [(self._flows.get(delta.key), delta) for delta in step.parts.deltas]
        return any(flow is None or flow.state.due(delta.text) for flow, delta in flows)

    def step(self, step: Step) -> bytes:
        """What may be passed on now. Raises `GuardBlocked`, and `GuardError` for an event that cannot be read."""
        if step.event.is_comment:
            return step.event.raw  # it keeps a connection alive, and has no place
        if step.parts is None:
            before = self._all(self._flush) if self._is_end(step.event) else b""
            self._backlog.add(Event(before + step.event.raw))
        else:
            self._take(step, step.parts)
        out = self._backlog.take()
        while flows := self._backlog.late():
            for flow in flows:
                self._flush(flow.delta.key)
                flow.paused = True
            out += self._backlog.take()
        return out

    def _take(self, step: Step, parts: Parts) -> None:
        self._first = self._first or step.data
        self._last = step.data
        self._labels.add(names(step.data), whole=self._wire.named)
        over = self._ended(parts)
        if is_unknown(self._wire, step.data):
            pieces = [self._flow(delta).wait(delta) for delta in parts.deltas]
            for delta in parts.deltas:
                self._seams.turn(delta.key, delta.text, step.data, delta.place)
                self._push(delta, over)
            self._pause(over, parts)
            self._backlog.add(step.event, step.data, pieces, self._whole(parts.texts))
            return
        changes: dict[Place, str] = {}
        for delta in parts.deltas:
            self._flow(delta).take(delta, step.event, step.data)
            if (out := self._push(delta, over)) != delta.text:
                changes[delta.place] = out
        self._pause(over, parts)
        self._backlog.add(Event(self._written(step, changes | self._whole(parts.texts))))

    def _ended(self, parts: Parts) -> list[Place]:
        """The keys of the texts that are over; what is held back of others than the event's own is passed on."""
        own = {delta.key for delta in parts.deltas}
        for delta in parts.deltas:
            if delta.text and delta.key in self._flows:
                self._flows[delta.key].go_on()
        over = self._over(parts)
        before = [self._further(self._flows[key], self._flush(key)) for key in over if key not in own]
        before += [self._further(self._flows[key], self._finish(key)) for key in self._forgotten(own)]
        if any(before):
            self._backlog.add(Event(b"".join(before)))
        return over

    def _pause(self, over: list[Place], parts: Parts) -> None:
        for key in over:
            if (flow := self._flows.get(key)) is not None:
                flow.paused, flow.over = True, any(key[: len(end)] == end for end in parts.ends)

    def _written(self, step: Step, changes: dict[Place, str]) -> bytes:
        data = replaced(step.data, changes)
        if self._inspector.mode != "observe" and LOGPROBS.search(step.event.data or ""):
            data = without(data, "logprobs")
        same = data is step.data or data == step.data
        return step.event.raw if same else step.event.holding(data.get(BARE, data))

    def beside(self, strand: Place, text: str) -> None:
        """Notes what is passed on as a name, and may turn out to be how a text begins."""
        self._seams.take(strand, None, text)

    def close(self) -> bytes:
        """All that is still held back, once no more comes."""
        self._backlog.add(Event(self._all(self._finish)))
        return self._backlog.take()

    def stopped(self) -> bytes:
        """The events that end the stream where it was blocked."""
        ends = self._wire.stopped(self._first, self._last, [key for key, flow in self._flows.items() if not flow.over])
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
        said = "is no JSON object"
        if isinstance(data, dict):
            parts = self._wire.event(data)
            ended = self._wire.bare and not parts.ends and is_over(event.name)
            if _is_counted(parts):
                return Step(event, data, whole(data) if ended else parts)
            said = "has an index that is no number"
        if self._inspector.policy.on_error == "allow":
            return Step(event)
        raise GuardError(f"an event of the answer's stream {said}, so it cannot be checked") from None

    def _is_end(self, event: Event) -> bool:
        """Whether an event without a text says that the stream is over."""
        return _is_done(event) or (self._wire.bare and is_over(event.name))

    def _over(self, parts: Parts) -> list[Place]:
        """The keys of the texts that are over: before this event, or with it for those of which it has a piece."""
        own = {delta.key: delta.key in self._flows for delta in parts.deltas}
        heads = {key[: self._wire.group] for key, known in own.items() if not known}
        over: list[Place] = []
        for key in (*self._flows, *(key for key, known in own.items() if not known)) if heads or parts.ends else ():
            flow = self._flows.get(key)
            begun = flow is not None and not flow.went_on and key[: self._wire.group] in heads
            ends = [end for end in parts.ends if key[: len(end)] == end]
            if begun or () in ends or (ends and not (flow is not None and flow.reopened)):
                over.append(key)
        return over

    def _forgotten(self, own: set[Place]) -> list[Place]:
        """The keys of those silent longest, where there are more than can be kept."""
        more = len(self._flows.keys() | own) - KEPT
        return [key for key in self._flows if key not in own][:more] if more > 0 else []

    def _flow(self, delta: Delta) -> Flow:
        """The text that this is the next piece of, which a reader may join with others."""
        flow = self._flows.pop(delta.key, None) or Flow(self._inspector.stream(self._context, delta.channel), delta)
        self._flows[delta.key] = flow
        if delta.strand is not None:
            self._seams.take(delta.strand, delta.key, delta.text, delta.channel)
        return flow

    def _push(self, delta: Delta, over: list[Place]) -> str:
        """What may be passed on with this piece."""
        flow = self._flows[delta.key]
        out = self._checked(flow, flow.state.push, delta.text)
        return out + self._flush(delta.key) if delta.key in over else out

    def _flush(self, key: Place) -> str:
        """What is still held back of a text that is over, unless more comes."""
        flow = self._flows[key]
        out = self._checked(flow, flow.state.flush)
        verdict = flow.state.verdict
        if verdict is not None and (flow.told is None or flow.told.action != verdict.action):
            self._inspector.report(verdict)
            flow.told = verdict
        self._remember(flow)
        return out

    def _finish(self, key: Place) -> str:
        """What is still held back of a text of which no more comes."""
        out = self._flush(key)
        del self._flows[key]
        return out

    def _checked(self, flow: Flow, step: Callable[..., str], *text: str) -> str:
        try:
            out = step(*text)
        except GuardBlocked as error:
            self._inspector.report(error.verdict)
            raise
        if out:
            self._seams.check()
        return flow.note(out, self._inspector.policy.limits.characters)

    def _remember(self, flow: Flow) -> None:
        if flow.said is not None:
            self._said.pop(flow.said, None)
        flow.said = None
        if flow.out is not None:
            passed, flow.said = "".join(flow.out), flow.came.digest()
            flow.out = [passed]
            same = flow.said == _digest(passed)
            self._said[flow.said] = None if same or self._inspector.mode == "observe" else passed
        while len(self._said) > KEPT:
            del self._said[next(iter(self._said))]

    def _all(self, step: Callable[[Place], str]) -> bytes:
        return b"".join([self._further(flow, step(key)) for key, flow in list(self._flows.items())])

    def _further(self, flow: Flow, out: str) -> bytes:
        """One more event that says this, where there is something to say."""
        data, event, flow.data, flow.event = flow.data, flow.event, {}, Event(b"")  # nothing is held back now
        if not out:
            return b""
        piece = self._wire.piece(data, flow.delta, out)
        if self._wire.named and not event.bare and piece.get("type") != data.get("type"):
            return encoded(piece, named=True)
        return event.further(piece.get(BARE, piece))

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
        for text in new:  # a format that nobody knows may say a text piece by piece in this way
            if not text.names:
                self._seams.take(("whole", *strand(text.place)), object(), text.text, text.channel)
        self._seams.check()
        if self._inspector.mode == "observe":
            self._inspector.observe(new, self._context)
            return changes
        return changes | self._inspector.check(new, self._context)


def _is_done(event: Event) -> bool:
    return event.data is not None and event.data.strip() == "[DONE]"


def _is_counted(parts: Parts) -> bool:
    """Whether texts are told apart by numbers and names."""
    keys = (*(delta.key for delta in parts.deltas), *parts.ends)
    return not any(isinstance(step, list | dict) for key in keys for step in key)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
