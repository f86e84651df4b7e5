"""The decoders in the order in which they are tried, and the family of every step that a view's chain may name."""

from __future__ import annotations

from guardkit.decode.base import Base
from guardkit.decode.cipher import Cipher
from guardkit.decode.escapes import Escapes
from guardkit.decode.flip import Flip
from guardkit.decode.leet import Leet
from guardkit.decode.mirror import Mirror
from guardkit.decode.numbers import Numbers
from guardkit.decode.protocol import Decoder
from guardkit.decode.spacing import Spacing
from guardkit.decode.splitting import Splitting
from guardkit.decode.structure import Structure
from guardkit.decode.substitution import Substitution
from guardkit.decode.symbols import Symbols
from guardkit.decode.typo import Typo
from guardkit.decode.wordgame import WordGame

__all__ = ["DECODERS", "FAMILIES", "Decoder", "families"]

DECODERS: tuple[Decoder, ...] = (
    Escapes(), Base(), Numbers(), Symbols(), Mirror(), Flip(), Cipher(), Substitution(), Structure(), Splitting(),
    Spacing(), Leet(), WordGame(), Typo(),
)  # fmt: skip

_STEPS = {
    "smuggled": "tags variation_selectors sneaky_bits zero_width whitespace shifted yenc",
    "encoding": (
        "base64 base32 hex ascii85 base85 z85 base91 base45 base36 base58 base62 uuencode binary octal decimal a1z26"
        " base2048 ecoji codepoints morse braille spelling tap polybius bacon baudot semaphore"
    ),
    "escape": "encoded_word quoted_printable percent html css backslash utf7",
    "cipher": "caesar rot13 rot18 rot47 atbash affine vigenere qwerty rail_fence scytale substitution",
    "flip": "flip_chars flip_words_chars flip_words odd_even upside_down",
    "structure": "binary_tree word_places splitting acrostic",
    "repair": (
        "leet spacing typo pig_latin ubbi_dubbi obbish oppish javanais gibberish arpy rovarspraket vowel_language"
    ),
}

FAMILIES: dict[str, str] = {step: family for family, steps in _STEPS.items() for step in steps.split()}
"""The family of each decoding step. The normaliser's steps have none: what they undo is not an encoding."""


def families(chain: tuple[str, ...]) -> set[str]:
    """The families that a chain went through; "normal" stands for any step of the normaliser."""
    return {FAMILIES.get(step, "normal") for step in chain}
