"""Ciphers that need no key, in texts without word breaks: one block of letters, or groups of the same size."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from guardkit.decode import language
from guardkit.decode.grouping import even, respaced
from guardkit.decode.passages import strange
from guardkit.view import Replacement, View

__all__ = ["unlocked"]

LONG = 20  # letters of a block that stands alone
BLOCK = re.compile(
    rf"(?<![\w/+=@#.-])(?:[A-Za-z]{{{LONG},4000}}+"
    + "".join(rf"|(?:[A-Za-z]{{{size}}}[ \n]){{5,800}}+(?:[A-Za-z]{{1,{size}}})?" for size in (5, 4, 3, 6))
    + r")(?![\w/+=@-])"
)
SAMPLE = 120  # letters scored
GAIN = 0.5  # nats per letter that a key must gain
ATTEMPTS = 16  # blocks of one text


def unlocked(view: View, text: str, keys: NDArray[np.intp]) -> Iterator[View]:
    """The view with the blocks deciphered that one of the keys, or their reversal, makes English."""
    tokens, _, unknown = strange(text)
    if not any([len(word) >= LONG and word.isalpha() for word in unknown]) and not even(list(map(len, tokens))):
        return
    found: dict[str, list[Replacement]] = {}
    for match, _ in zip(BLOCK.finditer(text), range(ATTEMPTS), strict=False):
        letters = "".join(match[0].split()).lower()
        key, backwards = best(letters, keys)
        if not key and not backwards:
            continue
        plain = letters.translate({97 + at: 96 + int(keys[key][at + 1]) for at in range(26)})
        spelled = respaced(plain[::-1] if backwards else plain)
        if spelled is not None and " " in spelled:
            name = "flip_chars" if not key else "rot13" if key == 13 else "atbash" if key == 26 else "caesar"
            found.setdefault(name, []).append((match.start(), match.start() + len(match[0].rstrip()), spelled))
    for name, replacements in found.items():
        yield view.splice(name, replacements)


def best(letters: str, keys: NDArray[np.intp]) -> tuple[int, bool]:
    """The key that makes the likeliest letters, and whether they are then read backwards; (0, False) for none."""
    codes = np.frombuffer(letters[:SAMPLE].encode("ascii"), np.uint8).astype(np.intp) & 31
    table = language.tables().forward
    forwards, backwards = (table.take(language.trigrams(keys[:, order])).mean(1) for order in (codes, codes[::-1]))
    scores = np.concatenate((forwards, backwards))
    at = int(scores.argmax())
    return (at % len(keys), at >= len(keys)) if scores[at] - scores[0] > GAIN else (0, False)
