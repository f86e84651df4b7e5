"""Fake-quantised training: the same numbers as the exported INT8 graphs, and gradients all the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from toy import SMALL, toy  # noqa: E402

from guardkit.classify.session import open_session  # noqa: E402
from guardkit.trainer.export import deep, fast  # noqa: E402
from guardkit.trainer.graph import Graph, int8  # noqa: E402
from guardkit.trainer.loop import Run  # noqa: E402
from guardkit.trainer.model import TinyGuardrail  # noqa: E402
from guardkit.trainer.parity import window, with_onnx, with_torch  # noqa: E402
from guardkit.trainer.quantize import quantize, round_activations, round_rows  # noqa: E402
from guardkit.trainer.train import train  # noqa: E402


def test_weights_are_rounded_as_they_are_exported() -> None:
    weight = torch.randn(7, 33)
    weight[2] = 0
    values, scale = int8(weight.numpy())
    assert np.allclose(round_rows(weight).numpy(), values * scale[:, None], atol=1e-7)


def test_activations_are_rounded_as_the_runtime_does() -> None:
    torch.manual_seed(0)
    weight = torch.randn(6, 16)
    graph = Graph({"layer.weight": weight.numpy()}, quantize=True)
    graph.add("Identity", graph.linear("x", "layer", bias=False), name="y")
    session = open_session(graph.model("one", {"x": (np.float32, [1, "T", 16])}, {"y": [1, "T", 6]}))
    for shift in (-5.0, 0.0, 0.7, 5.0):  # all negative, both signs, all positive
        x = torch.randn(1, 9, 16) + shift
        (found,) = session.run(["y"], {"x": x.numpy()})
        here = round_activations(x) @ round_rows(weight).T
        assert np.allclose(found, here.numpy(), atol=2e-4 * float(here.abs().max()))
    assert not round_activations(torch.zeros(2, 3, 4)).any()


def test_each_window_has_its_own_scale() -> None:
    x = torch.stack([torch.randn(5, 8), 100 * torch.randn(5, 8)])
    assert torch.equal(round_activations(x)[0], round_activations(x[:1])[0])


def test_the_rounded_model_says_what_the_int8_graphs_say() -> None:
    torch.manual_seed(0)
    model = TinyGuardrail(SMALL).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "heads" in name or "layers" in name:
                parameter.mul_(2)
    sessions = open_session(fast(model)), open_session(deep(model))
    random = np.random.default_rng(0)
    windows = [window(model, length, random) for length in (3, 9, 17, 30)]
    plain = [with_torch(model, inputs) for inputs in windows]
    quantize(model)
    rounded = [with_torch(model, inputs) for inputs in windows]
    exported = [with_onnx(sessions, inputs) for inputs in windows]
    apart = np.abs(np.stack(rounded) - np.stack(exported))
    unaware = np.abs(np.stack(plain) - np.stack(exported))
    assert apart.mean() < 0.2 * unaware.mean()
    assert apart.max() < 0.5 * unaware.max() and apart.max() < 0.01
    quantize(model, on=False)
    assert all(np.array_equal(with_torch(model, inputs), old) for inputs, old in zip(windows, plain, strict=True))


def test_gradients_pass_and_training_may_switch_it_on_midway(tmp_path: Path) -> None:
    weight = torch.randn(4, 8, requires_grad=True)
    x = torch.randn(1, 3, 8, requires_grad=True)
    (round_activations(x) @ round_rows(weight).T).sum().backward()
    assert weight.grad is not None and x.grad is not None
    assert torch.allclose(x.grad[0, 0], round_rows(weight.detach()).sum(0), atol=1e-5)
    torch.manual_seed(0)
    model = TinyGuardrail(SMALL)
    kinds: list[str] = []
    model.fast.layers[0].register_forward_pre_hook(lambda module, _: kinds.append(type(module.ffn.up).__module__))
    train(model, toy(60), Run(epochs=4, batch_tokens=400), tmp_path, quantize_from=0.5)
    assert kinds[0].startswith("torch") and kinds[-1] == "guardkit.trainer.quantize"
    assert type(model.fast.layers[0].ffn.up) is torch.nn.Linear  # what is left is the plain model
