"""Letters cut into pieces at the wrong places: words with a blank inside, groups of five, moved blanks, short lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise

from guardkit.decode.language import fitness, frequency, known, segment, tables, words
from guardkit.decode.passages import best_runs
from guardkit.view import Replacement

__all__ = ["SPLIT", "even", "grouped", "regrouped", "rejoined", "respaced", "share_known", "split_words"]

PIECE = re.compile(r"\b(?<![@#/\\.&$%+=<'’-])[A-Za-z]{1,20}+(?![\w@/\\=(])")
PIECES = 3  # of one word
SPLIT = 12  # words of the text for each split one, at most

GROUP = re.compile(r"[A-Za-z]+")
GAP = 3  # characters between two groups of one passage, at most
GROUPS = 6  # of one length, or
CUT = 4  # that are no words, for a passage
EVEN = b"\1" * (GROUPS - 1)
ODD = b"\1" * (CUT - 1)
SHORTEST = 16  # letters of a passage
LIKELY = -3.4  # trigram fitness of letters without word breaks
CHANCE = 0.6  # share of a passage's letters that may be in words as it stands
KEPT = 0.5  # share of the gaps that may stay word breaks, and that must be blank
SENSE = 0.25  # by how much that share must rise with other breaks

SHORT = 12  # characters of a line that is a piece
LINES = 5
SHORT_LINES = re.compile(rf"(?<![^\n])(?:[^\n]{{1,{SHORT}}}\n){{{LINES},}}[^\n]{{1,{SHORT}}}(?![^\n])")


def share_known(parts: list[str]) -> float:
    """The part (0..1) of the letters that stand in known words."""
    size = sum(map(len, parts))
    return sum(len(part) for part in parts if known(part.lower())) / size if size else 0.0


def respaced(letters: str) -> str | None:
    """A run of letters as known words, or None where it is not made of them."""
    if known(letters.lower()):
        return letters
    parts = segment(letters)
    lower = [part.lower() for part in parts]
    if share_known(parts) < 0.8 or len(letters) < 3 * len(parts) - 1:
        return None
    return " ".join(parts) if sum(map(frequency, lower)) > -2.6 * len(letters) else None


def split_words(text: str) -> Iterator[Replacement]:
    """Words with a blank inside, if there are several: neighbours, not all of them words, that make one."""
    lexicon = tables().lexicon
    words = PIECE.findall(text)
    lower = " ".join(words).lower().split()
    strange = sum([word not in lexicon for word in lower])
    if strange < 2 or SPLIT * strange < len(words):  # each split word has a strange piece
        return
    joined = lower
    joints: set[int] = set()
    for size in range(1, PIECES):
        joined = list(map(str.__add__, joined, lower[size:]))
        joints.update([at for at, word in enumerate(joined) if word in lexicon])
    spans: list[tuple[int, int]] = []
    found: list[Replacement] = []
    at = 0
    for first in sorted(joints):
        if first < at:
            continue
        for after in range(min(first + PIECES, len(words)), first + 1, -1):
            word = "".join(lower[first:after])
            if len(word) > 4 and word in lexicon and not lexicon.keys() >= set(lower[first:after]):
                spans = spans or [match.span() for match in PIECE.finditer(text)]
                start, end = spans[first][0], spans[after - 1][1]
                if text[start:end] == " ".join(words[first:after]):
                    found.append((start, end, "".join(words[first:after])))
                    at = after
                    break
    if len(found) > 1 and SPLIT * len(found) >= len(words):
        yield from found


def even(sizes: Sequence[int]) -> bool:
    """Whether several neighbours are of one size."""
    return EVEN in bytes(map(int.__eq__, sizes, sizes[1:]))


def grouped(sizes: Sequence[int], tokens: Sequence[str], odd: Sequence[str]) -> bool:
    """Whether a text of these tokens, some of which are no words, may have groups of letters: cheap."""
    strange = set(filter(str.isalpha, odd))
    if len(strange) < CUT - 1:
        return False
    return even(sizes) or ODD in bytes([token in strange for token in tokens])


def passages(text: str) -> Iterator[list[re.Match[str]]]:
    """The runs of neighbouring groups of letters that are mostly no words, or all of one length."""
    matches = list(GROUP.finditer(text))
    values = [value(match[0].lower()) for match in matches]
    at = 0
    for size, same in groupby(len(match[0]) for match in matches):
        count = len(list(same))
        if count >= GROUPS:
            values[at : at + count] = [float(size)] * count
        at += count
    for at, (match, after) in enumerate(pairwise(matches)):
        if after.start() - match.end() > GAP:
            values[at] = -float(len(text))  # then no passage goes across
    for first, last in best_runs([0.0, *accumulate(values)]):
        yield matches[first:last]


def value(group: str) -> float:
    """How much a group speaks for a passage cut into groups."""
    return float(len(group)) if not known(group) else 0.0 if len(group) <= GAP else -float(len(group))


def regrouped(text: str) -> Iterator[Replacement]:
    """Runs of groups that spell words only with the breaks between them at other places."""
    for run in passages(text):
        groups = [match[0] for match in run]
        letters = "".join(groups)
        if len(letters) < SHORTEST or sum([not known(group.lower()) for group in groups]) < CUT:
            continue
        if sum([text[a.end() : b.start()].isspace() for a, b in pairwise(run)]) < KEPT * len(run):
            continue
        spelled = respaced(letters) if fitness(letters) > LIKELY and share_known(groups) <= CHANCE else None
        if spelled is None:
            continue
        parts = spelled.split()
        before, after = (set(accumulate(map(len, pieces[:-1]))) for pieces in (groups, parts))
        if len(before & after) > KEPT * len(before):  # then it is names, say, that are no words
            continue
        places = [at for match in run for at in range(*match.span())]
        first = 0
        for word in parts:
            last = first + len(word)
            glued = first > 0 and places[first - 1] + 1 == places[first]
            yield places[first], places[last - 1] + 1, f" {word}" if glued else word
            first = last


def rejoined(text: str) -> Iterator[Replacement]:
    """Lines of one short length, cut without regard for the words."""
    if text.count("\n") < LINES:
        return
    short = bytes([0 < len(line) <= SHORT for line in text.split("\n")])
    for match in SHORT_LINES.finditer(text) if b"\1" * LINES in short else ():
        *lines, _ = match[0].split("\n")
        if max(map(len, lines)) - min(map(len, lines)) > 1:
            continue
        joined = words(match[0].replace("\n", ""))
        if share_known(joined) >= max(0.75, share_known(words(match[0])) + SENSE) and len("".join(joined)) >= SHORTEST:
            at = match.start()
            for line in lines:
                at += len(line) + 1
                yield at - 1, at, ""
