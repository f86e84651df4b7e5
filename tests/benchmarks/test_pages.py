"""The report on what gets past: every figure in it is one of the run."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.redteam import markdown, measure
from benchmarks.scaling import inserted, scaling
from benchmarks.scaling import markdown as scaling_markdown
from benchmarks.serve import markdown as serve_markdown
from guardkit import Guard


def test_the_report() -> None:
    seen: list[tuple[str, int]] = []
    document = measure(Guard("balanced", model=None), 4, 60, 1, lambda channel, checks: seen.append((channel, checks)))
    assert {channel for channel, _ in seen} == {"user", "document"} == set(document["channels"])
    text = markdown({"date": "2026-01-01", "model": "rules", **document})
    for found in document["channels"].values():
        assert f"{found['attacks']} attacks, {found['missed_as_they_are']['hits']} of them" in text
        for one in found["techniques"]:
            assert f"| {one['name']}: {one['about']} |" in text and f" {one['variants']} |" in text
    assert text.isascii() or "–" in text


def test_scaling() -> None:
    document = {"date": "2026-01-01", **scaling(50, 1, 1, ["--rules-only"])}
    assert {arm["documents"] for arm in document["arms"]} == {"a prompt", "a paragraph", "a page"}
    assert all(arm["per_second"] > 0 for arm in document["arms"])
    arm = max(document["arms"], key=lambda one: one["processes"])
    hours = 1e9 / arm["per_second"] * document["cores"] / 3_600
    figures = scaling_markdown(document)
    assert f"| {hours:,.0f} |" in figures
    page = (Path(__file__).parents[2] / "docs" / "scaling.md").read_text("utf-8")
    once = inserted(page, figures)
    assert (
        figures in once and inserted(once, figures) == once and once.partition("<!--")[0] == page.partition("<!--")[0]
    )
    with pytest.raises(ValueError):
        inserted("nothing", figures)


def test_the_server_report() -> None:
    alone = {"per_second": 100.0, "cpu_ms": 10.0}
    served = {"per_second": 80.0, "p50_ms": 12.0, "p99_ms": 40.0, "cpu_ms": 12.5}
    where = {"processor": "p", "cores": "2", "load": "0.1", "python": "3", "onnxruntime": "1"}
    document = {"date": "d", "machine": where, "texts": 10, "rounds": 1, "threads": 2,
                "arms": {"bare": alone, "one by one, 16 clients": served}}  # fmt: skip
    page = serve_markdown(document)
    assert "| one by one, 16 clients | 80.0 | 0.80 | 12.0 | 40.0 | 12.50 | 1.25 |" in page
    assert "| bare | 100.0 | 1.00 | – | – | 10.00 | 1.00 |" in page
