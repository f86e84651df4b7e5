"""The training loop on a toy task: batches, learning, resuming."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

import numpy as np  # noqa: E402
from toy import SMALL, toy  # noqa: E402

from guardkit.trainer.batch import Targets, batches, collate  # noqa: E402
from guardkit.trainer.loop import Run  # noqa: E402
from guardkit.trainer.loss import Weights, losses  # noqa: E402
from guardkit.trainer.model import TinyGuardrail  # noqa: E402
from guardkit.trainer.train import load, train  # noqa: E402


def test_batches_hold_every_row_once_within_the_budget() -> None:
    data = toy()
    plan = batches(data, 100, (0, 0), most=8)
    assert sorted(np.concatenate(plan).tolist()) == list(range(len(data)))
    lengths = np.diff(data.bounds)
    assert all(lengths[rows].max() * len(rows) <= 100 and len(rows) <= 8 for rows in plan)
    assert [rows.tolist() for rows in plan] != [rows.tolist() for rows in batches(data, 100, (0, 1), most=8)]


def test_collate_pads_and_keeps_the_characters_padding() -> None:
    data = toy(4)
    batch, targets = collate(data, np.array([0, 3]))
    first = data.tokens[data.bounds[0] : data.bounds[1]]
    assert batch.tokens[0, : len(first)].tolist() == first.tolist()
    assert batch.characters.shape == (2, 37) and targets.label.tolist() == [0, 1]


def test_unknown_labels_carry_no_loss() -> None:
    model = TinyGuardrail(SMALL).eval()
    batch, _ = collate(toy(4), np.array([0, 1]))
    state, mask = model.embed(batch)
    out = model.fast(state, mask, batch.features).outputs
    unknown = torch.full((2,), -1)
    total, each = losses(out, Targets(unknown, unknown.float(), torch.ones(2)), Weights())
    assert float(total.detach()) == 0 and each.tolist() == [0, 0]


def test_learns_and_resumes(tmp_path: Path) -> None:
    torch.manual_seed(0)
    data = toy()
    run = Run(epochs=10, batch_tokens=400, rate=4e-3, new_rate=4e-3)
    train(TinyGuardrail(SMALL), data, run, tmp_path)
    model = load(tmp_path / "checkpoint.pt")
    batch, targets = collate(data, np.arange(100))
    with torch.no_grad():
        state, mask = model.embed(batch)
        fast = model.fast(state, mask, batch.features)
        deep = model.deep(fast.state, fast.mask, fast.summary)
    for out in (fast.outputs, deep):
        assert float((out.threat.argmax(-1) == targets.label).float().mean()) > 0.9
        assert float(((out.harmful > 0).float() == targets.harmful).float().mean()) > 0.85
    before = {name: value.clone() for name, value in model.state_dict().items()}
    again = TinyGuardrail(SMALL)
    train(again, data, run, tmp_path)  # the run is complete: nothing is trained, the weights are the checkpoint's
    assert all(torch.equal(value, before[name]) for name, value in again.state_dict().items())
