"""Puts texts back together that were taken apart: trees, indexed lists, interleaved words.

These are CodeChameleon's (Lv et al., 2024): a binary tree of words printed as a dictionary, words sorted by
length with their places, and the words at even places before those at odd ones. Its fourth, words in reverse order,
is `flip`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from guardkit.decode import language
from guardkit.decode.passages import UNLIKE_PROSE, quotes, share_known, tails
from guardkit.view import Replacement, View

__all__ = ["Structure"]

LIMIT = 65_536  # characters searched
NODES = 4_096  # of a tree
LEAST = 3  # words or parts that make a structure
SHORT = 400  # characters of a text that is tested for interleaving as a whole
WORDS = 60  # of a text tested for interleaving
ORDER = 6.8  # nats by which words must read better after it
HINTED = 4.0  # the same in a text that may speak of it, and
TOLD = -5.0  # in one that names odd and even places
STOP = 2.0  # nats for a full stop at the end, or one within a sentence
KNOWN = 0.6  # share of letters in known words

ROOT = re.compile(r"""\{\s{0,8}["']value["']\s{0,8}:""")
NODE = re.compile(
    r"""\{|\}|["'](?P<key>value|left|right)["']\s*:|"(?P<double>[^"\n]{1,400})"|'(?P<single>[^'\n]{1,400})'"""
    r"|(?P<none>None|null)\b"
)
INDEXED = re.compile(r"""\{\s*(?:"([^"\n]{1,200})"|'([^'\n]{1,200})')\s*:\s*(\d{1,5})\s*\}""")
STOPS = ".?!"
ODD_EVEN = re.compile(r"(?is)\bodd.{0,400}?\beven|\beven.{0,400}?\bodd")
CUES = ("crypt", "cipher", "odd", "interleav", "scrambl")
"""What a long text must mention for its passages to be tested for interleaving."""


class Structure:
    """Gives the text that a printed structure stands for."""

    name = "structure"

    def decode(self, view: View) -> Iterator[View]:
        text = view.text[:LIMIT]
        if "{" in text:
            exact = [*self.tree(view, text), *self.places(view, text)]
            if exact:
                yield from exact
                return
        hinted = any([cue in text for cue in CUES])
        if hinted or len(text) < SHORT:
            told = hinted and ODD_EVEN.search(text) is not None
            yield from self.interleaved(view, text, TOLD if told else HINTED if hinted else ORDER)

    def tree(self, view: View, text: str) -> Iterator[View]:
        """Walks the trees of {value, left, right} in order."""
        found: list[Replacement] = []
        at = 0
        while (root := ROOT.search(text, at)) is not None:
            at, words = walk(text, root.start())
            if len(words) >= LEAST:
                found.append((root.start(), at, " ".join(words)))
        if found:
            yield view.splice("binary_tree", found)

    def places(self, view: View, text: str) -> Iterator[View]:
        """Sorts the lists of {word: place} by place."""
        found: list[Replacement] = []
        for run in neighbours(INDEXED.finditer(text)):
            if len(run) < LEAST or len({match.group(3) for match in run}) < len(run):
                continue
            ordered = sorted(run, key=lambda match: int(match.group(3)))
            plain = " ".join(match.group(1) or match.group(2) for match in ordered)
            start, end = run[0].start(), run[-1].end()
            if text[start - 1 : start] == "[" and text[end : end + 1] == "]":
                start, end = start - 1, end + 1
            found.append((start, end, plain))
        if found:
            yield view.splice("word_places", found)

    def interleaved(self, view: View, text: str, needed: float) -> Iterator[View]:
        """Puts the second half of the words between those of the first."""
        whole = [(0, len(text))] if len(text) < SHORT and needed >= 0 else []
        areas = [*quotes(text), *tails(text), *whole]
        for start, end in sorted(areas, key=lambda area: area[1] - area[0]):  # a fence of code holds quotations
            passage = text[start:end]
            words = passage.split()
            if not LEAST * 2 <= len(words) <= WORDS or "{" in passage:
                continue
            if needed >= 0 and len(UNLIKE_PROSE.findall(text, start, end)) * 8 > len(words):
                continue
            present = natural(passage, words)
            half = (len(words) + 1) // 2
            plain: list[str] = [""] * len(words)
            plain[::2], plain[1::2] = words[:half], words[half:]
            spaced = " ".join(plain)
            if natural(spaced, plain) > present + needed and share_known(language.words(passage)) >= KNOWN:
                yield view.splice("odd_even", [(start, end, spaced)])
                return


def natural(text: str, words: list[str]) -> float:
    """Nats of evidence for the order of the text's words: pairs of words, and where the full stops are."""
    stops = [at for at, word in enumerate(words, 1) if word[-1] in STOPS]
    last = stops[-1:] == [len(words)]
    within = sum(not words[at][0].isupper() for at in (stops[:-1] if last else stops))
    return language.text_order(text) + STOP * (last - within)


def neighbours(found: Iterator[re.Match[str]]) -> list[list[re.Match[str]]]:
    """The runs of matches with little but a comma between them."""
    runs: list[list[re.Match[str]]] = [[]]
    for match in found:
        if runs[-1] and match.start() - runs[-1][-1].end() > 8:
            runs.append([])
        runs[-1].append(match)
    return runs


def walk(text: str, start: int) -> tuple[int, list[str]]:
    """Where the tree that starts here ends, and its values in order; no values if it is no such tree.

    An own reader, as the trees come as Python or JSON, cut off or not, and nested deeper than either parser bears.
    """
    words: list[str] = []
    values: list[str | None] = []  # of the open nodes, None once given out
    key = ""
    end = len(text)
    for match in NODE.finditer(text, start):
        mark, kind = match.group(), match.lastgroup
        if mark in "{}" or kind == "key":
            if values and (mark == "}" or mark.strip("\"' :") == "right"):
                give(values, words)
            key = match.group("key") or ""
        elif key == "value" and kind != "none" and values:
            values[-1] = match.group("double") or match.group("single")
            key = ""
        if mark == "{":
            values.append(None)
        elif mark == "}":
            values.pop()
        if not values or len(values) > NODES or len(words) > NODES:
            end = match.end()
            break
    while values:
        give(values, words)
        values.pop()
    return end, words


def give(values: list[str | None], words: list[str]) -> None:
    """Gives out the value of the innermost node, once: after its left branch, before its right one."""
    value = values[-1]
    if value is not None:
        words.append(value)
        values[-1] = None
