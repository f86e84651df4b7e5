"""Training of the guard itself: both branches, all heads, from whatever weights the model holds."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from guardkit.trainer.loop import Run, fit
from guardkit.trainer.loss import backward
from guardkit.trainer.model import Config, TinyGuardrail
from guardkit.trainer.prepared import Prepared
from guardkit.trainer.quantize import quantize
from guardkit.trainer.validate import validate

__all__ = ["load", "train"]


def train(
    model: TinyGuardrail,
    data: Prepared,
    run: Run,
    folder: Path,
    *,
    rows: NDArray[np.int64] | None = None,
    soft: NDArray[np.float16] | None = None,
    dev: Prepared | None = None,
    quantize_from: float = 1.0,
    title: str = "train",
) -> None:
    """Trains in place, with a teacher's `soft` probabilities (N, threats + 1) if given; see `loop.fit`.

    `dev` is measured after every epoch. From the share `quantize_from` of the run on the model is trained, and
    measured, with the rounding of its INT8 form.
    """

    def objective(batch, targets, progress):  # type: ignore[no-untyped-def]
        attacks = run.attacks if progress >= run.attacks_from else 0
        quantize(model, progress >= quantize_from)
        return backward(model, batch, targets, run.weights, attacks)

    trained = frozenset(data.source.tolist())
    watch = None if dev is None else lambda: validate(model, dev, trained)
    fit(model, data, run, folder, objective, rows=rows, soft=soft, watch=watch,
        describe={"config": asdict(model.config)}, title=title)  # fmt: skip
    quantize(model, False)


def load(path: Path) -> TinyGuardrail:
    """The model of a checkpoint, for evaluation."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    config = {**state["config"], "kernels": tuple(state["config"]["kernels"])}
    model = TinyGuardrail(Config(**config))
    model.load_state_dict(state["model"])
    return model.eval()
