"""Bytes as text: UTF-8, UTF-16 (what PowerShell's encoded commands hold), or either of them compressed."""

from __future__ import annotations

import bz2
import lzma
import zlib
from typing import Final

from guardkit.decode.gate import LIMIT

__all__ = ["payload"]

_BOMS: Final = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"))
_ZLIB: Final = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")  # RFC 1950, by level


def payload(data: bytes | None) -> str | None:
    """The text that the bytes are, without NUL and at most `LIMIT` bytes long, compressed or not; or None."""
    if not data or len(data) > LIMIT:
        return None
    inflated = _inflated(data)
    return _text(data if inflated is None else inflated)


def _text(data: bytes) -> str | None:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], name)
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
    """What was compressed by gzip, zlib, bzip2 or xz, as far as `LIMIT` bytes: a bomb does not go off."""
    try:
        if data.startswith((b"\x1f\x8b", *_ZLIB)):
            return zlib.decompressobj(wbits=47).decompress(data, LIMIT) or None  # 47: either header
        if data.startswith(b"BZh"):
            return bz2.BZ2Decompressor().decompress(data, LIMIT) or None
        if data.startswith(b"\xfd7zXZ\0"):
            return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=2**26).decompress(data, LIMIT) or None
    except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError):
        return None  # it only began like that
    return None
