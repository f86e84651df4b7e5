"""Text moved as a whole to where no alphabet is (private use, high planes, C1 controls), or turned upside down."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from guardkit.decode.language import fitness, readable
from guardkit.normalize.buffer import Buffer, Mask
from guardkit.normalize.smuggling import Payload, printable
from guardkit.normalize.tables import Codes, Kind
from guardkit.view import View

__all__ = ["payloads", "upright"]

SHORTEST = 8  # characters: fewer say nothing about the distance
PRINTABLE = range(32, 127)
BLOCK = 0x80
HIGH = 0x2E80  # beyond the alphabets
_C1 = re.compile(r"[\x80-\x9f]")
_ESCAPED = re.compile(r"=([\s\S])")
SAMPLE = 400  # characters that decide

_TURNED = dict(
    zip(
        "ɐqɔpǝɟƃɓɥᴉıɾſʞlןʅɯuodbɹsʇnʌʍxʎz∀𐐒ƆᗡƎℲ⅁פHIſ⋊˥⅂WNOԀΌᴚS┴⊥∩ΛMX⅄Z69¿¡˙,„؛‾",
        "abcdefgghiijjklllmnopqrstuvwxyzABCDEFGGHIJKLLMNOPQRSTTUVWXYZ96?!.',;_",
        strict=True,
    )
)
_TELLING = frozenset("ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ")


def payloads(buffer: Buffer) -> Iterator[Payload]:
    """What was moved by one distance, and yEnc."""
    yield from _far(buffer)
    yield from _yenc(buffer.text)


def _yenc(text: str) -> Iterator[Payload]:
    """Bytes plus 42 as Latin-1: letters become C1 controls, which occur nowhere else in such numbers.

    yEnc draft 1.3 (Helbing 2002): `=` escapes the byte after it, which has 64 added once more.
    """
    controls = list(_C1.finditer(text))
    if len(controls) < SHORTEST // 2:
        return
    start = max(text.rfind(mark, 0, controls[0].start()) for mark in " \n") + 1
    ends = [at for mark in " \n" if (at := text.find(mark, controls[-1].end())) >= 0]
    end = min(ends, default=len(text))
    if end - start < SHORTEST:
        return
    body = _ESCAPED.sub(lambda found: chr((ord(found[1]) - 64) % 256) if found[1] < "\u0100" else "", text[start:end])
    if max(body, default="") > "\xff":
        return
    decoded = bytes((ord(char) - 42) % 256 for char in body).decode("utf-8", "replace")
    if printable(decoded) and readable(decoded):
        yield "yenc", decoded, start, end


def _far(buffer: Buffer) -> Iterator[Payload]:
    """The text that four in five characters spell when moved down by one distance."""
    codes, kinds = buffer.codes, buffer.kinds
    if codes.max(initial=0) < HIGH:
        return
    high = (codes >= HIGH) & (kinds != Kind.TAG) & (kinds != Kind.SELECTOR)
    count = int(high.sum())
    if count < SHORTEST or count < 0.8 * int((codes > 32).sum()):
        return
    moved = codes[high]
    lowest, highest = int(moved.min()), int(moved.max())
    if highest - lowest >= len(PRINTABLE) or 0x3040 <= lowest < 0x3100:  # kana are an alphabet
        return
    distances = range(highest - PRINTABLE[-1], lowest - PRINTABLE[0] + 1)
    blocks = [distance for distance in distances if distance % BLOCK == 0]
    place = np.flatnonzero(high)
    sample = codes[:SAMPLE], high[:SAMPLE]
    for candidates in (blocks, distances):
        best = max(candidates, key=lambda by: fitness(_moved(*sample, by)), default=0)
        text = _moved(codes, high, best) if best and readable(_moved(*sample, best)) else ""
        if printable(text):
            yield "shifted", text, int(place[0]), int(place[-1]) + 1
            return


def _moved(codes: Codes, high: Mask, by: int) -> str:
    """The text with its high code points moved down by a distance."""
    moved = np.where(high, codes - np.uint32(by), codes)
    return moved.astype(np.uint32).tobytes().decode("utf-32-le", "replace")


def upright(view: View) -> View | None:
    """The view turned around and every letter with it, if that makes upside-down text legible."""
    if sum(map(view.text.count, _TELLING)) < SHORTEST // 2:
        return None
    turned = "".join(_TURNED.get(char, char) for char in view.text)
    if not readable(turned[::-1]) and not readable(turned):
        return None
    replaced = view.splice(
        "upside_down", [(at, at + 1, _TURNED[char]) for at, char in enumerate(view.text) if char in _TURNED]
    )
    if fitness(turned[::-1]) < fitness(turned):
        return replaced
    reversed_view = replaced.pick("upside_down", range(len(replaced) - 1, -1, -1))
    return View(reversed_view.text, replaced.chain, reversed_view.starts, reversed_view.ends, replaced.share)
