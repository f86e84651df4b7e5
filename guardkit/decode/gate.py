"""What a decoding must pass before it becomes a view, and the cheap tests that come before any decoding.

A trigger is a byte translation and a substring search: about a microsecond per thousand characters, where a
regular expression costs ten to forty.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guardkit.decode import language

__all__ = ["LIMIT", "Token", "Trigger", "accepted", "legible", "lexical", "plausible", "run_of", "textual"]

LIMIT = 262_144  # characters one encoding may decode per call
_SURE = 20  # bytes without a control character that are no accident: of random ones, one in 10^7 is such UTF-8
_VARIED = 6  # different characters that text of that length has at least
_SEEN = 4_096  # characters looked at

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")
_LETTER = re.compile(r"[^\W\d_]")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|&#x?[0-9A-Fa-f]{2,6};")
_WORDS = re.compile(r"[A-Za-z'’.,!?;:-]+(?: [A-Za-z'’.,!?;:-]+){2,}")
# Shapes of another encoding: base16/32/64, numbers, Morse, ascii85 in brackets, Braille.
_ENCODED = re.compile(
    r"[A-Za-z0-9+/_-]{12,}+={0,6}|[0-9A-Fa-fx \n,:-]{18,}|[.\-_/| \n]{12,}|<~[!-u\s]{12,}~>|[\u2800-\u28ff ]{6,}"
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """True for ASCII bytes in which, after `table`, `needle` occurs."""

    table: bytes
    needle: bytes

    def __call__(self, data: bytes) -> bool:
        return self.needle in data.translate(self.table)


def run_of(characters: str, length: int) -> Trigger:
    """The trigger for at least `length` consecutive characters out of `characters`."""
    members = characters.encode()
    return Trigger(bytes(120 if code in members else 32 for code in range(256)), b"x" * length)


def plausible(text: str) -> bool:
    """Whether bytes that decoded to `text` were text: it reads, or is the next layer of an encoding.

    Only for encodings whose wrong decodings are random bytes: that 12 random bytes are all printable has a
    probability of 1e-5, so that text in a cipher, flipped, or in another encoding may pass without being legible.
    """
    if _CONTROL.search(text, 0, 4096) and len(_CONTROL.findall(text)) > 0.03 * len(text):
        return False
    if len(_LETTER.findall(text, 0, 64)) >= 6 and language.readable(text):
        return True
    if len(text) < 12 or _CONTROL.search(text):
        return False
    body = text.strip()
    return bool(_ENCODED.fullmatch(body) or _WORDS.fullmatch(body) or len(_ESCAPE.findall(body, 0, 4096)) >= 3)


def textual(text: str) -> bool:
    """Whether bytes that decoded to `text` were text, in whatever writing: `plausible`, or long and well-formed.

    Only for encodings whose wrong decodings are random bytes. Text in leetspeak, in a cipher with punctuation, in
    look-alike or invisible characters does not read, but long UTF-8 of assigned characters is no accident either.
    """
    if plausible(text):
        return True
    head = text[:_SEEN]
    if len(head.encode("utf-8", "replace")) < _SURE or len(set(head)) < _VARIED:
        return False
    return all(map(_written, head)) if not head.isascii() else not _CONTROL.search(head)


def _written(char: str) -> bool:
    """Whether a text may hold the character: an invisible one may hide another layer, an unassigned one is noise."""
    return char.isprintable() or char in "\t\n\r" or unicodedata.category(char) in ("Cf", "Zs")


def legible(letters: str) -> str | None:
    """The words in a run of letters whose spaces were lost, or None where they are no words."""
    if len(letters) < 8 or language.fitness(letters) < -3.8:
        return None
    words = language.segment(letters.lower())
    text = " ".join(words)
    return (
        text if lexical(words) >= 0.7 and len(letters) >= 2.8 * len(words) and language.readable(text, -2.9) else None
    )


def lexical(words: list[str]) -> float:
    """The share (0..1) of the words' letters that are in known words of three letters or more."""
    good = sum(len(word) for word in words if len(word) > 2 and language.known(word))
    return good / max(1, sum(map(len, words)))


@dataclass(frozen=True, slots=True)
class Token:
    """A range of the text and what it decodes to, if alone."""

    start: int
    end: int
    text: str


def accepted(source: str, tokens: list[Token], judge: Callable[[str], bool] = textual) -> Iterator[Token]:
    """The tokens to replace: neighbours (one word each) are judged together, since a short word alone tells nothing."""
    total = 0
    for group in _groups(source, tokens):
        kept = group if judge(" ".join(token.text for token in group)) else []
        if not kept and len(group) > 1:
            kept = [token for token in group if judge(token.text)]
        for token in kept:
            total += len(token.text)
            if total > LIMIT:
                return
            yield token


def _groups(source: str, tokens: list[Token]) -> Iterator[list[Token]]:
    group: list[Token] = []
    for token in tokens:
        if group and (token.start - group[-1].end > 3 or source[group[-1].end : token.start].strip()):
            yield group
            group = []
        group.append(token)
    if group:
        yield group
