"""What the adapters have to know of a wire format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from guardkit.texts import Place, Text, walk
from guardkit.verdict import Channel

__all__ = ["BARE", "REFUSAL", "Data", "Delta", "Key", "Parts", "Wire", "base", "nested", "told"]

Data = Mapping[str, Any]
Key = Place
"""Names one text that arrives in pieces: a choice's content, a block's text, a tool call's arguments."""

BARE = ""
REFUSAL = "I can't help with that request."  # what a blocked call says with on_block="refusal"

VALUE = re.compile(r"[A-Za-z0-9_.:/@+=-]{0,40}")  # of a setting that is a choice, a number, an identifier
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


def nested(path: Key, text: str) -> Any:
    """A structure with the text at the end of the path; lists are of entries that carry their index."""
    if not path:
        return text
    inner = nested(path[1:], text)
    if isinstance(path[0], int):
        return [{"index": path[0], **inner} if isinstance(inner, dict) else inner]
    return {path[0]: inner}
