"""One optimisation loop for every stage: bf16 on CPU and GPU, scheduled, averaged, logged and resumable.

* bf16 autocast with a bf16 residual stream, on CPU and GPU alike; fp32 on a CPU that has no bf16 products, where they
  are emulated at a tenth of the speed
* the schedule follows the larger of step and wall-clock progress, so that `minutes` ends a run with a decayed rate
* what is kept is an exponential moving average of the weights (Polyak and Juditsky 1992)
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from torch import Tensor, nn

from guardkit.trainer.batch import Targets, batches, feed
from guardkit.trainer.loss import Weights
from guardkit.trainer.model import Batch
from guardkit.trainer.prepared import Prepared

__all__ = ["Objective", "Run", "fit"]


@dataclass(frozen=True)
class Run:
    epochs: float = 1.0
    minutes: float = 0.0  # wall-clock limit that ends the schedule early; 0: none
    batch_tokens: int = 8192  # an optimiser step over all weights costs a CPU as much as 1,000 tokens
    batch_rows: int = 768
    rate: float = 1.5e-4  # of the transferred weights
    new_rate: float = 6e-4  # of what starts from noise: heads, prefix tokens, router, gates, prototypes
    warmup: float = 0.04  # share of the run
    decay: float = 0.01
    clip: float = 1.0
    average: float = 0.998  # of the weights, per step
    attacks: int = 0  # adversarial steps per batch
    attacks_from: float = 0.5  # share of the run after which they begin
    seed: int = 0
    every: float = 600.0  # seconds between checkpoints
    weights: Weights = field(default_factory=Weights)


Objective = Callable[[Batch, Targets, float], dict[str, Tensor]]
"""Adds the gradients of a batch at a share of the run's progress; returns losses for the log."""

SHOWN = 20  # batches per line of the log
NEW = (
    "exits",
    "merge",
    "heads",
    "router",
    "mix",
    "fusion",
    "prototypes",
    "gate",
    "character",
    "convolutions",
    "features",
    "channel",
)


def fit(
    module: nn.Module,
    data: Prepared,
    run: Run,
    folder: Path,
    objective: Objective,
    *,
    rows: NDArray[np.int64] | None = None,
    soft: NDArray[np.float16] | None = None,
    watch: Callable[[], dict[str, float]] | None = None,
    describe: dict[str, Any] | None = None,
    title: str = "train",
) -> None:
    """Trains `module` in place on `rows` (all if None) and leaves the averaged weights in it.

    Checkpoints and a JSON-lines log go to `folder`; a checkpoint there is resumed. `watch` measures the averaged
    weights after every epoch, higher being better; those with the best mean are what is left in the end. `describe`
    goes into the checkpoint.
    """
    folder.mkdir(parents=True, exist_ok=True)
    torch.backends.cuda.enable_cudnn_sdp(False)  # it would be planned anew for every shape of a batch
    device = next(module.parameters()).device
    torch.manual_seed(run.seed)
    named = list(module.named_parameters())
    new = [p for name, p in named if any(part in name for part in NEW)]
    old = [p for name, p in named if not any(part in name for part in NEW)]
    groups = [{"params": part, "base": base} for part, base in ((old, run.rate), (new, run.new_rate)) if part]
    optimizer = torch.optim.AdamW(groups, lr=run.rate, weight_decay=run.decay, fused=True)
    plan, ends = _plan(data, run, rows)
    mean = _Mean(module, run.average)
    number, before = _resume(folder, module, optimizer, mean)
    start, last, elapsed = time.monotonic() - before, time.monotonic(), before
    sums: dict[str, Tensor] = {}
    module.train()
    with _bar() as bar, (folder / "log.jsonl").open("a") as log:

        def note(**values: Any) -> None:
            line = {"step": number, "of": len(plan), "seconds": round(elapsed), **values}
            log.write(json.dumps(line) + "\n")
            log.flush()

        task = bar.add_task(title, total=len(plan), completed=number, values="")
        for batch, targets in feed(data, plan[number:], device, soft):
            elapsed = time.monotonic() - start
            progress = max(number / len(plan), elapsed / (run.minutes * 60) if run.minutes else 0.0)
            if progress >= 1:
                break
            _schedule(optimizer, run, progress)
            values = objective(batch, targets, progress)
            torch.nn.utils.clip_grad_norm_(module.parameters(), run.clip)
            optimizer.step()
            optimizer.zero_grad()
            mean.update(number)
            number += 1
            for name, value in values.items():
                sums[name] = sums.get(name, 0) + value / SHOWN
            if number % SHOWN == 0:  # reading a loss waits for the GPU
                means = {name: round(float(value), 4) for name, value in sums.items()}
                sums = {}
                shown = " ".join(f"{name} {value:.3f}" for name, value in means.items())
                bar.update(task, completed=number, values=shown)
                note(progress=round(progress, 4), **means)
            if watch is not None and number in ends:
                note(watch=mean.watch(watch))
            if time.monotonic() - last > run.every:
                _save(folder, module, optimizer, mean, number, time.monotonic() - start, describe)
                last = time.monotonic()
        if watch is not None and number not in ends:
            note(watch=mean.watch(watch))
    mean.settle()
    _save(folder, module, optimizer, mean, len(plan), time.monotonic() - start, describe)
    module.eval()


