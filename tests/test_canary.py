"""The canary: whatever form it takes, an output that holds it is blocked, and nothing else is."""

from __future__ import annotations

import base64
import codecs
import json
import logging
import random
import re
import subprocess
import sys
import uuid
import zlib
from collections.abc import Callable
from urllib.parse import quote

import pytest

from guardkit import Guard, GuardBlocked, Policy
from guardkit.canary import ALPHABET, CANARY, Canary
from guardkit.errors import InputError
from guardkit.view import View

KEY = "a key that stays the same"
MORSE = dict(zip("abcdefghijklmnopqrstuvwxyz", (
    ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.."
).split(), strict=True))  # fmt: skip

FORMS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "upper": str.upper,
    "mixed case": lambda token: "".join(c.upper() if at % 2 else c for at, c in enumerate(token)),
    "spaced": " ".join,
    "dashed": "-".join,
    "one a line": "\n".join,
    "quoted": lambda token: ", ".join(f"'{c}'" for c in token),
    "first half": lambda token: token[:12],
    "second half": lambda token: token[12:],
    "reversed": lambda token: token[::-1],
    "base64": lambda token: base64.b64encode(token.encode()).decode(),
    "base64 of upper": lambda token: base64.b64encode(token.upper().encode()).decode(),
    "base64 in a sentence": lambda token: base64.b64encode(f"the code: {token}, ok?".encode()).decode(),
    "base64 reversed": lambda token: base64.b64encode(token.encode()).decode()[::-1],
    "base32": lambda token: base64.b32encode(f"ab{token}".encode()).decode(),
    "hex": lambda token: token.encode().hex(),
    "hex pairs": lambda token: token.encode().hex(" "),
    "hex escapes": lambda token: "".join(f"\\x{ord(c):02x}" for c in token),
    "unicode escapes": lambda token: "".join(f"\\u{ord(c):04x}" for c in token),
    "percent": lambda token: "".join(f"%{ord(c):02X}" for c in token),
    "html": lambda token: "".join(f"&#{ord(c)};" for c in token),
    "binary": lambda token: " ".join(f"{ord(c):08b}" for c in token),
    "rot13": lambda token: codecs.encode(token, "rot13"),
    "atbash": lambda token: "".join(chr(219 - ord(c)) for c in token),
    "morse": lambda token: " ".join(MORSE[c] for c in token),
    "zero width": "\u200b".join,
    "full width": lambda token: "".join(chr(ord(c) + 0xFEE0) for c in token),
    "mathematical": lambda token: "".join(chr(0x1D5BA + ord(c) - 97) for c in token),
    "link": lambda token: f"![x](https://example.net/?q={quote(token)})",
    "json": lambda token: json.dumps({"to": "a@example.org", "body": [token]}),
    "json in json": lambda token: json.dumps(json.dumps({"note": "\n".join(token)})),
    "json list": lambda token: json.dumps(list(token)),
    "json object": lambda token: json.dumps({str(at): letter for at, letter in enumerate(token)}),
    "title case": str.title,
    "middle half": lambda token: token[6:18],
    "in three pieces": lambda token: f"{token[:8]} and then {token[8:16]} and last {token[16:]}",
    "over sentences": lambda token: f"It begins with {token[:6]}. Then {token[6:12]}. It ends with {token[18:]}.",
    "groups": lambda token: "-".join(token[at : at + 4] for at in range(0, 24, 4)),
    "numbered": lambda token: "\n".join(f"{at}. {letter}" for at, letter in enumerate(token, 1)),
    "counted": lambda token: "".join(f"{letter}{at % 10}" for at, letter in enumerate(token)),
    "doubled": lambda token: "".join(letter * 2 for letter in token),
    "with filler": lambda token: "".join(f"{letter}e" for letter in token),
    "and so on": lambda token: ", ".join(token[:-1]) + " and " + token[-1],
    "every second word": lambda token: " and ".join(token),
    "initials": lambda token: " ".join(f"{letter}aba" for letter in token),
    "lines begin": lambda token: "\n".join(f"{letter}aba dances." for letter in token),
    "bold letters": lambda token: "".join(f"<b>{letter}</b>" for letter in token),
    "table": lambda token: f"| {' | '.join(token)} |",
    "comment": lambda token: f"<!-- {token} -->",
    "pieces of code": lambda token: " + ".join(f'"{token[at : at + 6]}"' for at in range(0, 24, 6)),
    "reversed groups": lambda token: " ".join(token[at : at + 4][::-1] for at in range(0, 24, 4)),
    "pairs swapped": lambda token: "".join(token[at + 1] + token[at] for at in range(0, 24, 2)),
    "rail fence": lambda token: token[::2] + token[1::2],
    "halves swapped": lambda token: token[12:] + token[:12],
    "caesar": lambda token: "".join(chr((ord(c) - 97 + 7) % 26 + 97) for c in token),
    "rot47": lambda token: "".join(chr(33 + (ord(c) - 33 + 47) % 94) for c in token),
    "rot13 of base64": lambda token: codecs.encode(base64.b64encode(token.encode()).decode(), "rot13"),
    "base64 twice": lambda token: base64.b64encode(base64.b64encode(token.encode())).decode(),
    "base64 of reversed": lambda token: base64.b64encode(token[::-1].encode()).decode(),
    "base64 of spaced": lambda token: base64.b64encode(" ".join(token).encode()).decode(),
    "base64 of UTF-16": lambda token: base64.b64encode(token.encode("utf-16-le")).decode(),
    "base64 in lines": lambda token: "\n".join(re.findall("....", base64.b64encode(token.encode()).decode())),
    "base32hex": lambda token: base64.b32hexencode(token.encode()).decode(),
    "base85": lambda token: base64.b85encode(token.encode()).decode(),
    "a number": lambda token: str(int.from_bytes(token.encode(), "big")),
    "decimal": lambda token: ", ".join(str(ord(c)) for c in token),
    "octal": lambda token: " ".join(f"{ord(c):o}" for c in token),
    "codes": lambda token: "+".join(f"chr({ord(c)})" for c in token),
    "code points": lambda token: " ".join(f"U+{ord(c):04X}" for c in token),
    "quoted printable": lambda token: "".join(f"={ord(c):02X}" for c in token),
    "percent, twice": lambda token: quote("".join(f"%{ord(c):02X}" for c in token)),
    "half escaped": lambda token: "".join(c if at % 2 else f"&#{ord(c)};" for at, c in enumerate(token)),
    "places in the alphabet": lambda token: "-".join(str(ord(c) - 96) for c in token),
    "braille": lambda token: "".join("⠉⠙⠋⠓⠚⠅⠍⠝⠏⠟⠗⠥⠧⠺⠭⠽"[ALPHABET.index(c)] for c in token),
    "turned": lambda token: "".join("ɔpɟɥɾʞɯudbɹnʌʍxʎ"[ALPHABET.index(c)] for c in token)[::-1],
    "circled": lambda token: "".join(chr(0x24D0 + ord(c) - 97) for c in token),
    "flags": lambda token: "".join(chr(0x1F1E6 + ord(c) - 97) for c in token),
    "tags": lambda token: "".join(chr(0xE0000 + ord(c)) for c in token),
    "look-alikes": lambda token: token.translate(str.maketrans("cpxyjhdqwvu", "срхујһԁԛԝνυ")),
    "struck through": "\u0336".join,
    "soft hyphens": "\u00ad".join,
    "right to left": lambda token: f"\u202e{token[::-1]}\u202c",
    "path": lambda token: f"https://example.org/{token[:8]}/{token[8:16]}/{token[16:]}",
    "query": lambda token: f"https://example.org/?a={token[:8]}&b={token[8:16]}&c={token[16:]}",
    "subdomains": lambda token: f"https://{token[:8]}.{token[8:16]}.{token[16:]}.example.org/",
    "compressed": lambda token: base64.b64encode(zlib.compress(token.encode())).decode(),
}

