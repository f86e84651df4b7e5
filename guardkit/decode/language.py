"""How much a text looks like language: character trigrams, a lexicon and word order, all learned from our own data.

Every decoder asks the same questions of what it decoded, so the answers live here. All functions are pure, take any
string, never raise, and look at a bounded part of it. `guardkit.trainer.tables` learns the tables.
"""

from __future__ import annotations

import math
import re
import unicodedata
from array import array
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import getitem
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "endings", "fitness", "flat", "frequency", "known", "places", "readable", "reversal", "segment", "suffix_class",
    "symbols", "tables", "text_order", "trigrams", "word_order", "words",
]  # fmt: skip

SYMBOLS = 28  # 0 word boundary, 1..26 a..z, 27 a letter outside ASCII
SCALE = 12  # table units per nat, for trigrams and frequencies
ORDER_SCALE = 24  # table units per nat, for word order
SAMPLE = 400  # characters scored
SEGMENT_LIMIT = 65_536  # letters segmented: more than a chunk of the pipeline holds
LONGEST_WORD = 20  # letters
UNKNOWN_WORD, UNKNOWN_LETTER = 10.0, 2.3  # nats that a word which the lexicon lacks costs, and each of its letters

SUFFIXES = (
    "ing", "ed", "ly", "tion", "sion", "ment", "ness", "ity", "able", "ous", "ive", "ful", "est", "ers", "er", "or",
    "al", "ic", "ies", "s", "y", "e", "",
)  # fmt: skip
"""Word classes for the words that are not frequent enough to stand for themselves; the longest match counts."""
PLACES = {suffix: place for place, suffix in enumerate(SUFFIXES)}

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
APOSTROPHE = re.compile(r"'(?<=[A-Za-z]')(?=[A-Za-z])")
FROM_UNICODE = 0x3000  # code points with a class of their own; beyond it almost everything is a letter

# Maps a byte to its lower-case letter or to a space; "& 31" then gives the symbol.
ASCII = bytes(code | 32 if chr(code).isalpha() and code < 128 else 32 for code in range(256))
SYMBOL = bytes(code & 31 for code in range(256))
OTHER = ord("{")  # "& 31" is 27

SCRIPTS = (
    (0x0370, 0x03FF), (0x0400, 0x052F), (0x0530, 0x058F), (0x0590, 0x05FF), (0x0600, 0x077F), (0x0900, 0x0DFF),
    (0x0E00, 0x0E7F), (0x10A0, 0x10FF), (0x1100, 0x11FF), (0x1200, 0x139F), (0x1780, 0x17FF), (0x1EA0, 0x1EFF),
    (0x3040, 0x9FFF), (0xAC00, 0xD7AF),
)  # fmt: skip
"""Blocks of the scripts in daily use, as inclusive ranges: Greek to Hangul. Kana and Han count as one."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The learned arrays, unpacked."""

    forward: NDArray[np.float32]  # (28*28*28,) natural-log probability of the third symbol after the first two
    ratio: NDArray[np.float32]  # (28*28*28,) the same, less that of the reversed trigram
    lexicon: dict[str, float]  # word -> natural-log probability
    order: list[array[int]]  # (classes, classes) log ratio of the pair to the swapped pair, in table units
    suffixes: int  # the first suffix class
    classes: dict[str, int]  # frequent word -> its class; the boundary is 0, suffix classes come last


@cache
def tables() -> Tables:
    """The shipped tables, read on first use."""
    with np.load(Path(__file__).with_name("tables.npz")) as stored:
        forward = stored["trigrams"].astype(np.float32) / SCALE
        vocabulary = stored["words"].tobytes().decode("ascii").split("\n")
        frequencies = (stored["frequencies"].astype(np.float64) / -SCALE).tolist()
        order = stored["order"]
    cube = forward.reshape(SYMBOLS, SYMBOLS, SYMBOLS)
    ratio = (cube - cube.transpose(2, 1, 0)).ravel()
    frequent = len(order) - len(SUFFIXES) - 1
    by_frequency = sorted(range(len(vocabulary)), key=lambda at: (-frequencies[at], vocabulary[at]))
    classes = {vocabulary[at]: rank + 1 for rank, at in enumerate(by_frequency[:frequent])}
    lexicon = dict(zip(vocabulary, frequencies, strict=True))
    return Tables(forward, ratio, lexicon, [array("b", row.tobytes()) for row in order], frequent + 1, classes)


