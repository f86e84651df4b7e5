"""Continued pre-training: both branches learn to fill in masked pieces of our own texts (Devlin et al. 2019).

The vocabulary is two thirds of the base model's, so that some words reach it in pieces which it seldom saw together,
half of the deep layers' feed-forwards are new, and pairs of states are merged: before the branches judge, they learn
to read.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from guardkit.trainer.batch import Targets
from guardkit.trainer.loop import Run, fit
from guardkit.trainer.loss import half_precision
from guardkit.trainer.model import PREFIX, Batch, TinyGuardrail
from guardkit.trainer.prepared import Prepared
from guardkit.trainer.vocabulary import SPECIALS

__all__ = ["Masked", "pretrain"]

MASK = SPECIALS.index("[MASK]")
SHARE = 0.2  # of the pieces that are asked for


class Masked(nn.Module):
    """The model with a head per branch that names both pieces of a merged state; the embedding is their last layer."""

    def __init__(self, model: TinyGuardrail) -> None:
        super().__init__()
        width = model.config.width
        self.model = model
        self.heads = nn.ModuleList(
            nn.Sequential(nn.Linear(width, 2 * width), nn.Unflatten(-1, (2, width)), nn.GELU(), nn.LayerNorm(width))
            for _ in range(2)
        )

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """The losses of the fast and of the deep branch. What is asked for is read as [MASK], a random piece or itself
        (8 : 1 : 1)."""
        model = self.model
        asked = (torch.rand(batch.tokens.shape, device=batch.tokens.device) < SHARE) & (batch.tokens >= len(SPECIALS))
        chance = torch.rand(batch.tokens.shape, device=batch.tokens.device)
        random = torch.randint_like(batch.tokens, len(SPECIALS), model.config.vocabulary)
        read = torch.where(asked & (chance < 0.8), MASK, batch.tokens)
        read = torch.where(asked & (chance > 0.9), random, read)
        # The characters would give the answer away.
        hidden = Batch(read, torch.zeros_like(batch.characters), batch.features, batch.channel)
        device = read.device
        row, place = asked.nonzero(as_tuple=True)
        truth = batch.tokens[row, place]
        pair, side = (place - 1) // 2 + PREFIX, (place - 1) % 2  # piece 0 is [CLS], which is never asked for
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=half_precision(device)):
            state, mask = model.embed(hidden)
            state = state.bfloat16() if half_precision(device) else state
            state, mask = model.fast.merge(model.fast.layers[0](state, mask), mask)
            total = []
            for layers, head in zip((model.fast.layers[1:], model.deep.layers), self.heads, strict=True):
                x = state
                for layer in layers:
                    x = layer(x, mask)
                said = head(x[row, pair])  # (N, 2, D)
                guess = said[torch.arange(len(side), device=device), side] @ model.embedding.word.weight.T
                total.append(F.cross_entropy(guess.float(), truth))
        return total[0], total[1]


def pretrain(model: TinyGuardrail, data: Prepared, run: Run, folder: Path) -> None:
    """Trains the embedding and the layers of both branches in place; see `loop.fit`."""
    module = Masked(model).to(next(model.parameters()).device)

    def objective(batch: Batch, _: Targets, progress: float) -> dict[str, Tensor]:
        fast, deep = module(batch)
        balance = model.deep.balance()
        (fast + deep + run.weights.balance * balance).backward()
        return {"fast": fast.detach(), "deep": deep.detach(), "balance": balance.detach()}

    fit(module, data, run, folder, objective, describe={"config": asdict(model.config)}, title="pretrain")
