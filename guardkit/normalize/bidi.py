"""What a reader sees where direction overrides change the order of the characters (UAX #9, "Trojan Source")."""

from __future__ import annotations

from dataclasses import dataclass, field

from guardkit.normalize.buffer import Buffer, Mask
from guardkit.normalize.tables import Flag, Kind

__all__ = ["displayed", "overridden"]

LRO, RLO, PDF, PDI = 0x202D, 0x202E, 0x202C, 0x2069
OPENERS = frozenset((0x202A, 0x202B, LRO, RLO, 0x2066, 0x2067, 0x2068))
DEPTH = 125  # UAX #9, max_depth


def overridden(buffer: Buffer) -> Mask | None:
    """Where the overrides are, if there are any and the text has Latin letters to reorder."""
    mask: Mask = (buffer.codes == RLO) | (buffer.codes == LRO)
    if mask.any() and ((buffer.flags & Flag.LATIN) > 0).any():
        return mask
    return None


@dataclass(slots=True)
class _Line:
    """The embeddings that are open, outermost first: how each was opened, and its pieces so far."""

    openers: list[int] = field(default_factory=lambda: [0])
    levels: list[list[list[int]]] = field(default_factory=lambda: [[]])
    ignored: int = 0  # openers beyond the depth that Unicode allows

    def open(self, code: int) -> None:
        if len(self.levels) > DEPTH:
            self.ignored += 1
        else:
            self.openers.append(code)
            self.levels.append([])

    def close(self) -> None:
        if self.ignored:
            self.ignored -= 1
        elif len(self.levels) > 1:
            pieces = self.levels.pop()
            if self.openers.pop() == RLO:
                pieces.reverse()
            self.levels[-1].append([at for piece in pieces for at in piece])

    def end(self) -> None:
        self.ignored = 0
        while len(self.levels) > 1:
            self.close()


def displayed(buffer: Buffer) -> list[int]:
    """The places of the visible characters in the order in which they are drawn.

    Right-to-left override turns its stretch around, the embeddings inside it being one piece each; the other
    controls leave Latin text as it is. A newline ends every embedding.
    """
    is_control = (buffer.kinds == Kind.BIDI).tolist()
    line = _Line()
    for at, code in enumerate(buffer.codes.tolist()):
        if code in OPENERS:
            line.open(code)
        elif code in (PDF, PDI):
            line.close()
        elif not is_control[at]:
            if code == 10:
                line.end()
            line.levels[-1].append([at])
    line.end()
    return [at for piece in line.levels[0] for at in piece]
