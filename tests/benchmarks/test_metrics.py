import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from benchmarks.metrics import auc, f1, recall_at, share, wilson

values = st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]), min_size=1, max_size=30).map(np.array)
NOTHING = np.array([])


@given(values, values)
def test_auc_counts_pairs(positive: NDArray[np.float64], negative: NDArray[np.float64]) -> None:
    pairs = [(p > n) + (p == n) / 2 for p in positive for n in negative]
    assert auc(positive, negative) == pytest.approx(sum(pairs) / len(pairs))


def test_auc_of_one_class_is_unknown() -> None:
    assert auc(NOTHING, np.ones(3)) is None and auc(np.ones(3), NOTHING) is None


@given(values, values, st.sampled_from([0.0, 0.05, 0.1, 0.34, 0.5, 1.0]))
def test_recall_at_is_the_best_threshold(
    positive: NDArray[np.float64], negative: NDArray[np.float64], rate: float
) -> None:
    thresholds = [*positive, *negative, 2.0]
    allowed = [t for t in thresholds if (negative >= t).mean() <= rate]
    assert recall_at(positive, negative, rate) == max((positive >= t).mean() for t in allowed)


def test_recall_at_of_one_class_is_unknown() -> None:
    assert recall_at(NOTHING, np.ones(3), 0.05) is None and recall_at(np.ones(3), NOTHING, 0.05) is None


# All but the last from Newcombe (1998), table I, method 3.
@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (29, 29, 0.8830, 1.0)],
)
def test_wilson(hits: int, trials: int, low: float, high: float) -> None:
    found = wilson(hits, trials)
    assert found is not None and found == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_holds_the_share(hits: int, trials: int) -> None:
    hits = min(hits, trials)
    found = wilson(hits, trials)
    assert found is not None and 0 <= found[0] <= hits / trials + 1e-12 and hits / trials - 1e-12 <= found[1] <= 1


def test_wilson_without_trials() -> None:
    assert wilson(0, 0) is None


def test_f1() -> None:
    wanted = np.array([True, True, True, False, False])
    assert f1(np.array([True, True, False, True, False]), wanted) == pytest.approx(2 / 3)
    assert f1(wanted, wanted) == 1 and f1(~wanted, wanted) == 0 and f1(np.zeros(5, bool), wanted) == 0
    assert f1(wanted, np.zeros(5, bool)) is None


def test_share() -> None:
    assert share(np.array([True, False, False, False])) == 0.25
    assert share(np.array([], bool)) is None
