"""Escapes that text formats use for single characters: percent, HTML, backslash, MIME, UTF-7."""

from __future__ import annotations

import binascii
import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guardkit.view import Replacement, View

__all__ = ["Escapes"]

_ROUNDS = 3
_LIMIT = 65_536  # escapes per round

_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})++|%[uU][0-9A-Fa-f]{4}")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31}+(?=;));?")
_BYTE = r"(?:0?[0-3][0-7]{2}|[2-7][0-7](?![0-7]))"  # in octal; two digits are a blank, punctuation or a digit
_BACKSLASH = re.compile(
    r"\\{1,4}+(?:u[dD][89abAB][0-9A-Fa-f]{2}\\{1,4}+u[dD][c-fC-F][0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}"
    r"|u\{[0-9A-Fa-f]{1,6}\}|x\{[0-9A-Fa-f]{1,6}\}|(?:x[0-9A-Fa-f]{2})(?:\\{1,4}+x[0-9A-Fa-f]{2})*+"
    rf"|{_BYTE}(?:\\{{1,4}}+{_BYTE})*+|N\{{[A-Z0-9 -]{{3,60}}\}}|[nrt\"/])"
)
_HEX = re.compile(r"[0-9A-Fa-f]{2,8}")
_OCTAL = re.compile(r"[0-7]+")
# A blank ends a CSS escape that is shorter than six digits, and belongs to it (CSS Syntax, section 4.3.7).
_CSS = re.compile(r"(?:\\(?:[0-9A-Fa-f]{1,5}[ \t\n]|[0-9A-Fa-f]{6}[ \t\n]?)){2,}+(?:\\[0-9A-Fa-f]{1,6})?")
_QUOTED = re.compile(
    r"(?:=[0-9A-F]{2}|=\r?\n){3,}+|(?:=[0-9a-f]{2}|=\r?\n){3,}+|(?<=[A-Za-z])=[46][1-9A-F](?=[a-z]{2})|=\r?\n"
)
_SOFT_BREAK = re.compile(r"=\r?\n")
_MIME = re.compile(r"=\?([A-Za-z0-9-]{2,20})(?:\*[a-z-]{2,8})?\?([BbQq])\?([^?\r\n]{1,4000})\?=(?:\s{1,3}(?==\?))?")
_UTF7 = re.compile(r"\+([A-Za-z0-9+/]{3,87380}+)-?")
_IDEOGRAPHS = "\u2e80"  # from which on any base64 makes characters
_CHARSETS = frozenset("utf-8 us-ascii ascii iso-8859-1 iso-8859-15 windows-1252 windows-1251 koi8-r".split())
_SIMPLE = {"n": "\n", "r": "\n", "t": "\t", '"': '"', "/": "/"}
_LETTER = re.compile(r"[0-9A-Za-z]")
_BLANK = re.compile(r"(?<=[0-9A-Za-z,.;:!?'])(?:%20|%0[Aa]|\+)(?=[0-9A-Za-z])")
_BLANKS = 2  # escaped between words, in what is no address
_BLANKS_IN_ADDRESS = 6
_FOREIGN = re.compile(r"[^\W\d_a-zA-Z]")


def _utf8(data: bytes) -> str | None:
    """The bytes as UTF-8; None where they are not, or hold control characters that no text has."""
    try:
        return _clean(data.decode())
    except UnicodeDecodeError:
        return None


def _clean(text: str) -> str | None:
    return None if any(char < " " and char not in "\t\n\r" or "\x7f" <= char <= "\x9f" for char in text) else text


def _point(digits: str) -> str | None:
    code = int(digits, 16)
    return _clean(chr(code)) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else None


def _percent(match: re.Match[str]) -> str | None:
    if match[0][1] in "uU":
        return _point(match[0][2:])
    return _utf8(bytes.fromhex(match[0].replace("%", "")))


def _entity(match: re.Match[str]) -> str | None:
    decoded = html.unescape(match[0])
    return _clean(decoded) if decoded != match[0] else None


def _css(match: re.Match[str]) -> str | None:
    points = [_point(digits) for digits in re.findall(r"[0-9A-Fa-f]+", match[0])]
    return None if None in points else "".join(filter(None, points))


def _named(name: str) -> str | None:
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return None


