"""Calibration: known answers on made readings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("sklearn")
pytest.importorskip("polars")

from guardkit.classify.calibration import Scale, logit  # noqa: E402
from guardkit.trainer.calibrate import (  # noqa: E402
    FOREIGN_SHARE,
    PRESETS,
    exits,
    lengthened,
    level,
    levelled,
    presets,
    route,
    worst_source,
)
from guardkit.trainer.data import Row  # noqa: E402
from guardkit.trainer.dev import Dev  # noqa: E402
from guardkit.trainer.scale import fit, text_odds, window_odds  # noqa: E402


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
    odds = np.concatenate([np.linspace(-2.2, -1.4, 2_000), np.full(50, 2.2)])
    table = presets(rows, (odds, odds - 2.2), set())
    order = [table[preset] for preset in ("strict", "balanced", "permissive")]
    for label in ("injection", "jailbreak", "obfuscation", "harmful"):
        assert order[0][label] <= order[1][label] <= order[2][label]
    assert order[2]["injection"] >= 0.9 and order[2]["harmful"] >= 0.45


def test_probabilities_rank_and_windows_do_not_accuse() -> None:
    rows = made()
    scale = fit(rows, 0)
    assert scale["fast"][0] > 0 and scale["text"][0] > 0 and scale["text"][1] <= 0
    odds = text_odds(rows, scale, 0)
    truth = np.array([row.row.label for row in rows])
    assert (odds[truth == 1] > 1).mean() > 0.8 and (odds[truth == 0] < -1).mean() > 0.8


def test_a_window_is_worth_to_the_calibration_what_it_is_to_the_guard() -> None:
    table = {"fast": [2.0, -1.0], "deep": [0.25, 0.5, 0.5], "text": [0.5, -0.3, 0.1]}
    table["channels"] = [0.0, 2.0, 2.0, 0.0, 0.0]
    scale = Scale(*(tuple(table[key]) for key in ("fast", "deep", "text", "channels")))  # type: ignore[arg-type]
    for fast, deep in ((3.0, -4.0), (-3.0, 4.0), (1.0, None)):
        one = reading([fast], 1, deep=np.nan if deep is None else deep)
        assert window_odds(one, table, 0) == pytest.approx([scale.highest(fast, deep)])
        assert window_odds(one, table, 1) == pytest.approx([scale.window(-fast, deep)])
    page = replace(reading([1.0, 3.0], 1), row=Row("", 1, 0, 1, "s"))
    assert text_odds([page], table, 0) == pytest.approx([scale.odds(scale.highest(3.0, None), 2, 1)])
    assert scale.odds(1.0, 2, 1) == scale.odds(1.0, 2) + 2.0
    assert scale.highest(3.0, -4.0) == scale.window(3.0, None), "the deep branch clears nothing"
    assert scale.highest(-3.0, 4.0) == scale.window(-3.0, 4.0), "it accuses"


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
        odds = text_odds(rows, at, 1)
        return float((odds[1_000:1_200] >= logit(presets(rows, (odds, odds), set())["balanced"]["harmful"])).mean())

    assert longer["text"][0] == scale["text"][0] and longer["text"][1] < scale["text"][1]
    assert caught(scale) < 0.1 and caught(longer) > 0.3
    # Tales that are less loud are out of the way sooner; from then on no request more is caught; a step on.
    rows[1_200:] = [request([random.normal(3, 0.3), -3, -3], 0, "tales") for _ in range(60)]
    scale = fit(rows, 1)
    slope, weight, offset = lengthened(rows, scale, set())["text"]
    back = [caught(scale | {"text": [slope, weight + slope * steps / 2, offset]}) for steps in (0, 1, 2)]
    assert back[0] <= back[1] > back[2]


def test_the_worst_source_bounds_the_threshold() -> None:
    rows = [reading([0.0], 0, f"calm{n // 100}") for n in range(2_000)]
    rows += [reading([0.0], 0, "loud")] * 50 + [reading([0.0], 0, "tiny")] * 20
    odds = np.concatenate([np.full(2_000, 0.1), np.linspace(0.51, 1.0, 50), np.full(20, 9.9)])
    bound = worst_source(rows, odds, 0.1)
    assert (odds[2_000:2_050] > bound).sum() == 2  # a tenth of 50, less a standard deviation of 2.1
    assert bound < 1, "a tenth of 20 rows is too few to be counted"
    hateful = [replace(row, row=replace(row.row, source="tweeteval_hate")) for row in rows[2_000:2_050]]
    rows[2_000:2_050] = hateful  # statements, no requests
    assert worst_source(rows, odds, 0.1) == 0.1


def test_levels_speak_for_sources_not_for_rows() -> None:
    rows = [reading([0.0], 0, "large")] * 900 + [reading([0.0], 0, "small")] * 200 + [reading([0.0], 0, "new")] * 200
    odds = np.array([0.1] * 900 + [0.2] * 180 + [0.6] * 20 + [0.3] * 160 + [0.9] * 40)
    # The unseen source is half of the weight, and a fifth of it scores 0.9.
    assert level(rows, odds, {"new"}, 0.09) == 0.9
    assert level(rows, odds, {"new"}, 0.12) == 0.6
    assert (odds[900:1100] > level(rows, odds, set(), 0.05)).mean() <= 0.1
    # Of a fourth one there are but four texts, and half of them score 2: that says little.
    rows, odds = rows + [reading([0.0], 0, "tiny")] * 4, np.append(odds, [2.0, 2.0, 0.1, 0.1])
    assert level(rows, odds, {"new", "tiny"}, 0.06) == 0.9
    assert level(rows * 50, np.tile(odds, 50), {"new", "tiny"}, 0.06) == 2.0


def test_rare_alarms_are_extrapolated() -> None:
    """2,000 texts, of an exponential tail: the level that one in 10,000 reaches is where it should be, whatever the
    few highest of the sample happened to be."""
    odds = np.random.default_rng(0).exponential(1.0, 2_000)
    rows = [reading([0.0], 0, f"source{n % 20}") for n in range(2_000)]
    assert level(rows, odds, set(), 0.05) == pytest.approx(np.log(20), abs=0.15)
    assert level(rows, odds, set(), 1e-4) == pytest.approx(np.log(10_000), abs=1.2)
    lucky = np.minimum(odds, np.sort(odds)[-3])
    assert level(rows, lucky, set(), 1e-4) == pytest.approx(level(rows, odds, set(), 1e-4), abs=0.5)
    assert level(rows, np.zeros(2_000), set(), 1e-4) == 0.0, "nothing is above: there is no tail"


def test_documents_are_moved_until_one_threshold_is_right_for_all() -> None:
    random = np.random.default_rng(1)
    rows = [reading([random.normal(-3, 1)], 0, f"chat{n % 10}") for n in range(4_000)]
    pages = [reading([random.normal(-1, 1)], 0, f"pages{n % 20}") for n in range(4_000)]
    rows += [replace(page, row=replace(page.row, channel=1)) for page in pages]
    rows += [reading([random.normal(4, 2)], 1, "attacks") for _ in range(500)]
    scale = {"fast": [1.0, 0.0], "deep": [0.0, 1.0, 0.0], "text": [1.0, 0.0, 0.0], "channels": [0.0] * 5}
    scale = levelled(rows, scale, set())
    user, document, tool, system, output = scale["channels"]
    assert document == tool < 0 == user == system == output
    odds = text_odds(rows, scale, 0)
    threshold = logit(presets(rows, (odds, odds), set())["balanced"]["injection"])
    assert (odds[:4_000] > threshold).mean() == pytest.approx(PRESETS["balanced"].written, abs=0.001)
    assert (odds[4_000:8_000] > threshold).mean() == pytest.approx(FOREIGN_SHARE, abs=0.004)
    manual = reading([7.0], 0, "manual")  # one loud source of documents is not paid for by what people write
    rows += [replace(manual, row=replace(manual.row, channel=1))] * 40
    scale = levelled(rows, scale | {"channels": [0.0] * 5}, set())
    odds = text_odds(rows, scale, 0)
    threshold = logit(presets(rows, (odds, odds), set())["balanced"]["injection"])
    assert (odds[-40:] > threshold).mean() <= PRESETS["balanced"].worst
    assert (odds[:4_000] > threshold).mean() == pytest.approx(PRESETS["balanced"].written, abs=0.001)


def test_of_one_sort_of_texts_nothing_is_moved() -> None:
    rows = [reading([n / 100], 0, "chat") for n in range(100)] + [reading([5.0], 1)]
    pages = [replace(row, row=replace(row.row, channel=1)) for row in rows]
    scale = {"fast": [1.0, 0.0], "deep": [0.0, 1.0, 0.0], "text": [1.0, 0.0, 0.0], "channels": [0.0] * 5}
    assert levelled(rows, scale, set()) == levelled(pages, scale, set()) == scale
    mixed = [*pages, rows[-1]]  # of what people write there are attacks alone
    assert levelled(mixed, scale, set()) == scale
    odds = text_odds(mixed, scale, 0)
    assert presets(mixed, (odds, odds), set())["balanced"]["injection"] < 1


def test_where_nothing_went_deep_both_branches_count_alike() -> None:
    scale = fit([reading([n / 10 - 5], int(n > 50)) for n in range(100)], 0)
    assert scale["deep"] == [0.5, 0.5, 0.0] and scale["fast"][0] > 0
