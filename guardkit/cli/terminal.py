"""Checked text on a terminal: it may hold escape sequences, which must be seen and never obeyed."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from guardkit.evidence import Span, evidence, excerpts

__all__ = ["evidence", "excerpts", "highlighted", "quoted", "visible"]


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
