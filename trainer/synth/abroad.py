# ruff: noqa: E501 - tables and shapes read best with one group per line
"""Everyday documents of other languages: harmless ones full of orders to people, and the same with orders to a machine.

Notices, business and private mail, newsletters, invitations, minutes, house rules, product pages, steps and small tables
in twelve languages. Every language has the same rules (in `abroad_north`, `abroad_south`, `abroad_edges`, `abroad_east`):

- words: `name surname town shop month day weekday sum thing theme phrase`;
- around a text: `labels` of a mail head (from; to; subject; date), `subject greet close`, `columns` of a table;
- sentences for people: `notice act footer business request private news cta unsub invite minutes house product step note`,
  and what stands apart from them: `aside`, or `people` followed by a sentence;
- sentences for the machine: `hail` and `system` open them, `drop` overrides, `deed` is an order that needs such an opening,
  `bare` one that does not; `polite`, `task`, `why` and `hush` are whole sentences.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from .abroad_east import EAST
from .abroad_edges import EDGES
from .abroad_north import NORTH
from .abroad_south import SOUTH
from .grammar import Grammar, Writer
from .lures import lure
from .notices import NOTICE
from .pool import Pool
from .sample import Channel, Family, Sample, attack, benign
from .vocabulary import COMMON

_MARK = "\ue000"  # holds the place of the message until the document is written
_SPACES = re.compile(r" {2,}")
_BEFORE_MARK = re.compile(r" +(?=[,.;](?:\s|$))")
_SECOND_STOP = re.compile(r"(?<=[?!])\.(?!\.)|(?<=[^.]\.)\.(?!\.)")


def _cash(rng: Random) -> str:
    value = rng.randint(3, 10 ** rng.randint(2, 4))
    thousands = f"{value // 1000}.{value % 1000:03d}" if value >= 1000 and rng.random() < 0.6 else str(value)
    return thousands + rng.choice((f",{rng.randint(0, 99):02d}", ",00", ",90", "", ""))


def _ref(rng: Random) -> str:
    head = rng.choice(("", "", f"{rng.choice(string.ascii_uppercase)}{rng.choice(string.ascii_uppercase)}-", "20"))
    return head + str(rng.randint(1000, 10 ** rng.randint(5, 7)))


def _phone(rng: Random) -> str:
    return f"0{rng.randint(10, 999)} {rng.randint(100, 999)}{rng.choice(('', ' ', '-'))}{rng.randint(10, 9999)}"


_WRITERS: dict[str, Writer] = {
    "cash": _cash, "ref": _ref, "phone": _phone, "d": lambda rng: str(rng.randint(1, 28)), "dd": lambda rng: f"{rng.randint(1, 28):02d}",
    "mm": lambda rng: f"{rng.randint(1, 12):02d}", "year": lambda rng: str(rng.randint(2019, 2027)), "letter": lambda rng: rng.choice("ABDEKLMNPRST"),
    "code": lambda rng: "".join(rng.choices(string.ascii_uppercase, k=rng.randint(3, 6))) + rng.choice(("", "10", "25", str(rng.randint(2, 99)))),
    "lb": lambda rng: "[", "rb": lambda rng: "]",
}  # fmt: skip
_BASE = Grammar("", COMMON, _WRITERS)


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language and its grammar."""

    lang: str
    grammar: Grammar

    def say(self, rng: Random, template: str) -> str:
        """Returns the filled template as a sentence with a capital letter, by the rules of the language."""
        return self.capital(self.part(rng, template))

    def part(self, rng: Random, template: str) -> str:
        """Returns the filled template with single spaces and single stops."""
        text = _SPACES.sub(" ", self.grammar.raw(rng, template)).strip()
        return _SECOND_STOP.sub("", _BEFORE_MARK.sub("", text))

    def capital(self, text: str) -> str:
        """Returns the text with a capital first letter, unless it starts with an address, a file or a number."""
        found = re.match(r'[¿¡«„"\']?([^\W\d_])(?=[\w\'’]*(?:[\s,.!?;-]|:(?!/)|$))(?!\S+\.\w)', text)
        if not found:
            return text
        at = found.start(1)
        first = "İ" if self.lang == "tr" and text[at] == "i" else text[at].upper()
        return text[:at] + first + text[at + 1 :]


