"""ONNX graphs written by hand: a small builder over `onnx.helper`, with the linear layer in fp32 or INT8.

The fused operators are ONNX Runtime's CPU contrib operators (domain com.microsoft).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

__all__ = ["MS", "Graph", "int8"]

MS = "com.microsoft"
OPSET = 17
IR = 9  # what ONNX Runtime 1.17 and later read
EPSILON = 1e-12  # of every layer norm
LEVELS = 127  # of a symmetric INT8 weight

Array = NDArray[Any]


def int8(weight: Array) -> tuple[Array, Array]:
    """(..., out, in) float -> INT8 values and float32 scale per output row; symmetric, rounded half to even."""
    scale = (np.abs(weight).max(-1) / LEVELS).astype(np.float32)
    scale[scale == 0] = 1.0
    return np.rint(weight / scale[..., None]).clip(-LEVELS, LEVELS).astype(np.int8), scale


class Graph:
    """Nodes and constants in the order they were added; every method returns the name of what it computes."""

    def __init__(self, weights: Mapping[str, Array], *, quantize: bool, prefix: str = "") -> None:
        self.weights = weights
        self.quantize = quantize
        self.prefix = prefix
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def branch(self, name: str) -> Graph:
        """A graph for the body of an `If`. Its constants live in this graph: ONNX Runtime packs them all the same, and
        frees the originals, which it would keep inside the node."""
        graph = Graph(self.weights, quantize=self.quantize, prefix=f"{self.prefix}{name}/")
        graph.constants = self.constants
        return graph

    def add(self, operator: str, *inputs: str, name: str = "", domain: str = "", **attributes: Any) -> str:
        return self.split(operator, *inputs, outputs=1, name=name, domain=domain, **attributes)[0]

    def split(
        self,
        operator: str,
        *inputs: str,
        outputs: int = 1,
        names: list[str] | None = None,
        name: str = "",
        domain: str = "",
        **attributes: Any,
    ) -> list[str]:
        """Like `add`, for an operator with several outputs, which may be given names."""
        name = name or f"{self.prefix}{operator}.{len(self.nodes)}"
        names = names or ([name] if outputs == 1 else [f"{name}:{i}" for i in range(outputs)])
        self.nodes.append(helper.make_node(operator, inputs, names, name=name, domain=domain, **attributes))
        return names

    def constant(self, values: Array | float | int | list[int], name: str = "") -> str:
        array = np.asarray(values, dtype=np.int64 if isinstance(values, int | list) else None)
        array = array.astype(np.float32) if array.dtype == np.float64 else array
        name = name or f"constant.{len(self.constants)}"
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(array.copy(order="C"), name)
        return name

    def weight(self, name: str) -> str:
        """A tensor of the state dict, as it is."""
        return self.constant(self.weights[name], name)

    def small(self, x: str, name: str) -> str:
        """A linear layer that stays fp32: (1, in) -> (1, out)."""
        return self.add("Gemm", x, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"), transB=1)

    def linear(self, x: str, name: str, *, bias: bool = True) -> str:
        """A big linear layer: (1, T, in) -> (1, T, out); INT8 with dynamic activations per tensor, or fp32."""
        offset = self.weight(f"{name}.bias") if bias else ""
        weight = self.weights[f"{name}.weight"]
        if not self.quantize:
            product = self.add("MatMul", x, self.constant(weight.T, f"{name}.turned"))
            return self.add("Add", product, offset) if bias else product
        values, scale = int8(weight)
        inputs = [x, self.constant(values.T, f"{name}.int8"), self.constant(scale, f"{name}.scale"), "", offset]
        return self.add("DynamicQuantizeMatMul", *(inputs if bias else inputs[:3]), domain=MS)

    def feed(self, x: str, name: str) -> str:
        """A feed-forward: up, exact GELU, down."""
        up = self.linear(x, f"{name}.up", bias=False)
        up = self.add("BiasGelu", up, self.weight(f"{name}.up.bias"), domain=MS)
        return self.linear(up, f"{name}.down")

    def attention(self, x: str, name: str, heads: int) -> str:
        """Self-attention of a whole window with itself."""
        qkv = self.split("Split", self.linear(x, f"{name}.qkv"), outputs=3, axis=-1)
        mixed = self.add("MultiHeadAttention", *qkv, domain=MS, num_heads=heads)
        return self.linear(mixed, f"{name}.out")

    def norm(self, x: str, name: str) -> str:
        inputs = (x, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"))
        return self.add("LayerNormalization", *inputs, axis=-1, epsilon=EPSILON)

    def residual(self, name: str, *parts: str) -> str:
        """Layer norm of the sum of `parts`. `Sum`, because ONNX Runtime would fuse an `Add` with the norm into its
        SkipLayerNormalization, which is scalar on CPUs: 150 us against 40 us for 64 tokens."""
        return self.norm(self.add("Sum", *parts), name)

    def pool(self, x: str) -> tuple[str, str]:
        """[CLS] (behind the two prefix tokens) and the mean over the window: (1, D) each."""
        return self.add("Gather", x, self.constant(2), axis=1), self.add("ReduceMean", x, axes=[1], keepdims=0)

    def cut(self, x: str, start: int, end: int | None) -> str:
        """x[:, start:end] of (1, T, D)."""
        last = np.iinfo(np.int64).max if end is None else end
        return self.add("Slice", x, self.constant([start]), self.constant([int(last)]), self.constant([1]))

    def limit(self, number: int) -> str:
        """One entry of the input `exit`, (1,)."""
        return self.add("Gather", "exit", self.constant([number]), axis=0)

    def gelu(self, x: str) -> str:
        return self.add("Gelu", x, domain=MS)

    def body(self, name: str, *outputs: str) -> onnx.GraphProto:
        """This branch's graph, without inputs, with float outputs of any shape."""
        values = [helper.make_tensor_value_info(output, TensorProto.FLOAT, None) for output in outputs]
        return helper.make_graph(self.nodes, name, [], values)

    def model(self, name: str, inputs: Mapping[str, tuple[Any, list[Any]]], outputs: Mapping[str, list[Any]]) -> bytes:
        """The serialised model. `inputs`: type and shape; outputs are float32."""
        kinds: dict[Any, int] = {np.int64: TensorProto.INT64, np.float32: TensorProto.FLOAT}
        graph = helper.make_graph(
            self.nodes,
            name,
            [helper.make_tensor_value_info(key, kinds[kind], shape) for key, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info(key, TensorProto.FLOAT, shape) for key, shape in outputs.items()],
            list(self.constants.values()),
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MS, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=IR, producer_name="guardkit")
        return bytes(model.SerializeToString(deterministic=True))
