"""Undoes FlipAttack (Liu et al., 2024): characters or words in reverse order, in a whole text or a part of it.

FCS reverses the characters of a sentence, FCW those of each word, FWO the order of words. FMM is FCS with an
instruction that names another rule, so the instruction is not believed. A reversed word reads worse forwards than
backwards under the trigram table whichever of the first two it came from; word order then tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from guardkit.decode import language
from guardkit.decode.passages import (
    CLOSING,
    UNLIKE_PROSE,
    Range,
    Scores,
    areas_of,
    deepest,
    known_of,
    lines,
    quotes,
    share_known,
    tails,
    trimmed,
)
from guardkit.view import View

__all__ = ["Flip"]

LIMIT = 65_536  # characters searched
TOTAL = -5.0  # nats by which a passage must read better backwards
PER_LETTER = -0.1  # and nats per letter
EASED = 0.5  # factor on the thresholds in totals for a text that announces a reversal
FLOOR = -2.9  # trigram fitness of the result
GAIN = 0.35  # by which it must exceed that of the passage
KNOWN = 0.6  # share of the result's letters in known words
CERTAIN = -15.0  # nats at which half the known words suffice
DOUBT = 3.0  # nats of word order within which both readings are given
ORDER = -3.0  # nats by which words must read better in reverse order
ORDER_WORDS = 40  # longer texts are not tested for word order: too many false finds

TOKEN = re.compile(r"\S+")
FRAME = re.compile(
    r"(?i:\b(?:flip|revers|backward|mirror|decrypt|encrypt)\w*\b.{0,60}?"
    r"\b(?:words?|characters?|letters?|sentences?|order|task|problem|content)\b)"
    r"|\bTASK\b.{0,20}?['\"“‘`:]|(?i:\btask\s{1,2}is\s{0,2}:?\s{0,2}['\"“‘`])"
)
TASK = re.compile(r"(?i:\btask\s{0,2}(?:\bis\b\s{0,2}[:=]?|[:=]))[^\S\n]*\n?([^\r\n]+)")
"""What follows the word that FlipAttack's prompts put before the flipped text, to the end of the line."""
CUES = ("flip", "revers", "backward", "mirror", "crypt", "task")
"""A text that announces its own reversal, or hands over a quoted task: less evidence is enough."""


def reverse(start: int, end: int) -> list[int]:
    """The indices of the range, backwards."""
    return list(range(end - 1, start - 1, -1))


def reverse_words(text: str, start: int, end: int) -> list[int]:
    """The indices of the range with each of its tokens backwards."""
    order = list(range(start, end))
    for token in TOKEN.finditer(text, start, end):
        order[token.start() - start : token.end() - start] = reverse(*token.span())
    return order


def reorder_words(text: str, start: int, end: int) -> list[int]:
    """The indices of the range with its tokens in reverse order, each followed by one of the spaces between them."""
    order: list[int] = []
    tokens = [token.span() for token in TOKEN.finditer(text, start, end)]
    for at in range(len(tokens) - 1, -1, -1):
        order += range(*tokens[at])
        if at:
            order.append(tokens[at - 1][1])
    return order


def direction(text: str, tokens: list[str]) -> float:
    """Nats of evidence for the order of the text's tokens: pairs of words, the capital, the full stop."""
    first, last = tokens[0], tokens[-1]
    capital = (first[:1].isupper() and not last[:1].isupper()) - (last[:1].isupper() and not first[:1].isupper())
    stop = (last[-1:] in ".?!") - (first[-1:] in ".?!")
    return language.text_order(text) + 2.0 * (capital + stop)


