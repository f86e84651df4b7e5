"""What a base64 holds: text, or binary content that no guard can read.

Its name is not asked, its bytes are: text is whatever can be read as such, or is declared to be, and a string that is
short, or that reads like words as it stands, is text itself, though base64 could be written so.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Attachment", "attached", "declared", "decoded", "is_printable", "is_text"]

LEAST = 16  # characters of base64
SHORT = 512  # characters that are read as they stand, too: what they hold is less than what they could say
ALPHABETS = (re.compile(r"[A-Za-z0-9+/]+={0,2}"), re.compile(r"[A-Za-z0-9_-]+={0,2}"))
FOLDED = re.compile(r"(?:[A-Za-z0-9+/]{60,80}\r?\n)+[A-Za-z0-9+/]{0,80}={0,2}\s{0,2}")  # as in mail
URL = re.compile(r"data:((?:[\w.+-]{1,32}/[\w.+-]{1,96})?(?:;[\w.+-]{1,32}=[\w.+-]{1,64}){0,4});base64,", re.I)
NAMED = frozenset({
    "data", "file_data", "blob", "b64_json", "partial_image_b64", "result", "signature", "base64", "encrypted_content",
    "encrypted_reasoning",
})  # fmt: skip
"""Names under which also a short base64 is one."""

# What says that something is text: a content type, or the name of a file.
TYPES = ("media_type", "mimeType", "mime_type", "format")
FILES = ("filename", "file_name", "name", "title", "uri")
TEXTUAL = re.compile(
    r"text/|application/(?:[\w.+-]+\+)?(?:json|xml|yaml|x-yaml|javascript|sql|toml|x-ndjson|jsonl)", re.I
)
SUFFIX = re.compile(
    r"\.(?:txt|text|md|markdown|rst|csv|tsv|json|jsonl|ndjson|xml|html?|ya?ml|toml|ini|cfg|conf|log|eml|srt|vtt|tex|sql|"
    r"py|js|ts|java|c|h|cc|cpp|cs|go|rs|rb|php|sh|css)$",
    re.I,
)
MAGIC = re.compile(
    rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|RIFF....(?:WEBP|WAVE|AVI )|BM.{4}\x00{4}|II\*\x00|MM\x00\*|%PDF-|PK\x03\x04"
    rb"|\x1f\x8b|OggS|fLaC|ID3|\xff[\xfb\xf3\xf2\xf1\xf9]|....ftyp|\x1a\x45\xdf\xa3|\x00\x00\x01\x00|\xd0\xcf\x11\xe0",
    re.S,
)
UNPRINTABLE = bytes(byte for byte in range(256) if not (32 <= byte < 127 or byte in b"\t\n\r\f"))
RUN = re.compile(rb"[\t\n\r\x20-\x7e]{24,}")
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
WORDS = re.compile(r"(?:[a-z_-]{2,}[A-Z0-9]?){4,}")
AROUND = 64  # characters around such that are read with them


@dataclass(frozen=True, slots=True)
class Attachment:
    """`text` is what is held, `raw` what the string itself says. Both empty: binary content."""

    text: str = field(default="", repr=False)
    raw: str = field(default="", repr=False)
    head: str = field(default="", repr=False)  # what its address says before the base64


def attached(string: str, key: str = "", beside: Mapping[Any, Any] | None = None) -> Attachment | None:
    """What a string under this key holds; None where it is no base64, and so nothing but text.

    `beside` is the mapping that it stands in, which may say what it is.
    """
    if len(string) < LEAST:
        return None
    head = URL.match(string)
    if head is None and len(string) < SHORT and key not in NAMED:
        return None
    body = string[head.end() :] if head is not None else string
    content = _bytes(body)
    if content is None:
        return None
    kind = head.group(1) if head is not None else ""
    text = decoded(content, textual=TEXTUAL.match(kind) is not None or declared(beside or {}))
    if text and is_printable(text):
        return Attachment(text, head=kind)
    raw = string if len(body) < SHORT else "\n".join(_words(body))
    return Attachment(text, raw, kind)


def declared(beside: Mapping[Any, Any]) -> bool:
    """Whether an attachment beside these entries is said to be text."""
    kinds = (beside.get(name) for name in TYPES)
    files = (beside.get(name) for name in FILES)
    return any(isinstance(kind, str) and TEXTUAL.match(kind) for kind in kinds) or any(
        isinstance(file, str) and SUFFIX.search(file[-16:]) for file in files
    )


def decoded(content: bytes, *, textual: bool = False) -> str:
    """The text that these bytes are; of binary content the runs of it that can be read, mostly none.

    What is said to be text is read in any case, what is no character of it replaced.
    """
    encoding = _encoding(content)
    if encoding is not None or textual:
        return content.decode(encoding or "utf-8", "replace")
    return "" if MAGIC.match(content) else "\n".join(run.decode("ascii") for run in RUN.findall(content))


def is_text(content: bytes) -> bool:
    """Whether what begins with these bytes is text in some encoding."""
    return _encoding(content) is not None


def is_printable(text: str) -> bool:
    """Whether this was text before it was bytes: nearly all of it can be printed."""
    begin = text[:4096]
    return sum((each.isprintable() and each != "\ufffd") or each.isspace() for each in begin) >= 0.9 * len(begin)


def _bytes(text: str) -> bytes | None:
    """The bytes of a strict base64."""
    if not any(alphabet.fullmatch(text) for alphabet in ALPHABETS):
        if not FOLDED.fullmatch(text):
            return None
        text = "".join(text.split())
    body = text.rstrip("=").translate({45: 43, 95: 47})
    try:
        return base64.b64decode(body + "=" * (-len(body) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _encoding(content: bytes) -> str | None:
    """The encoding of a text, of which the end may be missing; None for binary content."""
    marked = next((name for begin, name in MARKS if content.startswith(begin)), None)
    for name in (marked, _wide(content)):
        if name is not None and is_printable(content.decode(name, "replace")):
            return name
    try:
        if "\x00" not in codecs.getincrementaldecoder("utf-8")().decode(content):
            return "utf-8"
    except UnicodeDecodeError:
        pass
    share = len(content.translate(None, UNPRINTABLE)) / max(len(content), 1)
    return "utf-8" if share >= (0.95 if MAGIC.match(content) else 0.7) else None


def _wide(content: bytes) -> str | None:
    """The encoding of two bytes a character in which this seems to be, as every second byte is zero."""
    begin = content[:1024]
    even, odd = begin[::2].count(0), begin[1::2].count(0)
    half = len(begin) // 2
    if half >= 4 and max(even, odd) >= 0.7 * half and min(even, odd) <= 0.1 * half:
        return "utf-16-be" if even > odd else "utf-16-le"
    return None


def _words(text: str) -> Iterator[str]:
    """The parts of a long base64 that consist of small letters, as words do: four of ten characters are, in others."""
    over = 0
    for match in WORDS.finditer(text):
        found = match.group()
        small = sum(each.islower() or each in "_-" for each in found)
        if len(found) >= 32 and small >= 0.8 * len(found) and len(set(found.lower())) >= 8 and match.end() > over:
            over = match.end() + AROUND
            yield text[max(0, match.start() - AROUND) : over]
