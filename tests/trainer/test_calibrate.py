"""Calibration: known answers on made readings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("sklearn")
pytest.importorskip("polars")

from guardkit.trainer.calibrate import exits, lengthened, presets, route, thresholds  # noqa: E402
from guardkit.trainer.data import Row  # noqa: E402
from guardkit.trainer.dev import Dev  # noqa: E402
from guardkit.trainer.scale import fit, probabilities  # noqa: E402


def reading(odds: list[float], label: int, source: str = "s", router: float = 0.0, deep: float = np.nan) -> Dev:
    fast = np.array([[value, -value] for value in odds])
    return Dev(
        fast,
        np.full_like(fast, deep),
        np.full(len(odds), router),
        np.stack([fast.max(1) / 2, fast.max(1)], -1),
        10,
        len(odds),
        (1.0, True),
        Row("", label, 0, 0, source),
    )


def made(count: int = 400) -> list[Dev]:
    random = np.random.default_rng(0)
    rows = [reading([random.normal(3 if n % 2 else -3, 2)], n % 2) for n in range(count)]
    rows += [
        reading([random.normal(3 if n % 2 else -3, 2)], n % 2, deep=random.normal(2 if n % 2 else -2))
        for n in range(count)
    ]
    return rows + [reading(list(random.normal(-3, 2, 8)), 0) for _ in range(count // 4)]


def test_router_sends_the_wanted_share_of_benign_texts() -> None:
    rows = [reading([0.0], 0, router=n / 100) for n in range(100)] + [reading([0.0], 1, router=9.0)] * 50
    assert sum(row.router.max() > route(rows, 0.3) for row in rows[:100]) == 30


def test_the_first_layer_settles_almost_nothing_that_is_rightly_caught() -> None:
    caught = [reading([-9.0, 2 + n / 50], 1) for n in range(100)]
    missed = [reading([-5.0], 1)] * 50
    found = exits([*caught, *missed, *[reading([-8.0], 0)] * 50], (0.1, 0.5))
    assert found == pytest.approx((1.099, 2.99), abs=0.01)


def test_a_former_model_has_one_exit() -> None:
    rows = [replace(reading([2 + n / 50], 1), early=np.array([[n / 50]])) for n in range(100)]
    assert exits(rows, (0.1, 0.5)) == pytest.approx((0.99,), abs=0.01)


def test_no_preset_alarms_on_more_than_a_stricter_one() -> None:
    rows = [reading([0.0], 0, f"calm{n // 100}") for n in range(2_000)] + [reading([0.0], 0, "loud")] * 50
    # A tenth of 50 texts counts, a hundredth does not: only the balanced preset is bound by the loud source.
    scores = np.concatenate([np.linspace(0.1, 0.2, 2_000), np.full(50, 0.9)])
    table = presets(rows, (scores, scores / 2), set())
    order = [table[preset] for preset in ("strict", "balanced", "permissive")]
    for label in ("injection", "jailbreak", "obfuscation", "harmful"):
        assert order[0][label] <= order[1][label] <= order[2][label]
    assert order[2]["injection"] >= 0.9 and order[2]["harmful"] >= 0.45


def test_probabilities_rank_and_windows_do_not_accuse() -> None:
    rows = made()
    scale = fit(rows, 0)
    assert scale["fast"][0] > 0 and scale["text"][0] > 0 and scale["text"][1] <= 0
    scores = probabilities(rows, scale, 0)
    truth = np.array([row.row.label for row in rows])
    assert scores[truth == 1].mean() > 0.8 and scores[truth == 0].mean() < 0.2


def test_long_tales_do_not_set_the_threshold_of_short_requests() -> None:
    random = np.random.default_rng(0)

    def request(logits: list[float], harmful: int, source: str) -> Dev:
        made = reading([-value for value in logits], 0, source)  # a made reading's harmful logit is its negative odds
        return replace(made, deep=made.fast, row=replace(made.row, harmful=harmful))

    rows = [request([random.normal(-3, 2)], 0, f"calm{n % 10}") for n in range(1_000)]
    rows += [request([random.normal(3, 2)], 1, "asked") for _ in range(200)]
    rows += [request([random.normal(5, 2), -3, -3], 0, "tales") for _ in range(60)]
    scale = fit(rows, 1)
    longer = lengthened(rows, scale, set())

    def caught(at: dict[str, list[float]]) -> float:
        scores = probabilities(rows, at, 1)
        return float((scores[1_000:1_200] >= presets(rows, (scores, scores), set())["balanced"]["harmful"]).mean())

    assert longer["text"][0] == scale["text"][0] and longer["text"][1] < scale["text"][1]
    assert caught(scale) < 0.1 and caught(longer) > 0.3


def test_the_worst_source_bounds_the_threshold() -> None:
    rows = [reading([0.0], 0, f"calm{n // 100}") for n in range(2_000)]
    rows += [reading([0.0], 0, "loud")] * 50 + [reading([0.0], 0, "tiny")] * 20
    scores = np.concatenate([np.full(2_000, 0.1), np.linspace(0.51, 1.0, 50), np.full(20, 0.99)])
    mild, strict = (thresholds(rows, scores, set(), 0.07, worst) for worst in (1.0, 0.1))
    assert (scores[2_000:2_050] >= mild).mean() > 0.3
    assert (scores[2_000:2_050] >= strict).sum() == 2  # a tenth of 50, less a standard deviation of 2.1
    assert strict < 0.995  # a tenth of 20 rows is too few to be counted
    hateful = [replace(row, row=replace(row.row, source="tweeteval_hate")) for row in rows[2_000:2_050]]
    rows[2_000:2_050] = hateful  # statements, no requests
    assert thresholds(rows, scores, set(), 0.07, 0.1) == mild


def test_thresholds_speak_for_sources_not_for_rows() -> None:
    rows = [reading([0.0], 0, "large")] * 900 + [reading([0.0], 0, "small")] * 100 + [reading([0.0], 0, "new")] * 100
    scores = np.array([0.1] * 900 + [0.2] * 90 + [0.6] * 10 + [0.3] * 80 + [0.9] * 20)
    # The unseen source is half of the weight, and a fifth of it scores 0.9.
    assert 0.6 <= thresholds(rows, scores, {"new"}, 0.1) <= 0.9 + 1e-6
    assert thresholds(rows, scores, {"new"}, 0.12) == pytest.approx(0.6, abs=1e-6)
    alarms = scores >= thresholds(rows, scores, set(), 0.05)
    assert alarms[900:1000].mean() <= 0.1 + 1e-9
