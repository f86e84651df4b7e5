"""Byte encodings: base16, base32 and base85 in their alphabets, 36, 45, 58, 62, 64, 91, and uuencode."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from guardkit.decode import radix, tokens
from guardkit.decode.gate import LIMIT, Token, Trigger, accepted, plausible, run_of
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
_REVERSED = 16  # characters of a base64 token that is read backwards too, where it is none forwards
_SKIPPED = 48  # web tokens and data addresses that are left as they are; more are decoded like anything else

_TOKEN64 = re.compile(  # padding in front belongs to what is written backwards
    r"(?:(?<![\w+/=-])={1,2}(?=[\w+/-]{14}))?[A-Za-z0-9+/_-]{4,349524}+={0,2}+|[A-Za-z0-9+/]{2,3}={1,2}"
)
_BREAK = re.compile(r"[ \t]*\r?\n[ \t]*(?=[A-Za-z0-9+/_-])")
_JWT = re.compile(r"eyJ[A-Za-z0-9_-]{8,}+\.[A-Za-z0-9_-]*+(?:\.[A-Za-z0-9_-]*+)*+")
_DATA_URI = re.compile(r"data:(?!text/)[\w.+-]{1,64}/[\w.+;=-]{1,128},[A-Za-z0-9+/=%_-]*+")
_TOKEN32 = re.compile(r"(?<![A-Za-z0-9])(?:[A-Z0-9]{8,}+|[a-z0-9]{8,}+)={0,6}(?![A-Za-z0-9])")
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:(?:0x|\\x)?(?:[0-9A-Fa-f]{2}){1,131072}+(?:[ \t\r\n:,;|-]{1,2}|\Z|(?=\W)))++")
_HEX_TOKEN = re.compile(r"(?:0x|\\x)?([0-9A-Fa-f]{2,})")
# A line of a hex dump (xxd, hexdump -C): an offset, pairs or groups of digits, and the characters themselves.
_DUMP = re.compile(
    r"^[ \t]*[0-9A-Fa-f]{4,16}:?[ \t]{1,4}((?:[0-9A-Fa-f]{2,8}[ \t]{1,3}){1,32}+)[^\r\n]{0,40}$", re.MULTILINE
)
_BRACKETED = re.compile(r"<~([!-uz\s]{4,327680}+)~>")
_BASE45_RUN = re.compile(r"[0-9A-Z $%*+\-./:]{16,}+")
_OFFSET = re.compile(r"(?:^|\n)[ \t]*0{4,15}[10]?0?:?[ \t]")
_UU = re.compile(r"(?:M[ -`]{60}\r?\n){0,6000}+[!-`]{3,4000}+")


def _plain(token: str) -> bool:
    """Whether the token is letters in the case that most words are in."""
    return token.isalpha() and (token.islower() or token[1:].islower())


def _token64(token: str) -> str | None:
    """What a token says; or what it says backwards, if that is text and it says nothing forwards."""
    decoded = None if token[0] == "=" else payload(radix.base64_(token))
    if decoded is None and len(token) >= _REVERSED:
        backwards = payload(radix.base64_(token[::-1]))
        return backwards if backwards is not None and plausible(backwards) else None
    return decoded


def _base64(text: str) -> Iterator[Token]:
    skipped = [match.span() for pattern in (_JWT, _DATA_URI) for match in pattern.finditer(text)][:_SKIPPED]
    matches = list(_TOKEN64.finditer(text))
    if skipped:
        matches = [m for m in matches if not any(low <= m.start() < high for low, high in skipped)]
    found: list[Token] = []
    likely = [at for at, match in enumerate(matches) if len(match[0]) >= 16 or not _plain(match[0])]
    last = -1
    for at in likely:
        if at <= last:
            continue
        last = at
        while last + 1 < len(matches) and len(matches[last][0]) >= 16 and matches[last][0][-1] != "=":
            gap = _BREAK.match(text, matches[last].end())
            if gap is None or gap.end() != matches[last + 1].start():
                break
            last += 1
        body = "".join(match[0] for match in matches[at : last + 1])
        decoded = payload(radix.base64_(body)) if last > at else None
        if decoded is not None and plausible(decoded):
            found.append(Token(matches[at].start(), matches[last].end(), decoded))
        else:
            found += [
                Token(match.start(), match.end(), decoded)
                for match in matches[at : last + 1]
                if not _plain(match[0]) and (decoded := _token64(match[0])) is not None
            ]
    return accepted(text, found)


def _base32(text: str) -> Iterator[Token]:
    found = ((match, _token32(match[0])) for match in _TOKEN32.finditer(text))
    return accepted(text, [Token(match.start(), match.end(), said) for match, said in found if said is not None])


def _token32(token: str) -> str | None:
    if set(token.upper()).isdisjoint("0189"):
        return payload(radix.base32(token))
    readings = (payload(decode(token)) for decode in (radix.base32_hex, radix.base32_crockford))
    return next((said for said in readings if said is not None and plausible(said)), None)


def _dump(text: str) -> Iterator[Token]:
    lines = list(islice(_DUMP.finditer(text), LIMIT // 16)) if _OFFSET.search(text) else []
    out = payload(radix.base16("".join("".join(line[1].split()) for line in lines)))
    if len(lines) > 1 and out is not None and plausible(out):
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
        out = payload(radix.base16(("" if uniform else "20").join(parts)))
        if out is not None and not plausible(out) and uniform and len(parts) > 1 and len(parts[0]) > 2:
            out = payload(radix.base16("20".join(parts)))
        if out is not None and plausible(out):
            total += len(out)
            if total > LIMIT:
                return
            yield Token(match.start(), match.start() + len(body), out)


def _bracketed(text: str) -> Iterator[Token]:
    for match in _BRACKETED.finditer(text):
        out = payload(radix.ascii85(match[1]))
        if out is not None and plausible(out):
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
                if out is not None and plausible(out):
                    start = at + token.index(body)
                    yield Token(start, start + len(body), out)
                    break

    return find


def _base45(text: str) -> Iterator[Token]:
    for match in _BASE45_RUN.finditer(text):
        for body in dict.fromkeys((match[0].strip(" .:-"), match[0].lstrip(" .:-"), match[0].strip(" "))):
            out = payload(radix.base45(body)) if len(body) >= 12 and len(body) % 3 != 1 else None
            if out is not None and plausible(out):
                start = match.start() + match[0].index(body)
                yield Token(start, start + len(body), out)
                break


def _big(*alphabets: str, fold: bool = False) -> Callable[[str], Iterator[Token]]:
    """Tokens that are one number; `fold`: the alphabet has one case, and a token may be in the other."""

    def find(text: str) -> Iterator[Token]:
        for at, token in tokens.mixed(text):
            for alphabet in alphabets if alphabets_hold(token) else ():
                out = payload(radix.big(token.lower() if fold else token, alphabet))
                if out is not None and plausible(out):
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
    return accepted(text, found)


@dataclass(frozen=True, slots=True)
class _Codec:
    """A name, triggers of which one must fire, the search for tokens, and what must be true as well."""

    name: str
    triggers: tuple[Trigger, ...]
    find: Callable[[str], Iterator[Token]]
    needs: Callable[[bytes], bool] = bool


_CODECS = (
    _Codec("base64", tokens.CASES, _base64),
    _Codec("hex", (run_of(_DIGITS + "abcdefABCDEF", 12), run_of(_DIGITS + "abcdefABCDEFx \\:,;|-", 17)), _hex),
    _Codec("base32", (run_of(_UPPER + _DIGITS, 12), run_of(_LOWER + _DIGITS, 16)), _base32),
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


# What must occur after a translation that some codecs share, and the names of those for which it is the trigger.
_TRIGGERS: dict[bytes, dict[bytes, list[str]]] = {}
for _codec in _CODECS:
    for _trigger in _codec.triggers:
        _TRIGGERS.setdefault(_trigger.table, {}).setdefault(_trigger.needle, []).append(_codec.name)


def _fired(data: bytes) -> set[str]:
    """The names of the codecs of which a trigger fires."""
    fired: set[str] = set()
    for table, needles in _TRIGGERS.items():
        shape = data.translate(table)
        for needle, names in needles.items():
            if needle in shape:
                fired.update(names)
    return fired


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
        for codec in _CODECS if fired else ():
            if codec.name not in fired:
                continue
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
