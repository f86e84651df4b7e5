"""Ray Data: a dataset with a verdict beside every text, on as many machines as there are.

    from guardkit.adapters.ray import scan
    scan(ray.data.read_parquet("s3://…"), column="text").write_parquet("s3://…")

guardkit has to be installed on every machine. Ray tries again what a lost worker or machine was checking, so that every
row comes out once; writing the result is Ray's, and not atomic over a whole dataset. For an output that goes on after
the driver was killed use `guardkit scan --engine ray`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from guardkit.decide import Policy
from guardkit.scan.checking import DEFAULT, Setting
from guardkit.verdict import Channel

from .extra import framework
from .frame import Checker

if TYPE_CHECKING:
    from pandas import DataFrame
    from ray.data import Dataset

__all__ = ["scan"]

BATCH = 64  # rows


class _Scanner:
    """A worker's part: batches of rows in, the same with verdicts out."""

    def __init__(self, setting: Setting, column: str, prefix: str) -> None:
        self._check = Checker(setting)
        self._column = column
        self._prefix = prefix

    def __call__(self, batch: DataFrame) -> DataFrame:
        return batch.assign(**self._check(batch[self._column]).add_prefix(self._prefix))


def scan(
    dataset: Dataset, column: str = "text", channel: Channel = "document", *,
    policy: Policy | str | Path | None = None, model: str | Path | None = DEFAULT, prefix: str = "guard_",
    workers: int | tuple[int, int] = (1, 1_000), batch_size: int = BATCH, **options: Any,
) -> Dataset:  # fmt: skip
    """The dataset, lazily, with the columns `guard_action`, `_label`, `_score`, `_code`, `_degraded` and `_error`.

    A row without a text, or whose check fails, has the action "error" and the reason; no row is left out. `workers` is
    how many Ray actors, or at least and at most; `options` are those of `Dataset.map_batches`. Raises `GuardError` for
    a policy that is not valid.
    """
    ray_data = framework("ray.data", "ray")
    setting = Setting.of(policy, channel, model=model, text=False)
    strategy = ray_data.ActorPoolStrategy(
        **({"size": workers} if isinstance(workers, int) else {"min_size": workers[0], "max_size": workers[1]})
    )
    return dataset.map_batches(
        _Scanner, fn_constructor_args=(setting, column, prefix), compute=strategy, batch_size=batch_size,
        batch_format="pandas", **options,
    )  # fmt: skip
