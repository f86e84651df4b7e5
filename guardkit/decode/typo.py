"""Scrambled and misspelt words, repaired with the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from guardkit.decode.language import flat, frequency, known, tables
from guardkit.view import View

__all__ = ["Typo"]

RUN = re.compile(r"[a-z]{3,}")
WORD = re.compile(r"\b(?<![@#/\\.&$%+=<-])[^\W\d_]+(?:['’][^\W\d_]+)?(?![\w@/\\=(]|[.:]\w)")
SHORTEST = 3  # letters of a word that is repaired
LONGEST = 20
EDITED = 4  # letters up to which only a scramble is repaired: short words all have neighbours
NEAR = 30  # runs of letters that ten words may be, at most
REPAIRS = 1_500  # different unknown words of one text: more of them are another language
RARE = -13.0  # natural-log probability of the rarest correction
ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "y", "able", "ness", "less", "ish", "n")
STARTS = ("un", "re", "non", "pre", "mis", "dis", "anti", "over", "sub", "co", "in", "out", "up", "under")
DISTRUST = 1.5  # nats by which an edited first letter makes a correction less likely


@dataclass(frozen=True, slots=True)
class Index:
    """Where to look up the neighbours of a word that is not in the lexicon; about 4 MB."""

    scrambles: dict[str, str]  # first letter, sorted middle, last letter -> the most frequent such word
    vocabulary: list[str]
    hashes: NDArray[np.int64]  # of every word and every word less one letter, sorted
    owners: NDArray[np.uint16]  # the place in `vocabulary` that each hash comes from


def signature(word: str) -> str:
    """What typoglycemia keeps: the first and the last letter, and which letters stand between."""
    return f"{word[0]}{''.join(sorted(word[1:-1]))}{word[-1]}"


def shortened(word: str) -> list[str]:
    """The word, and the word less one letter: two words one edit apart have one of these in common."""
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


@cache
def index() -> Index:
    """The lookup tables, built from the lexicon on first use (about 0.2 s)."""
    lexicon = tables().lexicon
    vocabulary = [word for word, score in lexicon.items() if len(word) >= SHORTEST and score > RARE]
    scrambles = {signature(word): word for word in sorted(vocabulary, key=frequency)}
    hashes = np.fromiter((hash(form) for word in vocabulary for form in shortened(word)), np.int64)
    owners = np.repeat(np.arange(len(vocabulary), dtype=np.uint16), [len(word) + 1 for word in vocabulary])
    order = np.argsort(hashes)
    return Index(scrambles, vocabulary, hashes[order], owners[order])


def one_edit(wrong: str, right: str) -> bool:
    """Whether one letter dropped, added or replaced, or two neighbours swapped, turn one word into the other."""
    start = 0
    while start < min(len(wrong), len(right)) and wrong[start] == right[start]:
        start += 1
    left, rest = wrong[start:], right[start:]
    if len(left) == len(rest):
        return left[1:] == rest[1:] or (left[1::-1] == rest[:2] and left[2:] == rest[2:])
    return left[1:] == rest or left == rest[1:]


def neighbours(unknown: list[str]) -> dict[str, str]:
    """The likeliest lexicon word one edit away from each of the words that have one."""
    lookup = index()
    forms = [shortened(word) for word in unknown]
    wanted = np.array([hash(form) for group in forms for form in group], np.int64)
    first = np.searchsorted(lookup.hashes, wanted, "left").tolist()
    last = np.searchsorted(lookup.hashes, wanted, "right").tolist()
    found: dict[str, str] = {}
    at = 0
    for word, group in zip(unknown, forms, strict=True):
        places = range(at, at + len(group))
        owners = {owner for place in places for owner in lookup.owners[first[place] : last[place]].tolist()}
        at += len(group)
        near = [right for right in map(lookup.vocabulary.__getitem__, owners) if one_edit(word, right)]
        if near:
            found[word] = max(near, key=lambda right: frequency(right) - DISTRUST * (right[0] != word[0]))
    return found


def derived(word: str) -> bool:
    """Whether the word is an inflection or a compound of known words: rare, but no mistake."""
    if word.endswith(ENDINGS):
        for ending in ENDINGS:
            if word.endswith(ending):
                stem = word[: -len(ending)]
                if len(stem) > 2 and (known(stem) or known(stem + "e") or (stem[-1] == stem[-2] and known(stem[:-1]))):
                    return True
    if word.startswith(STARTS):
        for start in STARTS:
            if word.startswith(start) and len(word) > len(start) + 2 and known(word[len(start) :]):
                return True
    lexicon = tables().lexicon
    for at in range(3, len(word) - 2):  # a loop, since `any` would make a generator of each word
        if word[:at] in lexicon and word[at:] in lexicon:
            return True
    return False


def scrambled(word: str) -> str | None:
    """The lexicon word of which the word is a scramble that keeps the first and the last letter."""
    return index().scrambles.get(signature(word))


def corrections(unknown: list[str]) -> dict[str, str]:
    """The repair of each word that has one."""
    found = {word: right for word in unknown if (right := scrambled(word)) is not None}
    rest = [word for word in unknown if word not in found and len(word) > EDITED]
    return neighbours(rest) | found


def cased(old: str, new: str) -> str:
    """The new word in the old one's case."""
    if old.isupper():
        return new.upper()
    return new[0].upper() + new[1:] if old[0].isupper() else new


