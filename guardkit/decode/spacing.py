"""Layout noise: letters spaced out, words run together, signs and repeated letters inside words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product, repeat

import numpy as np

from guardkit.decode.cipher import enciphered
from guardkit.decode.grouping import (
    SPLIT,
    grouped,
    regrouped,
    rejoined,
    respaced,
    share_known,
    split_words,
)
from guardkit.decode.language import fitness, frequency, known, segment
from guardkit.decode.leet import spells
from guardkit.decode.passages import strange
from guardkit.decode.stuffing import BROKEN, broken_words, decorated, framed, mended, tagged
from guardkit.view import Replacement, View

__all__ = ["Spacing"]

SEPARATORS = r".\-_|*/,+~·•^#:;=\\&"

SPACED = re.compile(r"(?<!\S)[^\s\w]?\S(?:\s{1,8}\S){4,}(?!\S)")
"""Single characters between blanks (or one per line), five or more."""

SEPARATED = re.compile(rf"(?<![^\W_])[^\W_]([{SEPARATORS}] ?)(?:[^\n]\1)*[^\s](?![^\W_])")
"""Characters, blanks among them, with one sign between any two."""

SPREAD = re.compile(r"(?<![^\W_])[^\W_]([^\w\n]{2,12})(?:[^\n]\1)*[^\s](?![^\W_])")
"""The same with several signs: a dash between blanks, a comma between quotation marks."""

GLUED = re.compile(  # no words of fewer than 12 letters in ordinary case
    r"\b(?<![./@#$%&=-])(?!(?:[A-Za-z][a-z]{0,10}+|[A-Z]{2,11}+)(?![A-Za-z]))[A-Za-z]{6,400}+(?![\w/=(@\[-]|[.:]\w)"
)
HUMP = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
JOINED = re.compile(
    r"(?<![\w/.\-?=&%#:+])[A-Za-z][A-Za-z']*+[,!?]?([_\-|*/.+~,=#:;])(?:[A-Za-z']++[,!?]?\1){2,200}[A-Za-z']++"
    r"(?![\w/(=|*+~-]|[.:]\w)"
)
REJOINED = re.compile(r"([_\-|*/.+~,=#:;])[A-Za-z']+[,!?]?\1")  # of which `JOINED` has two or more
NOISE = re.compile(
    r"(?:\{<|<\{|\[\{|\{\[|<\[|\[<|\(\{|<\()[A-Z]{0,3}[0-9]{2,12}(?:>\}|\}>|\}\]|\]\}|\]>|>\]|\}\)|\)>) ?"
)
REPEATED = re.compile(r"(?<![^\W_])(?=[A-Za-z]{0,40}([A-Za-z])\1)[A-Za-z]{5,80}(?![^\W_])")
RUN = re.compile(r"(.)\1*", re.IGNORECASE)

BETWEEN = re.compile(rf"[{SEPARATORS}] ?[^\W_][{SEPARATORS}]")
SHAPE = bytes(97 if chr(code).isalnum() else code if code in b" \n" else 46 for code in range(128)) + b"a" * 128
SPREAD_SHAPES = (b". a . a .", b"..a..a..", b".a...a..", b".a.. .a..")  # of what `SPREAD` matches
AMID = re.compile(r"[*.\-_|~^`#+\\/](?<=[A-Za-z].)[*.\-_|~^`#+\\/]?[A-Za-z]")

GLUE_WORDS = frozenset(
    "a all an and any are as at be by do for from how i if in is it me my no not of on or that the their them these "
    "this to was we what with without you your".split()
)
"""Words that sentences need and that names in code, file names and slugs mostly lack."""

GLUED_SIGNS = 16  # characters of a token that may be letters with signs between them
BLANKLESS = 14  # characters per word from which on a text counts as written without blanks
READINGS = 64  # of a word with repeated letters


def unblanked(run: str) -> str | None:
    """The words of single characters between blanks, the wider blanks being word breaks."""
    gaps = set(map(len, re.findall(r"\s+", run)))
    narrow = min(gaps)
    return reworded(" ".join("".join(word.split()) for word in re.split(rf"\s{{{narrow + 1},}}", run)))


def reworded(text: str) -> str | None:
    """Characters put together again, with word breaks found where there are none, or None if that is no language, nor
    will be once it is deciphered."""
    plain = spoken(text)
    return text if plain is None and enciphered(text) else plain


def spoken(text: str) -> str | None:
    """The same of what is language as it stands."""
    pieces = re.findall(r"[^\W\d_]+", text)
    size = sum(map(len, pieces))
    letters = "".join(pieces)
    if letters.lower() == letters.upper():
        return None
    if size < 0.9 * len(text.replace(" ", "")) and " " in text and spells(text):
        return text
    if size < 0.7 * len(text.replace(" ", "")):
        return None
    if " " in text or known(letters.lower()):
        certain = size >= 12 and size >= 3 * len(pieces) and fitness(text) > -3.2
        return text if share_known(pieces) >= 0.6 or certain else None
    tokens = re.findall(r"[^\W\d_]+|[\W\d_]+", text.replace("'", "").replace("’", ""))
    parts = [respaced(token) if token.isalpha() else f"{token} " for token in tokens]
    if None not in parts:
        return "".join(filter(None, parts)).rstrip()
    return text if size >= 12 and fitness(text) > -2.9 else None


def marked(text: str) -> Iterator[Replacement]:
    """Marks in brackets between the words."""
    found = [(match.start(), match.end(), "") for match in NOISE.finditer(text)] if "<" in text or "{" in text else []
    if len(found) > 1:
        yield from found


def blanked_out(text: str) -> Iterator[Replacement]:
    """Runs of single characters between blanks."""
    for match in SPACED.finditer(text):
        new = unblanked(match[0])
        if new is not None:
            yield match.start(), match.end(), new


def signed_out(text: str, pattern: re.Pattern[str]) -> Iterator[Replacement]:
    """Runs of single characters with one sign, or the same few, between them."""
    found: list[tuple[str, Replacement]] = []
    certain: set[str] = set()
    for match in pattern.finditer(text):
        new = reworded(match[0][:: 1 + len(match[1])])
        if new is not None:
            found.append((match[1], (match.start(), match.end(), new)))
            if sum(map(str.isalpha, new)) >= 5:
                certain.add(match[1])
    yield from (replacement for separator, replacement in found if separator in certain)


def sentence(parts: list[str], whole: bool) -> bool:
    """Whether the parts of one token are a sentence, rather than a name; `whole`: the token is most of the text."""
    if len(parts) < (3 if whole else 5) or share_known(parts) < 0.75:
        return False
    glue = len(GLUE_WORDS.intersection(map(str.lower, parts)))
    return glue > 1 or (whole and (glue > 0 or len(parts) > 3))


def run_together(text: str) -> Iterator[Replacement]:
    """Sentences without blanks: camel case, one sign for every blank, or nothing at all."""
    size = len(text)
    whole = BLANKLESS * len(text.split()) < size
    for match in GLUED.finditer(text):
        token = match[0]
        most = whole and 2 * len(token) > size
        if not (token.islower() or token.isupper() or token[1:].islower()):
            humps = HUMP.findall(token)
            parts = [part for hump in humps for part in ([hump] if known(hump.lower()) else segment(hump))]
            if sentence(parts, most):
                yield match.start(), match.end(), " ".join(parts)
        elif len(token) >= (12 if most else 16) and not known(token.lower()):
            new = respaced(token)
            if new is not None and new.count(" ") >= (1 if most else 3):
                yield match.start(), match.end(), new
    for match in JOINED.finditer(text) if REJOINED.search(text) else ():
        parts = [part.replace("'", "") for part in re.findall(r"[A-Za-z']+", match[0])]
        if sum(map(len, parts)) >= 3 * len(parts) - 2 and sentence(parts, 2 * len(match[0]) > size):
            yield match.start(), match.end(), match[0].replace(match[1], " ")


def once(runs: list[str]) -> str | None:
    """The word behind runs of the same letter, or None."""
    many = [at for at, run in enumerate(runs) if len(run) > 1]
    smallest = min(map(len, runs))
    readings = ["".join(run[: len(run) // smallest] for run in runs), "".join(run[0] for run in runs)]
    free = many if 2 ** len(many) <= READINGS else many[:6]
    for sizes in product((1, 2), repeat=len(free)):
        size = dict(zip(free, sizes, strict=True))
        readings.append("".join(run[: size.get(at, 1)] for at, run in enumerate(runs)))
    best = max(readings, key=lambda word: frequency(word.lower()))
    return best if known(best.lower()) and len(best) > 2 else None


def repeats(text: str) -> Iterator[Replacement]:
    """Words with repeated letters, if one has several: a single drawn-out letter is how people chat."""
    found: list[Replacement] = []
    strong = False
    for match in REPEATED.finditer(text):
        if known(match[0].lower()):
            continue
        runs = [run[0] for run in RUN.finditer(match[0])]
        sizes = [len(run) for run in runs if len(run) > 1]
        if max(sizes) > 2 or len(sizes) > 2:
            new = once(runs)
            if new is not None:
                found.append((match.start(), match.end(), new))
                strong = strong or len(sizes) > 3 or (len(sizes) > 1 and max(sizes) > 2)
    if strong:
        yield from found


def repeating(text: str) -> bool:
    """Whether a letter stands three times in a row, or two pairs of letters stand side by side."""
    codes = np.frombuffer(text.encode("latin-1", "replace"), np.uint8)
    same = ((codes[1:] == codes[:-1]) & (codes[1:] > 64)).tobytes()
    return b"\1\1" in same or b"\1\0\1" in same


def spread(text: str) -> bool:
    """Whether single characters may stand with several signs between them: cheap."""
    shape = text.encode("ascii", "replace").translate(SHAPE)
    return any([part in shape for part in SPREAD_SHAPES])


def candidates(text: str) -> Iterator[Replacement]:
    """All repairs, in order of trust."""
    yield from marked(text)
    tokens, odd, unknown = strange(text)
    sizes = list(map(len, tokens))
    if sizes.count(1) >= 5 and b"\1\1\1\1" in bytes(map(min, sizes, repeat(9))):
        yield from blanked_out(text)
    if BETWEEN.search(text):
        yield from signed_out(text, SEPARATED)
    if (sizes.count(1) >= 5 or max(sizes, default=0) >= GLUED_SIGNS) and spread(text):
        yield from signed_out(text, SPREAD)
    yield from decorated(text)
    yield from framed(text)
    yield from tagged(text)
    if grouped(sizes, tokens, odd):
        yield from regrouped(text)
    yield from rejoined(text)
    if max(map(len, unknown), default=0) >= 12:
        yield from run_together(text)
    if AMID.search(text) and any(map(mended, BROKEN.findall(" ".join(odd)))):
        yield from broken_words(text)
    if 2 * SPLIT * len(unknown) >= len(tokens) and sum(map(str.isalpha, set(odd))) > 1:
        yield from split_words(text)
    if repeating(text):
        yield from repeats(text)


class Spacing:
    """Words put back together or apart, in one view, where the result is made of known words.

    `I g n o r e`, `I.g.n.o.r.e`, one letter per line, `IgnoreAllRules`, `ignore_all_the_rules`, `ignoreallrules`,
    `ig*nore`, `iiiggnnore`, and marks such as `{<F46457>}` mixed in between words.
    """

    name = "spacing"

    def decode(self, view: View) -> Iterator[View]:
        chosen: list[Replacement] = []
        taken: set[int] = set()
        for start, end, new in candidates(view.text):
            if view.text[start:end] != new and taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                chosen.append((start, end, new))
        if chosen:
            yield view.splice(self.name, sorted(chosen))
