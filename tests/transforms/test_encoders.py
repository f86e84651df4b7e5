"""The encoders themselves: deterministic, total, and reversible where they say so."""

from __future__ import annotations

import ast
import base64
import codecs
import html
import json
import quopri
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.seeds import ATTACKS, BENIGN
from guardkit.trainer.transforms import BY_NAME, TRANSFORMS, Transform, compose

SENTENCES = ATTACKS + BENIGN
every = pytest.mark.parametrize("transform", TRANSFORMS, ids=lambda t: t.name)


def bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def undraw(text: str) -> str:
    """Without format characters and the other code points that draw nothing."""
    hidden = "\u034f\u115f\u1160\u3164\uffa0"
    return "".join(c for c in text if unicodedata.category(c) != "Cf" and c not in hidden)


def numbers(base: int, pattern: str = r"[0-9a-fA-F]+") -> Callable[[str], str]:
    return lambda code: "".join(chr(int(n, base)) for n in re.findall(pattern, code))


def from_bits(zero: str, one: str) -> Callable[[str], str]:
    def inverse(code: str) -> str:
        digits = "".join("01"[c == one] for c in code if c in zero + one)
        return bytes(int(digits[i : i + 8], 2) for i in range(0, len(digits), 8)).decode()

    return inverse


def from_uu(code: str) -> str:
    return b"".join(
        codecs.decode(b"begin 1 x\n" + line.encode() + b"\n`\nend\n", "uu") for line in code.split("\n")
    ).decode()


def from_tree(code: str) -> str:
    def walk(node: dict[str, object] | None) -> list[str]:
        return [] if node is None else [*walk(node["left"]), str(node["value"]), *walk(node["right"])]  # type: ignore[arg-type]

    return " ".join(walk(json.loads(code)))


def from_lengths(code: str) -> str:
    places = {at: word for entry in ast.literal_eval(code) for word, at in entry.items()}
    return " ".join(places[at] for at in sorted(places))


def erase(mark: str) -> Callable[[str], str]:
    return lambda code: re.sub(f".{re.escape(mark)}", "", code)


def nfkc(code: str) -> str:
    return unicodedata.normalize("NFKC", code)


