"""Sentences as evidence: where they are, which to take out, and how much each carries."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from guardkit.verdict import Finding

__all__ = ["Contribution", "redact", "sentences"]

MARK = "[removed]"

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


def redact(text: str, findings: Iterable[Finding]) -> str:
    """The text with every sentence that holds accusing evidence replaced by "[removed]"; nothing else changes."""
    accused = [finding.span for finding in findings if finding.score > 0]
    if not accused:
        return text
    narrow = sorted([span for span in accused if span != (0, len(text))] or accused)
    lows = [low for low, _ in narrow]
    reach = list(accumulate((high for _, high in narrow), max))  # how far the spans up to each one go
    out: list[str] = []
    removed = False
    for start, end in sentences(text, len(text) + 1):
        before = bisect_left(lows, end)
        hit = before > 0 and reach[before - 1] > start
        if not hit:
            out.append(text[start:end])
        elif not removed:
            sentence = text[start:end]
            lead, body = len(sentence) - len(sentence.lstrip()), len(sentence.rstrip())
            out.append(sentence[:lead] + MARK + sentence[body:])
        removed = hit
    return "".join(out)
