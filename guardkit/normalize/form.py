"""The legible form of a text, what was hidden in it, and what that says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from guardkit.normalize import (
    bidi,
    bigbase,
    compat,
    confusables,
    controls,
    invisible,
    marks,
    shapes,
    shifted,
    smuggling,
    stego,
    whitespace,
)
from guardkit.normalize.buffer import Buffer
from guardkit.normalize.signals import NOTHING, Signals
from guardkit.normalize.smuggling import Payload
from guardkit.normalize.tables import Kind
from guardkit.verdict import SNIPPET, Finding
from guardkit.view import View

__all__ = ["Normalized", "normalize"]

ROUNDS = 4  # a step can uncover work for an earlier one: an escape sequence spelled in fullwidth letters
CERTAIN = 0.8  # an alarm under the strict policy; under others the classifier judges what was hidden
TELLING_COUNT = 8  # variation selectors with no proper base, unless three stand in a row

# The few things in ASCII that are not legible as they are.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_ESCAPE = re.compile(r"\\(?:x1[bB]|033|e|u001[bB])[\[\]]|\[[0-9;]{1,32}m")
_UNUSUAL = re.compile(r"[^\x00-\x7f‘’“”–—]")  # what is not ASCII, but for signs that no step changes
_BLANKS = re.compile(r"[ \t]{24}")

_MESSAGES = {
    "tags": "text hidden in Unicode tag characters",
    "variation_selectors": "text hidden in variation selectors",
    "sneaky_bits": "text hidden as bits in invisible operators",
    "zero_width": "text hidden as bits in zero-width characters",
    "whitespace": "text hidden as bits in spaces and tabs",
    "shifted": "text moved to code points of no alphabet",
    "yenc": "text in yEnc, as control characters",
    "base2048": "text in base2048",
    "ecoji": "text in Ecoji",
}
_CERTAIN = frozenset(("tags", "sneaky_bits"))


@dataclass(frozen=True, slots=True)
class Normalized:
    """What `normalize` returns."""

    view: View  # the legible form; the given view itself when there was nothing to do
    others: tuple[View, ...] = ()  # hidden texts, and the text as drawn where that differs
    findings: tuple[Finding, ...] = ()
    signals: Signals = NOTHING


def normalize(view: View) -> Normalized:
    """The legible form of a view with an exact way back, everything smuggled in it, and counts of what was odd.

    Idempotent, linear in time, never raises, and never longer than the NFKC expansion of its characters.
    """
    text = view.text
    if text.isascii() or _UNUSUAL.search(text) is None:
        if _is_plain(text) and ("\t" not in text or _BLANKS.search(text) is None):
            return Normalized(view, signals=Signals(len(text)))
    raw, surrogates = _paired(Buffer.of(text))
    others, findings = _hidden(view, raw)
    buffer, counts, steps = _legible(raw)
    signals = Signals(
        characters=len(text), surrogates=surrogates, private=int((raw.kinds == Kind.PRIVATE).sum()), **counts
    )
    if surrogates:
        steps.insert(0, "surrogates")
    if not steps:
        return Normalized(view, others, findings, signals)
    return Normalized(buffer.view(view, "+".join(dict.fromkeys(steps))), others, findings, signals)


def _is_plain(text: str) -> bool:
    """Whether an ASCII text has nothing to be removed; Windows line ends are fine."""
    if not text.isprintable() and _CONTROL.search(text.replace("\r\n", "\n") if "\r" in text else text):
        return False
    return not (("\\" in text or "[" in text) and _ESCAPE.search(text))


def _paired(buffer: Buffer) -> tuple[Buffer, int]:
    """The buffer with pairs of surrogates as the character they stand for, lone ones as U+FFFD, and their number."""
    codes = buffer.codes
    if Kind.SURROGATE not in buffer.present:
        return buffer, 0
    surrogate = buffer.kinds == Kind.SURROGATE
    count = int(surrogate.sum())
    high, low = surrogate & (codes < 0xDC00), surrogate & (codes >= 0xDC00)
    first = high & np.append(low[1:], False)
    second = np.append(False, first[:-1])
    joined = 0x10000 + ((codes & 0x3FF) << 10) + (np.append(codes[1:], codes[:1]) & 0x3FF)
    ends = np.where(first, buffer.high + 1, buffer.high).astype(np.int32)
    codes = np.where(first, joined, np.where(surrogate, 0xFFFD, codes)).astype(np.uint32)
    return Buffer(codes, buffer.low, ends).keep(~second), count


def _step(name: str, buffer: Buffer) -> tuple[Buffer, dict[str, int]]:
    """One step by its name: the buffer after it, and the counts it adds to."""
    match name:
        case "ansi":
            buffer, ansi = controls.escapes(buffer)
            return buffer, {"ansi": ansi}
        case "controls":
            found = int((buffer.kinds == Kind.CONTROL).sum())
            return controls.strip(controls.erase(buffer)), {"controls": found}
        case "invisible":
            return invisible.remove(buffer)
        case "compatibility":
            buffer, folded = compat.fold(buffer)
            return buffer, {"compatibility": folded}
        case "marks":
            buffer, dropped = marks.settle(buffer)
            return buffer, {"marks": dropped}
        case "confusables":
            buffer, folded, mixed = confusables.fold(buffer)
            return buffer, {"confusables": folded, "mixed": mixed}
        case _:
            return whitespace.fold(buffer), {}


_UNSEEN = frozenset((Kind.INVISIBLE, Kind.JOINER, Kind.SELECTOR, Kind.TAG, Kind.BIDI))

# Each step and the kinds of code point that it has work for.
_STEPS: dict[str, frozenset[int]] = {
    "ansi": frozenset(
        (
            Kind.PLAIN,
            Kind.CONTROL,
        )
    ),
    "controls": frozenset(
        (
            Kind.CONTROL,
            Kind.PLAIN,
        )
    ),
    "invisible": frozenset(
        (
            Kind.INVISIBLE,
            Kind.JOINER,
            Kind.SELECTOR,
            Kind.TAG,
            Kind.BIDI,
        )
    ),
    "compatibility": frozenset(
        (
            Kind.COMPAT,
            Kind.WIDE,
            Kind.REGIONAL,
        )
    ),
    "marks": frozenset(
        (
            Kind.ORNAMENT,
            Kind.SPELLING,
        )
    ),
    "confusables": frozenset((Kind.PLAIN,)),
    "whitespace": frozenset(
        (
            Kind.SPACE,
            Kind.BREAK,
            Kind.PLAIN,
        )
    ),
}


def _legible(buffer: Buffer) -> tuple[Buffer, dict[str, int], list[str]]:
    """The buffer after all steps, until none changes it; the counts; the names of the steps that did something."""
    counts: dict[str, int] = {}
    steps: list[str] = []
    for _ in range(ROUNDS):
        before = buffer
        for name, work in _STEPS.items():
            if not (buffer.present & work):
                continue
            after, found = _step(name, buffer)
            if after is not buffer and not np.array_equal(after.codes, buffer.codes):
                buffer = after
                steps.append(name)
            for key, count in found.items():
                counts[key] = counts.get(key, 0) + count
        if buffer is before or (buffer.text.isascii() and _is_plain(buffer.text)):
            break
    return buffer, counts, steps


def _certain(name: str, raw: Buffer) -> bool:
    """Whether ordinary text is hardly ever hidden this way."""
    if name != "variation_selectors":
        return name in _CERTAIN
    stray = invisible.stray(raw)
    return int(stray.sum()) >= TELLING_COUNT or bool((stray[2:] & stray[1:-1] & stray[:-2]).any())


def _hidden(view: View, raw: Buffer) -> tuple[tuple[View, ...], tuple[Finding, ...]]:
    """The hidden texts and other readings of the raw buffer as views, and the findings they give."""
    others: list[View] = []
    findings: list[Finding] = []
    for name, text, start, end in _payloads(raw):
        start, end = int(raw.low[start]), int(raw.high[end - 1])
        hidden = view.become(name, text, start=start, end=end)
        others.append(hidden)
        score = CERTAIN if _certain(name, raw) else 0.0
        span = view.span(start, end)
        findings.append(Finding("invisible", "obfuscation", score, span, _MESSAGES[name], text[:SNIPPET], hidden.chain))
    place = stego.unread(raw) if not others and raw.present & _UNSEEN else None
    if place is not None:
        span = view.span(int(raw.low[place[0]]), int(raw.high[place[1] - 1]))
        findings.append(Finding("invisible", "obfuscation", CERTAIN, span, "a message in characters that draw nothing"))
    overridden = bidi.overridden(raw) if Kind.BIDI in raw.present else None
    if overridden is not None:
        order = bidi.displayed(raw)
        index = np.asarray(order, np.int64)
        drawn = Buffer(raw.codes[index], raw.low[index], raw.high[index])
        at = np.flatnonzero(overridden)
        span = view.span(int(raw.low[at[0]]), int(raw.high[at[-1]]))
        shown = drawn.view(view, "bidi")
        if not np.array_equal(drawn.codes, raw.codes[raw.kinds != Kind.BIDI]):
            others.append(shown)
        message = "Latin text under a direction override"
        findings.append(Finding("bidi", "obfuscation", CERTAIN, span, message, shown.text[:SNIPPET], shown.chain))
    others += _readings(view, raw)
    return tuple(others), tuple(findings)


def _payloads(raw: Buffer) -> Iterator[Payload]:
    if raw.present & _UNSEEN:
        yield from smuggling.payloads(raw)
    if raw.present & _UNSEEN or "\t" in raw.text:
        yield from stego.payloads(raw)
    yield from shifted.payloads(raw)
    yield from bigbase.payloads(raw.text)


def _readings(view: View, raw: Buffer) -> Iterator[View]:
    """Upside-down text the right way up, fancy letters as plain ones, and the text before its backspaces, which a model
    may well read.
    """
    upright = shifted.upright(view)
    if upright is not None:
        yield upright
    drawn = shapes.read(view)
    if drawn is not None:
        yield drawn
    erased = controls.erase(raw)
    if erased is not raw:
        kept = raw.keep(raw.kinds != Kind.CONTROL)
        if len(kept) != len(erased.keep(erased.kinds != Kind.CONTROL)):
            yield kept.view(view, "backspaces_kept")