def _backslash(match: re.Match[str]) -> str | None:
    body = match[0].lstrip("\\")
    if body in _SIMPLE:
        return _SIMPLE[body]
    if body[0] == "x" and body[1] != "{":
        return _utf8(bytes.fromhex("".join(_HEX.findall(body))))
    if body[0] == "N":
        return _named(body[2:-1])
    if body[0] not in "uUx":
        return _utf8(bytes(int(code, 8) for code in _OCTAL.findall(body)))
    codes = _HEX.findall(body) if "{" not in body else [body[2:-1]]
    if len(codes) == 2:  # a surrogate pair
        high, low = (int(code, 16) for code in codes)
        return chr(0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF))
    return _point(codes[0])


def _quoted(match: re.Match[str]) -> str | None:
    return _utf8(bytes.fromhex(_SOFT_BREAK.sub("", match[0]).replace("=", "")))


def _mime(match: re.Match[str]) -> str | None:
    charset, kind, body = match[1].lower(), match[2].lower(), match[3]
    if charset not in _CHARSETS:
        return None
    try:
        data = binascii.a2b_base64(body) if kind == "b" else binascii.a2b_qp(body, header=True)
        return _clean(data.decode(charset))
    except (ValueError, UnicodeEncodeError):
        return None


def _utf7(match: re.Match[str]) -> str | None:
    """RFC 2152: UTF-16 in base64 without padding."""
    body = match[1]
    try:
        text = binascii.a2b_base64(body + "=" * (-len(body) % 4), strict_mode=True).decode("utf-16-be")
    except ValueError:
        return None
    return _clean(text) if max(text) < _IDEOGRAPHS else None


@dataclass(frozen=True, slots=True)
class _Kind:
    """One format: the substring without which it cannot occur, its pattern, and the decoding of a match."""

    name: str
    sign: str
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], str | None]


_KINDS = (
    _Kind("encoded_word", "=?", _MIME, _mime),
    _Kind("quoted_printable", "=", _QUOTED, _quoted),
    _Kind("percent", "%", _PERCENT, _percent),
    _Kind("html", "&", _ENTITY, _entity),
    _Kind("css", "\\", _CSS, _css),
    _Kind("backslash", "\\", _BACKSLASH, _backslash),
    _Kind("utf7", "+", _UTF7, _utf7),
)


def _replacements(text: str, kind: _Kind) -> list[Replacement]:
    found: list[Replacement] = []
    for match in kind.pattern.finditer(text):
        out = kind.read(match)
        if out is not None:
            found.append((match.start(), match.end(), out))
            if len(found) >= _LIMIT:
                break
    return found


def _blanked(text: str) -> bool:
    """Whether the blanks of a sentence are escaped: addresses need that of a name or two, sentences never."""
    return text.count("%") >= _BLANKS and any(
        (
            token.count("%20") >= _BLANKS_IN_ADDRESS
            if set(token) & set("/?=&@")
            else len(_BLANK.findall(token)) >= _BLANKS
        )
        for token in text.split()
        if "%" in token
    )


def _visible(text: str, found: list[Replacement]) -> bool:
    """Whether decoding shows letters that were hidden: nobody needs to escape ASCII letters.

    A single escape counts only inside a word: "%4d" is a format, C:\\101 a folder. There, one that nobody sees counts
    too, for it hides the word from whoever reads the text as it stands. Letters outside ASCII are escaped by ordinary
    software, so it takes a phrase of them.
    """
    letters = foreign = 0
    for start, end, new in found:
        count = len(_LETTER.findall(new))
        letters += count
        foreign += len(_FOREIGN.findall(new))
        if (count or _unseen(new)) and start and text[start - 1].isalpha() and text[end : end + 1].isalpha():
            return True
        if letters >= 2:
            return True
    return foreign >= 8 and any(" " in new for _, _, new in found)


def _unseen(text: str) -> bool:
    return text != "" and all(unicodedata.category(char) in ("Cf", "Mn") for char in text)


class Escapes:
    """The text without its escapes of any kind, to a fixed point; nothing where only punctuation was escaped."""

    name = "escapes"

    def decode(self, view: View) -> Iterator[View]:
        if not any([sign in view.text for sign in ("\\", "%", "&", "=", "+")]):  # a list, as it is quicker
            return
        legible = view
        shown = False
        for _ in range(_ROUNDS):
            before = legible
            for kind in _KINDS:
                if kind.sign in legible.text and (found := _replacements(legible.text, kind)):
                    shown = shown or _visible(legible.text, found) or (kind.sign == "%" and _blanked(legible.text))
                    legible = legible.splice(kind.name, found)
            if legible is before:
                break
        if shown:
            yield legible
