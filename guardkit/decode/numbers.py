"""Letters written as numbers: binary, octal and decimal character codes, places in the alphabet, U+XXXX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from guardkit.decode import language
from guardkit.decode.gate import LIMIT, legible, lexical, plausible, run_of
from guardkit.view import Replacement, View

__all__ = ["Numbers"]

_DIGITS = "0123456789"
_LISTS = run_of(_DIGITS + " ,;:|/_.-o\n\t", 15)
_RUNS = run_of(_DIGITS, 14)
_POINTS = run_of("U+0123456789ABCDEFabcdefu ,;", 20)

# Lists of binary numbers may hold whole words as one number each.
_BINARY = re.compile(r"(?<!\w)[01]{6,131072}+(?:[^\w(){}]{1,3}[01]{6,131072}+)*+")
_BITS = re.compile(r"[01]+")
_LIST = re.compile(r"(?<![\w.])(?:0o)?[0-9]{1,6}+(?:[ ,;:|/_.\n\t\r-]{1,3}(?:0o)?[0-9]{1,6}+){5,131072}+")
_NUMBER = re.compile(r"(?:0o)?([0-9]+)(?!o)")
_RUN = re.compile(r"(?<![0-9])[0-9]{14,}+")
_CODEPOINT = re.compile(r"(?:[Uu]\+[0-9A-Fa-f]{4,6}[ ,;\t\r\n]{0,2}){4,65536}+")
_HEX_DIGITS = re.compile(r"(?<=\+)[0-9A-Fa-f]{4,6}")


def _text(data: bytes) -> str:
    """Strict UTF-8, or nothing."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return ""


def _packed(bits: str, width: int) -> str:
    """Equal groups of bits as characters; groups of eight as UTF-8."""
    if len(bits) % width or len(bits) > 8 * LIMIT:
        return ""
    values = [int(bits[at : at + width], 2) for at in range(0, len(bits), width)]
    return _text(bytes(values)) if width == 8 else _characters(values)


def _characters(values: Sequence[int]) -> str:
    if max(values, default=0) > 0x10FFFF:
        return ""
    return "".join(map(chr, values))


def _ungray(code: int) -> int:
    """The byte of which this is the reflected binary (Gray) code."""
    for shift in (4, 2, 1):
        code ^= code >> shift
    return code


def _binary(text: str) -> Iterator[Replacement]:
    for match in _BINARY.finditer(text):
        groups = _BITS.findall(match[0])
        if sum(map(len, groups)) < 40:
            continue
        readings = [_packed("".join(groups), width) for width in (8, 7, 16, 32)]
        if len(groups) > 1 and max(map(len, groups)) <= 8:  # unpadded: six bits for a space, seven for a letter
            readings.insert(0, _text(bytes(int(group, 2) for group in groups)))
        elif len(set(map(len, groups[:-1]))) > 1 or len(groups[-1]) > len(groups[0]):  # one word each
            readings[:0] = [" ".join(_packed(group, width) for group in groups) for width in (8, 7)]
        if {len(group) for group in groups} == {8}:  # Gray code: each bit tells whether to change
            readings.append(_text(bytes(_ungray(int(group, 2)) for group in groups)))
        elif {len(group) for group in groups} == {12}:  # decimal digits of four bits each
            digits = (format(int(group, 2), "x") for group in groups)
            readings.append(_characters([int(code) if code.isdecimal() else 0 for code in digits]))
        fitting = [reading for reading in readings if reading and "\0" not in reading and plausible(reading)]
        if fitting:  # what reads comes before what may be the next layer; pairs of bytes always make some Chinese
            english = (reading for reading in fitting if reading.isascii() and language.readable(reading))
            yield match.start(), match.end(), next(english, fitting[0])


