"""Applies a substitution table that the text itself prints: "a -> x" for most of the alphabet, then the cipher text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import numpy as np

from guardkit.decode import language
from guardkit.decode.passages import areas_of, share_known
from guardkit.view import Replacement, View

__all__ = ["Substitution"]

LIMIT = 65_536  # characters searched
LEAST = 8  # pairs that make a table
MOST = 200  # pairs read
KNOWN = 0.6  # share of the result's letters in known words
GAIN = 0.3  # by which that must exceed the share before

ARROWS = ("->", "=>", "→", "=", ":")
PAIR = re.compile(
    r"(?<![^\s,;{(\[|])[\"'`]?([A-Za-z])[\"'`]?[ \t]{0,4}(?:->|=>|→|=|:)[ \t]{0,4}[\"'`]?"
    r"([^\s,;\"'`})\]|]{1,6})[\"'`]?(?=[\s,;})\]|]|$)"
)
BREAK = re.compile(r"[ \t]*/[ \t]*|[ \t]{2,}|[\r\n]+")


class Substitution:
    """Gives the text with what the printed table enciphers put back into letters."""

    name = "substitution"

    def decode(self, view: View) -> Iterator[View]:
        text = view.text[:LIMIT]
        if sum(map(text.count, ARROWS)) < LEAST:
            return
        pairs = [match for _, match in zip(range(MOST), PAIR.finditer(text), strict=False)]
        table = {match.group(1).lower(): match.group(2).lower() for match in pairs}
        if len(table) < LEAST or len(set(table.values())) < len(table):
            return
        back = {code: letter for letter, code in table.items()}
        steps = [partial(tokens, back)]
        if all(len(code) == 1 for code in back):
            steps = [partial(characters, back), partial(characters, table), *steps]
        taken = np.zeros(len(text), np.bool_)
        taken[pairs[0].start() : pairs[-1].end()] = True
        found: list[Replacement] = []
        for start, end in areas_of(text):
            if taken[start:end].any():
                continue
            passage = text[start:end]
            before = share_known(language.words(passage))
            for step in steps:
                plain = step(passage)
                words = language.words(plain)
                if share_known(words) >= max(KNOWN, before + GAIN) and sum(map(len, words)) >= 5:
                    taken[start:end] = True
                    found.append((start, end, plain))
                    break
        if found:
            yield view.splice("substitution", sorted(found))


def characters(table: dict[str, str], text: str) -> str:
    """The text with each character that the table has replaced, capitals by capitals."""
    return "".join(
        found.upper() if character.isupper() else found
        for character in text
        for found in (table.get(character.lower(), character),)
    )


def tokens(table: dict[str, str], text: str) -> str:
    """The text read as codes between spaces or hyphens, words apart by two spaces, a slash or a line."""
    return " ".join(
        "".join(table.get(code, code) for code in re.split(r"[\s-]+", word.lower())) for word in BREAK.split(text)
    )
