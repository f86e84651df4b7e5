"""The fits and shapes of the growth benchmark, and the reports of it, of the soak and of the capacity."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from benchmarks.__main__ import main
from benchmarks.capacity import markdown as capacity_report
from benchmarks.capacity import overheads
from benchmarks.growth import exponents, growth, markdown
from benchmarks.shapes import SHAPES
from benchmarks.soak import slope


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_has_the_size_that_is_asked_for(name: str) -> None:
    for size in (64, 1_000):
        assert 0.5 * size <= len(SHAPES[name](size)) <= size
    assert SHAPES[name](1_000) == SHAPES[name](1_000)


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_the_exponent_of_a_power_is_found(power: float) -> None:
    runs = [(size, 1e-3 * (size / 1_000) ** power) for size in (1_000, 10_000, 100_000, 1_000_000)]
    assert exponents(runs)["fitted"] == pytest.approx(power, abs=0.01)


def test_the_steepest_step_is_not_flattered_by_a_limit() -> None:
    runs = [(1_000, 0.001), (10_000, 0.1), (100_000, 10.0), (1_000_000, 10.0), (10_000_000, 10.0)]
    found = exponents(runs)
    assert found["fitted"] < 1.1 and found["steepest"] == 2.0
    assert exponents([(1_000, 1e-5), (10_000, 1e-3)])["steepest"] is None  # too short to be timed


def test_a_run_and_its_report() -> None:
    document = growth(None, (200, 2_000), ("prose", "NUL"), 1, Console(quiet=True))
    assert [run["characters"] for run in document["shapes"]["NUL"]["runs"]] == [200, 2_000]
    text = markdown({**document, "date": "2026-11-28"})
    assert "| prose |" in text and "Steeper than 1.15 between two sizes: none." in text


@pytest.mark.parametrize(("worst", "code"), [("0.1", 1), ("3", 0)])
def test_what_grows_too_steeply_fails(worst: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "benchmarks.growth._seconds", lambda call, text: len(text) * 1e-5
    )  # a busy machine's would vary
    sizes = ["--shape", "URLs", "--size", "32000", "--size", "64000", "--rounds", "1"]
    result = CliRunner().invoke(main, ["growth", *sizes, "--worst", worst, "--out", str(tmp_path)])
    assert result.exit_code == code, result.output
    assert (f"steeper than {worst}: URLs " in result.output) == bool(code)


def test_a_shape_that_is_unknown() -> None:
    result = CliRunner().invoke(main, ["growth", "--shape", "nothing"])
    assert result.exit_code == 2 and "there is no shape 'nothing'" in result.output


def test_the_slope_of_the_memory() -> None:
    growing = [(float(second), 100.0 + second / 60) for second in range(120)]
    assert slope(growing) == pytest.approx(1.0)
    filling = [(second, 100 + min(size, 30) if second < 30 else 130) for second, size in growing]
    assert slope(filling) == pytest.approx(0.0)
    assert slope(growing[:3]) is None and slope([]) is None


def test_overheads_are_those_of_the_rounds() -> None:
    calm = {"bare": (200.0, 5.0), "loop": (175.0, 5.2), "check": (160.0, 6.0), "server": (150.0, 6.5)}
    busy = {arm: (rate / 2, 2 * time) for arm, (rate, time) in calm.items()}
    rounds = [
        {arm: {"per_second": rate, "cpu_ms": time} for arm, (rate, time) in weather.items()} for weather in (calm, busy)
    ]
    assert overheads(rounds) == {
        "overhead": 0.333, "overhead_cpu": 0.3, "above_loop": 0.167, "above_loop_cpu": 0.25, "serving": 0.083,
        "serving_cpu": 0.1,
    }  # fmt: skip


def test_the_report_of_the_capacity() -> None:
    machine = {"processor": "a chip", "cores": "2", "load": "0.1"}
    arms = {"bare": {"per_second": 130.0, "cpu_ms": 10.0}, "check": {"per_second": 120.0, "cpu_ms": 11.0}}
    arms |= {"server": {"per_second": 100.0, "cpu_ms": 12.0}, "loop": {"per_second": 125.0, "cpu_ms": 10.5}}
    document = {
        "machine": machine, "texts": 40, "traffic": "t", "windows": 41, "rounds": 3, "workers": 2, "arms": arms,
        "overhead": 0.3, "overhead_cpu": 0.2, "above_loop": 0.25, "above_loop_cpu": 0.143,
        "serving": 0.217, "serving_cpu": 0.1, "date": "2026-11-28",
        "capacity": {"per_second": 70.0, "p50_ms": 11.0},
    }  # fmt: skip
    text = capacity_report(json.loads(json.dumps(document)))
    assert "**70.0 requests a second**" in text and "| server above the bare loop | 30% | 20% |" in text
    assert "| server above the loop from texts | 25% | 14% |" in text
    assert "| of which serving: HTTP, queue, JSON, metrics | 22% | 10% |" in text
