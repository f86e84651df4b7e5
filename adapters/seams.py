"""What a reader of a stream puts together of several texts, as of the blocks of one message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from guardkit.texts import Place, Text, identifies
from guardkit.verdict import Channel

from .inspection import Context, Inspector

__all__ = ["Seams"]

KEPT: Final = 400  # characters before and after a seam that are read together
STRANDS: Final = 1_024  # of one stream that are remembered
BESIDE: Final = 16  # values beside a text that may say whose it is, if they are short
SHORT: Final = 64  # characters, also of a piece
WHOSE: Final = frozenset({"agent", "author", "channel", "from", "sender", "source", "speaker", "thread", "worker"})


@dataclass(slots=True)
class _Strand:
    """The end of what has come, one part for each text of it, in that order."""

    channel: Channel
    key: object = None
    parts: list[str] = field(default_factory=list, repr=False)
    due: bool = False  # there is a seam that has not been read with what follows it

    def take(self, key: object, text: str) -> None:
        if self.parts and self.key == key:
            self.parts[-1] += text
        else:
            self.parts.append(text)
        self.key = key
        self.due = len(self.parts) > 1

    def trim(self) -> None:
        while len(self.parts) > 1 and sum(map(len, self.parts[1:])) >= KEPT:
            del self.parts[0]
        self.parts[0] = self.parts[0][-KEPT:]


class Seams:
    """The seams of one stream. No I/O, not thread-safe.

    Each text is checked by itself; what is split between two is in neither. So what has come of those that a reader
    joins is read once more, joined with nothing and in lines, before anything is passed on, as long as another one ends
    among the last 400 characters. That costs two checks by the rules: the model has seen each text.
    """

    def __init__(self, inspector: Inspector, context: Context) -> None:
        self._inspector = inspector
        self._context = context
        self._strands: dict[Place, _Strand] = {}  # the one that had a part last is the last
        self._turns: dict[Place, tuple[str, int]] = {}  # whose turn it is, and how many there were

    @property
    def size(self) -> int:
        """How many characters are kept."""
        return sum(len(part) for strand in self._strands.values() for part in strand.parts)

    def take(self, strand: Place, key: object, text: str, channel: Channel = "output") -> None:
        """Notes what has come of the text of this key. Raises `GuardBlocked`, where there is too much to wait."""
        if not text:
            return
        found = self._strands.pop(strand, None) or _Strand(channel)
        self._strands[strand] = found
        found.take(key, text)
        if sum(map(len, found.parts)) >= 3 * KEPT:
            self._read(found)
            found.trim()
        while len(self._strands) > STRANDS:
            self._read(self._strands.pop(next(iter(self._strands))))

    def turn(self, strand: Place, text: str, data: Any, place: Place) -> None:
        """Notes a piece of a text of those that come by turns at one place, as those of several agents.

        Whose it is may say any of the names and numbers beside it. One that does not change tells nothing apart. What
        is longer than a piece is a record, and there may be thousands.
        """
        if len(text) > SHORT:
            return
        for name, value in islice(_beside(data, place), BESIDE):
            key = (*strand, "beside", *name)
            last, turn = self._turns.get(key, ("", 0))
            self._turns[key] = value, turn + (value != last)
            self.take((*key, value), turn + (value != last), text)
        while len(self._turns) > STRANDS:
            del self._turns[next(iter(self._turns))]

    def check(self) -> None:
        """Has to be called before anything is passed on. Raises `GuardBlocked`."""
        for strand in self._strands.values():
            self._read(strand)

    def _read(self, strand: _Strand) -> None:
        if not strand.due:
            return
        strand.due = False
        parts = [*strand.parts[:-1], strand.parts[-1][: 3 * KEPT]]  # there is no seam in the rest
        joined = ("".join(parts), "\n".join(parts))
        texts = [Text(text, strand.channel, (at,), fixed=True, names=True) for at, text in enumerate(joined)]
        if self._inspector.mode == "observe":
            self._inspector.observe(texts, self._context)
        else:
            self._inspector.check(texts, self._context)


def _beside(node: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """The names and numbers beside a place, and beside all that it is in, each with its own place."""
    for at, step in enumerate(place):
        for name, value in node.items() if isinstance(node, Mapping) else ():
            if name != step and (identifies(name) or name in WHOSE) and isinstance(value, str | int):
                if len(str(value)) <= SHORT:
                    yield (*place[:at], name), str(value)
        node = node[step]