TONGUES: dict[str, Tongue] = {
    lang: Tongue(lang, Grammar(rules, _BASE)) for lang, rules in {**NORTH, **SOUTH, **EDGES, **EAST}.items()
}
_DRAW = tuple(TONGUES) + ("de", "fr", "es", "it", "de", "fr", "es", "it")

# The paragraphs of each kind: rule, fewest and most sentences, and how they stand: prose or a list.
_KINDS: tuple[tuple[tuple[str, int, int, str], ...], ...] = (
    (("greet", 0, 1, ""), ("notice", 1, 2, ""), ("act", 1, 3, ""), ("footer", 0, 2, ""), ("close", 0, 1, "")),
    (("notice", 1, 1, ""), ("act", 0, 2, ""), ("footer", 0, 1, "")),
    (("greet", 0, 1, ""), ("business", 1, 3, ""), ("request", 1, 3, ""), ("close", 1, 1, "")),
    (("greet", 1, 1, ""), ("request", 1, 3, ""), ("close", 0, 1, ""), ("footer", 0, 1, "")),
    (("greet", 0, 1, ""), ("private", 2, 5, ""), ("close", 0, 1, "")),
    (("greet", 0, 1, ""), ("news", 1, 3, ""), ("cta", 1, 3, ""), ("news", 0, 2, ""), ("unsub", 0, 2, "")),
    (("product", 1, 2, ""), ("news", 0, 1, ""), ("cta", 1, 4, ""), ("unsub", 0, 1, "")),
    (("greet", 0, 1, ""), ("invite", 2, 5, ""), ("close", 0, 1, "")),
    (("subject", 0, 1, ""), ("minutes", 2, 6, "list"), ("request", 0, 1, "")),
    (("greet", 0, 1, ""), ("house", 2, 6, "list"), ("close", 0, 1, "")),
    (("product", 0, 2, ""), ("step", 2, 6, "list"), ("footer", 0, 1, "")),
    (("news", 1, 3, ""), ("house", 0, 1, ""), ("request", 0, 2, "")),
)  # fmt: skip
_WRAPS = (
    ("", ""), ("", ""), ("", ""), ("", ""), ("", ""), ("<!-- ", " -->"), ("<!--", "-->"), ("[", "]"), ("(", ")"), ("---\n", "\n---"), ("> ", ""),
    ("PS: ", ""), ("* ", ""), ("*** ", " ***"), ("## ", ""), ('<p style="display:none">', "</p>"), ('<span style="font-size:0">', "</span>"), ("// ", ""),
)  # fmt: skip


def _sentences(rng: Random, tongue: Tongue, rule: str, low: int, high: int) -> list[str]:
    """Returns some different sentences of a rule."""
    said = (tongue.say(rng, f"{{{rule}}}") for _ in range(rng.randint(low, high)))
    return list({tuple(each.split()[:3]): each for each in said}.values())


def _paragraphs(rng: Random, tongue: Tongue, message: str) -> list[str]:
    """Returns the paragraphs of one document, with the mark in one of them if there is a message."""
    built = [(style or rule, _sentences(rng, tongue, rule, low, high)) for rule, low, high, style in rng.choice(_KINDS)]
    kept = [(style, said) for style, said in built if said]
    if message and rng.random() < 0.35:  # amid the sentences of a paragraph
        said = rng.choice(kept)[1]
        said.insert(rng.randint(0, len(said)), _MARK)
    bullet = rng.choice(("- ", "* ", "• ", "1", "1", ""))
    out = []
    for style, said in kept:
        if style == "list":
            out.append("\n".join((f"{n}. " if bullet == "1" else bullet) + each for n, each in enumerate(said, 1)))
        elif style == "close" and rng.random() < 0.6:
            out.append(" ".join(said).replace(", ", ",\n", 1))  # the name below the greeting
        else:
            out.append(" ".join(said))
    if message and not any(_MARK in each for each in out):
        wrap, end = rng.choice(_WRAPS)
        out.insert(rng.choice((0, len(out), len(out), rng.randint(0, len(out)))), wrap + _MARK + end)
    return out


