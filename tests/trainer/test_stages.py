"""Pre-training, teaching, adversarial steps and validation on a toy task."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

import numpy as np  # noqa: E402
from toy import SMALL, toy  # noqa: E402

from guardkit.trainer.batch import collate  # noqa: E402
from guardkit.trainer.loop import Run  # noqa: E402
from guardkit.trainer.loss import Weights, backward, uphill  # noqa: E402
from guardkit.trainer.model import TinyGuardrail  # noqa: E402
from guardkit.trainer.pretrain import pretrain  # noqa: E402
from guardkit.trainer.teach import teach  # noqa: E402
from guardkit.trainer.train import train  # noqa: E402
from guardkit.trainer.validate import predict, validate  # noqa: E402


def test_experts_are_the_same_looped_and_grouped() -> None:
    torch.manual_seed(0)
    experts = TinyGuardrail(SMALL).deep.layers[0].ffn
    chosen = torch.stack([torch.randperm(SMALL.experts)[:2] for _ in range(5)])
    weight, goal = torch.rand(5, 2), torch.randn(5, 8, SMALL.width)
    seen = []
    for compute in (experts.looped, experts.grouped):
        x = torch.randn(5, 8, SMALL.width, generator=torch.Generator().manual_seed(1), requires_grad=True)
        experts.zero_grad()
        y = compute(x, chosen, weight)
        (y * goal).sum().backward()
        seen.append([y.detach(), x.grad, experts.experts[int(chosen[0, 0])].up.weight.grad.clone()])
    for looped, grouped in zip(*seen, strict=True):
        assert torch.allclose(looped, grouped, atol=0.02 * float(looped.abs().max()), rtol=0.05)  # bf16


def test_an_attack_moves_uphill_within_its_radius() -> None:
    torch.manual_seed(0)
    state = torch.randn(3, 5, 8, requires_grad=True)
    mask = torch.tensor([[True] * 5, [True] * 4 + [False], [True] * 2 + [False] * 3])
    target = torch.randn(3, 5, 8)

    def loss(at: torch.Tensor) -> torch.Tensor:
        return ((at - target) ** 2 * mask[..., None]).sum()

    loss(state).backward()
    shift = uphill(state, mask, None, 0.2, 0.1)  # a step longer than the radius
    assert float(loss(state + shift).detach()) > float(loss(state).detach())
    size = (state.detach() * mask[..., None]).norm(dim=(1, 2))
    assert torch.allclose(shift.norm(dim=(1, 2)), 0.1 * size, rtol=1e-4)
    assert float(shift[~mask].abs().max()) == 0


@pytest.mark.parametrize("attacks", [1, 2])
def test_adversarial_steps_add_gradients_and_report_the_clean_losses(attacks: int) -> None:
    torch.manual_seed(0)
    model = TinyGuardrail(SMALL).eval()  # no dropout: the clean pass is the same in both calls
    batch, targets = collate(toy(), np.arange(32))
    weights = Weights(deep_hard=1.0, deep_random=0.0, radius=0.5)
    clean = backward(model, batch, targets, weights)
    before = model.embedding.word.weight.grad.clone()
    model.zero_grad()
    values = backward(model, batch, targets, weights, attacks)
    assert {name: float(value) for name, value in values.items()} == pytest.approx(
        {name: float(value) for name, value in clean.items()}, rel=1e-3
    )
    assert not torch.allclose(model.embedding.word.weight.grad, before, rtol=1e-2)


def test_pre_training_learns_what_stands_where(tmp_path: Path) -> None:
    torch.manual_seed(0)
    data = toy()
    pieces = np.resize(np.arange(12, 24), len(data.tokens)).astype(np.uint16)  # each piece follows from the last
    model = TinyGuardrail(SMALL)
    run = Run(epochs=25, batch_tokens=1_000, rate=6e-3, new_rate=6e-3)
    pretrain(model, type(data)(**{**vars(data), "tokens": pieces}), run, tmp_path)
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert lines[-1]["fast"] < 0.6 * lines[0]["fast"] and lines[-1]["deep"] < 0.6 * lines[0]["deep"]


def test_each_teacher_judges_the_other_half(tmp_path: Path) -> None:
    data = toy(256)
    torch.manual_seed(0)
    first = TinyGuardrail(SMALL).state_dict()

    def fresh() -> TinyGuardrail:
        model = TinyGuardrail(SMALL)
        model.load_state_dict(first)
        return model

    weights = Weights(deep_hard=0.5, deep_random=0.5)
    run = Run(epochs=14, batch_tokens=400, rate=4e-3, new_rate=4e-3, weights=weights, seed=1)
    soft = teach(fresh, data, run, tmp_path)
    assert soft.shape == (256, SMALL.threats + 1) and np.isfinite(soft).all()
    assert ((1 - soft[:, 0] > 0.5) == (data.label > 0)).mean() > 0.85
    for number in (0, 1):  # half of the windows each
        lines = (tmp_path / f"teacher{number}" / "checkpoint.pt").exists()
        assert lines


def test_a_teacher_speaks_where_labels_are_missing(tmp_path: Path) -> None:
    torch.manual_seed(0)
    data = toy()
    soft = np.full((len(data), SMALL.threats + 1), 0.02, np.float16)
    soft[np.arange(len(data)), data.label] = 0.94
    soft[:, -1] = np.where(data.harmful == 1, 0.95, 0.05)
    nothing = np.full(len(data), -1, np.int8)
    blind = type(data)(**{**vars(data), "label": nothing, "harmful": nothing})
    model = TinyGuardrail(SMALL)
    run = Run(epochs=9, batch_tokens=400, rate=4e-3, new_rate=4e-3, attacks=1)
    train(model, blind, run, tmp_path, soft=soft, dev=data)
    figures = validate(model, data, frozenset({"toy"}))
    assert figures["fast_threat"] > 0.9 and figures["deep_threat"] > 0.9 and figures["fast_harmful"] > 0.85
    assert not any(name.endswith("unseen") for name in figures)
    watched = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines() if "watch" in line]
    assert len(watched) == 9 and figures == max(
        (line["watch"] for line in watched), key=lambda seen: sum(seen.values())
    )


def test_predictions_are_in_order_and_only_of_the_rows_asked_for() -> None:
    torch.manual_seed(0)
    data, model = toy(40), TinyGuardrail(SMALL)
    some = predict(model, data, np.array([3, 11]))["deep"]
    assert np.isnan(some[0]).all() and np.isfinite(some[[3, 11]]).all()
    assert np.allclose(some[[3, 11]], predict(model, data)["deep"][[3, 11]], atol=2e-2)
