"""The dimensions of a TinyGuardrail."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Config"]


@dataclass(frozen=True)
class Config:
    vocabulary: int = 20_480  # word pieces
    width: int = 384
    heads: int = 12
    ffn: int = 1536  # fast branch; the width of the base model's
    fast_layers: int = 4
    glance: int = 96  # width of an early exit's hidden layer
    local: int = 192  # what an early exit looks for in three neighbouring states
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
