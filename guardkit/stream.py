"""A text that arrives in pieces: what of it may be passed on, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

from guardkit.errors import GuardBlocked, GuardError, InputError, shown
from guardkit.redaction import Redaction, Span
from guardkit.verdict import Channel, Verdict, worst

if TYPE_CHECKING:
    from guardkit.decide import Policy
    from guardkit.guard import Guard

__all__ = ["HOLD", "Mode", "StreamGuard"]

Mode = Literal["buffer", "window", "observe"]

HOLD = 200  # characters held back
CONTEXT = 400  # characters before them, already passed on, that a scan sees again
SLICE = 8_000  # characters of one long piece that are scanned at once
OPEN = 4_000  # characters for which the end of an offending sentence is awaited
LEAST = 64  # new characters that are worth a scan


class StreamGuard:
    """The state of one stream: a choice, a content block, the arguments of one tool call. No I/O, not thread-safe.

    "window" holds back the last `hold` characters. The bound: of a span of at most `hold` characters for which every
    scan that sees the whole of it blocks (or redacts), no character is ever passed on. For characters are passed on
    only after a clean scan, and only those that end `hold` or more before the end of what it saw: were the first
    character of the span among them, the whole span would have been in that scan. A longer span is found as soon as
    it is complete, or as what has arrived of it suffices; up to its length less `hold` characters are out by then.
    A scan follows when half of `hold` has arrived anew, and sees 400 characters before what is held, so the cost per
    character is bounded, and so is the memory. After `flush` the bound is weaker, since what was held back is out: of
    such a span the last character is never passed on, because what comes is checked with what was passed on before.

    "buffer" passes nothing on before the whole text is checked, and keeps at most `limits.characters` of the policy:
    of a longer text, `on_truncated` decides at once. Its verdict is that of `Guard.check` on the whole text.

    "observe" passes everything on at once and never blocks; `verdict` is there at the end.
    """

    def __init__(
        self,
        guard: Guard,
        mode: Mode = "window",
        channel: Channel = "output",
        *,
        hold: int = HOLD,
        policy: Policy | str | Path | None = None,
        system: str | Sequence[str] = (),
        known: str | Sequence[str] = (),
    ) -> None:
        if mode not in get_args(Mode):
            raise InputError(f"mode is {shown(mode)}: expected one of {', '.join(get_args(Mode))}")
        self._judge: Final = guard.judge(channel, policy=policy, system=system, known=known)
        room = self._judge.policy.limits.characters
        if not isinstance(hold, int) or not 1 <= hold <= room // 4:
            raise InputError(f"hold is {shown(hold)}: expected 1 to {room // 4}, a quarter of limits.characters")
        window = mode == "window"
        self.mode: Final = mode
        self._hold = hold if window else 0
        # As long as what is held back, so that after a flush a scan sees as much as before it.
        self._context = min(SLICE if mode == "buffer" else max(CONTEXT, hold), room // 4)
        self._open = min(OPEN, room // 4)
        self._slice = {"window": min(SLICE, room // 4), "observe": room - self._context, "buffer": room + 1}[mode]
        self._step = min(max(hold // 2, LEAST), self._slice) if window else self._slice
        self._tail = ""  # the end of the stream as it came: context, then what is held
        self._origin = 0  # where in the stream it begins
        self._passed = 0  # how much of it is passed on
        self._removed: tuple[Span, ...] = ()  # what is taken out of it
        self._fresh: list[str] = []  # came after the last scan
        self._size = 0  # characters of those
        self._waiting = False  # an offending sentence is not over yet
        self._state: Literal["open", "blocked", "broken", "done"] = "open"
        self._worst: Verdict | None = None
        self._taken: list[Span] = []  # what was taken out of the stream so far

    def __repr__(self) -> str:
        return f"StreamGuard(mode={self.mode!r}, state={self._state!r}, held={self.held})"

    @property
    def verdict(self) -> Verdict | None:
        """The worst so far, None before a scan. Spans are places in the stream; texts are those of the scanned part."""
        return None if self._worst is None else replace(self._worst, removed=tuple(self._taken))

    @property
    def held(self) -> int:
        """How many characters have come and are not passed on."""
        return 0 if self.mode == "observe" else len(self._tail) + self._size - self._passed

    def due(self, text: str) -> bool:
        """Whether `push` of this text will scan, which takes milliseconds; else it only appends."""
        return self._size + len(text) >= self._step

    def push(self, text: str) -> str:
        """Takes the next piece and returns what may be passed on now, often nothing.

        Raises `GuardBlocked`, then and at every later call.
        """
        if not isinstance(text, str):
            raise InputError(f"a stream is guarded as str, not {type(text).__name__}")
        self._require_open()
        out: list[str] = []
        at = 0
        while at < len(text):
            piece = text[at : at + self._slice - self._size]
            self._fresh.append(piece)
            self._size += len(piece)
            at += len(piece)
            if self._size >= self._step:
                out.append(self._scan(last=False))
        return text if self.mode == "observe" else "".join(out)

    def flush(self) -> str:
        """Checks what has come and returns all that is held back, as if the text was over; but more may come.

        What comes then is checked together with the end of what was passed on. Raises `GuardBlocked`.
        """
        self._require_open()
        return self._rest(unseen=self._size > 0 or self._waiting)

    def finish(self) -> str:
        """Checks the rest and returns what is left to pass on. Raises `GuardBlocked`. A second call returns nothing."""
        if self._state == "done":
            return ""
        self._require_open()
        out = self._rest(unseen=self._size > 0 or self._waiting or self._worst is None)
        self._state = "done"
        return out

    def _rest(self, *, unseen: bool) -> str:
        out = self._scan(last=True) if unseen else self._pass(Redaction(self._tail, self._removed), len(self._tail))
        return "" if self.mode == "observe" else out

    def _require_open(self) -> None:
        if self._state == "blocked" and self._worst is not None:
            raise GuardBlocked(self._worst)
        if self._state != "open":
            raise GuardError(f"the stream is {self._state}: a StreamGuard serves one stream")

    def _scan(self, *, last: bool) -> str:
        self._tail = "".join((self._tail, *self._fresh))
        self._fresh, self._size = [], 0
        whole = Redaction(self._tail, self._removed)
        self._state = "broken"  # unless the check returns
        verdict = self._judge(whole.text)
        self._state = "open"
        self._note(verdict, whole)
        if self.mode == "observe":
            return self._pass(whole, len(self._tail))
        if verdict.blocked:
            self._state = "blocked"
            self._tail, self._passed, self._removed = "", 0, ()
            self._require_open()
        if self.mode == "buffer" and not last:
            return ""
        found = whole.without([whole.back(*span) for span in verdict.removed])
        end = len(self._tail) if last else max(self._passed, len(self._tail) - self._hold)
        settled: list[Span] = []
        self._waiting = False
        for low, high in found.spans:
            begin = max(low, self._passed)
            if last or self._tail[high:].strip() or len(self._tail) - begin > self._open:
                settled.append((low, high))
                if high > self._passed and (low, high) not in self._removed:
                    self._take(begin + self._origin, high + self._origin)
                end = high if begin < end < high else end
            else:  # it is not over: neither it nor what follows is passed on, and the next scan finds it again
                settled += (span for span in self._removed if low <= span[0] and span[1] <= high)
                end = min(end, begin)
                self._waiting = True
        return self._pass(Redaction(self._tail).without(settled), end)

    def _pass(self, found: Redaction, end: int) -> str:
        """What is passed on up to `end` of the tail; of the tail, only the context of the next scan is kept."""
        start = self._passed
        for low, high in found.spans:
            if low < start < high and any(low <= first and past <= start for first, past in self._removed):
                start = min(high, end)  # its mark is out already
        spans = ((max(low, start) - start, min(high, end) - start) for low, high in found.spans)
        out = Redaction(self._tail[start:end], tuple(span for span in spans if span[0] < span[1])).text
        drop = max(0, end - self._context)
        self._tail = self._tail[drop:]
        self._origin += drop
        self._passed = end - drop
        self._removed = tuple((max(low - drop, 0), high - drop) for low, high in found.spans if high > drop)
        return out

    def _note(self, verdict: Verdict, whole: Redaction) -> None:
        """Keeps the worst verdict, with its evidence at its place in the stream."""

        def placed(span: Span) -> Span:
            low, high = whole.back(*span)
            return low + self._origin, high + self._origin

        found = tuple(replace(finding, span=placed(finding.span)) for finding in verdict.findings)
        moved = replace(verdict, findings=found)
        self._worst = moved if self._worst is None else worst((self._worst, moved))

    def _take(self, low: int, high: int) -> None:
        while self._taken and self._taken[-1][1] >= low:
            first, past = self._taken.pop()
            low, high = min(low, first), max(high, past)
        self._taken.append((low, high))
