"""Look-alike letters to the ASCII letters they stand for (UTS #39), and only in words that are disguised.

A word of Russian, Greek or Vietnamese is never touched. A word is disguised when it mixes look-alikes with ASCII
letters in a Latin text, or when look-alikes and accents are all that keeps it and its neighbours from being English.
"""

from __future__ import annotations

from unicodedata import normalize

import numpy as np

from guardkit.decode.language import known
from guardkit.normalize.buffer import Buffer
from guardkit.normalize.tables import Flag, tables
from guardkit.normalize.words import Words, plain

__all__ = ["fold"]

Folded = dict[int, str]  # the number of a word, and the word in ASCII

SAMPLE = 200  # words that decide whether a text is English
DISGUISED = 0.6  # share of the words in another script that must come out English
DISGUISED_ALONE = 0.8  # the same, in a text with no Latin words around
ACCENTED = 0.4  # share of the words with accents that no European spelling reaches
ENGLISH = 0.75  # share of all words that must come out English before accents are noise


def fold(buffer: Buffer) -> tuple[Buffer, int, int]:
    """The buffer with disguised words in ASCII, how many characters were folded, and how many words mixed scripts."""
    present = np.bitwise_or.reduce(buffer.flags, initial=0)
    if not present & (Flag.LOOKALIKE | Flag.ACCENTED):
        return buffer, 0, 0
    words = Words.of(buffer)
    if not present & Flag.LOOKALIKE:
        return *_apply(buffer, words, _deaccented(words)), 0
    latin = _latin(words)
    mixed = _mixed(words, latin)
    chosen = mixed | _whole(words, latin, bool(mixed)) | _deaccented(words)
    return *_apply(buffer, words, chosen), int(words.mixed.sum())


def _latin(words: Words) -> bool:
    """Whether most letters are Latin, the look-alikes of mixed words being counted as Latin."""
    return bool(words.latin.sum() + words.lookalike[words.mixed].sum() > 0.5 * words.sizes.sum())


def _mixed(words: Words, latin: bool) -> Folded:
    """The words with look-alikes among Latin letters, small capitals and phonetic letters included."""
    candidates = np.flatnonzero((words.lookalike > 0) & ((words.ascii > 0) | (words.latin > 0)))
    if not len(candidates):
        return {}
    # Beside words that really are of another script, a mixed one may be a loan with a Russian ending.
    genuine = _genuine(words)
    chosen: Folded = {}
    for at in candidates.tolist():
        word = plain(words[at])
        sure = latin and not genuine and words.sizes[at] >= 3 and (words.ascii[at] > 0 or word.isascii())
        if sure or known(word.lower()):
            chosen[at] = word
    return chosen


def _genuine(words: Words) -> bool:
    """Whether some word is of another script beyond doubt: it has letters that look like no Latin ones."""
    return bool(((words.latin == 0) & (words.lookalike < words.sizes)).any())


def _whole(words: Words, latin: bool, disguised: bool) -> Folded:
    """The words of another script that come out English, if nearly all words of that kind do.

    In a Latin text with `disguised` words, and none that really is of another script, each one that does will do.
    """
    sizes = words.sizes
    foreign = words.latin == 0
    alike = np.flatnonzero(foreign & (words.lookalike == sizes))
    others = int((foreign & (sizes >= 2)).sum())
    share = DISGUISED if latin else DISGUISED_ALONE
    sure = latin and disguised and not _genuine(words)
    if not len(alike) or (not sure and int((sizes[alike] >= 2).sum()) < share * others):
        return {}
    english = {
        at: word
        for at in alike.tolist()
        if known((word := plain(words[at])).lower()) or (sure and len(word) == 1)  # as after an apostrophe
    }
    if sure:
        return english
    telling = sizes[[at for at in english if sizes[at] >= 2]]
    return english if telling.sum() >= 3 and len(telling) >= share * others else {}


def _borrowed(word: str) -> bool:
    """No more accents than English borrows: two of one sort, from Latin-1, and never a sharp s."""
    marks = [normalize("NFD", char)[1:] or char for char in word if not char.isascii()]
    return len(marks) <= 2 and len(set(marks)) <= 1 and all(ord(char) <= 0xFF and char != "ß" for char in word)


def _deaccented(words: Words) -> Folded:
    """The accented words of a text that is English without its accents, and has more of them than English does."""
    accented = np.flatnonzero(words.accented > 0)
    if not len(accented):
        return {}
    enough = max(3, ACCENTED * len(words), ENGLISH * len(accented))
    if len(accented) < enough and all(_borrowed(words[at]) for at in accented.tolist()):
        return {}
    english = sample = min(len(words), SAMPLE)
    for word in words.first(sample):
        english -= not known(plain(word).lower())
        if english < ENGLISH * sample:
            return {}
    folded = {at: word for at in accented.tolist() if known((word := plain(words[at])).lower())}
    if len(folded) >= enough:
        return folded
    odd = {at: word for at, word in folded.items() if not _borrowed(words[at])}
    if len(odd) > 1:  # then the unknown words are no names
        odd |= {at: plain(words[at]) for at in accented.tolist() if not _borrowed(words[at])}
    return odd


def _apply(buffer: Buffer, words: Words, chosen: Folded) -> tuple[Buffer, int]:
    """The buffer with the chosen words replaced, character by character where that is what was done."""
    table = tables().plain
    starts: list[int] = []
    ends: list[int] = []
    values: list[str] = []
    folded = 0
    for at in sorted(chosen):
        start, word = int(words.starts[at]), words[at]
        singles = [table.get(char, char) for char in word]
        changed = [
            (place, new) for place, (old, new) in enumerate(zip(word, singles, strict=True), start) if old != new
        ]
        folded += len(changed)
        if "".join(singles) != chosen[at]:
            changed = [(start, chosen[at])]
            ends.append(start + len(word))
        else:
            ends += [place + 1 for place, _ in changed]
        starts += [place for place, _ in changed]
        values += [value for _, value in changed]
    return (buffer.rewrite(starts, ends, values) if starts else buffer), folded
