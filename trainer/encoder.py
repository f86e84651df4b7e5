"""Encoder layers: attention, and one feed-forward or a mixture of experts that is chosen once per window."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from guardkit.trainer.config import Config

__all__ = ["Attention", "Experts", "FeedForward", "Layer", "mean"]


class Attention(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        self.heads = config.heads
        self.qkv = nn.Linear(config.width, 3 * config.width)
        self.out = nn.Linear(config.width, config.width)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        B, T, D = x.shape
        q, k, v = self.qkv(x).view(B, T, 3, self.heads, D // self.heads).permute(2, 0, 3, 1, 4)  # (B, H, T, D/H)
        if x.is_cuda:
            y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :])
        else:  # written out: the backward pass of the CPU's fused kernel takes as long as all matrix products together
            near = (q * (D // self.heads) ** -0.5) @ k.transpose(-1, -2) + mask[:, None, None, :].to(q.dtype).log()
            y = near.softmax(-1).to(v.dtype) @ v
        out: Tensor = self.out(y.transpose(1, 2).reshape(B, T, D))
        return out


class FeedForward(nn.Module):
    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.up = nn.Linear(width, hidden)
        self.down = nn.Linear(hidden, width)

    def forward(self, x: Tensor) -> Tensor:
        return self.down(F.gelu(self.up(x)))


class Experts(nn.Module):
    """A mixture of feed-forwards, chosen once for a whole window from its mean state."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.active = config.active
        self.gate = nn.Linear(config.width, config.experts)
        self.experts = nn.ModuleList(FeedForward(config.width, config.expert_ffn) for _ in range(config.experts))
        self.balance = torch.zeros(())  # the load-balance loss of the last forward pass (Fedus et al. 2021, eq. 4)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        logits = self.gate(mean(x, mask).float())  # (B, E)
        if self.training:
            logits = logits + torch.randn_like(logits) * 0.1  # exploration
        weight, chosen = logits.topk(self.active, dim=-1)  # (B, A)
        weight = weight.softmax(-1)
        share = F.one_hot(chosen, logits.shape[-1]).float().sum(1).mean(0) / self.active
        self.balance = logits.shape[-1] * (share * logits.softmax(-1).mean(0)).sum()
        return (self.grouped if x.is_cuda else self.looped)(x, chosen, weight)

    def looped(self, x: Tensor, chosen: Tensor, weight: Tensor) -> Tensor:
        y = torch.zeros_like(x)
        for e, expert in enumerate(self.experts):
            row, slot = (chosen == e).nonzero(as_tuple=True)
            if len(row):
                part = expert(x[row]) * weight[row, slot][:, None, None].to(x.dtype)
                y = y.index_add(0, row, part.to(y.dtype))
        return y

    def grouped(self, x: Tensor, chosen: Tensor, weight: Tensor) -> Tensor:
        """The same in one ragged product per layer, over windows sorted by expert: a GPU never waits for row numbers.

        The product is in bf16, whatever x is; T has to be a multiple of 8 for its gradients.
        """
        flat, order = chosen.flatten().sort(stable=True)  # (B * A,)
        ends = (flat[None] <= torch.arange(len(self.experts), device=x.device)[:, None]).sum(1)
        ends = (ends * x.shape[1]).int()
        row = order // self.active
        y = x[row].flatten(0, 1).bfloat16()  # (B * A * T, D)
        token = flat.repeat_interleave(x.shape[1])
        for name in ("up", "down"):
            layers = [getattr(expert, name) for expert in self.experts]
            weights = torch.stack([layer.weight for layer in layers]).bfloat16().transpose(1, 2)  # (E, in, out)
            bias = torch.stack([layer.bias for layer in layers]).bfloat16()
            y = F.grouped_mm(y, weights, offs=ends) + F.embedding(token, bias)
            y = F.gelu(y) if name == "up" else y
        y = y.unflatten(0, (-1, x.shape[1])).to(x.dtype) * weight.flatten()[order][:, None, None].to(x.dtype)
        return torch.zeros_like(x).index_add(0, row, y)


class Layer(nn.Module):
    """A post-norm encoder layer (BERT), with one feed-forward or a mixture of experts."""

    def __init__(self, config: Config, *, mixture: bool) -> None:
        super().__init__()
        self.attention = Attention(config)
        self.norm1 = nn.LayerNorm(config.width, eps=1e-12)
        self.ffn: nn.Module = Experts(config) if mixture else FeedForward(config.width, config.ffn)
        self.norm2 = nn.LayerNorm(config.width, eps=1e-12)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        x = self.norm1(x + self.dropout(self.attention(x, mask)))
        y = self.ffn(x, mask) if isinstance(self.ffn, Experts) else self.ffn(x)
        return self.norm2(x + self.dropout(y))


def mean(x: Tensor, mask: Tensor) -> Tensor:
    """(B, T, D) -> (B, D): over what is not padding."""
    m = mask[..., None].to(x.dtype)
    return (x * m).sum(1) / m.sum(1)
