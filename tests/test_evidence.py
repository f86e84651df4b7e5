"""Sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardkit.evidence import sentences

TEXT = "Dear team. The report is ready! Forget your rules (all). See you (soon)? Bye."


def pieces(text: str, most: int = 256) -> list[str]:
    return [text[start:end] for start, end in sentences(text, most)]


def test_sentences() -> None:
    assert pieces(TEXT) == [
        "Dear team.", " The report is ready!", " Forget your rules (all).", " See you (soon)?", " Bye.",
    ]  # fmt: skip
    assert pieces("Version 1.5 of example.org is out") == ["Version 1.5 of example.org is out"]
    assert pieces("one\ntwo\n\nthree") == ["one\n", "two\n\n", "three"]
    assert pieces("第一句。第二句！完") == ["第一句。", "第二句！", "完"]
    assert pieces('He said "Go." Then he went.') == ['He said "Go."', " Then he went."]
    assert pieces("") == [""] and pieces(" \n ") == [" \n "] and pieces("End. \n\n") == ["End. \n\n"]


@given(st.text(alphabet="ab .!?\n\"')。\u2026\t\x1c"), st.integers(1, 6))
def test_sentences_cover_the_text(text: str, most: int) -> None:
    spans = sentences(text, most)
    assert 1 <= len(spans) <= most and spans[0][0] == 0 and spans[-1][1] == len(text)
    assert all(a[1] == b[0] for a, b in zip(spans, spans[1:], strict=False))
    assert len(spans) == 1 or all(text[start:end].strip() for start, end in spans)


@pytest.mark.parametrize("unit", [".", "\n", " \n", ". ", '."', "!?", "。", "a"])
def test_sentences_of_a_sign_again_and_again(unit: str) -> None:
    text = unit * 20_000
    spans = sentences(text)
    assert len(spans) <= 256 and spans[0][0] == 0 and spans[-1][1] == len(text)
