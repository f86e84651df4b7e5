"""The weights inside an exported release, by the names that they have in the trainer: read, and put back.

Linear layers and the word embedding are INT8 with a scale per output row, the patterns are at unit length and
transposed, everything else is as it was. In a release without INT8 the linear layers are transposed too.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, numpy_helper
from torch import Tensor

from guardkit.classify.session import DEEP, FAST
from guardkit.trainer.graph import int8

__all__ = ["Stored"]

PATTERNS, UNIT = "fast.prototypes", "prototypes"  # in the trainer, in the graph
TOKENIZER = "tokenizer.json"


class Stored:
    """Both graphs of the release in `folder`, and its tokenizer. What is put into them is on disk once written."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = (folder / TOKENIZER).read_text("utf-8") if (folder / TOKENIZER).exists() else ""
        self._graphs = {name: onnx.load(folder / name) for name in (FAST, DEEP)}
        self._constants = {each.name: each for graph in self._graphs.values() for each in graph.graph.initializer}

    @property
    def merged(self) -> bool:
        """Whether states are merged behind the first layer, and the deep branch goes on from those; a former release's
        reads the embedding."""
        return "fast.merge.pair.bias" in self

    def __contains__(self, name: str) -> bool:
        return self._plain(name) in self._constants or self._rounded(name) is not None

    def tensor(self, name: str) -> Tensor | None:
        """A parameter in fp32, None if the graphs do not hold it."""
        if (plain := self._plain(name)) in self._constants:
            values = self._array(plain)
            return torch.from_numpy((values if plain == name else values.T).copy())
        key = self._rounded(name)
        if key is None:
            return None
        weight = self._array(f"{key}.int8").astype(np.float32) * self._array(f"{key}.scale")
        return torch.from_numpy((weight if key == name else weight.T).copy())

    def put(self, name: str, value: Tensor) -> None:
        """Replaces a parameter, rounded as its export would. Raises `ValueError` where there is none of its shape."""
        array = value.detach().float().cpu().numpy()
        key, plain = self._rounded(name), self._plain(name)
        if plain in self._constants:
            if name == PATTERNS:
                array = array / np.maximum(np.linalg.norm(array, axis=1, keepdims=True), 1e-12)
            self._set(plain, array if plain == name else array.T)
        elif key is not None:
            values, scale = int8(array)
            self._set(f"{key}.int8", values if key == name else values.T)
            self._set(f"{key}.scale", scale[:, None] if key == name else scale)
        else:
            raise ValueError(f"the graphs have no tensor {name}")

    def write(self, folder: Path) -> None:
        """The graphs and the tokenizer; a manifest is for whoever calibrates them."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, graph in self._graphs.items():
            (folder / name).write_bytes(graph.SerializeToString())
        (folder / TOKENIZER).write_text(self.tokenizer, "utf-8")

    def _plain(self, name: str) -> str:
        """What its fp32 values are named after; where that is another name, they are transposed."""
        turned = f"{name.removesuffix('.weight')}.turned"
        return UNIT if name == PATTERNS else turned if turned in self._constants else name

    def _rounded(self, name: str) -> str | None:
        """What its INT8 values are named after: an embedding (V, D) itself, a layer (in, out) without its last part."""
        keys = (name, name.removesuffix(".weight"))
        return next((key for key in keys if f"{key}.int8" in self._constants), None)

    def _array(self, name: str) -> NDArray[Any]:
        array: NDArray[Any] = numpy_helper.to_array(self._constants[name])
        return array

    def _set(self, name: str, array: NDArray[Any]) -> None:
        old: TensorProto = self._constants[name]
        if tuple(old.dims) != array.shape:
            raise ValueError(f"{name} has shape {tuple(old.dims)}, not {array.shape}")
        old.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(array, self._array(name).dtype), name))
