"""TinyGuardrail -> `fast.onnx` and `deep.onnx`, for a batch of one unpadded window.

A window is always scored alone: its score depends neither on padding nor on the neighbours that would share the ranges
of dynamic quantisation. In the deep graph every expert stands inside an `If`, so that only the chosen two of each layer
are computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto

from guardkit.trainer.graph import Array, Graph, int8
from guardkit.trainer.model import PREFIX, Config, TinyGuardrail

__all__ = ["DEEP", "FAST", "HEADS", "deep", "export", "fast"]

FAST, DEEP = "fast.onnx", "deep.onnx"
HEADS = ("threat", "harmful", "severity", "confidence")
FAST_OUTPUTS = (*HEADS, "router", "summary", "state")
NEVER = -30.0  # the logit of what was not computed, because an exit had settled the window


def export(model: TinyGuardrail, folder: Path | str) -> None:
    """Write both INT8 graphs into `folder`. The same weights give the same bytes."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FAST).write_bytes(fast(model))
    (folder / DEEP).write_bytes(deep(model))


def fast(model: TinyGuardrail, *, quantize: bool = True, merged: bool = True) -> bytes:
    """The embedding, the fast branch, its two exits and the router.

    `early` is how much there is to see for the heads over the embedding and over the first layer: the larger log-odds
    of an attack and of harm. Where one of them is below its entry of the input `exit`, what follows is not computed,
    and the outputs are those of that exit. Not `merged` is the shape of former releases, for their deep graph.
    """
    config = model.config
    graph = Graph(arrays(model), quantize=quantize)
    x = embedding(graph, config)
    if not merged:
        return former(graph, x, config)
    said, first = glance(graph, x, 0, config)
    rest = graph.branch("rest")
    y = encode(rest, x, 0, config)
    said_then, second = glance(rest, y, 1, config)
    more = rest.branch("more")
    inner = rest.split(
        "If",
        rest.add("Less", second, rest.limit(1)),
        names=[f"rest/{name}" for name in FAST_OUTPUTS],
        then_branch=stop(rest, "second", said_then, config),
        else_branch=more.body("more", *remainder(more, merge(more, y), config)),
    )
    never = graph.constant(np.array([NEVER], np.float32), "never")
    graph.split(
        "If",
        graph.add("Less", first, graph.limit(0)),
        names=[*FAST_OUTPUTS, "early.second"],
        then_branch=stop(graph, "first", said, config, never),
        else_branch=rest.body("rest", *inner, second),
    )
    graph.add("Concat", first, "early.second", axis=0, name="early")
    return whole(graph, config, exits=2)


def former(graph: Graph, x: str, config: Config) -> bytes:
    """The fast graph of a release whose states are not merged: it has the second exit alone, and the deep branch reads
    the embedding."""
    y = encode(graph, x, 0, config)
    said, second = glance(graph, y, 1, config)
    more = graph.branch("more")
    outputs = [*HEADS, "router", "summary"]
    graph.split(
        "If",
        graph.add("Less", second, graph.limit(0)),
        names=outputs,
        then_branch=stop(graph, "second", said, config, state=False),
        else_branch=more.body("more", *remainder(more, y, config)[: len(outputs)]),
    )
    graph.add("Identity", x, name="state")
    graph.add("Identity", second, name="early")
    return whole(graph, config, exits=1)


def whole(graph: Graph, config: Config, *, exits: int) -> bytes:
    return graph.model(
        "fast",
        {
            "tokens": (np.int64, [1, "T"]),
            "characters": (np.int64, [1, "C"]),
            "features": (np.float32, [1, config.features]),
            "channel": (np.int64, [1]),
            "exit": (np.float32, [exits]),
        },
        logits(config)
        | {"router": [1], "summary": [1, config.width], "state": [1, "S", config.width], "early": [exits]},
    )


def glance(graph: Graph, x: str, number: int, config: Config) -> tuple[list[str], str]:
    """The logits of an exit's heads, and the larger of its two log-odds, (1,)."""
    at = f"fast.exits.{number}"
    nothing = graph.constant(np.zeros((1, 1, config.width), np.float32), "no.state")
    left = graph.add("Concat", nothing, graph.cut(x, 0, -1), axis=1)
    right = graph.add("Concat", graph.cut(x, 1, None), nothing, axis=1)
    near = graph.linear(graph.add("Concat", left, x, right, axis=2), f"{at}.local")
    near = graph.add("Relu", graph.add("ReduceMax", near, axes=[1], keepdims=0))
    cls, mean = graph.pool(x)
    hidden = graph.gelu(graph.small(graph.add("Concat", cls, mean, near, "features", axis=1), f"{at}.mix"))
    said = heads(graph, hidden, f"{at}.heads")
    benign, attacks = graph.split("Split", said[0], graph.constant([1, config.threats - 1]), outputs=2, axis=1)
    odds = graph.add("Sub", graph.add("ReduceLogSumExp", attacks, axes=[1], keepdims=1), benign)
    return said, graph.add("Max", graph.add("Squeeze", odds, graph.constant([1])), said[1])


