"""Rail fence, scytale and a shift on the keyboard come back; ordinary text and gibberish do not change."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import BENIGN, SENTENCES

from guardkit.decode.cipher import Cipher
from guardkit.decode.puzzle import solved
from guardkit.view import View

SHIFTED = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuiop[sdfghjkl;xcvbnm,", strict=True))


def fence(text: str, rails: int) -> str:
    rows: list[list[str]] = [[] for _ in range(rails)]
    row, step = 0, 1
    for char in text:
        rows[row].append(char)
        step = 1 if row == 0 else -1 if row == rails - 1 else step
        row += step
    return "".join("".join(row) for row in rows)


def found(text: str) -> dict[str, str]:
    return {view.chain[-1]: view.text for view in Cipher().decode(View(text))}


@pytest.mark.parametrize("rails", range(2, 9))
def test_rail_fence(rails: int) -> None:
    right = sum(found(fence(text, rails)).get("rail_fence") == text for text in SENTENCES)
    assert right == len(SENTENCES)


@pytest.mark.parametrize("turns", range(2, 9))
def test_scytale(turns: int) -> None:
    hidden = ["".join(text[at::turns] for at in range(turns)) for text in SENTENCES]
    seen = [found(code) for code in hidden]
    right = sum(text in views.values() for text, views in zip(SENTENCES, seen, strict=True))
    assert right == len(SENTENCES)


def test_keyboard_shift() -> None:
    for text in SENTENCES:
        assert found("".join(SHIFTED.get(char, char) for char in text.lower())).get("qwerty") == text.lower()


def test_passage_in_quotes_keeps_its_place() -> None:
    text = SENTENCES[0]
    lead = 'Read this: "'
    view = next(iter(solved(View(f'{lead}{fence(text, 3)}"'), f'{lead}{fence(text, 3)}"')))
    assert view.text == f'{lead}{text}"' and view.span(len(lead), len(lead) + 1) == (len(lead), len(lead) + 1)


@pytest.mark.parametrize("text", BENIGN)
def test_leaves_ordinary_text_alone(text: str) -> None:
    assert not list(solved(View(text), text))


def test_gibberish_has_no_solution() -> None:
    text = "xq zvkj wpfh " * 5_000
    assert not list(solved(View(text), text))


@given(st.text(max_size=200) | st.text(alphabet="aeionts \n.", max_size=200))
@settings(max_examples=100, deadline=None)
def test_never_raises(text: str) -> None:
    for view in solved(View(text), text):
        assert len(view.offsets()[0]) == len(view.text)
