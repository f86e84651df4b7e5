"""One question and its answer, both harmless, of which no two numbers are alike.

Unlike, because an adapter remembers which texts have passed: asked twice, it would be timed without its checks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle, islice

__all__ = ["SYSTEM", "Talk"]

SYSTEM = "You are a gardener who answers the visitors of a public garden in plain words."
QUESTION = "A visitor asks about bed number {}: when should garlic be planted there, and how deep in the ground?"
OPENING = "In bed number {} "
WORDS = (
    "garlic goes into the ground in autumn, some weeks before the first hard frost. Break the bulb into cloves on the "
    "day you plant, keep the largest ones, and set each of them with its point up, as deep as two fingers, a hand "
    "apart. Cover the rows with leaves or straw to keep the soil even in winter. In spring, water once a week while it "
    "is dry, and pull the weeds early because garlic does not like company. When the lower leaves turn brown in July, "
    "lift one bulb and look at it. If its skin is firm, dig up the rest and let them dry in the shade for two weeks."
).split()


@dataclass(frozen=True, slots=True)
class Talk:
    """The question of a number, and the answer to it in so many pieces."""

    number: int
    deltas: int

    @property
    def question(self) -> str:
        return QUESTION.format(self.number)

    @property
    def pieces(self) -> list[str]:
        """The answer as it is streamed: one word, or its opening, at a time."""
        words = islice(cycle(WORDS), self.deltas - 1)
        return [OPENING.format(self.number), *(f"{word} " for word in words)]

    @property
    def answer(self) -> str:
        return "".join(self.pieces)
