"""The techniques: each a search over variants of one attack. Some only draw, some follow the guard's own score."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from importlib.util import find_spec

from guardkit.redteam.edits import EDITS
from guardkit.redteam.phrasing import FRAMES, SYNONYMS
from guardkit.redteam.search import Candidate, Search, Technique
from guardkit.redteam.transforms import TRANSFORMS, compose
from guardkit.redteam.words import SENTENCES, WORDS

__all__ = ["TECHNIQUES"]

TOGETHER = 6  # variants that are tried before the best of them is taken
DEPTH = 3  # of chains
CHANGED = 0.4  # of the words, at most, so that an attack stays readable
LONGEST = 24  # words of a suffix
PAGES = (5, 20, 60)  # sentences around a buried attack

Variant = tuple[str, str]  # a text, and the step that made it
Propose = Callable[[str, random.Random], Variant | None]


def climb(start: str, score: float, rng: random.Random, propose: Propose) -> Search:
    """Hill climbing on the guard's own score: of a few proposals the best is kept if it scores less."""
    best = start
    while True:
        made = [variant for _ in range(TOGETHER) if (variant := propose(best, rng)) is not None]
        candidates = [Candidate(text, step) for text, step in dict(made).items()]
        if not candidates:
            return
        outcomes = yield candidates
        if any(outcome.passed for outcome in outcomes):
            return
        lowest = min(outcomes, key=lambda outcome: outcome.score)
        if lowest.score < score:
            best, score = lowest.candidate.text, lowest.score


def encodings(text: str, score: float, rng: random.Random) -> Search:
    """Every transform that can be undone, in random order."""
    usable = [t for t in TRANSFORMS if t.lossless in ("Y", "Y-") and (not t.needs or find_spec(t.needs))]
    for transform in rng.sample(usable, len(usable)):
        made = transform.apply(text, rng)
        if made != text:  # some change only what ASCII has not
            yield [Candidate(made, transform.name)]


def chains(text: str, score: float, rng: random.Random) -> Search:
    """Transforms on top of each other."""
    while True:
        transform = compose(rng, DEPTH)
        yield [Candidate(transform.apply(text, rng), transform.name)]


def characters(text: str, score: float, rng: random.Random) -> Search:
    """One more edit of one more word at a time."""
    most = max(int(CHANGED * len(text.split())), 1)

    def propose(best: str, rng: random.Random) -> Variant | None:
        words = best.split(" ")
        original = text.split(" ")
        fresh = [at for at, word in enumerate(words) if word == original[at] and len(word) > 2]
        if len(original) - sum(a == b for a, b in zip(words, original, strict=True)) >= most or not fresh:
            return None
        at, name = rng.choice(fresh), rng.choice(tuple(EDITS))
        words[at] = EDITS[name](words[at], rng)
        return " ".join(words), name

    return climb(text, score, rng, propose)


def paraphrases(text: str, score: float, rng: random.Random) -> Search:
    """Other words for the telling ones, and other ways to ask."""

    def propose(best: str, rng: random.Random) -> Variant | None:
        found = [(match, others) for pattern, others in SYNONYMS if (match := re.search(pattern, best, re.I))]
        if found and rng.random() < 0.7:
            match, others = rng.choice(found)
            return best[: match.start()] + rng.choice(others) + best[match.end() :], "other words"
        name = rng.choice(tuple(FRAMES))
        return FRAMES[name].format(attack=best), name

    return climb(text, score, rng, propose)


def suffixes(text: str, score: float, rng: random.Random) -> Search:
    """Harmless words behind the attack, which stays as it is."""

    def propose(best: str, rng: random.Random) -> Variant | None:
        words = best[len(text) :].split()
        new = rng.choices(WORDS, k=rng.randint(1, 4))
        at = rng.randrange(len(words) + 1)
        if len(words) >= LONGEST or (words and rng.random() < 0.5):
            words[at : at + len(new)] = new
        else:
            words[at:at] = new
        return f"{text} {' '.join(words[:LONGEST])}", "words behind it"

    return climb(text, score, rng, propose)


def burial(text: str, score: float, rng: random.Random) -> Search:
    """Somewhere in ordinary prose, of a few lines to a few pages."""
    while True:
        size = rng.choice(PAGES)
        prose = rng.choices(SENTENCES, k=size)
        prose.insert(rng.randrange(size + 1), text)
        yield [Candidate(" ".join(prose), f"in {size} sentences")]


def halves(text: str, score: float, rng: random.Random) -> Search:
    """Its parts apart, ordinary sentences between them."""

    def propose(best: str, rng: random.Random) -> Variant | None:
        words = text.split()
        cuts = sorted(rng.sample(range(1, len(words)), min(rng.randint(1, 3), len(words) - 1)))
        parts = [" ".join(words[a:b]) for a, b in zip([0, *cuts], [*cuts, len(words)], strict=True)]
        return f" … {rng.choice(SENTENCES)} … ".join(parts), f"in {len(parts)} parts"

    return climb(text, score, rng, propose)


TECHNIQUES: Sequence[Technique] = (
    Technique("encodings", "one of the transforms that can be undone", encodings),
    Technique("chains", f"up to {DEPTH} transforms on top of each other", chains),
    Technique("characters", f"edits of characters in at most {CHANGED:.0%} of the words", characters),
    Technique("paraphrases", "other words, other ways to ask", paraphrases),
    Technique("suffixes", f"up to {LONGEST} harmless words behind it", suffixes),
    Technique("burial", "somewhere in ordinary prose", burial),
    Technique("parts", "its parts apart in ordinary prose", halves),
)
