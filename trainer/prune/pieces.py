"""A smaller vocabulary for any base tokenizer, WordPiece or BPE, chosen by coverage of our own texts.

What comes out is in the form that `guardkit.classify.windows` reads: the specials [PAD] [UNK] [CLS] [SEP] [MASK] are 0
to 4, and no text can spell them. A BPE vocabulary keeps all bytes, so that nothing is unknown; a kept piece keeps the
pieces that it is merged from, so that every text whose pieces are all kept is cut as before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers.pre_tokenizers import ByteLevel

from guardkit.trainer.vocabulary import SPECIALS, count
from guardkit.trainer.vocabulary import prune as word_pieces

__all__ = ["pieces"]

BOUNDARIES = ("<|endoftext|>", "</s>", "<s>", "<|end_of_text|>", "<|im_end|>")  # whose row the specials start from


def pieces(
    tokenizer_json: str, texts: Iterable[str], size: int, *, weights: Iterable[float] | None = None
) -> tuple[str, list[int]]:
    """(tokenizer.json of `size` pieces, kept): `kept[new id]` is the base id whose row a piece starts from."""
    document: dict[str, Any] = json.loads(tokenizer_json)
    kind = document["model"]["type"]
    if kind == "WordPiece":
        return word_pieces(texts, size, weights=weights, base=tokenizer_json)
    if kind != "BPE":
        raise ValueError(f"a tokenizer of the type {kind} cannot be pruned; WordPiece and BPE can")
    vocabulary: dict[str, int] = document["model"]["vocab"]
    merges = [
        tuple(rule.split(" ", 1)) if isinstance(rule, str) else tuple(rule) for rule in document["model"]["merges"]
    ]
    boundary = _boundary(document)
    plain = _plain(document)
    counts = count(json.dumps(plain), texts, repeat(1.0) if weights is None else weights)
    chosen = _choose(vocabulary, merges, counts, size - len(SPECIALS))
    kept = sorted(vocabulary[piece] for piece in chosen)
    names = {number: piece for piece, number in vocabulary.items()}
    numbers = {piece: new for new, piece in enumerate([*SPECIALS, *(names[old] for old in kept)])}
    plain["model"] |= {
        "vocab": numbers,
        "merges": [[left, right] for left, right in merges if {left, right, left + right} <= chosen],
    }
    if plain["model"].get("unk_token") is not None:
        plain["model"]["unk_token"] = "[UNK]"
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return text, [*repeat(boundary, len(SPECIALS)), *kept]


def _choose(
    vocabulary: dict[str, int], merges: list[tuple[str, ...]], counts: NDArray[np.float64], size: int
) -> set[str]:
    """All bytes, then the most frequent pieces, each with those that it is merged from."""
    parts = {left + right: (left, right) for left, right in reversed(merges)}  # of several rules the first
    letters = set(ByteLevel.alphabet()) | {f"<0x{number:02X}>" for number in range(256)}
    chosen = letters & vocabulary.keys()
    if len(chosen) > size:
        raise ValueError(f"{size + len(SPECIALS)} pieces cannot hold the specials and {len(chosen)} bytes")
    frequent = sorted(vocabulary, key=lambda piece: (-counts[vocabulary[piece]], vocabulary[piece]))
    for piece in frequent:
        needed = _ancestors(piece, parts) - chosen
        if needed and len(chosen) + len(needed) <= size:
            chosen |= needed
        if len(chosen) == size:
            return chosen
    raise ValueError(f"the base vocabulary has only {len(chosen) + len(SPECIALS)} pieces, not {size + len(SPECIALS)}")


def _ancestors(piece: str, parts: dict[str, tuple[str, str]]) -> set[str]:
    found, waiting = set(), [piece]
    while waiting:
        piece = waiting.pop()
        if piece not in found:
            found.add(piece)
            waiting.extend(parts.get(piece, ()))
    return found


def _boundary(document: dict[str, Any]) -> int:
    added = {token["content"]: int(token["id"]) for token in document.get("added_tokens") or []}
    everything = document["model"]["vocab"] | added
    found = [everything[name] for name in BOUNDARIES if name in everything]
    return int(next(iter([*found, *added.values(), 0])))


def _plain(document: dict[str, Any]) -> dict[str, Any]:
    """Without added tokens, post-processor, truncation and padding; and merged by the rules alone, because a whole word
    that is looked up could be a special."""
    model = document["model"] | {"ignore_merges": False, "dropout": None}
    bare = {"truncation": None, "padding": None, "post_processor": None, "added_tokens": []}
    return document | bare | {"model": model}
