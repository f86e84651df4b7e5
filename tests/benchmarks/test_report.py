import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("matplotlib")

from benchmarks import plots  # noqa: E402
from benchmarks.__main__ import main  # noqa: E402
from benchmarks.headline import gathered  # noqa: E402
from benchmarks.published import PUBLISHED  # noqa: E402
from benchmarks.report import report  # noqa: E402
from benchmarks.suites import SUITES  # noqa: E402
from benchmarks.techniques import HACKETT  # noqa: E402

MACHINE = {"processor": "P", "cores": "2", "load": "0", "python": "3", "onnxruntime": "1", "system": "S"}
BINS = {"bins": [[0.0, 0.05, 0.1, 9], [0.9, 0.95, 0.8, 9]], "error": 0.1, "interval": [0.05, 0.2]}


def suite(**figures: Any) -> dict[str, Any]:
    base = {"n": 90, "innocent": 40, "recall": None, "recall_interval": None, "false_positives": None,
            "false_positives_interval": None}  # fmt: skip
    return base | figures


def outcome(**named: Any) -> dict[str, Any]:
    return {"attacks": 4, "evaded": 1, "evasion": 0.25, "evasion_interval": [0, 0.7], "benign": 4, "blamed": 0,
            "false_positives": 0.0, "false_positives_interval": [0, 0.5], **named}  # fmt: skip


def times(*values: float) -> dict[str, Any]:
    figures = dict(zip(("mean", "p50", "p95", "p99"), values, strict=True))
    return {"guardkit": figures, "MiniLM-L6": {key: 2 * value for key, value in figures.items()}}


PARTS: dict[str, Any] = {
    "quality": {
        "model": "a" * 64, "date": "2026-01-01", "machine": MACHINE, "limit": 0,
        "suites": {
            "notinject": suite(false_positives=0.05, false_positives_interval=[0.02, 0.09]),
            "injecagent": suite(recall=0.9, recall_interval=[0.8, 0.95], auc=0.97, auc_interval=[0.95, 0.98],
                                roc=[[0, 0], [0.1, 0.9], [1, 1]]),
        },
        "means": {"recall": 0.5, "guardbench_half": 0.8},
        "pooled": {"reliability": BINS, "reliability_harmful": None},
        "floors": [{"suite": "notinject", "figure": "false_positives", "holds": False}],
    },
    "evasion": {
        "model": "a" * 64, "date": "2026-01-01", "machine": MACHINE,
        "classes": [outcome(name="decodable")], "hackett": [outcome(name=name) for name in HACKETT],
        "flipattack": [outcome()], "splits": [outcome(way="user turns"), outcome(way="tool results")],
        "needles": [outcome(characters=length, depth=depth) for length in (1_000, 10_000) for depth in (0.0, 1.0)],
        "substitution": {"missing": "left out"},
    },
    "latency": {
        "model": "b" * 64, "date": "", "machine": MACHINE,
        "lengths": [{"tokens": t, "milliseconds": times(t, t, t, t)} for t in (16, 64)],
        "dev": {"rows": 7, "rounds": 5, "milliseconds": times(5, 4, 9, 20),
                "ratios": {"MiniLM-L6": times(0.5, 0.5, 0.5, 0.5)["guardkit"]},
                "ratio_spread": {"MiniLM-L6": dict.fromkeys(("mean", "p50", "p95", "p99"), [0.45, 0.55])}},
        "startup": {"import": 3.0, "guard": 300.0, "first_check": 30.0},
    },
    "overhead": {
        "model": "a" * 64, "machine": MACHINE,
        "frameworks": [{"name": "openai", "calls": {"overhead": {"median": 0.5, "least": 0.1, "most": 0.9}}}],
    },
    "profile": {
        "model": "a" * 64, "machine": MACHINE, "commit": "abc of 2026-01-01", "texts": 9, "rounds": 5,
        "stages": {"decode": {"before": 2.0, "after": 1.0}},
    },
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, document in PARTS.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(document))
    return tmp_path


