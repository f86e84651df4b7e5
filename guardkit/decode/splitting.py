"""Payload splitting: a text in parts, with the instruction to put it together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from guardkit.decode.language import fitness, known, segment, words
from guardkit.decode.payload import encoded
from guardkit.view import View

__all__ = ["Splitting"]

LITERAL = (
    r"(?:[fFrRbB]{0,2}\"(?:[^\"\\\n]|\\.){0,2000}+\"|[fFrRbB]{0,2}'(?:[^'\\\n]|\\.){0,2000}+'"
    r"|`[^`]{0,2000}+`|“[^”\n]{0,2000}+”)"
)
NAME = r"[$]?[A-Za-z_]\w{0,40}+(?:\[\d{1,3}\])?+"

QUOTE = re.compile(  # [=+:(,\[{<]\s?[fFrRbB]?["'`“] and what is found by its quotation mark, which is rarer
    r"[\"'`“](?:(?<=[=+:(,\[{<].)|(?<=[=+:(,\[{<][fFrRbB\s].)|(?<=[=+:(,\[{<]\s[fFrRbB].)|(?<=\b(?:is|be)\s.))"
)
LETTER = re.compile(r"\(\w\)")
MARK = re.compile(r"<\||\[/?INST\]|<</?SYS|<(?:start|end)_of_turn>")
# Without it no assignment; the signs come first and what is before them second, which is quicker.
ASSIGNED = re.compile(r"(?:[=:](?<=[\w\]\s:].)|is(?<!\wis)\b|be(?<!\wbe)\b)\s*+[fFrRbB]{0,2}[\"'`“]")
ASSIGNMENT = re.compile(rf"({NAME})\s*+(?::\s*+\w++\s*+)?(?::=|=|\bis\b|\bbe\b|:)\s*({LITERAL})(?!\s*:)")
TERM = rf"(?:{LITERAL}|{NAME}|\(\s*{NAME}\s*\))"
OPERATOR = r"(?:\+|\.(?=\s?\$)|\s\.\.?(?=\s)|&|~|\|\||<<)"
SUM = re.compile(rf"{TERM}(?:\s{{0,3}}{OPERATOR}\s{{0,3}}{TERM}){{1,400}}")
# Without the first no sum, and without the second none of literals; the first is quick, for it begins with a sign.
JOINED = re.compile(r"(?:\+|\.(?:(?=\s?\$)|(?<=\s\.)\.?(?=\s))|&|~|\|\||<<)\s{0,3}[A-Za-z_$\"'`“(]")
JOINED_LITERAL = re.compile(rf"[\"'`”]\s{{0,3}}{OPERATOR}|{OPERATOR}\s{{0,3}}[fFrRbB]{{0,2}}[\"'`“]")
NAMES = re.compile(rf"{NAME}(?:\s{{0,3}}(?:,\s?and\b|,|\band\b|\bthen\b)\s{{0,3}}{NAME}){{1,400}}")
PART = re.compile(rf"({LITERAL})|({NAME})")
FORMAT = re.compile(r"[\"'`](?:\s{0,3}\$?\{\s?[A-Za-z_]\w{0,40}\s?\}){2,200}\s?[\"'`]")
FIELD = re.compile(r"\{\s?([A-Za-z_]\w{0,40})\s?\}")
PUSH = re.compile(
    r"\.\s?(append|push|add|concat|write|enqueue|put|push_back|offer|appendleft|unshift|push_front|insert)\s?"
    rf"\(\s?(?:0\s?,\s?)?({LITERAL})\s?\)"
)
ADDED = re.compile(
    rf"(?<![\w$])([$]?[A-Za-z_]\w{{0,40}})\s?(?:(?:\+|\.|<|&|~)?=\s?(?:\1\s?[+.&]\s?)?|<<\s?)({LITERAL})(?!\s?[-+*:])"
)
IN_FRONT = frozenset(("appendleft", "unshift", "push_front"))
LAST_FIRST = re.compile(r"\bstack\b|_stack|\.pop\(\)|reversed?\b|\[::-1\]", re.IGNORECASE)
LIST = re.compile(rf"[\[(]\s{{0,8}}{LITERAL}(?:\s{{0,8}},\s{{0,8}}{LITERAL}){{2,400}}\s{{0,8}},?\s{{0,8}}[\])]")
QUOTED = re.compile(LITERAL)
LEAF = re.compile(r"[:\[,{]\s{0,8}\"((?:[^\"\\\n]|\\.){0,200})\"(?=\s{0,8}[,\]}])|<(\w{1,30})>([^<>\n]{1,200})</\2>")
YAML = re.compile(r"^[ \t]{0,20}[-\w]{1,30}:[ \t]*[\"']?([^\s\"':][^\"'\n:]{0,60}?)[\"']?[ \t]*$", re.MULTILINE)
MARKED = re.compile(r"(?<!\w)\w{0,20}\((\w)\)(?=\w)\w{0,20}|(?<!\w)\w{1,20}\((\w)\)|^\s*\((\w)\)", re.MULTILINE)
SYMBOL = re.compile(
    r"^[ \t>*-]{0,8}(\S)\s{0,3}=\s{0,3}\d{0,6}\s?\*?\s?\1\s{0,3}[-+]\s{0,3}\d{0,6}\s?\*?\s?\1(?!\w)", re.MULTILINE
)
NUMBERED = re.compile(r"(\D+)(\d{1,3})\]?")
TEMPLATE = re.compile(
    r"<\|[A-Za-z_/ ]{1,40}\|>(?:\s{0,2}(?:system|user|assistant)\b)?|\[/?INST\]|<</?SYS>>"
    r"|<(?:start|end)_of_turn>(?:user|model)?"
)

BLANK = re.compile(r"\s")
SENTENCE_WORDS = frozenset(
    "a all an and any are as be by do for from how i if in is it me my no not of on or that the their them these this "
    "to was what with without you your".split()
)
FEW = 16  # variables whose uses are counted
PARTS = 20_000  # put together from one text: more than a chunk of the pipeline holds
FEWEST_MARKS = 6  # letters for a marked-letter message
LONGEST_ITEM = 40  # characters of an item of a list of fragments
LONGEST_LEAF = 24  # characters of a leaf that counts as a fragment

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Variable:
    """A string literal with a name, and the range of its text."""

    name: str
    content: Range


def content(match: re.Match[str], group: int = 0) -> Range:
    """The range of a literal's text, inside its quotes."""
    start, end = match.span(group)
    quote = next(at for at in range(start, end) if match.string[at] in "\"'`“")
    return quote + 1, end - 1


