import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from benchmarks.curve import POINTS, Curve, bootstrap

values = st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]), min_size=1, max_size=30).map(np.array)
NOTHING = np.array([])
Values = NDArray[np.float64]


@given(values, values)
def test_auc_counts_pairs(positive: Values, negative: Values) -> None:
    pairs = [(p > n) + (p == n) / 2 for p in positive for n in negative]
    assert Curve.of(positive, negative).auc == pytest.approx(sum(pairs) / len(pairs))


@given(values, values, st.sampled_from([0.0, 0.05, 0.1, 0.34, 0.5, 1.0]))
def test_recall_at_is_the_best_threshold(positive: Values, negative: Values, rate: float) -> None:
    thresholds = [*positive, *negative, 2.0]
    allowed = [t for t in thresholds if (negative >= t).mean() <= rate]
    assert Curve.of(positive, negative).recall_at(rate) == max((positive >= t).mean() for t in allowed)


@given(values, values)
def test_average_precision_sums_steps(positive: Values, negative: Values) -> None:
    area, before = 0.0, 0.0
    for t in sorted({*positive, *negative}, reverse=True):
        recall = (positive >= t).mean()
        precision = (positive >= t).sum() / ((positive >= t).sum() + (negative >= t).sum())
        area, before = area + (recall - before) * precision, recall
    assert Curve.of(positive, negative).average_precision == pytest.approx(area)


def test_one_class_has_no_curve() -> None:
    for curve in (Curve.of(NOTHING, np.ones(3)), Curve.of(np.ones(3), NOTHING), Curve.of(NOTHING, NOTHING)):
        assert curve.auc is curve.recall_at(0.05) is curve.average_precision is None
        assert curve.roc() == curve.precision_recall() == []
        assert bootstrap(curve, lambda each: each.auc) == [None]


@given(values, values)
def test_a_roc_rises_from_corner_to_corner(positive: Values, negative: Values) -> None:
    points = Curve.of(positive, negative).roc()
    assert points[0] == (0, 0) and points[-1] == (1, 1) and points == sorted(points) and len(points) <= POINTS + 2


def test_thinning_keeps_the_area() -> None:
    random = np.random.default_rng(5)
    curve = Curve.of(random.normal(1, 1, 4_000), random.normal(0, 1, 4_000))
    x, y = np.array(curve.roc()).T
    assert np.trapezoid(y, x) == pytest.approx(curve.auc, abs=0.01)


def test_the_interval_holds_the_figure_and_narrows_with_rows() -> None:
    random = np.random.default_rng(7)
    widths = []
    for rows in (50, 5_000):
        curve = Curve.of(random.normal(1, 1, rows).round(1), random.normal(0, 1, rows).round(1))
        area, recall = bootstrap(curve, lambda each: each.auc, lambda each: each.recall_at(0.05))
        assert area is not None and curve.auc is not None and area[0] < curve.auc < area[1]
        assert recall is not None and recall[0] <= recall[1]
        widths.append(area[1] - area[0])
    assert widths[1] < widths[0] / 5
    sure = Curve.of(np.ones(9), np.zeros(9))
    assert bootstrap(sure, lambda each: each.auc) == [(1, 1)]
