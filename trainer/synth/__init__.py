# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""Synthetic attacks and hard negatives: grammars composed with real benign texts, deterministic per seed.

`generate(seed, 50_000, Pool.load("train.parquet"))` yields samples; nothing here was written from any benchmark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from . import (
    abroad,
    amid,
    buried,
    chat,
    clean,
    contrast,
    counterpart,
    direct,
    everyday,
    guidance,
    hard,
    harm,
    hazard,
    indirect,
    jailbreak,
    steering,
    technical,
    terse,
    words,
    world,
    worn,
    written,
)  # fmt: skip
from .pool import Pool
from .sample import Family, Sample

__all__ = ["FAMILIES", "SHARES", "Pool", "Sample", "generate"]

FAMILIES: dict[str, Family] = {
    **direct.FAMILIES,
    **indirect.FAMILIES,
    **jailbreak.FAMILIES,
    **hard.FAMILIES,
    **harm.FAMILIES,
    **hazard.FAMILIES,
    **contrast.FAMILIES,
    **counterpart.FAMILIES,
    **technical.FAMILIES,
    **terse.FAMILIES,
    **words.FAMILIES,
    **everyday.FAMILIES,
    **chat.FAMILIES,
    **world.FAMILIES,
    **clean.FAMILIES,
    **guidance.FAMILIES,
    **buried.FAMILIES,
    **steering.FAMILIES,
    **abroad.FAMILIES,
    **written.FAMILIES,
    **amid.FAMILIES,
    **worn.FAMILIES,
}

# Relative share of each family when only a total is asked for; harmless families hold about half of the sum.
SHARES: dict[str, float] = {
    "override": 4, "extraction": 4, "hijack": 3, "agent": 2, "pretext": 2, "spoof": 3, "multiturn": 1,
    "embedded": 7, "tool_order": 6, "foreign_task": 7, "interrupted": 1, "spoofed_document": 2, "pasted": 2,
    "persona": 3, "fiction": 2, "academic": 1, "refusal_suppression": 1, "prefix_injection": 1, "dual_response": 1, "game": 1,
    "shift": 1, "crescendo": 1, "suffix": 1,
    "trigger": 8, "user_task": 6, "user_document": 4, "clean_carrier": 9, "clean_document": 3, "quoted": 5, "system_prompt": 2,
    "encoded": 2, "harmful": 8, "scary": 8, "chat": 3, "data": 2, "world_attack": 14, "world_benign": 14,
    "wish": 7, "concern": 9, "staged": 5, "staged_wish": 3, "words": 7, "terse": 7, "terse_benign": 8,
    "letter": 5, "notice": 12, "page": 4, "record": 5, "paper": 4, "tracker": 12, "request_document": 5, "own_question": 4, "guidance": 7, "buried": 12, "buried_task": 6,
    "counterpart": 12, "counterpart_long": 4, "everyday": 8, "technical": 6,
    "hazard": 10, "hazard_text": 4,
    "steering": 16, "steering_benign": 18, "abroad_document": 14, "abroad_injection": 10,
    "written_attack": 60, "written_benign": 66, "written_harm": 12, "amid": 24, "amid_benign": 24, "worn": 16, "worn_benign": 16,
}  # fmt: skip

_TRIES = 20  # repeats are dropped; a family that cannot find a new text in so many tries yields fewer


def _portion(total: int) -> dict[str, int]:
    """Returns the counts per family, largest remainders first, so that they sum to `total`."""
    whole = sum(SHARES.values())
    exact = {name: total * share / whole for name, share in SHARES.items()}
    counts = {name: int(value) for name, value in exact.items()}
    for name in sorted(exact, key=lambda name: counts[name] - exact[name])[: total - sum(counts.values())]:
        counts[name] += 1
    return counts


def generate(seed: int, counts: Mapping[str, int] | int, pool: Pool) -> Iterator[Sample]:
    """Yields distinct samples in random order: `counts` per family, or a total divided by `SHARES`."""
    rng = Random(seed)
    wanted = _portion(counts) if isinstance(counts, int) else counts
    names = [name for name in sorted(wanted) for _ in range(wanted[name])]
    rng.shuffle(names)
    seen: set[int] = set()
    for name in names:
        family = FAMILIES[name]
        for _ in range(_TRIES):
            sample = family(rng, pool)
            digest = hash((sample.channel, sample.text))
            if digest not in seen and sample.text.strip():
                seen.add(digest)
                yield sample
                break
