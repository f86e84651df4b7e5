"""Ciphers of puzzle books with so few keys that all are tried: rail fence, scytale, and a shift on the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from guardkit.decode import language
from guardkit.decode.passages import areas_of, share_known
from guardkit.view import View

__all__ = ["solved"]

SIZES = range(16, 401)  # characters of a passage
PASSAGES = 8  # tried in one text
RAILS = range(2, 9)
ODD = -2.9  # trigram fitness that a passage must stay below
FLOOR = -2.7  # that its solution must exceed,
KNOWN = 0.75  # and the share of its letters in known words

ROWS = ("qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")
RIGHT = {right: left for row in ROWS for left, right in zip(row, row[1:], strict=False)}  # typed a key too far right
LEFT = {left: right for right, left in RIGHT.items() if left.isalpha()}


def zigzag(size: int, rails: int) -> list[int]:
    """The places of the characters of a text of this size, rail by rail."""
    period = 2 * rails - 2
    return sorted(range(size), key=lambda at: min(at % period, period - at % period))


def inverse(order: list[int]) -> list[int]:
    """Where each place is in the order."""
    places = [0] * len(order)
    for at, place in enumerate(order):
        places[place] = at
    return places


def rearrangements(size: int) -> Iterator[tuple[str, list[int]]]:
    """Each way to read a text of this size in another order: its name, and the indices."""
    for rails in RAILS:
        yield "rail_fence", inverse(zigzag(size, rails))
        yield "scytale", inverse(sorted(range(size), key=lambda at: at % rails))  # noqa: B023


def fits(text: str) -> bool:
    """Whether a solution is English."""
    return language.fitness(text) > FLOOR and share_known(language.words(text)) >= KNOWN and text.count(" ") > 1


def solved(view: View, text: str) -> Iterator[View]:
    """The view with the first passage that has a solution in place of its own."""
    areas = (area for area in [(0, len(text)), *areas_of(text)] if area[1] - area[0] in SIZES)
    for start, end in islice(dict.fromkeys(areas), PASSAGES):
        passage = text[start:end]
        if language.fitness(passage) > ODD or share_known(language.words(passage)) > 1 - KNOWN:
            continue
        share = max(view.share, (end - start) / len(view))
        for table in (RIGHT, LEFT):
            if fits(plain := "".join(table.get(sign, sign) for sign in passage.lower())):
                yield view.splice("qwerty", [(start, end, plain)], share=share)
                return
        for name, order in rearrangements(end - start):
            if fits("".join(map(passage.__getitem__, order))):
                picked = [*range(start), *(start + at for at in order), *range(end, len(view))]
                yield view.pick(name, picked, share=share)
                return
