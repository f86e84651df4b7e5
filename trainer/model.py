"""TinyGuardrail: a dual-branch encoder with per-window conditional compute.

* threat-aware embedding: pruned word pieces + a multi-scale character CNN + detector features + the channel;
  characters and features enter as two prefix tokens that every layer can attend to
* fast branch: 4 encoder layers, a bank of learned patterns (prototypes) beside the hand-made ones (features)
* skim: heads after the first of these layers; where they see nothing at all, the other layers are not computed
  (early exit: Teerapittayanon et al. 2016, Xin et al. 2020)
* router: from the fast branch's own outputs and the features, whether the deep branch is worth its cost
* deep branch: 8 layers whose feed-forward is a mixture of 8 experts, top 2, chosen once per window and layer: two
  dense products instead of a scatter per token, so that the unchosen experts cost nothing at batch size 1
* heads: threat, harmful content, severity, confidence

A window at run time is always a batch of one, unpadded; the padding masks here exist for training only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F
from torch import Tensor, nn

__all__ = ["Batch", "Config", "Outputs", "TinyGuardrail", "worst"]


@dataclass(frozen=True)
class Config:
    vocabulary: int = 8192  # word pieces
    width: int = 384
    heads: int = 12
    ffn: int = 1536  # fast branch; the width of the base model's
    fast_layers: int = 4
    skim: int = 96  # width of the early exit's hidden layer
    deep_layers: int = 8
    experts: int = 8
    active: int = 2  # experts computed per window and layer
    expert_ffn: int = 1024
    prototypes: int = 64
    features: int = 64  # guardkit.detect.features.SIZE
    channels: int = 5
    characters: int = 512  # character classes, guardkit.classify.characters
    character_width: int = 32
    character_filters: int = 48  # per kernel
    kernels: tuple[int, ...] = (2, 3, 4, 5, 7)
    positions: int = 256  # word pieces of a window, [CLS] and [SEP] included
    dropout: float = 0.1  # behind attention and feed-forwards, in training
    threats: int = 4  # benign, injection, jailbreak, obfuscation


@dataclass
class Batch:
    tokens: Tensor  # (B, T) int64, 0 = padding
    characters: Tensor  # (B, C) int64, 0 = padding
    features: Tensor  # (B, F)
    channel: Tensor  # (B,) int64


@dataclass
class Outputs:
    threat: Tensor  # (B, threats) logits
    harmful: Tensor  # (B,) logits
    severity: Tensor  # (B,) logits
    confidence: Tensor  # (B,) logits: that the threat head is right


class Heads(nn.Module):
    def __init__(self, width: int, threats: int) -> None:
        super().__init__()
        self.threat = nn.Linear(width, threats)
        self.harmful = nn.Linear(width, 1)
        self.severity = nn.Linear(width, 1)
        self.confidence = nn.Linear(width, 1)

    def forward(self, hidden: Tensor) -> Outputs:
        hidden = hidden.float()
        return Outputs(
            self.threat(hidden),
            self.harmful(hidden).squeeze(-1),
            self.severity(hidden).squeeze(-1),
            self.confidence(hidden.detach()).squeeze(-1),  # it judges the representation, it does not shape it
        )


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


class Embedding(nn.Module):
    """(B, T) word pieces, (B, C) characters, (B, F) features and a channel -> (B, 2 + T, D).

    The two prefix tokens, characters and features, stand before [CLS].
    """

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.word = nn.Embedding(config.vocabulary, config.width, padding_idx=0)
        self.position = nn.Embedding(config.positions, config.width)
        self.channel = nn.Embedding(config.channels, config.width)
        self.character = nn.Embedding(config.characters, config.character_width, padding_idx=0)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(config.character_width, config.character_filters, k) for k in config.kernels
        )
        self.characters = nn.Linear(config.character_filters * len(config.kernels), config.width)
        self.features = nn.Linear(config.features, config.width)
        self.norm = nn.LayerNorm(config.width, eps=1e-12)

    def forward(self, batch: Batch) -> Tensor:
        c = self.character(batch.characters).transpose(1, 2)  # (B, 32, C)
        c = torch.cat([F.relu(convolution(c)).amax(-1) for convolution in self.convolutions], -1)
        channel = self.channel(batch.channel)[:, None]  # (B, 1, D)
        x = self.word(batch.tokens) + self.position.weight[: batch.tokens.shape[1]]
        prefix = torch.stack([self.characters(c), self.features(batch.features)], 1)
        out: Tensor = self.norm(torch.cat([prefix.to(x.dtype), x], 1) + channel)
        return out


class Skim(nn.Module):
    """The heads of the early exit."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.mix = nn.Linear(2 * config.width + config.features, config.skim)
        self.heads = Heads(config.skim, config.threats)

    def forward(self, x: Tensor, mask: Tensor, features: Tensor) -> Outputs:
        x = x.float()
        outputs: Outputs = self.heads(F.gelu(self.mix(torch.cat([x[:, 2], mean(x, mask), features], -1)).float()))
        return outputs


