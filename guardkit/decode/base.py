"""Byte encodings: base16, base32 and base85 in their alphabets, 36, 45, 58, 62, 64, 91, and uuencode."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from guardkit.decode import armour, radix, tokens
from guardkit.decode.gate import LIMIT, Token, Trigger, accepted, plausible, run_of, textual
from guardkit.decode.payload import payload
from guardkit.decode.protocol import Unread
from guardkit.decode.tokens import LETTERS, PUNCTUATION
from guardkit.view import View

__all__ = ["Base"]

_DIGITS = "0123456789"
_LOWER = "abcdefghijklmnopqrstuvwxyz"
_UPPER = _LOWER.upper()
_BASE36 = _DIGITS + _LOWER
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
# Three orders of base62 are in use.
_BASE62 = (_DIGITS + _UPPER + _LOWER, _DIGITS + _LOWER + _UPPER, _UPPER + _LOWER + _DIGITS)

_TOKEN32 = re.compile(r"(?<![A-Za-z0-9])(?:[A-Z0-9]{8,}+|[a-z0-9]{8,}+)={0,6}(?![A-Za-z0-9])")
_GROUPS32 = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z2-7]{1,8}(?:[ :.\n-][A-Z2-7]{1,8}){5,8192}+"
    r"|[a-z2-7]{1,8}(?:[ :.\n-][a-z2-7]{1,8}){5,8192}+)(?:={0,5}[ :.\n-](?==))?={0,6}(?![A-Za-z0-9])"
)
_HEX = re.compile(
    r"(?<![0-9A-Za-z])(?:(?:0x|\\x)?(?:[0-9A-Fa-f]{2}){1,131072}+(?:[ \t\r\n:,;|-]{1,2}|\Z|(?![0-9A-Za-z])))++"
)
_ALNUM = re.compile(r"[A-Za-z0-9]+")
_HEX_LETTER = re.compile(r"[A-Fa-f]")
_HEX_TOKEN = re.compile(r"(?:0x|\\x)?([0-9A-Fa-f]{2,})")
# A line of a hex dump (xxd, hexdump -C): an offset, pairs or groups of digits, and the characters themselves.
_DUMP = re.compile(
    r"^[ \t]*[0-9A-Fa-f]{4,16}:?[ \t]{1,4}((?:[0-9A-Fa-f]{2,8}[ \t]{1,3}){1,32}+)[^\r\n]{0,40}$", re.MULTILINE
)
_BRACKETED = re.compile(r"<~([!-uz\s]{4,327680}+)~>")
_BASE45_RUN = re.compile(r"[0-9A-Z $%*+\-./:]{16,}+")
_OFFSET = re.compile(r"(?:^|\n)[ \t]*0{4,15}[10]?0?:?[ \t]")
_UU = re.compile(r"(?:M[ -`]{60}\r?\n){0,6000}+[!-`]{3,4000}+")


def _base32(text: str) -> Iterator[Token]:
    found = ((match, _token32(match[0])) for match in _TOKEN32.finditer(text))
    return accepted(text, [Token(match.start(), match.end(), said) for match, said in found if said is not None])


def _token32(token: str) -> str | None:
    if set(token.upper()).isdisjoint("0189"):
        return payload(radix.base32(token))
    readings = (payload(decode(token)) for decode in (radix.base32_hex, radix.base32_crockford))
    return next((said for said in readings if said is not None and textual(said)), None)


def _grouped32(text: str) -> Iterator[Token]:
    """Base32 in groups of one length, as keys are written."""
    for match in _GROUPS32.finditer(text):
        groups = _ALNUM.findall(match[0])
        if len(set(map(len, groups[:-1]))) > 1 or len(groups[-1]) > len(groups[0]):
            continue
        said = payload(radix.base32("".join(groups)))
        if said is not None and textual(said):
            yield Token(match.start(), match.end(), said)


def _dump(text: str) -> Iterator[Token]:
    lines = list(islice(_DUMP.finditer(text), LIMIT // 16)) if _OFFSET.search(text) else []
    out = payload(radix.base16("".join("".join(line[1].split()) for line in lines)))
    if len(lines) > 1 and out is not None and textual(out):
        yield Token(lines[0].start(), lines[-1].end(), out)


def _hex(text: str) -> Iterator[Token]:
    dumped = list(_dump(text))
    if dumped:
        yield from dumped
        return
    total = 0
    for match in _HEX.finditer(text):
        body = match[0].rstrip(" \t\r\n:,;|-")
        parts = _HEX_TOKEN.findall(body)
        if sum(map(len, parts)) < 12:
            continue
        # Pairs, hex-dump groups and wrapped lines are all of one length but the last; anything else is one word each.
        uniform = len({len(part) for part in parts[:-1]}) < 2 and len(parts[-1]) <= len(parts[0])
        words = ["20".join(parts)] if not uniform or len(parts) > 1 and len(parts[0]) > 2 else []
        readings = ["".join(parts), *words, "".join(parts)[::-1]] if uniform else words
        # Digits alone are also numbers: that many of two digits happen to be characters.
        judge = textual if _HEX_LETTER.search(body) else plausible
        out = next((out for hexed in readings if (out := payload(radix.base16(hexed))) and judge(out)), None)
        if out is not None:
            total += len(out)
            if total > LIMIT:
                return
            yield Token(match.start(), match.start() + len(body), out)


def _bracketed(text: str) -> Iterator[Token]:
    for match in _BRACKETED.finditer(text):
        out = payload(radix.ascii85(match[1]))
        if out is not None and textual(out):
            yield Token(match.start(), match.end(), out)


def _dense(decode: Callable[[str], bytes | None]) -> Callable[[str], Iterator[Token]]:
    """Tokens of an 85-letter alphabet: long, without spaces, with four kinds of punctuation or more."""

    def find(text: str) -> Iterator[Token]:
        if "<~" in text:
            yield from _bracketed(text) if decode is radix.ascii85 else ()
            return
        for at, token in tokens.punctuated(text):
            # Quotation marks and full stops around the token may belong to it or to the sentence.
            for body in dict.fromkeys((token, token.rstrip(".,"), token.strip("\"'`.,()"))):
                out = payload(decode(body))
                if out is not None and textual(out):
                    start = at + token.index(body)
                    yield Token(start, start + len(body), out)
                    break

    return find


def _base45(text: str) -> Iterator[Token]:
    for match in _BASE45_RUN.finditer(text):
        for body in dict.fromkeys((match[0].strip(" .:-"), match[0].lstrip(" .:-"), match[0].strip(" "))):
            out = payload(radix.base45(body)) if len(body) >= 12 and len(body) % 3 != 1 else None
            if out is not None and textual(out):
                start = match.start() + match[0].index(body)
                yield Token(start, start + len(body), out)
                break


def _big(*alphabets: str, fold: bool = False) -> Callable[[str], Iterator[Token]]:
    """Tokens that are one number; `fold`: the alphabet has one case, and a token may be in the other."""

    def find(text: str) -> Iterator[Token]:
        for at, token in tokens.mixed(text):
            for alphabet in alphabets if alphabets_hold(token) else ():
                out = payload(radix.big(token.lower() if fold else token, alphabet))
                if out is not None and textual(out):
                    yield Token(at, at + len(token), out)
                    break

    def alphabets_hold(token: str) -> bool:
        if fold and not (token.islower() or token.isupper()):
            return False
        return not set(token.lower() if fold else token).difference(alphabets[0])

    return find


def _uu(text: str) -> Iterator[Token]:
    found: list[Token] = []
    for match in _UU.finditer(text):
        for body in dict.fromkeys((match[0], match[0].strip("\"'"))):
            out = payload(radix.uuencode("".join(body.splitlines())))
            if out is not None:
                start = match.start() + match[0].index(body)
                found.append(Token(start, start + len(body), out))
                break
    return accepted(text, found, plausible)  # quoted capitals may be a line as well


@dataclass(frozen=True, slots=True)
class _Codec:
    """A name, triggers of which one must fire, the search for tokens, and what must be true as well."""

    name: str
    triggers: tuple[Trigger, ...]
    find: Callable[[str], Iterator[Token]]
    needs: Callable[[bytes], bool] = bool


_CODECS = (
    _Codec("base64", tokens.CASES, armour.base64),
    _Codec("base64", tokens.SINGLE, armour.spaced(radix.base64_), armour.has_spaced),
    _Codec("hex", tokens.SINGLE, armour.spaced(radix.base16), armour.has_spaced),
    _Codec("base32", tokens.SINGLE, armour.spaced(radix.base32), armour.has_spaced),
    _Codec("hex", (run_of(_DIGITS + "abcdefABCDEF", 12), run_of(_DIGITS + "abcdefABCDEFx \\:,;|-\n\t\r", 17)), _hex),
    _Codec("base32", (run_of(_UPPER + _DIGITS, 12), run_of(_LOWER + _DIGITS, 16)), _base32),
    _Codec("base32", (run_of(_UPPER + "234567 :.\n-", 24), run_of(_LOWER + "234567:.\n-", 24)), _grouped32),
    _Codec("ascii85", (run_of(LETTERS + PUNCTUATION, 15),), _dense(radix.ascii85), tokens.has_punctuated),
    _Codec("base85", (run_of(LETTERS + PUNCTUATION, 15),), _dense(radix.base85), tokens.has_punctuated),
    _Codec("z85", (run_of(LETTERS + PUNCTUATION, 15),), _dense(radix.z85), tokens.has_punctuated),
    _Codec("base45", (run_of(_DIGITS + _UPPER + " $%*+-./:", 16),), _base45),
    _Codec("base91", (run_of(LETTERS + PUNCTUATION, 15),), _dense(radix.base91), tokens.has_punctuated),
    _Codec(
        "base36",
        (run_of(_DIGITS + _LOWER, 16), run_of(_DIGITS + _UPPER, 16)),
        _big(_BASE36, fold=True),
        tokens.has_mixed,
    ),
    _Codec("base58", (run_of(_BASE58, 12),), _big(_BASE58), tokens.has_mixed),
    _Codec("base62", (run_of(LETTERS, 12),), _big(*_BASE62), tokens.has_mixed),
    _Codec("uuencode", (run_of("".join(map(chr, range(33, 97))), 9),), _uu),
)


# What must occur after a translation that some codecs share, and the places of those for which it is the trigger.
_TRIGGERS: dict[bytes, dict[bytes, list[int]]] = {}
for _place, _codec in enumerate(_CODECS):
    for _trigger in _codec.triggers:
        _TRIGGERS.setdefault(_trigger.table, {}).setdefault(_trigger.needle, []).append(_place)


def _fired(data: bytes) -> list[int]:
    """The places of the codecs of which a trigger fires, in order."""
    fired: set[int] = set()
    for table, needles in _TRIGGERS.items():
        shape = data.translate(table)
        for needle, places in needles.items():
            if needle in shape:
                fired.update(places)
    return sorted(fired)


class Base:
    """Tokens in a byte encoding, decoded in place: one view per encoding, the rest of the sentence kept."""

    name = "base"

    def decode(self, view: View) -> Iterator[View]:
        text = view.text
        if len(text) < 8:
            return
        data = text.encode("ascii", "replace")
        fired = _fired(data)
        met: dict[Callable[[bytes], bool], bool] = {}  # some codecs share what they need
        unread: Unread | None = None
        for codec in map(_CODECS.__getitem__, fired):
            needs = codec.needs
            if needs not in met:
                met[needs] = needs(data)
            if met[needs]:
                try:
                    replacements = [(token.start, token.end, token.text) for token in codec.find(text)]
                except Unread as error:
                    unread = error
                    continue
                if replacements:
                    yield view.splice(codec.name, replacements)
        if unread is not None:
            raise unread
