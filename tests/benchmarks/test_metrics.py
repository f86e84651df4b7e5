import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.metrics import f1, mean_interval, reliability, share, wilson


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


def test_reliability_of_a_perfect_and_of_a_reversed_score() -> None:
    positive = np.array([False] * 50 + [True] * 150)
    right = reliability(positive.astype(float), positive)
    assert right is not None and right.error == 0 and right.interval == (0, 0)
    assert [(low, share, rows) for low, _, share, rows in right.bins] == [(0.0, 0.0, 50), (0.9, 1.0, 150)]
    wrong = reliability(1.0 - positive, positive)
    assert wrong is not None and wrong.error == pytest.approx(1)


def test_reliability_weighs_the_classes_alike() -> None:
    """A constant one half is calibrated for a mixture of halves, however rare one class is."""
    positive = np.array([True] + [False] * 99)
    found = reliability(np.full(100, 0.5), positive)
    assert found is not None and found.error == pytest.approx(0) and found.bins[0][2] == pytest.approx(0.5)
    assert reliability(np.full(3, 0.5), np.zeros(3, bool)) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=2, max_size=40))
def test_calibration_error_is_a_share(pairs: list[tuple[float, bool]]) -> None:
    scores, positive = np.array([s for s, _ in pairs]), np.array([p for _, p in pairs])
    found = reliability(scores, positive)
    if found is not None:
        assert 0 <= found.error <= 1 + 1e-9 and sum(line[3] for line in found.bins) == len(pairs)
        assert 0 <= found.interval[0] <= found.interval[1] <= 1 + 1e-9


def test_mean_interval() -> None:
    found = mean_interval([50, 10], [100, 100])
    assert found is not None and found[0] < 0.3 < found[1] and found[1] - found[0] < 0.2
    assert mean_interval([100, 0], [100, 100]) == (0.5, 0.5)
    assert mean_interval([], []) is None and mean_interval([1], [0]) is None
