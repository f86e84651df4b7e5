import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rich.console import Console

pytest.importorskip("polars")

from benchmarks import rivals as runs  # noqa: E402
from benchmarks.__main__ import main  # noqa: E402
from benchmarks.rivals import Rival, markdown, rivals  # noqa: E402
from benchmarks.rows import Row, Rows  # noqa: E402
from benchmarks.scores import Subject  # noqa: E402
from benchmarks.seeds import ATTACKS, BENIGN  # noqa: E402


def stubborn() -> Any:
    """A guard that catches every text that says "ignore", and fails on an empty one."""

    def catches(text: str, channel: str) -> bool:
        if not text:
            raise ValueError
        return "ignore" in text.lower()

    return catches


@pytest.fixture(scope="module")
def found() -> Any:
    patch = pytest.MonkeyPatch()
    absent = Rival("fancy", "no-such-guard", lambda: pytest.fail("it is not there"))
    patch.setattr(runs, "RIVALS", (Rival("stubborn", "pytest", stubborn), absent))
    document = rivals(Subject.of(None, "balanced"), None, 5, Console(quiet=True))
    patch.undo()
    return json.loads(json.dumps(document))


def test_all_guards_read_the_same_texts(found: Any) -> None:
    assert set(found["suites"]) == {"ours, plain", "ours, hidden"} and found["missing"] == ["no-such-guard"]
    plain = found["suites"]["ours, plain"]
    assert plain["n"] == len(ATTACKS) + len(BENIGN)
    assert list(plain["guards"]) == ["guardkit", "guardkit, rules only", "stubborn"]
    expected = sum("ignore" in text.lower() for text in ATTACKS) / len(ATTACKS)
    assert plain["guards"]["stubborn"]["recall"] == expected
    assert plain["guards"]["stubborn"]["false_positives"] > 0
    ours = plain["guards"]["guardkit"], plain["guards"]["guardkit, rules only"]
    assert ours[0]["recall"] == ours[1]["recall"] > 0  # without a model both are the same
    hidden = found["suites"]["ours, hidden"]["guards"]
    assert hidden["guardkit"]["recall"] > hidden["stubborn"]["recall"]


def test_a_guard_that_raises_is_counted() -> None:
    rows = Rows.of([Row("", "attack"), Row("ignore it", "attack"), Row("Good day", "benign", 0)])
    (each,) = runs._suite(rows, {"stubborn": stubborn()})["guards"].values()
    assert (each["recall"], each["false_positives"], each["failed"]) == (0.5, 0.0, 1)


def test_the_report(found: Any) -> None:
    text = markdown(found)
    assert "- not installed: no-such-guard" in text and "| ours, plain | 100 |" in text
    assert "Texts on which a guard raised" not in text and not any(attack in text for attack in ATTACKS)


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "RIVALS", ())
    done = CliRunner().invoke(main, ["rivals", "--model=none", f"--out={tmp_path}"], catch_exceptions=False)
    assert done.exit_code == 0 and json.loads((tmp_path / "rivals.json").read_text("utf-8"))["model"] == "rules"
