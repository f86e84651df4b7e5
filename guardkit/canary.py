"""A token for a system prompt that must never come back out, in whatever form."""

from __future__ import annotations

import base64
import codecs
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from guardkit.errors import InputError
from guardkit.verdict import Finding
from guardkit.view import View

__all__ = ["CANARY", "Canary"]

CANARY = "leak.canary"
# Sixteen letters that leet speak and look-alike digits leave alone, and that make no words: 4 bits each.
ALPHABET = "cdfhjkmnpqruvwxy"
BYTES = 12  # of entropy; the token has two letters for each
KEY_BYTES = 16  # the shortest key accepted
HALF = BYTES  # letters of the token that are a leak, in one piece or in several
RUN = 6  # characters of the least piece that counts
_PROCESS = secrets.token_bytes(32)
_NATO = "charlie delta foxtrot hotel juliett kilo mike november papa quebec romeo uniform victor whiskey xray yankee"
_SIGNS = "-.-. -.. ..-. .... .--- -.- -- -. .--. --.- .-. ..- ...- .-- -..- -.--"
_MORSE: Mapping[str, str] = dict(zip(ALPHABET, _SIGNS.split(), strict=True))
_SPELLED: Mapping[str, str] = dict(zip(ALPHABET, _NATO.split(), strict=True))
_BRAILLE: Mapping[str, str] = dict(zip(ALPHABET, "⠉⠙⠋⠓⠚⠅⠍⠝⠏⠟⠗⠥⠧⠺⠭⠽", strict=True))
_TURNED: Mapping[str, str] = dict(zip(ALPHABET, "ɔpɟɥɾʞɯudbɹnʌʍxʎ", strict=True))
_SQUARE = "abcdefghijlmnopqrstuvwxyz"  # of Polybius; k is c

_LETTER = re.compile(r"[^\W_]+")  # letters and digits
_NO_DIGIT = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_TAG = re.compile(r"<[^<>]*+>")
_UNTAGGED = re.compile(r"<[^<>]*+>|([^\W_])")
_SINGLE = re.compile(r"(?<!\w)([^\W\d_])(?!\w)")  # letters that stand alone, as in a list
_INITIAL = re.compile(r"(?<!\w)[^\W\d_]")
_OPENING = re.compile(r"^[^\w\n]*+([^\W\d_])", re.M)
_MARK = re.compile(r"\S+")
_SIGN = re.compile(r"[.\-]+")

Forms = Iterable[tuple[str, str]]  # the name of each, and the token in it
Span = tuple[int, int]


class Canary:
    """A detector of one token. Immutable and thread-safe.

    The token is derived from a key by HMAC-SHA256, so that nothing has to be remembered: whoever has the key knows
    the token, and with it all of its forms. Without a key it is the process's own random one, which all guards of the
    process (and what it forks) share. Raises `InputError` for a key of less than 16 bytes, which could be guessed.
    """

    name = CANARY

    def __init__(self, key: str | bytes | None = None) -> None:
        secret = _PROCESS if key is None else key.encode() if isinstance(key, str) else key
        if not isinstance(secret, bytes) or len(secret) < KEY_BYTES:
            raise InputError(f"the canary key is too short: expected {KEY_BYTES} bytes or more")
        digest = hmac.digest(secret, b"guardkit canary 1", hashlib.sha256)[:BYTES]
        self.token: Final = "".join(ALPHABET[byte >> 4] + ALPHABET[byte & 15] for byte in digest)

    def __getstate__(self) -> dict[str, str]:
        """The token alone: what is made of it is made again."""
        return {"token": self.token}

    def detect(self, view: View) -> Iterator[Finding]:
        """One finding per view that holds the token or half of it, whatever is between its characters."""
        for reading in self._readings:
            found = reading.found(view.text)
            if found:
                places = reading.squeeze.places(view.text)
                start, end = min(places[low] for low, _ in found), max(places[high - 1] for _, high in found) + 1
                form = next(iter(found.values()))
                message = f"holds the canary of the system prompt{form and f', as {form}'}"
                yield Finding(CANARY, "injection", 1.0, view.span(start, end), message, "", view.chain)
                return

    @cached_property
    def _readings(self) -> tuple[_Reading, ...]:
        """Each way of reading a text, with what it may bring to light. Made with the first use."""
        token = self.token
        plain = [("", token)]
        letters = _Kept(_LETTER)
        return (
            _Reading.of(letters, ((name, letters.text(form)) for name, form in _forms(token)), token),
            _Reading.of(_Kept(_NO_DIGIT, _DIGIT), plain, token),
            _Reading.of(_Kept(_UNTAGGED, _TAG), plain),
            *(_Reading.of(replace(letters, start=start, step=2), plain) for start in (0, 1)),
            *(_Reading.of(_Kept(pattern), plain) for pattern in (_SINGLE, _INITIAL, _OPENING)),
            _Reading.of(_Kept(_MARK), _marked(token)),
            _Reading.of(_Kept(_SIGN), [("morse", "".join(_MORSE[letter] for letter in token))]),
        )


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is left of a text without what is between the characters that count: what a pattern finds, in one case."""

    pattern: re.Pattern[str]  # the last group of a match, or all of it
    only: re.Pattern[str] | None = None  # nothing is left of a text without this: another reading says the same
    start: int = 0
    step: int = 1

    def text(self, text: str) -> str:
        if self.only is not None and self.only.search(text) is None:
            return ""
        return "".join(self.pattern.findall(text)).casefold()[self.start :: self.step]

    def places(self, text: str) -> list[int]:
        """Where in the text each character of that stands."""
        spans = (match.span(self.pattern.groups) for match in self.pattern.finditer(text))
        kept = (at for span in spans for at in range(*span) for _ in text[at].casefold())
        return list(kept)[self.start :: self.step]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A way of reading a text, and the pieces of forms that are looked for in it."""

    squeeze: _Kept
    pieces: Mapping[str, Mapping[str, str]] = field(repr=False)
    """Each run of `RUN` characters of a piece → the pieces that have it, with the names of their forms."""
    stride: int
    scattered: Mapping[str, int] = field(repr=False)
    """The runs of the token → where in it they stand. Half of it in runs anywhere is a leak too."""

    @classmethod
    def of(cls, squeeze: _Kept, forms: Forms, scattered: str = "") -> _Reading:
        found = _pieces(forms)
        pieces: dict[str, dict[str, str]] = {}
        for piece, form in found.items():
            for at in range(len(piece) - RUN + 1):
                pieces.setdefault(piece[at : at + RUN], {})[piece] = form
        stride = min(map(len, found)) - RUN + 1  # of so many runs in a row, every piece has one
        starts = range(len(scattered) - RUN + 1)
        return cls(squeeze, pieces, stride, {scattered[at : at + RUN]: at for at in starts})

    def found(self, text: str) -> dict[Span, str]:
        """The ranges of the squeezed text that leak, with the names of the forms."""
        squeezed = self.squeeze.text(text)
        found: dict[Span, str] = {}
        for at in range(0, len(squeezed) - RUN + 1, self.stride):
            for piece, form in self.pieces.get(squeezed[at : at + RUN], {}).items():
                if (start := squeezed.find(piece)) >= 0:
                    found[start, start + len(piece)] = form
        return found or self._scattered(squeezed)

    def _scattered(self, squeezed: str) -> dict[Span, str]:
        known = self.scattered
        runs = [at for at in range(len(squeezed) if known else 0) if squeezed[at : at + RUN] in known]
        said = {known[squeezed[at : at + RUN]] + step for at in runs for step in range(RUN)}
        return {(at, at + RUN): "pieces" for at in runs} if len(said) >= HALF else {}


