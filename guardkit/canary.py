"""A token for a system prompt that must never come back out, in whatever form."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
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
_PROCESS = secrets.token_bytes(32)
_NATO = "charlie delta foxtrot hotel juliett kilo mike november papa quebec romeo uniform victor whiskey xray yankee"
_SIGNS = "-.-. -.. ..-. .... .--- -.- -- -. .--. --.- .-. ..- ...- .-- -..- -.--"
_MORSE: Mapping[str, str] = dict(zip(ALPHABET, _SIGNS.split(), strict=True))
_NO_SIGN = re.compile(r"[^.\-]+")
_SPELLED: Mapping[str, str] = dict(zip(ALPHABET, _NATO.split(), strict=True))


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
        self._pieces: Final = _pieces(_forms(self.token), _letters)
        self._morse: Final = _pieces([("morse", " ".join(_MORSE[letter] for letter in self.token))], _signs)

    def detect(self, view: View) -> Iterator[Finding]:
        """One finding per view that holds the token or half of it, whatever is between its characters."""
        for squeeze, pieces in ((_letters, self._pieces), (_signs, self._morse)):
            squeezed = squeeze(view.text)
            found = {piece: form for piece, form in pieces.items() if piece in squeezed}
            if found:
                start, end = _place(view.text, found, squeeze)
                form = next(iter(found.values()))
                message = f"holds the canary of the system prompt{form and f', as {form}'}"
                yield Finding(CANARY, "injection", 1.0, view.span(start, end), message, "", view.chain)
                return


def _pieces(forms: Iterable[tuple[str, str]], squeeze: Callable[[str], str]) -> dict[str, str]:
    """The two halves of each form of the token, and of its reversal → the form's name. Half a token is a leak, too."""
    pieces: dict[str, str] = {}
    for form, text in forms:
        squeezed = squeeze(text)
        half = len(squeezed) // 2
        for piece in (squeezed[:half], squeezed[half:]):
            pieces.setdefault(piece, form)
            pieces.setdefault(piece[::-1], f"{form} reversed".strip())
    return pieces


def _forms(token: str) -> Iterator[tuple[str, str]]:
    """The token in the encodings that need no key. What else a text hides, the pipeline's views uncover."""
    yield "", token
    yield "spelling", "".join(_SPELLED[letter] for letter in token)
    yield "a1z26", "".join(str(ord(letter) - 96) for letter in token)
    yield "atbash", "".join(chr(219 - ord(letter)) for letter in token)
    for shift in range(1, 26):
        yield "caesar", "".join(chr((ord(letter) - 97 + shift) % 26 + 97) for letter in token)
    for data in (token.encode(), token.upper().encode()):
        for before, between in (("", "hex"), ("x", "hex"), ("0x", "hex"), ("u00", "escapes")):
            yield between, "".join(f"{before}{byte:02x}" for byte in data)
        yield "binary", "".join(f"{byte:08b}" for byte in data)
        yield "octal", "".join(f"{byte:03o}" for byte in data)
        yield "decimal", "".join(map(str, data))
        for lead in range(3):
            yield "base64", _middle(base64.b64encode, data, lead, 6)
        for lead in range(5):
            yield "base32", _middle(base64.b32encode, data, lead, 5)


def _middle(encode: Callable[[bytes], bytes], data: bytes, lead: int, bits: int) -> str:
    """The characters that only the data decides, whatever `lead` bytes come before it and whatever follows."""
    return encode(bytes(lead) + data)[-(-8 * lead // bits) : 8 * (lead + len(data)) // bits].decode()


def _letters(text: str) -> str:
    """Letters and digits only, in one case: what is between them hides nothing."""
    return "".join(filter(str.isalnum, text)).casefold()


def _signs(text: str) -> str:
    return _NO_SIGN.sub("", text)


def _place(text: str, pieces: Iterable[str], squeeze: Callable[[str], str]) -> tuple[int, int]:
    """The range of the text that holds the first place of each squeezed piece."""
    squeezed = squeeze(text)
    places = [at for at, character in enumerate(text) for _ in squeeze(character)]
    firsts = [(squeezed.index(piece), len(piece)) for piece in pieces]
    return min(places[at] for at, _ in firsts), max(places[at + size - 1] for at, size in firsts) + 1