def summed(text: str, variables: dict[str, Range]) -> Iterator[list[Range]]:
    """The values of concatenations of literals and variables, and of lists and format strings of variables only."""
    # A variable with another value after it is not being assigned there: its name is in the text twice.
    used = len(variables) > FEW or any([text.count(name) > 1 for name in variables])
    sums = JOINED.search(text) and (used or JOINED_LITERAL.search(text))
    for match in islice(SUM.finditer(text), PARTS) if sums else ():
        parts = PART.finditer(text, *match.span())
        values = [content(part, 1) if part[1] else variables.get(part[2]) for part in parts]
        yield [value for value in values if value is not None]
    if used:
        for pattern, name in ((NAMES, PART), (FORMAT, FIELD)):
            for match in islice(pattern.finditer(text), PARTS):
                names = [part[part.lastindex or 0] for part in name.finditer(match[0])]
                yield [variables[name] for name in names if name in variables]


def ordered(variables: list[Variable]) -> Iterator[list[Range]]:
    """The values of a0..an in the order of the numbers, or of one-letter variables as they were written."""
    numbers = [match for variable in variables if (match := NUMBERED.fullmatch(variable.name)) is not None]
    if len(numbers) == len(variables) and len({match[1] for match in numbers}) == 1:
        places = sorted(range(len(variables)), key=lambda at: int(numbers[at][2]))
        yield [variables[at].content for at in places]
    elif all(len(variable.name.lstrip("$")) == 1 for variable in variables):
        yield [variable.content for variable in variables]


def pushed(text: str) -> Iterator[list[Range]]:
    """The items of lists, stacks and queues that are filled call by call, as they come out."""
    items = [(match[1], content(match, 2)) for match in islice(PUSH.finditer(text), PARTS)]
    if len(items) > 1:
        ranges = [span for _, span in items]
        front = all(name in IN_FRONT for name, _ in items)
        if not front:
            yield ranges
        if front or LAST_FIRST.search(text):
            yield ranges[::-1]


def added(text: str) -> Iterator[list[Range]]:
    """What is added piece by piece to a string, by its name; the value that it starts with comes first."""
    pieces: dict[str, list[Range]] = {}
    for match in islice(ADDED.finditer(text), PARTS) if "=" in text or "<<" in text else ():
        plain = not re.search(r"[-+.&~<]", text[match.end(1) : match.start(2)])
        if plain:
            pieces[match[1]] = [content(match, 2)]
        else:
            pieces.setdefault(match[1], []).append(content(match, 2))
    yield from (values for values in pieces.values() if len(values) > 1)


def assembled(text: str) -> Iterator[list[Range]]:
    """What the text's code would put together, likeliest first."""
    assignments = islice(ASSIGNMENT.finditer(text), PARTS) if ASSIGNED.search(text) else ()
    found = [Variable(match[1], content(match, 2)) for match in assignments]
    variables = {variable.name: variable.content for variable in found}
    sums = [values for values in summed(text, variables) if len(values) > 1]
    yield from sorted(sums, key=len, reverse=True)
    yield from added(text)
    yield from pushed(text)
    for match in LIST.finditer(text):
        items = [content(part) for part in QUOTED.finditer(text, *match.span())]
        if all(end - start <= LONGEST_ITEM for start, end in items):
            yield items
    if len(found) > 2 and not sums:
        yield from ordered(found)