def _fields(rng: Random, tongue: Tongue) -> list[tuple[str, str]]:
    """Returns the four fields of a mail head with their labels."""
    values = (
        tongue.part(rng, "[{name} {surname} <{email}>|{shop} <{email}>|{email}|{shop}|{name} {surname}]"),
        tongue.part(rng, "[{email}|{name} {surname}|{name} <{email}>]"),
        tongue.say(rng, "{subject}"),
        tongue.part(rng, "{day}[ {clock}|]"),
    )
    return list(zip(tongue.part(rng, "{labels}").split(";"), values, strict=True))


def _letter(rng: Random, tongue: Tongue, message: str) -> tuple[str, Channel, Callable[[str], str]]:
    """Returns a written document with the mark in it, its channel, and how the message is escaped in it."""
    in_field = bool(message) and rng.random() < 0.06
    parts = _paragraphs(rng, tongue, "" if in_field else message)
    fields = _fields(rng, tongue)
    if in_field:
        fields[2] = (fields[2][0], _MARK)
    body = rng.choice(("\n\n", "\n\n", "\n", " ")).join(parts)
    if rng.random() < 0.12:
        keys = rng.choice((("from", "to", "subject", "date"), [label.lower() for label, _ in fields]))
        record = dict(zip(keys, (value for _, value in fields), strict=True))
        record[rng.choice(("body", "text", "content"))] = body
        return json.dumps(record, ensure_ascii=False, indent=rng.choice((None, 2))), "tool", _in_json
    if rng.random() < 0.15:
        tag = rng.choice(("p", "div", "li", "td"))
        title = f"<h1>{fields[2][1]}</h1>\n" if in_field or rng.random() < 0.5 else ""
        body = title + "\n".join(each if each[0] == "<" else f"<{tag}>{each}</{tag}>" for each in parts)
        return body, rng.choice(("document", "document", "tool")), str
    if in_field or rng.random() < 0.35:
        colon = " : " if tongue.lang == "fr" else ": "
        shown = [fields[at] for at in sorted({2, *rng.sample(range(4), rng.randint(1, 4))})]
        body = "\n".join(label + colon + value for label, value in shown) + rng.choice(("\n\n", "\n")) + body
    if rng.random() < 0.1:
        body = " ".join(body.split())
    return body, rng.choice(("document", "document", "document", "tool")), str


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _in_csv(text: str) -> str:
    return text.replace('"', '""')


def _rows(rng: Random, tongue: Tongue, message: str) -> tuple[str, Channel, Callable[[str], str]]:
    """Returns a few rows with notes as CSV, JSON, a table or lines, as `_letter` does."""
    columns = tongue.part(rng, "{columns}").split(";")
    rows = []
    for _ in range(rng.randint(1, 6)):
        note = tongue.part(rng, "[{note}|{note}|{note}|{request}|{aside}|{act}]") if rng.random() < 0.85 else ""
        rows.append([tongue.part(rng, each) for each in ("{name} {surname}", "{town}", "{day}", "{sum}")] + [note])
    if message:
        rng.choice(rows)[4] = _MARK
    kept = sorted({0, 4, *rng.sample(range(5), rng.randint(1, 4))})
    columns, rows = [columns[at] for at in kept], [[row[at] for at in kept] for row in rows]
    style = rng.random()
    if style < 0.4:
        mark = rng.choice((",", ";", ";"))
        lines = [columns] + [[_cell(each, mark) for each in row] for row in rows]
        return "\n".join(mark.join(line) for line in lines), rng.choice(("tool", "tool", "document")), _in_csv
    if style < 0.75:
        records = [dict(zip(columns, row, strict=True)) for row in rows]
        return json.dumps(records, ensure_ascii=False, indent=rng.choice((None, None, 1))), "tool", _in_json
    if style < 0.88:
        lines = [columns, ["---"] * len(columns), *rows]
        return "\n".join("| " + " | ".join(line) + " |" for line in lines), rng.choice(("tool", "document")), str
    blocks = ["\n".join(f"{key}: {value}" for key, value in zip(columns, row, strict=True)) for row in rows]
    return "\n\n".join(blocks), rng.choice(("tool", "document")), str


