"""Bytes as text: UTF-8, UTF-16 (what PowerShell's encoded commands hold), UTF-32, or any of them compressed."""

from __future__ import annotations

import bz2
import lzma
import re
import zlib
from typing import Final

from guardkit.decode import radix
from guardkit.decode.gate import LIMIT, textual
from guardkit.decode.protocol import Unread

__all__ = ["encoded", "payload"]

SMALL: Final = 8_192  # bytes that any archive may unpack to
RATIO: Final = 12  # of the unpacked to the packed size; prose has 2 to 4. A check takes time by the former
FEWEST: Final = 16  # bytes of a stream without a header, which any may begin
_BOMS: Final = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"))
_GZIP: Final = (b"\x1f\x8b", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")  # RFC 1950's by level
_BZIP2: Final = b"BZh"
_XZ: Final = b"\xfd7zXZ\0"
_PACKED: Final = (*_GZIP, _BZIP2, _XZ)
_LETTERS: Final = re.compile(r"[0-9A-Za-z+/_-]{24,}+={0,6}")
_MARKS: Final = tuple(bom for bom, _ in _BOMS)


def payload(data: bytes | None) -> str | None:
    """The text that the bytes are, without NUL, compressed or not; None if they are none, or more than `LIMIT`.

    Raises `Unread` for what unpacks to far more than its size.
    """
    if not data or len(data) > LIMIT:
        return None
    if data.startswith(_PACKED):
        data = _inflated(data) or data
    text = _text(data)
    if text is None and len(data) >= FEWEST and (inflated := _deflated(data)):
        return _text(inflated)
    return text


def encoded(text: str) -> bool:
    """Whether a text is itself an encoding, in the commonest ones, of bytes that are text: the next round reads it."""
    if not _LETTERS.fullmatch(text):
        return False
    readings = (payload(decode(text)) for decode in (radix.base16, radix.base32, radix.base64_))
    return any(said is not None and textual(said) for said in readings)


def _text(data: bytes) -> str | None:
    if data.startswith(_MARKS):
        return next(_strict(data[len(bom) :], name) for bom, name in _BOMS if data.startswith(bom))
    if 0 in data[:4096]:
        return _wide(data)
    return _strict(data, "utf-8")


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: every other byte of Latin text is NUL, or three of four."""
    if len(data) % 2 or len(data) < 8:
        return None
    for size, place, name in ((4, 0, "utf-32-le"), (4, 3, "utf-32-be"), (2, 0, "utf-16-le"), (2, 1, "utf-16-be")):
        places = [data[at::size].count(0) for at in range(size) if at != place]
        if len(data) % size == 0 and min(places) >= 0.8 * len(data) / size:
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
    return _bounded(out, most)


def _deflated(data: bytes) -> bytes | None:
    """What a deflate stream without a header holds, if the bytes are one and nothing else."""
    most = max(SMALL, RATIO * len(data))
    stream = zlib.decompressobj(wbits=-15)
    try:
        out = stream.decompress(data, most + 1)
    except zlib.error:
        return None
    return _bounded(out, most) if len(out) > most or stream.eof and not stream.unused_data else None


def _bounded(out: bytes, most: int) -> bytes | None:
    if len(out) > most:
        raise Unread(f"what unpacks to more than {RATIO} times its size was not scanned")
    return out or None
