"""Bytes as text: UTF-8, UTF-16 (what PowerShell's encoded commands hold), or either of them compressed."""

from __future__ import annotations

import bz2
import lzma
import zlib
from typing import Final

from guardkit.decode.gate import LIMIT
from guardkit.decode.protocol import Unread

__all__ = ["payload"]

SMALL: Final = 8_192  # bytes that any archive may unpack to
RATIO: Final = 12  # of the unpacked to the packed size; prose has 2 to 4. A check takes time by the former
_BOMS: Final = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"))
_GZIP: Final = (b"\x1f\x8b", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")  # RFC 1950's by level
_BZIP2: Final = b"BZh"
_XZ: Final = b"\xfd7zXZ\0"
_PACKED: Final = (*_GZIP, _BZIP2, _XZ)
_MARKS: Final = tuple(bom for bom, _ in _BOMS)


def payload(data: bytes | None) -> str | None:
    """The text that the bytes are, without NUL, compressed or not; None if they are none, or more than `LIMIT`.

    Raises `Unread` for what unpacks to far more than its size.
    """
    if not data or len(data) > LIMIT:
        return None
    if data.startswith(_PACKED):
        data = _inflated(data) or data
    return _text(data)


def _text(data: bytes) -> str | None:
    if data.startswith(_MARKS):
        return next(_strict(data[len(bom) :], name) for bom, name in _BOMS if data.startswith(bom))
    if 0 in data[:4096]:
        return _wide(data)
    return _strict(data, "utf-8")


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin text is NUL."""
    if len(data) % 2 or len(data) < 8:
        return None
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if data[first::2].count(0) >= 0.8 * len(data) / 2:
            return _strict(data, name)
    return None


def _strict(data: bytes, name: str) -> str | None:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text[:4096] else text


def _inflated(data: bytes) -> bytes | None:
    """What was compressed by gzip, zlib, bzip2 or xz, by its beginning; None if nothing was. `Unread` for a bomb."""
    most = max(SMALL, RATIO * len(data))
    try:
        if data.startswith(_GZIP):
            out = zlib.decompressobj(wbits=47).decompress(data, most + 1)  # 47: either header
        elif data.startswith(_BZIP2):
            out = bz2.BZ2Decompressor().decompress(data, most + 1)
        else:
            out = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=2**26).decompress(data, most + 1)
    except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError):
        return None  # it only began like that
    if len(out) > most:
        raise Unread(f"what unpacks to more than {RATIO} times its size was not scanned")
    return out or None
