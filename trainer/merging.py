"""From a model that reads every state to one that reads pairs of them: the same weights teach and learn.

Behind the first layer neighbouring states become one, which halves what all later layers cost (`model.Merge`). That the
pairs' means alone go on changes little of what they say; this stage teaches them to say the same again: the states
behind every layer, what the heads of both branches read, and what they say (Jiao et al. 2020, TinyBERT). The embedding,
the first layer and the heads stay as they are, so that a few million word pieces suffice, and no labels are read. The
early exits, whose states do not change, learn what the fast branch will say.
"""

from __future__ import annotations

import copy
from dataclasses import asdict
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from guardkit.trainer.loop import Run, fit
from guardkit.trainer.loss import Weights, half_precision, hardest
from guardkit.trainer.model import PREFIX, Batch, Outputs, TinyGuardrail, pairs
from guardkit.trainer.prepared import Prepared

__all__ = ["RUN", "merge"]

RUN = Run(rate=8e-5, new_rate=4e-4, warmup=0.08, weights=Weights(deep_hard=0.15, deep_random=0.05))
KEPT = ("embedding.", "fast.layers.0.", "fast.prototypes", "fast.heads.", "fast.router.", "deep.heads.")
SUMMARY = 10.0  # weight of what the heads read, whose numbers are small
LOGITS = 0.05  # of squared differences of logits, where probabilities saturate
FAR = 12.0  # logits beyond say the same


def merge(model: TinyGuardrail, data: Prepared, run: Run, folder: Path) -> None:
    """Trains the merging `model` in place to say what it says where its states are not merged; see `loop.fit`."""
    teacher = copy.deepcopy(model).eval()
    for name, weight in model.named_parameters():
        weight.requires_grad_(not name.startswith(KEPT))
    teacher.requires_grad_(False)

    def objective(batch, targets, progress):  # type: ignore[no-untyped-def]
        model.eval()  # no dropout: the teacher has none
        device = batch.tokens.device
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=half_precision(device)):
            parts = losses(model, teacher, batch, run.weights)
        torch.stack(list(parts.values())).sum().backward()
        return {name: value.detach() for name, value in parts.items()}

    fit(model, data, run, folder, objective, describe={"config": asdict(model.config)}, title="merge")
    model.requires_grad_(True)


def losses(model: TinyGuardrail, teacher: TinyGuardrail, batch: Batch, weights: Weights) -> dict[str, Tensor]:
    """How far the merging model is from its teacher: states, summaries and outputs of each branch, and the exits."""
    features = batch.features
    with torch.no_grad():
        embedded, mask = teacher.embed(batch)
        first = teacher.fast.layers[0](embedded, mask)
        states = teacher.fast.read(first, mask)
        summary = teacher.fast.summarise(states[-1], mask, features)
        said = teacher.fast.heads(summary)
        part = hardest(said, weights)
        deeper = teacher.deep.read(first[part], mask[part])
        fused = teacher.deep.fuse(deeper[-1], mask[part], summary[part])
        last = teacher.deep.heads(fused)
    exits = (model.fast.exits[0](embedded, mask, features), model.fast.exits[1](first, mask, features))
    state, merged = model.fast.merge(first, mask)
    own = model.fast.read(state, merged)
    brief = model.fast.summarise(own[-1], merged, features)
    own_deeper = model.deep.read(state[part], merged[part])
    own_fused = model.deep.fuse(own_deeper[-1], merged[part], brief[part].detach())
    return {
        "states": 0.5 * between(own[1:], states[1:], mask),
        "summary": SUMMARY * F.mse_loss(brief, summary),
        "fast": unlike(model.fast.heads(brief), said),
        "exits": 0.25 * (unlike(exits[0], said) + unlike(exits[1], said)),
        "deep_states": 0.3 * between(own_deeper[1:], deeper[1:], mask[part]),
        "deep_summary": 0.5 * SUMMARY * F.mse_loss(own_fused, fused),
        "deep": 0.5 * unlike(model.deep.heads(own_fused), last),
    }


def between(own: list[Tensor], states: list[Tensor], mask: Tensor) -> Tensor:
    """The mean squared distance of merged states from the means of the pairs that they stand for, over all layers."""
    total = torch.zeros((), device=mask.device)
    for mine, whole in zip(own, states, strict=True):
        left, right, inside = pairs(whole, mask)
        wanted = torch.cat([whole[:, :PREFIX], (left + right) / 2], 1).float()
        within = torch.cat([mask[:, :PREFIX], inside], 1)
        total = total + (((mine.float() - wanted) ** 2).mean(-1) * within).sum() / within.sum()
    return total / max(1, len(own))


def unlike(out: Outputs, wanted: Outputs) -> Tensor:
    """How far the probabilities are from those that are wanted, and the logits."""
    threat = F.kl_div(out.threat.log_softmax(-1), wanted.threat.softmax(-1), reduction="batchmean")
    harmful = F.binary_cross_entropy_with_logits(out.harmful, wanted.harmful.sigmoid())
    logits = (out.threat, wanted.threat), (out.harmful, wanted.harmful)
    return (
        threat
        + harmful
        + LOGITS
        * sum((F.mse_loss(mine.clamp(-FAR, FAR), theirs.clamp(-FAR, FAR)) for mine, theirs in logits), torch.zeros(()))
    )
