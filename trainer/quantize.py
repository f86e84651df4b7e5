"""Training with the arithmetic of the exported INT8 graphs: the weights learn to live with the rounding.

* weights: symmetric, a scale per output row, as `graph.int8`
* what a linear layer reads: uint8, one scale and zero point per window over all of its states, always with 0 in range,
  as ONNX Runtime's DynamicQuantizeMatMul
* word embeddings: a scale per row

Gradients pass the rounding as if it were not there (Bengio et al. 2013). Nothing is added to a module and nothing taken
away: its parameters, their optimiser and its checkpoints are the same, only the forward pass is another one.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from guardkit.trainer.graph import LEVELS

__all__ = ["quantize", "round_activations", "round_rows"]

LARGE = (
    ".attention.qkv",
    ".attention.out",
    ".up",
    ".down",
    ".local",
    ".pair",
)  # the linear layers that are exported as INT8


class Linear(nn.Linear):
    def forward(self, x: Tensor) -> Tensor:
        return F.linear(round_activations(x), round_rows(self.weight), self.bias)


class Embedding(nn.Embedding):
    def forward(self, tokens: Tensor) -> Tensor:
        return F.embedding(tokens, round_rows(self.weight), self.padding_idx)


def quantize(model: nn.Module, on: bool = True) -> None:
    """Switches the rounding of the INT8 layers in `model` on or off, in place."""
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear) and f".{name}".endswith(LARGE):
            module.__class__ = Linear if on else nn.Linear
        elif isinstance(module, nn.Embedding) and name.endswith("embedding.word"):
            module.__class__ = Embedding if on else nn.Embedding
        elif hasattr(module, "grouped"):  # the GPU's ragged product bypasses the experts' layers
            if on:
                module.grouped = module.looped
            else:
                vars(module).pop("grouped", None)


def round_rows(weight: Tensor) -> Tensor:
    """(out, in) as the symmetric INT8 values of its rows say it."""
    with torch.no_grad():
        scale = weight.abs().amax(-1, keepdim=True) / LEVELS
        scale = torch.where(scale == 0, 1.0, scale)
        rounded = (weight / scale).round().clamp(-LEVELS, LEVELS) * scale
    return weight + (rounded - weight).detach()


def round_activations(x: Tensor) -> Tensor:
    """(B, T, D) as uint8 says it, each window at its own scale; of two axes all is one window."""
    with torch.no_grad():
        values = x.detach().float()
        axes = tuple(range(1, x.ndim)) if x.ndim > 2 else (0, 1)
        low = values.amin(axes, keepdim=True).clamp(max=0)
        high = values.amax(axes, keepdim=True).clamp(min=0)
        scale = (high - low) / 255
        scale = torch.where(scale == 0, 1.0, scale)
        zero = (-low / scale).round().clamp(0, 255)
        rounded = ((values / scale).round() + zero).clamp(0, 255).sub(zero) * scale
    return x + (rounded.to(x.dtype) - x).detach()
