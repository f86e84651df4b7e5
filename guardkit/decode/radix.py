"""The byte encodings that the standard library lacks, as functions from text to bytes or None."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable

__all__ = [
    "base16",
    "base32",
    "base32_crockford",
    "base32_hex",
    "base45",
    "base64_",
    "base85",
    "base91",
    "ascii85",
    "big",
    "uuencode",
    "z85",
]

_BASE45 = {char: value for value, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")}
_Z85 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"
_B85 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
_Z85_TO_B85 = str.maketrans(_Z85, _B85)
_BASE91 = {
    char: value
    for value, char in enumerate(
        'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&()*+,./:;<=>?@[]^_`{|}~"'
    )
}
_NOT_Z85 = re.compile(r"[^0-9A-Za-z.\-:+=^!/*?&<>()\[\]{}@%$#]")
_BIG = 65_536  # digits: more than a chunk of the pipeline holds, and their conversion is no longer linear
_HALVED = 64  # digits above which a number is read in two halves: one after the other they are quadratic
_CROCKFORD = str.maketrans("0123456789ABCDEFGHJKMNPQRSTVWXYZOIL", "0123456789ABCDEFGHIJKLMNOPQRSTUV011")
_NOT_CROCKFORD = re.compile("[Uu]")
_B32_TO_HEX = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" + "0189", "0123456789ABCDEFGHIJKLMNOPQRSTUV" + "!!!!")
_URL_SAFE = str.maketrans("-_", "+/")


def _quiet(decode: Callable[[str], bytes], text: str) -> bytes | None:
    try:
        return decode(text)
    except (ValueError, binascii.Error, OverflowError):
        return None


def base16(text: str) -> bytes | None:
    """RFC 4648 section 8, either case."""
    return _quiet(bytes.fromhex, text)


def base32(text: str) -> bytes | None:
    """RFC 4648 section 6, either case, padding optional."""
    return base32_hex(text.rstrip("=").upper().translate(_B32_TO_HEX))


def base32_hex(text: str) -> bytes | None:
    """RFC 4648 section 7, either case, padding optional."""
    body = text.rstrip("=").upper()
    if len(body) % 8 in (1, 3, 6) or not (body.isascii() and body.isalnum()):
        return None
    try:
        number = int(body, 32)  # in linear time, and far quicker than the standard library's loop
    except ValueError:
        return None
    return (number >> 5 * len(body) % 8).to_bytes(5 * len(body) // 8, "big")


def base32_crockford(text: str) -> bytes | None:
    """Crockford's alphabet, which has no I, L, O and U but takes the first three for digits; no check symbol."""
    return None if "=" in text or _NOT_CROCKFORD.search(text) else base32_hex(text.upper().translate(_CROCKFORD))


def base64_(text: str) -> bytes | None:
    """RFC 4648 sections 4 and 5, padding optional."""
    body = text.rstrip("=").translate(_URL_SAFE)
    return None if len(body) % 4 == 1 else _quiet(binascii.a2b_base64, body + "=" * (-len(body) % 4))


def ascii85(text: str) -> bytes | None:
    """Adobe's, without its brackets."""
    return _quiet(base64.a85decode, text)


def base85(text: str) -> bytes | None:
    """RFC 1924's alphabet, as in git."""
    return _quiet(base64.b85decode, text)


def z85(text: str) -> bytes | None:
    """ZeroMQ RFC 32; a last group shorter than five is read as base85 does."""
    return None if _NOT_Z85.search(text) else _quiet(base64.b85decode, text.translate(_Z85_TO_B85))


def base45(text: str) -> bytes | None:
    """RFC 9285."""
    out = bytearray()
    try:
        values = [_BASE45[char] for char in text]
        for at in range(0, len(values), 3):
            low, high, *rest = values[at : at + 3]
            value = low + 45 * high + sum(2025 * top for top in rest)
            out += value.to_bytes(2 if rest else 1, "big")
    except (KeyError, ValueError, OverflowError):
        return None
    return bytes(out)


def base91(text: str) -> bytes | None:
    """basE91 (Henke, 2006): two characters hold 13 bits, or 14 where those are small."""
    out = bytearray()
    queue = held = 0
    values = [_BASE91.get(char, -1) for char in text]
    if min(values, default=-1) < 0:
        return None
    for low, high in zip(values[::2], values[1::2], strict=False):
        value = low + 91 * high
        queue |= value << held
        held += 13 if value & 8191 > 88 else 14
        while held > 7:
            out.append(queue & 255)
            queue, held = queue >> 8, held - 8
    if len(values) % 2:
        out.append((queue | values[-1] << held) & 255)
    return bytes(out)


def big(text: str, alphabet: str) -> bytes | None:
    """The big-endian bytes of `text` as a number in the base of `alphabet` (base36, base58, base62)."""
    if len(text) > _BIG:
        return None
    digit = {char: at for at, char in enumerate(alphabet)}
    value = _number([digit[char] for char in text], len(alphabet), {})
    return value.to_bytes((value.bit_length() + 7) // 8, "big")


def _number(digits: list[int], base: int, powers: dict[int, int]) -> int:
    """The number of these digits, highest first; `powers` keeps what powers of the base it took."""
    size = len(digits)
    if size <= _HALVED:
        value = 0
        for digit in digits:
            value = value * base + digit
        return value
    low = size // 2
    if low not in powers:
        powers[low] = base**low
    return _number(digits[:-low], base, powers) * powers[low] + _number(digits[-low:], base, powers)


def uuencode(text: str) -> bytes | None:
    """Lines of uuencode with or without newlines between them; blanks (zeros) at the very end may be missing."""
    out = bytearray()
    at = 0
    while at < len(text):
        size = (ord(text[at]) - 32) & 63
        end = at + 1 + (size + 2) // 3 * 4
        if not size or end > len(text) + 3:
            return None
        line = _quiet(binascii.a2b_uu, text[at:end])
        if line is None:
            return None
        out += line
        at = end
    return bytes(out)
