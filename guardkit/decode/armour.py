"""Base64: whole tokens, lines and pieces of one text, glued to a word, backwards or with its letters changed."""

from __future__ import annotations

import re
from codecs import encode
from collections.abc import Callable, Iterator
from string import ascii_lowercase, ascii_uppercase, hexdigits

from guardkit.decode import radix
from guardkit.decode.gate import Token, accepted, textual
from guardkit.decode.payload import payload

__all__ = ["base64", "has_spaced", "spaced"]

_LONG = 16  # characters of a token that is read in other ways too, where it is none as it stands
_GAP = 40  # characters between two pieces, at most
_SKIPPED = 48  # web tokens and data addresses that are told apart; more are decoded like anything else
_CUTS = 8  # words that a token may be glued to

_TOKEN = re.compile(  # padding in front belongs to what is written backwards; the n of "\n" is no part of a token
    r"(?:(?<![\w+/=-])={1,2}(?=[\w+/-]{14}))?(?:(?<!\\)|(?![nrt]))[A-Za-z0-9+/_-]{4,349524}+={0,2}+"
    r"|[A-Za-z0-9+/]{2,3}={1,2}"
)
_BREAK = re.compile(r"[ \t]*\r?\n[ \t]*")
_UNMARKED = re.compile(r"[\s\d]+")  # what may differ between the marks of a list: its numbers, line breaks
_JWT = re.compile(r"eyJ[A-Za-z0-9_-]{8,}+\.[A-Za-z0-9_-]*+(?:\.[A-Za-z0-9_-]*+)*+")
_MEDIA = re.compile(r"data:(?:image/(?!svg)|audio/|video/|font/)[\w.+;=-]{1,128},[A-Za-z0-9+/=%_-]*+")
_PHRASE = re.compile(r"(?:[A-Za-z'’.,!?;:-]{1,24} ){3}[A-Za-z'’]")
_REST = re.compile(r"[A-Za-z0-9+/]{1,3}={0,2}(?![A-Za-z0-9+/=])")  # a last piece too short for a token
_GLUE = re.compile(r"[-_/]")
_SPACED = re.compile(r"(?<![^\s\"'(])[A-Za-z0-9+/](?:\s[A-Za-z0-9+/](?![A-Za-z0-9+/])){23,131072}+(?:\s?=){0,2}")

_ATBASH = str.maketrans(ascii_lowercase + ascii_uppercase, ascii_lowercase[::-1] + ascii_uppercase[::-1])
_CHANGED: tuple[Callable[[str], str], ...] = (
    lambda token: token[::-1],
    str.swapcase,
    lambda token: encode(token, "rot13"),
    lambda token: token.translate(_ATBASH),
)


def base64(text: str) -> Iterator[Token]:
    """The tokens of the text that are base64, and what they say."""
    web, media = (
        [match.span() for _, match in zip(range(_SKIPPED), pattern.finditer(text), strict=False)]
        for pattern in (_JWT, _MEDIA)
    )
    matches = list(_TOKEN.finditer(text))
    if media:
        matches = [match for match in matches if not _inside(match, media)]
    found: list[Token] = []
    for run in _runs(text, matches):
        whole = _joined(run)
        if whole is not None:
            found.append(whole)
            continue
        for match in run:
            token = None if len(run) > 1 and _plain(match[0]) else _alone(match)
            # A web token has names and numbers, and nothing to say but in whole phrases.
            if token is not None and (not _inside(match, web) or _PHRASE.search(token.text)):
                found.append(token)
    return accepted(text, found)


def has_spaced(data: bytes) -> bool:
    """Whether every other character is a blank for a while, or a line break."""
    return any(blanks in data[at::2] for at in (0, 1) for blanks in (b" " * 12, b"\n" * 12))


def spaced(decode: Callable[[str], bytes | None]) -> Callable[[str], Iterator[Token]]:
    """The finder of an encoding whose every character stands alone."""

    def find(text: str) -> Iterator[Token]:
        for match in _SPACED.finditer(text):
            out = payload(decode("".join(match[0].split())))
            if out is not None and textual(out):
                yield Token(match.start(), match.end(), out)

    return find


