"""Cross-fitted teachers: every window is judged by a model that was trained on the other half of the data.

Where the labels are wrong, weak or missing the judgement of a model that never saw them is the better target (Hinton et
al. 2015; cross-fitting: Chernozhukov et al. 2018). The deep branch teaches; the fast branch learns from it too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guardkit.trainer.loop import Run
from guardkit.trainer.model import TinyGuardrail
from guardkit.trainer.prepared import Prepared
from guardkit.trainer.train import train
from guardkit.trainer.validate import predict

__all__ = ["teach"]

BLOCK = 64  # neighbouring windows stay in one half: they may be views of the same text


def teach(fresh: Callable[[], TinyGuardrail], data: Prepared, run: Run, folder: Path) -> NDArray[np.float16]:
    """(N, threats + 1) probabilities. `fresh` returns the model that each of the two teachers starts from."""
    half = np.arange(len(data)) // BLOCK % 2
    soft = np.zeros((len(data), fresh().config.threats + 1), np.float16)
    for number in (0, 1):
        model = fresh()
        rows, others = (np.flatnonzero(half == part) for part in (number, 1 - number))
        plan = replace(run, seed=run.seed + 1 + number, minutes=run.minutes / 2)
        train(model, data, plan, folder / f"teacher{number}", rows=rows, title=f"teacher {number}")
        soft[others] = predict(model, data, others)["deep"][others]
    return soft
