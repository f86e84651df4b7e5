"""Taking sentences out of a text, and nothing else with them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import accumulate

from guardkit.evidence import sentences
from guardkit.markup import Span, bodies, masked, trimmed
from guardkit.verdict import Finding, Verdict

__all__ = ["MARK", "Redaction", "Span", "clean", "redact"]

MARK = "[removed]"
ROUNDS = 6  # of taking out and checking what is left
ALONE = 32  # sentences of one round that are judged one by one; of more, all go
REGION = 4_000  # characters within which sentences are judged by what their absence changes


@dataclass(frozen=True, slots=True)
class Redaction:
    """A text without some of its spans: "[removed]" stands for each, or for neighbours together; the rest is as it was.

    `spans` are ranges of the original, in order and apart from each other.
    """

    original: str = field(repr=False)
    spans: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """What is left, with the marks."""
        out: list[str] = []
        at = 0
        for low, high in self.spans:
            out += (self.original[at:low], MARK)
            at = high
        return "".join((*out, self.original[at:]))

    def without(self, spans: Iterable[Span]) -> Redaction:
        """The same with further spans of the original taken out, less the blanks around each."""
        merged: list[Span] = []
        for low, high in sorted((*self.spans, *(self._body(*span) for span in spans))):
            if low >= high:
                continue
            if merged and (low <= merged[-1][1] or self.original[merged[-1][1] : low].isspace()):
                merged[-1] = merged[-1][0], max(high, merged[-1][1])
            else:
                merged.append((low, high))
        return Redaction(self.original, tuple(merged))

    def back(self, start: int, end: int) -> Span:
        """The range of the original that start..end of `text` came from; a mark came from all that it stands for."""
        return self._before(start, last=False), self._before(end, last=True)

    def _before(self, place: int, *, last: bool) -> int:
        shift = 0
        for low, high in self.spans:
            mark = low - shift
            if place < mark or (last and place == mark):
                break
            if place < mark + len(MARK) or (last and place == mark + len(MARK)):
                return high if last else low
            shift += high - low - len(MARK)
        return place + shift

    def _body(self, start: int, end: int) -> Span:
        part = self.original[start:end]
        blank = not part.strip()
        return (start, end) if blank else (start + len(part) - len(part.lstrip()), start + len(part.rstrip()))


def redact(text: str, findings: Iterable[Finding]) -> str:
    """The text with every sentence that holds accusing evidence replaced by "[removed]"; nothing else changes.

    Of a document in JSON, HTML or Markdown the structure stays.
    """
    found = _Sentences.of(text)
    return Redaction(text).without(found.bodies(found.touched(findings))).text


def clean(text: str, verdict: Verdict, check: Callable[[str], Verdict]) -> Redaction | None:
    """The text without its offending sentences, so that what is left passes `check`; None where nothing helped.

    `verdict` is the text's own. A sentence offends that is accused by itself, wherever it stands; where sentences do
    so only together, the one goes whose absence helps most. What is left is checked again, a few times at most.
    """
    found = Redaction(text)
    for turn in range(ROUNDS):
        offending = _offending(found.text, verdict, check, patient=turn < ROUNDS - 1)
        further = found.without([found.back(*span) for span in offending])
        if further == found:
            return None
        found = further
        verdict = check(found.text)
        if verdict.action != "redact":
            return None if verdict.blocked else found
    return None


def _offending(text: str, verdict: Verdict, check: Callable[[str], Verdict], *, patient: bool) -> list[Span]:
    """What to take out next: of the sentences that the evidence touches."""
    found = _Sentences.of(text)
    touched = found.touched(verdict.findings)
    if len(touched) < 2:
        return found.bodies(found.repeated(touched))
    if len(touched) > ALONE:
        return found.bodies(touched)
    alone = [span for span in touched if check(text[slice(*span)]).action in ("redact", "block")]
    if alone:
        return found.bodies(found.repeated(alone))
    low, high = touched[0][0], touched[-1][1]
    if not patient or high - low > REGION:
        return found.bodies(touched)
    benign = [check(text[low:start] + text[end:high]).scores["benign"] for start, end in touched]
    return found.bodies([touched[benign.index(max(benign))]])


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The sentences of a text, each without the blanks around it, and without what is structure and not text."""

    text: str = field(repr=False)
    mask: str = field(repr=False)
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> _Sentences:
        mask = masked(text)
        spans = (trimmed(mask, *span) for span in sentences(mask, len(mask) + 1))
        return cls(text, mask, tuple(span for span in spans if span[0] < span[1]))

    def bodies(self, spans: Iterable[Span]) -> list[Span]:
        """What to take out for these sentences."""
        return [body for span in spans for body in bodies(self.text, *span)]

    def repeated(self, spans: list[Span]) -> list[Span]:
        """Every sentence that says the same as one of these."""
        said = {self.text[slice(*span)].casefold() for span in spans}
        return [span for span in self.spans if self.text[slice(*span)].casefold() in said]

    def touched(self, findings: Iterable[Finding]) -> list[Span]:
        """Those that hold accusing evidence; evidence on the whole text counts only where there is no other."""
        accused = [finding.span for finding in findings if finding.score > 0]
        narrow = sorted([span for span in accused if span != (0, len(self.text))] or accused)
        lows = [low for low, _ in narrow]
        reach = list(accumulate((high for _, high in narrow), max))  # how far the spans up to each one go
        touched: list[Span] = []
        for start, end in self.spans if narrow else ():
            before = bisect_left(lows, end)
            if before > 0 and reach[before - 1] > start:
                touched.append((start, end))
        return touched
