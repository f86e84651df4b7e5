"""Signs, emoji, tags and comments put inside words, which are words only without them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guardkit.decode.language import known
from guardkit.view import Replacement

__all__ = ["BROKEN", "broken_words", "decorated", "framed", "mended", "tagged"]

BROKEN = re.compile(r"\b(?<![.@/:\\-])[A-Za-z]{1,20}+(?:[*.\-_|~^`#+\\/]{1,2}[A-Za-z]{1,20}){1,8}(?![\w@/:=(\\-]|\.\w)")
FREED = 2  # different words that are none as they stand
WEAK = frozenset(".-_/+\\")  # signs that stand inside ordinary tokens: names, paths, compounds
SIGNS = r"(?:[^\w\s\x00-\x7f\u2010-\u203a][\ufe0f\u200d]?){1,4}"
DECORATED = re.compile(rf"[A-Za-z]++(?:{SIGNS}[A-Za-z]++)+")
"""Letters with signs outside ASCII between them, such as emoji."""

TAG = r"(?:</?[A-Za-z][^<>]{0,400}>|<!--(?s:.){0,400}?-->|/\*(?s:.){0,400}?\*/|\]\([^()\s]{0,400}\)\[?)"
TAGGED = re.compile(rf"(?<![A-Za-z])[A-Za-z]++(?:{TAG}++[A-Za-z]++)+")
"""Letters with tags, comments or Markdown links between them."""
TAGS = re.compile(TAG)
TAG_AMID = re.compile(r"<(?<=[A-Za-z]<)[/!A-Za-z]|/\*(?<=[A-Za-z]/\*)|\]\((?<=[A-Za-z]\]\()")  # each of them has one

LETTERS = re.compile(r"[A-Za-z]+")
FRAME = re.compile(r"(?<![^\W_])[A-Za-z]([^\w\s][^\n]{0,60}?[^\w\s])(?=[A-Za-z]\1[A-Za-z]\1[A-Za-z])")
"""What stands between single letters again and again: the end of one tag and the beginning of the next."""
FRAMED_LIKE = re.compile(r"[^\w\s][A-Za-z](?=[^\w\s])")
FEWEST = 8  # letters in frames
FRAMES = 4  # that are tried


def mended(token: str) -> list[str]:
    """What stands between the signs of a token that is a word only without them; nothing of other tokens."""
    parts: list[str] = LETTERS.findall(token)
    word = "".join(parts).lower()
    mends = len(word) > 3 and max(map(len, parts)) > 1 and known(word) and not all(known(p.lower()) for p in parts)
    return parts if mends else []


def broken_words(text: str) -> Iterator[Replacement]:
    """Words with signs inside them that are words only without the signs."""
    found: list[Replacement] = []
    strong = 0
    for match in BROKEN.finditer(text):
        token = match[0]
        parts = mended(token)
        if parts:
            found.append((match.start(), match.end(), "".join(parts)))
            strong += not WEAK.issuperset(c for c in token if not c.isalpha()) or len(parts) > 2
    if strong or len({word.lower() for _, _, word in found}) > 2:
        yield from found


def decorated(text: str) -> Iterator[Replacement]:
    """Words with emoji or other signs outside ASCII inside them."""
    if not text.isascii():
        yield from freed([(*match.span(), LETTERS.findall(match[0])) for match in DECORATED.finditer(text)])


def tagged(text: str) -> Iterator[Replacement]:
    """Words with tags, comments or links inside them."""
    if ("<" in text or "/*" in text or "](" in text) and TAG_AMID.search(text):
        yield from freed([(*match.span(), TAGS.sub(" ", match[0]).split()) for match in TAGGED.finditer(text)])


def framed(text: str) -> Iterator[Replacement]:
    """Words whose every letter has a tag, a link or a command of its own."""
    if len(FRAMED_LIKE.findall(text)) < FEWEST:
        return
    places: dict[str, re.Match[str]] = {}
    for match, _ in zip(FRAME.finditer(text), range(FRAMES * FEWEST), strict=False):
        places.setdefault(match[1], match)
    for frame, place in list(places.items())[:FRAMES]:
        before, after = (set(map(str.lower, LETTERS.findall(each))) for each in (text, text.replace(frame, "")))
        if sum(len(word) > 3 and known(word) for word in after - before) >= FREED:
            yield from unframed(text, frame, place.start())
            return


def unframed(text: str, frame: str, start: int) -> Iterator[Replacement]:
    """The runs of letters with the frame between them, the first of which begins at `start`, without it; nor with what
    of it stands before and behind them."""
    run = re.compile(f"[A-Za-z](?:{re.escape(frame)}[A-Za-z .,!?'-])*")
    first = run.match(text, start)
    end = start if first is None else first.end()
    sizes = range(len(frame), 0, -1)
    lead = next((frame[-size:] for size in sizes if text.endswith(frame[-size:], 0, start)), "")
    tail = next((frame[:size] for size in sizes if text.startswith(frame[:size], end)), "")
    for match in re.finditer(f"{re.escape(lead)}({run.pattern}){re.escape(tail)}", text):
        new = match[1].replace(frame, "")
        if len(match[0]) > len(new):
            yield match.start(), match.end(), new


def freed(found: list[tuple[int, int, list[str]]]) -> Iterator[Replacement]:
    """The parts of each word put together, if that makes words of most: else they are neighbours in a table, say."""
    new = [(start, end, "".join(parts)) for start, end, parts in found]
    made = [
        word.lower()
        for (_, _, word), (_, _, parts) in zip(new, found, strict=True)
        if len(word) > 3
        and known(word.lower())
        and (len(word) == len(parts) or not all(known(p.lower()) for p in parts))
    ]
    long = [word for _, _, word in new if len(word) > 3]
    if len(set(made)) >= FREED and 2 * len(made) >= len(long):
        yield from new
