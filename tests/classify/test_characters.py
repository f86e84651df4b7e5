import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from guardkit.classify.characters import CLASSES, LIMIT, PADDING, encode_characters


def test_ascii_is_itself_and_padding_follows() -> None:
    assert encode_characters("Hi\0!").tolist() == [[72, 105, 1, 33] + [0] * PADDING]


def test_empty_is_padding() -> None:
    assert encode_characters("").tolist() == [[0] * PADDING]


def test_scripts_have_their_own_classes() -> None:
    classes = encode_characters("aа\u200b\U000e0041")[0, :4]  # Latin, Cyrillic, zero width, tag
    assert len(set(classes.tolist())) == 4
    assert classes[1] == 128 + (0x430 >> 5) % 384


@given(st.text(st.characters(), max_size=2000))
def test_any_text(text: str) -> None:
    encoded = encode_characters(text)
    assert encoded.dtype == np.int64 and encoded.shape == (1, min(len(text), LIMIT) + PADDING)
    body = encoded[0, :-PADDING]
    assert ((body > 0) & (body < CLASSES)).all() and not encoded[0, -PADDING:].any()


def test_lone_surrogate() -> None:
    assert encode_characters("\ud800").shape == (1, 1 + PADDING)
