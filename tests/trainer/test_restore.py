"""A shipped model read back as torch weights."""

from __future__ import annotations

import json
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


def test_what_the_graphs_lack_is_random(tmp_path: Path) -> None:
    torch.manual_seed(0)
    shipped(model := TinyGuardrail(CONFIG), tmp_path)
    without(tmp_path, "fast.exits.0")
    found = restore(tmp_path, seed=1)
    assert not torch.allclose(found.fast.exits[0].mix.weight, model.fast.exits[0].mix.weight, atol=0.01)
    assert torch.equal(found.fast.exits[1].mix.weight, model.fast.exits[1].mix.weight)


def without(folder: Path, part: str) -> None:
    """Takes away the constants whose name has `part`."""
    import onnx

    graph = onnx.load(folder / "fast.onnx")
    for tensor in graph.graph.initializer:
        tensor.name = tensor.name.replace(part, "gone")
    graph.graph.ClearField("node")
    onnx.save(graph, folder / "fast.onnx")


def test_a_deep_branch_that_read_the_embedding_moves_up(tmp_path: Path) -> None:
    torch.manual_seed(0)
    shipped(model := TinyGuardrail(CONFIG), tmp_path)
    without(tmp_path, "fast.merge")
    found = restore(tmp_path).eval()
    gate = [layer.ffn.gate.weight for layer in model.deep.layers]
    for number in (0, 1):
        assert torch.equal(found.deep.layers[number].ffn.gate.weight, gate[number + 1])
    x = torch.nn.functional.layer_norm(torch.randn(4, 9, CONFIG.width), (CONFIG.width,))
    with torch.no_grad():
        y = found.deep.layers[2](x, torch.ones(4, 9, dtype=torch.bool))
    assert torch.nn.functional.cosine_similarity(x, y, dim=-1).min() > 0.99  # nothing is added in the last one


def test_pieces_keep_their_rows_in_another_vocabulary(tmp_path: Path) -> None:
    shipped(model := TinyGuardrail(CONFIG), tmp_path)
    old, new = (json.dumps({"model": {"vocab": {piece: n for n, piece in enumerate(pieces)}}})
                for pieces in (["[PAD]", "some", "known"], ["[PAD]", "known", "new"]))  # fmt: skip
    (tmp_path / "tokenizer.json").write_text(old)
    base = torch.randn(10, CONFIG.width)
    rows = restore(tmp_path, new, [0, 4, 7], base=base).embedding.word.weight
    assert rows.shape[0] == 3 and torch.equal(rows[2], base[7]) and not rows[0].any()
    assert torch.allclose(rows[1], model.embedding.word.weight[2], atol=0.05)


def test_a_model_of_another_shape_is_refused(tmp_path: Path) -> None:
    folder = shipped(TinyGuardrail(CONFIG), tmp_path, replace(CONFIG, ffn=200))
    with pytest.raises(ValueError, match="has shape"):
        restore(folder)
