"""Merging by distillation: the student comes nearer to what the model said of unmerged states."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from toy import SMALL, toy  # noqa: E402

from guardkit.trainer.batch import Targets, collate  # noqa: E402
from guardkit.trainer.loop import Run  # noqa: E402
from guardkit.trainer.merging import KEPT, Wanted, losses, merge  # noqa: E402
from guardkit.trainer.model import Outputs, TinyGuardrail  # noqa: E402
from guardkit.trainer.train import load  # noqa: E402

RUN = Run(epochs=12, batch_tokens=512, rate=2e-3, new_rate=4e-3, average=0.5)


def test_the_student_comes_near_to_its_teacher(tmp_path: Path) -> None:
    torch.manual_seed(0)
    data = toy()
    model = TinyGuardrail(replace(SMALL, fast_layers=3))
    before = copy.deepcopy(model).eval()
    data = replace(data, label=np.full_like(data.label, -1), harmful=np.full_like(data.harmful, -1))
    batch, targets = collate(data, np.arange(64))

    def apart(student: TinyGuardrail) -> dict[str, float]:
        with torch.no_grad():
            return {name: float(value) for name, value in losses(student, before, batch, targets).items()}

    start = apart(before)
    merge(model, data, RUN, tmp_path)
    end = apart(model)
    assert all(end[name] < start[name] for name in ("states", "summary", "fast", "exits")), (start, end)
    assert end["summary"] < 0.5 * start["summary"]
    changed = {
        name
        for (name, old), new in zip(before.named_parameters(), model.parameters(), strict=True)
        if not torch.equal(old, new)
    }
    assert not any(name.startswith(KEPT) for name in changed)
    assert {"fast.merge.pair.weight", "fast.layers.2.ffn.up.weight", "fast.mix.weight"} <= changed
    assert all(weight.requires_grad for weight in model.parameters())
    assert torch.equal(load(tmp_path / "checkpoint.pt").fast.merge.pair.weight, model.fast.merge.pair.weight)


def test_a_model_is_its_own_teacher() -> None:
    """Where neighbouring states are equal their mean is both, and nothing is left to learn but the exits."""
    torch.manual_seed(0)
    model = TinyGuardrail(replace(SMALL, fast_layers=2)).eval()
    for layer in model.fast.layers:
        layer.attention.out.weight.data.zero_()
        layer.attention.out.bias.data.zero_()
    model.embedding.position.weight.data.zero_()
    batch, targets = collate(toy(), np.arange(8))
    targets.label[:], targets.harmful[:] = -1, -1
    batch.tokens[:, 1:] = 20  # all pieces the same: every pair is
    with torch.no_grad():
        parts = losses(model, model, batch, targets)
    assert float(parts["states"]) == pytest.approx(0, abs=1e-9)
    assert float(parts["exits"]) > 1e-3


def test_a_teacher_that_errs_is_not_heard() -> None:
    """Labels count where the teacher is on the other side of them, or hardly on theirs; elsewhere its word does."""
    said = Outputs(
        threat=torch.tensor([[4.0, 0, 0, 0], [4.0, 0, 0, 0], [0, 4.0, 0, 0], [0.2, 0, 0, 0]]),
        harmful=torch.tensor([-4.0, 4.0, -4.0, 0.5]), severity=torch.zeros(4), confidence=torch.zeros(4),
    )  # fmt: skip
    targets = Targets(label=torch.tensor([0, 1, -1, 0]), harmful=torch.tensor([0.0, 0, -1, 1]), weight=torch.ones(4))
    wanted = Wanted(said, targets)
    assert wanted.right.tolist() == [True, False, True, False]
    assert torch.equal(wanted.threat[[0, 2]], said.threat.softmax(-1)[[0, 2]])
    assert wanted.threat.argmax(-1).tolist() == [0, 1, 1, 0] and float(wanted.threat[1, 1]) > 0.98
    assert wanted.harmful.tolist() == pytest.approx([0.018, 0.01, 0.018, 0.99], abs=1e-3)
    right, wrong = (
        Outputs(torch.tensor(values).float(), said.harmful, said.severity, said.confidence)
        for values in ([[4, 0, 0, 0], [0, 4, 0, 0], [0, 4, 0, 0], [4, 0, 0, 0]], said.threat.tolist())
    )
    assert float(wanted.missed(right)) < float(wanted.missed(wrong))
