"""Base64 and hex in pieces, glued to what is around them, backwards or with their letters changed."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable

import pytest
from codec import SENTENCES, b64

from guardkit.decode.base import Base
from guardkit.view import View


def pieces(code: str, size: int) -> list[str]:
    return [code[at : at + size] for at in range(0, len(code), size)]


def swapped(text: str) -> str:
    return b64(text).swapcase()


WAYS: dict[str, tuple[str, Callable[[str], str]]] = {
    "hex lines": ("hex", lambda t: "\n".join(f"{b:02x}" for b in t.encode())),
    "hex tabs": ("hex", lambda t: "\t".join(f"{b:02x}" for b in t.encode())),
    "hex 0x lines": ("hex", lambda t: "\n".join(f"0x{b:02x}" for b in t.encode())),
    "hex digit by digit": ("hex", lambda t: " ".join(t.encode().hex())),
    "hex backwards": ("hex", lambda t: t.encode().hex()[::-1]),
    "hex glued to names": ("hex", lambda t: f"id={t.encode().hex()}_x"),
    "base64 of 4": ("base64", lambda t: "\n".join(pieces(b64(t), 4))),
    "base64 of 8, blanks": ("base64", lambda t: " ".join(pieces(b64(t), 8))),
    "base64 of 8, dots": ("base64", lambda t: ".".join(pieces(b64(t), 8))),
    "base64 of 5, stars": ("base64", lambda t: "*".join(pieces(b64(t), 5))),
    "base64 of 4, dashes": ("base64", lambda t: "-".join(pieces(b64(t), 4))),
    "base64 letter by letter": ("base64", lambda t: " ".join(b64(t))),
    "base64 in a list": ("base64", lambda t: json.dumps(pieces(b64(t), 10))),
    "base64 in a sum": ("base64", lambda t: "+".join(f"'{piece}'" for piece in pieces(b64(t), 10))),
    "base64 in tags": ("base64", lambda t: "".join(f"<b>{piece}</b>" for piece in pieces(b64(t), 6))),
    "base64 in numbered lines": (
        "base64",
        lambda t: "\n".join(f"{at}. {piece}" for at, piece in enumerate(pieces(b64(t), 16), 8)),
    ),
    "base64 quoted in a mail": ("base64", lambda t: "\n".join(f"> {piece}" for piece in pieces(b64(t), 24))),
    "base64 with escaped newlines": ("base64", lambda t: "\\n".join(pieces(b64(t), 24))),
    "base64 in two values": ("base64", lambda t: json.dumps({"a": b64(t)[:30], "b": b64(t)[30:]})),
    "base64 in rot13": ("base64", lambda t: codecs.encode(b64(t), "rot13")),
    "base64 in the other case": ("base64", swapped),
    "base64 behind a name": ("base64", lambda t: f"payload_{b64(t)}"),
    "base64 behind a letter": ("base64", lambda t: f"x{b64(t)}"),
    "base64 in a path": ("base64", lambda t: f"https://example.org/a/{b64(t)}/img.png"),
    "base64 in a picture's address": ("base64", lambda t: f"data:image/svg+xml;base64,{b64(f'<text>{t}</text>')}"),
    "base64 in a file's address": ("base64", lambda t: f"data:application/json;base64,{b64(json.dumps([t]))}"),
    "base64 in a web token": ("base64", lambda t: f"{b64(json.dumps({'alg': 'none'}))}.{b64(json.dumps({'m': t}))}."),
}


def decoded(text: str) -> dict[str, View]:
    return {view.chain[-1]: view for view in Base().decode(View(text))}


@pytest.mark.parametrize("way", WAYS)
def test_pieces_and_what_it_is_glued_to(way: str) -> None:
    name, encode = WAYS[way]
    for sentence in SENTENCES:
        code = encode(sentence)
        text = f"Have a look: {code} (thanks)."
        view = decoded(text)[name]
        assert sentence in view.text or json.dumps(sentence) in view.text, code
        at = view.text.index(sentence[:12])
        start, end = view.span(at, at + 12)
        assert 13 <= start < end <= 13 + len(code)
