"""Control characters and terminal escapes: what a reader of the terminal would see."""

from __future__ import annotations

import re

import numpy as np

from guardkit.normalize.buffer import Buffer, Mask
from guardkit.normalize.tables import Kind

__all__ = ["escapes", "erase", "strip"]

# Longer runs do not correct a typing error: Giskard appends a thousand, which would erase the whole prompt.
LONGEST_ERASURE = 16

# ECMA-48 CSI (colours, cursor), OSC (hyperlinks, titles) up to its terminator, and two-character escapes.
_BODY = (
    r"(?:\[[0-9;:?<=>]{0,64}[ -/]{0,4}[@-~]"
    r"|\][^\x07\x1b\\]{0,2048}(?:\x07|\x1b\\|\\x07|\\x1b\\\\|\\a)|[()][0-9A-B]|[78=>cDEHMNOZ])"
)
_RAW = re.compile(r"(?:\x1b" + _BODY + r"|\x9b[0-9;:?<=>]{0,64}[ -/]{0,4}[@-~])")
# The same, spelled out as text; only the unmistakable ones, because this occurs in source code too.
_SPELLED = re.compile(
    r"\\(?:x1[bB]|033|e|u001[bB])(?:\[[0-9;:?]{0,64}[A-Za-z]|\][^\x07\\]{0,2048}(?:\\x07|\\a|\\x1b\\\\|\x07))"
)
# What is left when only the escape character itself was lost on the way; `rate(hits[5m])` is Prometheus.
_BRACKETED = re.compile(r"\[[0-9]{1,3}(?:;[0-9]{1,3}){0,8}m(?!\])")


def escapes(buffer: Buffer) -> tuple[Buffer, int]:
    """The buffer without ANSI escape sequences, raw or spelled out, and how many there were."""
    text = buffer.text
    if not ("\x1b" in text or "\x9b" in text or "\\" in text or "[" in text):
        return buffer, 0
    keep = np.ones(len(buffer), np.bool_)
    count = 0
    for present, pattern in (("\x1b", _RAW), ("\x9b", _RAW), ("\\", _SPELLED), ("m", _BRACKETED)):
        if present in text and (present != "m" or "[" in text):
            for match in pattern.finditer(text):
                keep[match.start() : match.end()] = False
                count += 1
    return (buffer.keep(keep), count) if count else (buffer, 0)


def erase(buffer: Buffer) -> Buffer:
    """The buffer with backspaces and deletes applied, each taking the character before it, never across a line."""
    if "\b" not in buffer.text and "\x7f" not in buffer.text:
        return buffer
    is_erase = (buffer.codes == 8) | (buffer.codes == 0x7F)
    keep: Mask = ~is_erase
    stack: list[int] = []
    codes = buffer.codes.tolist()
    at, size = 0, len(codes)
    while at < size:
        if not is_erase[at]:
            if codes[at] in (10, 13):
                stack.clear()
            else:
                stack.append(at)
            at += 1
            continue
        start = at
        while at < size and is_erase[at]:
            at += 1
        if at - start <= LONGEST_ERASURE:
            for _ in range(min(at - start, len(stack))):
                keep[stack.pop()] = False
    return buffer.keep(keep)


def strip(buffer: Buffer) -> Buffer:
    """The buffer without control characters; a carriage return on its own becomes a newline."""
    if "\r" in buffer.text:
        codes = buffer.codes
        lone = codes == 13
        lone[:-1] &= codes[1:] != 10
        buffer = buffer.recode(np.where(lone, np.uint32(10), codes))
    return buffer.keep(buffer.kinds != Kind.CONTROL) if Kind.CONTROL in buffer.present else buffer
