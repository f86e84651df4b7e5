"""Structured pruning of Hugging Face encoders and decoders, and what is left of them as the base of a TinyGuardrail.

Whole layers, attention heads, feed-forward neurons, residual channels and word pieces go; what matters least on our own
texts goes first. The result is an ordinary model of the same family, smaller, that `transformers` loads.
"""

from __future__ import annotations

from guardkit.trainer.prune.anatomy import Size, size
from guardkit.trainer.prune.encoder import Base, encoder
from guardkit.trainer.prune.importance import Importance, measure
from guardkit.trainer.prune.pieces import pieces
from guardkit.trainer.prune.surgery import prune

__all__ = ["Base", "Importance", "Size", "encoder", "measure", "pieces", "prune", "size"]
