"""Edits of a word that a person, and a large model, still reads."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

__all__ = ["EDITS"]

CYRILLIC = str.maketrans("aceiopsxyABCEHIKMOPTX", "асеіорѕхуАВСЕНІКМОРТХ")
LEET = str.maketrans("aeiostAEIOST", "431057431057")
MARKS = "\u0301\u0308\u0327\u0330"
HIDDEN = "\u200b\u200c\u2060\u00ad"


def _inside(word: str, rng: random.Random) -> int:
    return rng.randrange(1, len(word))


def _swapped(word: str, rng: random.Random) -> str:
    at = _inside(word, rng)
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def _dropped(word: str, rng: random.Random) -> str:
    at = _inside(word, rng)
    return word[:at] + word[at + 1 :]


def _doubled(word: str, rng: random.Random) -> str:
    at = _inside(word, rng)
    return word[:at] + word[at] + word[at:]


def _hidden(word: str, rng: random.Random) -> str:
    at = _inside(word, rng)
    return word[:at] + rng.choice(HIDDEN) + word[at:]


def _marked(word: str, rng: random.Random) -> str:
    at = _inside(word, rng)
    return word[:at] + rng.choice(MARKS) + word[at:]


def _split(word: str, rng: random.Random) -> str:
    at = _inside(word, rng)
    return f"{word[:at]}{rng.choice('-.*_')}{word[at:]}"


# No edit puts a space into a word: the search tells words by their places.
EDITS: Mapping[str, Callable[[str, random.Random], str]] = {
    "lookalike letters": lambda word, rng: word.translate(CYRILLIC),
    "digits for letters": lambda word, rng: word.translate(LEET),
    "swapped letters": _swapped,
    "dropped letter": _dropped,
    "doubled letter": _doubled,
    "invisible character": _hidden,
    "accent": _marked,
    "mark inside": _split,
    "mixed case": lambda word, rng: "".join(rng.choice((c.lower(), c.upper())) for c in word),
    "spaced by dots": lambda word, rng: ".".join(word),
}
