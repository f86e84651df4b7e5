"""How well a model in training ranks dev windows, per branch and head; sources it never saw count by themselves."""

from __future__ import annotations

from collections.abc import Set

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from guardkit.trainer.batch import batches, feed
from guardkit.trainer.loss import half_precision
from guardkit.trainer.model import Outputs, TinyGuardrail
from guardkit.trainer.prepared import Prepared

__all__ = ["predict", "validate"]


@torch.no_grad()
def predict(
    model: TinyGuardrail, data: Prepared, rows: NDArray[np.int64] | None = None
) -> dict[str, NDArray[np.float32]]:
    """Probabilities (N, threats + 1) of each branch, "fast" and "deep", every window through both; and "router" (N,)
    logits.

    Rows that were not asked for are nan.
    """
    model.eval()
    device = next(model.parameters()).device
    size = model.config.threats + 1
    out = {name: np.full((len(data), size), np.nan, np.float32) for name in ("fast", "deep")}
    out["router"] = np.full(len(data), np.nan, np.float32)
    plan = batches(data, 32_768, (0, 0), rows)
    for at, (batch, _) in zip(plan, feed(data, plan, device), strict=True):
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=half_precision(device)):
            state, mask = model.embed(batch)
            state = state.bfloat16() if half_precision(device) else state
            fast = model.fast(state, mask, batch.features)
            deep = model.deep(fast.state, fast.mask, fast.summary)
        for name, outputs in (("fast", fast.outputs), ("deep", deep)):
            out[name][at] = _probabilities(outputs)
        out["router"][at] = fast.router.float().cpu().numpy()
    return out


def validate(model: TinyGuardrail, dev: Prepared, trained: Set[str]) -> dict[str, float]:
    """AUC of threat and harmful content per branch, over windows of trained and of unseen sources."""
    scores = predict(model, dev)
    unseen = np.array([source not in trained for source in dev.source])
    figures = {}
    for name in ("fast", "deep"):
        probabilities = scores[name]
        for head, truth, score in (
            ("threat", dev.label, 1 - probabilities[:, 0]),
            ("harmful", dev.harmful, probabilities[:, -1]),
        ):
            for kind, part in (("", ~unseen), ("_unseen", unseen)):
                at = part & (truth >= 0)
                if len(set((truth[at] > 0).tolist())) == 2:
                    figures[f"{name}_{head}{kind}"] = round(float(roc_auc_score(truth[at] > 0, score[at])), 4)
    return figures


def _probabilities(outputs: Outputs) -> NDArray[np.float32]:
    both = torch.cat([outputs.threat.float().softmax(-1), outputs.harmful.float().sigmoid()[:, None]], -1)
    return both.cpu().numpy()
