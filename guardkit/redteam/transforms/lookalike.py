"""Section 2: homoglyphs, combining marks, digits for letters and case noise."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from .transform import Apply, Transform, plain

__all__ = ["TRANSFORMS", "leet", "random_case"]

CYRILLIC = dict(zip("aceopxyijsdlhwqvnAEIKMHOPCTXBSJY", "асеорхуіјѕԁӏһԝԛѵпАЕІКМНОРСТХВЅЈҮ", strict=True))
GREEK = dict(zip("aiouvpyABEZHIKMNOPTYX", "αιουνργΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", strict=True))
# Alike to a reader, but not in the Unicode confusables (UTS #39): what a person picks by eye.
SHAPES = GREEK | dict(zip("nwxktsbmeh", "ηωχκτςβмεн", strict=True))
MIXED = {
    "a": "аɑα", "b": "Ьƅ", "c": "сϲⅽ", "d": "ԁⅾ", "e": "еҽ", "f": "ẝ", "g": "ɡց", "h": "һհ", "i": "іⅰ", "j": "јϳ",
    "k": "к𝐤", "l": "ⅼӏ", "m": "ⅿ", "n": "ո", "o": "оοօ", "p": "рρ", "q": "ԛ", "r": "г",
    "s": "ѕꜱ", "t": "𝗍ｔ", "u": "υս",
    "v": "ѵνⅴ", "w": "ԝա", "x": "хⅹ", "y": "уγ", "z": "ᴢ", "A": "АΑ", "B": "ВΒ", "C": "СⅭ", "D": "Ⅾ", "E": "ЕΕ",
    "H": "НΗ",
    "I": "ІΙ", "J": "Ј", "K": "КΚ", "L": "Ⅼ", "M": "МΜ", "N": "Ν", "O": "ОΟ", "P": "РΡ", "S": "Ѕ", "T": "ТΤ", "X": "ХΧ",
    "Y": "ҮΥ", "Z": "Ζ",
}  # fmt: skip
# What the full confusables data offers: multi-letter, right-to-left and odd spaces included.
WILD = {"m": ("rn",), "w": ("vv",), "d": ("cl",), "I": ("l", "|"), "l": ("I", "|", "1"), "O": ("0",),
        "o": ("\u200e\u05e1\u200e", "\u0585"),
        "i": ("\u200e\u0131\u200e",), " ": tuple("\u2000\u2002\u2005\u2009\u202f\u205f"), "a": ("á", "ạ"),
        "e": ("ẹ", "é"), "u": ("ù",)}  # fmt: skip
LEET = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7", "l": "1", "g": "96", "b": "8", "c": "("}
MARKS = "".join(map(chr, (*range(0x300, 0x315), *range(0x323, 0x334), *range(0x33D, 0x345))))


def swap(table: Mapping[str, str | Sequence[str]], rate: float) -> Apply:
    """Characters of the table written as one of their entries, each with probability `rate`."""

    def apply(text: str, rng: random.Random) -> str:
        return "".join(rng.choice(table[c]) if c in table and rng.random() < rate else c for c in text)

    return apply


def marked(marks: str, low: int, high: int, rate: float = 1) -> Apply:
    """Each letter with low..high combining marks, with probability `rate`."""

    def apply(text: str, rng: random.Random) -> str:
        def stack() -> str:
            return "".join(rng.choices(marks, k=rng.randint(low, high)))

        return "".join(c + stack() if c.isalnum() and rng.random() < rate else c for c in text)

    return apply


def leet(rate: float, *, first: bool = False) -> Apply:
    """Letters as digits and signs that look like them; with `first` always the most usual one."""
    table = {c: signs[0] if first else signs for c, signs in LEET.items()}
    return swap(table | {c.upper(): signs for c, signs in table.items()}, rate)


def random_case(rate: float) -> Apply:
    """Each letter in the other case with probability `rate`."""
    return lambda text, rng: "".join(c.swapcase() if rng.random() < rate else c for c in text)


def _alternating(text: str) -> str:
    return "".join(c.upper() if i % 2 else c.lower() for i, c in enumerate(text))


TRANSFORMS = (
    Transform("cyrillic", "homoglyph", "Y-", swap(CYRILLIC, 1), ("garak", "promptfoo", "Parseltongue")),
    Transform("cyrillic_rate", "homoglyph", "Y-", swap(CYRILLIC, 0.4), ("garak", "spikee", "Mindgard")),
    Transform("greek_letters", "homoglyph", "Y-", swap(GREEK, 0.8), ("PyRIT", "garak")),
    Transform("greek_shapes", "homoglyph", "A", swap(SHAPES, 0.6), ("Parseltongue",)),
    Transform("confusables", "homoglyph", "Y-", swap(MIXED, 1), ("PyRIT", "Mindgard")),
    Transform("confusables_rate", "homoglyph", "Y-", swap(MIXED, 0.5), ("PyRIT", "garak", "Mindgard")),
    Transform("confusables_wild", "homoglyph", "A", swap({**MIXED, **WILD}, 0.6), ("PyRIT",)),
    Transform("diacritics", "marks", "Y-", marked(MARKS, 1, 1), ("PyRIT", "Mindgard")),
    Transform("diacritics_rate", "marks", "Y-", marked(MARKS, 1, 1, 0.3), ("promptfoo", "garak")),
    Transform("underline", "marks", "Y-", marked("\u0332", 1, 1), ("Mindgard", "Parseltongue")),
    Transform("overline", "marks", "Y-", marked("\u0305", 1, 1), ("Parseltongue",)),
    Transform("strike", "marks", "Y-", marked("\u0336", 1, 1), ("Parseltongue",)),
    Transform("strike_slash", "marks", "Y-", marked("\u0338", 1, 1), ("Parseltongue",)),
    Transform("zalgo", "marks", "Y-", marked(MARKS, 1, 8), ("PyRIT", "garak", "promptfoo", "Mindgard")),
    Transform("zalgo_heavy", "marks", "Y-", marked(MARKS, 8, 20), ("PyRIT", "Parseltongue")),
    Transform("leet", "leet", "A", leet(1, first=True), ("PyRIT", "promptfoo", "DeepTeam", "spikee", "Parseltongue")),
    Transform("leet_rate", "leet", "A", leet(0.3, first=True), ("garak",)),
    Transform("leet_varied", "leet", "A", leet(0.8), ("PyRIT", "casefold-fuzz")),
    Transform("leet_vowels", "leet", "A", swap(dict(zip("aeioAEIO", "43104310", strict=True)), 1), ("Mindgard",)),
    Transform("case_random", "case", "Y-", random_case(0.5), ("PyRIT", "BoN", "spikee")),
    Transform("case_alternating", "case", "Y-", plain(_alternating), ("promptfoo", "Parseltongue")),
    Transform("case_upper", "case", "Y-", plain(str.upper), ("Parseltongue",)),
    Transform("case_inverse", "case", "Y-", plain(str.swapcase), ("Parseltongue",)),
)
