"""The linear heads of an exported model, trained anew over its own states.

Last-layer retraining (Kirichenko et al. 2023). The layers below are read as they will run, in INT8, and stay as they
are, to the byte. A head over frozen states has few weights, learns from new families in minutes on a CPU, and keeps
what the layers know of other sources. The heads of the early exits are not touched: they only say that there is
nothing to see.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from onnx import TensorProto, helper
from torch import Tensor

from guardkit.classify.session import DEEP, Classifier, open_session
from guardkit.trainer.prepared import Prepared
from guardkit.trainer.spread import spread
from guardkit.trainer.stored import Stored

__all__ = ["NAMES", "Head", "States", "fit", "read", "retrain", "write"]

BLOCK = 400  # windows of one task
BRANCHES = ("fast", "deep")
SETTINGS = {
    "threat": {"epochs": 2.0, "rate": 1e-3, "dropout": 0.1},
    "harmful": {"epochs": 2.0, "rate": 1e-3, "dropout": 0.2},
}
"""More of either finds more of what resembles the new texts, and less of what does not."""
NAMES = tuple(SETTINGS)
SMOOTHING = 0.02
ROWS = 512  # of a batch
AVERAGE = 0.998  # decay of the moving average of the weights

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """A linear layer: weight (out, D), bias (out,)."""

    weight: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class States:
    """What the heads of both branches read of every window, (N, D) each, as float16."""

    fast: NDArray[np.float16]
    deep: NDArray[np.float16]


_SESSIONS: tuple[Classifier, Any, Prepared]


def read(folder: Path, data: Prepared, workers: int = 2) -> States:
    """The states of every window, each computed in all its layers. The windows are in the model's own vocabulary."""
    starts = range(0, len(data), BLOCK)
    blocks = list(spread(_work, starts, "states", _start, (folder, data), workers=workers, method="spawn"))
    fast, deep = (np.concatenate(part) for part in zip(*blocks, strict=True))
    return States(fast, deep)


def _start(folder: Path, data: Prepared) -> None:
    global _SESSIONS
    classifier = Classifier(folder)
    _SESSIONS = classifier, open_session(_with_states(onnx.load(folder / DEEP))), data


def _with_states(model: onnx.ModelProto) -> bytes:
    """The deep graph, which also gives out what its heads read, as `hidden`."""
    (node,) = (node for node in model.graph.node if "deep.heads.threat.weight" in node.input)
    model.graph.node.append(helper.make_node("Identity", [node.input[0]], ["hidden"]))
    model.graph.output.append(helper.make_tensor_value_info("hidden", TensorProto.FLOAT, None))
    data: bytes = model.SerializeToString()
    return data


def _work(start: int) -> tuple[NDArray[np.float16], NDArray[np.float16]]:
    pairs = list(_block(start))
    fast, deep = (np.stack(part).astype(np.float16) for part in zip(*pairs, strict=True))
    return fast, deep


def _block(start: int) -> Iterator[tuple[Floats, Floats]]:
    classifier, session, data = _SESSIONS
    for row in range(start, min(start + BLOCK, len(data))):
        one = data.example(row)
        fast = classifier.fast(one.tokens[None], one.characters[None], one.features, one.channel)
        assert fast.summary is not None
        (hidden,) = session.run(["hidden"], {"state": fast.state, "summary": fast.summary})
        yield fast.summary[0], hidden[0]


def fit(
    head: Head, states: NDArray[np.float16], target: NDArray[np.int64], weight: Floats, *,
    epochs: float, rate: float, dropout: float, seed: int,
) -> Head:  # fmt: skip
    """The head after training: (N, D) states, (N,) classes (of two, where the head has one output), (N,) weights."""
    torch.manual_seed(seed)
    w, b = (torch.from_numpy(part.copy()).requires_grad_() for part in (head.weight, head.bias))
    mean = [w.detach().clone(), b.detach().clone()]
    optimizer = torch.optim.AdamW([w, b], lr=rate, weight_decay=0.01)
    x, y, shares = torch.from_numpy(states), torch.from_numpy(target), torch.from_numpy(weight)
    count = max(1, round(epochs * len(x) / ROWS))
    order: Tensor = torch.empty(0, dtype=torch.int64)
    for step in range(count):
        if len(order) < min(ROWS, len(x)):
            order = torch.randperm(len(x))
        at, order = order[:ROWS], order[ROWS:]
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / 50) * (1 - step / count)
        logits = F.linear(F.dropout(x[at].float(), dropout), w, b)
        loss = (_cost(logits, y[at]) * shares[at]).sum() / shares[at].sum()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        for value, now in zip(mean, (w, b), strict=True):
            value.lerp_(now.detach(), 1 - min(AVERAGE, (1 + step) / (10 + step)))
    return Head(mean[0].numpy(), mean[1].numpy())


def _cost(logits: Tensor, target: Tensor) -> Tensor:
    if logits.shape[-1] > 1:
        return F.cross_entropy(logits, target, reduction="none", label_smoothing=SMOOTHING)
    smooth = target.float() * (1 - SMOOTHING) + SMOOTHING / 2
    return F.binary_cross_entropy_with_logits(logits.squeeze(-1), smooth, reduction="none")


def balanced(data: Prepared, target: NDArray[np.int8]) -> Floats:
    """(N,): windows of a source and class count by the root of their number, so that none speaks for all."""
    keys = np.char.add(np.char.add(data.source.astype(str), " "), target.astype(str))
    _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    weight: Floats = (data.weight / np.sqrt(counts[inverse])).astype(np.float32)
    return weight


def retrain(folder: Path, data: Prepared, states: States, seed: int, names: Sequence[str] = NAMES) -> dict[str, Head]:
    """New heads of both branches, by name of their tensors, from those of the model in `folder`."""
    stored = Stored(folder)
    found: dict[str, Head] = {}
    for name in names:
        target = data.label if name == "threat" else data.harmful
        known = np.flatnonzero(target >= 0)
        weight = balanced(data, target)[known]
        for branch in BRANCHES:
            at = f"{branch}.heads.{name}"
            rows = getattr(states, branch)[known]
            found[at] = fit(
                _head(stored, at), rows, target[known].astype(np.int64), weight, seed=seed, **SETTINGS[name]
            )
    return found


def write(folder: Path, heads: dict[str, Head], target: Path) -> None:
    """The graphs of `folder` with the new heads, in `target`, and the tokenizer; nothing else of them changes."""
    stored = Stored(folder)
    for at, head in heads.items():
        stored.put(f"{at}.weight", torch.from_numpy(head.weight))
        stored.put(f"{at}.bias", torch.from_numpy(head.bias))
    stored.write(target)


def _head(stored: Stored, at: str) -> Head:
    weight, bias = stored.tensor(f"{at}.weight"), stored.tensor(f"{at}.bias")
    if weight is None or bias is None:
        raise ValueError(f"the graphs have no head {at}")
    return Head(weight.numpy(), bias.numpy())
