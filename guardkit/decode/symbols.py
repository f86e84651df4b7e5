"""Letters written as signs: Morse, Braille, spelling words, tap code, Polybius, Bacon, Baudot, semaphore."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from guardkit.decode import language
from guardkit.decode.cipher import enciphered
from guardkit.decode.gate import legible, lexical, run_of
from guardkit.view import Replacement, View

__all__ = ["Symbols"]

# ITU-R M.1677-1.
_MORSE = dict(
    zip(
        ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.. "
        "----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----. "
        ".-.-.- --..-- ..--.. .----. -....- -..-. -.--. -.--.- .-..-. ---... -.-.-. -...- .-.-. .--.-. -.-.-- "
        "..--.-".split(),
        "abcdefghijklmnopqrstuvwxyz0123456789.,?'-/()\":;=+@!_",
        strict=True,
    )
)
_MARKS = str.maketrans("·•∙⋅・●‧–—−‒―‐‑_¯*", "." * 7 + "-" * 9 + ".")
_MORSE_LIKE = re.compile(rf"[.\-,/| \t\r\n{''.join(map(chr, _MARKS))}]{{11}}")
_MORSE_RUN = re.compile(r"(?<![\w.-])[.\-][.\-,/| \t\r\n]{10,200000}+")
_MORSE_SIGN = re.compile(r"[.\-]+")

_BRAILLE_RUN = re.compile(r"[\u2801-\u28ff][\u2800-\u28ff \n]{3,200000}+")
# Grade 1 in the order of the Braille ASCII of dot patterns: letters, then punctuation of Unified English Braille.
_BRAILLE = dict(
    zip("⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵⠲⠂⠦⠖⠄⠤⠆⠒⠌⠶⠀ \n", "abcdefghijklmnopqrstuvwxyz.,?!'-;:/( \x20\n", strict=True)
)
_CAPITAL, _NUMBER = "⠠", "⠼"

_SPELLING = {
    word: word[0]
    for word in (
        "alfa alpha bravo charlie delta echo foxtrot golf hotel india juliett juliet kilo lima mike november oscar "
        "papa quebec romeo sierra tango uniform victor whiskey whisky xray x-ray yankee zulu"
    ).split()
} | dict(zip("zero one two three four five six seven eight nine niner".split(), "01234567899", strict=True))
_FREQUENT = (b"echo", b"oscar", b"tango", b"alfa", b"alpha", b"india", b"november", b"sierra", b"romeo")
_SPACE_WORD = re.compile(r"[<(\[{]?(?:space|break)[>)\]}]?|[/|_]+", re.IGNORECASE)
_WORDS = re.compile(
    r"(?:(?<![^\W_])[A-Z] (?:as in|for|like) )?[<(\[{]?(?:X-Ray|[A-Z]+)[>)\]}]?|[/|_]+|\n", re.IGNORECASE
)
_INTRODUCED = re.compile(r"[a-z] (?:as in|for|like) ")
_SHORTCODE = re.compile(r":(?:regional_indicator_|alphabet-[a-z]{1,10}-)([a-z]):")

_TAP = re.compile(r"(?<![.\w])\.{1,5}+(?:[ ,/|]{1,3}\.{1,5}+){11,20000}+")
_SQUARE_RUN = re.compile(r"(?<!\w)(?:[1-5]{2}[ ,/-]{0,3}){8,20000}+")
_SQUARES = ("abcdefghiklmnopqrstuvwxyz", "abcdefghijlmnopqrstuvwxyz")  # I with J (Polybius), C with K (tap code)
_BACON_RUN = re.compile(r"(?<!\w)[abAB]{5}(?:[ ,]{0,2}[abAB]{5}){7,20000}+")
_DOTS = re.compile(r"\.+")
_BACON = ("abcdefghijklmnopqrstuvwxyz", "abcdefghiklmnopqrstuwxyz")

# ITA2, the first impulse first: a to z, then the space and the line end. The shifts to figures and back write nothing.
_IMPULSES = (
    "11000 10011 01110 10010 10000 10110 01011 00101 01100 11010 11110 01001 00111 00110 00011 01101 11101 01010 10100 "
    "00001 11100 01111 11001 10111 10101 10001 00100 01000"
).split()
_ITA2 = dict(zip(_IMPULSES, "abcdefghijklmnopqrstuvwxyz \n", strict=True))
_FIVE_BITS = re.compile(r"(?<![01\w])[01]{5}(?:[ ,/|]{1,3}[01]{5}){7,20000}+(?!\w)")

# The two arms of each letter of flag semaphore as arrows, down first and then clockwise.
_DIRECTIONS = "⬇↙⬅↖⬆↗➡↘"
_ARMS = "01 02 03 04 05 06 07 12 13 46 14 15 16 17 23 24 25 26 27 34 35 47 56 57 36 67"
_FLAGS = {frozenset(map(int, arms)): chr(97 + at) for at, arms in enumerate(_ARMS.split())}
_ARROWS = re.compile(rf"[{_DIRECTIONS}][{_DIRECTIONS}\ufe0f \t/|\n]{{15,20000}}+")
_ARROW_GAP = re.compile(r"\s*[/|\n]\s*|\s{2,}")


_LONGEST = 20  # letters of a word


def _spaced(words: list[str]) -> str | None:
    """The words if they read, or will when deciphered; where breaks were lost (one long word), as segmented."""
    words = [(legible(word) or word) if len(word) > _LONGEST and word.isalpha() else word for word in words]
    text = " ".join(words)
    if len(words) == 1 and len(text) >= 8 and text.isalpha() and (found := legible(text)):
        return found
    return text if _reads(text, len(words)) or enciphered(text) else None


def _reads(text: str, words: int) -> bool:
    letters = [char for char in text if char.isalpha()]
    if len(letters) < 6 or len(set(letters)) < 4:
        return False
    # Morse and Braille are few symbols, so that noise spells something: it takes words, or a long text that reads.
    if lexical(language.words(text)) < 0.5 and not (len(letters) >= 24 and words > 3 and language.fitness(text) > -2.7):
        return False
    return language.readable(text, -3.0)


def _morse(text: str) -> Iterator[Replacement]:
    if _MORSE_LIKE.search(text) is None:  # in ASCII the letters of other scripts were marks, too
        return
    marked = text.translate(_MARKS)
    for match in _MORSE_RUN.finditer(marked):
        body = match[0].rstrip(" ,\t\r\n/|")
        places = [sign.span() for sign in _MORSE_SIGN.finditer(body)]
        signs = [_MORSE.get(body[start:end]) for start, end in places]
        if signs[-1] is None and len(signs) > 1:  # a full stop or dash of the sentence around it
            signs.pop()
            places.pop()
            body = body[: places[-1][1]]
        if signs.count(None) > 0.03 * len(signs):
            continue
        gaps = [body[end:start] for (_, end), (start, _) in pairwise(places)]
        out = _spaced(_broken([letter or "" for letter in signs], gaps))
        if out:
            yield match.start(), match.start() + len(body), out


def _braille(text: str) -> Iterator[Replacement]:
    for match in _BRAILLE_RUN.finditer(text):
        out: list[str] = []
        upper = number = False
        unknown = 0
        for cell in match[0]:
            if cell in (_CAPITAL, _NUMBER):
                upper, number = cell == _CAPITAL, cell == _NUMBER
                continue
            char = _BRAILLE.get(cell, "")
            unknown += not char
            number = number and char in "abcdefghij"
            out.append("1234567890"["abcdefghij".index(char)] if number and char else char.upper() if upper else char)
            upper = False
        if unknown <= 0.03 * len(match[0]) and (plain := _spaced("".join(out).split())):
            yield match.start(), match.start() + len(match[0].rstrip()), plain


def _spelling(text: str) -> Iterator[Replacement]:
    run: list[tuple[int, int, str]] = []
    for match in _WORDS.finditer(text):
        word = _INTRODUCED.sub("", match[0].lower())
        letter = _SPELLING.get(word) or (" " if word == "\n" or _SPACE_WORD.fullmatch(word) else None)
        near = not run or match.start() - run[-1][1] <= 3
        if letter and near and (run or letter != " "):
            run.append((match.start(), match.end(), letter))
            continue
        yield from _spelled(text, run)
        run = [(match.start(), match.end(), letter)] if letter and letter != " " else []
    yield from _spelled(text, run)


def _shortcodes(text: str) -> Iterator[Replacement]:
    """Letters as chat programs name their emoji."""
    run: list[tuple[int, int, str]] = []
    for match in _SHORTCODE.finditer(text):
        if run and match.start() - run[-1][1] > 5:
            yield from _spelled(text, run)
            run = []
        run.append((match.start(), match.end(), match[1]))
    yield from _spelled(text, run)


def _broken(letters: list[str], gaps: list[str]) -> list[str]:
    """The words of letters with these gaps between them, of which the usual one breaks no word."""
    usual = max(set(gaps), key=gaps.count, default="")
    spaced = [letter if gap == usual else f" {letter}" for gap, letter in zip(gaps, letters[1:], strict=True)]
    return "".join([*letters[:1], *spaced]).split()


def _spelled(text: str, run: list[tuple[int, int, str]]) -> Iterator[Replacement]:
    """The words of a run; where no word stands for a blank, the rarer gaps between the letters do."""
    while run and run[-1][2] == " ":
        run.pop()
    if len(run) < 6:
        return
    letters = [letter for _, _, letter in run]
    gaps = [text[end:start] for (_, end, _), (start, _, _) in zip(run, run[1:], strict=False)]
    if out := _spaced("".join(letters).split() if " " in letters else _broken(letters, gaps)):
        yield run[0][0], run[-1][1], out


def _pairs(pattern: re.Pattern[str], values: Callable[[str], list[int]]) -> Callable[[str], Iterator[Replacement]]:
    """The search for coordinates, row before column, in a square of five by five."""

    def find(text: str) -> Iterator[Replacement]:
        for match in pattern.finditer(text):
            body = match[0].rstrip(" ,/-|")
            found = values(body)
            if len(found) % 2:
                continue
            places = [5 * row + column - 6 for row, column in zip(found[::2], found[1::2], strict=True)]
            for square in _SQUARES:
                letters = "".join(square[place] for place in places)
                if len(set(letters)) > 4 and (out := legible(letters)):
                    yield match.start(), match.start() + len(body), out
                    break

    return find


def _bacon(text: str) -> Iterator[Replacement]:
    for match in _BACON_RUN.finditer(text):
        bits = re.sub("[^01]", "", match[0].lower().replace("a", "0").replace("b", "1"))
        codes = [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]
        for alphabet in _BACON:
            if max(codes) < len(alphabet) and (out := legible("".join(alphabet[code] for code in codes))):
                yield match.start(), match.end(), out
                break


def _semaphore(text: str) -> Iterator[Replacement]:
    for match in _ARROWS.finditer(text):
        words = [re.sub(r"[\s\ufe0f]", "", word) for word in _ARROW_GAP.split(match[0].strip())]
        pairs = [[word[at : at + 2] for at in range(0, len(word), 2)] for word in words]
        letters = ["".join(_FLAGS.get(frozenset(map(_DIRECTIONS.index, pair)), "?") for pair in word) for word in pairs]
        if "?" not in "".join(letters) and (out := _spaced(letters)):
            yield match.start(), match.start() + len(match[0].rstrip()), out


def _baudot(text: str) -> Iterator[Replacement]:
    for match in _FIVE_BITS.finditer(text):
        codes = re.findall("[01]{5}", match[0])
        for step in (1, -1):  # some write the last impulse first
            if out := _spaced("".join(_ITA2.get(code[::step], "") for code in codes).split()):
                yield match.start(), match.end(), out
                break


def _digits(body: str) -> list[int]:
    return [int(char) for char in body if char.isdigit()]


@dataclass(frozen=True, slots=True)
class _Family:
    """A name, what must be true of the text (and its ASCII bytes) first, and the search."""

    name: str
    trigger: Callable[[str, bytes], bool]
    find: Callable[[str], Iterator[Replacement]]


_MORSE_TRIGGER = run_of(".-_*?,/| \t\r\n", 11)
_TAP_TRIGGER = run_of("./,| ", 24)
_SQUARE_TRIGGER = run_of("12345 ,/-", 16)
_BACON_TRIGGER = run_of("abAB ,", 40)
_BAUDOT_TRIGGER = run_of("01 ,/|", 40)
_FAMILIES = (
    _Family("morse", lambda text, data: _MORSE_TRIGGER(data), _morse),
    _Family("braille", lambda text, data: not text.isascii() and bool(_BRAILLE_RUN.search(text)), _braille),
    _Family("spelling", lambda text, data: sum([word in data for word in _FREQUENT]) > 1, _spelling),
    _Family("spelling", lambda text, data: b"_indicator_" in data or b":alphabet-" in data, _shortcodes),
    _Family("tap", lambda text, data: _TAP_TRIGGER(data), _pairs(_TAP, lambda body: [*map(len, _DOTS.findall(body))])),
    _Family("polybius", lambda text, data: _SQUARE_TRIGGER(data), _pairs(_SQUARE_RUN, _digits)),
    _Family("bacon", lambda text, data: _BACON_TRIGGER(data), _bacon),
    _Family("baudot", lambda text, data: _BAUDOT_TRIGGER(data), _baudot),
    _Family("semaphore", lambda text, data: not text.isascii() and bool(_ARROWS.search(text)), _semaphore),
)
_FEW_SIGNS = run_of(".-_*?/| \t\r\n,012345abAB", 11)  # the shortest run of any of the triggers
_OTHERS = tuple(family for family in _FAMILIES if family.name in ("braille", "spelling", "semaphore"))


class Symbols:
    """Runs of signs that spell words, replaced in place: one view per family."""

    name = "symbols"

    def decode(self, view: View) -> Iterator[View]:
        text = view.text
        if len(text) < 6:
            return
        data = text.encode("ascii", "replace").lower()
        for family in _FAMILIES if _FEW_SIGNS(data) else _OTHERS:
            if family.trigger(text, data) and (found := list(family.find(text))):
                yield view.splice(family.name, found)
