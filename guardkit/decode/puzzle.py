"""Ciphers of puzzle books with so few keys that all are tried: rail fence, scytale, and a shift on the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from guardkit.decode import language
from guardkit.decode.passages import Range, areas_of, fitnesses, share_known
from guardkit.view import View

__all__ = ["solved"]

SIZES = range(16, 401)  # characters of a passage
RAILS = range(2, 9)
LETTERS = 0.5  # share of a passage: the keyboard's neighbours of letters are mostly letters
ODD = -2.9  # trigram fitness that a passage must stay below
MARGIN = 0.3  # within which that is computed again, exactly
FLOOR = -2.7  # that its solution must exceed,
SLACK = 0.6  # for double spaces, which only the exact score leaves out
KNOWN = 0.75  # and the share of its letters in known words

ROWS = ("qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")
_PAIRS = [(left, right) for row in ROWS for left, right in zip(row, row[1:], strict=False)]
RIGHT = str.maketrans({right: left for left, right in _PAIRS})  # typed a key too far right
LEFT = str.maketrans({left: right for left, right in _PAIRS if left.isalpha()})


@cache
def rearrangements(size: int) -> tuple[tuple[str, ...], NDArray[np.int16]]:
    """Each way to read a text of this size in another order: their names, and the indices (orders, size)."""
    names, orders = [], []
    at = np.arange(size)
    for rails in RAILS:
        period = 2 * rails - 2
        rail = np.minimum(at % period, period - at % period)
        for name, column in (("rail_fence", rail), ("scytale", at % rails)):
            names.append(name)
            orders.append(column.argsort(kind="stable").argsort(kind="stable"))
    return tuple(names), np.stack(orders).astype(np.int16)  # 2 MB for all sizes


def promising(passage: str, orders: NDArray[np.int16]) -> list[int]:
    """The orders whose trigrams are nearly as likely as a solution's: all are scored at once."""
    codes = np.frombuffer(language.flat(passage), np.uint8) & 31
    scores = language.tables().forward.take(language.trigrams(codes.astype(np.intp)[orders])).mean(1)
    return [int(number) for number in np.flatnonzero(scores > FLOOR - SLACK)]


def fits(text: str) -> bool:
    """Whether a solution is English."""
    return share_known(language.words(text)) >= KNOWN and language.fitness(text) > FLOOR


def solved(view: View, text: str) -> Iterator[View]:
    """The view with one passage after the other that has a solution; what is in a solved one is left."""
    solution: Range = (0, 0)
    ranges = [area for area in dict.fromkeys([(0, len(text)), *areas_of(text)]) if area[1] - area[0] in SIZES]
    odd = np.flatnonzero(fitnesses(text, ranges) < ODD + MARGIN).tolist()
    for start, end in map(ranges.__getitem__, odd):
        if solution[0] <= start and end <= solution[1]:
            continue
        passage = text[start:end]
        if passage.count(" ") < 2 or sum(map(str.isalpha, passage)) < LETTERS * len(passage):
            continue
        if share_known(language.words(passage)) > 1 - KNOWN or language.fitness(passage) > ODD:
            continue
        share = max(view.share, (end - start) / len(view))
        for table in (RIGHT, LEFT):
            if fits(plain := passage.lower().translate(table)):
                yield view.splice("qwerty", [(start, end, plain)], share=share)
                solution = start, end
                break
        else:
            names, orders = rearrangements(end - start)
            for number in promising(passage, orders):
                order = orders[number].tolist()
                if fits("".join(map(passage.__getitem__, order))):
                    picked = [*range(start), *(start + at for at in order), *range(end, len(view))]
                    yield view.pick(names[number], picked, share=share)
                    solution = start, end
                    break
