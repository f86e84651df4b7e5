"""Codes that were written backwards: they are turned round where that makes a code of what is none."""

from __future__ import annotations

from collections.abc import Iterator

from guardkit.decode import language
from guardkit.decode.base import Base
from guardkit.decode.escapes import Escapes
from guardkit.decode.numbers import Numbers
from guardkit.decode.protocol import Decoder, Unread
from guardkit.decode.symbols import Symbols
from guardkit.view import View

__all__ = ["Mirror"]

LIMIT = 8_192  # characters
LEAD = 160  # that may stand before them
SHORTEST = 24
WORDS = 0.1  # share of the text that may be in words of three letters or more

CODES: tuple[Decoder, ...] = (Escapes(), Base(), Numbers(), Symbols())


def coded(text: str) -> bool:
    """Whether the text holds a code."""
    try:
        return any(True for decoder in CODES for _ in decoder.decode(View(text)))
    except Unread:  # it holds one that is not unpacked
        return True


def wordless(text: str) -> bool:
    """Whether hardly anything in the text is a word: logs and program code have many, codes only by chance."""
    words = language.words(text)
    return sum(len(word) for word in words if len(word) > 2 and language.known(word)) <= WORDS * len(text)


class Mirror:
    """Gives the text backwards: what stands behind a first line of words, or behind them and a colon, or all of it."""

    name = "flip_chars"

    def decode(self, view: View) -> Iterator[View]:
        text = view.text
        if not SHORTEST <= len(text) <= LIMIT or not text.isascii():
            return
        leads = (text.find(sign, 0, LEAD) + 1 for sign in ":\n")
        for start in dict.fromkeys((*(end for end in leads if not wordless(text[:end])), 0)):
            body = text[start:].strip()
            if len(body) < SHORTEST or not wordless(body):
                continue
            if coded(body[::-1]) and not coded(body):
                first = text.index(body, start)
                last = first + len(body)
                order = [*range(first), *range(last - 1, first - 1, -1), *range(last, len(text))]
                yield view.pick(self.name, order, share=max(view.share, len(body) / len(text)))
                return
