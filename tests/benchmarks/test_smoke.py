"""The shipped model holds the floor, and a model that is broken in any of three ways does not."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from benchmarks import smoke
from benchmarks.__main__ import main
from benchmarks.scores import Subject, digest
from benchmarks.smoke import Figure, Floor, failures, own, renewed
from guardkit.classify import MODEL

onnx = pytest.importorskip("onnx")

PLAIN = ("recall", "false positives", "AUC", "model's recall")


def floors() -> dict[str, Floor]:
    _, found = smoke.load()
    return found[smoke.OWN]


def changed(name: str, edit: Callable[[str, Any], Any], folder: Path) -> None:
    """Edits the initializers of one graph, by name and value; None leaves one alone."""
    graph = onnx.load(MODEL / name)
    edited = 0
    for tensor in graph.graph.initializer:
        value = edit(tensor.name, onnx.numpy_helper.to_array(tensor))
        if value is not None:
            tensor.CopyFrom(onnx.numpy_helper.from_array(value, tensor.name))
            edited += 1
    assert edited
    (folder / name).unlink()
    onnx.save(graph, folder / name)


def labels_shuffled(folder: Path) -> None:
    """Each threat logit says what its neighbour should."""

    def edit(name: str, value: Any) -> Any:
        return np.roll(value, 1, axis=0).copy() if "heads.threat." in name else None

    changed("fast.onnx", edit, folder)
    changed("deep.onnx", edit, folder)


def scale_off(folder: Path) -> None:
    """The scales of the fast branch's INT8 weights are three times too large, as after a mix-up of 4 and 8 bits."""
    changed("fast.onnx", lambda name, value: 3 * value if name.endswith(".scale") else None, folder)


def tokenizer_swapped(folder: Path) -> None:
    """Every ordinary word piece has the number of another one."""
    path = folder / "tokenizer.json"
    document = json.loads(path.read_text("utf-8"))
    vocabulary = document["model"]["vocab"]
    special = {token["content"] for token in document["added_tokens"]}
    pieces = sorted((piece for piece in vocabulary if piece not in special), key=vocabulary.__getitem__)
    numbers = [vocabulary[piece] for piece in pieces]
    vocabulary |= dict(zip(pieces, np.roll(numbers, 777).tolist(), strict=True))
    path.unlink()
    path.write_text(json.dumps(document), "utf-8")


def broken(how: Callable[[Path], None], folder: Path) -> Path:
    """A copy of the shipped model that passes the integrity check and is wrong."""
    for path in MODEL.iterdir():
        shutil.copy(path, folder / path.name)
    how(folder)
    manifest = json.loads((MODEL / "manifest.json").read_text("utf-8"))
    for name, entry in manifest["files"].items():
        entry |= {"sha256": digest(folder / name), "bytes": (folder / name).stat().st_size}
    (folder / "manifest.json").unlink()
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder


def test_the_shipped_model_holds_the_committed_floor() -> None:
    """The check of CI: without the public suites, which only some machines have."""
    figures = own(Subject.of("default", "balanced"))
    assert failures(figures, floors()) == [], {name: figure.value for name, figure in figures.items()}


@pytest.mark.parametrize("how", [labels_shuffled, scale_off, tokenizer_swapped])
def test_a_broken_model_is_caught(how: Callable[[Path], None], tmp_path: Path) -> None:
    figures = own(Subject.of(broken(how, tmp_path), "balanced"), hidden=())
    bounds = {name: floor for name, floor in floors().items() if name in PLAIN}
    assert set(figures) == set(bounds) and failures(figures, bounds), figures


def test_no_model_at_all_is_caught() -> None:
    figures = own(Subject.of(None, "balanced"), hidden=())
    assert {"recall", "model's recall"} <= set(failures(figures, floors()))


def test_the_floors_of_a_release() -> None:
    figures = {
        "recall": Figure(0.9, (0.85, 0.95)),
        "false positives": Figure(0.02, (0.01, 0.05)),
        "AUC": Figure(1.0, (1.0, 1.0)),
    }
    bounds = renewed(figures)
    assert bounds == {
        "recall": Floor(0.85, False), "false positives": Floor(0.05, True), "AUC": Floor(smoke.AREA, False),
    }  # fmt: skip
    assert failures(figures, bounds) == []
    worse = figures | {"false positives": Figure(0.06, (0.0, 1.0)), "AUC": Figure(0.97, (0.9, 1.0))}
    assert failures(worse, bounds) == ["false positives", "AUC"]
    del worse["recall"]
    assert "recall" in failures(worse, bounds)


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smoke, "HIDDEN", ())
    monkeypatch.setattr(smoke, "FLOORS", tmp_path / "smoke.json")
    monkeypatch.setattr(smoke, "own", lambda subject, cache: {"recall": Figure(0.5, (0.4, 0.6))})
    smoke.save("abc", {smoke.OWN: {"recall": Floor(0.7, False)}}, smoke.FLOORS)
    monkeypatch.setattr(smoke, "load", lambda load=smoke.load: load(smoke.FLOORS))
    monkeypatch.setattr(smoke, "save", lambda model, floors, save=smoke.save: save(model, floors, smoke.FLOORS))
    failed = CliRunner().invoke(main, ["smoke", "--model=none"])
    assert failed.exit_code == 1 and "| own: recall | 0.500 | 0.700 | **fail** |" in failed.output
    renewed = CliRunner().invoke(main, ["smoke", "--model=none", "--renew"])
    assert renewed.exit_code == 0 and "| own: recall | 0.500 | 0.400 | pass |" in renewed.output
    assert smoke.load() == ("rules", {smoke.OWN: {"recall": Floor(0.4, False)}})
