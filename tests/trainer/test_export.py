import copy
import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from guardkit.trainer.export import export  # noqa: E402
from guardkit.trainer.graph import LEVELS, int8  # noqa: E402
from guardkit.trainer.manifest import parameters, write_manifest  # noqa: E402
from guardkit.trainer.model import Config, TinyGuardrail  # noqa: E402
from guardkit.trainer.parity import parity  # noqa: E402

CONFIG = Config(vocabulary=300, width=96, heads=4, ffn=192, fast_layers=2, deep_layers=3, expert_ffn=64)


@pytest.fixture(scope="module")
def model() -> TinyGuardrail:
    torch.manual_seed(0)
    model = TinyGuardrail(CONFIG)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "heads" in name or "router" in name:
                parameter.mul_(4)  # probabilities away from one half
            elif "norm" in name:
                parameter.add_(torch.randn_like(parameter) * 0.1)
    return model


def test_parity(model: TinyGuardrail, tmp_path: Path) -> None:
    export(model, tmp_path)
    found = parity(model, tmp_path)
    assert found.fp32_max < 1e-4 and found.fp32_mean <= found.fp32_max
    assert 0 < found.int8_mean < 0.01 and found.int8_max < 0.1
    assert model.training


def test_a_sure_gate_still_has_two_experts(model: TinyGuardrail, tmp_path: Path) -> None:
    sure = copy.deepcopy(model)
    with torch.no_grad():
        for layer in sure.deep.layers:
            layer.ffn.gate.bias.copy_(torch.arange(8) * 1000.0)  # the second share underflows
    export(sure, tmp_path)
    assert parity(sure, tmp_path, rounds=1).fp32_max < 1e-4


def test_the_same_weights_give_the_same_bytes(model: TinyGuardrail, tmp_path: Path) -> None:
    for name in ("one", "two"):
        export(model, tmp_path / name)
        write_manifest(tmp_path / name, calibration={"b": 1, "a": 2}, thresholds={}, training={}, metrics={})
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == ["deep.onnx", "fast.onnx", "manifest.json"]
    assert all((tmp_path / "one" / n).read_bytes() == (tmp_path / "two" / n).read_bytes() for n in names)


def test_every_parameter_is_exported(model: TinyGuardrail, tmp_path: Path) -> None:
    export(model, tmp_path)
    total = sum(parameter.numel() for parameter in model.parameters())
    assert parameters(tmp_path / "fast.onnx") + parameters(tmp_path / "deep.onnx") == total
    written = write_manifest(tmp_path, calibration={}, thresholds={}, training={}, metrics={"auc": 0.5})
    document = json.loads(written.read_text())
    assert sum(document["parameters"].values()) == total and document["metrics"] == {"auc": 0.5}
    assert document["labels"] == ["benign", "injection", "jailbreak", "obfuscation"]
    assert document["files"]["fast.onnx"]["bytes"] == (tmp_path / "fast.onnx").stat().st_size


def test_int8() -> None:
    weight = np.random.default_rng(0).standard_normal((5, 64)).astype(np.float32)
    weight[3] = 0
    values, scale = int8(weight)
    assert values.dtype == np.int8 and abs(values).max() == LEVELS and scale.shape == (5,)
    assert (np.abs(values * scale[:, None] - weight) <= scale[:, None] / 2 + 1e-6).all()
    assert not values[3].any()
