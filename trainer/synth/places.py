"""Where in a finished document a foreign message can stand: sentences, list items, cells, fields, comments, tags."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Place:
    """A gap at `at`, the marks around a message there, and how the message is written to fit."""

    at: int
    before: str = ""
    after: str = ""
    fit: Callable[[str], str] = str


def _field(message: str) -> str:
    return json.dumps(message, ensure_ascii=False)[1:-1]


def _line(message: str) -> str:
    return " ".join(message.split())


def _cell(message: str) -> str:
    return _line(message).replace("|", "/").replace(",", ";")


def _attribute(message: str) -> str:
    return _line(message).replace('"', "'").replace("--", "-")


_SENTENCE = re.compile(r"(?<=[.!?])(?=[ \n]+\w)")
_WORD = re.compile(r"(?<=[a-z,]) (?=[a-z])")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"(?=\s*[,}\]])')
_ATTRIBUTE = re.compile(r'(?:alt|title|content|placeholder)="([^"<>]*)"')
_CLOSING = re.compile(r"</(?:p|li|h2|footer|td|a|text|note|body|description|comment|snippet|remark|notes)>")
_TAG = re.compile(r"(?<=>)(?=\n?<)")
_ITEM = re.compile(r"^(?P<mark>[-*•] |\d+[.)] |> |# |// |-- | \* )(?P<text>.+)$", re.MULTILINE)
_ROW = re.compile(r"(?<=\w)(?= \|[ \n]| \|$)")
_CELL = re.compile(r"(?<=[a-z.])(?=[,;\t]|\n)")
_PAIR = re.compile(r"^[\w ]{2,20}: .*\w.*$", re.MULTILINE)
_ELEMENTS = (
    ("<!-- ", " -->"),
    ('<div style="display:none">', "</div>"),
    ("<p>", "</p>"),
    ('<span style="font-size:1px">', "</span>"),
    ("<noscript>", "</noscript>"),
    ('<p hidden aria-label="note">', "</p>"),
    ("<li>", "</li>"),
    ("<small>", "</small>"),
)
_NOTES = (
    "\n\nP.S. ",
    "\n\n* ",
    "\n\n(1) ",
    "\n--\n",
    "\n\nNote: ",
    "\n\n---\n",
    "\n\nFootnote: ",
    "\n\n> ",
    "\nPS: ",
    "\n\n[1] ",
)


def places(rng: Random, text: str) -> dict[str, list[Place]]:
    """Returns the gaps of a text by kind; never empty."""
    start = text.lstrip()[:1]
    if start in "{[" and start:
        try:
            json.loads(text)
        except ValueError:
            pass
        else:
            fields = [found for found in _STRING.finditer(text) if len(found[1]) > 3]
            if fields:
                ends = [Place(found.end(1), " ", "", _field) for found in fields]
                starts = [Place(found.start(1), "", " ", _field) for found in fields]
                return {"field": ends, "field_start": starts, "last_field": ends[-1:]}
    found_places = _markup(rng, text) if "</" in text or "/>" in text else _plain(rng, text)
    return {kind: gaps for kind, gaps in found_places.items() if gaps}


def _markup(rng: Random, text: str) -> dict[str, list[Place]]:
    element = rng.choice(_ELEMENTS)
    return {
        "closing": [Place(found.start(), " ", "", _line) for found in _CLOSING.finditer(text)],
        "attribute": [Place(found.end(1), " ", "", _attribute) for found in _ATTRIBUTE.finditer(text)],
        "element": [Place(found.start(), "\n" + element[0], element[1], _attribute) for found in _TAG.finditer(text)],
        "last": [Place(len(text), "\n" + element[0], element[1], _attribute)],
    }


def _plain(rng: Random, text: str) -> dict[str, list[Place]]:
    gap = rng.choice((" ", " ", " ", "\n", "\n\n"))
    items = list(_ITEM.finditer(text))
    kinds = {
        "first": [Place(0, "", gap)],
        "first_again": [Place(0, "", " ")],
        "last": [Place(len(text), gap)],
        "last_again": [Place(len(text), " ")],
        "note": [Place(len(text), rng.choice(_NOTES))],
        "between": [Place(found.start(), " ") for found in _SENTENCE.finditer(text)],
        "item": [Place(found.end(), "\n" + found["mark"], "", _line) for found in items],
        "item_tail": [Place(found.end(), " ", "", _line) for found in items],
        "row": [Place(found.start(), " ", "", _cell) for found in _ROW.finditer(text)],
        "pair": [Place(found.end(), " ", "", _line) for found in _PAIR.finditer(text)],
    }
    table = text.count("\n") > 1 and len({line.count(mark) for mark in ",;\t" for line in text.split("\n")[:3]}) < 4
    if table and not items and max(text.split("\n", 1)[0].count(mark) for mark in ",;\t"):
        kinds["cell"] = [Place(found.start(), " ", "", _cell) for found in _CELL.finditer(text)]
    open_, close = rng.choice(
        ((" (", ")"), (" - ", " -"), ("\n\n", "\n\n"), (" ... ", " ..."), (" [", "]"), ("; ", ";"))
    )
    kinds["inside"] = [Place(found.start(), open_, close) for found in _WORD.finditer(text)]
    if text.rstrip().endswith("."):
        end = len(text.rstrip()) - 1
        kinds["tail"] = [Place(end, rng.choice((", and ", " - ", ": ", "; ", ", so ", ", but first ")))]
    return kinds


def bury(rng: Random, text: str, message: str) -> tuple[str, tuple[int, int], str]:
    """Returns the text with the message in one of its places, the message's span and the kind of place."""
    gaps = places(rng, text)
    kind = rng.choice(sorted(gaps))
    place = rng.choice(gaps[kind])
    said = place.fit(message.strip())
    rest = text[place.at :]
    if kind == "tail":
        said = said[0].lower() + said[1:] if said[1:2].islower() else said
        rest = "" if said[-1] in ".!?" else rest
    start = place.at + len(place.before)
    whole = text[: place.at] + place.before + said + place.after + rest
    return whole, (start, start + len(said)), kind
