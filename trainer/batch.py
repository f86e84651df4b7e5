"""Length-bucketed batches, padded on a thread of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from guardkit.trainer.model import Batch
from guardkit.trainer.prepared import Prepared

__all__ = ["Targets", "batches", "collate", "feed"]

AHEAD = 6  # batches padded in advance

Rows = NDArray[np.int64]


@dataclass
class Targets:
    label: Tensor  # (B,) -1 unknown
    harmful: Tensor  # (B,) -1 unknown
    weight: Tensor  # (B,)
    soft: Tensor | None = None  # (B, threats + 1) a teacher's probabilities: of each threat, of harm

    def __getitem__(self, index: Tensor) -> Targets:
        soft = None if self.soft is None else self.soft[index]
        return Targets(self.label[index], self.harmful[index], self.weight[index], soft)


def batches(
    data: Prepared, tokens: int, seed: tuple[int, int], rows: Rows | None = None, most: int = 512
) -> list[Rows]:
    """Row numbers per batch: shuffled, then bucketed by length so that little is padding.

    A batch holds at most `tokens` pieces, padding included, and `most` rows, but one row at least.
    """
    random = np.random.default_rng(seed)
    lengths = np.diff(data.bounds)
    order = random.permutation(np.arange(len(data)) if rows is None else rows)
    out: list[Rows] = []
    for chunk in np.array_split(order, max(1, len(order) // max(4096, tokens // 4))):
        chunk = chunk[np.argsort(lengths[chunk], kind="stable")]
        start = 0
        for end in range(1, len(chunk) + 1):
            full = end == len(chunk) or end - start == most or lengths[chunk[end]] * (end + 1 - start) > tokens
            if full:
                out.append(chunk[start:end])
                start = end
    return [out[i] for i in random.permutation(len(out))]


def collate(data: Prepared, rows: Rows, soft: NDArray[np.float16] | None = None) -> tuple[Batch, Targets]:
    batch = Batch(
        tokens=_pad(data.tokens, data.bounds, rows),
        characters=_pad(data.characters, data.character_bounds, rows),
        features=torch.from_numpy(data.features[rows].astype(np.float32)),
        channel=torch.from_numpy(data.channel[rows].astype(np.int64)),
    )
    targets = Targets(
        label=torch.from_numpy(data.label[rows].astype(np.int64)),
        harmful=torch.from_numpy(data.harmful[rows].astype(np.float32)),
        weight=torch.from_numpy(data.weight[rows]),
        soft=None if soft is None else torch.from_numpy(soft[rows].astype(np.float32)),
    )
    return batch, targets


def feed(
    data: Prepared, plan: Sequence[Rows], device: torch.device, soft: NDArray[np.float16] | None = None
) -> Iterator[tuple[Batch, Targets]]:
    """The batches of `plan` on `device`, padded ahead of their use."""
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(collate, data, rows, soft) for rows in plan[:AHEAD]]
        for number in range(len(plan)):
            batch, targets = waiting.pop(0).result()
            if number + AHEAD < len(plan):
                waiting.append(pool.submit(collate, data, plan[number + AHEAD], soft))
            yield _to(batch, device), _to(targets, device)


def _to(item: Any, device: torch.device) -> Any:
    moved = {name: None if value is None else value.to(device) for name, value in vars(item).items()}
    return type(item)(**moved)


def _pad(values: NDArray[np.uint16], bounds: NDArray[np.int64], rows: Rows) -> Tensor:
    """(B, longest) int64, zero behind each row's end."""
    lengths = bounds[rows + 1] - bounds[rows]
    places = np.arange(lengths.max())[None]
    inside = places < lengths[:, None]
    at = np.minimum(bounds[rows][:, None] + places, len(values) - 1)
    return torch.from_numpy(np.where(inside, values[at], 0).astype(np.int64))
