"""The profile before and after: another checkout is measured with its own code."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import profile as module
from benchmarks.profile import markdown, profile

STAGES = """
def breakdown(guard, texts):
    return {"decode": guard.cost * len(list(texts)), "all": 8.0}
"""


def state(folder: Path, cost: float) -> Path:
    """A checkout in which a check costs this."""
    (folder / "benchmarks").mkdir(parents=True)
    (folder / "benchmarks/stages.py").write_text(STAGES)
    (folder / "guardkit").mkdir()
    (folder / "guardkit/__init__.py").write_text(f"class Guard:\n    cost = {cost}\n")
    return folder


def test_each_state_runs_its_own_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HERE", state(tmp_path / "now", 1.5))
    monkeypatch.setattr(module, "_commit", lambda _: "abc of 2026-01-01")
    found = profile(state(tmp_path / "then", 3.0), ["one", "two"], 2)
    assert found["stages"] == {"decode": {"before": 6.0, "after": 3.0}, "all": {"before": 8.0, "after": 8.0}}
    text = markdown({**found, "model": "0" * 64, "date": "2026-11-29"})
    assert "| decode | 6.000 | 3.000 | 0.50 |" in text and "at commit abc of 2026-01-01, and now" in text
