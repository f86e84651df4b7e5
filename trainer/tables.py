"""Learns the language tables of `guardkit.decode.language` from the training texts.

    python -m guardkit.trainer.tables --data DIR --out guardkit/decode/tables.npz

Only counts leave this program: character trigrams, single words that at least three sources use, and pairs of word
classes. The same data give the same file, byte for byte.
"""

from __future__ import annotations

import argparse
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from guardkit.decode.language import ORDER_SCALE, SCALE, SUFFIXES, SYMBOLS, suffix_class, symbols, trigrams, words

SOURCE_LIMIT = 600_000  # characters taken of one source, so that none dominates
LEXICON = 20_000
FOREIGN = -5.0  # highest log-probability of a letter outside ASCII
FREQUENT = 400  # words with a class of their own in the word-order table
UNREADABLE = (
    "aisafetylab", "artprompt", "attack_defense_arena", "chess_openings", "codechameleon", "dra", "encoded_synth",
    "gcg_logs_matias", "jailtrickbench_adv", "llm_adaptive_attacks", "lockfiles_hashes", "typo_text",
    "vulcan_obfuscated", "wycheproof_hex",
)  # fmt: skip
"""Sources whose text is encoded, misspelt, optimised or no language."""
SHORT_WORDS = frozenset(
    "a i am an as at be by do go he hi if in is it me my no of oh ok on or so to up us we id ai vs".split()
)
"""Words of one or two letters: abbreviations pass the three-source rule, so these are listed."""


def sources(data: Path) -> Iterator[list[str]]:
    """The English training texts of each source, up to its limit, in an order that depends on nothing else."""
    rows = (
        pl.scan_parquet(data / "train.parquet")
        .filter(
            (pl.col("split") == "train")
            & (pl.col("lang") == "en")
            & pl.col("label").is_in(["benign", "injection"])
            & ~pl.col("source").is_in(UNREADABLE)
        )  # fmt: skip
        .select("source", "id", "text")
        .collect()
        .with_columns(pl.col("id").map_elements(lambda row: zlib.crc32(row.encode()), pl.UInt32).alias("at"))
        .sort("source", "at", "id")
    )
    for _, shuffled in rows.group_by("source", maintain_order=True):
        size = shuffled["text"].str.len_chars().cum_sum()
        yield shuffled["text"].filter(size <= SOURCE_LIMIT).to_list()


def quantise(values: NDArray[np.float64], scale: int) -> NDArray[np.int8]:
    """The values in table units, clipped to what int8 holds."""
    return np.clip(np.rint(values * scale), -127, 127).astype(np.int8)


def trigram_table(counts: NDArray[np.float64]) -> NDArray[np.int8]:
    """Conditional log-probabilities, smoothed by the bigram and that by the unigram (Witten and Bell, 1991)."""
    unigram = counts.sum((0, 1)) + 1
    unigram /= unigram.sum()
    pairs = counts.sum(0)
    kinds = (pairs > 0).sum(1, keepdims=True) + 1
    bigram = (pairs + kinds * unigram) / (pairs.sum(1, keepdims=True) + kinds)
    kinds = (counts > 0).sum(2, keepdims=True) + 1
    table = np.log((counts + kinds * bigram[None]) / (counts.sum(2, keepdims=True) + kinds))
    # The few English texts with foreign letters come in runs; without a ceiling such a run would look like English.
    table[..., -1] = np.minimum(table[..., -1], FOREIGN)
    table[-1, -1] = np.minimum(table[-1, -1], FOREIGN)
    return quantise(table, SCALE)


def order_table(pairs: Counter[tuple[str, str]], frequent: list[str]) -> NDArray[np.int8]:
    """Log-ratios of a pair of word classes to the swapped pair; the empty word is the edge of a sentence."""
    place = {"": 0} | {word: at + 1 for at, word in enumerate(frequent)}
    size = len(frequent) + 1 + len(SUFFIXES)
    counts = np.full((size, size), 3.0)  # rarer pairs tell nothing
    for (left, right), count in pairs.items():
        row, column = (place.get(w, len(frequent) + 1 + suffix_class(w)) for w in (left, right))
        counts[row, column] += count
    return quantise(np.log(counts / counts.T), ORDER_SCALE)


def lexicon(counts: Counter[str], seen: Counter[str]) -> tuple[list[str], NDArray[np.uint8]]:
    """The words that most sources share, in alphabetical order, and their negative log-probabilities."""
    fit = [
        word for word, count in seen.items()
        if count >= 3 and word.isascii() and len(word) <= 20 and (len(word) > 2 or word in SHORT_WORDS)
    ]  # fmt: skip
    chosen = sorted(sorted(fit, key=lambda word: (-seen[word], -counts[word], word))[:LEXICON])
    total = counts.total()
    cost = [-np.log(counts[word] / total) * SCALE for word in chosen]
    return chosen, np.clip(np.rint(cost), 0, 255).astype(np.uint8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train.parquet")
    parser.add_argument("--out", type=Path, required=True, help="the .npz file to write")
    arguments = parser.parse_args()

    cube = np.zeros(SYMBOLS**3)
    counts: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for texts in sources(arguments.data):
        own: Counter[str] = Counter()
        for text in texts:
            cube += np.bincount(trigrams(symbols(text)), minlength=SYMBOLS**3)
            for line in text.replace(". ", "\n").replace("? ", "\n").splitlines():
                found = words(line)
                own.update(found)
                if len(found) > 2:
                    pairs.update(zip(["", *found], [*found, ""], strict=True))
        counts.update(own)
        seen.update(own.keys())
    chosen, costs = lexicon(counts, seen)
    by_cost = sorted(range(len(chosen)), key=lambda at: (costs[at], chosen[at]))
    np.savez_compressed(
        arguments.out,
        trigrams=trigram_table(cube.reshape(SYMBOLS, SYMBOLS, SYMBOLS)).ravel(),
        words=np.frombuffer("\n".join(chosen).encode("ascii"), np.uint8),
        frequencies=costs,
        order=order_table(pairs, [chosen[at] for at in by_cost[:FREQUENT]]),
    )
    print(f"{len(chosen)} words, {cube.sum():.0f} trigrams, {arguments.out.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
