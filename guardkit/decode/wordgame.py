"""Word games: Pig Latin, Ubbi Dubbi and other infixes, Rövarspråket, vowel languages, acrostics."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from guardkit.decode.language import fitness, frequency, known, segment
from guardkit.view import Replacement, View

__all__ = ["WordGame"]

WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
PIG_ENDING = re.compile(r"[A-Za-z]ay(?![A-Za-z])", re.IGNORECASE)
PIG_SUFFIXES = ("way", "yay", "hay", "ay")
CLUSTER = re.compile(r"(?:qu|[^aeiou])+$")

INFIXES = {
    "ub": "ubbi_dubbi", "ob": "obbish", "op": "oppish", "av": "javanais", "ag": "gibberish", "eg": "gibberish",
    "ib": "gibberish", "idig": "gibberish", "ithag": "gibberish", "uddag": "gibberish", "arp": "arpy",
}  # fmt: skip
"""What goes in before every vowel sound, and the game's name."""

CONSONANTS = "bpvg"  # each infix has one
INFIXED = {infix: re.compile(rf"{infix}(?=[aeiouy])", re.IGNORECASE) for infix in INFIXES}
ROBBER = re.compile(r"([b-df-hj-np-tv-z])o\1", re.IGNORECASE)
ECHO = re.compile(r"([aeiou]{1,2})(?:p|b|f|g|k|l[ae]?[wfv]|rb|nf)\1", re.IGNORECASE)
VOWELS = re.compile(r"[aeiou]+", re.IGNORECASE)

LINE_INITIAL = re.compile(r"^[^\w\n]{0,8}(?:\d{1,3}[.):]\s?)?[^\w\n]{0,4}([^\W\d_])", re.MULTILINE)
INITIAL = re.compile(r"(?<![\w'’-])[^\W\d_]")
FEWEST = 8  # letters of an acrostic
CHANCE = -2.3  # nats per letter of the words that initials spell by chance
STRAY = 5.0  # nats that leaving out a line must gain
LONG = 24  # letters that chance does not make words of, so that a few of these words may be unknown ones
MOST_WORDS = 120  # whose initials are looked at
MOST_LINES = 400

PLAYED = 0.6  # of the words must show the game, and become known words without it


def unpig(word: str) -> str | None:
    """The word of which the lower-case word is Pig Latin in one of its variants, or None."""
    flat = word.replace("-", "").replace("'", "").replace("’", "")
    readings: dict[str, float] = {}
    for suffix in PIG_SUFFIXES:
        body = flat.removesuffix(suffix)
        if not body or body == flat:
            continue
        readings[body] = 0.0
        for size in range(1, min(5, len(body))):
            if size == 1 or CLUSTER.fullmatch(body[-size:]):  # the plainest programs move a vowel too
                readings[body[-size:] + body[:-size]] = 0.0
    if not readings:
        return None
    best = max(readings, key=frequency)
    if known(best):
        return best
    body = flat.removesuffix("ay")
    cluster = CLUSTER.search(body)
    return best if cluster is None else body[cluster.start() :] + body[: cluster.start()]


def ungame(pattern: re.Pattern[str], replacement: str) -> Callable[[str], str | None]:
    """A word's way back where every match of the pattern becomes the replacement."""
    return lambda word: pattern.sub(replacement, word.replace("-", "")) if pattern.search(word) else None


def cased(old: str, new: str) -> str:
    """The new word, capitalised if the old one was, in capitals if all of that was."""
    if len(old) > 1 and old.isupper():
        return new.upper()
    return new.capitalize() if not old.islower() else new