def _spelled(values: Sequence[int], source: str) -> str | None:
    """Places in the alphabet. Words are told apart by a zero or 27, by the rarer separator, or not at all."""
    letters = "".join(chr(96 + value) if 0 < value < 27 else " " for value in values)
    if len(set(letters)) < 5:
        return None
    if " " in letters:
        words = letters
    else:
        separators = re.findall(r"[^0-9]+", source)
        if len(separators) != len(values) - 1:  # prefixes
            return None
        common = max(set(separators), key=separators.count)
        gaps = ("" if separator == common else " " for separator in separators)
        words = letters[0] + "".join(gap + letter for gap, letter in zip(gaps, letters[1:], strict=True))
    found = words.split()
    if len(found) < 2:
        return legible(letters)
    enough = sum(map(len, found)) >= 8 and lexical(found) >= 0.6
    return " ".join(found) if enough and language.readable(words, -2.9) else None


def _codes(values: Sequence[int]) -> str | None:
    """Decimal character codes; beyond ASCII only with spaces between words, for such numbers are common in tables."""
    if max(values) > 126 and (values.count(32) < 2 or max(values) > 0x1FFFF):
        return None
    text = _characters(values)
    size = sum(char.isalpha() for char in text)
    if text.isascii() and size < 8 or not language.readable(text, -2.9):
        return None
    # Without any space a column of measurements between 65 and 122 may look like a word.
    return text if " " in text or legible(text) is not None or language.known(text.lower()) else None


def _listed(text: str) -> Iterator[tuple[str, Replacement]]:
    for match in _LIST.finditer(text):
        numbers = list(_NUMBER.finditer(text, match.start(), match.end()))
        for name, base, low, high, read in (
            ("decimal", 10, 9, 0x1FFFF, None),
            ("octal", 8, 9, 126, None),
            ("a1z26", 10, 0, 27, _spelled),
        ):
            if base == 8 and any("8" in number[1] or "9" in number[1] for number in numbers):
                continue
            for valid, group in groupby(numbers, lambda n: low <= int(n[1], base) <= high):  # noqa: B023
                run = list(group)
                if not valid or len(run) < 6:
                    continue
                values = [int(number[1], base) for number in run]
                start, end = run[0].start(), run[-1].end()
                out = read(values, text[start:end]) if read else _codes(values)
                if out:
                    yield name, (start, end, out)


def _run(text: str) -> Iterator[tuple[str, Replacement]]:
    for match in _RUN.finditer(text):
        digits = match[0]
        values = [
            int(code) for code in re.findall(r"1[0-9][0-9]|[0-9][0-9]|[0-9]", digits)
        ]  # 32..99 have two digits, 100..126 three
        if all(value == 10 or 32 <= value <= 126 for value in values) and (out := _codes(values)):
            yield "decimal", (match.start(), match.end(), out)
        elif len(digits) % 3 == 0 and not set(digits) & {"8", "9"}:
            values = [int(digits[at : at + 3], 8) for at in range(0, len(digits), 3)]
            if all(9 <= value <= 126 for value in values) and (out := _codes(values)):
                yield "octal", (match.start(), match.end(), out)


def _codepoints(text: str) -> Iterator[Replacement]:
    for match in _CODEPOINT.finditer(text):
        out = _characters([int(code, 16) for code in _HEX_DIGITS.findall(match[0])])
        if plausible(out):
            yield match.start(), match.start() + len(match[0].rstrip(" ,;\t\r\n")), out


class Numbers:
    """Lists and runs of numbers that are letters, replaced in place: one view per way of counting."""

    name = "numbers"

    def decode(self, view: View) -> Iterator[View]:
        text = view.text
        if len(text) < 12:
            return
        data = text.encode("ascii", "replace")
        found: dict[str, list[Replacement]] = {}
        lists, runs = _LISTS(data), _RUNS(data)
        if lists or runs:
            found["binary"] = list(_binary(text))
        for name, replacement in (*(_listed(text) if lists else ()), *(_run(text) if runs else ())):
            found.setdefault(name, []).append(replacement)
        if _POINTS(data):
            found["codepoints"] = list(_codepoints(text))
        for name, replacements in found.items():
            if replacements:
                yield view.splice(name, sorted(replacements))