@dataclass(frozen=True, slots=True)
class Suspect:
    """A word that the lexicon lacks: where it stands, which word of the text it is, and its letters."""

    start: int
    end: int
    ordinal: int
    word: str


def survey(text: str) -> tuple[list[Suspect], int, int]:
    """The words that may be mistakes, the number of words in all, and of those that the lexicon lacks."""
    lexicon = tables().lexicon
    suspects: list[Suspect] = []
    ordinal = unknown = 0
    for ordinal, match in enumerate(WORD.finditer(text), 1):
        word = match[0].lower()
        if word in lexicon:
            continue
        word = bare(word)
        if word not in lexicon:
            unknown += 1
            if sized(word) and not is_name(text, match.start(), match[0]):
                suspects.append(Suspect(match.start(), match.end(), ordinal, word))
    return suspects, ordinal, unknown


def hopeless(text: str) -> bool:
    """Whether a look at the words without their places tells that repairs will not be `enough`."""
    words: list[str] = []
    for token in text.split():
        if token.isalpha():
            words.append(token)
        else:  # with signs
            words += WORD.findall(token)
    lexicon = tables().lexicon
    odd = [(at, bare(word)) for at, word in enumerate(map(str.lower, words)) if word not in lexicon]
    unknown = [(at, word) for at, word in odd if word not in lexicon]
    likely = [at for at, word in unknown if sized(word) and repairable(word)]
    return not enough(likely, len(words), len(unknown))


def bare(word: str) -> str:
    """The word without apostrophes."""
    return word.replace("'", "").replace("’", "")


def sized(word: str) -> bool:
    """Whether the word is one of those that are repaired, by its length and letters."""
    return SHORTEST <= len(word) <= LONGEST and word.isascii()


def enough(ordinals: list[int], total: int, unknown: int) -> bool:
    """Whether the repairs are dense and leave few words unknown. More of them are enough where some are."""
    allowed = 0.2 if unknown > 0.5 * total else 0.4
    return unknown - len(ordinals) <= allowed * total and dense(ordinals, total)


def repairable(word: str) -> bool:
    """Whether the word is long enough for any repair, or a scramble."""
    return len(word) > EDITED or scrambled(word) is not None


def dense(ordinals: list[int], total: int) -> bool:
    """Whether so many words are repaired, in all or in one place, that chance misspellings do not explain it."""
    if len(ordinals) >= 0.15 * total:
        return total > 2 or len(ordinals) > 1
    if len(ordinals) >= 2 and len(ordinals) >= total / 12:
        return True
    return any(last - first < 10 for first, last in zip(ordinals, ordinals[2:], strict=False))


def promising(strange: list[int], runs: int) -> bool:
    """Whether the words may turn out `dense`, by the places of the strange ones among runs of letters."""
    if len(strange) >= runs / 12:
        return bool(strange)
    return any(last - first < NEAR for first, last in zip(strange, strange[2:], strict=False))


def letter_runs(lower: str) -> list[str]:
    """The runs of three letters or more of a to z."""
    if not lower.isascii():
        return RUN.findall(lower)
    return [run for run in flat(lower).decode("ascii").split() if len(run) > 2]


class Typo:
    """Typoglycemia, swapped, dropped, doubled and wrong letters, repaired in one view.

    Only words that the lexicon lacks are touched, no name inside a sentence, and only where they stand close: two in
    a dozen words, or three among ten neighbours. A text most of whose words are unknown is another language or code,
    and is left alone unless the repair makes nearly all of it known.
    """

    name = "typo"

    def decode(self, view: View) -> Iterator[View]:
        lexicon = tables().lexicon
        runs = letter_runs(view.text.lower())
        strange = [at for at, run in enumerate(runs) if run not in lexicon]
        if not promising(strange, len(runs)) or (len(view.text) > 80 and len({runs[at] for at in strange}) == 1):
            return
        if hopeless(view.text):
            return
        suspects, total, unknown = survey(view.text)
        wrong = dict.fromkeys(suspect.word for suspect in suspects)
        likely = {word: None for word in islice(wrong, REPAIRS) if repairable(word) and not derived(word)}
        if not enough([suspect.ordinal for suspect in suspects if suspect.word in likely], total, unknown):
            return
        repairs = corrections(list(likely))
        done = [suspect for suspect in suspects if suspect.word in repairs]
        if enough([suspect.ordinal for suspect in done], total, unknown):
            spans = [(at.start, at.end, cased(view.text[at.start : at.end], repairs[at.word])) for at in done]
            yield view.splice(self.name, spans)


def is_name(text: str, start: int, token: str) -> bool:
    """Whether the token is capitalised inside, or capitalised though no sentence starts there."""
    if token.islower() or token.isupper():
        return False
    if not token[1:].islower():
        return True
    before = text[max(0, start - 3) : start].rstrip(" \"'([“‘")
    return bool(before) and before[-1] not in ".!?:\n"
