"""What the architecture promises whatever its weights are."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

import torch.nn.functional as F  # noqa: E402
from toy import SMALL  # noqa: E402

from guardkit.trainer.model import PREFIX, Batch, Merge, TinyGuardrail  # noqa: E402


def window(length: int) -> Batch:
    return Batch(
        torch.randint(1, 60, (1, length)), torch.randint(1, 127, (1, 50)), torch.rand(1, 64), torch.zeros(1).long()
    )


@pytest.mark.parametrize("length", [2, 3, 8, 9])
def test_padding_changes_nothing(length: int) -> None:
    torch.manual_seed(length)
    model = TinyGuardrail(SMALL).eval()
    torch.nn.init.normal_(model.fast.merge.pair.weight)
    batch = window(length)
    found = []
    for padding in (0, 1, 6):
        batch.tokens = F.pad(batch.tokens[:, :length], (0, padding))
        with torch.no_grad():
            thought = model.fast(*model.embed(batch), batch.features)
            deep = model.deep(thought.state, thought.mask, thought.summary)
        found.append([out.threat for out in (*thought.exits, thought.outputs, deep)])
    for other in found[1:]:
        assert all(torch.allclose(a, b, atol=1e-5) for a, b in zip(found[0], other, strict=True))


def test_pairs_are_merged_and_the_prefix_is_not() -> None:
    merge = Merge(SMALL)  # nothing is learned yet: the mean
    x = torch.randn(1, PREFIX + 5, SMALL.width)
    state, mask = merge(x, torch.ones(1, PREFIX + 5, dtype=torch.bool))
    assert state.shape[1] == PREFIX + 3 and mask.all()
    assert torch.equal(state[:, :PREFIX], x[:, :PREFIX]) and torch.equal(state[:, -1], x[:, -1])
    assert torch.allclose(state[:, PREFIX], (x[:, PREFIX] + x[:, PREFIX + 1]) / 2)