def leaves(text: str) -> list[Range]:
    """The string leaves of JSON, XML or YAML, where they are fragments rather than texts of their own."""
    found = [match.span(1) if match[1] is not None else match.span(3) for match in islice(LEAF.finditer(text), PARTS)]
    if len(found) < 4:
        found = [match.span(1) for match in islice(YAML.finditer(text), PARTS)]
    short = sum(end - start <= LONGEST_LEAF and " " not in text[start:end].strip() for start, end in found)
    return found if len(found) >= 4 and short >= 0.8 * len(found) else []


def legible(text: str) -> bool:
    """Whether a text is nearly all English words."""
    found = words(text)
    size = sum(map(len, found))
    return size >= 5 and known_letters(text) >= 0.75 * size


def known_letters(text: str) -> int:
    """The number of letters in known words."""
    return sum(len(word) for word in words(text) if known(word))


def joined(text: str, ranges: Sequence[Range]) -> list[int] | None:
    """The indices of the parts' characters, with blanks between the parts if they are words; None if no language."""
    values = [text[start:end] for start, end in ranges]
    if encoded("".join(values)):
        return indices(ranges, None)
    close, wide = "".join(values), " ".join(values)
    blank = BLANK.search(text)
    broken = sum(not all(map(known, words(value))) for value in values)
    whole = not broken or (3 * broken <= len(values) and known_letters(wide) > known_letters(close))
    if whole and not any(value != value.strip() for value in values):
        # A list of words is common; what makes it a sentence are the words that only sentences need.
        found = set(words(wide))
        glue = len(found & SENTENCE_WORDS)
        sentence = legible(wide) and len(found) > 2 and 0 < glue < len(found)
        if broken:  # names of code are often known words, too
            sentence = sentence and glue >= max(2, 0.2 * len(found)) and wide.count(" ") < 1.3 * len(words(wide))
        if sentence or not broken:
            return indices(ranges, blank.start() if blank else None) if sentence else None
    if sum(c.isalpha() or c.isspace() for c in close) < 0.92 * len(close):
        return None
    if legible(close):
        return indices(ranges, None)
    if 3 * broken <= len(values) or len(close) < 8:
        return None
    parts = segment("".join(filter(str.isalpha, close)))
    fits = all(known(part.lower()) for part in parts) and len(close) >= 2.5 * len(parts)
    return indices(ranges, None) if fits or fitness(close) > -2.7 else None


def indices(ranges: Sequence[Range], blank: int | None) -> list[int]:
    """The characters of the ranges one after another; `blank` is the place of a blank to set between them."""
    found: list[int] = []
    for start, end in ranges:
        if found and blank is not None:
            found.append(blank)
        found += range(start, end)
    return found


def lettered(text: str) -> Iterator[list[int]]:
    """Messages of single letters: `(i)nnovative` (DRA), and the left sides of `x = 2x - 1x`."""
    for pattern in (MARKED if LETTER.search(text) else None, SYMBOL if "=" in text else None):
        if pattern is None:
            continue
        places = [match.start(match.lastindex or 0) for match in islice(pattern.finditer(text), PARTS)]
        letters = "".join(text[at] for at in places)
        if len(places) >= FEWEST_MARKS and sum(map(str.isalpha, letters)) >= 0.8 * len(letters):
            parts = segment(letters)
            if sum(len(part) for part in parts if known(part.lower())) >= 0.75 * len(letters) >= 1.5 * len(parts):
                yield places


def triggered(text: str) -> bool:
    """Whether the text may hold any of the structures: a cheap test that most prose fails."""
    return (
        text.count(":") >= 4
        or text.count("=") >= 4
        or text.count("</") >= 4
        or QUOTE.search(text) is not None
        or LETTER.search(text) is not None
        or MARK.search(text) is not None
    )


class Splitting:
    """The payload that code, marked letters, data structures or chat templates in the text put together.

    Read with bounded patterns, never executed. Each assembled payload is a view of its own, picked out of the text
    character by character; it must read as English, and must not stand in the text as it is.
    """

    name = "splitting"

    def decode(self, view: View) -> Iterator[View]:
        text = view.text
        if not triggered(text):
            return
        seen: set[str] = set()
        for picked in self.payloads(text):
            value = "".join(map(text.__getitem__, picked))
            if value not in seen and value not in text:
                seen.add(value)
                yield view.pick(self.name, picked, share=1.0)
        marks = [(match.start(), match.end(), "") for match in islice(TEMPLATE.finditer(text), PARTS)]
        if marks:
            yield view.splice(self.name, marks)

    @staticmethod
    def payloads(text: str) -> Iterator[list[int]]:
        """The character indices of each payload."""
        for ranges in assembled(text):
            picked = joined(text, ranges)
            if picked is not None:
                yield picked
        fragments = leaves(text)
        picked = joined(text, fragments) if fragments else None
        if picked is not None:
            yield picked
        yield from lettered(text)
