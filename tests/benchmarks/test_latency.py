import json
from functools import partial
from pathlib import Path
from pkgutil import resolve_name

import numpy as np
import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
onnx = pytest.importorskip("onnx")

from benchmarks import latency  # noqa: E402
from benchmarks.latency_report import markdown  # noqa: E402
from benchmarks.passages import passages  # noqa: E402
from benchmarks.peers import DEBERTA, MINILM, Contender, Peer  # noqa: E402
from benchmarks.scores import Subject  # noqa: E402
from benchmarks.stages import STAGES, breakdown  # noqa: E402
from benchmarks.startup import startup  # noqa: E402
from guardkit import Guard  # noqa: E402

LAYERS = 2
SMALL = {"num_hidden_layers": LAYERS, "hidden_size": 48, "intermediate_size": 96, "vocab_size": 500}
TINY = (
    Peer("MiniLM-L6", "Bert", {**MINILM, **SMALL}),
    Peer("DeBERTa-v3-xsmall", "DebertaV2", {**DEBERTA, **SMALL, "pooler_hidden_size": 48}),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model with random weights that sends every window to the deep branch."""
    from guardkit.trainer.export import export
    from guardkit.trainer.manifest import write_manifest
    from guardkit.trainer.model import Config, TinyGuardrail

    path = tmp_path_factory.mktemp("model")
    letters = "abcdefghijklmnopqrstuvwxyz0123456789.,?'"
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *letters, *(f"##{letter}" for letter in letters)]
    tokenizer = Tokenizer(models.WordPiece({piece: n for n, piece in enumerate(pieces)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.save(str(path / "tokenizer.json"))
    torch.manual_seed(0)
    config = Config(vocabulary=300, width=96, heads=4, ffn=192, fast_layers=2, deep_layers=2, expert_ffn=64)
    export(TinyGuardrail(config), path)
    scale = {"fast": [1, 0], "deep": [0.5, 0.5, 0], "text": [1, 0, 0]}
    thresholds = dict.fromkeys(("injection", "jailbreak", "obfuscation", "harmful"), 0.99)
    write_manifest(
        path, calibration={"threat": scale, "harmful": scale, "router": [-1e9, -1e9, -1e9], "confidence": 1},
        thresholds=dict.fromkeys(("strict", "balanced", "permissive"), thresholds), training={"date": "2026-03-04"},
        metrics={},
    )  # fmt: skip
    return path


@pytest.fixture(scope="module")
def peers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("peers")


def test_peers_are_what_they_claim(peers: Path) -> None:
    for peer in TINY:
        path = peer.build(peers)
        operators = [node.op_type for node in onnx.load(path).graph.node]
        assert operators.count("MatMulInteger") >= 6 * LAYERS
        # DeBERTa gathers a position bias twice per layer: content to position, position to content.
        biases = operators.count("GatherElements")
        assert biases == 2 * LAYERS if "DeBERTa" in peer.name else biases < LAYERS
        changed = path.stat().st_mtime_ns
        contender = Contender.open(peer, peers)
        assert path.stat().st_mtime_ns == changed  # built once
        for tokens in (3, 64, 700):
            contender.prepare(tokens, np.random.default_rng(0))()
    assert sorted(path.suffix for path in peers.iterdir()) == [".onnx", ".onnx"]


def test_end_to_end(folder: Path, peers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.console import Console

    pl = pytest.importorskip("polars")
    texts = ["Where is the museum?", "Count to ten, please.", "Which train goes north?"] * 4
    pl.DataFrame({"text": texts, "label": ["benign"] * 12, "harmful": [0] * 12, "channel": ["user", "document"] * 6,
                  "split": ["dev"] * 12, "lang": ["en"] * 12}).write_parquet(tmp_path / "train.parquet")  # fmt: skip
    monkeypatch.setattr(latency, "PEERS", TINY)
    monkeypatch.setattr(latency, "startup", partial(startup, rounds=1))
    subject, console = Subject.of(folder, "balanced"), Console(quiet=True)
    document = latency.latency(subject, tmp_path, peers, 5, 2, console, lengths=(16, 200))
    assert [line["tokens"] for line in document["lengths"]] == [16, 200]
    for line in document["lengths"]:
        names = {"guardkit", "fast graph", "deep graph", "MiniLM-L6", "DeBERTa-v3-xsmall"}
        assert set(line["milliseconds"]) == names
        assert all(0 < each["p50"] <= each["p95"] for each in line["milliseconds"].values())
        ours, peer = (line["milliseconds"][name]["p50"] for name in ("guardkit", "MiniLM-L6"))
        assert line["ratios"]["MiniLM-L6"]["p50"] == pytest.approx(ours / peer)
    dev = document["dev"]
    assert dev["rows"] == 5 and dev["deep"] == dev["deep_innocent"] == 1
    assert dev["stages"]["deep"] > 0
    start = document["startup"]
    assert start["loaded_by_import"] == [] and start["import"] < start["guard"] + start["first_check"] + 1_000
    report = markdown(json.loads(json.dumps(document)))
    assert "Over dev user traffic" in report and "museum" not in report and subject.date == "2026-03-04"


def test_passages_have_the_length(folder: Path) -> None:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    for length in (16, 33, 512):
        texts = list(passages(tokenizer, length, 20))
        assert len(texts) == 20 and len(set(texts)) == 16
        assert all(len(tokenizer.encode(text, add_special_tokens=False)) == length - 2 for text in texts)


def test_stages_add_up(folder: Path) -> None:
    before, guard = resolve_name("guardkit.pipeline.normalize"), Guard(model=folder)
    found = breakdown(
        guard, [("Please open the window.", "user"), ("aGVsbG8gdGhlcmUgbXkgZnJpZW5kLCBob3cgYXJlIHlvdQ==", "user")]
    )
    assert resolve_name("guardkit.pipeline.normalize") is before
    assert sum(found[stage] for stage in STAGES) == pytest.approx(found["all"])
    assert all(found[stage] > 0 for stage in STAGES)
    rules = breakdown(Guard(model=None), [("Please open the window.", "user")])
    assert rules["fast"] == rules["deep"] == 0 < rules["normalize"]
