"""What the parts of a transformer contribute on given texts: forward passes only, no labels.

* a layer: how far it turns the residual stream, 1 - cosine of what goes in and what comes out (Men et al. 2024)
* a query head, a neuron: the mean squared norm of what it adds to the residual stream
* a residual channel: its mean share of the stream's energy
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from guardkit.trainer.prune.anatomy import axes, layer, layers, size

__all__ = ["Importance", "measure"]


@dataclass(frozen=True)
class Importance:
    layers: Tensor  # (L,)
    heads: Tensor  # (L, H)
    neurons: Tensor  # (L, F)
    channels: Tensor  # (D,) mean 1


@torch.no_grad()
def measure(model: Any, batches: Iterable[tuple[Tensor, Tensor]]) -> Importance:
    """`batches` are (tokens, mask) pairs, (B, T) each; the mask is 1 where there is text."""
    seen = _Seen(model)
    model.eval()
    with seen.watch():
        for tokens, mask in batches:
            seen.mask = mask.bool()
            seen.count += int(seen.mask.sum())
            model(input_ids=tokens, attention_mask=mask)
    if not seen.count:
        raise ValueError("no text to measure importance on")
    return seen.importance()


class _Seen:
    """Sums over all tokens that have been read."""

    def __init__(self, model: Any) -> None:
        self.model, self.size = model, size(model.config)
        kind = model.config.model_type
        self.mask = torch.zeros(0)
        self.count = 0
        self.turned = torch.zeros(self.size.layers)
        self.energy = torch.zeros(self.size.width)
        self.outs: dict[int, nn.Linear] = {}  # whose columns are heads
        self.downs: dict[int, nn.Linear] = {}  # whose columns are neurons
        for name, module in model.named_modules():
            number = layer(f"{name}.")
            if isinstance(module, nn.Linear) and number is not None:
                columns = axes(kind, name)[1]
                if columns == "query":
                    self.outs[number] = module
                elif columns == "neuron":
                    self.downs[number] = module
        head = self.size.head
        self.grams = torch.zeros(self.size.layers, self.size.heads, head, head)  # of what each head says
        self.squares = torch.zeros(self.size.layers, self.size.ffn)

    @contextmanager
    def watch(self) -> Iterator[None]:
        hooks = [part.register_forward_hook(self._layer(n)) for n, part in enumerate(layers(self.model))]
        hooks += [part.register_forward_pre_hook(self._out(n)) for n, part in self.outs.items()]
        hooks += [part.register_forward_pre_hook(self._down(n)) for n, part in self.downs.items()]
        try:
            yield
        finally:
            for hook in hooks:
                hook.remove()

    def _layer(self, number: int) -> Callable[..., None]:
        def hook(_: nn.Module, inputs: tuple[Tensor, ...], output: Any) -> None:
            before = inputs[0][self.mask].float()
            after = (output if isinstance(output, Tensor) else output[0])[self.mask].float()
            self.turned[number] += (1 - F.cosine_similarity(before, after, -1)).sum()
            square = after.square()
            self.energy += (square / square.mean(-1, keepdim=True).clamp(min=1e-12)).sum(0) / self.size.layers

        return hook

    def _out(self, number: int) -> Callable[..., None]:
        def hook(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            said = inputs[0][self.mask].float().view(-1, self.size.heads, self.size.head)
            self.grams[number] += torch.einsum("nhi,nhj->hij", said, said)

        return hook

    def _down(self, number: int) -> Callable[..., None]:
        def hook(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            self.squares[number] += inputs[0][self.mask].float().square().sum(0)

        return hook

    def importance(self) -> Importance:
        heads = torch.zeros(self.size.layers, self.size.heads)
        neurons = torch.zeros(self.size.layers, self.size.ffn)
        for number, out in self.outs.items():
            parts = out.weight.float().view(-1, self.size.heads, self.size.head)  # (D, H, d)
            heads[number] = torch.einsum("dhi,hij,dhj->h", parts, self.grams[number], parts) / self.count
            weight = self.downs[number].weight.float()
            neurons[number] = self.squares[number] / self.count * weight.square().sum(0)
        return Importance(self.turned / self.count, heads, neurons, self.energy / self.count)