@cache
def prefixes() -> frozenset[str]:
    """What the words of the lexicon begin with, themselves included."""
    return frozenset(word[:size] for word in tables().lexicon for size in range(1, len(word) + 1))


@cache
def unicode_classes() -> NDArray[np.uint8]:
    """The letter byte (see `ASCII`) of each code point below `FROM_UNICODE`; the last one stands for all others."""
    found = bytearray(ASCII[:128])
    found += bytes(OTHER if chr(code).isalpha() else 32 for code in range(128, FROM_UNICODE))
    found.append(OTHER)
    return np.frombuffer(bytes(found), np.uint8)


def sample(text: str) -> str:
    """At most `SAMPLE` characters: all, or four evenly spaced pieces."""
    size = len(text)
    if size <= SAMPLE:
        return text
    piece, step = SAMPLE // 4, (size - SAMPLE // 4) // 3
    return " ".join(text[at : at + piece] for at in (0, step, 2 * step, 3 * step))


def flat(text: str) -> bytes:
    """A byte per character: the lower-case letter, `OTHER`, or a space for what is no letter. "& 31" is the symbol."""
    if text.isascii():
        return text.encode("ascii").translate(ASCII)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return unicode_classes()[np.minimum(codes, FROM_UNICODE)].tobytes()


def letters(text: str) -> bytes:
    """The text flat, with single spaces between runs of letters, and one at either end."""
    return b" " + b" ".join(flat(text).split()) + b" "


@lru_cache(maxsize=8)  # decoder after decoder asks about the same text
def symbols(text: str) -> NDArray[np.intp]:
    """The text's symbols, 0..27: see `SYMBOLS`. Boundaries are single, and one is at either end. Not to be changed."""
    return np.frombuffer(letters(text).translate(SYMBOL), np.uint8).astype(np.intp)


@lru_cache(maxsize=8)
def endings(text: str) -> NDArray[np.intp]:
    """Which of the text's trigrams are the last ones of a word. Not to be changed."""
    at: NDArray[np.intp] = np.equal(symbols(text)[2:], 0).nonzero()[0]
    return at


@lru_cache(maxsize=8)
def places(text: str) -> NDArray[np.intp]:
    """The places in the trigram table of the text's symbols. Not to be changed."""
    return trigrams(symbols(text))


def trigrams(codes: NDArray[np.intp]) -> NDArray[np.intp]:
    """The place in the trigram table of every three neighbours along the last axis."""
    return codes[..., :-2] * (SYMBOLS * SYMBOLS) + codes[..., 1:-1] * SYMBOLS + codes[..., 2:]


def mean(text: str, table: NDArray[np.float32], otherwise: float) -> float:
    """The table's mean over the text's trigrams, or `otherwise` for a text of fewer than three letters."""
    text = sample(text)
    if np.count_nonzero(symbols(text)) < 3:
        return otherwise
    at = places(text)
    return float(np.add.reduce(table.take(at))) / len(at)


def fitness(text: str) -> float:
    """Mean natural-log trigram probability per letter: about -2.2 for English, below -3.2 gibberish.

    -inf when there are fewer than three letters.
    """
    return mean(text, tables().forward, -math.inf)


def reversal(text: str) -> float:
    """Natural-log ratio per letter of the text to its reversal; negative when it reads better backwards."""
    return mean(text, tables().ratio, 0.0)


def readable(text: str, floor: float = -3.2) -> bool:
    """Whether something decoded is language: printable, mostly letters, and English-like or of another script."""
    text = sample(text)
    size = len(text)
    if size < 3:
        return False
    if not text.isprintable() and sum(c.isprintable() or c in "\n\r\t" for c in text) < 0.97 * size:
        return False
    if text.isascii():
        return sum(c.isalpha() or c.isspace() for c in text) >= 0.6 * size and fitness(text) > floor
    # Many scripts write vowels as marks; and letters with an accent are as good as those without.
    if sum(c.isspace() or unicodedata.category(c)[0] in "LM" for c in text) < 0.6 * size:
        return False
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return fitness(plain) > floor - 0.3 or foreign(text)


