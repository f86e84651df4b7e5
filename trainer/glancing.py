"""The early exits once more, taught by the branch that a training left: they are to say what it would.

An exit settles a window in the place of all that follows, so that where they differ the guard changes its mind for the
sake of time. While the branch learns, they learn from its teacher; this stage is short, and all else stands still.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn

from guardkit.trainer.batch import Targets
from guardkit.trainer.loop import Run, fit
from guardkit.trainer.loss import half_precision
from guardkit.trainer.merging import LOGITS, Wanted
from guardkit.trainer.model import Batch, TinyGuardrail
from guardkit.trainer.prepared import Prepared

__all__ = ["RUN", "glance"]

RUN = Run(epochs=3, rate=1e-3, new_rate=1e-3, warmup=0.03)


def glance(model: TinyGuardrail, data: Prepared, run: Run, folder: Path, *, merged: bool) -> None:
    """Trains the exits of `model` in place, whose states behind the first layer are `merged` or as they are; see
    `loop.fit`."""
    model.requires_grad_(False)
    exits = nn.ModuleList(list(model.fast.exits)[0 if merged else 1 :])  # before merging one reads the first layer only
    exits.requires_grad_(True)
    modes = [(module, module.p) for module in model.modules() if isinstance(module, nn.Dropout)]
    for module, _ in modes:
        module.p = 0.0  # what is learnt is a function, not a set of examples

    def objective(batch, targets, progress):  # type: ignore[no-untyped-def]
        loss = apart(model, exits, batch, targets, merged)
        loss.backward()
        return {"exits": loss.detach()}

    fit(exits, data, run, folder, objective, title="exits")
    model.requires_grad_(True)
    for module, p in modes:
        module.p = p


def apart(model: TinyGuardrail, exits: nn.ModuleList, batch: Batch, targets: Targets, merged: bool) -> Tensor:
    """How far what the exits say is from what the branch says, over all of them; the labels of the targets are not
    read."""
    device, features = batch.tokens.device, batch.features
    half = half_precision(device)
    unlabelled = replace(targets, label=targets.label.new_full(targets.label.shape, -1),
                         harmful=targets.harmful.new_full(targets.harmful.shape, -1))  # fmt: skip
    with torch.autocast(device.type, dtype=torch.bfloat16, enabled=half):
        with torch.no_grad():
            embedded, whole = model.embed(batch)
            first = model.fast.layers[0](embedded.bfloat16() if half else embedded, whole)
            state, mask = model.fast.merge(first, whole) if merged else (first, whole)
            said = model.fast.heads(model.fast.summarise(model.fast.read(state, mask)[-1], mask, features))
            wanted = Wanted(said, unlabelled)
        found = [exit(at, whole, features) for exit, at in zip(exits, (embedded, first)[-len(exits) :], strict=True)]
    others = [((own.severity - said.severity) ** 2 + (own.confidence - said.confidence) ** 2).mean() for own in found]
    return torch.stack([wanted.missed(own) for own in found]).sum() + LOGITS * torch.stack(others).sum()
