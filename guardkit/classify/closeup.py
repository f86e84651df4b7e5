"""Close-ups: the sentences of a window around what looks like an attack, read once more by themselves.

A short order in a hundred words of harmless prose is a small part of a window's mean, and the further it is from its
like in training the less is left of it. Where the hand-made patterns find a phrasing that attacks share, the classifier
looks again without the prose.
"""

from __future__ import annotations

import re

from guardkit.detect.patterns import PATTERNS, fold, places

__all__ = ["closeups"]

MOST = 2  # of a window
BEFORE, BEHIND = 100, 200  # characters around a pattern, at most; the order often stands behind what announces it
SENTENCES = 2  # to the end of the one with the pattern and of the next
END = re.compile(r"""[.!?…]["')\]]{0,2}\s+|[。！？]|\n+""")
WHOLE = 0.7  # of the window: what is nearly all of it was seen


def closeups(text: str) -> list[tuple[int, int]]:
    """At most `MOST` disjoint ranges of characters of a window's text, in order; mostly none."""
    hits = [
        span for pattern, spans in zip(PATTERNS, places(fold(text)), strict=True) if pattern.weight for span in spans
    ]
    found: list[tuple[int, int]] = []
    for first, last in sorted(hits):
        start, end = _start(text, first), _end(text, last)
        if found and start <= found[-1][1]:
            start, end = found[-1][0], max(end, found[-1][1])
            found.pop()
        found.append((start, end))
    return [(start, end) for start, end in found if end - start < WHOLE * len(text)][:MOST]


def _start(text: str, at: int) -> int:
    """Where the sentence begins that `at` is in, or else some words before."""
    low = max(0, at - BEFORE)
    ends = [match.end() for match in END.finditer(text, low, at)]
    if ends:
        return ends[-1]
    return text.find(" ", low, at) + 1 or low if low else 0


def _end(text: str, at: int) -> int:
    high = min(len(text), at + BEHIND)
    ends = [match.end() for match in END.finditer(text, at, high)][:SENTENCES]
    if ends:
        return ends[-1]
    return text.rfind(" ", at, high) if high < len(text) and " " in text[at:high] else high
