"""Repetition in texts: distinct n-grams, near-duplicates, and what training texts share with a benchmark.

Near-duplicates have a Jaccard similarity of word shingles of about `SAME` or more, found by MinHash (Broder 1997) with
banded signatures (Leskovec et al. 2020, ch. 3): 32 bands of 4, which meet with probability 1/2 at .37 similarity and
with .99 at .7; every pair that meets is then measured by its signatures.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Variety", "leaks", "near", "signatures", "thin", "variety"]

BANDS, ROWS = 32, 4
SAME = 0.7  # similarity from which on two texts are one
SHINGLE = 3  # words
HEAD = 4_000  # characters of a text that are read
CHUNK = 256  # shingles hashed at once

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Variety:
    """How much a set of texts repeats itself."""

    texts: int
    distinct: tuple[float, ...]  # distinct over all word n-grams, n = 1 to 4
    commonest: float  # share of texts that hold the most frequent 8-gram
    near: float  # share of texts that are a near-duplicate of an earlier one


def variety(texts: Sequence[str]) -> Variety:
    words = [_words(text) for text in texts]
    shares = []
    for size in (1, 2, 3, 4):
        seen: set[tuple[str, ...]] = set()
        total = 0
        for line in words:
            grams = list(zip(*(line[start:] for start in range(size)), strict=False))
            seen.update(grams)
            total += len(grams)
        shares.append(len(seen) / max(1, total))
    counts: Counter[tuple[str, ...]] = Counter()
    for line in words:
        counts.update(set(zip(*(line[start:] for start in range(8)), strict=False)))
    top = max(counts.values(), default=0)
    repeated = int((near(signatures(texts)) >= 0).sum())
    return Variety(len(texts), tuple(shares), top / max(1, len(texts)), repeated / max(1, len(texts)))


def signatures(texts: Sequence[str]) -> NDArray[np.uint32]:
    """(N, 128): the MinHash of each text; texts without a word have the same one as their characters."""
    random = np.random.default_rng(0)
    size = BANDS * ROWS
    slope = random.integers(0, 1 << 63, size, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    offset = random.integers(0, 1 << 63, size, dtype=np.uint64)
    out = np.empty((len(texts), size), np.uint32)
    for number, text in enumerate(texts):
        found = np.fromiter(_shingles(text), np.uint64)
        least = np.full(size, np.iinfo(np.uint32).max, np.uint32)
        for start in range(0, len(found), CHUNK):
            hashes = (found[start : start + CHUNK, None] * slope + offset) >> np.uint64(32)  # multiply-shift
            least = np.minimum(least, hashes.min(0).astype(np.uint32))
        out[number] = least
    return out


def near(of: NDArray[np.uint32], others: NDArray[np.uint32] | None = None) -> NDArray[np.int64]:
    """For each signature the number of a near-duplicate, or -1: among the earlier ones, or among `others`."""
    tables: list[dict[bytes, list[int]]] = [defaultdict(list) for _ in range(BANDS)]
    for number, signature in enumerate(others if others is not None else ()):
        for table, band in zip(tables, _bands(signature), strict=True):
            table[band].append(number)
    pool = of if others is None else others
    out = np.full(len(of), -1, np.int64)
    for number, signature in enumerate(of):
        bands = _bands(signature)
        met = sorted({other for table, band in zip(tables, bands, strict=True) for other in table.get(band, ())})
        if met:
            alike = (pool[met] == signature).mean(1)
            if alike.max() >= SAME:
                out[number] = met[int(alike.argmax())]
        if others is None and out[number] < 0:  # of a cluster only the first stands for it
            for table, band in zip(tables, bands, strict=True):
                table[band].append(number)
    return out


def thin(texts: Sequence[str]) -> list[int]:
    """The numbers of the texts without the near-duplicates of earlier ones."""
    return [int(number) for number in np.flatnonzero(near(signatures(texts)) < 0)]


def leaks(texts: Sequence[str], bench: Sequence[str]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which texts stand in `bench` as they are (case, marks and spaces aside), and which nearly so."""
    known = {" ".join(_words(text)) for text in bench}
    exact = np.array([" ".join(_words(text)) in known for text in texts], bool)
    alike = near(signatures(texts), signatures(bench)) >= 0
    return exact, alike & ~exact


def _words(text: str) -> list[str]:
    return _WORD.findall(text[:HEAD].lower())


def _shingles(text: str) -> set[int]:
    """Hashes of a text's runs of three words; of a shorter text its words, of one without words its characters."""
    words = _words(text) or list(text[:HEAD].strip())
    size = min(SHINGLE, len(words))
    grams = {" ".join(words[at : at + size]) for at in range(len(words) - size + 1)} if words else {""}
    return {zlib.crc32(gram.encode("utf-8", "replace")) for gram in grams}


def _bands(signature: NDArray[np.uint32]) -> list[bytes]:
    return [signature[start : start + ROWS].tobytes() for start in range(0, BANDS * ROWS, ROWS)]
