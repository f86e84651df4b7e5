"""Search and ablations on a toy task, in a folder as `prepare` leaves it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("optuna")

import numpy as np  # noqa: E402
from click.testing import CliRunner  # noqa: E402
from test_transfer import bert  # noqa: E402
from toy import toy  # noqa: E402

from guardkit.trainer import stage  # noqa: E402
from guardkit.trainer.ablate import command as ablate  # noqa: E402
from guardkit.trainer.ablation import FAST, VARIANTS, Variant, answers, fresh, hide, kept, markdown  # noqa: E402
from guardkit.trainer.prune import Base, Size  # noqa: E402
from guardkit.trainer.search import command as search  # noqa: E402

SIZE = Size(layers=2, heads=4, keys=4, head=12, ffn=96, width=48, vocabulary=64)


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    torch.manual_seed(0)
    state = bert(48, 96, 2)
    state["embeddings.word_embeddings.weight"] = state["embeddings.word_embeddings.weight"][:64].clone()
    vocabulary = {f"piece{number}": number for number in range(64)}
    Base(state, SIZE, json.dumps({"model": {"vocab": vocabulary}})).save(tmp_path / "base")
    (tmp_path / "tokenizer.json").write_text(json.dumps({"model": {"vocab": vocabulary}}))
    (tmp_path / "kept.json").write_text(json.dumps(list(range(64))))
    data = toy(180)
    sources = np.array([("synth.a", "transform.b", "public")[number % 3] for number in range(180)])
    type(data)(**{**vars(data), "source": sources}).save(tmp_path / "prepared.npz")
    toy(60).save(tmp_path / "dev.npz")
    yield tmp_path


def test_the_ablations_are_tabulated_and_not_trained_twice(out: Path) -> None:
    names = ["whole model", "without the deep branch", "rounded to INT8 afterwards", "plain encoder from noise",
             "trained with the rounding, INT8"]  # fmt: skip
    arguments = ["--out", str(out), "--tiny", "--epochs", "2", *(part for name in names for part in ("--only", name))]
    done = CliRunner().invoke(ablate, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    rows = json.loads((out / "ablation.json").read_text())
    assert [row["name"] for row in rows] == [v.name for v in VARIANTS if v.name in names] + ["linear n-grams"]
    assert all(0.0 <= row["threat_unseen"] <= 1.0 for row in rows)  # the toy's source is none of the trained ones
    assert rows[-1]["threat_unseen"] > 0.9  # one piece tells: the linear model finds it
    assert rows[0]["parameters"] == rows[1]["parameters"] != rows[-2]["parameters"]
    trained = {path.parent: path.stat().st_mtime_ns for path in out.glob("ablation/*/checkpoint.pt")}
    assert len(trained) == 3  # two variants share the whole model's weights
    CliRunner().invoke(ablate, arguments, catch_exceptions=False)
    assert trained == {path.parent: path.stat().st_mtime_ns for path in out.glob("ablation/*/checkpoint.pt")}
    assert json.loads((out / "ablation.json").read_text()) == rows
    assert done.output.count("|") == (out / "ablation.md").read_text().count("|")


def test_the_fast_branch_alone_has_a_table_of_its_own(out: Path) -> None:
    done = CliRunner().invoke(
        ablate, ["--out", str(out), "--tiny", "--fast", "--only", "whole model"], catch_exceptions=False
    )
    assert done.exit_code == 0 and not (out / "ablation.json").exists()
    row, _ = json.loads((out / "ablation-fast.json").read_text())
    assert row["parameters"] < sum(p.numel() for p in fresh(out, VARIANTS[0], 0, True).parameters())
    assert {variant.name for variant in VARIANTS} - {variant.name for variant in FAST} == {
        "without the deep branch", "deep branch for every window", "chance instead of the router",
        "dense instead of experts",
    }  # fmt: skip
    refused = CliRunner().invoke(ablate, ["--out", str(out), "--fast", "--only", "dense instead of experts"])
    assert refused.exit_code == 2 and "dense instead of experts" in refused.output


def test_an_unknown_variant_is_refused(out: Path) -> None:
    done = CliRunner().invoke(ablate, ["--out", str(out), "--only", "without luck"])
    assert done.exit_code == 2 and "without luck" in done.output


def test_what_a_variant_never_sees() -> None:
    data = toy(12)
    blind = hide(data, ("characters", "channel"))
    assert not blind.characters.any() and not blind.channel.any() and np.array_equal(blind.tokens, data.tokens)
    sources = np.array(["synth.a", "transform.b", "public"] * 4)
    data = type(data)(**{**vars(data), "source": sources})
    left = kept(data, Variant("", left_out=r"^synth\.", labels=(0,)), 0, 1)
    assert [row for row in range(12) if row not in left] == [0, 6]  # harmless and of our generator
    assert len(kept(data, Variant(""), 5, 1)) == 5
    assert set(kept(data, Variant("", left_out=r"^transform\."), 0, 1)) == {0, 2, 3, 5, 6, 8, 9, 11}


def test_which_branch_is_believed() -> None:
    predicted = {"fast": np.zeros((10, 5), np.float32), "deep": np.ones((10, 5), np.float32),
                 "router": np.arange(10, dtype=np.float32)}  # fmt: skip
    assert answers(predicted, "routed")[:, 0].tolist() == [0] * 7 + [1] * 3
    assert answers(predicted, "random")[:, 0].sum() == 3 and not answers(predicted, "fast").any()


def test_every_variant_can_be_built(out: Path) -> None:
    whole = fresh(out, VARIANTS[0], 0, True)
    sizes = {}
    for variant in VARIANTS:
        model = fresh(out, variant, 0, True)
        sizes[variant.name] = sum(p.numel() for p in model.parameters())
        same = torch.equal(model.embedding.word.weight, whole.embedding.word.weight)
        assert same == variant.transferred, variant.name
    assert sizes["dense instead of experts"] < sizes["whole model"]
    assert len({variant.name for variant in VARIANTS}) == len(VARIANTS)


def test_distances_stand_in_the_table() -> None:
    text = markdown([{"name": "whole model", "threat": 0.9, "parameters": 2_000_000},
                     {"name": "less", "threat": 0.88}])  # fmt: skip
    assert "| whole model | 2.0 M | 0.9000 |" in text and "| less |  | 0.8800 (-0.0200) |" in text


def test_a_search_is_resumed(out: Path) -> None:
    arguments = ["--out", str(out), "--tiny", "--epochs", "0.3", "--windows", "60", "--trials"]
    for trials, expected in ((2, 2), (2, 2), (4, 4)):
        done = CliRunner().invoke(search, [*arguments, str(trials)], catch_exceptions=False)
        assert done.exit_code == 0
        found = json.loads((out / "search.json").read_text())
        assert len(found["trials"]) == expected
    assert found["value"] == max(trial["value"] for trial in found["trials"])
    best = next(trial for trial in found["trials"] if trial["value"] == found["value"])
    assert best["settings"] == found["settings"] and best["figures"]
    assert set(found["settings"]) == {"rate", "new_rate", "decay", "attacks", "smoothing", "harmful", "radius"}
    assert not list((out / "search").iterdir())
    run = stage.settings(stage.begin(out, True, 0), True)
    assert all(run.rate / 4 <= trial["settings"]["rate"] <= run.rate * 4 for trial in found["trials"])
