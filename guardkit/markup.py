"""What of a text is JSON's, HTML's or Markdown's structure and not part of a sentence, so that redaction leaves it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

__all__ = ["Span", "bodies", "masked", "trimmed"]

Span = tuple[int, int]

# One token of JSON, or of what Python prints of the same data. A string that is not over yet is one: texts are cut.
_TOKEN = re.compile(
    r"""\s*+(?:[{}\[\]:,()]|(?:"(?P<double>(?:[^"\\\n]|\\.)*+)(?:"|\\?\Z)|'(?P<single>(?:[^'\\\n]|\\.)*+)(?:'|\\?\Z))"""
    r"""|[-+]?\d[\d.eE+-]*+|true|false|null|True|False|None|\Z)""",
    re.S,
)
_ESCAPE = re.compile(r"\\(.)", re.S)
_BREAKS = {
    "n": "\n\n",
    "r": "\n\n",
    "t": "  ",
    '"': '""',
    "'": "''",
}  # what an escape is to a sentence, in two characters

# A tag whose attributes have values; words that could be read are no attributes without one.
_TAG = re.compile(
    r"""<(?:!--|!doctype[^<>]*+>|/(?P<end>[a-z][\w:-]*+)\s*+>|\?[^<>]*+>|(?P<start>[a-z][\w:-]*+)"""
    r"""(?:\s++(?:[\w:@.-]++\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>]++)|async|checked|controls|defer|disabled|hidden"""
    r"""|open|readonly|required|selected))*+\s*+/?+>)|-->""",
    re.I,
)
_VALUE = re.compile(r"""=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_PROSE = re.compile(r"\S\s+\S")
# Tags within a sentence; all others end one.
_INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup "
    "time tt u var wbr".split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())

_LEAD = re.compile(r"^[ \t]*+(?:(?:[-*+]|\d{1,3}[.)]|#{1,6}|>)[ \t]++)++(?:\[[ xX]\][ \t]++)?", re.M)
_ROW = re.compile(r"^[ \t]*+\|.*\|[ \t]*$", re.M)


def masked(text: str) -> str:
    """The text with blanks and line breaks for what is structure: as long, and its sentences are those of the text."""
    strings = _strings(text)
    if strings is not None:
        mask = ["\n"] * len(text)
        for low, high in strings:
            body = _ESCAPE.sub(lambda found: _BREAKS.get(found[1], found[0]), text[low:high])
            mask[low:high] = body
        return "".join(mask)
    mask = list(text)
    for match in _tags(text):
        name = (match["start"] or match["end"] or "").lower()
        blank = " " if name in _INLINE else "\n"
        mask[match.start() : match.end()] = blank * (match.end() - match.start())
        for value in _VALUE.finditer(text, match.start(), match.end()):
            low, high = value.span(value.lastindex or 0)
            if _PROSE.search(text, low, high):
                mask[low:high] = text[low:high]
                mask[low - 1] = "\n"
                mask[high] = "\n"
    for match in (*_LEAD.finditer(text), *_ROW.finditer(text)):
        for at in range(*match.span()):
            if mask[at] == "|" or (match.re is _LEAD and not mask[at].isspace()):
                mask[at] = "\n" if mask[at] == "|" else " "
    return "".join(mask)


def bodies(text: str, start: int, end: int) -> list[Span]:
    """What of a sentence, start..end, can be taken out: all but the tags whose other half is elsewhere."""
    kept = _halves([match for match in _tags(text) if start <= match.start() and match.end() <= end])
    borders = [start, *(border for match in kept for border in match.span()), end]
    spans = [(low, high) for number, (low, high) in enumerate(pairwise(borders)) if number % 2 == 0]
    return [(low, high) for low, high in spans if text[low:high].strip()]


def trimmed(mask: str, start: int, end: int) -> Span:
    """The range without the blanks around it; empty where there is nothing else."""
    part = mask[start:end]
    low = start + len(part) - len(part.lstrip())
    return low, max(low, start + len(part.rstrip()))


def _strings(text: str) -> list[Span] | None:
    """The insides of the strings of a text that is JSON, or the beginning of it; None for any other."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    found: list[Span] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.end() == at:
            return None
        if match.lastgroup is not None:
            found.append(match.span(match.lastgroup))
        at = match.end()
    return found


def _tags(text: str) -> Iterator[re.Match[str]]:
    return _TAG.finditer(text) if "<" in text or "-->" in text else iter(())


def _halves(tags: list[re.Match[str]]) -> list[re.Match[str]]:
    """Those of the tags, in order, that do not stand in a pair among them."""
    open_: list[re.Match[str]] = []
    single: list[re.Match[str]] = []
    for tag in tags:
        start, end = (tag["start"] or "").lower(), (tag["end"] or "").lower()
        if start in _VOID or tag[0].endswith("/>"):
            continue
        if end and open_ and (open_[-1]["start"] or "").lower() == end:
            open_.pop()
        elif start:
            open_.append(tag)
        else:
            single.append(tag)
    return sorted((*open_, *single), key=lambda tag: tag.start())
