"""Letters written as numbers: character codes in any base, bare or framed, places in the alphabet, U+XXXX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from guardkit.decode import codes, language
from guardkit.decode.cipher import enciphered
from guardkit.decode.gate import LIMIT, legible, lexical, plausible, run_of, textual
from guardkit.decode.payload import encoded
from guardkit.view import Replacement, View

__all__ = ["Numbers"]

_DIGITS = "0123456789"
_FEWEST = 6  # digits of a list
_LISTS = run_of(_DIGITS + " ,;:|/_.-o\n\t", 15)
_PLACES = run_of(_DIGITS + " ,;:|/_.-#()[]{}<>\n\t", 24)  # in the alphabet
_RUNS = run_of(_DIGITS, 14)
_POINTS = run_of("U+0123456789ABCDEFabcdefu ,;", 20)

# Lists of binary numbers may hold whole words as one number each, or one digit.
_BINARY = re.compile(r"(?<!\w)[01]{1,131072}+(?!\d)(?:[^\w(){}]{1,3}[01]{1,131072}+(?!\d))*+")
# Two signs that are no digits: bytes of them with blanks between, or one run.
_SIGNS = run_of("OoIilLAaBbXx-+.#_*|/\\ \t\n", 44)  # in ASCII; of other signs, any
_OTHER_SIGNS = run_of("? \t\n", 40)
_BYTES = re.compile(r"(?<!\S)(?:\S{8}(?!\S)(?:\s{1,2}\S{8}(?!\S)){4,65536}+|\S{40,}+)")
_BITS = re.compile(r"[01]+")
_BARE = re.compile(r"[0-9]+")
_INVERTED = str.maketrans("01", "10")
_LIST = re.compile(r"(?<![\w.])(?:0o)?[0-9]{1,6}+(?:[ ,;:|/_.\n\t\r-]{1,3}(?:0o)?[0-9]{1,6}+){5,131072}+")
_MARKED = re.compile(r"(?<![\w.])[0-9]{1,2}+(?:(?:st|nd|rd|th)?[^\w]{1,5}[0-9]{1,2}+(?![0-9])){9,65536}+")
_ORDINAL = re.compile(r"[a-z]+")
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


def _bytes(bits: str) -> str | None:
    """Bits in groups of eight that are text: as they are, backwards, or each the other way round."""
    readings = (_packed(read, 8) for read in (bits, bits[::-1], bits.translate(_INVERTED)))
    return next((text for text in readings if text and "\0" not in text and textual(text)), None)


def _binary(text: str) -> Iterator[Replacement]:
    for match in _BINARY.finditer(text):
        groups = _BITS.findall(match[0])
        if sum(map(len, groups)) < 40:
            continue
        bits = "".join(groups)
        # Half a byte or a bit each is common in tables, so that they must be bytes.
        readings = [_packed(bits, width) for width in (8, 7, 16, 32) if width == 8 or max(map(len, groups)) > 5]
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
        # What reads comes before what may be the next layer; pairs of bytes always make some Chinese.
        english = (reading for reading in fitting if reading.isascii() and language.readable(reading))
        out = next(english, None) or (fitting[0] if fitting else _bytes(bits))
        if out:
            yield match.start(), match.end(), out


def _signs(text: str) -> Iterator[Replacement]:
    """Bits written with two signs of any kind."""
    for match in _BYTES.finditer(text):
        signs = sorted(set(match[0]) - set(" \t\r\n"))
        if len(signs) == 2 and signs != ["0", "1"]:
            bits = "".join(match[0].split()).translate({ord(signs[0]): "0", ord(signs[1]): "1"})
            if (out := _bytes(bits)) is not None:
                yield match.start(), match.end(), out


def _spelled(values: Sequence[int], source: str) -> str | None:
    """Places in the alphabet. Words are told apart by a zero or 27, by the rarer separator, or not at all."""
    letters = "".join(chr(96 + value) if 0 < value < 27 else " " for value in values)
    if len(set(letters)) < 5:
        return None
    if " " in letters:
        words = letters
    else:
        separators = [_ORDINAL.sub("", separator) for separator in re.findall(r"[^0-9]+", source)]
        if len(separators) != len(values) - 1:  # prefixes
            return None
        common = max(set(separators), key=separators.count)
        gaps = ("" if separator == common else " " for separator in separators)
        words = letters[0] + "".join(gap + letter for gap, letter in zip(gaps, letters[1:], strict=True))
    found = words.split()
    if len(found) < 2:
        return legible(letters) or (letters if enciphered(letters) else None)
    enough = sum(map(len, found)) >= 8 and lexical(found) >= 0.6
    return " ".join(found) if enough and language.readable(words, -2.9) or enciphered(words) else None


def _codes(values: Sequence[int]) -> str | None:
    """Decimal character codes; beyond ASCII only with spaces between words, for such numbers are common in tables."""
    if max(values) > 126 and (values.count(32) < 2 or max(values) > 0x1FFFF):
        return None
    text = _characters(values)
    if text.isascii() and (encoded(text) or _worded(text)):
        return text
    size = sum(char.isalpha() for char in text)
    if text.isascii() and size < 8 or not language.readable(text, -2.9):
        return None
    # Without any space a column of measurements between 65 and 122 may look like a word.
    return text if " " in text or legible(text) is not None or language.known(text.lower()) else None


def _worded(text: str) -> bool:
    """Whether it is letters with as many blanks as between words, which may be in a cipher."""
    blanks = text.count(" ")
    letters = sum(map(str.isalpha, text))
    return len(text) >= 24 and 0.1 <= blanks / len(text) <= 0.3 and blanks + letters >= 0.9 * len(text)


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


def _placed(text: str) -> Iterator[tuple[str, Replacement]]:
    """Places in the alphabet with brackets or other marks around them, or as ordinal numbers."""
    for match in _MARKED.finditer(text):
        values = [int(number) for number in _BARE.findall(match[0])]
        if max(values) < 27 and (out := _spelled(values, match[0])):
            yield "a1z26", (match.start(), match.end(), out)


def _run(text: str) -> Iterator[tuple[str, Replacement]]:
    for match in _RUN.finditer(text):
        digits = match[0]
        values = [
            int(code) for code in re.findall(r"1[0-9][0-9]|[0-9][0-9]|[0-9]", digits)
        ]  # 32..99 have two digits, 100..126 three
        if all(value == 10 or 32 <= value <= 126 for value in values) and (out := _codes(values)):
            yield "decimal", (match.start(), match.end(), out)
        elif len(digits) % 3 == 0:
            threes = [digits[at : at + 3] for at in range(0, len(digits), 3)]
            for name, base in (("octal", 8), ("decimal", 10)):
                if base == 8 and set(digits) & {"8", "9"}:
                    continue
                values = [int(three, base) for three in threes]
                if all(9 <= value <= 126 for value in values) and (out := _codes(values)):
                    yield name, (match.start(), match.end(), out)
                    break


def _codepoints(text: str) -> Iterator[Replacement]:
    for match in _CODEPOINT.finditer(text):
        out = _characters([int(code, 16) for code in _HEX_DIGITS.findall(match[0])])
        if textual(out):
            yield match.start(), match.start() + len(match[0].rstrip(" ,;\t\r\n")), out


def _apart(replacements: list[Replacement]) -> Iterator[Replacement]:
    """The replacements in order, but for what overlaps a longer one or the one before: two ways may find one list."""
    end = 0
    for replacement in sorted(replacements, key=lambda found: (found[0], -found[1])):
        if replacement[0] >= end:
            end = replacement[1]
            yield replacement


class Numbers:
    """Lists and runs of numbers that are letters, replaced in place: one view per way of counting."""

    name = "numbers"

    def decode(self, view: View) -> Iterator[View]:
        text = view.text
        if len(text) < 12:
            return
        data = text.encode("ascii", "replace")
        found: dict[str, list[Replacement]] = {}
        digits = codes.digits(data)
        lists, runs = digits >= _FEWEST and _LISTS(data), digits >= _FEWEST and _RUNS(data)
        if lists or runs:
            found["binary"] = list(_binary(text))
        for name, replacement in (*(_listed(text) if lists else ()), *(_run(text) if runs else ())):
            found.setdefault(name, []).append(replacement)
        for name, replacement in _placed(text) if digits >= _FEWEST and _PLACES(data) else ():
            found.setdefault(name, []).append(replacement)
        for name, replacement in codes.framed(text, data) if digits >= codes.DIGITS else ():
            found.setdefault(name, []).append(replacement)
        if (_SIGNS if text.isascii() else _OTHER_SIGNS)(data):
            found.setdefault("binary", []).extend(_signs(text))
        if digits >= _FEWEST and _POINTS(data):
            found["codepoints"] = list(_codepoints(text))
        for name, replacements in found.items():
            if replacements:
                yield view.splice(name, _apart(replacements))
