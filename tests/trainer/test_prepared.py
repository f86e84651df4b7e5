"""Windows as flat arrays: what is taken and joined is what was there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("torch")

from toy import toy  # noqa: E402

from guardkit.trainer.prepared import Example, Prepared  # noqa: E402

DATA = toy(30)


def same(one: Example, other: Example) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in Example.__dataclass_fields__)


@given(st.lists(st.integers(0, 29), max_size=12), st.lists(st.integers(0, 29), min_size=1, max_size=12))
def test_rows_are_taken_in_order_and_joined(first: list[int], second: list[int]) -> None:
    taken = [DATA.take(np.array(rows, np.int64)) for rows in (first, second)]
    both = taken[0].join(taken[1])
    assert len(both) == len(first) + len(second)
    assert all(same(both.example(at), DATA.example(row)) for at, row in enumerate([*first, *second]))
    assert both.tokens.dtype == DATA.tokens.dtype and both.bounds[-1] == len(both.tokens)


def test_everything_taken_is_everything() -> None:
    again = DATA.take(np.arange(len(DATA)))
    assert all(np.array_equal(getattr(again, name), getattr(DATA, name)) for name in Prepared.__dataclass_fields__)
