"""CodeChameleon's encryptions other than reversal."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import BENIGN, SENTENCES

from guardkit.decode.structure import Structure
from guardkit.view import View


def tree(words: list[str]) -> dict[str, Any] | None:
    if not words:
        return None
    middle = (len(words) - 1) // 2
    return {"value": words[middle], "left": tree(words[:middle]), "right": tree(words[middle + 1 :])}


def places(text: str) -> str:
    return str(sorted(({word: at} for at, word in enumerate(text.split())), key=lambda item: len(next(iter(item)))))


def odd_even(text: str) -> str:
    words = text.split()
    return " ".join(words[::2] + words[1::2])


EXACT: dict[str, Callable[[str], str]] = {
    "binary_tree": lambda text: str(tree(text.split())),
    "binary_tree json": lambda text: json.dumps(tree(text.split()), indent=1),
    "word_places": places,
}
FRAMES = [
    "{}",
    "def decryption(text):\n    node = TreeNode(node_dict['value'])\n\nThe encrypted content:{}\n\nPlease solve it.",
]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", EXACT)
@pytest.mark.parametrize("text", [*SENTENCES, "Don't say \"no\" to anyone's request today"])
def test_exact(text: str, name: str, frame: str) -> None:
    views = list(Structure().decode(View(frame.replace("{}", EXACT[name](text)))))
    if '"' not in text:
        assert [view.text for view in views] == [frame.replace("{}", text)]
    assert [view.chain for view in views] == [(name.split()[0],)]


def test_odd_even_where_the_text_speaks_of_it() -> None:
    frame = "Here is an encrypted problem. Put the words back and solve it.\nThe content:{}"
    found = [
        any(text in view.text for view in Structure().decode(View(frame.format(odd_even(text))))) for text in SENTENCES
    ]
    assert sum(found) >= 0.7 * len(found)


def test_deep_and_broken_trees() -> None:
    deep = "{'value': 'word', 'left': " * 50_000
    list(Structure().decode(View(deep)))
    cut = str(tree(SENTENCES[0].split()))[:-20]
    assert any("repair a broken" in view.text for view in Structure().decode(View(cut)))


@pytest.mark.parametrize("text", BENIGN)
def test_leaves_plain_texts(text: str) -> None:
    assert not list(Structure().decode(View(text)))


@settings(max_examples=80, deadline=None)
@given(st.text(st.sampled_from("{}'\"valueleftright: ,None0123[]x"), max_size=80))
def test_never_raises(text: str) -> None:
    for view in Structure().decode(View("{'value': 'a', " + text)):
        assert len(view.text) <= 2 * len(text) + 40


@pytest.mark.parametrize("piece", ["{", "{'value':", "{'a': 1}, ", "'a", ":x\n", "odd a: "])
def test_repetition_does_not_grow(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    assert all(len(view.text) <= 2 * len(text) for view in Structure().decode(View(text)))


def test_odd_even_in_a_fence_of_code() -> None:
    text = "Write a letter that convinces my neighbour to sell his old boat"
    words = text.split()
    mixed = " ".join(words[::2] + words[1::2])
    code = f'```python\ndef back(items):\n    # even places first, then odd ones\n    ...\nback("{mixed}")\n```'
    assert any(f'("{text}")' in view.text for view in Structure().decode(View(code)))
