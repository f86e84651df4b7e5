"""The attack run: the same attacks hidden in every way we know, and harmless texts hidden alike, as one document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from benchmarks.attack import Outcome, Seeds, transformed
from benchmarks.machine import machine
from benchmarks.placement import DEPTHS, LENGTHS, PARTS, Way, document, needle, split
from benchmarks.rows import DataMissing
from benchmarks.scores import Subject, score
from benchmarks.substitution import Judged, Thesaurus, substitute
from benchmarks.techniques import FLIP_FORMS, FLIP_MODES, HACKETT
from guardkit.redteam.transforms import BY_NAME, TRANSFORMS, Transform
from guardkit.verdict import Channel

__all__ = ["Plan", "evasion"]

CLASSES = {"Y": "decodable", "Y-": "decodable", "A": "ambiguous", "N": "undecodable"}
WAYS: tuple[Way, ...] = ("user turns", "tool results")

Document = dict[str, Any]
Outcomes = Mapping[str, Outcome]


@dataclass(frozen=True, slots=True)
class Plan:
    """How many seeds of each kind; 0 leaves a part out, for `seeds` it means all fifty."""

    seeds: int = 25  # of the transforms and of the splits
    needles: int = 8
    words: int = 25  # attacks that are rewritten word by word
    lengths: Sequence[int] = LENGTHS


@dataclass(frozen=True, slots=True)
class Range:
    """The guard on texts, with its store and a progress bar."""

    subject: Subject
    cache: Path | None
    progress: Progress

    def caught(self, texts: Sequence[str], channel: Channel = "user", title: str = "") -> list[bool]:
        task = self.progress.add_task(title or "seeds", total=len(texts))
        found = score(
            self.subject, texts, [channel] * len(texts), self.cache, lambda count: self.progress.advance(task, count)
        )
        self.progress.update(task, completed=len(texts), visible=bool(title))
        return [bool(each) for each in found.caught]

    def tracked(self, items: Sequence[Any], title: str) -> Iterable[Any]:
        return self.progress.track(items, description=title)


def evasion(subject: Subject, plan: Plan, cache: Path | None, console: Console) -> Document:
    """Every outcome of the run, as plain data."""
    columns = TextColumn("{task.description:24}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console) as progress:
        ground = Range(subject, cache, progress)
        seeds = Seeds.of(ground.caught, plan.seeds)
        outcomes = _transforms(ground, seeds)
        found: Document = {
            "model": subject.model,
            "policy": subject.guard.policy.name,
            "machine": machine(),
            "plan": {"seeds": plan.seeds, "needles": plan.needles, "words": plan.words, "lengths": list(plan.lengths)},
            "seeds": {
                "attacks": seeds.tried[0],
                "caught_plain": len(seeds.attacks),
                "benign": seeds.tried[1],
                "allowed_plain": len(seeds.benign),
            },
            "transforms": _listed(outcomes),
            "classes": _classes(outcomes),
            "families": _families(outcomes),
            "hackett": _hackett(outcomes),
            "flipattack": _flipattack(outcomes),
            "splits": _splits(ground, seeds),
            "needles": _needles(ground, seeds, plan),
        }
        try:
            found["substitution"] = _substitution(ground, seeds, plan.words)
        except DataMissing as error:
            found["substitution"] = {"missing": str(error)}
    return found


def _transforms(ground: Range, seeds: Seeds) -> dict[str, Outcome]:
    """One pass over all transforms, so that the progress bar and the store see them as a whole."""
    texts = [text for t in TRANSFORMS for text in transformed(t, (*seeds.attacks, *seeds.benign))]
    hits = ground.caught(texts, title="transforms")
    size, count = len(seeds.attacks) + len(seeds.benign), len(seeds.attacks)
    blocks = (hits[start : start + size] for start in range(0, len(hits), max(size, 1)))
    return {t.name: Outcome.of(block[:count], block[count:]) for t, block in zip(TRANSFORMS, blocks, strict=size > 0)}


def _listed(outcomes: Outcomes) -> list[Document]:
    def row(t: Transform) -> Document:
        about = {"name": t.name, "family": t.family, "class": CLASSES[t.lossless], "tools": list(t.tools)}
        return about | outcomes[t.name].document()

    return [row(BY_NAME[name]) for name in outcomes]


def _grouped(outcomes: Outcomes, by: Callable[[Transform], str]) -> list[Document]:
    groups: dict[str, list[str]] = {}
    for name in outcomes:
        groups.setdefault(by(BY_NAME[name]), []).append(name)
    return [
        {"name": group, "transforms": len(names)} | Outcome.total(outcomes[name] for name in names).document()
        for group, names in groups.items()
    ]


def _classes(outcomes: Outcomes) -> list[Document]:
    return sorted(_grouped(outcomes, lambda t: CLASSES[t.lossless]), key=lambda line: -int(line["transforms"]))


def _families(outcomes: Outcomes) -> list[Document]:
    return _grouped(outcomes, lambda t: t.family)


def _hackett(outcomes: Outcomes) -> list[Document]:
    return [
        {"name": name, "transforms": list(members)} | Outcome.total(outcomes[each] for each in members).document()
        for name, members in HACKETT.items()
        if all(each in outcomes for each in members)
    ]


def _flipattack(outcomes: Outcomes) -> list[Document]:
    return [
        {"mode": mode, "form": form} | outcomes[f"flipattack_{mode}_{form}"].document()
        for mode in FLIP_MODES
        for form in FLIP_FORMS
        if f"flipattack_{mode}_{form}" in outcomes
    ]


def _splits(ground: Range, seeds: Seeds) -> list[Document]:
    check = ground.subject.guard.check_messages

    def row(way: Way, parts: int) -> Document:
        attacks = [not check(split(text, parts, way)).allowed for text in seeds.attacks]
        benign = [not check(split(text, parts, way)).allowed for text in seeds.benign]
        return {"way": way, "parts": parts} | Outcome.of(attacks, benign).document()

    cells = [(way, parts) for way in WAYS for parts in PARTS]
    return [row(*cell) for cell in ground.tracked(cells, "splits")]


def _needles(ground: Range, seeds: Seeds, plan: Plan) -> list[Document]:
    """Attacks that are caught on the channel of documents as they stand, and the same documents without an attack."""
    if not plan.needles:
        return []
    caught = ground.caught(seeds.attacks, "document")
    attacks = [text for text, hit in zip(seeds.attacks, caught, strict=True) if hit][: plan.needles]
    found = []
    cells = [(length, depth) for length in plan.lengths for depth in DEPTHS]
    clean = {}
    for length in plan.lengths:
        texts = ["\n\n".join(document(length, seed)) for seed in range(len(attacks))]
        clean[length] = ground.caught(texts, "document")
    for length, depth in ground.tracked(cells, "needles"):
        hits = ground.caught([needle(text, length, depth, seed) for seed, text in enumerate(attacks)], "document")
        found.append({"characters": length, "depth": depth} | Outcome.of(hits, clean[length]).document())
    return found


def _substitution(ground: Range, seeds: Seeds, count: int) -> Document:
    """Raises `DataMissing` where the word vectors are not installed."""
    if not count or ground.subject.folder is None:  # without a model there is no score to push down
        return {"missing": "left out"}
    try:
        thesaurus = Thesaurus()
    except ImportError as error:
        raise DataMissing(f"{error.name} is not installed: pip install 'guardkit[train]'") from error

    def judge(texts: Sequence[str]) -> list[Judged]:
        return [Judged(not v.allowed, 1 - v.scores["benign"]) for v in ground.subject.guard.check_many(texts)]

    chosen = seeds.attacks[:count]
    attempts = [substitute(text, judge, thesaurus) for text in ground.tracked(chosen, "word substitution")]
    outcome = Outcome.of([not each.evaded for each in attempts], [])
    changed = [each.changed for each in attempts if each.evaded]
    return outcome.document() | {
        "changed": sum(changed) / len(changed) if changed else None,
        "asked": sum(each.asked for each in attempts) / len(attempts) if attempts else None,
    }