def _cell(text: str, mark: str) -> str:
    return f'"{_in_csv(text)}"' if text == _MARK or mark in text or '"' in text else text


def _document(rng: Random, tongue: Tongue, message: str) -> tuple[str, tuple[int, int], Channel]:
    """Returns a document that holds the message (or none, if empty), the span of it and the channel."""
    text, channel, escape = (_rows if rng.random() < 0.2 else _letter)(rng, tongue, message)
    if not message:
        return text, (0, 0), channel
    before, after = text.split(_MARK)
    held = escape(message)
    return before + held + after, (len(before), len(before) + len(held)), channel


def _order(rng: Random, tongue: Tongue) -> str:
    """Returns an order to the machine that reads."""
    say, part = tongue.say, tongue.part
    opening = ""
    kind = rng.random()
    if kind < 0.55:
        opening = part(rng, "{system}" if kind < 0.1 else "{hail}")
        first = part(rng, "[{deed}.|{deed}.|{bare}.|{drop} {and} {deed}.|{drop}.|{task}]")
    elif kind < 0.72:
        first = part(rng, "{drop} {and} {deed}.")
        opening = say(rng, "{drop}.") if kind < 0.6 else ""
    elif kind < 0.84:
        first = part(rng, "{bare}.")
    elif kind < 0.92:
        first = part(rng, "{polite}")
    else:
        return say(rng, "{task}")
    if not opening or opening.endswith((":", "]", ".")):
        first = tongue.capital(first)
    else:
        first = first[:1].lower() + first[1:]
    more = [say(rng, each) for each in ("{deed}.", "{bare}.", "{why}", "{hush}") if rng.random() < 0.14]
    return " ".join([*([tongue.capital(opening)] if opening else []), first, *more])


def _remark(rng: Random, tongue: Tongue) -> str:
    """Returns a remark to people, of the kinds and in the places in which the orders to machines come."""
    if rng.random() < 0.08:
        return NOTICE.say(rng, rng.choice(("{ask_back}", "{small_print}", "{security}")))
    shape = rng.choice(("{people} {request}", "{people} {request}", "{people} {house}", "{people} {act}", "{request}", "{act}", "{cta}", "{aside}", "{aside}"))  # fmt: skip
    return tongue.say(rng, shape)


def _typed(rng: Random, text: str) -> str:
    """Returns the text as it is mostly, else shouted or without its last stop."""
    roll = rng.random()
    return text.upper() if roll < 0.04 and "@" not in text and "//" not in text else text.rstrip(".") if roll < 0.14 else text  # fmt: skip


def abroad_document(rng: Random, pool: Pool) -> Sample:
    """Returns a harmless document of another language that tells its readers what to do."""
    tongue = TONGUES[rng.choice(_DRAW)]
    message = _typed(rng, _remark(rng, tongue)) if rng.random() < 0.5 else ""
    text, _, channel = _document(rng, tongue, message)
    return benign(text, "abroad_document", channel=channel, lang=tongue.lang)


def abroad_injection(rng: Random, pool: Pool) -> Sample:
    """Returns such a document with an order to the machine in it, in the same language or sometimes in English."""
    tongue = TONGUES[rng.choice(_DRAW)]
    message = _typed(rng, _order(rng, tongue))
    if rng.random() < 0.12 and len(english := lure(rng, pool).strip()) < 300:
        message = english
    text, span, channel = _document(rng, tongue, message)
    return attack(text, "abroad_injection", channel=channel, lang=tongue.lang, span=span)


FAMILIES: dict[str, Family] = {"abroad_document": abroad_document, "abroad_injection": abroad_injection}
