"""The weights of a shipped model, read back from its INT8 graphs: a new release goes on from the last one.

Rounding to INT8 loses less than a few training steps change, and the fp32 checkpoint of a release is not in the
repository.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from guardkit.trainer.export import DEEP, FAST
from guardkit.trainer.model import Config, TinyGuardrail

__all__ = ["restore"]


def restore(folder: Path, others: TinyGuardrail | None = None) -> TinyGuardrail:
    """The model in `folder` (graphs and manifest) as torch weights, for more training.

    Parameters that its graphs do not have are those of `others`, else random. Raises `ValueError` where a tensor does
    not fit.
    """
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    known = Config.__dataclass_fields__
    config = {key: value for key, value in manifest["training"]["config"].items() if key in known}
    model = TinyGuardrail(Config(**{**config, "kernels": tuple(config["kernels"])}))
    constants: dict[str, np.ndarray[Any, Any]] = {}
    for name in (FAST, DEEP):
        for tensor in onnx.load(folder / name).graph.initializer:
            constants[tensor.name] = numpy_helper.to_array(tensor)
    state = dict((others or model).state_dict())
    for name, old in state.items():
        found = _tensor(constants, name)
        if found is None:
            continue
        if found.shape != old.shape:
            raise ValueError(f"{name} has shape {tuple(found.shape)}, the model wants {tuple(old.shape)}")
        state[name] = found
    model.load_state_dict(state)
    return model


def _tensor(constants: dict[str, np.ndarray[Any, Any]], name: str) -> torch.Tensor | None:
    if name == "fast.prototypes":  # at unit length and transposed: only their direction matters
        return torch.from_numpy(constants["prototypes"].T.copy())
    if name in constants:
        return torch.from_numpy(constants[name].copy())
    for stored, axis in ((name, 0), (name.removesuffix(".weight"), 1)):
        if f"{stored}.int8" in constants:  # an embedding (V, D) with a scale per row, or a layer (in, out) per column
            weight = constants[f"{stored}.int8"].astype(np.float32) * constants[f"{stored}.scale"]
            return torch.from_numpy((weight.T if axis else weight).copy())
    return None
