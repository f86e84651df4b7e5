"""Word games: Pig Latin, Ubbi Dubbi and other infixes, Rövarspråket, vowel languages, acrostics."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from guardkit.decode.language import fitness, frequency, known, segment
from guardkit.decode.passages import best_runs, strange
from guardkit.view import Replacement, View

__all__ = ["WordGame"]

WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
PIG_ENDING = re.compile(r"[a-z]ay(?![a-z])")
PIG_SUFFIXES = ("way", "yay", "hay", "ay")
CLUSTER = re.compile(r"(?:qu|[^aeiou])+$")

INFIXES = {
    "ub": "ubbi_dubbi", "ob": "obbish", "op": "oppish", "av": "javanais", "ag": "gibberish", "eg": "gibberish",
    "ib": "gibberish", "idig": "gibberish", "ithag": "gibberish", "uddag": "gibberish", "arp": "arpy",
}  # fmt: skip
"""What goes in before every vowel sound, and the game's name."""

ROBBER = re.compile(r"([b-df-hj-np-tv-z])o\1")
ECHO = re.compile(r"([aeiou]{1,2})(?:p|b|f|g|k|l[ae]?[wfv]|rb|nf)\1")
LINE_INITIAL = re.compile(r"^[^\w\n]{0,8}(?:\d{1,3}[.):]\s?)?[^\w\n]{0,4}([^\W\d_])", re.MULTILINE)
INITIAL = re.compile(r"(?<![\w'’-])[^\W\d_]")
FEWEST = 8  # letters of an acrostic
CHANCE = -2.3  # nats per letter of the words that initials spell by chance
STRAY = 5.0  # nats that leaving out a line must gain
LONG = 24  # letters that chance does not make words of, so that a few of these words may be unknown ones
MOST_WORDS = 120  # whose initials are looked at
MOST_LINES = 400

LEAST = 3  # words of a passage in a game
PLAYED = 0.6  # of the passage's words must show the game, and become known words without it
UNREAD = 0.3  # what a word counts that shows the game and stays unknown, such as a name


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


@dataclass(frozen=True, slots=True)
class Game:
    """A game: its name, what is in its words, and a word's way back."""

    name: str
    sign: re.Pattern[str]
    way: Callable[[str], str | None]
    needle: str  # in every match of the sign

    def undone(self, view: View) -> list[Replacement]:
        """The words of the passages in this game played back, where that makes known words of enough of them."""
        words = [(*match.span(), match[0].lower()) for match in WORD.finditer(view.text)]
        played = [self.way(word) for _, _, word in words]
        values = [value(word, new) for (_, _, word), new in zip(words, played, strict=True)]
        replacements: list[Replacement] = []
        for first, last in best_runs([0.0, *accumulate(values)]):
            passage = [
                (start, end, word, new)
                for (start, end, word), new in zip(words[first:last], played[first:last], strict=True)
                if new is not None
            ]
            count = len(passage)
            fits = sum([known(new.replace("'", "")) for _, _, _, new in passage])
            already = sum([known(word) for _, _, word, _ in passage])
            if count >= max(LEAST, PLAYED * (last - first)) and fits >= PLAYED * count and fits > 2 * already:
                replacements += [(start, end, cased(view.text[start:end], new)) for start, end, _, new in passage]
        return replacements


def value(word: str, new: str | None) -> float:
    """How much a word, and what it would be without the game, speak for a passage in it."""
    if new is None or known(word):
        return -1.0 if new is None else -0.5
    return 1.0 if known(new.replace("'", "")) else UNREAD


def infixed(infix: str, name: str) -> Game:
    """The game with this before every vowel sound."""
    sign = re.compile(rf"{infix}(?=[aeiouy])")
    return Game(name, sign, ungame(sign, ""), infix)


GAMES = (
    Game("pig_latin", PIG_ENDING, unpig, "ay"),
    *(infixed(infix, name) for infix, name in INFIXES.items()),
    Game("rovarspraket", ROBBER, ungame(ROBBER, r"\1"), "o"),
    Game("vowel_language", ECHO, ungame(ECHO, r"\1"), ""),
)


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

    Each game has a cheap count of its sign in unknown words as a trigger, and must turn most words of a passage into
    English ones that were none.
    """

    name = "word_game"

    def decode(self, view: View) -> Iterator[View]:
        text = view.text
        if len(text) < 12:
            return
        *_, unknown = strange(text)
        spoken = [word for word in unknown if word.isalpha() or word.replace("-", "").replace("'", "").isalpha()]
        words = " ".join(spoken) if len(spoken) >= LEAST else ""
        found = [
            (game.undone(view), game.name)
            for game in GAMES
            if words.count(game.needle) >= LEAST and len(game.sign.findall(words)) >= LEAST
        ]
        if found:  # games look alike; what is in another one is found in this one's view
            replacements, name = max(found, key=lambda item: len(item[0]))
            if replacements:
                yield view.splice(name, replacements)
        if FEWEST <= text.count("\n") + 1 <= MOST_LINES:
            lines = [match.start(1) for match in LINE_INITIAL.finditer(text)]
            # A line before or after may tell what to do.
            yield from acrostic(view, [lines, lines[1:], lines[:-1], lines[1:-1]])
        elif FEWEST <= text.count(" ") + 1 <= MOST_WORDS:
            if spelled("".join(INITIAL.findall(text)).lower()) is not None:
                yield from acrostic(view, [[match.start() for match in INITIAL.finditer(text)]])
