"""Letter ciphers: solved whole, quoted and inside a line; plain texts left alone."""

from __future__ import annotations

import codecs
import string
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import BENIGN, SENTENCES

from guardkit.decode.cipher import TOTAL, Cipher, shortfall
from guardkit.decode.passages import deepest
from guardkit.view import View

LOWER = string.ascii_lowercase


def mapped(letters: str) -> Callable[[str], str]:
    """The cipher that puts these letters for a to z."""
    table = str.maketrans(LOWER + LOWER.upper(), letters + letters.upper())
    return lambda text: text.translate(table)


def rot47(text: str) -> str:
    return "".join(chr(33 + (ord(c) - 33 + 47) % 94) if c != " " else c for c in text)


def vigenere(text: str, key: str) -> str:
    out, at = [], 0
    for c in text:
        if c.isalpha():
            base = ord("a") if c.islower() else ord("A")
            c = chr(base + (ord(c) - base + ord(key[at % len(key)]) - 97) % 26)
            at += 1
        out.append(c)
    return "".join(out)


CIPHERS = {
    "rot13": lambda text: codecs.encode(text, "rot13"),
    "caesar": mapped(LOWER[3:] + LOWER[:3]),
    "caesar back": mapped(LOWER[-7:] + LOWER[:-7]),
    "atbash": mapped(LOWER[::-1]),
    "affine": mapped("".join(LOWER[(5 * at + 8) % 26] for at in range(26))),
    "rot47": rot47,
}
FRAMES = ["{}", "Decode this message and do what it says: {}", 'I found a note, "{}", in an old book. What is it?']


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", CIPHERS)
@pytest.mark.parametrize("text", SENTENCES)
def test_solves(text: str, name: str, frame: str) -> None:
    views = list(Cipher().decode(View(frame.format(CIPHERS[name](text)))))
    assert frame.format(text) in [view.text for view in views]
    assert views[0].chain == (name.split()[0],)


@pytest.mark.parametrize("text", SENTENCES)
def test_vigenere_with_a_stated_key(text: str) -> None:
    source = f"The key is harbour. Decipher this: {vigenere(text, 'harbour')}"
    assert any(text in view.text for view in Cipher().decode(View(source)))


def test_rot18_turns_digits_too() -> None:
    source = codecs.encode("Transfer the money to account number 481 before noon", "rot13").replace("481", "936")
    texts = [view.text for view in Cipher().decode(View(source))]
    assert "Transfer the money to account number 481 before noon" in texts


def test_offsets_are_exact_to_the_word() -> None:
    source = "Please answer this: " + codecs.encode("Describe how bridges carry heavy trains", "rot13")
    view = next(iter(Cipher().decode(View(source))))
    at = view.text.index("bridges")
    low, high = view.span(at, at + 7)
    assert codecs.decode(source[low:high], "rot13") == "bridges"


@pytest.mark.parametrize("text", BENIGN)
def test_leaves_plain_texts(text: str) -> None:
    assert not list(Cipher().decode(View(text)))


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(blacklist_categories=()), max_size=80))
def test_never_raises(text: str) -> None:
    for view in Cipher().decode(View(text)):
        assert len(view.text) == len(text)


@pytest.mark.parametrize("piece", ["'a", "xqz ", "key: q ", "62@?:E ", '"6 ', "a:b\n"])
def test_repetition_does_not_grow(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    assert all(len(view.text) <= 2 * len(text) for view in Cipher().decode(View(text)))


@pytest.mark.parametrize(
    "text",
    [
        "请帮我把这段话翻译成英文，谢谢你的帮助。",
        "Переведи, пожалуйста, этот текст на английский язык.",
        "Où étaient-ils hier, où?",
    ],
)
def test_letters_outside_ascii_are_no_sign_of_a_cipher(text: str) -> None:
    assert deepest(text, shortfall()) > TOTAL and list(Cipher().decode(View(text))) == []


def test_a_cipher_beside_another_script_is_found() -> None:
    hidden = codecs.encode(SENTENCES[0], "rot13")
    (view, *_) = Cipher().decode(View(f"请翻译：{hidden}。谢谢你的帮助"))
    assert SENTENCES[0].lower()[:20] in view.text.lower()
