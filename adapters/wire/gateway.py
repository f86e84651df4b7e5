"""A wire format in front of an application, whose path alone does not make it a provider's API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from guardkit.texts import ENVELOPE, Text, walk
from guardkit.verdict import Channel

from .plain import Plain
from .protocol import Data, Delta, Key, Parts, Wire

__all__ = ["Gateway", "is_unknown"]

OWN = ("response.", "message_", "content_block_", "conversation.")  # how the types of events begin
ECHOES: dict[str, Channel] = {"instructions": "system", "tools": "tool"}  # what a stored response was told


class Gateway:
    """All that `Plain` reads is read, and what the format knows of is on its channels.

    An event that is none of the format's is the application's own: its texts come in pieces, as in `Plain`.
    """

    bare = True

    def __init__(self, wire: Wire, plain: Plain) -> None:
        self._wire = wire
        self._plain = plain
        self.group = wire.group
        self.named = wire.named

    def fresh(self) -> Gateway:
        return Gateway(self._wire.fresh(), self._plain.fresh())

    def request(self, body: Data) -> Iterator[Text]:
        found = [self._plain.own(text) for text in self._wire.request(body)]
        yield from (*found, *_others(self._plain.request(body), found))

    def answer(self, body: Data) -> Iterator[Text]:
        found = list(self._wire.answer(body))
        yield from (*found, *_others(_all(body), found))

    def event(self, data: Data) -> Parts:
        if not _is_own(data):
            parts = self._plain.event(data)
            return replace(parts, deltas=tuple(replace(each, key=_key(each.key)) for each in parts.deltas))
        parts = self._wire.event(data)
        pieces = {delta.place for delta in parts.deltas}
        others = (text for text in _others(_all(data), parts.texts) if text.place not in pieces)
        return replace(parts, texts=(*parts.texts, *others))

    def piece(self, data: Data, delta: Delta, text: str) -> Data:
        return self._wire.piece(data, delta, text)

    def refusal(self, asked: Data) -> Data:
        return self._wire.refusal(asked)

    def refusals(self, asked: Data) -> Iterable[Data | str]:
        return self._wire.refusals(asked)

    def stopped(self, first: Data, last: Data, keys: Sequence[Key]) -> Iterable[Data | str]:
        return self._wire.stopped(first, last, keys)


def is_unknown(wire: Wire, data: Data) -> bool:
    """Whether an event is of a format that its application alone knows, so that nothing can be added to it."""
    return isinstance(wire, Plain) or (isinstance(wire, Gateway) and not _is_own(data))


def _is_own(data: Data) -> bool:
    """Whether an event is one of the providers'."""
    return isinstance(data.get("choices"), list) or str(data.get("type", "")).startswith(OWN)


def _all(body: Data) -> Iterator[Text]:
    """Every text of an answer or event, those of its envelope too."""
    inner = body.get("response")
    stored = "response" if isinstance(inner, dict) else None
    is_response = (inner if stored and isinstance(inner, dict) else body).get("object") == "response"
    for text in walk(body, "output"):
        steps = text.place[1:2] if stored and text.place[:1] == (stored,) else text.place[:1]
        echo = ECHOES.get(str(steps[0])) if steps and is_response else None
        yield replace(text, channel=echo) if echo else text
    yield from walk({name: body[name] for name in ENVELOPE if name in body}, "output", named=False)


def _others(texts: Iterable[Text], found: Iterable[Text]) -> Iterator[Text]:
    """Those texts that were not found by the format itself."""
    known = list(found)
    places = {text.place for text in known if not text.fixed}
    said = {(text.place, text.text) for text in known if text.fixed} | {("", text.text) for text in known if text.names}
    for text in texts:
        if text.place not in places and (text.place, text.text) not in said:
            if not (text.names and ("", text.text) in said):
                yield text


def _key(key: Key) -> Key:
    """One step, since texts of which the first step is the same are told apart by nothing else in some formats."""
    return ("\x00".join(map(str, ("", *key))),)
