"""How people really type: case, typos, punctuation, quotes. Applied to attacks and benign texts at the same rates."""

from __future__ import annotations

from random import Random

_EMOJI = "🙂 😅 🙏 😂 🔥 👍 😭 ✨ 🤔 😉".split()


def typeset(rng: Random, text: str) -> str:
    """Returns the text as some person would have typed it; unchanged in two cases of three."""
    roll = rng.random()
    if roll < 0.64 or not text:
        return text
    if roll < 0.74:
        return text.lower()
    if roll < 0.77:
        return text.upper()
    if roll < 0.84:
        return text.rstrip(".!")
    if roll < 0.87:
        return text.rstrip(".") + rng.choice(("!", "!!", "...", " thanks", " pls", " please", "!!!"))
    if roll < 0.94:
        return typo(rng, text)
    if roll < 0.96:
        return text.replace(". ", rng.choice((".\n", "\n", "  ", ".\n\n", " - ")))
    if roll < 0.98:
        return f"{text} {rng.choice(_EMOJI)}"
    return text.replace("'", "’").replace('"', "”")


def typo(rng: Random, text: str) -> str:
    """Returns the text with about one slip (swap, drop or double) per sixty letters."""
    letters = list(text)
    for _ in range(1 + len(letters) // 60):
        _slip(rng, letters)
    return "".join(letters)


def slip(rng: Random, text: str) -> str:
    """Returns the text with one slip at most; unchanged where it falls on no letter."""
    letters = list(text)
    if letters:
        _slip(rng, letters)
    return "".join(letters)


def _slip(rng: Random, letters: list[str]) -> None:
    at = rng.randrange(len(letters))
    if not letters[at].isalpha():
        return
    kind = rng.randrange(3)
    if kind == 0 and at + 1 < len(letters):
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
    elif kind == 1:
        letters[at] = ""
    else:
        letters[at] *= 2
