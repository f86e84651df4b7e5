"""Last-layer retraining: what a head learns from states, and windows in another vocabulary."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

from toy import toy  # noqa: E402

from guardkit.classify import MODEL  # noqa: E402
from guardkit.trainer.heads import Head, balanced, fit, read, retrain, write  # noqa: E402
from guardkit.trainer.prepared import Example, Prepared  # noqa: E402
from guardkit.trainer.spelling import respell  # noqa: E402

SETTINGS = {"epochs": 40.0, "rate": 3e-2, "dropout": 0.0, "seed": 1}


@pytest.mark.parametrize("outputs", [1, 3])
def test_a_head_learns_what_the_states_tell(outputs: int) -> None:
    random = np.random.default_rng(0)
    target = random.integers(0, max(2, outputs), 900)
    states = (np.eye(8)[target] * 2 + random.normal(0, 0.3, (900, 8))).astype(np.float16)
    start = Head(np.zeros((outputs, 8), np.float32), np.zeros(outputs, np.float32))
    head = fit(start, states, target, np.ones(900, np.float32), **SETTINGS)
    logits = states.astype(np.float32) @ head.weight.T + head.bias
    said = logits.argmax(1) if outputs > 1 else (logits[:, 0] > 0).astype(int)
    assert (said == target).mean() > 0.99
    again = fit(start, states, target, np.ones(900, np.float32), **SETTINGS)
    assert np.array_equal(head.weight, again.weight), "the same seed gives the same head"
    assert not start.weight.any(), "the old head stays as it was"


def test_a_window_without_weight_teaches_nothing() -> None:
    target, states = np.array([0, 1] * 300), np.tile(np.eye(2, 4), (300, 1)).astype(np.float16)
    wrong = target.copy()
    wrong[:300] = 1 - wrong[:300]
    weight = np.repeat(np.array([0, 1], np.float32), 300)
    start = Head(np.zeros((1, 4), np.float32), np.zeros(1, np.float32))
    taught, clean = (fit(start, states, labels, weight, **SETTINGS) for labels in (wrong, target))
    assert np.array_equal(taught.weight, clean.weight) and taught.weight[0, 1] > 0 > taught.weight[0, 0]


def test_no_source_speaks_for_all() -> None:
    data = toy()
    source = np.array(["large"] * 200 + ["small"] * 40)
    weights = balanced(Prepared(**{**vars(data), "source": source}), data.label)
    large, small = weights[:200].sum(), weights[200:].sum()
    assert large / small == pytest.approx((200 / 40) ** 0.5, rel=0.05)


def texts(count: int) -> tuple[Prepared, str]:
    """Windows in a vocabulary of a few whole words, and its tokenizer."""
    words = ["[PAD]", "[CLS]", "[SEP]", "how", "do", "i", "bake", "bread", "steal", "a", "car", "##s"]
    tokenizer = json.dumps({"model": {"vocab": {word: number for number, word in enumerate(words)}}})
    calm, harm = ([1, 3, 4, 5, 6, 7, 2], [1, 3, 4, 5, 8, 10, 11, 2])
    rows = [
        Example(np.array(harm if n % 2 else calm), np.array([104, 111, 119] * 12), np.zeros(64, np.float32), 0, 0,
                n % 2, 1.0, "own")
        for n in range(count)
    ]  # fmt: skip
    return Prepared.collect(rows), tokenizer


def test_windows_are_spelled_anew_and_the_shipped_heads_learn_from_them(tmp_path: Path) -> None:
    data, tokenizer = texts(60)
    windows = respell(data, range(60), tokenizer, MODEL)
    vocabulary = json.loads((MODEL / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    names = {number: piece for piece, number in vocabulary.items()}
    (first, second) = (
        [names[piece] for piece in windows.tokens[windows.bounds[row] : windows.bounds[row + 1]]] for row in (0, 1)
    )
    assert "".join(first).replace("##", "") == "[CLS]howdoibakebread[SEP]" and first[0] == "[CLS]"
    assert "".join(second).replace("##", "") == "[CLS]howdoistealcars[SEP]"
    states = read(MODEL, windows, workers=1)
    assert states.fast.shape == states.deep.shape == (60, 384)
    assert np.array_equal(states.fast[0], states.fast[2]) and not np.array_equal(states.fast[0], states.fast[1])
    heads = retrain(MODEL, windows, states, 0, ("harmful",))
    assert set(heads) == {"fast.heads.harmful", "deep.heads.harmful"}
    write(MODEL, heads, tmp_path / "new")
    assert (tmp_path / "new" / "tokenizer.json").read_bytes() == (MODEL / "tokenizer.json").read_bytes()
    same = {}
    write(MODEL, same, tmp_path / "same")
    for name in ("fast.onnx", "deep.onnx"):
        assert (tmp_path / "same" / name).stat().st_size == (MODEL / name).stat().st_size
