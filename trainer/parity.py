"""Do torch, ONNX fp32 and ONNX INT8 say the same?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from guardkit.classify.characters import PADDING
from guardkit.classify.session import open_session
from guardkit.trainer.export import DEEP, FAST, HEADS, deep, fast
from guardkit.trainer.graph import Array
from guardkit.trainer.model import Batch, Outputs, TinyGuardrail, worst

__all__ = ["LENGTHS", "Parity", "parity"]

LENGTHS = (2, 3, 16, 33, 64, 150, 192)


@dataclass(frozen=True)
class Parity:
    """Absolute differences of probabilities, over all heads of both branches."""

    fp32_max: float  # torch against ONNX fp32
    fp32_mean: float
    int8_max: float  # ONNX fp32 against ONNX INT8
    int8_mean: float


def parity(model: TinyGuardrail, folder: Path | str, *, rounds: int = 2, seed: int = 0) -> Parity:
    """Compare on random windows of several lengths; the INT8 graphs are those in `folder`."""
    folder = Path(folder)
    full = fast(model, quantize=False), deep(model, quantize=False)
    small = (folder / FAST).read_bytes(), (folder / DEEP).read_bytes()
    onnx32, onnx8 = (tuple(open_session(graph) for graph in graphs) for graphs in (full, small))
    random = np.random.default_rng(seed)
    rows = []
    training = model.training
    model.eval()
    for length in LENGTHS * rounds:
        inputs = window(model, length, random)
        rows.append(np.stack([with_torch(model, inputs), with_onnx(onnx32, inputs), with_onnx(onnx8, inputs)]))
    model.train(training)
    found = np.stack(rows)  # (windows, 3, probabilities)
    exact, quantised = np.abs(found[:, 1] - found[:, 0]), np.abs(found[:, 2] - found[:, 1])
    return Parity(float(exact.max()), float(exact.mean()), float(quantised.max()), float(quantised.mean()))


def window(model: TinyGuardrail, length: int, random: np.random.Generator) -> dict[str, Array]:
    config = model.config
    characters = random.integers(1, config.characters, (1, 4 * length))
    return {
        "tokens": random.integers(1, config.vocabulary, (1, length)),
        "characters": np.concatenate([characters, np.zeros((1, PADDING), np.int64)], axis=1),
        "features": random.random((1, config.features), np.float32),
        "channel": random.integers(0, config.channels, 1),
    }


@torch.no_grad()
def with_torch(model: TinyGuardrail, inputs: dict[str, Array]) -> Array:
    batch = Batch(**{name: torch.from_numpy(values) for name, values in inputs.items()})
    state, mask = model.embed(batch)
    fast = model.fast(state, mask, batch.features)
    second = model.deep(fast.state, fast.mask, fast.summary)

    def logits(outputs: Outputs) -> list[Array]:
        return [getattr(outputs, name).numpy() for name in HEADS]

    early = torch.cat([worst(outputs) for outputs in fast.exits])
    return probabilities([*logits(fast.outputs), fast.router.numpy(), early.numpy(), *logits(second)])


def with_onnx(sessions: tuple[object, ...], inputs: dict[str, Array]) -> Array:
    one, two = sessions
    names = [*HEADS, "router", "early", "state", "summary"]
    *first, state, summary = one.run(names, {**inputs, "exit": np.float32([-np.inf, -np.inf])})  # type: ignore[attr-defined]
    second = two.run(list(HEADS), {"state": state, "summary": summary})  # type: ignore[attr-defined]
    return probabilities([*first, *second])


def probabilities(logits: list[Array]) -> Array:
    """Softmax of the (1, 4) threat logits, sigmoid of the others, as one row."""
    parts = []
    for values in logits:
        if values.ndim == 2:
            shares = np.exp(values[0] - values.max())
            parts.append(shares / shares.sum())
        else:
            parts.append(1 / (1 + np.exp(-values)))
    return np.concatenate(parts)
