"""Attacks on a guard, within a number of checks: which techniques get past it, how often, and with what."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Protocol

from guardkit.verdict import Channel, Verdict

__all__ = ["Candidate", "Example", "Outcome", "Plan", "Result", "Search", "Technique", "Tested", "redteam"]

EXAMPLES = 3  # kept of each technique


class Target(Protocol):
    """What is attacked: a `Guard`."""

    def check_many(self, texts: Sequence[str], channel: Channel) -> list[Verdict]: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A variant of an attack, and the step that made it."""

    text: str
    step: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the guard made of a candidate."""

    candidate: Candidate
    score: float  # 0..1, that it is an attack of any kind
    passed: bool  # it was allowed


# Yields candidates and is sent their outcomes, until it gives up, has won, or the checks are spent.
Search = Generator[Sequence[Candidate], Sequence[Outcome], None]


@dataclass(frozen=True, slots=True)
class Technique:
    """A way of changing attacks. `search` gets an attack and its score."""

    name: str
    about: str
    search: Callable[[str, float, random.Random], Search]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is tried. The same plan has the same result with the same guard on the same kind of processor."""

    attacks: Sequence[str]
    techniques: Sequence[Technique]
    channel: Channel = "user"
    budget: int = 4_000  # checks; more where it is below one for each attack, and for each with every technique
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Example:
    """A variant that was allowed."""

    attack: str
    text: str
    step: str
    score: float


@dataclass(slots=True)
class Tested:
    """What became of one technique."""

    name: str
    about: str
    attacks: int = 0  # of those that the guard catches as they are
    evaded: int = 0  # of which a variant was allowed
    checks: int = 0
    tried: Counter[str] = field(default_factory=Counter)  # candidates by step
    passed: Counter[str] = field(default_factory=Counter)  # of those that were allowed
    examples: list[Example] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Result:
    attacks: int
    missed: tuple[str, ...]  # attacks that are allowed as they are; no technique is tried on them
    techniques: tuple[Tested, ...]


def redteam(guard: Target, plan: Plan, advance: Callable[[int], None] = lambda _: None) -> Result:
    """Tries every technique on every attack that the guard catches. `advance` gets the number of checks so far.

    The budget is divided evenly over techniques and attacks; what a search leaves is not given to others.
    """
    verdicts = guard.check_many(plan.attacks, plan.channel)
    spent = len(plan.attacks)
    missed = tuple(text for text, verdict in zip(plan.attacks, verdicts, strict=True) if verdict.allowed)
    caught = [(text, _score(v)) for text, v in zip(plan.attacks, verdicts, strict=True) if not v.allowed]
    share = max((plan.budget - spent) // max(len(caught) * len(plan.techniques), 1), 1)
    found = []
    for technique in plan.techniques:
        tested = _tested(guard, plan, technique, caught, share, partial(_further, advance, spent))
        spent += tested.checks
        found.append(tested)
    return Result(len(plan.attacks), missed, tuple(found))


def _tested(
    guard: Target, plan: Plan, technique: Technique, caught: Sequence[tuple[str, float]], share: int,
    advance: Callable[[int], None],
) -> Tested:  # fmt: skip
    """All searches of a technique side by side, so that the guard gets many texts at once."""
    tested = Tested(technique.name, technique.about, attacks=len(caught))
    searches = [
        technique.search(text, score, random.Random(f"{plan.seed}:{technique.name}:{number}"))
        for number, (text, score) in enumerate(caught)
    ]
    left = [share] * len(searches)
    won = [False] * len(searches)
    asked = {number: next(search, None) for number, search in enumerate(searches)}
    while asked:
        batch = {number: list(wanted)[: left[number]] for number, wanted in asked.items() if wanted and left[number]}
        if not batch:
            break
        verdicts = iter(guard.check_many([one.text for many in batch.values() for one in many], plan.channel))
        asked = {}
        for number, many in batch.items():
            own = islice(verdicts, len(many))
            outcomes = [Outcome(one, _score(verdict), verdict.allowed) for one, verdict in zip(many, own, strict=True)]
            left[number] -= len(many)
            _count(tested, caught[number][0], outcomes, first=not won[number])
            won[number] = won[number] or any(outcome.passed for outcome in outcomes)
            try:
                asked[number] = searches[number].send(outcomes)
            except StopIteration:
                continue
        advance(tested.checks)
    for search in searches:
        search.close()
    tested.evaded = sum(won)
    return tested


def _further(advance: Callable[[int], None], before: int, checks: int) -> None:
    advance(before + checks)


def _count(tested: Tested, attack: str, outcomes: Sequence[Outcome], *, first: bool) -> None:
    tested.checks += len(outcomes)
    tested.tried.update(outcome.candidate.step for outcome in outcomes)
    tested.passed.update(outcome.candidate.step for outcome in outcomes if outcome.passed)
    passed = [outcome for outcome in outcomes if outcome.passed]
    if passed and first and len(tested.examples) < EXAMPLES:
        one = passed[0]
        tested.examples.append(Example(attack, one.candidate.text, one.candidate.step, one.score))


def _score(verdict: Verdict) -> float:
    return 1 - verdict.scores["benign"]
