"""A system prompt that comes back out: runs of its words in an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from guardkit.decode.language import frequency
from guardkit.verdict import SNIPPET, Finding
from guardkit.view import View

__all__ = ["SYSTEM_PROMPT", "SystemPrompt"]

SYSTEM_PROMPT = "leak.system_prompt"
GRAM = 5  # words that must follow each other as in the system prompt
GAP = 2  # words between two such places that do not end a run: a number, a word changed
RUN = 15.0  # words of a run that is a leak
DISTINCT = 7  # of them, different and not common
WHOLE = 0.9  # part of a short system prompt that is a leak,
SHORT = 8.0  # if it has so many words
SHORT_DISTINCT = 4  # and so many of them are different and not common
COMMON = -7.3  # natural-log frequency above which a word is common: about the first 200
QUOTE = 300  # characters of a quotation in a system prompt, which is there to be said

_SPACELESS = r"\u3041-\u30ff\u3400-\u9fff"  # kana and Han: each character counts as a word
_WORD = re.compile(rf"[{_SPACELESS}]|[^\W_{_SPACELESS}]+(?:['’][^\W_{_SPACELESS}]+)*")
_QUOTED = re.compile("|".join(rf"{a}([^{b}\n]{{1,{QUOTE}}}){b}" for a, b in ('""', "“”", "«»", "``")))

Gram = tuple[str, ...]


class SystemPrompt:
    """A detector of one call's system prompt. Immutable and thread-safe.

    `known` are texts that the reader of the answer has seen or written: what stands there too may be repeated, and so
    may what the system prompt itself quotes, because that is there to be said.
    """

    name = SYSTEM_PROMPT

    def __init__(self, texts: Iterable[str], known: Iterable[str] = ()) -> None:
        texts = list(texts)
        secret = [_keys(text) for text in texts]
        quoted = ["".join(match.groups("")) for text in texts for match in _QUOTED.finditer(text)]
        open_ = {gram for text in (*known, *quoted) for gram in _grams(_keys(text))}
        self._grams: Final = frozenset(gram for keys in secret for gram in _grams(keys)) - open_
        self._size: Final = min((size for keys in secret if (size := _weight(keys)) >= SHORT), default=RUN)

    def detect(self, view: View) -> Iterator[Finding]:
        """One finding per run of the system prompt's words that is too long and too particular for chance."""
        found = [(match.start(), match.end()) for match in _WORD.finditer(view.text)] if self._grams else []
        keys = [_key(view.text[start:end]) for start, end in found]
        places = [at for at, gram in enumerate(_grams(keys)) if gram in self._grams]
        for run in _runs(places):
            hit = sorted({at + step for at in run for step in range(GRAM)})
            words = [keys[at] for at in hit]
            if self._leaks(words):
                start, end = found[hit[0]][0], found[hit[-1]][1]
                message = f"repeats {len(words)} words of the system prompt"
                decoded = view.text[start:end][:SNIPPET] if view.chain else ""
                yield Finding(SYSTEM_PROMPT, "injection", 1.0, view.span(start, end), message, decoded, view.chain)

    def _leaks(self, words: list[str]) -> bool:
        size = _weight(words)
        distinct = len({word for word in words if frequency(word) < COMMON})
        if size >= RUN and distinct >= DISTINCT:
            return True
        return size >= max(SHORT, WHOLE * self._size) and distinct >= SHORT_DISTINCT


def _runs(places: list[int]) -> Iterator[list[int]]:
    """The places at which grams begin, those together that follow each other closely."""
    run: list[int] = []
    for at in places:
        if run and at > run[-1] + GRAM + GAP:
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _grams(keys: list[str]) -> Iterator[Gram]:
    return (tuple(keys[at : at + GRAM]) for at in range(len(keys) - GRAM + 1))


def _keys(text: str) -> list[str]:
    return [_key(word) for word in _WORD.findall(text)]


def _key(word: str) -> str:
    return word.replace("'", "").replace("’", "").casefold()


def _weight(keys: list[str]) -> float:
    """How many words; a character of a script that does without spaces is half of one."""
    return sum(0.5 if "\u3041" <= key[0] <= "\u9fff" else 1.0 for key in keys)
