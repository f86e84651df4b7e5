"""What is known about each code point, as arrays indexed by it. Written by `python -m guardkit.trainer.confusables`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["PATH", "Codes", "Flag", "Kind", "Mapping", "Tables", "tables"]

PATH = Path(__file__).with_name("tables.npz")
SIZE = 0x110000

# UTS #39 has the first two, but they are in a block of ordinary Latin; of the third NFKC makes a final sigma.
LOOKALIKES = {"\u1e9d": "f", "\u0185": "b", "\u03f2": "c", "\u03f9": "C"}
CASE_TRAPS = {"\u0131": "i", "\u00df": "ss", "\u1e9e": "SS"}  # become other ASCII letters when the case is changed

Codes = NDArray[np.uint32]


class Kind:
    """What the normaliser does with a code point; PLAIN is most of Unicode and stays.

    Plain integers: comparing an array with a member of an Enum costs more than the comparison.
    """

    PLAIN: Final = 0
    INVISIBLE: Final = 1  # default-ignorable: removed
    JOINER: Final = 2  # ZWNJ, ZWJ: removed except where a script or an emoji needs them
    SELECTOR: Final = 3  # variation selectors
    TAG: Final = 4  # U+E0000..E007F
    BIDI: Final = 5
    CONTROL: Final = 6
    SPACE: Final = 7  # to " "
    BREAK: Final = 8  # to a newline
    ORNAMENT: Final = 9  # combining marks that Latin, Greek and Cyrillic can do without
    SPELLING: Final = 10  # combining marks that are part of the spelling (Indic, Arabic, Hebrew, Thai ...)
    COMPAT: Final = 11  # has another form in `Tables.compat`
    WIDE: Final = 12  # has one too, but Chinese, Japanese and Korean texts use it as it is
    REGIONAL: Final = 13  # regional indicators: a flag in pairs, otherwise a letter
    SURROGATE: Final = 14
    PRIVATE: Final = 15  # private use and unassigned


class Flag:
    """Properties of a code point beside its `Kind`."""

    WORD: Final = 1  # part of a word: letters and marks, except the scripts that write no word gaps; look-alikes
    LATIN: Final = 2
    LOOKALIKE: Final = 4
    ACCENTED: Final = 8  # a Latin letter of some language with a mark on it
    CJK: Final = 16
    JOINING: Final = 32  # a script in which ZWNJ and ZWJ are spelling
    EMOJI: Final = 64


@dataclass(frozen=True, slots=True)
class Mapping:
    """Code points to one or more others."""

    keys: Codes  # sorted
    pool: Codes  # all values, one after the other
    ends: NDArray[np.int64]  # where in the pool each value ends

    def at(self, codes: Codes) -> tuple[Codes, NDArray[np.int64]]:
        """The values of `codes`, all of which are keys, joined, and the length of each."""
        index = np.searchsorted(self.keys, codes)
        starts = np.where(index > 0, self.ends[index - 1], 0)
        lengths = self.ends[index] - starts
        where = np.repeat(starts - np.cumsum(lengths) + lengths, lengths) + np.arange(int(lengths.sum()))
        return self.pool[where], lengths

    def text(self) -> dict[str, str]:
        """The mapping as a plain table."""
        values = "".join(map(chr, self.pool.tolist()))
        bounds = zip([0, *self.ends.tolist()], self.ends.tolist(), strict=False)
        return {chr(key): values[a:b] for key, (a, b) in zip(self.keys.tolist(), bounds, strict=True)}


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables; `kind` and `flag` have one byte for each of the 0x110000 code points."""

    kind: NDArray[np.uint8]
    flag: NDArray[np.uint8]
    compat: Mapping
    plain: dict[str, str]  # look-alikes and accented letters to ASCII
    ornaments: frozenset[str]  # the characters of that kind


@cache
def tables() -> Tables:
    """The tables, read once."""
    with np.load(PATH, allow_pickle=False) as data:

        def expand(name: str) -> NDArray[np.uint8]:
            lengths = np.diff(data[f"{name}_starts"], append=SIZE)
            array: NDArray[np.uint8] = np.repeat(data[f"{name}_values"], lengths)
            return array

        def mapping(name: str) -> Mapping:
            return Mapping(data[f"{name}_keys"], data[f"{name}_pool"], data[f"{name}_ends"].astype(np.int64))

        kind, flag = expand("kind"), expand("flag")
        look, traps = list(map(ord, LOOKALIKES)), list(map(ord, CASE_TRAPS))
        kind[look] = Kind.PLAIN
        flag[look] |= Flag.LOOKALIKE
        flag[traps] |= Flag.ACCENTED  # they are Turkish and German, so not disguised by themselves
        return Tables(
            kind,
            flag,
            mapping("compat"),
            mapping("plain").text() | LOOKALIKES | CASE_TRAPS,
            frozenset(map(chr, np.flatnonzero(kind == Kind.ORNAMENT).tolist())),
        )
