"""The linear floor, fitted and scored in the same run as the guard that has to beat it."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks.curve import Curve
from benchmarks.measure import Figures
from benchmarks.metrics import share
from benchmarks.rows import Rows
from benchmarks.scores import digest
from benchmarks.suites import find
from guardkit.trainer.linear import Linear

__all__ = ["linear_figures", "linear_scores"]

RATE = 0.01  # false positives on the benign rows of dev, where the threshold is taken
Odds = NDArray[np.float64]


def linear_scores(
    data: Path, cache: Path, suites: Mapping[str, Rows], limit: int, say: Callable[[str], None]
) -> tuple[dict[str, Odds], float]:
    """The log-odds of every row of the suites, and the threshold at 1% false positives on dev.

    `limit` is the number of training rows, spread evenly over the file; 0 takes all.
    """
    (dev,) = find(("dev",))
    rows = dev.read(data)
    key = hashlib.sha256(f"{digest(data / 'train.parquet')} {inspect.getsource(Linear)} {limit}".encode())
    for name, each in suites.items():
        key.update("\0".join((name, *each.text)).encode("utf-8", "surrogatepass"))
    path = cache / f"linear-{key.hexdigest()[:16]}.npz"
    if not path.exists():
        say("fitting the linear floor")
        model = _fit(data, limit)
        found = {name: model.score(each.text) for name, each in suites.items()}
        threshold = np.quantile(model.score(rows.text)[rows.calm], 1 - RATE)
        cache.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(path, **{f"suite.{name}": odds for name, odds in found.items()}, threshold=threshold)
    with np.load(path) as stored:
        return {name: stored[f"suite.{name}"] for name in suites}, float(stored["threshold"])


def linear_figures(rows: Rows, odds: Odds, threshold: float) -> Figures:
    """The figures that the guard's are compared with."""
    caught = odds >= threshold
    figures: dict[str, Any] = {
        "auc": Curve.of(odds[rows.attack], odds[rows.calm]).auc,
        "recall": share(caught[rows.wanted]),
        "false_positives": share(caught[rows.innocent]),
    }
    return figures


def _fit(data: Path, limit: int) -> Linear:
    """On the training rows whose threat label is known; harmful content alone is no attack."""
    frame = pl.scan_parquet(data / "train.parquet").filter((pl.col("split") == "train") & pl.col("label").is_not_null())
    table = frame.select("text", "label").collect()
    if 0 < limit < table.height:
        table = table[np.linspace(0, table.height - 1, limit).astype(int).tolist()]
    return Linear().fit(table["text"].to_list(), (table["label"] != "benign").cast(pl.Int8).to_list())
