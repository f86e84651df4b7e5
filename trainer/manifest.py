"""Write the manifest that `guardkit.classify.manifest` reads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import onnx

from guardkit.classify.manifest import FORMAT, NAME
from guardkit.classify.windows import OVERLAP, SIZE
from guardkit.verdict import LABELS

__all__ = ["parameters", "write_manifest"]


def write_manifest(
    folder: Path | str,
    *,
    calibration: Mapping[str, Any],
    thresholds: Mapping[str, Any],
    training: Mapping[str, Any],
    metrics: Mapping[str, Any],
) -> Path:
    """Describe every file of `folder` in its manifest.json. The same files and arguments give the same bytes."""
    folder = Path(folder)
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != NAME)
    document = {
        "format": FORMAT,
        "files": {path.name: entry(path.read_bytes()) for path in files},
        "labels": [label for label in LABELS if label != "harmful"],  # harmful has a head of its own
        "window": {"size": SIZE, "overlap": OVERLAP},
        "parameters": {path.stem: parameters(path) for path in files if path.suffix == ".onnx"},
        "calibration": dict(calibration),
        "thresholds": dict(thresholds),
        "training": dict(training),
        "metrics": dict(metrics),
    }
    target = folder / NAME
    target.write_text(json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    return target


def entry(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def parameters(path: Path) -> int:
    """Weights in an exported graph, the branches of its `If`s included; scales and shape constants are none."""
    return sum(
        int(onnx.numpy_helper.to_array(tensor).size)
        for tensor in tensors(onnx.load(path).graph)
        if tensor.name.endswith((".weight", ".bias", ".int8", "prototypes"))
    )


def tensors(graph: onnx.GraphProto) -> Iterator[onnx.TensorProto]:
    yield from graph.initializer
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.type == onnx.AttributeProto.GRAPH:
                yield from tensors(attribute.g)