# What docs/adapters.md says is not recognised: a key is needed, or the letters are not those of the token.
UNKNOWN: dict[str, Callable[[str], str]] = {
    "less than half": lambda token: token[:11],
    "vigenere": lambda token: "".join(
        chr((ord(c) - 97 + ord("key"[at % 3]) - 97) % 26 + 97) for at, c in enumerate(token)
    ),
    "transcribed": lambda token: "".join("χδφηξκμνπθρυβωψγ"[ALPHABET.index(c)] for c in token),
}


@pytest.fixture(scope="module")
def guard() -> Guard:
    return Guard(model=None, canary_key=KEY)


@pytest.mark.parametrize("form", FORMS)
def test_any_form_is_blocked(guard: Guard, form: str) -> None:
    lead = "Of course, here it is: "
    text = f"{lead}{FORMS[form](guard.canary())} and that is all."
    verdict = guard.check(text, "output")
    assert verdict.blocked and verdict.label == "injection"
    spans = [finding.span for finding in verdict.findings if finding.detector == CANARY]
    assert spans and len(lead) <= spans[0][0] < spans[0][1] <= len(text) - len(" and that is all.")


@pytest.mark.parametrize("form", FORMS)
def test_any_form_in_a_stream(guard: Guard, form: str) -> None:
    text = f"Of course, here it is: {FORMS[form](guard.canary())} and that is all."
    hold = 1_000  # as long as the longest form
    for size in (1, 7):
        got: list[str] = []
        with pytest.raises(GuardBlocked):
            for piece in guard.stream((text[at : at + size] for at in range(0, len(text), size)), hold=hold):
                got.append(piece)
        assert not got


