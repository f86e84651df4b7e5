"""Character codes that stand each in the same frame: a call, quotes, brackets, the escape of some other language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guardkit.decode import language
from guardkit.decode.gate import textual
from guardkit.view import Replacement

__all__ = ["DIGITS", "digits", "framed"]

_FEWEST = 8  # codes
DIGITS = 2 * _FEWEST  # of them at least
_GAP = 40  # characters between two codes: `) & String.fromCharCode(` has 24
_TOP = 0x1FFFF
_OTHERS = bytes(code for code in range(256) if not 48 <= code <= 57)
_SHAPE = bytes(48 if 48 <= code <= 57 else 32 for code in range(256))
_DENSE = re.compile(rb"0{1,8}(?: {1,44}+0{1,8}){7,65536}+")

# A number of base 2 to 16, with the sign of its base before or behind it. Letters around it are those of another word,
# unless they are such a sign.
_CODE = re.compile(
    r"(?:(?<![0-9A-Za-z])(?:0[xXbBoO]|&H)?|(?:[uUxX]\+?))([0-9A-Fa-f]{1,8})(?:\.0(?!\d)|[hH])?"
    r"(?=[^0-9A-Za-z]|[uUxX][0-9A-Fa-f+]|\Z)"
)
_BASES = (("decimal", 10), ("hex", 16), ("octal", 8), ("binary", 2))
_SIGNED = {"0x": 16, "0X": 16, "&H": 16, "0b": 2, "0B": 2, "0o": 8, "0O": 8, "U+": 16, "u+": 16}


def digits(data: bytes) -> int:
    """How many digits there are in ASCII: what costs a microsecond saves the tests that ask where they are."""
    return len(data.translate(None, _OTHERS))


def framed(text: str, data: bytes) -> Iterator[tuple[str, Replacement]]:
    """The runs of codes between which always the same stands, each with the name of the base it is read in.

    `data` is the text in ASCII. Only where digits are near to each other there may be codes.
    """
    for dense in _DENSE.finditer(data.translate(_SHAPE)):
        for run in _runs(text, max(0, dense.start() - 3), dense.end() + 8):
            found = _read(text, run)
            if found is not None:
                name, said = found
                yield name, (*_extent(text, run), said)


def _runs(text: str, start: int, end: int) -> Iterator[list[re.Match[str]]]:
    run: list[re.Match[str]] = []
    frame = ""
    for match in _CODE.finditer(text, start, end):
        if run:
            gap = _frame(text, run[-1], match) if match.start() - run[-1].end() <= _GAP else None
            if gap is None or len(run) > 1 and gap != frame:
                if len(run) >= _FEWEST:
                    yield run
                run = run[-1:] if gap is not None else []
            frame = gap or ""
        run.append(match)
    if len(run) >= _FEWEST:
        yield run


def _frame(text: str, before: re.Match[str], code: re.Match[str]) -> str:
    """What stands between two codes, but for blanks and line breaks."""
    return "".join(text[before.end(1) : code.start(1)].split())


def _read(text: str, run: list[re.Match[str]]) -> tuple[str, str] | None:
    codes = [match[1] for match in run]
    frame = _frame(text, run[0], run[1])
    # A call for each, or the sign of a base, is meant to be read; bare numbers must make language.
    meant = any(map(str.isalpha, frame))
    signed = _SIGNED.get(text[run[1].start() : run[1].start(1)][-2:])
    for name, base in _BASES:
        if signed not in (None, base):
            continue
        try:
            values = [int(code, base) for code in codes]
        except ValueError:
            continue
        said = _characters(values)
        if said and (textual(said) if meant else _speaks(said)):
            return name, said
    return None


def _characters(values: list[int]) -> str:
    if not all(9 <= value <= _TOP and not 0xD800 <= value <= 0xDFFF for value in values):
        return ""
    if 0 < sum(value > 126 for value in values) and max(values) < 256:  # the bytes of other letters
        try:
            return bytes(values).decode()
        except UnicodeDecodeError:
            return ""
    return "".join(map(chr, values))


def _speaks(said: str) -> bool:
    """Whether it is language, forwards or backwards, in words: a column of measurements may look like one word."""
    if " " not in said.strip() or sum(map(str.isalpha, said)) < _FEWEST:
        return False
    return language.readable(said, -2.9) or language.readable(said[::-1], -2.9)


def _extent(text: str, run: list[re.Match[str]]) -> tuple[int, int]:
    """The range of the codes with the frames of the first and the last one, so far as they are there."""
    start, end = run[0].start(), run[-1].end()
    gap = text[run[0].end() : run[1].start()]
    low = next(size for size in range(len(gap), -1, -1) if text.startswith(gap[len(gap) - size :], start - size))
    high = next(size for size in range(len(gap), -1, -1) if text.startswith(gap[:size], end))
    front, behind = text[start - low : start], text[end : end + high]
    return start - len(front.lstrip(" \t\r\n,;")), end + len(behind.rstrip(" \t\r\n,;"))
