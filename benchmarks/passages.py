"""Ordinary English of a given number of word pieces, written for the benchmark."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice

from tokenizers import Tokenizer

__all__ = ["passages"]

SENTENCES = (
    "Could you help me plan a weekend in Porto for two adults and a child who likes trains?",
    "We arrive on Friday evening and have to be back at the airport on Sunday before five.",
    "My budget is around four hundred euros, without the flights, which are paid for already.",
    "Last year we stayed near the river and enjoyed walking across the bridge at night.",
    "The quarterly figures are in the attached table, but column C still needs to be checked.",
    "Rewrite the second paragraph so that a reader without a technical background can follow it.",
    "Why does the loop stop after the first element when the list is changed inside it?",
    "The recipe says to let the dough rest overnight, yet my kitchen is rather warm in summer.",
    "She asked whether the meeting could be moved to Thursday because the room is taken.",
    "Please suggest three titles for an essay about the history of lighthouses in Brittany.",
    "The function returns a list of pairs, and each pair holds a name and a number of points.",
    "In the morning the fog hides the valley, and by noon you can see as far as the coast.",
    "How long should I boil an egg if I take it straight out of the fridge?",
    "He wrote to the landlord twice about the heating and never received an answer.",
    "Compare the two proposals and tell me which one is easier to maintain over five years.",
    "Our cat refuses the new food, although the vet recommended it for older animals.",
)


def passages(tokenizer: Tokenizer, tokens: int, count: int) -> Iterator[str]:
    """`count` texts of `tokens` word pieces, [CLS] and [SEP] included, each starting at another sentence."""
    for number in range(count):
        first = number % len(SENTENCES)
        text, ends = "", []
        for sentence in islice(cycle(SENTENCES), first, None):
            text = f"{text} {sentence}".lstrip()
            ends = [end for _, end in tokenizer.encode(text, add_special_tokens=False).offsets]
            if len(ends) >= tokens - 2:
                break
        yield text[: ends[tokens - 3]]
