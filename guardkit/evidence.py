"""Evidence in a text: its sentences and how much each carries, accusing spans, and the excerpts that show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guardkit.verdict import Finding

__all__ = ["Contribution", "Span", "evidence", "excerpts", "sentences"]

WHOLE = 1_600  # characters of a text that is shown in full
CONTEXT = 160  # characters shown on each side of evidence in longer texts
PASSAGES = 12  # passages shown of a longer text
SPANS = 200  # pieces of evidence considered for highlighting

Span = tuple[int, int]

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


def evidence(findings: Iterable[Finding], size: int) -> list[Span]:
    """The accusing spans of a text, ascending and apart; of nested ones the innermost, which says most."""
    accusing = sorted((f for f in findings if f.score > 0), key=lambda f: -f.score)[:SPANS]
    spans = {(max(f.span[0], 0), min(f.span[1], size)) for f in accusing}
    inner = [a for a in spans if a[0] < a[1] and not any(a[0] <= b[0] and b[1] <= a[1] and a != b for b in spans)]
    return _merged(inner)


def excerpts(size: int, spans: Sequence[Span]) -> list[Span]:
    """The parts of a text to show: all of a short one, else what is around the evidence, else its beginning."""
    if size <= WHOLE:
        return [(0, size)]
    around: list[Span] = []
    for start, end in spans[:PASSAGES] or [(0, CONTEXT)]:
        ends = [(start, end)] if end - start <= 2 * CONTEXT else [(start, start), (end, end)]
        around += [(max(low - CONTEXT, 0), min(high + CONTEXT, size)) for low, high in ends]
    return _merged(around)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Overlapping and touching spans as one each, ascending."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out