INVERSES: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("zero_width_every", "zero_width_mixed", "zero_width_rate", "undrawn_rate", "soft_hyphen"), undraw),
    **dict.fromkeys(("bidi_override", "bidi_embedding", "bidi_isolate"), undraw),
    "bidi_reversed": lambda c: undraw(c)[::-1],
    "tags": lambda c: "".join(chr(ord(x) - 0xE0000) for x in c),
    "sneaky_bits": from_bits("\u2062", "\u2064"),
    "whitespace_bits": from_bits(" ", "\t"),
    "backspace": erase("\b"),
    "delete": erase("\x7f"),
    "ansi_colour": lambda c: re.sub(r"\x1b\[\d+m", "", c),
    **dict.fromkeys(
        "bold italic bold_italic script bold_script fraktur bold_fraktur double_struck sans sans_bold sans_italic "
        "sans_bold_italic monospace circled fullwidth fullwidth_spaced superscript subscript squared".split(),
        nfkc,
    ),
    **dict.fromkeys(
        "diacritics diacritics_rate underline overline strike strike_slash zalgo zalgo_heavy".split(),
        lambda c: "".join(x for x in unicodedata.normalize("NFD", c) if not unicodedata.combining(x)),
    ),
    **dict.fromkeys(("base64", "base64_mime", "base64_lines"), lambda c: base64.b64decode(c).decode()),
    "base64_url": lambda c: base64.urlsafe_b64decode(c + "==").decode(),
    "base64_bare": lambda c: base64.b64decode(c + "==").decode(),
    "base64_twice": lambda c: base64.b64decode(base64.b64decode(c)).decode(),
    "base32": lambda c: base64.b32decode(c).decode(),
    **dict.fromkeys(("hex", "hex_upper", "hex_spaced"), lambda c: bytes.fromhex(c).decode()),
    "hex_slashed": lambda c: bytes.fromhex(c.replace("\\x", "")).decode(),
    "ascii85": lambda c: base64.a85decode(c).decode(),
    "ascii85_adobe": lambda c: base64.a85decode(c, adobe=True).decode(),
    "base85": lambda c: base64.b85decode(c).decode(),
    "binary": numbers(2),
    "binary_7": numbers(2),
    "binary_16": numbers(2),
    "binary_32": numbers(2),
    "octal": numbers(8),
    "octal_padded": numbers(8),
    "decimal": numbers(10),
    "decimal_comma": numbers(10),
    "code_points": numbers(16, r"(?<=\+)\w+"),
    "percent": unquote,
    "percent_usual": unquote,
    "percent_some": unquote,
    "percent_twice": lambda c: unquote(unquote(c)),
    **dict.fromkeys(("entities_decimal", "entities_hex", "entities_padded", "entities_some"), html.unescape),
    "unicode_escape": lambda c: codecs.decode(c, "unicode_escape"),
    "unicode_long": lambda c: codecs.decode(c, "unicode_escape"),
    "quoted_printable": lambda c: quopri.decodestring(c).decode(),
    "quoted_usual": lambda c: quopri.decodestring(c).decode(),
    "json_string": lambda c: str(json.loads(c)),
    "json_escaped": lambda c: str(json.loads(c)),
    "uuencode": from_uu,
    "rot13": lambda c: codecs.decode(c, "rot13"),
    "flip_chars": lambda c: c[::-1],
    "flip_each": lambda c: " ".join(w[::-1] for w in c.split()),
    "flip_words": lambda c: " ".join(reversed(c.split())),
    "binary_tree": from_tree,

    "by_length": from_lengths,
}  # fmt: skip


def test_names_are_unique_and_labelled() -> None:
    assert [name for name, n in Counter(t.name for t in TRANSFORMS).items() if n > 1] == []
    assert {t.lossless for t in TRANSFORMS} == {"Y", "Y-", "A", "N"}
    assert len(TRANSFORMS) > 300
    assert INVERSES.keys() <= BY_NAME.keys()


def test_sentences_are_distinct() -> None:
    assert len(ATTACKS) == len(BENIGN) == 50
    assert len(set(map(bare, SENTENCES))) == 100


@every
def test_same_random_same_code(transform: Transform) -> None:
    for text in SENTENCES[::25]:
        assert transform.apply(text, random.Random(7)) == transform.apply(text, random.Random(7))


@pytest.mark.parametrize("name", sorted(INVERSES))
def test_standard_inverse(name: str) -> None:
    for i, text in enumerate(SENTENCES):
        back = INVERSES[name](BY_NAME[name].apply(text, random.Random(i)))
        assert bare(back) == bare(text) if BY_NAME[name].lossless != "Y" else back == text


@every
def test_english_is_changed_or_framed(transform: Transform) -> None:
    if transform.family not in {"arabic", "normal_form", "encoding"}:
        changed = sum(transform.apply(text, random.Random(i)) != text for i, text in enumerate(SENTENCES))
        assert changed >= 50, changed


TEXTS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ("", " ", "\x00", "\ud800", "é", "привет, мир", "你好世界", "مرحبا بالعالم", "नमस्ते", "👨‍👩‍👧", "a", "ab")
    ),
)


@given(TEXTS, st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_total_on_any_text(text: str, seed: int) -> None:
    for transform in TRANSFORMS:
        assert isinstance(transform.apply(text, random.Random(seed)), str)


@given(st.integers(0, 2**32), st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_chains(seed: int, depth: int) -> None:
    chain = compose(random.Random(seed), depth)
    assert len(chain.name.split("+")) == depth
    code = chain.apply(ATTACKS[seed % 50], random.Random(seed))
    assert code == chain.apply(ATTACKS[seed % 50], random.Random(seed)) != ""
