"""A task that a tiny model learns in seconds."""

from __future__ import annotations

import numpy as np

from guardkit.trainer.model import Config
from guardkit.trainer.prepared import Example, Prepared

SMALL = Config(
    vocabulary=64, width=48, heads=4, ffn=64, fast_layers=1, deep_layers=2, experts=4, expert_ffn=32, prototypes=4,
    features=64, positions=32,
)  # fmt: skip


def toy(count: int = 240) -> Prepared:
    """Attacks hold piece 9, harmful texts piece 11."""
    random = np.random.default_rng(0)

    def example(number: int) -> Example:
        attack, harmful = number % 2, number % 3 == 0
        tokens = random.integers(12, 60, random.integers(6, 20))
        tokens[2], tokens[4] = (9 if attack else 10), (11 if harmful else 12)
        characters = np.concatenate([random.integers(33, 120, 30), np.zeros(7, np.int64)])
        return Example(tokens, characters, np.zeros(64, np.float32), 0, attack, int(harmful), 1.0, "toy")

    return Prepared.collect(example(number) for number in range(count))
