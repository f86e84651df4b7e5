"""A shipped model read back as torch weights."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from guardkit.trainer.export import export  # noqa: E402
from guardkit.trainer.manifest import write_manifest  # noqa: E402
from guardkit.trainer.model import Config, TinyGuardrail  # noqa: E402
from guardkit.trainer.parity import parity  # noqa: E402
from guardkit.trainer.restore import restore  # noqa: E402
from guardkit.trainer.train import average  # noqa: E402

CONFIG = Config(vocabulary=300, width=96, heads=4, ffn=192, fast_layers=2, deep_layers=3, expert_ffn=64)


def shipped(model: TinyGuardrail, folder: Path, config: Config = CONFIG) -> Path:
    export(model, folder)
    write_manifest(folder, calibration={}, thresholds={}, training={"config": asdict(config)}, metrics={})
    return folder


def test_every_weight_comes_back(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = TinyGuardrail(CONFIG)
    found = restore(shipped(model, tmp_path))
    for name, value in model.state_dict().items():
        back = found.state_dict()[name]
        if name == "fast.prototypes":  # only their direction is shipped
            value = torch.nn.functional.normalize(value, dim=-1)
        assert (back - value).abs().max() <= value.abs().max() / 127, name
    # Read back and exported again, it is the same model: the same INT8 graphs, next to the restored weights.
    assert parity(found.eval(), tmp_path, rounds=1).int8_max < 0.1


def test_what_the_graphs_lack_is_the_others(tmp_path: Path) -> None:
    torch.manual_seed(0)
    folder, others = shipped(TinyGuardrail(CONFIG), tmp_path), TinyGuardrail(CONFIG)
    import onnx

    graph = onnx.load(folder / "fast.onnx")
    for tensor in graph.graph.initializer:
        tensor.name = tensor.name.replace("fast.skim", "gone")
    onnx.save(graph, folder / "fast.onnx")
    found = restore(folder, others)
    assert torch.equal(found.fast.skim.mix.weight, others.fast.skim.mix.weight)
    assert not torch.equal(found.fast.mix.weight, others.fast.mix.weight)


def test_a_model_of_another_shape_is_refused(tmp_path: Path) -> None:
    folder = shipped(TinyGuardrail(CONFIG), tmp_path, replace(CONFIG, ffn=200))
    with pytest.raises(ValueError, match="has shape"):
        restore(folder)


def test_average_by_share() -> None:
    first, second = TinyGuardrail(CONFIG), TinyGuardrail(CONFIG)
    mixed = average(first, second, 0.25)
    expected = 0.75 * first.fast.mix.weight + 0.25 * second.fast.mix.weight
    assert torch.allclose(mixed.fast.mix.weight, expected) and not mixed.training
