"""Text hidden in characters that draw nothing: Unicode tags, variation selectors, invisible operators."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from guardkit.decode.gate import plausible
from guardkit.decode.language import fitness
from guardkit.normalize.buffer import Buffer, Mask
from guardkit.normalize.invisible import flags, stray
from guardkit.normalize.tables import Codes, Kind

__all__ = ["Payload", "payloads", "printable"]

Payload = tuple[str, str, int, int]  # technique, hidden text, start and end in the view

SHORTEST = 3  # characters of a payload worth reading
MOST_BITS = 1 << 16

_ZERO, _ONE, _SPACE = 0x2062, 0x2064, 0x200B

# Natural-log weights of letters for codes of unequal length, where the text tells no boundaries: e and t are likely.
_LETTERS = dict(zip("etaoinshrdlcumwfgypbvkjxqz", (-2.1 - 0.16 * rank for rank in range(26)), strict=True))


def printable(text: str) -> bool:
    """At least nine in ten characters can be read, and one is a letter or digit."""
    seen = sum(char.isprintable() or char in "\n\t" for char in text)
    return len(text) >= SHORTEST and seen >= 0.9 * len(text) and any(map(str.isalnum, text))


def _tags(buffer: Buffer, mask: Mask) -> str:
    codes = buffer.codes[mask & (buffer.codes >= 0xE0020) & (buffer.codes < 0xE007F)]
    return (codes - np.uint32(0xE0000)).astype(np.uint8).tobytes().decode("latin-1")


def _selectors(codes: Codes) -> str:
    """The more legible of the two readings: bytes (Butler: U+E0100 is 16), or characters (garak: U+E0100 is 0)."""
    short = codes < 0xFF00
    low = np.where(short, codes - np.uint32(0xFE00), codes - np.uint32(0xE0100))
    octets = np.where(short, low, low + np.uint32(16)).astype(np.uint8).tobytes()
    readings = [low.astype(np.uint8).tobytes().decode("latin-1"), octets.decode("latin-1")]
    try:
        readings[1] = octets.decode()
    except UnicodeDecodeError:
        pass
    readings += _halves(low.tolist()) if short.all() else []
    legible = [reading for reading in readings if printable(reading)]
    return max(legible, key=lambda reading: (plausible(reading), fitness(reading), reading.isascii()), default="")


def _halves(values: list[int]) -> list[str]:
    """What the sixteen short selectors spell as two to a byte, or where there are two of them, as bits."""
    digits = [f"{value:x}" for value in values]
    runs = ["".join(digits)] if len(digits) % 2 == 0 else []
    if len(set(digits)) == 2 and len(digits) % 8 == 0:
        zero, one = sorted(set(digits))
        for order in ({zero: "0", one: "1"}, {zero: "1", one: "0"}):
            runs.append(f"{int(''.join([order[digit] for digit in digits]), 2):0{len(digits) // 4}x}")
    return [bytes.fromhex(run).decode("utf-8", "replace") for run in runs]


def _unpadded(bits: str) -> str:
    """The likeliest text of codes without leading zeros: 6 bits for signs and digits, 7 for letters."""
    best: list[float] = [0.0] + [-np.inf] * len(bits)
    char_at = [""] * (len(bits) + 1)
    for end in range(6, len(bits) + 1):
        for width in (6, 7):
            start = end - width
            if start < 0 or bits[start] == "0" or best[start] == -np.inf:
                continue
            char = chr(int(bits[start:end], 2))
            score = best[start] + _LETTERS.get(char, _LETTERS.get(char.lower(), -7.0) - 2.5)
            if score > best[end]:
                best[end], char_at[end] = score, char
    text, end = [], len(bits)
    while end > 0 and char_at[end]:
        text.append(char_at[end])
        end -= 6 if ord(char_at[end]) < 64 else 7
    return "".join(reversed(text)) if end == 0 else ""


def _sneaky(codes: Codes) -> str:
    """Bits as U+2062 and U+2064: eight to a byte (PyRIT), or unpadded with U+200B between words (garak)."""
    bits = "".join("0" if code == _ZERO else "1" if code == _ONE else " " for code in codes[:MOST_BITS].tolist())
    run = bits.replace(" ", "")
    if len(run) % 8 == 0:
        octets = bytes(int(run[at : at + 8], 2) for at in range(0, len(run), 8))
        text = octets.decode("utf-8", "replace")
        if printable(text) and "\ufffd" not in text:
            return text
    text = " ".join(map(_unpadded, bits.split(" ")))
    return text if printable(text) else ""


def payloads(buffer: Buffer) -> Iterator[Payload]:
    """The hidden texts of the raw buffer."""
    kinds = buffer.kinds
    tags = (kinds == Kind.TAG) & ~flags(buffer)
    if tags.any():
        yield from _found("tags", _tags(buffer, tags), tags)
    selectors = stray(buffer)
    if selectors.sum() >= SHORTEST:
        yield from _found("variation_selectors", _selectors(buffer.codes[selectors]), selectors)
    bits = (buffer.codes == _ZERO) | (buffer.codes == _ONE)
    if bits.sum() >= 6 * SHORTEST and (buffer.codes[bits] == _ONE).any():
        bits |= buffer.codes == _SPACE
        yield from _found("sneaky_bits", _sneaky(buffer.codes[bits]), bits)


def _found(name: str, text: str, mask: Mask) -> Iterator[Payload]:
    if len(text.strip()) >= SHORTEST:
        at = np.flatnonzero(mask)
        yield name, text, int(at[0]), int(at[-1]) + 1
