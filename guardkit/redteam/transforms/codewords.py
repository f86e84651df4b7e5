"""Section 3: signal alphabets (Morse, Braille, spelling words, knocks) and word games."""

from __future__ import annotations

import re
import string
from collections.abc import Callable

from .transform import Transform, by_letter, by_word, plain

__all__ = ["TRANSFORMS"]

LOWER = string.ascii_lowercase
MORSE = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz0123456789.,?'!/():;=+-\"@",
        ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- "
        "--.. ----- "
        ".---- ..--- ...-- ....- ..... -.... --... ---.. ----. .-.-.- --..-- ..--.. .----. -.-.-- -..-. -.--. "
        "-.--.- ---... "
        "-.-.-. -...- .-.-. -....- .-..-. .--.-.".split(),
        strict=True,
    )
)
BRAILLE = dict(zip(LOWER, "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵", strict=True))
BRAILLE_SIGNS = dict(zip(",;:.!?'-", "⠂⠆⠒⠲⠖⠦⠄⠤", strict=True))
NATO = dict(
    zip(
        LOWER,
        "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa "
        "Quebec Romeo "
        "Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu".split(),
        strict=True,
    )
)
SPELLED = NATO | {"a": "alpha", "j": "juliet", "x": "xray"}
# Flag directions of the two arms, 0 = down, clockwise in steps of 45 degrees.
ARROWS = "⬇↙⬅↖⬆↗➡↘"
SEMAPHORE = dict(
    zip(LOWER, "01 02 03 04 50 60 70 12 13 46 14 15 16 17 23 24 25 26 27 34 35 47 56 57 36 67".split(), strict=True)
)
BAUDOT = dict(
    zip(
        LOWER,
        "11000 10011 01110 10010 10000 10110 01011 00101 01100 11010 11110 01001 00111 00110 00011 01101 11101 "
        "01010 10100 00001 11100 01111 11001 10111 10101 10001".split(),
        strict=True,
    )
)
VOWELS = "aeiou"
EMOJI_WORDS = {
    "fire": "🔥", "key": "🔑", "lock": "🔒", "bomb": "💣", "password": "🔑", "computer": "💻",
    "book": "📖", "phone": "📱", "money": "💰", "house": "🏠", "car": "🚗", "dog": "🐶", "cat": "🐱",
    "time": "⏰", "write": "✍", "email": "📧", "letter": "✉", "eye": "👁", "show": "👀", "secret": "🤫",
    "stop": "🛑", "no": "🚫", "yes": "✅", "robot": "🤖", "system": "⚙", "idea": "💡", "tell": "🗣",
    "water": "💧", "food": "🍲", "love": "❤", "world": "🌍", "delete": "🗑", "ignore": "🙈",
    "rules": "📜", "instructions": "📜", "pill": "💊", "knife": "🔪",
}  # fmt: skip


def signals(table: dict[str, str], between: str, gap: str, *, other: bool = True) -> Callable[[str], str]:
    """Each character as its signal; `other` keeps characters without one as they are."""

    def word(text: str) -> str:
        return between.join(table.get(c, c if other else "") for c in text.lower() if other or c in table)

    return lambda text: gap.join(filter(None, map(word, text.split())))


def morse(between: str, gap: str, marks: str = ".-") -> Callable[[str], str]:
    written = str.maketrans(".-", marks)
    table = {c: code.translate(written) for c, code in MORSE.items()}
    return signals(table, between, gap, other=False)


def braille(text: str) -> str:
    """Uncontracted Braille: a capital sign before capitals, blank cells for spaces, numbers after a number sign."""
    out, counting = [], False
    for c in text:
        if c in string.digits:
            out.append(("" if counting else "⠼") + BRAILLE["jabcdefghi"[int(c)]])
        elif c.lower() in BRAILLE:
            out.append(("⠠" if c.isupper() else "⠰" if counting and c in "abcdefghij" else "") + BRAILLE[c.lower()])
        else:
            out.append(BRAILLE_SIGNS.get(c, "⠀" if c == " " else c))
        counting = c in string.digits
    return "".join(out)


def spelled(table: dict[str, str], gap: str, case: Callable[[str], str] = str) -> Callable[[str], str]:
    return signals({c: case(word) for c, word in table.items()}, " ", gap, other=False)


def square(c: str) -> tuple[int, int]:
    """Row and column (1..5) in the square without K, as prisoners knock it."""
    return divmod("abcdefghijlmnopqrstuvwxyz".index("c" if c == "k" else c), 5)


def taps(mark: str, within: str, between: str, gap: str) -> Callable[[str], str]:
    table = {c: mark * (square(c)[0] + 1) + within + mark * (square(c)[1] + 1) for c in LOWER}
    return signals(table, between, gap, other=False)


def bacon(first: str, second: str, between: str) -> Callable[[str], str]:
    table = {c: format(i, "05b").replace("0", first).replace("1", second) for i, c in enumerate(LOWER)}
    return signals(table, between, between * 2 or " ", other=False)


