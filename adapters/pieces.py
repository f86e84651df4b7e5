"""The steps by which a streamed answer of an ASGI application becomes what may be passed on."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from typing import Any

from guardkit.names import is_known
from guardkit.stream import StreamGuard
from guardkit.texts import IDENTIFIERS, Text

from .body import BYTES
from .exchange import Exchange
from .rewriting import Rewriter, Step

__all__ = ["Pieces"]

KEPT = 400  # characters of names that may hold a text together
REPEATED = 4  # characters; a longer name that comes again is the same name


class _Names:
    """What the events of a stream are called, and what else a client may read beside their texts.

    It is passed on at once, since a name that is held back names nothing. So it is checked with what came before it,
    and the event that makes a text of it does not pass.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._last: dict[object, str] = {}
        self._tail: list[str] = []

    def take(self, step: Step) -> bool:
        """Whether there is something new to check."""
        found: list[tuple[object, str]] = []
        for line in step.event.fields:
            name, _, value = line.decode("utf-8", "replace").partition(":")
            found.append((name, value.strip()))
            if name not in ("", "id", "event", "retry"):
                found.append(("names", name))
        found += _named(step.data, ())
        new = [(key, text) for key, text in found if self._is_new(key, text)]
        self._last.update(new)
        self._tail += (text for _, text in new)
        while len(self._tail) > 1 and sum(map(len, self._tail[1:])) > KEPT:
            del self._tail[0]
        return bool(new)

    def check(self) -> None:
        """Raises `GuardBlocked`."""
        joined = {"".join(self._tail), "\n".join(self._tail)}
        texts = [Text(text, "output", (at,), fixed=True, names=True) for at, text in enumerate(sorted(joined))]
        inspector = self._exchange.inspector
        if inspector.mode == "observe":
            inspector.observe(texts, self._exchange.context)
        else:
            inspector.check(texts, self._exchange.context)

    def _is_new(self, key: object, text: str) -> bool:
        """A name that all know says nothing, but a short one may be a piece of another, though it comes again."""
        if not text or (len(text) >= REPEATED and is_known(text)):
            return False
        return self._last.get(key) != text or len(text) == 1 or (len(text) < REPEATED and not is_known(text))


class Pieces:
    """Steps for chunks of bytes. `lines`: of JSON, else they are events; None for text."""

    def __init__(self, exchange: Exchange, lines: bool | None) -> None:
        self._rewriter: Rewriter | None = None if lines is None else exchange.rewriter(lines=lines)
        self._state: StreamGuard = exchange.inspector.stream(exchange.context)
        self._decoder = codecs.getincrementaldecoder("utf-8")(BYTES)
        self._names = _Names(exchange)

    def steps(self, body: bytes, more: bool) -> Iterator[tuple[Callable[[Any], bytes], Any, bool]]:
        """Functions with their argument, and whether they take long; each to be called before the next is asked for."""
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
            yield (lambda _: rewriter.close()), None, True

    def _step(self, rewriter: Rewriter, step: Step) -> tuple[Callable[[Any], bytes], Any, bool]:
        if not self._names.take(step):
            return rewriter.step, step, rewriter.due(step)

        def checked(step: Step) -> bytes:
            self._names.check()
            return rewriter.step(step)

        return checked, step, True


def _named(node: Any, place: tuple[object, ...], key: str = "") -> Iterator[tuple[object, str]]:
    """What stands under the names of identifiers, which is no piece of a text, and the keys, each with its place."""
    if isinstance(node, dict):
        for name, value in node.items():
            if not is_known(str(name)):
                yield (*place, "names", name), str(name)
            yield from _named(value, (*place, name), str(name))
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from _named(value, (*place, at), key)
    elif isinstance(node, str) and key in IDENTIFIERS:
        yield place, node
