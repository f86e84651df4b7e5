"""The parts of a text that an attacker would encode as a whole: quotations, lines, sentences, or a run of odd words."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guardkit.decode import language

__all__ = [
    "CLOSING", "MARK", "MOST", "UNLIKE_PROSE", "Range", "Scores", "areas_of", "deepest", "quotes", "share_known",
    "tails", "trimmed",
]  # fmt: skip

Range = tuple[int, int]  # start, end
MOST = 60  # passages of a kind
SPARE = 4.0  # nats by which the rest of a quotation, line or sentence may read forwards and still belong to it

MARK = re.compile(r"[\"'`“”‘’«»]")
LINE = re.compile(r"[^\r\n]+")
TAIL = re.compile(r"(?<=:)[^\r\n]+")
SENTENCE = re.compile(r"[^.?!\r\n]+[.?!]*")
UNLIKE_PROSE = re.compile(r"[^\s\w.,;:!?'\"“”‘’()&%$-]|\d\S*\d|\w[_.:/]\w")
CLOSING = {'"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "«": "»"}


def trimmed(text: str, start: int, end: int) -> Range:
    """The range without the white space at its ends."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    return start, start + len(part.strip())


def matches(pattern: re.Pattern[str], text: str) -> list[Range]:
    """The first ranges that the pattern matches, trimmed, without empty ones."""
    found: list[Range] = []
    for match in pattern.finditer(text):
        start, end = trimmed(text, *match.span())
        if start < end:
            found.append((start, end))
            if len(found) == MOST:
                break
    return found


def areas_of(text: str) -> list[Range]:
    """Quotations, the whole, lines, what a colon introduces, and sentences as far as full stops tell."""
    whole = [trimmed(text, 0, len(text))]
    return [*quotes(text), *whole, *matches(LINE, text), *tails(text), *matches(SENTENCE, text)]


def tails(text: str) -> list[Range]:
    """What a colon introduces, to the end of its line."""
    return matches(TAIL, text)


def quotes(text: str) -> list[Range]:
    """What stands between quotation marks, in one pass; a mark between two letters is an apostrophe."""
    found: list[Range] = []
    opened: dict[str, int] = {}  # closing mark -> start of what it would close
    for match in MARK.finditer(text):
        at, mark = match.start(), match.group()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if before.isalnum() and after.isalnum():
            continue
        start = opened.pop(mark, None)
        if start is not None and not after.isalnum():
            if at > start:
                found.append((start, at))
                if len(found) == MOST:
                    break
        elif mark in CLOSING and not before.isalnum():
            opened[CLOSING[mark]] = at + 1
    return sorted(found)


def share_known(words: list[str]) -> float:
    """The share of letters that are in known words of at least three letters, among all such words."""
    long = [word for word in words if len(word) > 2]
    total = sum(map(len, long))
    return sum(len(word) for word in long if language.known(word)) / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """How each word of a text fares under a trigram table whose values fall below zero over what is sought."""

    starts: NDArray[np.intp]  # first character of each word
    ends: NDArray[np.intp]  # the one after its last
    sums: NDArray[np.float64]  # (words+1,) running total in nats

    @classmethod
    def of(cls, text: str, table: NDArray[np.float32]) -> Scores:
        codes = np.zeros(len(text) + 2, np.intp)
        codes[1:-1] = np.frombuffer(language.flat(text), np.uint8) & 31
        letter = codes != 0
        kept = letter.copy()  # single boundaries, and one at either end
        kept[1:] |= letter[:-1]
        kept[0] = True
        squeezed = codes[kept]
        nats = table.take(language.trigrams(squeezed)) * (squeezed[1:-1] != 0)
        edges = np.diff(letter.view(np.int8))
        starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
        totals = np.concatenate(([0.0], np.cumsum(nats, dtype=np.float64)))
        lengths = np.cumsum(ends - starts) + np.arange(len(starts))  # where each word ends among the trigrams
        return cls(starts, ends, np.concatenate(([0.0], totals[lengths])) if len(starts) else np.zeros(1))

    def total(self, first: int, last: int) -> float:
        """The nats of the words first..last, the last not included."""
        return float(self.sums[last] - self.sums[first])

    def mean(self, first: int, last: int) -> float:
        """The nats per letter of the words first..last, the last not included."""
        return self.total(first, last) / max(1, int((self.ends[first:last] - self.starts[first:last]).sum()))

    def words(self, start: int, end: int) -> tuple[int, int]:
        """The words that lie within the characters start..end, as first and last, the last not included."""
        return int(self.starts.searchsorted(start)), int(self.ends.searchsorted(end, "right"))

    def area(self, first: int, last: int, areas: list[Range]) -> Range:
        """The first of the areas that the run of words all but fills, or the run itself.

        A word or two at the edge of a passage may look plain; a plain sentence adds up to more.
        """
        run = int(self.starts[first]), int(self.ends[last - 1])
        for start, end in areas:
            if start >= run[1] or end <= run[0]:
                continue
            low, high = self.words(start, end)
            inside = min(high, last) - max(low, first)
            rest = self.total(low, high) - self.total(max(low, first), min(high, last)) if inside > 0 else 0.0
            if inside > 0.6 * (high - low) and inside > 0.6 * (last - first) and rest < SPARE:
                return start, end
        return run

    def runs(self, threshold: float) -> list[tuple[int, int]]:
        """The separate runs of words that fall by the threshold, in no order."""
        found: list[tuple[int, int]] = []
        pending = [(0, len(self.starts))]
        while pending and len(found) < MOST:
            first, last = pending.pop()
            sums = self.sums[first : last + 1]
            fall = sums - np.maximum.accumulate(sums)  # Kadane: the deepest fall is the best run
            end = int(fall.argmin())
            if fall[end] > threshold:
                continue
            start = int(sums[: end + 1].argmax())
            found.append((first + start, first + end))
            pending += [(first, first + start), (first + end, last)]
        return found


def deepest(text: str, table: NDArray[np.float32]) -> float:
    """The most negative total of any run of words, or 0: about what `Scores.runs` finds, without saying where."""
    codes = language.symbols(text)
    if len(codes) < 5:
        return 0.0
    sums = table.take(language.trigrams(codes)).cumsum()[codes[2:] == 0]  # at the last letter of each word
    return min(0.0, float((sums - np.maximum.accumulate(sums)).min()), float(sums.min()))