def _inside(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(low <= match.start() < high for low, high in spans)


def _plain(token: str) -> bool:
    """Whether the token is letters in the case that most words are in."""
    return token.isalpha() and token[1:].islower()


def _strange(token: str) -> bool:
    return len(token) >= _LONG and not _plain(token)


def _follows(size: int, before: int, pieces: int) -> bool:
    return size == before or pieces > 1 and size < before


def _runs(text: str, matches: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """The tokens that are no words, with neighbours that may be pieces of the same: lines, or as long and marked alike.

    A long piece that ends inside a group of four is continued by the next long one, whatever is between them.
    """
    run: list[re.Match[str]] = []
    mark: str | None = None
    for match in matches:
        if not run and match.end() - match.start() < _LONG and _plain(match[0]):
            continue
        if run:
            last, gap = run[-1][0], text[run[-1].end() : match.start()]
            marked = _UNMARKED.sub("", gap) if len(last) == len(run[0][0]) else None
            if last[-1] == "=" or len(gap) > _GAP:
                joins = False
            elif len(last) >= _LONG and (_BREAK.fullmatch(gap) or len(last) % 4 > 0 and _strange(match[0])):
                joins = True
            else:  # all are as long as the first but the last one
                joins = marked is not None and mark in (None, marked) and _follows(len(match[0]), len(last), len(run))
            mark = marked
            if not joins:
                yield run
                run, mark = [], None
                if _plain(match[0]) and len(match[0]) < _LONG:
                    continue
        run.append(match)
    if run:
        yield run


def _joined(run: list[re.Match[str]]) -> Token | None:
    """What the pieces say together; a word that happens to be as long may stand before or behind them."""
    if len(run) < 2 or len(run) < 3 and not _strange(run[0][0]):
        return None
    text, size, end = run[0].string, len(run), run[-1].end()
    gap = text[run[0].end() : run[1].start()]
    rest = _REST.match(text, end + len(gap)) if text.startswith(gap, end) and run[-1][0][-1] != "=" else None
    if rest is not None:
        said = payload(radix.base64_("".join(match[0] for match in (*run, rest))))
        if said is not None and textual(said):
            return Token(run[0].start(), rest.end(), said)
    for first, last in ((0, size), (0, size - 1), (1, size), (1, size - 1)):
        if last - first > 1:
            said = payload(radix.base64_("".join(match[0] for match in run[first:last])))
            if said is not None and textual(said):
                return Token(run[first].start(), run[last - 1].end(), said)
    return None


def _alone(match: re.Match[str]) -> Token | None:
    """What a token says; or what it says in another way, if that is text and it says nothing as it stands."""
    token = match[0]
    said = None if token[0] == "=" else payload(radix.base64_(token))
    if said is not None:
        return Token(match.start(), match.end(), said)
    if len(token) < _LONG or token.islower() or token.isupper() or not token.strip(hexdigits):
        return None
    for at, size, reading in _readings(token):
        said = payload(radix.base64_(reading))
        if said is not None and textual(said):
            return Token(match.start() + at, match.start() + at + size, said)
    return None


def _readings(token: str) -> Iterator[tuple[int, int, str]]:
    """Parts of the token, where each begins and how long it is, with what to read for it."""
    size = len(token)
    for change in _CHANGED:
        yield 0, size, change(token)
    if token[0] == "=":
        return
    glue = _GLUE.search(token)
    if glue is not None:
        pieces = token.split(glue[0])
        if len(pieces) > 2 and len(set(map(len, pieces[:-1]))) == 1:
            yield 0, size, "".join(pieces)
    at = 0
    for part in _GLUE.split(token, _CUTS) if glue is not None else ():
        if len(part) >= _LONG:
            for length in dict.fromkeys((size - at, len(part) + 1, len(part))):  # a slash may be the last letter
                yield at, length, token[at : at + length]
        at += len(part) + 1
    for at in (1, 2, 3):
        yield at, size - at, token[at:]
