"""What the adapters have to know of a wire format."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from guardkit.attachment import attached
from guardkit.names import is_identifier
from guardkit.texts import Place, Text, pieces, replaced, walk
from guardkit.verdict import Channel

__all__ = ["BARE", "REFUSAL", "Data", "Delta", "Key", "Parts", "Wire", "alone", "base", "told", "uncut"]

Data = Mapping[str, Any]
Key = Place
"""Names one text that arrives in pieces: a choice's content, a block's text, a tool call's arguments."""

BARE = ""
REFUSAL = "I can't help with that request."  # what a blocked call says with on_block="refusal"

VALUE = re.compile(r"[A-Za-z0-9_.:/@+=-]{0,40}")  # of a setting that is a choice, a number, an identifier
TELLING = ("type", "id", "index", "format")  # of an entry of a list: which it is, and what a reader takes it for
SERVERS = frozenset({"url", "authorization_token", "authorization"})  # say where other servers are; no model reads it


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of a text, and where it stands in its event."""

    key: Key = field(repr=False)
    place: Place = field(repr=False)
    text: str = field(repr=False)
    channel: Channel = "output"
    strand: Place | None = field(default=None, repr=False)  # the same for all that a reader joins


@dataclass(frozen=True, slots=True)
class Parts:
    """What one event of a stream holds: pieces of texts, whole texts, and which texts are over once it is there."""

    deltas: tuple[Delta, ...] = ()
    texts: tuple[Text, ...] = ()
    ends: tuple[Key, ...] = ()  # beginnings of the keys that are over; () is the beginning of all


class Wire(Protocol):
    """One wire format. Methods take parsed JSON and never modify it."""

    group: int
    """Where a text begins, those whose keys have this many elements in common with its own are taken to be over."""
    named: bool
    """Whether events have the name of their type."""
    bare: bool
    """Whether an event's data may be text that is no JSON; it stands under `BARE` then."""

    def fresh(self) -> Wire:
        """The same format for another stream: itself, unless it remembers what came in one."""
        ...

    def request(self, body: Data) -> Iterator[Text]:
        """The texts of a request. Raises `InputError` for what cannot be read."""
        ...

    def answer(self, body: Data) -> Iterator[Text]:
        """The texts of an answer, all choices."""
        ...

    def event(self, data: Data) -> Parts:
        """What an event of a streamed answer holds."""
        ...

    def piece(self, data: Data, delta: Delta, text: str) -> Data:
        """An event that adds this to the text of the delta, which stood in `data`."""
        ...

    def refusal(self, asked: Data) -> Data:
        """A valid answer that says no."""
        ...

    def refusals(self, asked: Data) -> Iterable[Data | str]:
        """The same as the events of a stream."""
        ...

    def stopped(self, first: Data, last: Data, keys: Sequence[Key]) -> Iterable[Data | str]:
        """The events that end a stream of which these texts were not over."""
        ...


def told(value: Any, place: Place, channel: Channel = "user") -> Iterator[Text]:
    """The texts of a setting that a model may read: whatever in it could say something, as a place or a schema can."""
    for text in walk(value, channel, place, key=str(place[-1])):
        if not (VALUE.fullmatch(text.text) or text.place[-1] in SERVERS):
            yield text


def base(data: Data, *names: str) -> dict[str, Any]:
    """Those of these entries that there are."""
    return {name: data[name] for name in names if name in data}


def alone(node: Any, place: Place, text: str) -> Any:
    """What adds this to the text at a place below a node, and nothing else; entries of lists are told as there."""
    if not place:
        return text
    step, rest = place[0], place[1:]
    inner = alone(node[step] if rest else None, rest, text)
    if not (isinstance(node, list) and isinstance(step, int)):
        return {step: inner}
    if not isinstance(inner, dict):
        return [inner]
    # Anything but a name might be a text that is not passed on as it is.
    told = {name: value for name, value in base(node[step], *TELLING).items() if _is_name(value)}
    return [{**told, **inner}]


def uncut(node: Any, place: Place, held: Collection[Place] = ()) -> Iterator[Text]:
    """What the model says below a node but at the places held back: what is passed on whole, or not at all.

    One word is read as a text, and so is a short base64 as it stands, since the next event may go on with it.
    """
    node = replaced(node, {each[len(place) :]: "" for each in held})
    read: set[Place] = set()
    for text in walk(node, "output", place):
        names = text.names and text.place == place
        if not names:
            read.add(text.place)
        yield replace(text, channel="output", names=names)
    for text in pieces(node, "output", place):
        key = next((step for step in reversed(text.place) if isinstance(step, str)), "")
        if not (text.fixed or text.place in read):
            found = attached(text.text, key)
            if found is None or found.text or found.raw:
                yield replace(text, channel="output")


def _is_name(value: Any) -> bool:
    return value is None or isinstance(value, int) or (isinstance(value, str) and is_identifier(value))
