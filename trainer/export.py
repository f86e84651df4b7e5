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
from onnx import TensorProto

from guardkit.trainer.graph import Array, Graph, int8
from guardkit.trainer.model import Config, TinyGuardrail

__all__ = ["DEEP", "FAST", "HEADS", "deep", "export", "fast"]

FAST, DEEP = "fast.onnx", "deep.onnx"
HEADS = ("threat", "harmful", "severity", "confidence")
NEVER = -30.0  # the router's logit of a window that the first layer has settled


def export(model: TinyGuardrail, folder: Path | str) -> None:
    """Write both INT8 graphs into `folder`. The same weights give the same bytes."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FAST).write_bytes(fast(model))
    (folder / DEEP).write_bytes(deep(model))


def fast(model: TinyGuardrail, *, quantize: bool = True) -> bytes:
    """The embedding, the fast branch and the router.

    The first layer's heads say how much there is to see (`early`, the larger log-odds of an attack and of harm); below
    the input `exit` the other layers are not computed, and the outputs are those of the first layer.
    """
    config = model.config
    graph = Graph(arrays(model), quantize=quantize)
    x = encode(graph, embedding(graph, config), 0, config)
    cls, mean = graph.pool(x)
    glance = graph.gelu(graph.small(graph.add("Concat", cls, mean, "features", axis=1), "fast.skim.mix"))
    skimmed = heads(graph, glance, "fast.skim.heads")
    benign, attacks = graph.split("Split", skimmed[0], graph.constant([1, config.threats - 1]), outputs=2, axis=1)
    odds = graph.add("Sub", graph.add("ReduceLogSumExp", attacks, axes=[1], keepdims=1), benign)
    early = graph.add("Max", graph.add("Squeeze", odds, graph.constant([1])), skimmed[1], name="early")
    rest, nothing = graph.branch("rest"), graph.branch("exit")
    stopped = [
        *(nothing.add("Identity", logit) for logit in skimmed),
        nothing.add("Identity", graph.constant(np.array([NEVER], np.float32), "never")),
        nothing.add("Identity", graph.constant(np.zeros((1, config.width), np.float32), "no.summary")),
    ]
    graph.split(
        "If",
        graph.add("Less", early, "exit"),
        names=[*HEADS, "router", "summary"],
        then_branch=nothing.body("exit", *stopped),
        else_branch=rest.body("rest", *remainder(rest, x, config)),
    )
    return graph.model(
        "fast",
        {
            "tokens": (np.int64, [1, "T"]),
            "characters": (np.int64, [1, "C"]),
            "features": (np.float32, [1, config.features]),
            "channel": (np.int64, [1]),
            "exit": (np.float32, [1]),
        },
        logits(config) | {"router": [1], "early": [1], "state": [1, "S", config.width], "summary": [1, config.width]},
    )


def remainder(graph: Graph, x: str, config: Config) -> list[str]:
    """The fast branch behind its first layer: the heads' logits, the router's, the summary."""
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
    return [*said, router, summary]


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
    """The embedded window, output `state`: character and feature tokens, then the word pieces."""
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
    return graph.add("Identity", graph.norm(together, "embedding.norm"), name="state")


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
