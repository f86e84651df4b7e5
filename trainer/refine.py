"""A round of refinement: what the last export gets wrong among fresh texts, beside windows of the first run.

Rounds are repeated until the gain vanishes: each goes on from the weights of the one before, and mines with its graphs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import numpy as np

from guardkit.classify.calibration import Calibration
from guardkit.classify.manifest import load as read_manifest
from guardkit.trainer.loop import Run
from guardkit.trainer.mine import candidates, mine
from guardkit.trainer.predecessor import heard, judge
from guardkit.trainer.prepare import prepare, synthetic
from guardkit.trainer.prepared import Prepared
from guardkit.trainer.train import load, train

__all__ = ["Round", "last", "refine"]

FINISHED = "finished"  # of a round's folder


@dataclass(frozen=True)
class Round:
    public: int  # candidates among the public rows that the first selection left out
    made: int | Mapping[str, int]  # candidates of our own generators, in all or per family
    replay: int  # windows of the first run beside the mined ones
    scale: float  # that the first run was prepared with
    margin: float  # log-odds on the right side of even that count as clear
    add: Mapping[str, int] = field(default_factory=dict)  # new samples that are all trained on
    release: Path | None = None  # a shipped model whose judgement is part of the targets
    minutes: float = 0.0
    rate: float = 4.5e-5  # of the transferred weights; of new ones four times that


def last(out: Path) -> tuple[Path, int]:
    """The checkpoint of the last finished round, or of the training before the first; and how many there were."""
    number = 0
    while (out / f"round-{number + 1}" / FINISHED).exists():
        number += 1
    return (out / f"round-{number}" if number else out) / "checkpoint.pt", number


def refine(data: Path, out: Path, plan: Round, seed: int) -> dict[str, int]:
    """Trains the next round, or resumes it, and returns how many of how many candidates were hard.

    `out` / "model" is the export of the round before.
    """
    checkpoint, done = last(out)
    folder = out / f"round-{done + 1}"
    if not (folder / "windows.npz").exists():
        folder.mkdir(exist_ok=True)
        _collect(data, out, plan, (seed, seed + 1 + done), folder)
    soft = np.load(folder / "soft.npy") if (folder / "soft.npy").exists() else None
    run = Run(rate=plan.rate, new_rate=4 * plan.rate, warmup=0.03, minutes=plan.minutes, seed=seed + 1 + done)
    train(load(checkpoint), Prepared.load(folder / "windows.npz"), run, folder, soft=soft)
    counts: dict[str, int] = json.loads((folder / "counts.json").read_text())
    (folder / FINISHED).touch()
    return counts


def _collect(data: Path, out: Path, plan: Round, seeds: tuple[int, int], folder: Path) -> None:
    """What the round trains on: its windows, the teacher's judgement if there is one, and the counts.

    `seeds` are the first run's and this round's.
    """
    start, seed = seeds
    router = Calibration.read(read_manifest(out / "model").calibration).router
    rows = candidates(data, start, plan.scale, seed, plan.public, plan.made)
    hard = mine(rows, out / "model", router, plan.margin)
    (folder / "counts.json").write_text(json.dumps({"candidates": len(rows), "hard": len(hard)}))
    hard += synthetic(data, plan.add, seed + 1) if plan.add else []
    tokenizer = (out / "tokenizer.json").read_text("utf-8")
    mined = prepare(hard, tokenizer, None, seed)
    first = Prepared.load(out / "prepared.npz")
    keep = Random(seed).sample(range(len(first)), min(plan.replay, len(first)))
    both = mined.join(first.take(np.array(keep, np.int64)))
    if plan.release is not None:
        np.save(folder / "soft.npy", heard(judge(plan.release, both, tokenizer), both))
    both.save(folder / "windows.npz")
