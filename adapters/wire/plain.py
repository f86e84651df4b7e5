"""JSON of one's own: every text of it, or those at given paths."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from guardkit.errors import InputError
from guardkit.joints import strand
from guardkit.texts import Place, Text, identifies, message, pieces, replaced, walk
from guardkit.verdict import CHANNELS, Channel

from .protocol import BARE, REFUSAL, Data, Delta, Key, Parts

__all__ = ["Fields", "Plain", "chosen", "is_over", "whole"]

Fields = Mapping[str, Channel] | Sequence[str]
"""Paths such as "prompt", "documents[*].text" or "$.messages[0].content", alone or each with its channel."""

SAID = 1_024  # places
# How the name of an event ends that says that a text, or all, is over, or there: `text-end`, `message_end`, `finish`.
OVER = re.compile(
    r"(?:(?:^|[\W_])(?i:end|ended|finish|finished|done|stop|stopped|complete|completed|available|error)"
    r"|[a-z](?:End|Ended|Finish|Finished|Done|Stop|Stopped|Complete|Completed))$"
)
NONE = (None, "", "null", False)  # reasons that are none
REASONS = ("finish_reason", "finishReason", "done_reason", "stop_reason", "stopReason")
_STEP = re.compile(r"\[(\*|\d+)\]|\.?([^.\[\]]+)")


class Plain:
    """A format of which only this is known: `fields` are the texts of a request, or all are.

    A list of `messages` gives each the channel of its role, that of the system only where who sends them is `trusted`.
    In an answer and its events every text is the model's; an
    event without JSON is text. No name says that what stands under it is no text: in a stream, what once was a piece of
    a text stays one.
    """

    group = 9
    named = False
    bare = True

    def __init__(self, fields: Fields | None = None, channel: Channel = "user", *, trusted: bool = True) -> None:
        self._chosen = None if fields is None else chosen(fields, channel)
        self._channel: Channel = channel
        self._trusted = trusted
        self._said: set[Place] = set()  # where names stand that turned out to be texts, in this stream

    def fresh(self) -> Plain:
        """The same format for another stream."""
        twin = copy.copy(self)
        twin._said = set()
        return twin

    def request(self, body: Data) -> Iterator[Text]:
        if self._chosen is not None:
            head: Place = (BARE,) if BARE in body else ()  # a list, or another value that is no object
            for path, channel in self._chosen:
                for node, place in _found(body[BARE] if head else body, path, head):
                    yield from message(node, place, channel, trusted=self._trusted)
            return
        turns = body.get("messages")
        listed = isinstance(turns, list)
        for at, each in enumerate(turns if isinstance(turns, list) else ()):
            yield from message(each, ("messages", at), self._channel, trusted=self._trusted)
        yield from walk({key: value for key, value in body.items() if key != "messages" or not listed}, self._channel)

    def own(self, text: Text) -> Text:
        """A text that a wire format takes for the system's, on the channel of who sent it."""
        distrusted = text.channel == "system" and not self._trusted
        return replace(text, channel=self._channel) if distrusted else text

    def answer(self, body: Data) -> Iterator[Text]:
        yield from walk(body, "output", named=False)

    def event(self, data: Data) -> Parts:
        """Clients stop reading where an event says that something is over: what it says besides is whole."""
        if is_over(data.get("type")) or is_over(data.get("event")):
            return whole(data)
        found = list(pieces(data, "output", named=False, said=self._said))
        if len(self._said) < SAID:
            self._said |= {text.place for text in found if any(identifies(str(step)) for step in text.place)}
        deltas = (
            Delta(text.place, text.place, text.text, strand=strand(text.place)) for text in found if not text.fixed
        )
        over = data.get("done") is True or any(data.get(name) not in NONE for name in REASONS)
        return Parts(tuple(deltas), tuple(text for text in found if text.fixed), ((),) if over else ())

    def piece(self, data: Data, delta: Delta, text: str) -> Data:
        """Nobody asks for one: an event of a format that is not known is passed on as it is."""
        piece: Data = replaced(data, {delta.place: text})
        return piece

    def refusal(self, asked: Data) -> Data:
        return {"": REFUSAL}

    def refusals(self, asked: Data) -> Iterable[Data | str]:
        return [REFUSAL]

    def stopped(self, first: Data, last: Data, keys: Sequence[Key]) -> Iterable[Data | str]:
        return ()


def is_over(name: object) -> bool:
    """Whether an event of this name, or type, says that something is over."""
    return isinstance(name, str) and OVER.search(name) is not None


def whole(data: Data) -> Parts:
    """What an event holds that says so."""
    return Parts((), tuple(walk(data, "output", named=False)), ((),))


def chosen(fields: Fields, channel: Channel) -> list[tuple[tuple[str | int, ...], Channel]]:
    """The paths of fields, in steps, each with its channel. Raises `InputError` for what is no path or channel."""
    if isinstance(fields, str):
        fields = [fields]
    pairs = list(fields.items()) if isinstance(fields, Mapping) else [(field, channel) for field in fields]
    for field, each in pairs:
        if each not in CHANNELS:
            raise InputError(f"the channel of {field!r} is {each!r}: expected one of {', '.join(CHANNELS)}")
    return [(_steps(field), each) for field, each in pairs]


def _steps(field: str) -> tuple[str | int, ...]:
    rest = field.removeprefix("$")
    steps: list[str | int] = []
    at = 0
    while at < len(rest):
        match = _STEP.match(rest, at)
        if match is None:
            raise InputError(f"{field!r} is no path: expected one like prompt or messages[*].content")
        index, name = match.groups()
        steps.append(name if name is not None else "*" if index == "*" else int(index))
        at = match.end()
    return tuple(steps)


def _found(node: Any, path: Place, place: Place) -> Iterator[tuple[Any, Place]]:
    if not path:
        yield node, place
    elif path[0] == "*":
        for at, each in enumerate(node) if isinstance(node, list) else ():
            yield from _found(each, path[1:], (*place, at))
    elif isinstance(path[0], int):
        if isinstance(node, list) and path[0] < len(node):
            yield from _found(node[path[0]], path[1:], (*place, path[0]))
    elif isinstance(node, Mapping) and path[0] in node:
        yield from _found(node[path[0]], path[1:], (*place, path[0]))