def undone(view: View, name: str, way: Callable[[str], str | None]) -> Iterator[View]:
    """The view with each word played back, if that makes known words of enough of them."""
    replacements: list[Replacement] = []
    total = fits = already = 0
    for match in WORD.finditer(view.text):
        total += 1
        lower = match[0].lower()
        new = way(lower)
        if new is None:
            continue
        already += known(lower)
        fits += known(new.replace("'", ""))
        replacements.append((*match.span(), cased(match[0], new)))
    count = len(replacements)
    if count >= 3 and count >= PLAYED * total and fits >= PLAYED * count and fits > 2 * already:
        yield view.splice(name, replacements)


def games(text: str) -> Iterator[tuple[str, Callable[[str], str | None]]]:
    """The games that the text shows signs of, and each one's way back."""
    lower = text.lower()
    words = lower.count(" ") + 1
    if lower.count("ay") >= max(3, PLAYED * words) and len(PIG_ENDING.findall(lower)) >= max(3, PLAYED * words):
        yield "pig_latin", unpig
    often = max(4, words)
    for infix, name in INFIXES.items() if max(map(lower.count, CONSONANTS)) >= often else ():
        if lower.count(infix) >= often and len(INFIXED[infix].findall(lower)) >= often:
            yield name, ungame(INFIXED[infix], "")
    if lower.count("o") > 1.3 * words and len(ROBBER.findall(lower)) >= max(5, 1.3 * words):
        yield "rovarspraket", ungame(ROBBER, r"\1")
    if max(map(lower.count, "pbfgklrn")) >= often:
        echoes = len(ECHO.findall(lower))
        if echoes >= often and 3.4 * echoes > len(VOWELS.findall(lower)):
            yield "vowel_language", ungame(ECHO, r"\1")


def spelled(letters: str) -> tuple[float, list[str]] | None:
    """The words that initials spell and the nats by which they beat chance, if they are known ones and no accident."""
    if len(letters) < FEWEST or not 0.28 <= sum(map(letters.count, "aeiou")) / len(letters) <= 0.6:
        return None
    long = len(letters) >= LONG
    if fitness(letters) < (-3.7 if long else -2.9):
        return None
    parts = segment(letters)
    score = sum(map(frequency, parts)) - CHANCE * len(letters)
    share = sum(len(part) for part in parts if known(part)) / len(letters)
    fits = share >= (0.75 if long else 1.0) and len(letters) >= (3 if long else 3.5) * len(parts) and score > 0
    return (score, parts) if fits else None


def acrostic(view: View, choices: list[list[int]]) -> Iterator[View]:
    """The letters at the most telling choice of places, split into words, if there is one."""
    found = [
        (*words, initials)
        for initials in choices
        if (words := spelled("".join(view.text[at] for at in initials).lower())) is not None
    ]
    if not found:
        return
    _, parts, initials = max(found, key=lambda item: item[0] + STRAY * len(item[2]))
    picked: list[int] = []
    at = 0
    for part in parts:
        if at:  # the blank before the next letter's word stands for the word break
            picked.append(max(view.text.rfind(" ", 0, initials[at]), view.text.rfind("\n", 0, initials[at])))
        picked += initials[at : at + len(part)]
        at += len(part)
    yield view.pick("acrostic", picked, share=1.0)


class WordGame:
    """Spoken word games undone word by word, and the message that the first letters of lines or words spell.

    Each game has a cheap count of its sign as a trigger, and must turn most words into English ones that were none.
    """

    name = "word_game"

    def decode(self, view: View) -> Iterator[View]:
        text = view.text
        if len(text) < 12:
            return
        for name, way in games(text):
            yield from undone(view, name, way)
        if FEWEST <= text.count("\n") + 1 <= MOST_LINES:
            lines = [match.start(1) for match in LINE_INITIAL.finditer(text)]
            # A line before or after may tell what to do.
            yield from acrostic(view, [lines, lines[1:], lines[:-1], lines[1:-1]])
        elif FEWEST <= text.count(" ") + 1 <= MOST_WORDS:
            if spelled("".join(INITIAL.findall(text)).lower()) is not None:
                yield from acrostic(view, [[match.start() for match in INITIAL.finditer(text)]])