class Fast(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        self.skim = Skim(config)
        self.layers = nn.ModuleList(Layer(config, mixture=False) for _ in range(config.fast_layers))
        self.prototypes = nn.Parameter(torch.randn(config.prototypes, config.width))
        self.mix = nn.Linear(2 * config.width + config.prototypes + config.features, config.width)
        self.heads = Heads(config.width, config.threats)
        evidence = config.width + config.threats + 1 + config.features
        self.router = nn.Sequential(nn.Linear(evidence, 64), nn.GELU(), nn.Linear(64, 1))

    def forward(self, state: Tensor, mask: Tensor, features: Tensor) -> tuple[Outputs, Outputs, Tensor, Tensor]:
        """The early exit's outputs, the branch's own, router logit (B,), summary (B, D)."""
        x = self.layers[0](state, mask)
        early = self.skim(x, mask, features)
        for layer in self.layers[1:]:
            x = layer(x, mask)
        x = x.float()
        near = F.normalize(x, dim=-1) @ F.normalize(self.prototypes, dim=-1).T  # (B, 2 + T, P) cosine
        near = near.masked_fill(~mask[..., None], -1.0).amax(1)
        summary = F.gelu(self.mix(torch.cat([x[:, 2], mean(x, mask), near, features], -1)).float())
        outputs = self.heads(summary)
        own = torch.cat([summary, outputs.threat.softmax(-1), outputs.harmful.sigmoid()[:, None], features], -1)
        return early, outputs, self.router(own.detach()).float().squeeze(-1), summary


class Deep(nn.Module):
    """In training half of the windows come without the fast branch's summary: given it always, the branch learns to
    repeat it and adds nothing of its own."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(config, mixture=True) for _ in range(config.deep_layers))
        self.mix = nn.Linear(2 * config.width, config.width)
        self.fusion = nn.Linear(2 * config.width, config.width)
        self.heads = Heads(config.width, config.threats)

    def forward(self, state: Tensor, mask: Tensor, summary: Tensor) -> Outputs:
        x = state
        for layer in self.layers:
            x = layer(x, mask)
        x = x.float()
        own = F.gelu(self.mix(torch.cat([x[:, 2], mean(x, mask)], -1)).float())
        if self.training:
            summary = summary * (torch.rand_like(summary[:, :1]) < 0.5)
        outputs: Outputs = self.heads(F.gelu(self.fusion(torch.cat([own, summary], -1)).float()))
        return outputs

    def balance(self) -> Tensor:
        """The mean load-balance loss of the last forward pass; 1 is perfectly balanced."""
        return torch.stack([layer.ffn.balance for layer in self.layers]).mean()


class TinyGuardrail(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config
        self.embedding = Embedding(config)
        self.fast = Fast(config)
        self.deep = Deep(config)

    def embed(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """The embedded window (B, 2 + T, D) and its mask (B, 2 + T); on a GPU padded to a multiple of 8."""
        if batch.tokens.is_cuda:
            batch = replace(batch, tokens=F.pad(batch.tokens, (0, -(batch.tokens.shape[1] + 2) % 8)))
        mask = F.pad(batch.tokens != 0, (2, 0), value=True)
        return self.embedding(batch), mask


def worst(out: Outputs) -> Tensor:
    """(B,): the larger log-odds of any attack and of harmful content."""
    return torch.maximum(out.threat[:, 1:].logsumexp(-1) - out.threat[:, 0], out.harmful)


def mean(x: Tensor, mask: Tensor) -> Tensor:
    """(B, T, D) -> (B, D): over what is not padding."""
    m = mask[..., None].to(x.dtype)
    return (x * m).sum(1) / m.sum(1)
