"""The steps by which a streamed answer of an ASGI application becomes what may be passed on."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import Any

from guardkit.joints import strand
from guardkit.names import is_known
from guardkit.stream import StreamGuard
from guardkit.texts import Place, Text, identifies

from .body import BYTES
from .exchange import Exchange
from .rewriting import Rewriter, Step
from .wire import Parts

__all__ = ["Pieces"]

KEPT = 400  # characters of names that may hold a text together
EVENT = re.compile(rb"\s*(?:(?:data|event|id|retry):|: ?\w*\n)")  # how a stream of events begins
REPEATED = 4  # characters; a longer name that comes again is the same name
KEYS = 1_024  # of which the last names are remembered
ENOUGH = 300  # new characters of names that are worth a check of every form,
WORDS = 3  # or so many words in one of them
WORD = re.compile(r"[A-Za-z][a-z]{3,}|[A-Z]{4,}")
SHORT = 16  # characters; what is longer is more than a piece


class _Names:
    """What the events of a stream are called, and what else a client may read beside their texts.

    No event waits for it, since a name that is held back names nothing. So it is read with what came before it, under
    the same key and under all, and the event that makes a denied word or the canary of it does not pass. In other forms
    that is found when 300 more characters have come, with a name of several words, or at the end: a check of every form
    takes milliseconds, and a stream has thousands of identifiers.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._last: dict[object, str] = {}  # the end of what came under each key
        self._tail: list[str] = []
        self._fresh = 0  # characters that came after the last check of every form
        self._due = False  # one is due
        self._short = False  # there were pieces
        self._own: list[str] = []  # what came under each key of the last event, in lines

    def take(self, step: Step) -> list[tuple[Place, str]]:
        """The names that are new, each with its key: there is something to check."""
        found: list[tuple[Place, str]] = []
        for line in step.event.fields:
            name, _, value = line.decode("utf-8", "replace").partition(":")
            found.append(((name,), value.strip()))
            if name not in ("", "id", "event", "retry"):
                found.append((("names",), name))
        parts = step.parts or Parts()
        found += _named(step.data, (), {delta.place for delta in parts.deltas})
        read = {text for _, text in found}  # what else the format takes for a name is a setting: one word of a text
        names = (name for text in parts.texts if text.names for name in text.text.split("\n"))
        found += ((("settings",), name) for name in names if name not in read)
        new = [(key, text) for key, text in found if self._is_new(key, text)]
        self._own = []
        for key, text in new:
            joined = (self._last.pop(key, "") + "\n" + text)[-KEPT:]
            self._last[key] = joined
            self._own.append(joined)
            self._tail.append(text)
            self._fresh += len(text)
            self._due = self._due or self._fresh >= ENOUGH or len(WORD.findall(text)) >= WORDS
            self._short = self._short or len(text) < SHORT
        while len(self._last) > KEYS:
            del self._last[next(iter(self._last))]
        return new

    def check(self, *, last: bool = False) -> None:
        """Raises `GuardBlocked`."""
        inspector = self._exchange.inspector
        lines = "\n".join(self._tail)
        suspected = [own for own in {lines[-KEPT:], *self._own} if inspector.suspects(own)]
        if not (last or self._due or suspected):
            return
        read = {lines, *(own.replace("\n", "") for own in suspected)} | (
            {"".join(self._tail)} if self._short else set()
        )
        self._fresh, self._due, self._short = 0, False, False
        while len(self._tail) > 1 and sum(map(len, self._tail[1:])) > KEPT:
            del self._tail[0]
        texts = [Text(text, "output", (at,), fixed=True, names=True) for at, text in enumerate(sorted(read))]
        if inspector.mode == "observe":
            inspector.observe(texts, self._exchange.context)
        else:
            inspector.check(texts, self._exchange.context)

    def end(self) -> None:
        """Checks what is left. Raises `GuardBlocked`."""
        if self._fresh:
            self.check(last=True)

    def _is_new(self, key: object, text: str) -> bool:
        """A name that all know says nothing, but a short one may be a piece of another, though it comes again."""
        if not text or (len(text) >= REPEATED and is_known(text)):
            return False
        same = self._last.get(key, "").rpartition("\n")[2] == text
        return not same or len(text) == 1 or (len(text) < REPEATED and not is_known(text))


class Pieces:
    """Steps for chunks of bytes. `lines`: of JSON, else they are events; None for text. With `typed=False` the first
    chunk tells it: many applications stream events or lines and do not say so.
    """

    def __init__(self, exchange: Exchange, lines: bool | None, *, typed: bool = True) -> None:
        self._exchange = exchange
        self._typed = typed
        self._rewriter: Rewriter | None = None if lines is None else exchange.rewriter(lines=lines)
        self._state: StreamGuard = exchange.inspector.stream(exchange.context)
        self._decoder = codecs.getincrementaldecoder("utf-8")(BYTES)
        self._names = _Names(exchange)

    def steps(self, body: bytes, more: bool) -> Iterator[tuple[Callable[[Any], bytes], Any, bool]]:
        """Functions with their argument, and whether they take long; each to be called before the next is asked for."""
        if not self._typed and body.strip():
            self._typed = True
            lines = _framing(body)
            self._rewriter = None if lines is None else self._exchange.rewriter(lines=lines)
        rewriter = self._rewriter
        if rewriter is None:
            text = self._decoder.decode(body, final=not more)
            yield (lambda text: self._state.push(text).encode("utf-8", BYTES)), text, self._state.due(text)
            if not more:
                yield (lambda _: self._state.finish().encode("utf-8", BYTES)), None, True
            return
        for step in rewriter.feed(body):
            yield self._step(rewriter, step)
        if not more:
            for step in rewriter.rest():
                yield self._step(rewriter, step)
            yield (lambda _: self._closed(rewriter)), None, True

    def _closed(self, rewriter: Rewriter) -> bytes:
        self._names.end()
        return rewriter.close()

    def _step(self, rewriter: Rewriter, step: Step) -> tuple[Callable[[Any], bytes], Any, bool]:
        new = self._names.take(step)
        if step.parts is not None:  # the names among them are checked here
            step = replace(step, parts=replace(step.parts, texts=tuple(t for t in step.parts.texts if not t.names)))
        if not new:
            return rewriter.step, step, rewriter.due(step)

        def checked(step: Step) -> bytes:
            self._names.check()
            for key, text in new:
                rewriter.beside(strand(key), text)
            return rewriter.step(step)

        return checked, step, True


def _framing(body: bytes) -> bool | None:
    """Whether a stream that begins so is of lines of JSON (True) or of events (False); None for text."""
    if EVENT.match(body):
        return False
    line, end, _ = body.lstrip().partition(b"\n")
    if not end or line[:1] != b"{":
        return None
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return None
    return True


def _named(node: Any, place: Place, texts: Collection[Place], key: str = "") -> Iterator[tuple[Place, str]]:
    """What stands under the names of identifiers and is no piece of a text, and the keys, each with its place."""
    if isinstance(node, dict):
        for name, value in node.items():
            if len(str(name)) == 1 or not is_known(str(name)):
                yield (*place, "names"), str(name)
            yield from _named(value, (*place, name), texts, str(name))
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from _named(value, (*place, at), texts, key)
    elif isinstance(node, str) and identifies(key) and place not in texts:
        yield place, node
