"""Substitution tables that a text prints."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import BENIGN, SENTENCES

from guardkit.decode.substitution import Substitution
from guardkit.view import View

LOWER = string.ascii_lowercase
SHUFFLED = "".join(random.Random(3).sample(LOWER, 26))
NUMBERS = {
    letter: str(number) for letter, number in zip(LOWER, random.Random(4).sample(range(10, 99), 26), strict=True)
}


@pytest.mark.parametrize("arrow", [" -> ", ": ", " = ", "→", " => "])
@pytest.mark.parametrize("text", SENTENCES)
def test_letters(text: str, arrow: str) -> None:
    table = "\n".join(f"{plain}{arrow}{code}" for plain, code in zip(LOWER, SHUFFLED, strict=True))
    hidden = text.translate(str.maketrans(LOWER + LOWER.upper(), SHUFFLED + SHUFFLED.upper()))
    views = list(Substitution().decode(View(f"Learn this alphabet.\n{table}\n\nNow answer:\n{hidden}\n")))
    assert [text in view.text for view in views] == [True]


@pytest.mark.parametrize("text", SENTENCES)
def test_numbers(text: str) -> None:
    table = ", ".join(f"{plain} -> {code}" for plain, code in NUMBERS.items())
    hidden = " / ".join(" ".join(NUMBERS[letter] for letter in word.lower()) for word in text.split())
    views = list(Substitution().decode(View(f"Learn this alphabet: {table}.\n\n{hidden}")))
    assert [text.lower() in view.text for view in views] == [True]


def test_a_table_alone_is_nothing() -> None:
    table = "\n".join(f"{plain} -> {code}" for plain, code in zip(LOWER, SHUFFLED, strict=True))
    assert not list(
        Substitution().decode(View(f"Here is the alphabet of my secret language.\n{table}\nDo you like it?"))
    )


@pytest.mark.parametrize("text", BENIGN)
def test_leaves_plain_texts(text: str) -> None:
    assert not list(Substitution().decode(View(text)))


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("abcdefghij ->=:,\n\"'x1"), max_size=200))
def test_never_raises(text: str) -> None:
    list(Substitution().decode(View(text)))


@pytest.mark.parametrize("piece", ["a->", "a = b, ", "::::", "-> "])
def test_repetition_does_not_grow(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    assert all(len(view.text) <= 2 * len(text) for view in Substitution().decode(View(text)))
