"""From a model that reads every state to one that reads pairs of them: the same weights teach and learn.

Behind the first layer neighbouring states become one, which halves what all later layers cost (`model.Merge`). That the
pairs' means alone go on changes little of what they say; this stage teaches the fast branch to say the same again: the
states behind every layer, what the heads read, and what they say (Jiao et al. 2020, TinyBERT). Embedding, first layer,
router and the deep branch, which goes on from merged states as they are, stay the same. Labels are read only where
they contradict the teacher. The early exits, whose states do not change, learn what the fast branch will say.
"""

from __future__ import annotations

import copy
from dataclasses import asdict
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from guardkit.trainer.batch import Targets
from guardkit.trainer.loop import Run, fit
from guardkit.trainer.loss import half_precision
from guardkit.trainer.model import PREFIX, Batch, Outputs, TinyGuardrail, pairs
from guardkit.trainer.prepared import Prepared

__all__ = ["RUN", "merge"]

RUN = Run(rate=3e-5, new_rate=3e-4, warmup=0.05)
KEPT = ("embedding.", "fast.layers.0.", "fast.prototypes", "fast.router.", "deep.")
STATES, SUMMARY, EXITS = 0.5, 10.0, 0.25  # weights of the losses; a summary's numbers are small
LOGITS = 0.05  # of squared differences of logits, where probabilities saturate
FAR = 12.0  # logits beyond say the same
MARGIN = 1.0  # log-odds on the right side at which the teacher does not contradict a label
SMOOTHING = 0.02


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
            parts = losses(model, teacher, batch, targets)
        torch.stack(list(parts.values())).sum().backward()
        return {name: value.detach() for name, value in parts.items()}

    fit(model, data, run, folder, objective, describe={"config": asdict(model.config)}, title="merge")
    model.requires_grad_(True)


def losses(model: TinyGuardrail, teacher: TinyGuardrail, batch: Batch, targets: Targets) -> dict[str, Tensor]:
    """How far the merging fast branch is from its teacher, where that is right: states, summary, outputs, exits."""
    features = batch.features
    with torch.no_grad():
        embedded, mask = teacher.embed(batch)
        first = teacher.fast.layers[0](embedded, mask)
        states = teacher.fast.read(first, mask)
        summary = teacher.fast.summarise(states[-1], mask, features)
        said = teacher.fast.heads(summary)
        wanted = Wanted(said, targets)
    exits = (model.fast.exits[0](embedded, mask, features), model.fast.exits[1](first, mask, features))
    state, merged = model.fast.merge(first, mask)
    own = model.fast.read(state, merged)
    brief = model.fast.summarise(own[-1], merged, features)
    return {
        "states": STATES * between(own[1:], states[1:], mask, wanted.right),
        "summary": SUMMARY * over(((brief - summary) ** 2).mean(-1), wanted.right),
        "fast": wanted.missed(model.fast.heads(brief)),
        "exits": EXITS * (wanted.missed(exits[0]) + wanted.missed(exits[1])),
    }


class Wanted:
    """The teacher's outputs, and the labels where they contradict them: where it is not by `margin` of log-odds on the
    right side."""

    def __init__(self, said: Outputs, targets: Targets, margin: float = MARGIN) -> None:
        self.said = said
        odds = said.threat[:, 1:].logsumexp(-1) - said.threat[:, 0]
        label, harm = targets.label, targets.harmful
        self.threat_right = (label < 0) | torch.where(label > 0, odds > margin, odds < -margin)
        self.harm_right = (harm < 0) | torch.where(harm > 0, said.harmful > margin, said.harmful < -margin)
        classes = said.threat.shape[-1]
        hard = F.one_hot(label.clamp(min=0), classes) * (1 - SMOOTHING) + SMOOTHING / classes
        self.threat = torch.where(self.threat_right[:, None], said.threat.softmax(-1), hard)
        soft = harm.clamp(min=0) * (1 - SMOOTHING) + SMOOTHING / 2
        self.harmful = torch.where(self.harm_right, said.harmful.sigmoid(), soft)

    @property
    def right(self) -> Tensor:
        """(B,): whether what the teacher makes of a window is worth learning."""
        return self.threat_right & self.harm_right

    def missed(self, out: Outputs) -> Tensor:
        """How far the probabilities are from those that are wanted, and the logits from the teacher's."""
        threat = F.kl_div(out.threat.log_softmax(-1), self.threat, reduction="batchmean")
        harmful = F.binary_cross_entropy_with_logits(out.harmful, self.harmful)
        of_threat = (out.threat.clamp(-FAR, FAR) - self.said.threat.clamp(-FAR, FAR)) ** 2
        of_harm = (out.harmful.clamp(-FAR, FAR) - self.said.harmful.clamp(-FAR, FAR)) ** 2
        return (
            threat + harmful + LOGITS * (over(of_threat.mean(-1), self.threat_right) + over(of_harm, self.harm_right))
        )


def between(own: list[Tensor], states: list[Tensor], mask: Tensor, right: Tensor) -> Tensor:
    """The mean squared distance of merged states from the means of the pairs that they stand for, over all layers."""
    total = torch.zeros((), device=mask.device)
    for mine, whole in zip(own, states, strict=True):
        left, second, inside = pairs(whole, mask)
        wanted = torch.cat([whole[:, :PREFIX], (left + second) / 2], 1).float()
        within = torch.cat([mask[:, :PREFIX], inside], 1) & right[:, None]
        total = total + over(((mine.float() - wanted) ** 2).mean(-1), within)
    return total / max(1, len(own))


def over(values: Tensor, chosen: Tensor) -> Tensor:
    """The mean of the chosen ones; 0 of none."""
    return (values * chosen).sum() / chosen.sum().clamp(min=1)
