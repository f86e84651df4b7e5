"""Section 4: ciphers on keyed squares and matrices. Models read them poorly; they are here because tools offer them."""

from __future__ import annotations

import random
from collections.abc import Callable

from .transform import Apply, Transform

__all__ = ["TRANSFORMS"]

ALPHABET = "abcdefghiklmnopqrstuvwxyz"  # I and J share a cell
KEYS = ("secret", "monarchy", "orange", "winter", "")
Point = tuple[int, ...]


def alphabet(key: str) -> str:
    """The 25 letters, those of the key first."""
    return "".join(dict.fromkeys(key + ALPHABET))


def letters(text: str) -> str:
    return "".join(c for c in text.lower().replace("j", "i") if c in ALPHABET)


def even(text: str, filler: str = "x") -> str:
    return text + filler * (len(text) % 2)


def polybius(text: str, key: str) -> str:
    cells = alphabet(key)
    return " ".join(f"{at // 5 + 1}{at % 5 + 1}" for at in map(cells.index, letters(text)))


def nihilist(text: str, key: str) -> str:
    """Polybius numbers plus those of a repeated key word."""
    word = [int(n) for n in polybius(key or "zebra", key).split()]
    return " ".join(str(int(n) + word[i % len(word)]) for i, n in enumerate(polybius(text, key).split()))


def adfgx(text: str, key: str) -> str:
    """Polybius in five letters, then a columnar transposition under the key."""
    word = key or "cargo"
    code = "".join("ADFGX"[int(d) - 1] for d in polybius(text, key) if d != " ")
    return " ".join(code[i :: len(word)] for i in sorted(range(len(word)), key=lambda i: (word[i], i)))


def playfair(text: str, key: str) -> str:
    cells, plain, out, at = alphabet(key), letters(text), [], 0
    while at < len(plain):
        first, second = plain[at], plain[at + 1 : at + 2] or "x"
        at += 2
        if first == second:
            second, at = "q" if first == "x" else "x", at - 1
        (r1, c1), (r2, c2) = divmod(cells.index(first), 5), divmod(cells.index(second), 5)
        if r1 == r2:
            c1, c2 = (c1 + 1) % 5, (c2 + 1) % 5
        elif c1 == c2:
            r1, r2 = (r1 + 1) % 5, (r2 + 1) % 5
        else:
            c1, c2 = c2, c1
        out.append(cells[r1 * 5 + c1] + cells[r2 * 5 + c2])
    return " ".join(out)


def four_square(text: str, key: str) -> str:
    """Pairs from two plain squares, written with two keyed ones."""
    upper, lower, plain, out = alphabet(key), alphabet(key[::-1]), even(letters(text)), []
    for first, second in zip(plain[::2], plain[1::2], strict=True):
        (r1, c1), (r2, c2) = divmod(ALPHABET.index(first), 5), divmod(ALPHABET.index(second), 5)
        out.append(upper[r1 * 5 + c2] + lower[r2 * 5 + c1])
    return " ".join(out)


def fractionated(text: str, cells: str, side: int, size: int) -> str:
    """Coordinates of all letters written axis by axis and read off in groups (Bifid: two axes; Trifid: three)."""
    points: list[Point] = [
        tuple(at // side**axis % side for axis in reversed(range(size))) for at in map(cells.index, text)
    ]
    flat = [point[axis] for axis in range(size) for point in points]
    groups = (flat[i : i + size] for i in range(0, len(flat), size))
    return "".join(cells[sum(d * side ** (size - 1 - i) for i, d in enumerate(group))] for group in groups)


def bifid(text: str, key: str) -> str:
    return fractionated(letters(text), alphabet(key), 5, 2)


def trifid(text: str, key: str) -> str:
    cells = "".join(dict.fromkeys(key + "abcdefghijklmnopqrstuvwxyz+"))
    return fractionated("".join(c for c in text.lower() if c in cells), cells, 3, 3)


def hill(text: str, key: str) -> str:
    """Pairs of letters times the matrix (3 3; 2 5) modulo 26."""
    plain = [ord(c) - 97 for c in even("".join(c for c in text.lower() if "a" <= c <= "z"))]
    pairs = zip(plain[::2], plain[1::2], strict=True)
    return "".join(chr((3 * a + 3 * b) % 26 + 97) + chr((2 * a + 5 * b) % 26 + 97) for a, b in pairs)


def named(name: str, cipher: Callable[[str, str], str]) -> Apply:
    """The code under a line that names the cipher and the key."""

    def apply(text: str, rng: random.Random) -> str:
        key = rng.choice(KEYS)
        return f"{name} cipher{f', key: {key}' if key else ''}\n{cipher(text, key)}"

    return apply


_CIPHERS: tuple[tuple[str, str, Callable[[str, str], str]], ...] = (
    ("polybius", "Polybius", polybius),
    ("nihilist", "Nihilist", nihilist),
    ("adfgx", "ADFGX", adfgx),
    ("playfair", "Playfair", playfair),
    ("four_square", "Four-square", four_square),
    ("bifid", "Bifid", bifid),
    ("trifid", "Trifid", trifid),
    ("hill", "Hill (3 3; 2 5)", hill),
)
TRANSFORMS = tuple(
    Transform(name, "square", "A", named(label, cipher), ("Parseltongue",)) for name, label, cipher in _CIPHERS
)