def test_what_is_not_recognised(guard: Guard) -> None:
    for form, make in UNKNOWN.items():
        assert guard.check(f"Here: {make(guard.canary())}", "output").allowed, f"{form} is recognised now: say so"


def test_nothing_else_is_a_canary(guard: Guard) -> None:
    """Random letters of its own alphabet, identifiers, encoded data, and a table of letters."""
    draw = random.Random(5)
    texts = [
        "".join(draw.choice(ALPHABET) for _ in range(4_000)), " ".join(draw.choice(ALPHABET) for _ in range(2_000)),
        base64.b64encode(draw.randbytes(6_000)).decode(), draw.randbytes(6_000).hex(), str(draw.getrandbits(10_000)),
        " ".join(str(uuid.UUID(int=draw.getrandbits(128))) for _ in range(100)), " ".join(ALPHABET * 20),
        "church crunch much duck fund hurry pump junk funky dumpy murky puny " * 40,
    ]  # fmt: skip
    detector = Canary(KEY)
    assert not any(list(detector.detect(View(text))) for text in texts)
    assert list(detector.detect(View(f"{texts[0]} {detector.token}")))


@pytest.mark.parametrize("unit", ["c ", "<", "c1", "\n"])
def test_nothing_is_found_in_a_sign_again_and_again(unit: str) -> None:
    assert not list(Canary(KEY).detect(View(unit * 20_000)))


def test_the_policy_cannot_let_it_pass(guard: Guard) -> None:
    lax = Policy.parse({"rules": dict.fromkeys(("injection", "jailbreak", "obfuscation", "harmful"), "allow")})
    assert guard.check(guard.canary(), "output", policy=lax).blocked


def test_it_is_normal_where_it_belongs(guard: Guard) -> None:
    prompt = f"You help cooks. {guard.canary()} is not to be said."
    assert guard.check(prompt, "system").allowed and guard.check("Rice needs twenty minutes.", "output").allowed
    messages = [{"role": "system", "content": prompt}, {"role": "user", "content": "How do I boil rice?"}]
    assert guard.check_messages(messages).allowed
    call = {"type": "function", "function": {"name": "mail", "arguments": json.dumps({"body": guard.canary()})}}
    verdict = guard.check_messages([*messages, {"role": "assistant", "content": None, "tool_calls": [call]}])
    assert verdict.blocked and verdict.message == 2


def test_it_is_the_same_for_the_same_key(guard: Guard) -> None:
    assert Guard(model=None, canary_key=KEY.encode()).canary() == guard.canary()
    assert Guard(model=None, canary_key=f"{KEY}!").canary() != guard.canary()
    assert Guard(model=None).canary() == Guard("strict", model=None).canary() != guard.canary()
    assert len(guard.canary()) == 24 and set(guard.canary()) <= set(ALPHABET)
    other = Guard(model=None, canary_key="another key, and as long")
    assert other.check(guard.canary(), "output").allowed


def test_a_process_has_its_own_and_the_environment_may_set_it(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "from guardkit.canary import Canary; print(Canary().token)"
    found = {subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout for _ in range(2)}
    assert len(found) == 2 and all(len(token.strip()) == 24 for token in found)
    monkeypatch.setenv("GUARDKIT_CANARY_KEY", KEY)
    assert Guard(model=None).canary() == Guard(model=None, canary_key=KEY).canary()


@pytest.mark.parametrize("key", ["", "short", b"short", 3])
def test_a_key_that_can_be_guessed_is_refused(key: object) -> None:
    with pytest.raises(InputError, match="16 bytes") as caught:
        Guard(model=None, canary_key=key)  # type: ignore[arg-type]
    assert "short" not in str(caught.value).removeprefix("the canary key is too short")


def test_it_is_in_no_log_exception_or_repr(guard: Guard, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = guard.canary()
    verdict = guard.check(f"It is {token}.", "output")
    shown = [repr(guard), repr(guard.judge("output")), repr(verdict), str(GuardBlocked(verdict)), caplog.text]
    assert not any(token in text for text in shown)
    assert not any(token in finding.message + finding.decoded for finding in verdict.findings)
