"""Sentences as evidence: where they are, and how much each carries."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Contribution", "sentences"]

# A sentence ends at closing punctuation before a blank, at CJK full stops, and at every line break.
# The look-behind keeps a long run of dots, no sentence end by itself, from being tried again at each of them.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"')\]»”]{0,4}+(?=\s)|[。！？]+|\n+")


@dataclass(frozen=True, slots=True)
class Contribution:
    """A sentence's part in the score of a text."""

    span: tuple[int, int]  # in the text
    score: float  # 0..1, of the sentence by itself
    drop: float  # how much lower the text's score is without it; negative where the sentence calms it


def sentences(text: str, most: int = 256) -> list[tuple[int, int]]:
    """The spans of the sentences of a text, which together cover it; beyond `most`, the last one takes the rest."""
    spans: list[tuple[int, int]] = []
    start = seen = 0
    filled = False
    for match in _END.finditer(text):
        if len(spans) == most - 1:
            break
        filled = filled or not text[seen : match.end()].isspace()
        seen = match.end()
        if filled:
            spans.append((start, seen))
            start, filled = seen, False
    if start < len(text) or not spans:
        if text[start:].strip() or not spans:
            spans.append((start, len(text)))
        else:
            spans[-1] = spans[-1][0], len(text)
    return spans