class Flip:
    """Gives the text with every reversed passage turned round again."""

    name = "flip"

    def decode(self, view: View) -> Iterator[View]:
        text = view.text[:LIMIT]
        if len(text) < 6:
            return
        ratio = language.tables().ratio
        fall = deepest(text, ratio)
        if fall <= TOTAL * EASED:
            eased = EASED if announced(text) else 1.0
            if fall <= TOTAL * eased:
                yield from self.characters(view, text, eased)
        yield from self.order(view, text)

    def characters(self, view: View, text: str, eased: float) -> Iterator[View]:
        """Undoes FCS and FCW; both readings where word order does not decide."""
        ratios = Scores.of(text, language.tables().ratio)
        areas = areas_of(text)
        whole: Range | None = None  # counted when it is needed: most runs fail before
        taken = bytearray(len(text))
        found: list[tuple[Range, float]] = []
        for first, last in ratios.runs(TOTAL * eased):
            start, end = ratios.area(first, last, areas)
            if 1 in taken[start:end]:
                continue
            plain = text[start:end][::-1]
            if not better(text[start:end], plain, ratios.total(*ratios.words(start, end)) / eased):
                continue
            if (start, end) not in areas:
                known, letters = whole = whole or known_of(language.words(text))
                mine, all_mine = known_of(language.words(text[start:end]))
                if known - mine < KNOWN * max(letters - all_mine, 1):
                    continue  # other languages have words that read better backwards, but not whole sentences
            taken[start:end] = b"\1" * (end - start)
            found.append(((start, end), direction(plain, plain.split())))
        if not found:
            return
        found.sort()
        yield from turned(view, text, [(area, score >= 0) for area, score in found])
        if any(abs(score) < DOUBT and " " in text[slice(*area)] for area, score in found):
            yield from turned(view, text, [(area, (score >= 0) != (abs(score) < DOUBT)) for area, score in found])

    def order(self, view: View, text: str) -> Iterator[View]:
        """Undoes FWO, in quotations, in what a text that speaks of a reversal introduces, and in short texts."""
        told = announced(text)
        areas = sorted(quotes(text), key=lambda area: area[1] - area[0])  # what is quoted before the code that holds it
        areas += tasks(text)
        if told:
            areas += [*tails(text), *lines(text)]
        if len(text) < 400:
            areas.append((0, len(text.rstrip())))
        taken = bytearray(len(text))
        found: list[Range] = []
        for start, end in areas:
            if 1 in taken[start:end]:
                continue
            tokens = text[start:end].split()
            if not 4 <= len(tokens) <= ORDER_WORDS or direction(text[start:end], tokens) > ORDER * (
                EASED if told else 1.0
            ):
                continue
            if len(UNLIKE_PROSE.findall(text, start, end)) * (4 if told else 8) > len(tokens):
                continue
            if share_known(language.words(text[start:end])) >= KNOWN:
                taken[start:end] = b"\1" * (end - start)
                found.append((start, end))
        if found:
            replaced: list[int] = []
            at = size = 0
            for start, end in sorted(found):
                replaced += range(at, start)
                replaced += reorder_words(text, start, end)
                at, size = end, size + end - start
            replaced += range(at, len(view))
            yield view.pick("flip_words", replaced, share=max(view.share, size / len(replaced)))


def tasks(text: str) -> list[Range]:
    """What stands after the word "task", without the quotation marks around it."""
    matches = TASK.finditer(text) if any([cue in text for cue in ("task", "TASK", "Task")]) else ()
    ranges = [trimmed(text, *match.span(1)) for match in matches]
    return [
        (start + 1, end - 1) if text[start] in CLOSING and text[end - 1] == CLOSING[text[start]] else (start, end)
        for start, end in ranges
        if end - start > 2
    ]


@lru_cache(maxsize=2)
def announced(text: str) -> bool:
    """Whether the text speaks of a reversal; the pattern is slow, so first by single words."""
    lower = text.lower()
    return any([cue in lower for cue in CUES]) and FRAME.search(text) is not None


def better(passage: str, plain: str, total: float) -> bool:
    """Whether the passage is English backwards and not forwards; `total` is its ratio in nats."""
    if total > TOTAL:
        return False
    letters = sum(map(str.isalpha, plain))
    if total > PER_LETTER * letters or letters < 5:
        return False
    known = share_known(language.words(plain))
    # Names and jargon are no reason for doubt where the letters leave none.
    needed = KNOWN / 2 if total < CERTAIN and total < -0.5 * letters else KNOWN
    if known < needed or known <= share_known(language.words(passage)) + 0.2:
        return False
    gained = language.fitness(plain)
    return gained >= FLOOR and gained >= language.fitness(passage) + GAIN


def turned(view: View, text: str, areas: list[tuple[Range, bool]]) -> Iterator[View]:
    """The view with each area turned round: as a whole where the flag says so, else word by word."""
    order: list[int] = []
    at = size = 0
    for (start, end), whole in areas:
        order += range(at, start)
        order += reverse(start, end) if whole else reverse_words(text, start, end)
        at, size = end, size + end - start
    order += range(at, len(view))
    name = "flip_chars" if any(whole for _, whole in areas) else "flip_words_chars"
    yield view.pick(name, order, share=max(view.share, size / len(order)))
