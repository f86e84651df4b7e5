"""Repetition, leakage and the data report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

pl = pytest.importorskip("polars")

from guardkit.trainer.data import Row  # noqa: E402
from guardkit.trainer.repeats import leaks, near, signatures, thin, variety  # noqa: E402
from guardkit.trainer.report import census, command, unleaked  # noqa: E402

LONG = (
    "The ferry leaves the old harbour at nine and reaches the island before the shops open, weather permitting. "
    "Bring water, a hat and something to read, because the crossing takes two hours and the kitchen on board is closed."
)
NEARLY = LONG.replace("nine", "ten")
OTHER = "Please book a table for four people on the terrace, and ask whether they serve vegetarian food."


def test_near_duplicates_are_found_and_others_are_not() -> None:
    texts = [LONG, OTHER, NEARLY, LONG.upper(), "hello", "hello!", "", "   "]
    assert near(signatures(texts)).tolist() == [-1, -1, 0, 0, -1, 4, -1, 6]
    assert thin(texts) == [0, 1, 4, 6]


def test_similarity_is_estimated() -> None:
    one = " ".join(f"word{number}" for number in range(400))
    half = " ".join(f"word{number}" for number in range(200, 600))
    alike = (signatures([one])[0] == signatures([half])[0]).mean()
    assert 0.2 < alike < 0.47  # 198 of 598 shingles
    assert near(signatures([one, half])).tolist() == [-1, -1]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=8))
def test_a_repeated_text_is_its_own_near_duplicate(texts: list[str]) -> None:
    found = near(signatures([*texts, *texts]))
    assert (found[len(texts) :] >= 0).all()
    assert (near(signatures(texts), signatures(texts)) >= 0).all()


def test_leaks_are_exact_or_near() -> None:
    exact, alike = leaks([LONG.upper() + "!!", NEARLY, OTHER], [LONG])
    assert exact.tolist() == [True, False, False] and alike.tolist() == [False, True, False]
    rows = [Row(text, 0, 0, 0, "s") for text in (LONG, NEARLY, OTHER)]
    assert [row.text for row in unleaked(rows, {"a": [LONG], "b": ["something else"]})] == [OTHER]
    assert unleaked(rows, {}) == rows


def test_variety_of_a_template_and_of_its_opposite() -> None:
    same = variety([f"one two three four five six seven eight nine {number}" for number in range(20)])
    assert same.commonest == 1.0 and same.distinct[3] < 0.2 and same.texts == 20
    different = variety(["".join(chr(97 + (seed * step) % 26) + " " for step in range(3, 30)) for seed in (3, 5, 7)])
    assert different.commonest < 0.5 and different.near == 0
    assert variety([]).distinct == (0, 0, 0, 0)


def test_the_census_adds_up() -> None:
    public = [Row("a", 0, 0, 0, "s", "en"), Row("b", -1, 1, 1, "t", "de")]
    made = [Row("c", 1, 0, 2, "synth.x"), Row("d", 0, 0, 0, "synth.y"), Row("e", 0, 1, 0, "synth.y")]
    copies = [Row("f", 3, 1, 0, "transform.rot"), Row("g", 0, 0, 0, "transform.rot")]
    found = census(public, made, copies)
    assert found["all"] == 7 and found["hard_negatives"] == 2 and found["harmful"] == 3
    assert found["families"] == {"synth.x": 1, "synth.y": 2} and found["transforms"] == {"transform.rot": 2}
    assert sum(found["labels"].values()) == sum(found["languages"].values()) == sum(found["channels"].values()) == 7


def test_the_command_writes_both_files(tmp_path: Path) -> None:
    texts = [*(f"{LONG} Number {number}." for number in range(4)), OTHER, "What is a lighthouse?"]
    columns = {"label": "benign", "harmful": 0, "channel": "user", "source": "s", "split": "train", "lang": "en",
               "quoted_attack": False}  # fmt: skip
    pl.DataFrame([{"id": str(at), "text": text, **columns} for at, text in enumerate(texts)]).write_parquet(
        tmp_path / "train.parquet"
    )
    (tmp_path / "bench").mkdir()
    pl.DataFrame({"text": [OTHER]}).write_parquet(tmp_path / "bench" / "one.parquet")
    arguments = ["--data", str(tmp_path), "--out", str(tmp_path / "out"), "--synthetic", "60", "--transforms", "20"]
    done = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    found = json.loads((tmp_path / "out" / "data.json").read_text())
    assert found["counts"]["public"] == 6 and found["variety"]["public"]["near"] > 0.4
    assert found["leaks"]["by_source"]["s"] == 1 <= found["leaks"]["exact"]  # samples compose with public texts
    assert (tmp_path / "out" / "data.md").read_text() == done.output.rstrip("\n") + "\n"