def foreign(text: str) -> bool:
    """Whether most letters are of one script in daily use other than Latin."""
    alphabetic = [ord(c) for c in text if c.isalpha()]
    outside = [code for code in alphabetic if code >= SCRIPTS[0][0]]
    if len(outside) < 3 or 2 * len(outside) < len(alphabetic):
        return False
    return max(sum(low <= code <= high for code in outside) for low, high in SCRIPTS) >= 0.9 * len(outside)


def words(text: str) -> list[str]:
    """The text's words, lower-case, letters only: an apostrophe inside a word is dropped."""
    if text.isascii():
        joined = APOSTROPHE.sub("", text) if "'" in text else text
        return joined.encode("ascii").translate(ASCII).decode("ascii").split()
    return [word.replace("'", "").replace("’", "") for word in WORD.findall(text.lower())]


def known(word: str) -> bool:
    """Whether the lower-case word is in the lexicon of about 20,000 English words."""
    return word in tables().lexicon


def frequency(word: str) -> float:
    """Natural-log unigram probability of a lower-case word; an unknown one costs more the longer it is."""
    found = tables().lexicon.get(word)
    return -UNKNOWN_WORD - UNKNOWN_LETTER * len(word) if found is None else found


def segment(letters: str) -> list[str]:
    """The most probable words that the run of letters consists of; together they are the run.

    Viterbi over unigrams. Letters past the limit come back as one last word.
    """
    run = letters[:SEGMENT_LIMIT]
    lower = run.lower()
    previous = cuts(lower if len(lower) == len(run) else run)  # a few capitals have no single lower-case letter
    parts = [letters[SEGMENT_LIMIT:]] if len(letters) > SEGMENT_LIMIT else []
    end = len(run)
    while end:
        parts.append(run[previous[end] : end])
        end = previous[end]
    return parts[::-1]


def cuts(run: str) -> list[int]:
    """For each place in a run of lower-case letters, where the last of the words up to it begins."""
    lexicon, starts = tables().lexicon, prefixes()
    size = len(run)
    best = [0.0] + [-math.inf] * size
    previous = [0] * (size + 1)
    strange: deque[int] = deque()  # where an unknown word may begin, the best place first
    for at in range(size + 1):
        if at:
            if strange[0] < at - LONGEST_WORD:
                strange.popleft()
            value = best[strange[0]] - UNKNOWN_WORD - UNKNOWN_LETTER * (at - strange[0])
            if value > best[at]:
                best[at], previous[at] = value, strange[0]
        while strange and best[strange[-1]] + UNKNOWN_LETTER * strange[-1] < best[at] + UNKNOWN_LETTER * at:
            strange.pop()
        strange.append(at)
        for end in range(at + 1, min(at + LONGEST_WORD, size) + 1):
            word = run[at:end]
            if word not in starts:
                break
            found = lexicon.get(word)
            if found is not None and best[at] + found > best[end]:
                best[end], previous[end] = best[at] + found, at
    return previous


def suffix_class(word: str) -> int:
    """The place in `SUFFIXES` of the word's class."""
    for size in (4, 3, 2, 1):
        found = PLACES.get(word[-size:])
        if found is not None:
            return found
    return PLACES[""]


@lru_cache(maxsize=16_384)  # words come again
def word_class(word: str) -> int:
    """The row of the table of orders that a lower-case word has: its own, or that of its ending."""
    loaded = tables()
    found = loaded.classes.get(word)
    return loaded.suffixes + suffix_class(word) if found is None else found


def word_order(sequence: Sequence[str]) -> float:
    """Natural-log ratio, in all, of lower-case words in this order to the reverse; negative: better backwards."""
    classes = [0, *map(word_class, sequence), 0]
    rows = map(tables().order.__getitem__, classes)
    return sum(map(getitem, rows, classes[1:])) / ORDER_SCALE


@lru_cache(maxsize=8)  # two decoders ask about the same passages
def text_order(text: str) -> float:
    """The `word_order` of a text's words."""
    return word_order(words(text))