def test_one_page_of_all_parts(folder: Path) -> None:
    done = CliRunner().invoke(main, ["report", f"--out={folder}"], catch_exceptions=False)
    assert done.exit_code == 0
    document = json.loads((folder / "latest.json").read_text("utf-8"))
    text, page = ((folder / f"latest.{kind}").read_text("utf-8") for kind in ("md", "html"))
    assert document["missing"] == ["overhead-litellm", "rivals"] and document["one_model"] is False
    assert "**The parts were measured with different models**" in text
    assert document["evasion"]["hackett"]["attacks"] == 48 and document["evasion"]["hackett"]["evasion"] == 0.25
    assert document["evasion"]["needles"]["attacks"] == 16 and document["evasion"]["needles"]["benign"] == 8
    assert "| notinject | false positives | 5.0% | 2.0–9.0 | 90 |" in text
    assert "failed: notinject: false_positives" in text and "| as a multiple of MiniLM-L6 | 0.50 (0.45–0.55) |" in text
    assert "before: abc of 2026-01-01." in text and "| decode | 2.000 | 1.000 | 0.50 |" in text
    assert page.count("<svg") == 6 and "<b>The parts were measured" in page
    assert not re.search(r'(src|href)="(https?:)?//', page) and "<script" not in page  # needs no other file
    assert CliRunner().invoke(main, ["report", f"--out={folder}"]).exit_code == 0
    assert (folder / "latest.html").read_text("utf-8") == page  # the same bytes again


def test_parts_may_be_missing(folder: Path) -> None:
    for name in ("evasion", "latency", "overhead", "profile"):
        (folder / f"{name}.json").unlink()
    document, text, page = report(folder)
    parts = ["evasion", "latency", "overhead", "overhead-litellm", "rivals", "profile"]
    assert document["missing"] == parts and document["one_model"] is True
    assert f"Not measured: {', '.join(parts)}." in text and page.count("<svg") == 3
    (folder / "quality.json").unlink()
    done = CliRunner().invoke(main, ["report", f"--out={folder}"])
    assert done.exit_code == 1 and "no report in" in done.output


def test_published_numbers_stand_in_cells_of_their_own(folder: Path) -> None:
    _, text, _ = report(folder)
    (line,) = [each for each in text.splitlines() if "arXiv 2410.22770, table 1" in each]
    assert line.startswith("| notinject | false positives | 5.0% | PIGuard 12.7%, ")
    names = {each.name for each in SUITES}
    assert sum(each.suite in names for each in PUBLISHED) >= 8
    assert all(0 <= value <= 1 for each in PUBLISHED for _, value in each.figures)


@pytest.mark.parametrize("name", ["suites", "roc", "reliability"])
def test_drawings_are_well_formed(name: str) -> None:
    root = ElementTree.fromstring(getattr(plots, name)(PARTS["quality"]).replace("xlink:href", "href"))
    assert root.tag.endswith("svg") and len(list(root.iter())) > 50


@given(st.text(st.characters(codec="utf-8", exclude_characters="|\n"), max_size=30))
def test_what_stands_in_a_report_cannot_become_markup(name: str) -> None:
    from benchmarks.report import _element

    cell = _element(f"| suite |\n| --- |\n| {name} |")
    assert "<script" not in cell and cell.count("<table>") == 1


def test_the_committed_page_is_of_the_committed_parts() -> None:
    reports = Path(__file__).parents[2] / "benchmarks/reports"
    if not (reports / "latest.json").exists():
        pytest.skip("no page is committed yet: python -m benchmarks report")
    document, text, page = report(reports)
    assert json.loads(json.dumps(document)) == json.loads((reports / "latest.json").read_text("utf-8"))
    assert text == (reports / "latest.md").read_text("utf-8")
    assert set(document["parts"]) == set(gathered(reports)) and "<svg" in page
