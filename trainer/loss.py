"""What a batch costs: every head of every branch, the router, and worst-case neighbours of the embeddings."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from guardkit.trainer.batch import Targets
from guardkit.trainer.model import Batch, Outputs, Thought, TinyGuardrail

__all__ = ["Weights", "backward", "half_precision", "hardest", "losses"]


@dataclass(frozen=True)
class Weights:
    smoothing: float = 0.02
    harmful: float = 0.7
    severity: float = 0.1
    confidence: float = 0.1
    exits: float = 0.4  # of each early exit
    router: float = 0.2
    balance: float = 0.01
    soft: float = 0.4  # share of the teacher's probabilities in the targets, where there is a teacher
    # The deep branch's part of each batch
    deep_hard: float = 0.22
    deep_random: float = 0.10
    # Adversarial training
    radius: float = 0.03  # of a window's embedding, relative to its norm


def losses(out: Outputs, targets: Targets, weights: Weights) -> tuple[Tensor, Tensor]:
    """(the weighted loss of a branch, each window's own loss (B,) as a measure of difficulty)."""
    known, rated = (targets.label >= 0).float(), (targets.harmful >= 0).float()
    label, harm = targets.label.clamp(min=0), targets.harmful.clamp(min=0)
    threat = F.cross_entropy(out.threat, label, reduction="none", label_smoothing=weights.smoothing) * known
    harmful = F.binary_cross_entropy_with_logits(out.harmful, harm, reduction="none") * rated
    if targets.soft is not None:  # a teacher also knows what nobody has labelled (Hinton et al. 2015)
        hard = 1 - weights.soft
        threat = hard * threat + weights.soft * F.cross_entropy(out.threat, targets.soft[:, :-1], reduction="none")
        guess = F.binary_cross_entropy_with_logits(out.harmful, targets.soft[:, -1], reduction="none")
        harmful = hard * harmful + weights.soft * guess
    # Severity has no labels of its own: half for an attack, half for asking for harm.
    worst = 0.5 * (label > 0) + 0.5 * harm
    severity = F.binary_cross_entropy_with_logits(out.severity, worst, reduction="none") * known * rated
    right = (out.threat.argmax(-1) == label).float()
    confidence = F.binary_cross_entropy_with_logits(out.confidence, right, reduction="none") * known
    each = threat + weights.harmful * harmful
    total = each + weights.severity * severity + weights.confidence * confidence
    return (total * targets.weight).sum() / targets.weight.sum(), each.detach()


def hardest(out: Outputs, weights: Weights) -> Tensor:
    """Row numbers of the deep branch's part: where the fast branch is least sure, and a random few, so that every
    expert sees ordinary text too."""
    attack = 1 - out.threat.detach().softmax(-1)[:, 0]
    doubt = torch.minimum((attack - 0.5).abs(), (out.harmful.detach().sigmoid() - 0.5).abs())
    count = len(doubt)
    order = doubt.argsort()
    hard = order[: max(1, round(weights.deep_hard * count))]
    rest = order[len(hard) :]
    few = rest[torch.randperm(len(rest), device=rest.device)[: round(weights.deep_random * count)]]
    return torch.cat([hard, few])


def half_precision(device: torch.device) -> bool:
    """Whether bf16 is faster than fp32 there."""
    return device.type != "cpu" or bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def backward(
    model: TinyGuardrail, batch: Batch, targets: Targets, weights: Weights, attacks: int = 0
) -> dict[str, Tensor]:
    """Adds the gradients of a batch, in the mean over itself and `attacks` steps uphill in embedding space.

    One attack is the fast gradient method, more are projected gradient descent with free parameter gradients (Miyato et
    al. 2017, Madry et al. 2018, Zhu et al. 2020). Returns the losses of the batch as it is, as scalar tensors.
    """
    device = batch.tokens.device
    values: dict[str, Tensor] = {}
    shift: Tensor | None = None
    for number in range(attacks + 1):
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=half_precision(device)):
            state, mask = model.embed(batch)
            state = state.bfloat16() if half_precision(device) else state
            state = state if shift is None else state + shift
            if number < attacks:
                state.retain_grad()
            fast: Thought = model.fast(state, mask, batch.features)
            part = hardest(fast.outputs, weights)
            deep = model.deep(fast.state[part], fast.mask[part], fast.summary[part])
        fast_loss, difficulty = losses(fast.outputs, targets, weights)
        deep_loss, _ = losses(deep, targets[part], weights)
        first, second = (losses(early, targets, weights)[0] for early in fast.exits)
        route = F.binary_cross_entropy_with_logits(fast.router, (difficulty > 0.4).float())
        balance = model.deep.balance()
        total = fast_loss + deep_loss + weights.exits * (first + second)
        total = total + weights.router * route + weights.balance * balance
        (total / (attacks + 1)).backward()
        if number == 0:
            named = {"fast": fast_loss, "deep": deep_loss, "exit0": first, "exit1": second, "router": route,
                     "balance": balance}  # fmt: skip
            values = {name: value.detach() for name, value in named.items()}
        if number < attacks:
            shift = uphill(state, mask, shift, weights.radius / attacks, weights.radius)
    return values


@torch.no_grad()
def uphill(state: Tensor, mask: Tensor, shift: Tensor | None, step: float, radius: float) -> Tensor:
    """A step along the gradient at `state`, kept within `radius`; both relative to the norm of each window."""
    assert state.grad is not None
    slope = state.grad.float() * mask[..., None]
    clean = state.float() if shift is None else state.float() - shift.float()
    size = (clean * mask[..., None]).norm(dim=(1, 2), keepdim=True)
    moved = step * size * slope / slope.norm(dim=(1, 2), keepdim=True).clamp(min=1e-12)
    moved = moved if shift is None else moved + shift.float()
    reach = moved.norm(dim=(1, 2), keepdim=True).clamp(min=1e-12)
    return (moved * (radius * size / reach).clamp(max=1)).to(state.dtype)
