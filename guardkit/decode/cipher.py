"""Undoes letter ciphers that need no key, or whose key the text states.

Every Caesar shift and Atbash are scored at once under the trigram table; affine ciphers only where those fail;
ROT47 where punctuation has letter frequencies; Vigenère with the words that the text offers as a key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from guardkit.decode import language
from guardkit.decode.blocks import best, unlocked
from guardkit.decode.grouping import respaced
from guardkit.decode.passages import MARK, Areas, Range, Scores, areas_of, best_runs, deepest, share_known
from guardkit.decode.puzzle import solved
from guardkit.view import View

__all__ = ["Cipher", "enciphered"]

LIMIT = 65_536  # characters searched
EXPECTED = -3.1  # nats per letter that divide English from what may be enciphered
MEAN = -0.5  # and per letter
TOTAL = -7.0  # nats by which a run of words must fall short of that
PLAIN = np.float32(0.5)  # nats of a letter outside ASCII, the same as if it were likely English
FLOOR = -2.9  # trigram fitness of the result
GAIN = 0.5  # by which it must exceed that of the passage
TOTAL_GAIN = 14.0  # and in all, so that a short passage needs more
KNOWN = 0.6  # share of the result's letters in known words
SAMPLE = 200  # letters scored for a shift
AFFINE_SAMPLE = 120
AFFINE_LEAST = 20  # letters
CODED_LEAST, CODED_KINDS = 16, 8  # letters that a code gave, and how many different ones
ATTEMPTS = 64  # passages tried in one text
KEYS = 16  # words that the text offers as a key

TOKEN = re.compile(r"\S+")
KEY = re.compile(
    r"(?i)\b(?:key(?:word)?|pass(?:word|phrase)|secret)\b(?:\s+(?:is|of|was)\b)?\s*[:=]?\s*[\"'“‘`]?([a-z]{2,20})\b"
)
ROT47_COMMON = "62@?:E"  # what e, a, o, n, i, t become; 4 of 10 characters of a text
ROT47_PAIR = re.compile(r"[2-K]{2}")  # what two lower-case letters become
WINDOW = 24  # characters
COMMON = np.isin(np.arange(256), list(map(ord, ROT47_COMMON)))
ROT47 = {code: 33 + (code - 33 + 47) % 94 for code in range(33, 127)}
ROT5 = {code: 48 + (code - 48 + 5) % 10 for code in range(48, 58)}

Keys = NDArray[np.intp]  # (keys, 28) what each symbol becomes
Step = Callable[[str], str]


def affine(multiplier: int, shift: int) -> list[int]:
    """The symbols after `multiplier * letter + shift`, letters counted from 0."""
    return [0, *(1 + (multiplier * letter + shift) % 26 for letter in range(26)), 27]


@cache
def simple_keys() -> Keys:
    """No cipher, the 25 shifts, and Atbash."""
    return np.array([*(affine(1, shift) for shift in range(26)), affine(25, 25)], np.intp)


@cache
def affine_keys() -> Keys:
    """No cipher, and all affine keys beyond the shifts."""
    return np.array([affine(1, 0), *(affine(m, s) for m in range(3, 26, 2) if m != 13 for s in range(26))], np.intp)


@cache
def shortfall() -> NDArray[np.float32]:
    """The trigram table, moved so that it is negative over what does not look like English.

    Letters outside ASCII, which no cipher here makes, are no sign of one: other scripts, and accents.
    """
    cube = (language.tables().forward - np.float32(EXPECTED)).reshape((language.SYMBOLS,) * 3)
    cube[-1], cube[:, -1], cube[:, :, -1] = PLAIN, PLAIN, PLAIN
    return cube.ravel()


def best_key(text: str, keys: Keys, limit: int) -> tuple[float, int]:
    """The gain in nats per letter of the best key over the first one, and that key's place."""
    codes = language.symbols(text[: 2 * limit])[: limit + 2]
    if len(codes) < 5:
        return 0.0, 0
    scores = language.tables().forward.take(language.trigrams(keys[:, codes])).mean(1)
    best = int(scores.argmax())
    return float(scores[best] - scores[0]), best


def translation(key: NDArray[np.intp]) -> dict[int, int]:
    """The key for `str.translate`, both cases."""
    lower = {96 + symbol: 96 + int(key[symbol]) for symbol in range(1, 27)}
    return lower | {code - 32: to - 32 for code, to in lower.items()}


