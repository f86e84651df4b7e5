"""Sections 2 and 5: noise a reader repairs without thinking. The same encoders serve as plain augmentation."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from .lookalike import random_case
from .transform import Apply, Transform

__all__ = ["TRANSFORMS", "typo"]

NEIGHBOURS = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnm",
        "wa qes wrd etf ryg tuh yij uok ipl ol qsz adwx sfec dgrv fhtb "
        "gjyn hkum jlim kop xas zcsd xvdf cbfg vngh bmhj njk".split(),
        strict=True,
    )
)
FILLER = ("<F46457>", "<K10382>", "<X90211>", "<A77310>")

Change = Callable[[str, random.Random], str]


def words(change: Change, rate: float, least: int = 4) -> Apply:
    """The change on each run of at least `least` letters, with probability `rate`."""
    pattern = re.compile(rf"[^\W\d_]{{{least},}}")

    def apply(text: str, rng: random.Random) -> str:
        return pattern.sub(lambda m: change(m[0], rng) if rng.random() < rate else m[0], text)

    return apply


def scramble(word: str, rng: random.Random) -> str:
    """The inner letters in another order (typoglycemia)."""
    return word[0] + "".join(rng.sample(word[1:-1], len(word) - 2)) + word[-1]


def swap(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def drop(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def double(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def slip(word: str, rng: random.Random) -> str:
    """One letter as its neighbour on the keyboard."""
    at = rng.randrange(len(word))
    return word[:at] + rng.choice(NEIGHBOURS.get(word[at].lower(), word[at])) + word[at + 1 :]


def typo(word: str, rng: random.Random) -> str:
    """Any one slip of a typist."""
    return rng.choice((swap, drop, double, slip))(word, rng)


def mask(signs: str) -> Change:
    """One inner letter hidden behind a sign."""

    def change(word: str, rng: random.Random) -> str:
        at = rng.randrange(1, len(word) - 1)
        return word[:at] + rng.choice(signs) + word[at + 1 :]

    return change


def stuff(signs: str) -> Change:
    """A sign between two letters."""

    def change(word: str, rng: random.Random) -> str:
        at = rng.randrange(1, len(word))
        return word[:at] + rng.choice(signs) + word[at:]

    return change


def split(word: str, rng: random.Random) -> str:
    at = rng.randrange(2, len(word) - 1)
    return f"{word[:at]} {word[at:]}"


def neighbours(rate: float) -> Apply:
    """ASCII characters moved to the code point before or after (Best-of-N jailbreaking, arXiv 2412.03556)."""

    def apply(text: str, rng: random.Random) -> str:
        return "".join(chr(ord(c) + rng.choice((-1, 1))) if "!" < c < "~" and rng.random() < rate else c for c in text)

    return apply


def best_of_n(text: str, rng: random.Random) -> str:
    """The three augmentations of Best-of-N together: scrambled words, random case, code-point noise."""
    text = words(scramble, 0.6)(text, rng)
    return neighbours(0.06)(random_case(0.6)(text, rng), rng)


def _disemvowel(text: str, rng: random.Random) -> str:
    return re.sub(r"(?<=\w)[aeiouAEIOU]", "", text)


def _first_letters(text: str, rng: random.Random) -> str:
    return " ".join(w[0] for w in text.split())


def _anagram(text: str, rng: random.Random) -> str:
    return " ".join("".join(rng.sample(w, len(w))) for w in text.split())


def _mixed_in(text: str, rng: random.Random) -> str:
    return " ".join(f"{w} {{{rng.choice(FILLER)}}}" if rng.random() < 0.4 else w for w in text.split())


def _stretched(word: str, rng: random.Random) -> str:
    return re.sub(r"[aeiou]", lambda m: m[0] * rng.randint(2, 5), word, count=1)


def _case_noise(text: str, rng: random.Random) -> str:
    return random_case(rng.uniform(0.05, 0.5))(text, rng)


def _punctuation(text: str, rng: random.Random) -> str:
    """Punctuation lost, doubled or put where it does not belong."""
    text = re.sub(r"[.,!?;:]", lambda m: rng.choice(("", m[0], m[0] * 3)), text)
    return " ".join(w + (rng.choice((",", "...", "!", " -")) if rng.random() < 0.1 else "") for w in text.split(" "))


TRANSFORMS = (
    Transform("typoglycemia", "noise", "A", words(scramble, 1), ("spikee", "promptfoo", "garak")),
    Transform("typoglycemia_rate", "noise", "A", words(scramble, 0.5), ("BoN",)),
    Transform("char_swap", "noise", "A", words(swap, 0.5), ("PyRIT",)),
    Transform("char_drop", "noise", "A", words(drop, 0.4), ("h4rm3l",)),
    Transform("char_double", "noise", "A", words(double, 0.4), ("Giskard",)),
    Transform("keyboard_typo", "noise", "A", words(slip, 0.4), ("Giskard",)),
    Transform("typos_light", "noise", "A", words(typo, 0.15), ("Giskard",)),
    Transform("typos", "noise", "A", words(typo, 0.4), ("Giskard", "PyRIT")),
    Transform("code_point_noise", "noise", "A", neighbours(0.06), ("BoN", "PyRIT")),
    Transform("best_of_n", "noise", "A", best_of_n, ("BoN", "spikee", "promptfoo")),
    Transform("masked", "noise", "A", words(mask("*?#_"), 0.6), ("h4rm3l", "spikee")),
    Transform("splat", "noise", "A", words(mask("*"), 1), ("spikee", "casefold-fuzz")),
    Transform("stuffed", "noise", "A", words(stuff(".-_*'`"), 0.6), ("PyRIT", "h4rm3l")),
    Transform("split_words", "noise", "A", words(split, 0.4), ("Giskard",)),
    Transform("stretched", "noise", "A", words(_stretched, 0.5), ()),
    Transform("case_noise", "noise", "Y-", _case_noise, ("BoN",)),
    Transform("punctuation_noise", "noise", "Y-", _punctuation, ("Giskard",)),
    Transform("mixed_in", "noise", "Y", _mixed_in, ("h4rm3l",)),
    Transform("disemvowel", "loss", "N", _disemvowel, ("Parseltongue",)),
    Transform("first_letters", "loss", "N", _first_letters, ("PyRIT",)),
    Transform("anagram", "loss", "N", _anagram, ("PyRIT", "h4rm3l")),
)
