"""The parts of a text that an attacker would encode as a whole: quotations, lines, sentences, or a run of odd words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from guardkit.decode import language

__all__ = [
    "CLOSING", "MARK", "UNLIKE_PROSE", "Areas", "Range", "Scores", "areas_of", "best_runs", "deepest", "fitnesses",
    "known_of", "lines", "quotes", "share_known", "strange", "tails", "trimmed",
]  # fmt: skip

Range = tuple[int, int]  # start, end
FILLED = 0.3  # share of letters in a passage that is taken as a whole: the rest may be anything
SPARE = 4.0  # nats by which the rest of a quotation, line or sentence may read forwards and still belong to it

MARK = re.compile(r"[\"'`“”‘’«»]")
LINE = re.compile(r"[^\r\n]+")
TAIL = re.compile(r":([^\r\n]+)")
SENTENCE = re.compile(r"[^.?!\r\n]+[.?!]*")
UNLIKE_PROSE = re.compile(r"[^\s\w.,;:!?'\"“”‘’()&%$-]|\d\S*\d|\w[_.:/]\w")
EDGES = ".,;:!?()\"'“”‘’"  # signs that stand before and behind words
CLOSING = {'"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "«": "»"}


def trimmed(text: str, start: int, end: int) -> Range:
    """The range without the white space at its ends."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    return start, start + len(part.strip())


def matches(pattern: re.Pattern[str], text: str) -> list[Range]:
    """The ranges that the pattern, or its one group, matches, trimmed, without empty ones."""
    found = [trimmed(text, *match.span(pattern.groups)) for match in pattern.finditer(text)]
    return [(start, end) for start, end in found if start < end]


@dataclass(frozen=True)  # without slots: the cached properties live in its dict
class Areas:
    """Passages of a text, the likeliest kind first."""

    ranges: list[Range]

    @cached_property
    def _edges(self) -> NDArray[np.intp]:
        return np.array(self.ranges, np.intp).reshape(-1, 2)

    @cached_property
    def _set(self) -> frozenset[Range]:
        return frozenset(self.ranges)

    def __iter__(self) -> Iterator[Range]:
        return iter(self.ranges)

    def __contains__(self, area: object) -> bool:
        return area in self._set

    def over(self, start: int, end: int) -> Iterator[Range]:
        """Those that have a character of start..end."""
        for at in ((self._edges[:, 0] < end) & (self._edges[:, 1] > start)).nonzero()[0].tolist():
            yield self.ranges[at]


@lru_cache(maxsize=2)  # several decoders ask for those of the same text
def areas_of(text: str) -> Areas:
    """Quotations, the whole, lines, what a colon introduces, and sentences as far as full stops tell."""
    whole = [trimmed(text, 0, len(text))]
    return Areas([*quotes(text), *whole, *lines(text), *tails(text), *matches(SENTENCE, text)])


def lines(text: str) -> list[Range]:
    """The lines that are not empty."""
    return matches(LINE, text)


def tails(text: str) -> list[Range]:
    """What a colon introduces, to the end of its line."""
    return matches(TAIL, text)


@lru_cache(maxsize=2)
def quotes(text: str) -> tuple[Range, ...]:
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
        elif mark in CLOSING and not before.isalnum():
            opened[CLOSING[mark]] = at + 1
    return tuple(sorted(found))


def share_known(words: list[str]) -> float:
    """The share of letters that are in known words of at least three letters, among all such words."""
    known, total = known_of(words)
    return known / total if total else 0.0


def known_of(words: list[str]) -> Range:
    """The letters in known words of at least three letters, and those in all such words."""
    lexicon = language.tables().lexicon
    long = [word for word in words if len(word) > 2]
    return sum([len(word) for word in long if word in lexicon]), sum(map(len, long))


@lru_cache(maxsize=2)  # several decoders start from these
def strange(text: str) -> tuple[list[str], list[str], list[str]]:
    """The lower-case tokens; those that are no words of the lexicon; and what is none without the signs around it
    either, without these. Not to be changed.
    """
    lexicon = language.tables().lexicon
    tokens = text.lower().split()
    odd = [token for token in tokens if token not in lexicon]
    stripped = [token.strip(EDGES) for token in odd]
    return tokens, odd, [word for word in stripped if word not in lexicon]


