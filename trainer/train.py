"""The training loop: both branches, all heads, one pass over length-bucketed windows, resumable.

* bf16 autocast with a bf16 residual stream, on CPU and GPU alike; fp32 on a CPU that has no bf16 products, where they
  are emulated at a tenth of the speed
* the deep branch learns from what the router would give it: in each batch the windows the fast branch is least sure
  of, and a random few so that every expert sees ordinary text too
* the schedule follows the larger of step and wall-clock progress, so that `minutes` ends a run with a decayed rate
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from torch import Tensor

from guardkit.trainer.model import Batch, Config, Outputs, TinyGuardrail
from guardkit.trainer.prepare import Prepared

__all__ = ["Run", "average", "batches", "load", "train"]


@dataclass(frozen=True)
class Run:
    # Optimisation
    epochs: float = 1.0
    minutes: float = 0.0  # wall-clock limit that ends the schedule early; 0: none
    batch_tokens: int = 4096
    rate: float = 1.5e-4  # of the transferred weights
    new_rate: float = 6e-4  # of what starts from noise: heads, prefix tokens, router, gates, prototypes
    warmup: float = 0.04  # share of the run
    decay: float = 0.01
    clip: float = 1.0
    seed: int = 0
    # Losses
    smoothing: float = 0.02
    harmful: float = 0.7
    severity: float = 0.1
    confidence: float = 0.1
    skim: float = 0.3
    router: float = 0.2
    balance: float = 0.01
    # The deep branch's part of each batch
    deep_hard: float = 0.22
    deep_random: float = 0.10
    # Checkpoints
    every: float = 600.0  # seconds


@dataclass
class Targets:
    label: Tensor  # (B,) -1 unknown
    harmful: Tensor  # (B,) -1 unknown
    weight: Tensor  # (B,)

    def __getitem__(self, index: Tensor) -> Targets:
        return Targets(self.label[index], self.harmful[index], self.weight[index])


NEW = ("heads", "router", "mix", "fusion", "prototypes", "gate", "character", "convolutions", "features", "channel")


def batches(data: Prepared, run: Run, epoch: int) -> list[np.ndarray]:
    """Row numbers per batch: shuffled, then bucketed by length so that little is padding."""
    random = np.random.default_rng((run.seed, epoch))
    lengths = np.diff(data.bounds)
    order = random.permutation(len(data))
    out: list[np.ndarray] = []
    for chunk in np.array_split(order, max(1, len(order) // 4096)):
        chunk = chunk[np.argsort(lengths[chunk], kind="stable")]
        start = 0
        for end in range(1, len(chunk) + 1):
            if end == len(chunk) or lengths[chunk[end]] * (end + 1 - start) > run.batch_tokens:
                out.append(chunk[start:end])
                start = end
    return [out[i] for i in random.permutation(len(out))]


def collate(data: Prepared, rows: np.ndarray, device: torch.device) -> tuple[Batch, Targets]:
    def pad(values: np.ndarray, bounds: np.ndarray) -> Tensor:
        parts = [values[bounds[row] : bounds[row + 1]] for row in rows]
        out = np.zeros((len(rows), max(map(len, parts))), np.int64)
        for line, part in zip(out, parts, strict=True):
            line[: len(part)] = part
        return torch.from_numpy(out).to(device)

    batch = Batch(
        tokens=pad(data.tokens, data.bounds),
        characters=pad(data.characters, data.character_bounds),
        features=torch.from_numpy(data.features[rows].astype(np.float32)).to(device),
        channel=torch.from_numpy(data.channel[rows].astype(np.int64)).to(device),
    )
    targets = Targets(
        label=torch.from_numpy(data.label[rows].astype(np.int64)).to(device),
        harmful=torch.from_numpy(data.harmful[rows].astype(np.float32)).to(device),
        weight=torch.from_numpy(data.weight[rows]).to(device),
    )
    return batch, targets


def losses(out: Outputs, targets: Targets, run: Run) -> tuple[Tensor, Tensor]:
    """(the weighted loss of a branch, each window's own loss (B,) as a measure of difficulty)."""
    known, rated = targets.label >= 0, targets.harmful >= 0
    label, harm = targets.label.clamp(min=0), targets.harmful.clamp(min=0)
    threat = F.cross_entropy(out.threat, label, reduction="none", label_smoothing=run.smoothing) * known
    harmful = F.binary_cross_entropy_with_logits(out.harmful, harm, reduction="none") * rated
    # Severity has no labels of its own: half for an attack, half for asking for harm.
    worst = 0.5 * (label > 0) + 0.5 * harm
    severity = F.binary_cross_entropy_with_logits(out.severity, worst, reduction="none") * (known & rated)
    right = (out.threat.argmax(-1) == label).float()
    confidence = F.binary_cross_entropy_with_logits(out.confidence, right, reduction="none") * known
    each = threat + run.harmful * harmful
    total = each + run.severity * severity + run.confidence * confidence
    return (total * targets.weight).sum() / targets.weight.sum(), each.detach()


def hardest(out: Outputs, run: Run) -> Tensor:
    """Row numbers of the deep branch's part: where the fast branch is least sure, and a random few."""
    attack = 1 - out.threat.detach().softmax(-1)[:, 0]
    doubt = torch.minimum((attack - 0.5).abs(), (out.harmful.detach().sigmoid() - 0.5).abs())
    count = len(doubt)
    order = doubt.argsort()
    hard = order[: max(1, round(run.deep_hard * count))]
    rest = order[len(hard) :]
    few = rest[torch.randperm(len(rest), device=rest.device)[: round(run.deep_random * count)]]
    return torch.cat([hard, few])


def step(model: TinyGuardrail, batch: Batch, targets: Targets, run: Run) -> tuple[Tensor, dict[str, float]]:
    half = half_precision(batch.tokens.device)
    with torch.autocast(batch.tokens.device.type, dtype=torch.bfloat16, enabled=half):
        state, mask = model.embed(batch)
        state = state.bfloat16() if half else state
        early, fast, router, summary = model.fast(state, mask, batch.features)
        part = hardest(fast, run)
        deep = model.deep(state[part], mask[part], summary[part])
    fast_loss, difficulty = losses(fast, targets, run)
    deep_loss, _ = losses(deep, targets[part], run)
    skim_loss, _ = losses(early, targets, run)
    route = F.binary_cross_entropy_with_logits(router, (difficulty > 0.4).float())
    balance = model.deep.balance()
    total = fast_loss + deep_loss + run.skim * skim_loss + run.router * route + run.balance * balance
    values = {"fast": fast_loss, "deep": deep_loss, "skim": skim_loss, "router": route, "balance": balance}
    return total, {name: float(value.detach()) for name, value in values.items()}


def half_precision(device: torch.device) -> bool:
    """Whether bf16 is faster than fp32 there."""
    return device.type != "cpu" or bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def train(model: TinyGuardrail, data: Prepared, run: Run, folder: Path) -> None:
    """Trains in place; checkpoints and a JSON-lines log go to `folder`, and a checkpoint there is resumed."""
    folder.mkdir(parents=True, exist_ok=True)
    device = next(model.parameters()).device
    torch.manual_seed(run.seed)
    named = list(model.named_parameters())
    new = [p for name, p in named if any(part in name for part in NEW)]
    old = [p for name, p in named if not any(part in name for part in NEW)]
    groups = [{"params": old, "base": run.rate}, {"params": new, "base": run.new_rate}]
    optimizer = torch.optim.AdamW(groups, lr=run.rate, weight_decay=run.decay, fused=True)
    plan = [rows for epoch in range(int(np.ceil(run.epochs))) for rows in batches(data, run, epoch)]
    plan = plan[: max(1, round(len(plan) * run.epochs / np.ceil(run.epochs)))]
    done, elapsed = _resume(folder, model, optimizer)
    start, saved = time.monotonic() - elapsed, time.monotonic()
    averages: dict[str, float] = {}
    model.train()
    with _bar() as bar, (folder / "log.jsonl").open("a") as log:
        task = bar.add_task("train", total=len(plan), completed=done, values="")
        for number in range(done, len(plan)):
            elapsed = time.monotonic() - start
            progress = max(number / len(plan), elapsed / (run.minutes * 60) if run.minutes else 0.0)
            if progress >= 1:
                break
            scale = min(1.0, progress / run.warmup if run.warmup else 1.0) * (1 - progress)
            for group in optimizer.param_groups:
                group["lr"] = max(scale, 1e-3) * group["base"]
            batch, targets = collate(data, plan[number], device)
            loss, values = step(model, batch, targets, run)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), run.clip)
            optimizer.step()
            optimizer.zero_grad()
            for name, value in values.items():
                averages[name] = 0.98 * averages.get(name, value) + 0.02 * value
            shown = " ".join(f"{name} {value:.3f}" for name, value in averages.items())
            bar.update(task, advance=1, values=shown)
            if number % 20 == 0:
                line = {"step": number, "of": len(plan), "seconds": round(elapsed), "progress": round(progress, 4)}
                log.write(json.dumps({**line, **{k: round(v, 4) for k, v in averages.items()}}) + "\n")
                log.flush()
            if time.monotonic() - saved > run.every:
                _save(folder, model, optimizer, number + 1, time.monotonic() - start)
                saved = time.monotonic()
    _save(folder, model, optimizer, len(plan), time.monotonic() - start)
    model.eval()


