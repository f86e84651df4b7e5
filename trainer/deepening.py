"""More training of a release's deep branch, on what its fast branch is least sure of.

A release whose states are not merged has a deep branch that reads the embedding: it is trained in that shape.

The windows are those that `tuning.choose` made for the fast branch, and the teacher is the deep branch as it was: its
word is kept where it is right or nothing is known, labels count where they contradict it. Of each batch the branch
reads the windows in the fast branch's doubt and a few others, since that is what it gets at run time. Which experts
read a window stays as it was.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path

import torch

from guardkit.trainer.loop import Run, fit
from guardkit.trainer.loss import Weights, half_precision, hardest
from guardkit.trainer.merging import LOGITS, Wanted, over
from guardkit.trainer.model import TinyGuardrail
from guardkit.trainer.prepared import Prepared
from guardkit.trainer.stored import Stored
from guardkit.trainer.tuning import MARGIN

__all__ = ["RUN", "deepen", "keep_shape"]

RUN = Run(rate=4e-5, new_rate=1e-4, warmup=0.05, weights=Weights(deep_hard=0.35, deep_random=0.1))


@torch.no_grad()
def keep_shape(model: TinyGuardrail, release: Path) -> None:
    """Gives a restored model the deep branch as the release's graph has it, though that reads the embedding."""
    stored = Stored(release)
    for name, value in model.deep.named_parameters():
        found = stored.tensor(f"deep.{name}")
        if found is None or found.shape != value.shape:
            raise ValueError(f"the release has no deep.{name} of the shape {tuple(value.shape)}")
        value.copy_(found)


def deepen(model: TinyGuardrail, data: Prepared, run: Run, folder: Path, *, merged: bool) -> None:
    """Trains the deep branch of `model` in place, on states that are `merged` or on the embedding; see `loop.fit`."""
    model.eval().requires_grad_(False)
    teacher = copy.deepcopy(model.deep).eval()
    for name, weight in model.deep.named_parameters():
        weight.requires_grad_(".gate." not in name)

    def objective(batch, targets, progress):  # type: ignore[no-untyped-def]
        device = batch.tokens.device
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=half_precision(device)):
            with torch.no_grad():
                embedded, whole = model.embed(batch)
                embedded = embedded.bfloat16() if half_precision(device) else embedded
                first = model.fast.layers[0](embedded, whole)
                state, mask = model.fast.merge(first, whole) if merged else (first, whole)
                summary = model.fast.summarise(model.fast.read(state, mask)[-1], mask, batch.features)
                part = hardest(model.fast.heads(summary), run.weights)
                given = (state if merged else embedded)[part], mask[part], summary[part]
                said = teacher(*given)
            own = model.deep(*given)
        wanted = Wanted(said, replace(targets, soft=None)[part], MARGIN)
        others = (own.severity - said.severity) ** 2 + (own.confidence - said.confidence) ** 2
        parts = {"heads": wanted.missed(own), "others": LOGITS * over(others, wanted.right)}
        torch.stack(list(parts.values())).sum().backward()
        return {name: value.detach() for name, value in parts.items()}

    fit(model.deep, data, run, folder, objective, title="deepen")
    model.requires_grad_(True)