def _pieces(forms: Forms) -> dict[str, str]:
    """Half of each form of the token, and of its reversal → the form's name. Where a form has its letters, any half."""
    pieces: dict[str, str] = {}
    for form, written in forms:
        text = written.casefold()
        half = len(text) // 2
        for start in range(half + 1) if len(text) == 2 * HALF else (0, len(text) - half):
            piece = text[start : start + half]
            pieces.setdefault(piece, form)
            pieces.setdefault(piece[::-1], f"{form} reversed".strip())
    return pieces


def _forms(token: str) -> Iterator[tuple[str, str]]:
    """The token in the encodings that need no key. What else a text hides, the pipeline's views uncover."""
    yield "", token
    yield "spelling", "".join(_SPELLED[letter] for letter in token)
    yield "turned letters", "".join(_TURNED[letter] for letter in token)
    yield "a1z26", "".join(str(ord(letter) - 96) for letter in token)
    yield "a0z25", "".join(str(ord(letter) - 97) for letter in token)
    square = [divmod(_SQUARE.index(letter.replace("k", "c")), 5) for letter in token]
    yield "polybius", "".join(f"{row + 1}{column + 1}" for row, column in square)
    yield "atbash", "".join(chr(219 - ord(letter)) for letter in token)
    for shift in range(1, 26):
        yield "caesar", "".join(chr((ord(letter) - 97 + shift) % 26 + 97) for letter in token)
    yield from _transposed(token)
    for data in (token.encode(), token.upper().encode()):
        yield from _encoded(data)


def _encoded(data: bytes) -> Iterator[tuple[str, str]]:
    for before, name in (("", "hex"), ("x", "hex"), ("0x", "hex"), ("u00", "escapes")):
        yield name, "".join(f"{before}{byte:02x}" for byte in data)
    yield "binary", "".join(f"{byte:08b}" for byte in data)
    yield "octal", "".join(f"{byte:03o}" for byte in data)
    yield "decimal", "".join(map(str, data))
    yield "character codes", "".join(f"chr{byte}" for byte in data)
    yield "a number", str(int.from_bytes(data, "big"))
    for lead in range(3):
        encoded = _middle(base64.b64encode, data, lead, 6)
        yield "base64", encoded
        yield "base64 in rot13", codecs.encode(encoded, "rot13")
        yield "base64 of UTF-16", _middle(base64.b64encode, data.decode().encode("utf-16-le"), lead, 6)
    for lead in range(5):
        yield "base32", _middle(base64.b32encode, data, lead, 5)
        yield "base32hex", _middle(base64.b32hexencode, data, lead, 5)


def _transposed(token: str) -> Iterator[tuple[str, str]]:
    """The letters in another order that needs no key."""
    for size in (2, 3, 4, 6, 8, 12):
        yield "reversed groups", "".join(token[at : at + size][::-1] for at in range(0, len(token), size))
    for rails in (2, 3, 4):
        around = [*range(rails), *range(rails - 2, 0, -1)]
        rows = [
            "".join(token[at] for at in range(len(token)) if around[at % len(around)] == row) for row in range(rails)
        ]
        yield "a rail fence", "".join(rows)


def _marked(token: str) -> Iterator[tuple[str, str]]:
    """Forms of other characters than letters and digits."""
    yield "braille", "".join(_BRAILLE[letter] for letter in token)
    yield "rot47", "".join(chr(33 + (ord(letter) - 33 + 47) % 94) for letter in token)


def _middle(encode: Callable[[bytes], bytes], data: bytes, lead: int, bits: int) -> str:
    """The characters that only the data decides, whatever `lead` bytes come before it and whatever follows."""
    return encode(bytes(lead) + data)[-(-8 * lead // bits) : 8 * (lead + len(data)) // bits].decode()
