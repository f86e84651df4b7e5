import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from guardkit.classify.manifest import load
from guardkit.errors import IntegrityError, ModelError


def write(folder: Path, **changes: Any) -> Path:
    data = b"weights"
    (folder / "fast.onnx").write_bytes(data)
    document = {
        "format": 1,
        "files": {"fast.onnx": {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}},
        "labels": ["benign", "injection"],
        "window": {"size": 192},
        "parameters": {},
        "calibration": {"temperature": 1.5},
        "thresholds": {},
        "training": {},
        "metrics": {},
    }
    (folder / "manifest.json").write_text(json.dumps(document | changes))
    return folder


def test_load(tmp_path: Path) -> None:
    manifest = load(write(tmp_path))
    assert manifest.labels == ("benign", "injection") and manifest.calibration["temperature"] == 1.5
    assert manifest.read("fast.onnx") == b"weights"
    with pytest.raises(TypeError):
        manifest.files["deep.onnx"] = "0"  # type: ignore[index]


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    manifest = load(write(tmp_path))
    (tmp_path / "fast.onnx").write_bytes(b"Weights")
    with pytest.raises(IntegrityError, match="fast.onnx has sha256"):
        load(tmp_path)
    with pytest.raises(IntegrityError, match="fast.onnx has sha256"):
        manifest.read("fast.onnx")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    (write(tmp_path) / "fast.onnx").unlink()
    with pytest.raises(IntegrityError, match="cannot be read"):
        load(tmp_path)


def test_an_unlisted_file_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="lists no deep.onnx"):
        load(write(tmp_path)).read("deep.onnx")


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"format": None},
        {"files": None},
        {"files": {"a": {}}},
        {"labels": 3},
        {"metrics": 1},
        {"files": {"../fast.onnx": {"sha256": ""}}},
    ],
)
def test_wrong_manifests(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(ModelError) as caught:
        load(write(tmp_path, **changes))
    assert not isinstance(caught.value, IntegrityError)


def test_no_manifest(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no readable"):
        load(tmp_path)
    (tmp_path / "manifest.json").write_text("[")
    with pytest.raises(ModelError, match="not JSON"):
        load(tmp_path)
    (tmp_path / "manifest.json").write_text("[]")
    with pytest.raises(ModelError, match="format None"):
        load(tmp_path)
