"""Texts per second, one by one and in a batch, on one thread and on all."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from guardkit import Guard

__all__ = ["throughput"]


def throughput(model: Path, texts: Sequence[str], rounds: int) -> list[dict[str, Any]]:
    """Texts per second of each way, the median of the rounds with the least and the most; the ways take turns."""
    cores = os.cpu_count() or 1
    single, wide = Guard("balanced", model=model), Guard("balanced", model=model, threads=cores)
    ways: dict[str, Callable[[], object]] = {
        "check, one thread": lambda: [single.check(text) for text in texts],
        f"check, {cores} threads for each text": lambda: [wide.check(text) for text in texts],
        f"check_many, {cores} texts at once": lambda: single.check_many(texts),
    }
    for run in ways.values():
        run()
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, run in ways.items():
            started = time.perf_counter()
            run()
            rates[name].append(len(texts) / (time.perf_counter() - started))
    return [
        {"way": name, "median": median(values), "least": min(values), "most": max(values)}
        for name, values in rates.items()
    ]
