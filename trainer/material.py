"""What a round of tuning is trained on: prepared windows or those of an earlier round, and fresh samples of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import reduce
from pathlib import Path

import click
import numpy as np

from guardkit.trainer import stage
from guardkit.trainer.carrier import twins
from guardkit.trainer.data import load
from guardkit.trainer.predecessor import judge
from guardkit.trainer.prepare import prepare, synthetic, transformed
from guardkit.trainer.prepared import Prepared
from guardkit.trainer.spelling import respell
from guardkit.trainer.tuning import EASY, choose

__all__ = ["fresh", "gather", "part"]


def gather(
    out: Path, data: Path, release: Path, seed: int, *, add: Mapping[str, int], copies: int = 0, carriers: int = 0,
    most: int = 0, easy: float = EASY, ours: bool = False, again: Path | None = None, share: float = 1.0,
    unlabelled: bool = False,
) -> Prepared:  # fmt: skip
    """The windows of a round, where `release` is wrong or by chance (`tuning.choose`), spelt as it reads them.

    Fresh ones come from `add` and `copies` (see `fresh`), and so many from the `carriers` of public attacks (see
    `carrier`). Beside them stand at most `most` of those that `prepare` wrote to `out`; or, with the file `again`, a
    random `share` of an earlier round's, which were chosen then and are spelt so; if `unlabelled`, the release's word
    is kept of these. Raises `click.ClickException` where `out` holds no prepared windows and there is no `again`, and
    where there are no carriers.
    """
    clean = twins(list(load(data, "train")), carriers, seed) if carriers else []
    if carriers and not clean:
        raise click.ClickException(f"{data} has no attack in a document that is known without it")
    pools = [] if again else [part(stage.windows(out), most, seed)]
    tokenizer = ((release if again else out) / "tokenizer.json").read_text("utf-8")
    if add:
        pools.append(fresh(data, tokenizer, add, copies, seed))
    if clean:
        pools.append(prepare(clean, tokenizer, None, seed))
    chosen = []
    if pools:
        pool = reduce(Prepared.join, pools)
        chosen.append(
            respell(choose(pool, judge(release, pool, tokenizer), seed, easy, ours=ours), None, tokenizer, release)
        )
    if again:
        earlier = Prepared.load(again)
        kept = part(earlier, max(1, round(share * len(earlier))), seed)
        chosen.append(without_labels(kept) if unlabelled else kept)
    return reduce(Prepared.join, chosen)


def fresh(data: Path, tokenizer: str, add: Mapping[str, int], copies: int, seed: int) -> Prepared:
    """Windows of new samples, so many of each family, and of so many `copies` of the short ones among them under the
    encoders of `transforms`."""
    rows = synthetic(data, add, seed)
    return prepare(rows + transformed(rows, copies, seed) if copies else rows, tokenizer, None, seed)


def part(windows: Prepared, most: int, seed: int) -> Prepared:
    """So many of the windows, at random and in their order; all of them for 0."""
    if not most:
        return windows
    return windows.take(np.sort(np.random.default_rng(seed).permutation(len(windows))[:most]))


def without_labels(windows: Prepared) -> Prepared:
    """The windows, of which a round then keeps its release's word."""
    return replace(windows, label=np.full_like(windows.label, -1), harmful=np.full_like(windows.harmful, -1))
