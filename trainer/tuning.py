"""More training of a release's fast branch, with the release itself as the teacher where it is right.

What a window says of the layers behind the first is learnt anew from labels that the release contradicts, or that it
follows with little certainty; everywhere else its word is kept, so that what it knows of other texts is not lost
(learning without forgetting: Li and Hoiem 2016). The student reads with dropout, the teacher without (noisy student:
Xie et al. 2020). The early exits learn the same, since how they rank what they settle is how the guard does. Embedding,
first layer, router and deep branch stay as they are (the last may follow: `deepening`).

Of documents and tool results only the labels of our own families count, where the same carriers bring harmless requests
and attacks. Trained on the labels of public ones, of which nearly all are harmless, the branch forgets bare orders.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from guardkit.trainer.batch import Targets
from guardkit.trainer.data import CHANNELS
from guardkit.trainer.export import DEEP, FAST, deep, fast
from guardkit.trainer.loop import Run, fit
from guardkit.trainer.loss import half_precision
from guardkit.trainer.merging import EXITS, LOGITS, SUMMARY, Wanted, over
from guardkit.trainer.model import Batch, TinyGuardrail
from guardkit.trainer.predecessor import Soft
from guardkit.trainer.prepared import Prepared
from guardkit.trainer.quantize import quantize
from guardkit.trainer.stored import Stored

__all__ = ["RUN", "choose", "mix", "put", "tune"]

RUN = Run(rate=4e-5, new_rate=1e-4, warmup=0.05)
TRAINED = ("fast.layers.", "fast.mix.", "fast.heads.", "fast.prototypes", "fast.exits.")
FIRST = "fast.layers.0."  # which an exit or the deep branch reads
WRITTEN = tuple(CHANNELS.index(channel) for channel in ("user", "system"))
MARGIN = 3.0  # log-odds on the right side at which the release's word is kept
DOUBT = 3.0  # log-odds against an attack of the public rows, on which the release was trained: its label is wrong
EASY = 0.35  # share of the windows kept of those that the release is right about
OWN = ("synth.", "transform.")  # sources whose labels we made


def choose(data: Prepared, soft: Soft, seed: int, easy: float = EASY, *, ours: bool = False) -> Prepared:
    """The windows to train on, with the labels that count, from what the release says of each (`predecessor.judge`).

    With `ours` only the labels of our own families count: of all else the release's word is kept.
    """
    odds = _logit(1 - soft[:, 0].astype(np.float32))
    harm = _logit(soft[:, -1].astype(np.float32))
    written = np.isin(data.channel, WRITTEN)
    own = np.array([source.startswith(OWN) for source in data.source.tolist()])
    heard = own if ours else own | (written & ~((data.label > 0) & (odds < -DOUBT)))
    label = np.where(heard, data.label, -1).astype(np.int8)
    harmful = np.where(heard, data.harmful, -1).astype(np.int8)
    hard = _contradicted(label, odds) | _contradicted(harmful, harm)
    rows = np.flatnonzero(hard | (np.random.default_rng(seed).random(len(data)) < easy))
    return replace(data, label=label, harmful=harmful).take(rows)


def _contradicted(label: NDArray[np.int8], odds: NDArray[np.float32]) -> NDArray[np.bool_]:
    return (label >= 0) & (np.where(label > 0, odds, -odds) < MARGIN)


def _logit(p: NDArray[np.float32]) -> NDArray[np.float32]:
    p = p.clip(1e-4, 1 - 1e-4)
    odds: NDArray[np.float32] = np.log(p / (1 - p))
    return odds


def tune(
    model: TinyGuardrail, data: Prepared, run: Run, folder: Path, *, merged: bool, quantize_from: float = 1.0
) -> None:
    """Trains the fast branch of `model` in place, on states that are `merged` behind the first layer or as they are;
    from the share `quantize_from` of the run on with the rounding of the INT8 graphs. See `loop.fit`."""
    teacher = copy.deepcopy(model).eval().requires_grad_(False)
    for name, weight in model.named_parameters():
        weight.requires_grad_(_learns(name))

    def objective(batch, targets, progress):  # type: ignore[no-untyped-def]
        for each in (model, teacher):  # what is frozen is read through the teacher
            quantize(each, progress >= quantize_from)
        parts = losses(model, teacher, batch, targets, merged)
        torch.stack(list(parts.values())).sum().backward()
        return {name: value.detach() for name, value in parts.items()}

    fit(model.fast, data, run, folder, objective, title="tune")
    quantize(model, False)
    model.requires_grad_(True)


def _learns(name: str) -> bool:
    return name.startswith(TRAINED) and not name.startswith(FIRST)


def losses(
    model: TinyGuardrail, teacher: TinyGuardrail, batch: Batch, targets: Targets, merged: bool
) -> dict[str, Tensor]:
    """How far the fast branch is from what is wanted of it: what its heads and exits say, and the summary that the deep
    branch reads."""
    features, device = batch.features, batch.tokens.device
    half = half_precision(device)
    with torch.autocast(device.type, dtype=torch.bfloat16, enabled=half):
        with torch.no_grad():
            embedded, whole = teacher.embed(batch)
            first = teacher.fast.layers[0](embedded.bfloat16() if half else embedded, whole)
            state, mask = teacher.fast.merge(first, whole) if merged else (first, whole)
            before = teacher.fast.summarise(teacher.fast.read(state, mask)[-1], mask, features)
            said = teacher.fast.heads(before)
            wanted = Wanted(said, targets, MARGIN)
        summary = model.fast.summarise(model.fast.read(state, mask)[-1], mask, features)
        own = model.fast.heads(summary)
        glances = tuple(zip(model.fast.exits, (embedded, first), strict=True))[0 if merged else 1 :]
        exits = [exit(at, whole, features) for exit, at in glances]
    others = (own.severity - said.severity) ** 2 + (own.confidence - said.confidence) ** 2
    return {
        "heads": wanted.missed(own),
        "others": LOGITS * over(others, wanted.right),
        "exits": EXITS * torch.stack([wanted.missed(each) for each in exits]).sum(),
        "summary": SUMMARY * over(F.mse_loss(summary, before, reduction="none").mean(-1), wanted.right),
    }


def mix(release: Path, model: TinyGuardrail, share: float) -> TinyGuardrail:
    """The model with `share` of its weights and the rest of the release's (WiSE-FT: Wortsman et al. 2022). What the
    release does not have, as a second exit, is the model's. Raises `ValueError` where a shape differs."""
    stored, mixed = Stored(release), copy.deepcopy(model)
    with torch.no_grad():
        for name, value in mixed.named_parameters():
            if _learns(name) and (old := stored.tensor(name)) is not None:
                if old.shape != value.shape:
                    raise ValueError(f"{release}: {name} has shape {tuple(old.shape)}, not {tuple(value.shape)}")
                new = F.normalize(value, dim=-1) if name == "fast.prototypes" else value  # their direction is shipped
                value.copy_(old.to(new.device).lerp(new, share))
    return mixed


def put(
    release: Path, model: TinyGuardrail, target: Path, *, merged: bool, quantize: bool = True, deeper: bool = False
) -> None:
    """Writes a release to `target` that has the model's fast branch, and its deep one where it is `deeper`, in INT8 or
    as they are, and all else from the one it came from."""
    target.mkdir(parents=True, exist_ok=True)
    (target / FAST).write_bytes(fast(model.cpu(), merged=merged, quantize=quantize))
    (target / "tokenizer.json").write_bytes((release / "tokenizer.json").read_bytes())
    (target / DEEP).write_bytes(deep(model, quantize=quantize) if deeper else (release / DEEP).read_bytes())
