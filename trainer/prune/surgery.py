"""The smaller model: rows and columns of the larger one's tensors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from guardkit.trainer.prune.anatomy import Axis, Size, axes, describe, layer, size
from guardkit.trainer.prune.importance import Importance

__all__ = ["Kept", "choose", "prune"]


@dataclass(frozen=True)
class Kept:
    """Numbers of what stays, in the order of the larger model."""

    layers: list[int]
    heads: dict[int, Tensor]  # per layer, of the queries
    keys: dict[int, Tensor]  # per layer
    neurons: dict[int, Tensor]  # per layer
    channels: Tensor
    pieces: Tensor
    gain: float  # of the norms: the kept channels hold more than their share of the energy


def choose(importance: Importance, now: Size, wanted: Size, pieces: list[int]) -> Kept:
    """The most important parts.

    A key head stays with its query heads: first the key heads whose query heads say most together, then in each of
    their groups the same number of query heads.
    """
    _fits(now, wanted, pieces)
    numbers = _top(importance.layers, wanted.layers).tolist()
    group = now.heads // now.keys
    heads, keys, neurons = {}, {}, {}
    for number in numbers:
        of_group = importance.heads[number].view(now.keys, group)
        keys[number] = _top(of_group.sum(1), wanted.keys)
        inside = [_top(of_group[key], wanted.heads // wanted.keys) + key * group for key in keys[number].tolist()]
        heads[number] = torch.cat(inside)
        neurons[number] = _top(importance.neurons[number], wanted.ffn)
    channels = _top(importance.channels, wanted.width)
    gain = 1.0 if wanted.width == now.width else float(importance.channels[channels].mean().sqrt())
    return Kept(numbers, heads, keys, neurons, channels, torch.tensor(pieces), gain)


@torch.no_grad()
def prune(model: Any, wanted: Size, importance: Importance, pieces: list[int] | None = None) -> Any:
    """A new model of the same class and of the size `wanted`. `pieces[new id]` is the old id of a word piece."""
    now, kind = size(model.config), model.config.model_type
    config = describe(model.config, wanted)
    kept = choose(importance, now, wanted, list(range(now.vocabulary)) if pieces is None else pieces)
    state = {}
    for name, value in model.state_dict().items():
        number = layer(name)
        if number is not None and number not in kept.layers:
            continue
        if number is not None:
            name = re.sub(r"(\blayers?\.)\d+", lambda found: f"{found[1]}{kept.layers.index(number)}", name, count=1)  # noqa: B023
        module, _, part = name.rpartition(".")
        axis = axes(kind, module)
        is_norm = axis == ("width", None)
        for at, which in zip(range(value.ndim), axis, strict=False):
            value = value.index_select(at, _index(which, kept, number, now.head, value.shape[at]))
        state[name] = value * kept.gain if is_norm and part == "weight" else value
    smaller = type(model)(config)
    missing, unknown = smaller.load_state_dict(state, strict=False)
    tied = {name for name in missing if name.endswith(("lm_head.weight", "decoder.weight", "decoder.bias"))}
    if unknown or set(missing) - tied:
        raise ValueError(f"the smaller model lacks {sorted(set(missing) - tied)} and has no place for {unknown}")
    smaller.tie_weights()
    return smaller.eval()


def _index(axis: Axis, kept: Kept, number: int | None, head: int, length: int) -> Tensor:
    if axis is None:
        return torch.arange(length)
    if axis == "width":
        return kept.channels
    if axis == "piece":
        return kept.pieces
    assert number is not None
    if axis == "neuron":
        return kept.neurons[number]
    chosen = (kept.heads if axis == "query" else kept.keys)[number]
    return (chosen[:, None] * head + torch.arange(head)).flatten()


def _top(values: Tensor, count: int) -> Tensor:
    """The numbers of the `count` largest, in their own order."""
    return values.topk(count).indices.sort().values


def _fits(now: Size, wanted: Size, pieces: list[int]) -> None:
    for name in ("layers", "heads", "keys", "ffn", "width"):
        if not 1 <= getattr(wanted, name) <= getattr(now, name):
            raise ValueError(f"{getattr(wanted, name)} {name} cannot be taken from {getattr(now, name)}")
    if wanted.head != now.head:
        raise ValueError(f"heads of {now.head} channels stay so; {wanted.head} are wanted")
    if wanted.heads % wanted.keys or wanted.heads // wanted.keys > now.heads // now.keys:
        raise ValueError(f"{wanted.heads} query heads do not spread over {wanted.keys} key heads")
    if len(pieces) != wanted.vocabulary:
        raise ValueError(f"{len(pieces)} kept pieces for a vocabulary of {wanted.vocabulary}")
