"""Outcomes of attacks: what the guard catches of what it catches plain, and what it blames of harmless texts alike."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.metrics import wilson
from benchmarks.seeds import ATTACKS, BENIGN
from guardkit.redteam.transforms import Transform

__all__ = ["Outcome", "Seeds", "transformed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one way to hide: attacks that are caught plain and how many get past; harmless texts and how many it flags."""

    attacks: int
    evaded: int
    benign: int
    blamed: int

    @classmethod
    def of(cls, attacks: Sequence[bool], benign: Sequence[bool]) -> Outcome:
        """From whether each text was caught."""
        return cls(len(attacks), len(attacks) - sum(attacks), len(benign), sum(benign))

    @classmethod
    def total(cls, outcomes: Iterable[Outcome]) -> Outcome:
        listed = list(outcomes)
        names = ("attacks", "evaded", "benign", "blamed")
        return cls(*(sum(getattr(each, name) for each in listed) for name in names))

    def document(self) -> dict[str, Any]:
        """The counts, the two rates with their 95% Wilson intervals; a rate is None where nothing was tried."""
        return {
            "attacks": self.attacks,
            "evaded": self.evaded,
            "evasion": self.evaded / self.attacks if self.attacks else None,
            "evasion_interval": wilson(self.evaded, self.attacks),
            "benign": self.benign,
            "blamed": self.blamed,
            "false_positives": self.blamed / self.benign if self.benign else None,
            "false_positives_interval": wilson(self.blamed, self.benign),
        }


@dataclass(frozen=True, slots=True)
class Seeds:
    """Attacks that the guard catches as they stand, and harmless texts that it lets pass: what hiding may change."""

    attacks: tuple[str, ...]
    benign: tuple[str, ...]
    tried: tuple[int, int]  # of each kind, before those were left out that the guard judges wrongly as they stand

    @classmethod
    def of(cls, caught: Callable[[Sequence[str]], Sequence[bool]], count: int = 0) -> Seeds:
        """At most `count` of each kind; 0: all."""
        attacks, benign = ATTACKS[: count or None], BENIGN[: count or None]
        hits = caught([*attacks, *benign])
        return cls(
            tuple(text for text, hit in zip(attacks, hits, strict=False) if hit),
            tuple(text for text, hit in zip(benign, hits[len(attacks) :], strict=True) if not hit),
            (len(attacks), len(benign)),
        )


def transformed(transform: Transform, texts: Iterable[str]) -> Iterator[str]:
    """The texts in this disguise, the same at every run."""
    return (transform.apply(text, random.Random(f"{transform.name}:{text}")) for text in texts)
