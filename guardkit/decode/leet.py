"""Leetspeak: digits and signs that stand for letters, undone word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from guardkit.decode.language import fitness, frequency, known
from guardkit.view import Replacement, View

__all__ = ["LONGEST", "Leet", "choose", "spells"]

LETTERS = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "6": "gb", "7": "t", "8": "ba", "9": "g",
    "@": "a", "$": "s", "!": "il", "(": "c", "|": "li", "+": "t",
}  # fmt: skip
"""What each sign stands for, likeliest first (garak, PyRIT, promptfoo, DeepTeam, Parseltongue)."""

TRIGGER = re.compile(r"[013456789@$!(|+][A-Za-z]")
TOKEN = re.compile(
    r"(?<![^\W_])(?<![/=&?#%.:\\@$])(?<![/=&?#%.:\\@$]\S)[A-Za-z013456789@$!][A-Za-z013456789@$!(|+]*(?![^\W_]|[/=&\\%]|[.:@]\w)"
)
SIGN = re.compile(r"[013456789@$!(|+]")
INTERIOR = re.compile(r"[A-Za-z][013456789@$!(|+]+[A-Za-z]")
STRONG = re.compile(  # what a strong reading is of
    INTERIOR.pattern + r"|[013456789@$!](?=(?:[013456789@$!(|+]{0,24}+[A-Za-z]){3})"
)
SUBSTITUTABLE = frozenset("aeo")  # the letters that every leet alphabet replaces
LONGEST = 24  # characters of a word
READINGS = 64  # tried of one word
DISTINCT = 1_000  # words of which more than the likeliest reading is tried
UNKNOWN = 4  # readings of an unknown word that are compared
UNREAD = 4  # letters of an unknown word that stays as it is, whatever the reading
SPELLED = 8  # characters of a text that was in pieces, and the share of them in words
SHARE = 0.6
NEIGHBOURS = 3  # words on either side that say whether a number is a word


@dataclass(frozen=True, slots=True)
class Reading:
    """A token read as a word: where it stands, the word, and how sure the reading is."""

    start: int
    end: int
    word: str
    known: bool
    strong: bool  # known, and written as nobody writes names, units, ordinals or version numbers


def inside(text: str, at: int) -> bool:
    """Whether the sign there may be part of a word, not the bracket or the price before one."""
    return text[at - 1 : at].isalnum() or text[at - 1 : at] in LETTERS or text[at] not in "(|+"


def read(token: str, seen: dict[str, str]) -> str:
    """The token's likeliest reading: the most frequent known word, else the most English-like, in lower case.

    `seen` holds the readings of the text so far; once they are many, only the likeliest letters are tried.
    """
    token = token.lower()
    if token not in seen:
        seen[token] = choose([LETTERS.get(sign, sign)[: None if len(seen) < DISTINCT else 1] for sign in token])
    return seen[token]


def choose(choices: list[str]) -> str:
    """The likeliest word with one of these letters at each place."""
    size = 1
    for at, choice in enumerate(choices):
        size *= len(choice)
        if size > READINGS:
            choices[at:] = [rest[0] for rest in choices[at:]]
            break
    readings = ["".join(letters) for letters in product(*choices)]
    if len(readings) == 1:
        return readings[0]
    found = [reading for reading in readings if known(reading)]
    if found:
        return max(found, key=frequency)
    return max(readings[:UNKNOWN], key=fitness) if len(choices) > UNREAD else readings[0]


def reading(token: str, start: int, seen: dict[str, str]) -> Reading | None:
    """The token as a leet word, or None where it cannot be one."""
    core = token.rstrip("!+|(") if SIGN.search(token[:-1]) else token
    for form in (core, token) if core and core != token else (token,):
        if not SIGN.search(form):
            return None
        word = read(form, seen)
        if known(word):
            letters = sum(map(str.isalpha, form))
            strong = len(word) >= 4 and letters > 0 and (
                INTERIOR.search(form) is not None or (len(word) >= 5 and not form[0].isalpha() and letters >= 3)
            )  # fmt: skip
            return Reading(start, start + len(form), word, True, strong)
    word = read(core or token, seen)
    return Reading(start, start + len(core or token), word, False, False)


def cased(token: str, word: str) -> str:
    """The word in the token's case; the sign at a place takes the case of the token's letters."""
    letters = [sign for sign in token if sign.isalpha()]
    if len(letters) > 1 and all(map(str.isupper, letters)):
        return word.upper()
    return "".join(new.upper() if old.isupper() else new for old, new in zip(token, word, strict=True))


def spells(text: str) -> bool:
    """Whether most letters of the text are in words that are known ones as leetspeak, and only so."""
    legible = size = 0
    for token in text.split():
        core = token.strip(".,;:?\"'")
        if 2 < len(core) <= LONGEST:
            size += len(core)
            legible += len(core) * (not core.isdigit() and known(read(core, {})))
    return size >= SPELLED and legible >= SHARE * size and SIGN.search(text) is not None


class Leet:
    """Leetspeak read back into words, all in one view.

    A text counts as leet when one word of five letters or more, or two words of four, become known English words by
    replacing signs *inside* them. Then its weaker tokens (short ones, unknown ones, numbers between leet words) are
    read as well; without such evidence 4th, b2b, page5 or S3 stay what they are.
    """

    name = "leet"

    def decode(self, view: View) -> Iterator[View]:
        text = view.text
        if not any(inside(text, match.start()) for match in TRIGGER.finditer(text)) or STRONG.search(text) is None:
            return
        found: list[Reading | str] = []
        seen: dict[str, str] = {}
        for match in TOKEN.finditer(text):
            token = match[0]
            if len(token) > LONGEST:
                continue
            result = reading(token, match.start(), seen) if SIGN.search(token) else None
            found.append(token.lower() if result is None else result)
        strong = [item for item in found if isinstance(item, Reading) and item.strong]
        if len(strong) >= 2 or any(len(item.word) >= 5 for item in strong):
            yield view.splice(self.name, replacements(text, found))


def replacements(text: str, found: list[Reading | str]) -> Iterator[Replacement]:
    """The tokens of a leet text to replace, `found` holding its tokens in order."""
    leet = [isinstance(item, Reading) and item.known and not is_number(text[item.start : item.end]) for item in found]
    plain = [isinstance(item, str) and not SUBSTITUTABLE.isdisjoint(item) for item in found]
    certain = sum(isinstance(item, Reading) and item.strong for item in found) >= max(2, len(found) / 16)
    for at, item in enumerate(found):
        if isinstance(item, str):
            continue
        token = text[item.start : item.end]
        near = slice(max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1)
        around, against = sum(leet[near]) - leet[at], sum(plain[near])
        surrounded = around > 2 * against
        if item.known:
            inner = len(item.word) > 2 and INTERIOR.search(token) is not None
            wanted = item.strong or surrounded or ((inner or certain) and not is_number(token))
        else:
            wanted = surrounded and len(item.word) > UNREAD and not is_number(token) and fitness(item.word) > -3.2
        if wanted:
            yield item.start, item.end, cased(token, item.word)


def is_number(token: str) -> bool:
    """Whether the token has no letters."""
    return not any(map(str.isalpha, token))
