"""Two encoders that other guards are built on, as they would be shipped: exported from transformers, then INT8.

The weights are random: they cost the same time as trained ones. DeBERTa keeps its disentangled attention (content to
position and position to content over 256 log buckets), which is most of what it costs beyond its size.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guardkit.classify.session import open_session

__all__ = ["PEERS", "Contender", "Peer"]

LONGEST = 512  # tokens that both read at once; longer texts go through in parts
OPSET = 17

MINILM = {
    "vocab_size": 30_522, "hidden_size": 384, "num_hidden_layers": 6, "num_attention_heads": 12,
    "intermediate_size": 1_536, "max_position_embeddings": 512, "type_vocab_size": 2,
}  # fmt: skip
DEBERTA = {
    "vocab_size": 128_100, "hidden_size": 384, "num_hidden_layers": 12, "num_attention_heads": 6,
    "intermediate_size": 1_536, "max_position_embeddings": 512, "type_vocab_size": 0, "position_biased_input": False,
    "relative_attention": True, "max_relative_positions": -1, "position_buckets": 256, "pos_att_type": ["p2c", "c2p"],
    "share_att_key": True, "norm_rel_ebd": "layer_norm", "layer_norm_eps": 1e-7, "pooler_dropout": 0.0,
    "pooler_hidden_act": "gelu", "pooler_hidden_size": 384, "pad_token_id": 0,
}  # fmt: skip


@dataclass(frozen=True)
class Peer:
    """`family` names the configuration and the sequence classifier of transformers."""

    name: str
    family: str
    config: dict[str, Any] = field(repr=False)

    def build(self, folder: Path) -> Path:
        """The INT8 graph, exported and quantised once."""
        path = folder / f"{self.name}-int8.onnx"
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            full = folder / f"{self.name}-fp32.onnx"
            self.export(full)
            _quantize(full, path)
            full.unlink()
        return path

    def export(self, path: Path) -> None:
        """The fp32 graph, with a dynamic batch and length."""
        try:
            import torch
            import transformers
        except ImportError as error:
            raise ImportError(
                "the peers are built with torch and transformers: pip install torch transformers"
            ) from error
        torch.manual_seed(0)
        config = getattr(transformers, f"{self.family}Config")(**self.config, num_labels=2)
        model = getattr(transformers, f"{self.family}ForSequenceClassification")(config).eval()
        model.config.return_dict = False
        tokens = torch.ones((1, 64), dtype=torch.int64)
        names = ["input_ids", "attention_mask"]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # tracing warns of every constant that it meets
            torch.onnx.export(
                model, (tokens, torch.ones_like(tokens)), str(path), input_names=names, output_names=["logits"],
                dynamic_axes={name: {0: "batch", 1: "length"} for name in names}, opset_version=OPSET, dynamo=False,
            )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Contender:
    """A peer ready to run, on one thread."""

    name: str
    vocabulary: int
    session: Any

    @classmethod
    def open(cls, peer: Peer, folder: Path) -> Contender:
        return cls(peer.name, int(peer.config["vocab_size"]), open_session(peer.build(folder).read_bytes(), threads=1))

    def prepare(self, tokens: int, random: np.random.Generator) -> Callable[[], None]:
        """A call that reads `tokens` tokens, 512 at a time; which ones makes no difference to the time."""
        parts: list[dict[str, NDArray[np.int64]]] = []
        for start in range(0, tokens, LONGEST):
            ids = random.integers(5, self.vocabulary, (1, min(LONGEST, tokens - start)))
            parts.append({"input_ids": ids, "attention_mask": np.ones_like(ids)})

        def run() -> None:
            for part in parts:
                self.session.run(None, part)

        return run


def _quantize(full: Path, path: Path) -> None:
    """Dynamic INT8, one scale per output channel."""
    import logging

    from onnxruntime.quantization import QuantType, quantize_dynamic

    part = path.with_suffix(".part")
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.ERROR)  # it recommends a preprocessing that peers do without
    try:
        quantize_dynamic(full, part, per_channel=True, weight_type=QuantType.QInt8)
    finally:
        root.setLevel(level)
    part.replace(path)


PEERS: tuple[Peer, ...] = (
    Peer("MiniLM-L6", "Bert", MINILM),
    Peer("DeBERTa-v3-xsmall", "DebertaV2", DEBERTA),
)
