"""TinyGuardrail: a dual-branch encoder with per-window conditional compute.

* threat-aware embedding: pruned word pieces + a multi-scale character CNN + detector features + the channel;
  characters and features enter as two prefix tokens that every layer can attend to
* fast branch: 4 encoder layers, a bank of learned patterns (prototypes) beside the hand-made ones (features)
* exits: heads over the embedding and over the first layer; where they see nothing at all, what follows is not computed
  (early exit: Teerapittayanon et al. 2016, Xin et al. 2020)
* merge: behind the first layer neighbouring states become one, so that what follows costs half (Funnel-Transformer, Dai
  et al. 2020)
* router: from the fast branch's own outputs and the features, whether the deep branch is worth its cost
* deep branch: goes on from the merged states with 8 layers whose feed-forward is a mixture of 8 experts, top 2, chosen
  once per window and layer: two dense products instead of a scatter per token, so that the unchosen experts cost
  nothing at batch size 1
* heads: threat, harmful content, severity, confidence

A window at run time is always a batch of one, unpadded; the padding masks here exist for training only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from guardkit.trainer.config import Config
from guardkit.trainer.encoder import Layer, mean

__all__ = ["PREFIX", "Batch", "Config", "Outputs", "Thought", "TinyGuardrail", "pairs", "worst"]

PREFIX = 3  # states before the first word piece: characters, features, [CLS]


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


class Exit(nn.Module):
    """Heads over the states of a window as they are so far: their mean, [CLS], and what three neighbours say at most
    (Kim 2014)."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.local = nn.Linear(3 * config.width, config.local)
        self.mix = nn.Linear(2 * config.width + config.local + config.features, config.glance)
        self.heads = Heads(config.glance, config.threats)

    def forward(self, x: Tensor, mask: Tensor, features: Tensor) -> Outputs:
        x = x * mask[..., None].to(x.dtype)
        wide = F.pad(x, (0, 0, 1, 1))
        near = F.relu(self.local(torch.cat([wide[:, :-2], wide[:, 1:-1], wide[:, 2:]], -1)))
        near = near.masked_fill(~mask[..., None], 0.0).amax(1).float()
        glance = torch.cat([x[:, 2].float(), mean(x, mask).float(), near, features], -1)
        outputs: Outputs = self.heads(F.gelu(self.mix(glance).float()))
        return outputs


class Merge(nn.Module):
    """(B, S, D) -> (B, 3 + (S - 3) / 2, D): pairs of neighbours behind [CLS] become their mean and a learned rest."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.pair = nn.Linear(2 * config.width, config.width)
        nn.init.zeros_(self.pair.weight)
        nn.init.zeros_(self.pair.bias)

    def forward(self, x: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        left, right, inside = pairs(x, mask)
        merged = (left + right) / 2 + self.pair(torch.cat([left, right], -1)).to(x.dtype)
        return torch.cat([x[:, :PREFIX], merged], 1), torch.cat([mask[:, :PREFIX], inside], 1)


def pairs(x: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The left and the right of each pair of states behind [CLS], (B, P, D), and which pairs are not padding, (B, P).

    The last of an odd number stands for two.
    """
    odd = (x.shape[1] - PREFIX) % 2
    first, inside = F.pad(x, (0, 0, 0, odd))[:, PREFIX:], F.pad(mask, (0, odd))[:, PREFIX:]
    left, right = first[:, 0::2], first[:, 1::2]
    return left, torch.where(inside[:, 1::2, None], right, left), inside[:, 0::2]


@dataclass
class Thought:
    """What the fast branch makes of a window."""

    exits: tuple[Outputs, Outputs]  # over the embedding, over the first layer
    outputs: Outputs
    router: Tensor  # (B,) logits
    summary: Tensor  # (B, D)
    state: Tensor  # (B, S, D) merged states of the first layer, from which the deep branch goes on
    mask: Tensor  # (B, S)


class Fast(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        self.exits = nn.ModuleList(Exit(config) for _ in range(2))
        self.layers = nn.ModuleList(Layer(config, mixture=False) for _ in range(config.fast_layers))
        self.merge = Merge(config)
        self.prototypes = nn.Parameter(torch.randn(config.prototypes, config.width))
        self.mix = nn.Linear(2 * config.width + config.prototypes + config.features, config.width)
        self.heads = Heads(config.width, config.threats)
        evidence = config.width + config.threats + 1 + config.features
        self.router = nn.Sequential(nn.Linear(evidence, 64), nn.GELU(), nn.Linear(64, 1))

    def forward(self, x: Tensor, mask: Tensor, features: Tensor) -> Thought:
        first: Outputs = self.exits[0](x, mask, features)
        x = self.layers[0](x, mask)
        second: Outputs = self.exits[1](x, mask, features)
        state, mask = self.merge(x, mask)
        *_, last = self.read(state, mask)
        summary = self.summarise(last, mask, features)
        outputs = self.heads(summary)
        own = torch.cat([summary, outputs.threat.softmax(-1), outputs.harmful.sigmoid()[:, None], features], -1)
        router = self.router(own.detach()).float().squeeze(-1)
        return Thought((first, second), outputs, router, summary, state, mask)

    def read(self, x: Tensor, mask: Tensor) -> list[Tensor]:
        """The states (B, S, D) behind every layer, from those behind the first."""
        return through(self.layers[1:], x, mask)

    def summarise(self, x: Tensor, mask: Tensor, features: Tensor) -> Tensor:
        """(B, D): what the heads read, from the states of the last layer."""
        x = x.float()
        near = F.normalize(x, dim=-1) @ F.normalize(self.prototypes, dim=-1).T  # (B, S, P) cosine
        near = near.masked_fill(~mask[..., None], -1.0).amax(1)
        return F.gelu(self.mix(torch.cat([x[:, 2], mean(x, mask), near, features], -1)).float())


def through(layers: nn.ModuleList, x: Tensor, mask: Tensor) -> list[Tensor]:
    """The states before and behind each layer."""
    states = [x]
    for layer in layers:
        states.append(layer(states[-1], mask))
    return states


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
        if self.training:
            summary = summary * (torch.rand_like(summary[:, :1]) < 0.5)
        *_, last = self.read(state, mask)
        outputs: Outputs = self.heads(self.fuse(last, mask, summary))
        return outputs

    def read(self, state: Tensor, mask: Tensor) -> list[Tensor]:
        """The states (B, S, D) that the branch is given, and those behind each of its layers."""
        return through(self.layers, state, mask)

    def fuse(self, x: Tensor, mask: Tensor, summary: Tensor) -> Tensor:
        """(B, D): what the heads read, from the states of the last layer and the fast branch's summary."""
        x = x.float()
        own = F.gelu(self.mix(torch.cat([x[:, 2], mean(x, mask)], -1)).float())
        return F.gelu(self.fusion(torch.cat([own, summary], -1)).float())

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
        """The embedded window (B, 2 + T, D) and its mask (B, 2 + T); on a GPU padded so that there
        is a multiple of 8 merged states."""
        if batch.tokens.is_cuda:
            batch = replace(batch, tokens=F.pad(batch.tokens, (0, (11 - batch.tokens.shape[1]) % 16)))
        mask = F.pad(batch.tokens != 0, (2, 0), value=True)
        return self.embedding(batch), mask


def worst(out: Outputs) -> Tensor:
    """(B,): the larger log-odds of any attack and of harmful content."""
    return torch.maximum(out.threat[:, 1:].logsumexp(-1) - out.threat[:, 0], out.harmful)
