"""Checked text on a terminal: it may hold escape sequences, which must be seen and never obeyed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text

from guardkit.verdict import Finding

__all__ = ["evidence", "excerpts", "highlighted", "quoted", "visible"]

WHOLE = 1_600  # characters of a text that is shown in full
CONTEXT = 160  # characters shown on each side of evidence in longer texts
PASSAGES = 12  # passages shown of a longer text
SPANS = 200  # pieces of evidence considered for highlighting

Span = tuple[int, int]


def visible(text: str, keep: str = "\n") -> str:
    r"""The text with every character that is not printable written as an escape such as \x1b or \u202e.

    That covers controls, bidirectional and other format characters, surrogates, private use and odd spaces.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in keep else c.encode("unicode_escape").decode("ascii") for c in text)


def quoted(text: str, most: int) -> str:
    """At most `most` characters of the text as one line."""
    return visible(" ".join(text[:most].split()), keep="") + ("…" if len(text) > most else "")


def evidence(findings: Iterable[Finding], size: int) -> list[Span]:
    """The accusing spans of a text, ascending and apart; of nested ones the innermost, which says most."""
    accusing = sorted((f for f in findings if f.score > 0), key=lambda f: -f.score)[:SPANS]
    spans = {(max(f.span[0], 0), min(f.span[1], size)) for f in accusing}
    inner = [a for a in spans if a[0] < a[1] and not any(a[0] <= b[0] and b[1] <= a[1] and a != b for b in spans)]
    return _merged(inner)


def excerpts(size: int, spans: Sequence[Span]) -> list[Span]:
    """The parts of a text to show: all of a short one, else what is around the evidence, else its beginning."""
    if size <= WHOLE:
        return [(0, size)]
    around: list[Span] = []
    for start, end in spans[:PASSAGES] or [(0, CONTEXT)]:
        ends = [(start, end)] if end - start <= 2 * CONTEXT else [(start, start), (end, end)]
        around += [(max(low - CONTEXT, 0), min(high + CONTEXT, size)) for low, high in ends]
    return _merged(around)


def highlighted(text: str, spans: Sequence[Span], *, marks: bool) -> Text:
    """The text, or excerpts of it, with the spans set off: by style, or by >> and << where there are no styles."""
    out = Text()
    at = 0
    for low, high in excerpts(len(text), spans):
        _gap(out, low - at)
        for start, end in spans:
            start, end = max(start, low), min(end, high)
            if start < end:
                out.append(visible(text[max(at, low) : start]))
                body = visible(text[start:end])
                out.append(f">>{body}<<" if marks else body, "bold reverse")
                at = end
        out.append(visible(text[max(at, low) : high]))
        at = high
    _gap(out, len(text) - at)
    return out


def _gap(out: Text, size: int) -> None:
    if size > 0:
        out.append(f" [… {size:,} characters …] ", "dim")


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Overlapping and touching spans as one each, ascending."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out