def onset(word: str) -> tuple[str, str, str]:
    """The consonants before the first vowel, the rest of the letters, and what follows them."""
    found = re.match(r"([A-Za-z]*)(.*)", word, re.S)
    letters, tail = found.groups() if found else ("", word)
    at = next((i for i, c in enumerate(letters) if c.lower() in VOWELS + ("y" if i else "")), len(letters))
    if letters[:at].lower().endswith("q") and letters[at : at + 1].lower() == "u":
        at += 1
    return letters[:at], letters[at:], tail


def pig_latin(vowel: str) -> Callable[[str], str]:
    def word(text: str) -> str:
        head, body, tail = onset(text)
        if not head + body:
            return text
        turned = body + head.lower() + "ay" if head else body + vowel
        return (turned.capitalize() if text[:1].isupper() else turned) + tail

    return word


def louchebem(text: str) -> str:
    head, body, tail = onset(text)
    return f"l{body}{head.lower()}em{tail}" if head and body else text


def rovar(text: str) -> str:
    return re.sub(r"[B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]", lambda m: f"{m[0]}o{m[0].lower()}", text)


def before_vowels(infix: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"[aeiouAEIOU]+", lambda m: infix + m[0].lower(), text)


def emoji_words(text: str) -> str:
    return re.sub(r"[A-Za-z]+", lambda m: EMOJI_WORDS.get(m[0].lower(), m[0]), text)


KNOCKS = {c: f"{square(c)[0] + 1}{square(c)[1] + 1}" for c in LOWER}
_SEMAPHORE = {c: ARROWS[int(arms[0])] + ARROWS[int(arms[1])] for c, arms in SEMAPHORE.items()}
_SIGNALS: tuple[tuple[str, Callable[[str], str], tuple[str, ...]], ...] = (
    ("morse", morse(" ", " / "), ("PyRIT", "promptfoo", "CipherChat", "Parseltongue")),
    ("morse_tight", morse(" ", "/"), ("garak",)),
    ("morse_double", morse(" ", "  "), ("spikee",)),
    ("morse_triple", morse(" ", "   "), ("Parseltongue",)),
    ("morse_lines", morse(" ", "\n"), ("CipherChat",)),
    ("morse_bar", morse(" ", " | "), ()),
    ("morse_dashes", morse(" ", " / ", "·–"), ()),
    ("morse_bullets", morse(" ", " / ", "•—"), ()),
    ("morse_underscore", morse(" ", " / ", "._"), ()),
    ("braille", braille, ("PyRIT", "garak", "Parseltongue")),
    ("braille_letters", signals(BRAILLE, "", " "), ("Parseltongue",)),
    ("nato", spelled(NATO, " <space> "), ("PyRIT",)),
    ("nato_joined", spelled(SPELLED, " ", str.lower), ("garak",)),
    ("nato_slash", spelled(SPELLED, " / ", str.capitalize), ("Parseltongue",)),
    ("nato_lines", spelled(NATO, "\n"), ()),
    ("nato_dashes", lambda t: spelled(SPELLED, " | ", str.upper)(t).replace(" ", "-").replace("-|-", " "), ()),
    ("semaphore", signals(_SEMAPHORE, " ", " / ", other=False), ("Parseltongue",)),
    ("baudot", signals(BAUDOT, " ", " 00100 ", other=False), ("Parseltongue",)),
    ("bacon", bacon("A", "B", " "), ("Parseltongue",)),
    ("bacon_lower", bacon("a", "b", ""), ("Parseltongue",)),
)

TRANSFORMS = (
    *(Transform(name, "signal", "Y-", plain(function), tools) for name, function, tools in _SIGNALS),
    # C and K share a cell, so only a lexicon tells them apart.
    Transform("tap", "signal", "A", plain(taps(".", " ", "  ", " / ")), ("PyRIT", "Parseltongue")),
    Transform("tap_numbers", "signal", "A", plain(signals(KNOCKS, " ", " / ", other=False)), ("Parseltongue",)),
    Transform("pig_latin", "word_game", "A", by_word(pig_latin("way")), ("promptfoo", "Parseltongue")),
    Transform("pig_latin_ay", "word_game", "A", by_word(pig_latin("ay")), ("Parseltongue",)),
    Transform("pig_latin_yay", "word_game", "A", by_word(pig_latin("yay")), ()),
    Transform("louchebem", "word_game", "A", by_word(louchebem), ("Parseltongue",)),
    Transform("rovarspraket", "word_game", "A", plain(rovar), ("Parseltongue",)),
    Transform("ubbi_dubbi", "word_game", "A", plain(before_vowels("ub")), ("Parseltongue",)),
    Transform("javanais", "word_game", "A", plain(before_vowels("av")), ("Parseltongue",)),
    Transform("gibberish", "word_game", "A", plain(before_vowels("idig")), ("Parseltongue",)),
    Transform("emoji_words", "word_game", "N", plain(emoji_words), ("Parseltongue", "promptfoo")),
    Transform(
        "qwerty_shift",
        "word_game",
        "A",
        by_letter(dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuiop[sdfghjkl;xcvbnm,", strict=True)), fold=True),
        ("Parseltongue",),
    ),
)