def vigenere(key: str, text: str) -> str:
    """The text deciphered; the key advances on letters only."""
    shifts = [ord(letter) - 97 for letter in key.lower()]
    plain: list[str] = []
    at = 0
    for character in text:
        if character.isascii() and character.isalpha():
            base = 97 if character.islower() else 65
            character = chr(base + (ord(character) - base - shifts[at % len(shifts)]) % 26)
            at += 1
        plain.append(character)
    return "".join(plain)


def accepted(passage: str, plain: str) -> bool:
    """Whether the plain text is English, and much more so than the passage."""
    letters = sum(map(str.isalpha, plain))
    known = share_known(language.words(plain))
    if letters < 5 or known < KNOWN / 2:
        return False
    fitness = language.fitness(plain)
    gain = fitness - max(language.fitness(passage), -6.0)
    if fitness < FLOOR or gain < GAIN or gain * letters < TOTAL_GAIN:
        return False
    needed = KNOWN / 2 if gain > 3 * GAIN and gain * letters > 3 * TOTAL_GAIN else KNOWN
    return known >= needed and known > share_known(language.words(passage)) + 0.2


def enciphered(text: str) -> bool:
    """Whether letters that some code stood for, and that are no English, are it in a cipher without a key or backwards.

    The code is then undone for the decoder of that to go on with.
    """
    letters = "".join(char for char in text.lower() if "a" <= char <= "z")
    if len(letters) < max(CODED_LEAST, 0.8 * len(text.replace(" ", ""))) or len(set(letters)) < CODED_KINDS:
        return False
    key, backwards = best(letters, simple_keys())
    if not key and not backwards:
        return False
    plain = text.lower().translate(translation(simple_keys()[key]))
    plain = plain[::-1] if backwards else plain
    if " " in plain.strip():
        return share_known(language.words(plain)) >= KNOWN and language.readable(plain, FLOOR)
    spelled = respaced(plain)
    return spelled is not None and " " in spelled


class Cipher:
    """Gives the text with every enciphered passage deciphered."""

    name = "cipher"

    def decode(self, view: View) -> Iterator[View]:
        text = view.text[:LIMIT]
        if len(text) < 6:
            return
        if deepest(text, shortfall()) <= TOTAL:
            yield from list(self.letters(view, text)) or list(solved(view, text)) or unlocked(view, text, simple_keys())
        if sum(map(text.count, ROT47_COMMON)) > 3 and dense(text):
            yield from self.rot47(view, text)

    def letters(self, view: View, text: str) -> Iterator[View]:
        """Undoes what maps letters to letters."""
        scores = Scores.of(text, shortfall())
        runs = [(scores.total(*run), run) for run in scores.runs(TOTAL) if scores.mean(*run) < MEAN]
        if not runs:
            return
        areas = areas_of(text)
        words = list(dict.fromkeys(match.group(1).lower() for match in KEY.finditer(text)))[:KEYS]
        found: dict[Range, Step] = {}
        tried: set[Range] = set()
        names: list[str] = []
        for _, run in sorted(runs)[:ATTEMPTS]:
            odd = text[scores.starts[run[0]] : scores.ends[run[1] - 1]]
            if not words and len(odd) < AFFINE_LEAST and best_key(odd, simple_keys(), SAMPLE)[0] < GAIN:
                continue
            start, end = scores.area(*run, areas)
            if (start, end) not in tried and apart((start, end), found):
                tried.add((start, end))
                name, steps = self.solve(text, start, end, areas, words)
                names += [name] * bool(steps)
                found |= {area: step for area, step in steps.items() if apart(area, found)}
        if not found:
            return
        yield deciphered(view, text, names[0], found)
        if names[0] == "rot13" and any(map(str.isdigit, "".join(text[start:end] for start, end in found))):
            yield deciphered(view, text, "rot18", {area: partial(with_digits, step) for area, step in found.items()})

    def solve(self, text: str, start: int, end: int, areas: Areas, words: list[str]) -> tuple[str, dict[Range, Step]]:
        """The name of the cipher that makes English of the passage, and where in the text it does."""
        passage = text[start:end]
        gain, at = best_key(passage, simple_keys(), SAMPLE)
        key = simple_keys()[at]
        if at and gain >= GAIN and accepted(passage, passage.translate(translation(key))):
            found = spread(text, key, areas)
            return "atbash" if at == 26 else "rot13" if at == 13 else "caesar", found
        for word in words:
            if accepted(passage, vigenere(word, passage)):
                return "vigenere", {(start, end): partial(vigenere, word)}
        if sum(map(str.isalpha, passage)) >= AFFINE_LEAST and language.fitness(passage) < EXPECTED - GAIN:
            gain, at = best_key(passage, affine_keys(), AFFINE_SAMPLE)
            key = affine_keys()[at]
            if at and gain >= GAIN and accepted(passage, passage.translate(translation(key))):
                return "affine", spread(text, affine_keys()[at], areas)
        return "", {}

    def rot47(self, view: View, text: str) -> Iterator[View]:
        """Undoes ROT47, in which words consist of any printable ASCII: the tokens that most become known words."""
        tokens = list(TOKEN.finditer(text))
        likely = [word for word in map(re.Match.group, tokens) if ROT47_PAIR.search(word)]
        if sum(known_letters(word.translate(ROT47)) for word in likely) < TOTAL_GAIN / 2:
            return
        gains = (known_letters(token.group().translate(ROT47)) - known_letters(token.group()) - 1 for token in tokens)
        sums = [0, *accumulate(gains)]
        found: dict[Range, Step] = {}
        for first, last in best_runs(sums):
            if sums[last] - sums[first] < TOTAL_GAIN / 2:
                continue
            start, end = self.widened(text, tokens[first].start(), tokens[last - 1].end())
            plain = text[start:end].translate(ROT47)
            if share_known(language.words(plain)) >= KNOWN and language.readable(plain, FLOOR):
                found |= {(start, end): partial(translate, ROT47)} if apart((start, end), found) else {}
        if found:
            yield deciphered(view, text, "rot47", found)

    def widened(self, text: str, start: int, end: int) -> Range:
        """The quotation or other passage around the ROT47 words, if all of it may be ROT47."""
        marks = [match.start() for match in MARK.finditer(text)]  # ROT47 makes such marks of letters, too
        for low, high in [*([(marks[0] + 1, marks[-1])] if len(marks) > 1 else []), *areas_of(text).over(start, end)]:
            if min(high, end) - max(low, start) > 0.8 * (end - start):
                rest = text[low:start] + " " + text[end:high]
                if known_letters(rest) <= known_letters(rest.translate(ROT47)) + 1:
                    return low, high
        return start, end