@lru_cache(maxsize=2)
def spans(text: str) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where the runs of letters begin and end."""
    letter = np.zeros(len(text) + 2, np.int8)
    letter[1:-1] = np.frombuffer(language.flat(text), np.uint8) != 32
    edges = letter[1:] - letter[:-1]
    return (edges == 1).nonzero()[0], (edges == -1).nonzero()[0]


@dataclass(frozen=True, slots=True)
class Scores:
    """How each word of a text fares under a trigram table whose values fall below zero over what is sought."""

    starts: NDArray[np.intp]  # first character of each word
    ends: NDArray[np.intp]  # the one after its last
    sums: NDArray[np.float64]  # (words+1,) running total in nats

    @classmethod
    def of(cls, text: str, table: NDArray[np.float32]) -> Scores:
        starts, ends = spans(text)
        if not len(starts):
            return cls(starts, ends, np.zeros(1))
        nats = table.take(language.places(text)) * (language.symbols(text)[1:-1] != 0)
        totals = nats.cumsum(dtype=np.float64)[language.endings(text)]
        return cls(starts, ends, np.concatenate(([0.0], totals)))

    def total(self, first: int, last: int) -> float:
        """The nats of the words first..last, the last not included."""
        return float(self.sums[last] - self.sums[first])

    def mean(self, first: int, last: int) -> float:
        """The nats per letter of the words first..last, the last not included."""
        return self.total(first, last) / max(1, int((self.ends[first:last] - self.starts[first:last]).sum()))

    def words(self, start: int, end: int) -> tuple[int, int]:
        """The words that lie within the characters start..end, as first and last, the last not included."""
        return int(self.starts.searchsorted(start)), int(self.ends.searchsorted(end, "right"))

    def area(self, first: int, last: int, areas: Areas) -> Range:
        """The first of the areas that the run of words all but fills, or the run itself.

        A word or two at the edge of a passage may look plain; a plain sentence adds up to more.
        """
        run = int(self.starts[first]), int(self.ends[last - 1])
        for start, end in areas.over(*run):
            low, high = self.words(start, end)
            inside = min(high, last) - max(low, first)
            if inside <= 0.6 * max(high - low, last - first):
                continue
            rest = self.total(low, high) - self.total(max(low, first), min(high, last))
            if rest < SPARE and int((self.ends[low:high] - self.starts[low:high]).sum()) > FILLED * (end - start):
                return start, end
        return run

    def runs(self, threshold: float) -> list[tuple[int, int]]:
        """The separate runs of words that fall by the threshold, the deepest first."""
        rises = (-self.sums).tolist()
        runs = [run for run in best_runs(rises) if rises[run[0]] - rises[run[1]] <= threshold]
        return sorted(runs, key=lambda run: rises[run[0]] - rises[run[1]])


def best_runs(sums: Sequence[float]) -> list[tuple[int, int]]:
    """The runs of greatest sum that have no neighbour worth adding (Ruzzo and Tompa, 1999), in order, in linear time.

    `sums` are the running totals, one more than there are items; a run is its first item and the one after its last.
    """
    runs: list[tuple[int, int]] = []
    lower: list[int] = []  # for each run, the nearest before it that begins no higher, or -1
    for at in range(len(sums) - 1):
        if sums[at + 1] <= sums[at]:
            continue
        first, last = at, at + 1
        while first and sums[first - 1] == sums[first]:
            first -= 1  # what adds nothing may belong to it
        near = len(runs) - 1
        while True:
            while near >= 0 and sums[runs[near][0]] > sums[first]:
                near = lower[near]
            if near < 0 or sums[runs[near][1]] >= sums[last]:
                break
            first = runs[near][0]
            del runs[near:], lower[near:]
            near -= 1
        runs.append((first, last))
        lower.append(near)
    return runs


def fitnesses(text: str, ranges: Sequence[Range]) -> NDArray[np.float64]:
    """About `language.fitness` of each range of a text, up to what a word at its edge that it cuts makes of it."""
    letter = np.frombuffer(language.flat(text), np.uint8) != 32
    previous = np.concatenate(([False], letter[:-1]))
    # Symbols of the text before each character, as `language.symbols` squeezes it: letters, and what stands between.
    before = np.concatenate(([0], np.cumsum(letter | previous)))
    nats = np.concatenate(([0.0], language.tables().forward.take(language.places(text)).cumsum(dtype=np.float64)))
    last = len(nats) - 1
    edges = np.array(ranges, np.intp).reshape(-1, 2)
    start, end = np.minimum(before[edges[:, 0]], last), np.minimum(before[edges[:, 1]], last)
    totals: NDArray[np.float64] = (nats[end] - nats[start]) / np.maximum(end - start, 1)
    return totals


def deepest(text: str, table: NDArray[np.float32]) -> float:
    """The most negative total of any run of words, or 0: about what `Scores.runs` finds, without saying where."""
    if len(language.symbols(text)) < 5:
        return 0.0
    sums = table.take(language.places(text)).cumsum().take(language.endings(text))
    highest = np.maximum(np.maximum.accumulate(sums), 0)
    return min(0.0, float(np.minimum.reduce(sums - highest)))
