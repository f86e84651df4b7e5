"""Every obfuscation of `research/transforms.md` that needs no language model, as our own encoders.

Used to attack a guard, to make training data (attacks and benign texts alike) and to test the decoders.
"""

from __future__ import annotations

import random

from . import (
    alphabets,
    bigbase,
    blockart,
    cipher,
    codewords,
    encoding,
    flipattack,
    frames,
    invisible,
    lookalike,
    noise,
    order,
    squares,
)
from .transform import Apply, Lossless, Transform

__all__ = ["BY_NAME", "TRANSFORMS", "Apply", "Lossless", "Transform", "compose"]

TRANSFORMS: tuple[Transform, ...] = (
    *invisible.TRANSFORMS,
    *alphabets.TRANSFORMS,
    *lookalike.TRANSFORMS,
    *encoding.TRANSFORMS,
    *codewords.TRANSFORMS,
    *cipher.TRANSFORMS,
    *squares.TRANSFORMS,
    *order.TRANSFORMS,
    *flipattack.TRANSFORMS,
    *noise.TRANSFORMS,
    *frames.TRANSFORMS,
    *blockart.TRANSFORMS,
    *bigbase.TRANSFORMS,  # last: the walk of the tests draws its sentences by place
)
BY_NAME = {transform.name: transform for transform in TRANSFORMS}

# What can be put on top of what and still be undone: first a change that leaves letters, then one of letters,
# then of bytes, then something invisible. Real tools chain in this direction ("leet then base64").
LAYERS: tuple[tuple[str, ...], ...] = (
    ("leet", "leet_rate", "case_random", "cyrillic_rate", "diacritics_rate", "typos_light", "fullwidth"),
    ("rot13", "caesar", "atbash", "flip_chars", "flip_each", "flip_words"),
    (
        "base64",
        "base64_url",
        "base64_words",
        "base32",
        "hex",
        "hex_spaced",
        "binary",
        "decimal",
        "percent",
        "unicode_escape",
        "braille",
    ),
    ("base64", "hex", "percent", "entities_decimal", "base64_asked", "split_sum", "json_record", "base64_inside"),
    ("zero_width_rate", "zero_width_every", "soft_hyphen", "tags_covered", "selectors", "ansi_colour", "backspace"),
)


def compose(rng: random.Random, depth: int = 2) -> Transform:
    """A chain of `depth` transforms (1..5), each of a later layer than the one inside it, as one transform."""
    chosen = sorted(rng.sample(range(len(LAYERS)), max(1, min(depth, len(LAYERS)))))
    steps = tuple(BY_NAME[rng.choice(LAYERS[layer])] for layer in chosen)

    def apply(text: str, inner: random.Random) -> str:
        for step in steps:
            text = step.apply(text, inner)
        return text

    ranks = ("Y", "Y-", "A", "N")
    worst = max((step.lossless for step in steps), key=ranks.index)
    return Transform("+".join(step.name for step in steps), "chain", worst, apply)
