"""What a reader of a stream puts together of several texts, as of the blocks of one message."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from guardkit.texts import Place, Text
from guardkit.verdict import Channel

from .inspection import Context, Inspector

__all__ = ["Seams"]

KEPT: Final = 400  # characters before and after a seam that are read together
STRANDS: Final = 1_024  # of one stream that are remembered


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
