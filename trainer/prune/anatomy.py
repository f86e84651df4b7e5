"""Which axis of which tensor of a Hugging Face transformer is what, and how large each is.

An axis is "width" (residual channels), "query" (query heads times their size), "key" (key and value heads times their
size), "neuron" (of a feed-forward), "piece" (of the vocabulary), or None: nothing that is pruned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from torch import nn

__all__ = ["Axis", "Size", "axes", "describe", "layer", "layers", "size"]

Axis = str | None

_DECODER = (
    (r"embed_tokens$", "piece", "width"),
    (r"q_proj$", "query", "width"),
    (r"[kv]_proj$", "key", "width"),
    (r"o_proj$", "width", "query"),
    (r"(gate|up)_proj$", "neuron", "width"),
    (r"down_proj$", "width", "neuron"),
    (r"[qk]_norm$", None, None),
    (r"norm$", "width", None),
    (r"lm_head$", "piece", "width"),
)
_ENCODER = (
    (r"word_embeddings$", "piece", "width"),
    (r"(position|token_type)_embeddings$", None, "width"),
    (r"query$", "query", "width"),
    (r"(key|value)$", "key", "width"),
    (r"attention\.output\.dense$", "width", "query"),
    (r"intermediate\.dense$", "neuron", "width"),
    (r"layer\.\d+\.output\.dense$", "width", "neuron"),
    (r"(LayerNorm|layer_norm)$", "width", None),
    (r"(pooler|transform|lm_head)\.dense$", "width", "width"),
    (r"(predictions|lm_head)(\.decoder)?$", "piece", "width"),
    (r"(seq_relationship|classifier)$", None, "width"),
)
RULES = {
    **dict.fromkeys(("llama", "mistral", "qwen2", "qwen3"), _DECODER),
    **dict.fromkeys(("bert", "roberta", "xlm-roberta"), _ENCODER),
}
_LAYER = re.compile(r"\blayers?\.(\d+)\.")


@dataclass(frozen=True)
class Size:
    """How large a transformer is, or shall become."""

    layers: int
    heads: int  # of the queries
    keys: int  # heads of the keys and values
    head: int  # channels of a head: never pruned
    ffn: int
    width: int
    vocabulary: int


def size(config: Any) -> Size:
    """Of a model with this configuration; raises `ValueError` for a family that is not known."""
    if config.model_type not in RULES:
        raise ValueError(f"models of the type {config.model_type} are not known; known are {', '.join(sorted(RULES))}")
    heads = config.num_attention_heads
    return Size(
        layers=config.num_hidden_layers,
        heads=heads,
        keys=getattr(config, "num_key_value_heads", None) or heads,
        head=getattr(config, "head_dim", None) or config.hidden_size // heads,
        ffn=config.intermediate_size,
        width=config.hidden_size,
        vocabulary=config.vocab_size,
    )


def describe(config: Any, wanted: Size) -> Any:
    """A copy of `config` of the size `wanted`; raises `ValueError` where the family cannot have it."""
    if not hasattr(config, "head_dim") and wanted.heads * wanted.head != wanted.width:
        raise ValueError(
            f"{wanted.heads} heads of {wanted.head} channels want the width {wanted.heads * wanted.head} in a model of "
            f"the type {config.model_type}, not {wanted.width}"
        )
    changed = {
        "num_hidden_layers": wanted.layers,
        "num_attention_heads": wanted.heads,
        "intermediate_size": wanted.ffn,
        "hidden_size": wanted.width,
        "vocab_size": wanted.vocabulary,
    }
    if hasattr(config, "num_key_value_heads"):
        changed |= {"num_key_value_heads": wanted.keys}
    if hasattr(config, "head_dim"):
        changed |= {"head_dim": wanted.head}
    document = config.to_dict() | changed
    for name in ("pad_token_id", "bos_token_id", "eos_token_id"):
        number = document.get(name)
        if isinstance(number, list) or (number is not None and number >= wanted.vocabulary):
            document[name] = None
    for name in ("layer_types", "max_window_layers"):  # per layer; renewed from the others
        document.pop(name, None)
    return type(config)(**document)


def axes(kind: str, name: str) -> tuple[Axis, Axis]:
    """What the rows and the columns of a module's weight are; raises `ValueError` for a module that is not known."""
    for pattern, rows, columns in RULES[kind]:
        if re.search(pattern, name):
            return rows, columns
    raise ValueError(f"the tensor {name} of a model of the type {kind} is not known")


def layer(name: str) -> int | None:
    """The layer that a tensor belongs to."""
    found = _LAYER.search(name)
    return int(found[1]) if found else None


def layers(model: nn.Module) -> nn.ModuleList:
    """The layers of the model, in order."""
    for name, module in model.named_modules():
        if isinstance(module, nn.ModuleList) and re.search(r"(^|\.)layers?$", name):
            return module
    raise ValueError("the model has no list of layers")
