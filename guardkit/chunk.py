"""Long texts in pieces that the decoders can see as a whole, and what is kept of texts that are longer still."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from guardkit.detect.patterns import PATTERNS
from guardkit.view import View

__all__ = ["CHUNK", "chunks", "excerpt"]

CHUNK = 60_000  # characters that the decoders see at once
SHARED = 2_000  # characters that a chunk shares with the one before, at least
ALIGNED = 120  # a token longer than a chunk is cut at multiples of this: whole groups of base64, 32, 16, 85, of bits
CONTEXT = 400  # characters kept on each side of a trigger word in what is too long to be scanned in full
_WORDS = sorted({t for p in PATTERNS if p.weight >= 0.7 for t in p.triggers if t.isalpha()})
TRIGGER = re.compile(rf"\b(?:{'|'.join(_WORDS)})", re.I)  # the boundary makes it quick on a megabyte of one letter
_BLANK = re.compile(r"\s")


def chunks(view: View) -> Iterator[View]:
    """The view in pieces of at most `CHUNK` characters that overlap and together cover it; a short one as it is."""
    size = len(view)
    if size <= CHUNK:
        yield view
        return
    blanks = [match.start() for match in _BLANK.finditer(view.text)]

    def token(place: int) -> int:
        """Where the token begins that has a character just before the place."""
        before = bisect_left(blanks, place)
        return blanks[before - 1] + 1 if before else 0

    start, end = 0, CHUNK
    while end < size:
        first = token(end)
        if first > start + SHARED:
            shared = min(end - SHARED, first)
            begin = token(shared) if token(shared) > start + SHARED else shared
        else:  # it is the whole chunk: cut where a group of its letters ends
            end -= (end - max(first, start)) % ALIGNED
            begin = end - SHARED // ALIGNED * ALIGNED
        yield view.cut(start, end)
        start, end = begin, begin + CHUNK
    yield view.cut(start, size)


def excerpt(raw: View, most: int) -> tuple[View, bool]:
    """Of a text longer than `most`: two fifths from its head, two from its tail, the rest around trigger words."""
    if len(raw) <= most:
        return raw, False
    side = most * 2 // 5
    kept = [(0, side)]
    room = most - 2 * side
    for match in TRIGGER.finditer(raw.text, side, len(raw) - side):
        low, high = max(kept[-1][1], match.start() - CONTEXT), match.end() + CONTEXT
        if low >= high:
            continue
        room -= high - low
        if room < 0:
            break
        kept.append((low, high))
    kept.append((max(kept[-1][1], len(raw) - side), len(raw)))
    gaps = [(a[1], b[0], "\n") for a, b in zip(kept, kept[1:], strict=False) if a[1] < b[0]]
    return raw.splice("excerpt", gaps, share=0.0), True