def dense(text: str) -> bool:
    """Whether some window of the text has ROT47's common letters about as often as English has theirs."""
    common = COMMON[np.frombuffer(text.encode("latin-1", "replace"), np.uint8)]
    size = min(WINDOW, len(text))
    counts = np.concatenate(([0], np.cumsum(common)))
    return int((counts[size:] - counts[:-size]).max()) >= 0.25 * size


def known_letters(token: str) -> int:
    """How many letters of the token are in known words."""
    return sum(len(word) for word in language.words(token) if language.known(word))


def apart(area: Range, found: dict[Range, Step]) -> bool:
    """Whether the area overlaps nothing found."""
    return not any(area[0] < high and low < area[1] for low, high in found)


def spread(text: str, key: Keys, areas: Areas) -> dict[Range, Step]:
    """The passages of the text that the key makes English.

    The run of odd words that led to the key may lack some: "the" is odd under ROT13, but "what" becomes "jung".
    """
    cube = language.tables().forward.reshape((language.SYMBOLS,) * 3)
    scores = Scores.of(text, (cube - cube[np.ix_(key, key, key)]).ravel())
    step = partial(translate, translation(key))
    found: dict[Range, Step] = {}
    for run in scores.runs(-TOTAL_GAIN):
        start, end = scores.area(*run, areas)
        if apart((start, end), found) and accepted(text[start:end], step(text[start:end])):
            found[start, end] = step
    return found


def translate(table: dict[int, int], text: str) -> str:
    """The text with its characters replaced by the table's."""
    return text.translate(table)


def with_digits(step: Step, text: str) -> str:
    """The text after the step, and ROT5 on digits."""
    return step(text).translate(ROT5)


def deciphered(view: View, text: str, name: str, found: dict[Range, Step]) -> View:
    """The view with each area deciphered; word by word, so that the offset map stays exact to the word."""
    replaced: list[tuple[int, int, str]] = []
    for (start, end), step in sorted(found.items(), key=lambda item: item[0]):
        plain = step(text[start:end])
        for token in TOKEN.finditer(text, start, end):
            low, high = token.span()
            replaced.append((low, high, plain[low - start : high - start]))
    return view.splice(name, replaced)
