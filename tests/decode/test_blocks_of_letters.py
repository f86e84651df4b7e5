"""Ciphers without word breaks are solved; identifiers, digests and long words stay."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

import pytest
from plain import BENIGN, SENTENCES

from guardkit.decode.cipher import Cipher
from guardkit.view import View

ALPHABET = "abcdefghijklmnopqrstuvwxyz"
CIPHERS: dict[str, Callable[[str], str]] = {
    "rot13": lambda text: codecs.encode(text, "rot13"),
    "atbash": lambda text: text.translate(str.maketrans(ALPHABET, ALPHABET[::-1])),
    "caesar": lambda text: text.translate(str.maketrans(ALPHABET, ALPHABET[7:] + ALPHABET[:7])),
    "flip_chars": lambda text: text[::-1],
}


def solid(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


@pytest.mark.parametrize("name", CIPHERS)
@pytest.mark.parametrize("size", [3, 4, 5, 4000])
def test_solves(name: str, size: int) -> None:
    solved = 0
    for sentence in SENTENCES:
        text = "The note reads as follows.\n\n" + " ".join(re.findall(f".{{1,{size}}}", CIPHERS[name](solid(sentence))))
        for view in Cipher().decode(View(text)):
            assert view.chain == (name,) and view.text.startswith("The note reads as follows.\n\n")
            solved += solid(sentence) in solid(view.text)
            assert view.span(28, 29)[0] == 28
    assert solved >= len(SENTENCES) - 1


@pytest.mark.parametrize(
    "text",
    [
        *BENIGN,
        "The class is called AbstractSingletonProxyFactoryBean in the package orgspringframeworkaopframework.",
        "Donaudampfschifffahrtsgesellschaft, Rindfleischetikettierungsueberwachung und Kraftfahrzeughaftpflicht",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch is a village in Wales.",
        "The sequence is MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQAPILSRVGDGTQDNLSGAEKAVQVKVKALPDAQFEVVHSLAKWKRQ.",
        "ACGTT GCATG CCGTA TTGCA ATCGG CTAAT GGCTA ACGTT",
    ],
)
def test_leaves_ordinary_text_alone(text: str) -> None:
    assert not list(Cipher().decode(View(text)))