class _Mean:
    """The moving average of a module's weights; of the averages that were watched, the best."""

    def __init__(self, module: nn.Module, decay: float) -> None:
        self.module, self.decay = module, decay
        self.weights = [p.detach() for p in module.parameters()]
        self.values = [weight.clone() for weight in self.weights]
        self.best: tuple[float, list[Tensor]] | None = None

    def update(self, number: int) -> None:
        keep = min(self.decay, (1 + number) / (10 + number))  # short at first: the start is no part of the mean
        torch._foreach_lerp_(self.values, self.weights, 1 - keep)

    def watch(self, measure: Callable[[], dict[str, float]]) -> dict[str, float]:
        """The figures of the average, in evaluation mode; it is kept if their mean is the best yet."""
        current = [weight.clone() for weight in self.weights]
        _copy(self.values, self.weights)
        self.module.eval()
        figures = measure()
        _copy(current, self.weights)
        self.module.train()
        score = sum(figures.values()) / max(1, len(figures))
        if self.best is None or score >= self.best[0]:
            self.best = score, [value.clone() for value in self.values]
        return figures

    def settle(self) -> None:
        """Puts the best average that was watched into the module, the last one if none was."""
        if self.best is not None:
            self.values = self.best[1]
        _copy(self.values, self.weights)

    def state(self) -> dict[str, Tensor]:
        names = [name for name, _ in self.module.named_parameters()]
        return dict(self.module.state_dict()) | dict(zip(names, self.values, strict=True))


def _copy(values: Sequence[Tensor], into: Sequence[Tensor]) -> None:
    for value, target in zip(values, into, strict=True):
        target.copy_(value)


def _schedule(optimizer: torch.optim.Optimizer, run: Run, progress: float) -> None:
    """Linear warm-up, then linear decay."""
    scale = min(1.0, progress / run.warmup if run.warmup else 1.0) * (1 - progress)
    for group in optimizer.param_groups:
        group["lr"] = max(scale, 1e-3) * group["base"]


def _plan(
    data: Prepared, run: Run, rows: NDArray[np.int64] | None
) -> tuple[Sequence[NDArray[np.int64]], frozenset[int]]:
    """All batches of the run, and the numbers of batches after which an epoch ends."""
    plan: list[NDArray[np.int64]] = []
    ends = []
    for epoch in range(int(np.ceil(run.epochs))):
        plan += batches(data, run.batch_tokens, (run.seed, epoch), rows, run.batch_rows)
        ends.append(len(plan))
    return plan[: max(1, round(len(plan) * run.epochs / np.ceil(run.epochs)))], frozenset(ends)


def _save(
    folder: Path, module: nn.Module, optimizer: torch.optim.Optimizer, mean: _Mean, done: int,
    elapsed: float, describe: dict[str, Any] | None,
) -> None:  # fmt: skip
    state = {"current": module.state_dict(), "optimizer": optimizer.state_dict(), "done": done, "elapsed": elapsed}
    torch.save({**state, "model": mean.state(), **(describe or {})}, folder / "checkpoint.tmp")
    (folder / "checkpoint.tmp").replace(folder / "checkpoint.pt")


def _resume(folder: Path, module: nn.Module, optimizer: torch.optim.Optimizer, mean: _Mean) -> tuple[int, float]:
    """(batches done, seconds spent)."""
    path = folder / "checkpoint.pt"
    if not path.exists():
        return 0, 0.0
    state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    module.load_state_dict(state["current"])
    optimizer.load_state_dict(state["optimizer"])
    _copy([state["model"][name] for name, _ in module.named_parameters()], mean.values)
    return int(state["done"]), float(state["elapsed"])


def _bar() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
               TimeRemainingColumn(), TextColumn("{task.fields[values]}"))  # fmt: skip
    return Progress(*columns, refresh_per_second=1)
