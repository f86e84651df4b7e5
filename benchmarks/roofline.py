"""How far the two graphs are from what this processor could do: operations and bytes against measured peaks.

The model of Williams et al. 2009: a graph can be no faster than its operations at the peak of the multiplier, nor than
its bytes at the peak of the memory. Both peaks are measured here, on one thread: a large INT8 product in ONNX Runtime,
and a copy of an array that fits no cache.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from guardkit.classify.characters import encode_characters
from guardkit.classify.scoring import Model
from guardkit.classify.session import open_session
from guardkit.classify.windows import Windows
from guardkit.detect.features import features
from guardkit.normalize import normalize
from guardkit.view import View

__all__ = ["Work", "peaks", "roofline", "work"]

SIDE = 1_024  # of the square matrices of the peak
COPIED = 64 * 2**20  # bytes
PREFIX = 2  # tokens that the model puts before a window's own

Work = tuple[float, float]  # operations and bytes of weights


def roofline(model: Model, texts: Sequence[str], rounds: int) -> dict[str, Any] | None:
    """Per graph: operations, bytes, the bound in milliseconds, the measured median, and their ratio.

    None for a model whose manifest does not say how it is built.

    Every layer is computed (no early exit); embeddings, normalisation and activations are not counted, so that the
    bound is one from below.
    """
    config = model.manifest.training.get("config")
    if config is None:
        return None
    gops, gigabytes = peaks(rounds)
    window, classifier = Windows(model.manifest.read("tokenizer.json")), model.classifier
    inputs = []
    for text in texts:
        first = next(iter(window.split(text, 1)))
        part = text[first.start : first.end]
        vector = features(part, View(text), normalize(View(text)).signals)
        inputs.append((first.tokens, encode_characters(part), vector, 0))
    tokens = int(np.median([each[0].shape[1] for each in inputs])) + PREFIX
    states = [classifier.fast(*each) for each in inputs]
    times = {
        "fast": _median([lambda each=each: classifier.fast(*each) for each in inputs], rounds),
        "deep": _median([lambda state=state: classifier.deep(state) for state in states], rounds),
    }
    graphs = {}
    for name, (operations, size) in work(config, tokens).items():
        bound = max(operations / (gops * 1e9), size / (gigabytes * 1e9)) * 1000
        graphs[name] = {
            "operations": operations,
            "bytes": size,
            "bound": bound,
            "measured": times[name],
            "share": bound / times[name],
            "limit": "operations" if operations / (gops * 1e9) * 1000 == bound else "memory",
        }
    return {"tokens": tokens, "gops": gops, "gigabytes": gigabytes, "graphs": graphs}


def work(config: Mapping[str, Any], tokens: int) -> dict[str, Work]:
    """Operations (a multiplication and an addition are two) and INT8 bytes of one window in each graph."""
    width = config["width"]
    attention = 4 * width * width
    fast, deep = attention + 2 * width * config["ffn"], attention + 2 * width * config["expert_ffn"] * config["active"]
    products = 2 * tokens * width  # multiplications of scores and values, per token
    return {
        "fast": (
            2.0 * tokens * config["fast_layers"] * (fast + products),
            float(config["fast_layers"] * fast),
        ),
        "deep": (
            2.0 * tokens * config["deep_layers"] * (deep + products),
            float(config["deep_layers"] * deep),
        ),
    }


def peaks(rounds: int) -> tuple[float, float]:
    """Billions of INT8 operations a second in a matrix product, and gigabytes a second that a copy reads and writes."""
    session = open_session(_product(), threads=1)
    random = np.random.default_rng(0)
    left = random.integers(0, 255, (SIDE, SIDE), np.uint8)
    right = random.integers(-127, 127, (SIDE, SIDE)).astype(np.int8)
    # the weights are a constant of the graph in a real model; ONNX Runtime packs them once, here at every run
    product = _median([lambda: session.run(None, {"left": left, "right": right})], rounds * 3)
    source, target = np.ones(COPIED // 8), np.empty(COPIED // 8)
    copy = _median([lambda: np.copyto(target, source)], rounds * 3)
    return 2 * SIDE**3 / product / 1e6, 2 * COPIED / copy / 1e6


def _product() -> bytes:
    from onnx import TensorProto, helper

    node = helper.make_node("MatMulInteger", ["left", "right"], ["out"])
    shape = [SIDE, SIDE]
    graph = helper.make_graph(
        [node], "peak",
        [helper.make_tensor_value_info("left", TensorProto.UINT8, shape),
         helper.make_tensor_value_info("right", TensorProto.INT8, shape)],
        [helper.make_tensor_value_info("out", TensorProto.INT32, shape)],
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return bytes(model.SerializeToString())


def _median(calls: Sequence[Callable[[], Any]], rounds: int) -> float:
    """Milliseconds of one call, after a warm-up."""
    times = []
    for number in range(rounds + 1):
        for call in calls:
            started = time.perf_counter()
            call()
            if number:
                times.append(1000 * (time.perf_counter() - started))
    return float(np.median(times))