def _save(folder: Path, model: TinyGuardrail, optimizer: torch.optim.Optimizer, done: int, elapsed: float) -> None:
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "done": done, "elapsed": elapsed}
    torch.save({**state, "config": asdict(model.config)}, folder / "checkpoint.tmp")
    (folder / "checkpoint.tmp").replace(folder / "checkpoint.pt")


def _resume(folder: Path, model: TinyGuardrail, optimizer: torch.optim.Optimizer) -> tuple[int, float]:
    path = folder / "checkpoint.pt"
    if not path.exists():
        return 0, 0.0
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["done"]), float(state["elapsed"])


def load(path: Path) -> TinyGuardrail:
    """The model of a checkpoint, for evaluation."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    config = {**state["config"], "kernels": tuple(state["config"]["kernels"])}
    model = TinyGuardrail(Config(**config))
    model.load_state_dict(state["model"])
    return model.eval()


def average(first: TinyGuardrail, second: TinyGuardrail, share: float = 0.5) -> TinyGuardrail:
    """The mean of two models' weights, `share` of it the second's: refined without forgetting (WiSE-FT, Wortsman et
    al. 2022)."""
    other = second.state_dict()
    model = TinyGuardrail(first.config)
    state = {name: (1 - share) * value + share * other[name] for name, value in first.state_dict().items()}
    model.load_state_dict(state)
    return model.eval()


def _bar() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
               TimeRemainingColumn(), TextColumn("{task.fields[values]}"))  # fmt: skip
    return Progress(*columns, refresh_per_second=1)
