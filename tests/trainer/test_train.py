"""The training loop on a toy task: batches, learning, resuming."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

import numpy as np  # noqa: E402

from guardkit.trainer.model import Config, TinyGuardrail  # noqa: E402
from guardkit.trainer.prepare import Example, Prepared  # noqa: E402
from guardkit.trainer.train import Run, Targets, batches, collate, load, losses, train  # noqa: E402

SMALL = Config(
    vocabulary=64, width=48, heads=4, ffn=64, fast_layers=1, deep_layers=2, experts=4, expert_ffn=32, prototypes=4,
    features=64, positions=32,
)  # fmt: skip


def toy(count: int = 240) -> Prepared:
    """Attacks hold piece 9, harmful texts piece 11."""
    random = np.random.default_rng(0)

    def example(number: int) -> Example:
        attack, harmful = number % 2, number % 3 == 0
        tokens = random.integers(12, 60, random.integers(6, 20))
        tokens[2], tokens[4] = (9 if attack else 10), (11 if harmful else 12)
        characters = np.concatenate([random.integers(33, 120, 30), np.zeros(7, np.int64)])
        return Example(tokens, characters, np.zeros(64, np.float32), 0, attack, int(harmful), 1.0, "toy")

    return Prepared.collect(example(number) for number in range(count))


def test_batches_hold_every_row_once_within_the_budget() -> None:
    data, run = toy(), Run(batch_tokens=100)
    plan = batches(data, run, 0)
    assert sorted(np.concatenate(plan).tolist()) == list(range(len(data)))
    lengths = np.diff(data.bounds)
    assert all(lengths[rows].max() * len(rows) <= 100 for rows in plan)
    assert [rows.tolist() for rows in plan] != [rows.tolist() for rows in batches(data, run, 1)]


def test_collate_pads_and_keeps_the_characters_padding() -> None:
    data = toy(4)
    batch, targets = collate(data, np.array([0, 3]), torch.device("cpu"))
    first = data.tokens[data.bounds[0] : data.bounds[1]]
    assert batch.tokens[0, : len(first)].tolist() == first.tolist()
    assert batch.characters.shape == (2, 37) and targets.label.tolist() == [0, 1]


def test_unknown_labels_carry_no_loss() -> None:
    model = TinyGuardrail(SMALL).eval()
    batch, _ = collate(toy(4), np.array([0, 1]), torch.device("cpu"))
    state, mask = model.embed(batch)
    _, out, _, _ = model.fast(state, mask, batch.features)
    unknown = torch.full((2,), -1)
    total, each = losses(out, Targets(unknown, unknown.float(), torch.ones(2)), Run())
    assert float(total.detach()) == 0 and each.tolist() == [0, 0]


def test_learns_and_resumes(tmp_path: Path) -> None:
    torch.manual_seed(0)
    data = toy()
    run = Run(epochs=24, batch_tokens=400, rate=1.5e-3, new_rate=1.5e-3, every=0.0)
    train(TinyGuardrail(SMALL), data, run, tmp_path)
    model = load(tmp_path / "checkpoint.pt")
    batch, targets = collate(data, np.arange(100), torch.device("cpu"))
    with torch.no_grad():
        state, mask = model.embed(batch)
        _, fast, _, summary = model.fast(state, mask, batch.features)
        deep = model.deep(state, mask, summary)
    for out in (fast, deep):
        assert float((out.threat.argmax(-1) == targets.label).float().mean()) > 0.9
        assert float(((out.harmful > 0).float() == targets.harmful).float().mean()) > 0.85
    before = {name: value.clone() for name, value in model.state_dict().items()}
    again = TinyGuardrail(SMALL)
    train(again, data, run, tmp_path)  # the run is complete: nothing is trained, the weights are the checkpoint's
    assert all(torch.equal(value, before[name]) for name, value in again.state_dict().items())