def stop(graph: Graph, name: str, said: list[str], config: Config, *others: str, state: bool = True) -> onnx.GraphProto:
    """The outputs of a window that an exit has settled; former releases have their `state` in any case."""
    body = graph.branch(name)
    zeros = {"summary": (1, config.width)} | ({"state": (1, 1, config.width)} if state else {})
    constants = [body.constant(np.zeros(shape, np.float32), f"no.{what}") for what, shape in zeros.items()]
    never = body.constant(np.array([NEVER], np.float32), "never")
    return body.body(name, *(body.add("Identity", each) for each in (*said, never, *constants, *others)))


def merge(graph: Graph, x: str) -> str:
    """Pairs of neighbouring states behind [CLS] as one; the last of an odd number stands for two."""
    head, rest = graph.cut(x, 0, PREFIX), graph.cut(x, PREFIX, None)
    length = graph.add("Shape", rest, start=1, end=2)
    one = graph.constant([1])
    left = graph.add("Range", graph.constant(0), graph.add("Squeeze", length), graph.constant(2))
    right = graph.add("Min", graph.add("Add", left, one), graph.add("Sub", length, one))
    pair = [graph.add("Gather", rest, place, axis=1) for place in (left, right)]
    half = graph.add("Div", graph.add("Add", *pair), graph.constant(2.0))
    learned = graph.linear(graph.add("Concat", *pair, axis=2), "fast.merge.pair")
    return graph.add("Concat", head, graph.add("Add", half, learned), axis=1)


def remainder(graph: Graph, x: str, config: Config) -> list[str]:
    """The fast branch from the merged states of its first layer: the logits of heads and router, summary, states."""
    state = x
    for number in range(1, config.fast_layers):
        x = encode(graph, x, number, config)
    cls, mean = graph.pool(x)
    cosine = graph.add("MatMul", graph.add("LpNormalization", x, axis=-1, p=2), patterns(graph))
    near = graph.add("ReduceMax", cosine, axes=[1], keepdims=0)
    summary = graph.gelu(graph.small(graph.add("Concat", cls, mean, near, "features", axis=1), "fast.mix"))
    said = heads(graph, summary, "fast.heads")
    threat = graph.add("Softmax", said[0], axis=-1)
    harmful = graph.add("Unsqueeze", graph.add("Sigmoid", said[1]), graph.constant([1]))
    own = graph.add("Concat", summary, threat, harmful, "features", axis=1)
    hidden = graph.gelu(graph.small(own, "fast.router.0"))
    router = graph.add("Squeeze", graph.small(hidden, "fast.router.2"), graph.constant([1]))
    return [*said, router, summary, state]


def deep(model: TinyGuardrail, *, quantize: bool = True) -> bytes:
    """The deep branch and the fusion with the fast branch's summary."""
    config = model.config
    graph = Graph(arrays(model), quantize=quantize)
    x = "state"
    for number in range(config.deep_layers):
        at = f"deep.layers.{number}"
        x = attend(graph, x, at, config)
        x = experts(graph, x, at, config)
    own = graph.gelu(graph.small(graph.add("Concat", *graph.pool(x), axis=1), "deep.mix"))
    hidden = graph.gelu(graph.small(graph.add("Concat", own, "summary", axis=1), "deep.fusion"))
    for name, logit in zip(HEADS, heads(graph, hidden, "deep.heads"), strict=True):
        graph.add("Identity", logit, name=name)
    shapes: Mapping[str, tuple[Any, list[Any]]] = {
        "state": (np.float32, [1, "S", config.width]),
        "summary": (np.float32, [1, config.width]),
    }
    return graph.model("deep", shapes, logits(config))


def arrays(model: TinyGuardrail) -> dict[str, Array]:
    return {name: tensor.detach().float().cpu().numpy() for name, tensor in model.state_dict().items()}


def logits(config: Config) -> dict[str, list[int]]:
    return {"threat": [1, config.threats], "harmful": [1], "severity": [1], "confidence": [1]}


def attend(graph: Graph, x: str, at: str, config: Config) -> str:
    return graph.residual(f"{at}.norm1", x, graph.attention(x, f"{at}.attention", config.heads))


def encode(graph: Graph, x: str, number: int, config: Config) -> str:
    """One layer of the fast branch."""
    at = f"fast.layers.{number}"
    x = attend(graph, x, at, config)
    return graph.residual(f"{at}.norm2", x, graph.feed(x, f"{at}.ffn"))


