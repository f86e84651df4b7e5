"""Bytes written in large alphabets: base2048 (11 bits a character) and Ecoji (10 bits an emoji).

They are read before anything is folded, because their alphabets mix scripts on purpose. The tables come from the
packages `base2048` and `ecoji` at development time (`guardkit.trainer.bigbase`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from guardkit.decode.language import readable
from guardkit.normalize.smuggling import Payload, printable

__all__ = ["payloads"]

TABLES = Path(__file__).with_name("bigbase.npz")
SHORTEST = 8  # characters: 11 bytes of base2048, 10 of Ecoji
_RUN = re.compile(r"[^\x00-\x7f]{8,}+")  # SHORTEST


@cache
def _tables() -> tuple[dict[str, int], dict[str, int], dict[str, int], dict[str, int]]:
    """base2048's digits and tail digits; Ecoji's digits; its paddings with the bytes that a last group then holds."""
    with np.load(TABLES) as arrays:
        digits, tail, emojis, padding = (
            {chr(code): number for number, code in enumerate(arrays[name].tolist())}
            for name in ("base2048", "tail", "ecoji", "padding")
        )
    return digits, tail, emojis, padding


def payloads(text: str) -> Iterator[Payload]:
    """The texts that runs of such characters spell."""
    for run in _RUN.finditer(text):
        for technique, decode in (("ecoji", _ecoji), ("base2048", _base2048)):
            data = decode(run[0])
            if data is None:
                continue
            try:
                decoded = data.decode()
            except UnicodeDecodeError:
                continue
            if printable(decoded) and readable(decoded):
                yield technique, decoded, run.start(), run.end()
                break


def _base2048(run: str) -> bytes | None:
    """LLFourn's variant: the last digit holds what is left of the last byte, in 8 digits of its own if 3 bits do."""
    digits, tail, _, _ = _tables()
    body, last = run[:-1], run[-1]
    left = -11 * len(body) % 8  # bits that the byte begun still lacks
    if last in tail:
        number = tail[last]
    elif last in digits:
        number, left = digits[last], left if left > 3 else left + 8
    else:
        return None
    if not left or number >> left or not all(map(digits.__contains__, body)):
        return None
    bits = "".join([f"{digits[char]:011b}" for char in body]) + f"{number:0{left}b}"
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def _ecoji(run: str) -> bytes | None:
    """Ecoji v1: four emojis are five bytes; the last group may be padded."""
    _, _, emojis, padding = _tables()
    if len(run) % 4:
        return None
    out = bytearray()
    for start in range(0, len(run), 4):
        group = run[start : start + 4]
        kept = 5
        bits = 0
        for place, char in enumerate(group):
            if char in emojis:
                digit = emojis[char]
            elif char in padding and start + 4 == len(run):
                mark = padding[char]  # 0: nothing stands here; 1..4: the fourth place, with its two bits
                kept = min(kept, (0, 1, 2, 3)[place] if mark == 0 else 4)
                digit = 0 if mark == 0 else mark - 1 << 8
            else:
                return None
            bits = bits << 10 | digit
        out += bits.to_bytes(5, "big")[:kept]
    return bytes(out)
