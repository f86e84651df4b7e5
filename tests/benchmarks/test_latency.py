import json
import time
from dataclasses import asdict, replace
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
from benchmarks.footprint import footprint  # noqa: E402
from benchmarks.latency_report import markdown  # noqa: E402
from benchmarks.passages import passages  # noqa: E402
from benchmarks.peers import DEBERTA, MINILM, PEERS, Contender, Peer  # noqa: E402
from benchmarks.roofline import work  # noqa: E402
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
    reach = 0.8  # random weights say a little less
    thresholds = dict.fromkeys(("injection", "jailbreak", "obfuscation", "harmful"), reach)
    write_manifest(
        path, calibration={"threat": scale, "harmful": scale, "router": [-1e9, -1e9], "exits": [-1e9, -1e9],
                     "confidence": 1},
        thresholds=dict.fromkeys(("strict", "balanced", "permissive"), thresholds),
        training={"date": "2026-03-04", "config": asdict(config)},
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
    monkeypatch.setattr(latency, "startup", partial(startup, rounds=1))
    broken = Peer("odd", "NoSuchFamily", {})
    plan = latency.Plan(5, 2, 2, 60.0, (16, 200), (*TINY, broken))
    subject = Subject.of(folder, "balanced")
    document = latency.latency(subject, tmp_path, peers, plan, Console(quiet=True))
    assert [line["tokens"] for line in document["lengths"]] == [16, 200] and set(document["absent"]) == {"odd"}
    for line in document["lengths"]:
        names = {"guardkit", "fast graph", "deep graph", "MiniLM-L6", "DeBERTa-v3-xsmall"}
        assert set(line["milliseconds"]) == names and line["late"] == []
        assert all(0 < each["p50"] <= each["p95"] <= each["p99"] for each in line["milliseconds"].values())
        ours, peer = (line["milliseconds"][name]["p50"] for name in ("guardkit", "MiniLM-L6"))
        assert line["ratios"]["MiniLM-L6"]["p50"] == pytest.approx(ours / peer)
        low, high = line["ratio_spread"]["MiniLM-L6"]["p50"]
        assert 0 < low <= high and set(line["ratio_spread"]) == {"MiniLM-L6", "DeBERTa-v3-xsmall"}
    dev = document["dev"]
    assert dev["rows"] == 5 and dev["rounds"] == 2
    for key in ("mean", "p50", "p95", "p99"):
        low, high = dev["ratio_spread"]["MiniLM-L6"][key]
        assert 0 < low <= high < 100
    low, high = dev["ratio_spread"]["MiniLM-L6"]["mean"]
    assert low <= dev["ratios"]["MiniLM-L6"]["mean"] <= high, "the whole lies between its rounds"
    assert dev["deep"] == dev["deep_innocent"] == 1
    assert dev["stages"]["deep"] > 0
    start = document["startup"]
    assert start["loaded_by_import"] == [] and start["import"] < start["guard"] + start["first_check"] + 1_000
    assert start["cold_start"] == pytest.approx(start["import"] + start["guard"] + start["first_check"])
    assert [line["median"] > 0 for line in document["throughput"]] == [True] * 3
    graphs = document["roofline"]["graphs"]
    assert set(graphs) == {"fast", "deep"} and all(each["bound"] > 0 < each["measured"] for each in graphs.values())
    assert document["footprint"]["packages"] >= 4 and document["footprint"]["model_bytes"] > 0
    report = markdown(json.loads(json.dumps(document)))
    assert "Over dev user traffic" in report and "museum" not in report and subject.date == "2026-03-04"
    assert "**Not built here**: odd (AttributeError" in report and "## Roofline" in report


def test_who_is_too_slow_is_left_out() -> None:
    """The second length is foreseen from the first one: the slow contender is not even tried."""
    tried: list[int] = []
    plan = latency.Plan(rounds=2, texts=3, budget=0.2)
    calls = {"quick": lambda: None, "slow": lambda: tried.append(1) or time.sleep(0.05)}
    longest: dict[str, tuple[int, float]] = {}
    counts, late = latency._counts(calls, longest, 100, plan)
    assert counts["quick"] == 3 and 0 <= counts["slow"] <= 1 and len(tried) == 2
    counts, late = latency._counts(calls, longest, 1_000, plan)
    assert counts["quick"] == 3 and counts["slow"] == 0 and late == ["slow"] and len(tried) == 2


def test_a_slow_peer_is_compared_on_the_texts_that_it_has_read() -> None:
    rounds = [
        {"guardkit": [1.0, 9.0, 3.0, 9.0], "slow": [2.0, 6.0]},
        {"guardkit": [3.0, 8.0, 5.0, 8.0], "slow": [4.0, 4.0]},
    ]
    found = latency._summary(rounds, {"slow": 2})
    assert found["ratios"]["slow"]["mean"] == 0.75 and found["milliseconds"]["guardkit"]["mean"] == 5.75
    assert found["ratio_spread"]["slow"]["mean"] == [0.5, 1.0]


def test_spread_is_of_the_rounds() -> None:
    rounds = [{"guardkit": [2.0, 4.0, 6.0], "peer": [8.0, 8.0]}, {"guardkit": [6.0], "peer": [4.0]}]
    found = latency._summary(rounds)
    assert found["spread"] == {"guardkit": {"p50": [4.0, 6.0]}, "peer": {"p50": [4.0, 8.0]}}
    assert found["ratio_spread"]["peer"]["p50"] == [0.5, 1.5] and found["milliseconds"]["guardkit"]["mean"] == 4.5


def test_work_is_counted_from_the_configuration() -> None:
    config = {"width": 4, "ffn": 8, "fast_layers": 2, "deep_layers": 3, "expert_ffn": 5, "active": 2}
    found = work(config, 10)
    assert found["fast"] == (2 * 10 * 2 * (64 + 64 + 2 * 10 * 4), 2 * 128)
    assert found["deep"] == (2 * 10 * 3 * (64 + 80 + 2 * 10 * 4), 3 * 144)


def test_the_footprint_follows_requirements_without_extras() -> None:
    found = footprint(Path(__file__).parent, "rich")
    names = {name for name, _ in found["largest"]}
    assert {"markdown-it-py", "pygments"} <= names and found["packages"] == 3  # those two and mdurl
    assert found["packages_bytes"] > found["largest"][0][1] > 100_000


def test_every_peer_is_exported_from_its_family(tmp_path: Path) -> None:
    small = {
        "ModernBert": {"hidden_size": 48, "num_attention_heads": 4, "intermediate_size": 64, "num_hidden_layers": 3,
                       "vocab_size": 100, "pad_token_id": 0, "cls_token_id": 1, "sep_token_id": 2, "bos_token_id": 1,
                       "eos_token_id": 2},
        "DistilBert": {"dim": 48, "n_layers": 1, "hidden_dim": 64, "vocab_size": 100},
    }  # fmt: skip
    for peer in PEERS:
        if peer.family in small:
            tiny = replace(peer, config={**peer.config, **small[peer.family]})
            contender = Contender.open(tiny, tmp_path)
            contender.prepare(700, np.random.default_rng(0))()
            assert contender.longest == (8_192 if peer.family == "ModernBert" else 512)
    full = Peer("f", "Bert", {**MINILM, **SMALL}, "fp32").build(tmp_path)
    assert full.name == "f-fp32.onnx" and "MatMulInteger" not in {n.op_type for n in onnx.load(full).graph.node}


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