def heads(graph: Graph, x: str, at: str) -> list[str]:
    """The logits of the four heads."""
    threat, *others = (graph.small(x, f"{at}.{name}") for name in HEADS)
    return [threat, *(graph.add("Squeeze", other, graph.constant([1])) for other in others)]


def patterns(graph: Graph) -> str:
    """The prototypes at unit length, (D, P)."""
    rows = graph.weights["fast.prototypes"]
    return graph.constant((rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)).T, "prototypes")


def embedding(graph: Graph, config: Config) -> str:
    """The embedded window: character and feature tokens, then the word pieces."""
    characters = graph.add("Gather", graph.weight("embedding.character.weight"), "characters")
    characters = graph.add("Transpose", characters, perm=[0, 2, 1])  # (1, 32, C)
    found = []
    for number in range(len(config.kernels)):
        at = f"embedding.convolutions.{number}"
        filtered = graph.add("Conv", characters, graph.weight(f"{at}.weight"), graph.weight(f"{at}.bias"))
        # max and ReLU commute: ReLU of the few maxima costs nothing
        found.append(graph.add("ReduceMax", filtered, axes=[2], keepdims=0))
    found = [graph.add("Relu", graph.add("Concat", *found, axis=1))]
    length = graph.add("Shape", "tokens", start=1, end=2)
    position = graph.add(
        "Slice", graph.weight("embedding.position.weight"), graph.constant([0]), length, graph.constant([0])
    )
    words = graph.add("Add", word(graph), position)
    one = graph.constant([1])
    rows = [
        graph.add("Unsqueeze", graph.small(found[0], "embedding.characters"), one),
        graph.add("Unsqueeze", graph.small("features", "embedding.features"), one),
        words,
    ]
    channel = graph.add("Gather", graph.weight("embedding.channel.weight"), "channel")
    together = graph.add("Add", graph.add("Concat", *rows, axis=1), channel)
    return graph.norm(together, "embedding.norm")


def word(graph: Graph) -> str:
    """Rows of the word embedding (1, T, D): INT8 with a scale per row, or fp32."""
    table = "embedding.word.weight"
    if not graph.quantize:
        return graph.add("Gather", graph.weight(table), "tokens")
    values, scale = int8(graph.weights[table])
    rows = graph.add("Gather", graph.constant(values, f"{table}.int8"), "tokens")
    scales = graph.add("Gather", graph.constant(scale[:, None], f"{table}.scale"), "tokens")
    return graph.add("Mul", graph.add("Cast", rows, to=TensorProto.FLOAT), scales)


def experts(graph: Graph, x: str, at: str, config: Config) -> str:
    """The chosen experts' weighted sum, residual and norm. Whoever is not chosen gives no row to sum."""
    window = graph.add("ReduceMean", x, axes=[1], keepdims=0)
    gate = graph.small(window, f"{at}.ffn.gate")
    values, chosen = graph.split("TopK", gate, graph.constant([config.active]), outputs=2, axis=-1)
    # (1, A); a share that underflowed to 0 would look like an expert that was not chosen
    shares = graph.add("Max", graph.add("Softmax", values, axis=-1), graph.constant(1e-30))
    numbers = graph.constant(np.arange(config.experts)[:, None], f"experts.{config.experts}")
    picked = graph.add("Equal", numbers, chosen)  # (E, A)
    spread = graph.add("Where", picked, shares, graph.constant(0.0))
    weight = graph.add("ReduceSum", spread, graph.constant([1]), keepdims=0)  # (E,)
    chosen = graph.add("Greater", weight, graph.constant(0.0))
    switches, weights = (graph.split("Split", each, outputs=config.experts, axis=0) for each in (chosen, weight))
    parts = [
        expert(graph, x, f"{at}.ffn.experts.{number}", switch, part, config)
        for number, (switch, part) in enumerate(zip(switches, weights, strict=True))
    ]
    rows = graph.add("Concat", *parts, axis=0)
    return graph.residual(f"{at}.norm2", x, *graph.split("Split", rows, outputs=config.active, axis=0))


def expert(graph: Graph, x: str, at: str, switch: str, weight: str, config: Config) -> str:
    """(1, T, D), the weighted output of one expert, or (0, 1, D) where its weight is 0."""
    then, other = graph.branch(f"{at}.then"), graph.branch(f"{at}.else")
    result = then.add("Mul", then.feed(x, at), weight)
    nothing = other.add("Identity", graph.constant(np.zeros((0, 1, config.width), np.float32), "nothing"))
    return graph.add(
        "If",
        switch,
        name=f"{at}.if",
        then_branch=then.body("then", result),
        else_branch=other.body("else", nothing),
    )
