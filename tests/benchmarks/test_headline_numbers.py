import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import numbers
from benchmarks.__main__ import main
from benchmarks.numbers import BLOCKS, FILES, NumbersError, filled, sources

REPORTS = Path(__file__).parents[2] / "benchmarks/reports"
OPEN, CLOSE = "<!-- numbers: {} -->\n", "<!-- end of numbers -->"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_figures_are_those_of_the_committed_reports(path: Path) -> None:
    text = path.read_text("utf-8")
    assert filled(text, sources(REPORTS)) == text, "run python -m benchmarks numbers"
    assert text.count("<!-- numbers:") >= 2


def test_a_changed_report_changes_the_figures() -> None:
    documents = sources(REPORTS)
    text = OPEN.format("quality") + "typed by hand\n" + CLOSE + "\nuntouched\n"
    first = filled(text, documents)
    assert "typed by hand" not in first and first.endswith("\nuntouched\n")
    changed = json.loads(json.dumps({name: dict(each) for name, each in documents.items()}))
    changed["quality"]["suites"]["flipattack"]["recall"] = 0.123
    assert "| FlipAttack, all prompt forms: recall | 12.3% |" in filled(text, changed) != first
    assert filled(first, documents) == first  # again, nothing changes


def test_what_nobody_writes_is_an_error() -> None:
    with pytest.raises(NumbersError, match="no block is called speed"):
        filled(OPEN.format("speed") + CLOSE, {})
    with pytest.raises(NumbersError, match="block quality needs 'quality'"):
        filled(OPEN.format("quality") + CLOSE, {})
    with pytest.raises(NumbersError, match="opened and not closed"):
        filled(OPEN.format("quality"), {})


def test_every_block_is_used_or_waits_for_its_report() -> None:
    text = "".join(path.read_text("utf-8") for path in FILES)
    unused = {name for name in BLOCKS if OPEN.format(name) not in text}
    assert unused <= {"evasion"}


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "PAGE.md"
    page.write_text(OPEN.format("thresholds") + "| old |\n" + CLOSE)
    monkeypatch.setattr(numbers, "FILES", (page,))
    stale = CliRunner().invoke(main, ["numbers", f"--reports={REPORTS}", "--check"])
    assert stale.exit_code == 1 and "PAGE.md: run `python -m benchmarks numbers`" in stale.output
    assert "| old |" in page.read_text()
    assert CliRunner().invoke(main, ["numbers", f"--reports={REPORTS}"]).exit_code == 0
    assert "| balanced |" in page.read_text()
    assert CliRunner().invoke(main, ["numbers", f"--reports={REPORTS}", "--check"]).exit_code == 0
