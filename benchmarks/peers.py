"""The encoders that other guards are built on, as they would be shipped: exported from transformers, fp32 or INT8.

The weights are random: they cost the same time as trained ones. DeBERTa keeps its disentangled attention (content to
position and position to content over 256 log buckets), which is most of what it costs beyond its size.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from guardkit.classify.session import open_session

__all__ = ["PEERS", "Contender", "Peer"]

SHORT = 512  # tokens that most of them read at once; longer texts go through in parts
OPSET = 17

MINILM = {
    "vocab_size": 30_522, "hidden_size": 384, "num_hidden_layers": 6, "num_attention_heads": 12,
    "intermediate_size": 1_536, "max_position_embeddings": 512, "type_vocab_size": 2,
}  # fmt: skip
DISTILBERT = {
    "vocab_size": 30_522, "dim": 768, "n_layers": 6, "n_heads": 12, "hidden_dim": 3_072,
    "max_position_embeddings": 512,
}  # fmt: skip
DEBERTA = {
    "vocab_size": 128_100, "hidden_size": 384, "num_hidden_layers": 12, "num_attention_heads": 6,
    "intermediate_size": 1_536, "max_position_embeddings": 512, "type_vocab_size": 0, "position_biased_input": False,
    "relative_attention": True, "max_relative_positions": -1, "position_buckets": 256, "pos_att_type": ["p2c", "c2p"],
    "share_att_key": True, "norm_rel_ebd": "layer_norm", "layer_norm_eps": 1e-7, "pooler_dropout": 0.0,
    "pooler_hidden_act": "gelu", "pooler_hidden_size": 384, "pad_token_id": 0,
}  # fmt: skip
DEBERTA_BASE = {
    **DEBERTA, "hidden_size": 768, "num_attention_heads": 12, "intermediate_size": 3_072, "pooler_hidden_size": 768,
}  # fmt: skip
MODERNBERT = {
    "vocab_size": 50_368, "hidden_size": 1_024, "intermediate_size": 2_624, "num_hidden_layers": 28,
    "num_attention_heads": 16, "max_position_embeddings": 8_192, "global_attn_every_n_layers": 3,
    "local_attention": 128, "attn_implementation": "eager", "reference_compile": False,
}  # fmt: skip


@dataclass(frozen=True)
class Peer:
    """`family` names the configuration and the sequence classifier of transformers; `guards` who ships that shape."""

    name: str
    family: str
    config: dict[str, Any] = field(repr=False)
    precision: Literal["int8", "fp32"] = "int8"
    guards: str = ""
    longest: int = SHORT  # tokens that it reads at once
    stride: int = 1  # of dev traffic it reads only one text in so many, being slow

    def build(self, folder: Path) -> Path:
        """The graph, exported once, and quantised once where it is INT8."""
        full = folder / f"{self.name}-fp32.onnx"
        path = full if self.precision == "fp32" else folder / f"{self.name}-int8.onnx"
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            if self.precision == "fp32":
                part = full.with_suffix(".part")
                self.export(part)
                part.replace(full)
            else:
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

        class Logits(torch.nn.Module):
            def __init__(self, model: Any) -> None:
                super().__init__()
                self.model = model

            def forward(self, ids: Any, mask: Any) -> Any:
                return self.model(input_ids=ids, attention_mask=mask).logits

        tokens = torch.ones((1, 64), dtype=torch.int64)
        names = ["input_ids", "attention_mask"]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # tracing warns of every constant that it meets
            torch.onnx.export(
                Logits(model).eval(), (tokens, torch.ones_like(tokens)), str(path), input_names=names,
                output_names=["logits"],
                dynamic_axes={name: {0: "batch", 1: "length"} for name in names}, opset_version=OPSET, dynamo=False,
            )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Contender:
    """A peer ready to run, on one thread."""

    name: str
    vocabulary: int
    session: Any
    longest: int = SHORT

    @classmethod
    def open(cls, peer: Peer, folder: Path) -> Contender:
        session = open_session(peer.build(folder).read_bytes(), threads=1)
        return cls(peer.name, int(peer.config["vocab_size"]), session, peer.longest)

    def prepare(self, tokens: int, random: np.random.Generator) -> Callable[[], None]:
        """A call that reads `tokens` tokens, `longest` at a time; which ones makes no difference to the time."""
        parts: list[dict[str, NDArray[np.int64]]] = []
        for start in range(0, tokens, self.longest):
            ids = random.integers(5, self.vocabulary, (1, min(self.longest, tokens - start)))
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
    Peer("MiniLM-L6", "Bert", MINILM, guards="StackOne Defender"),
    Peer("DistilBERT", "DistilBert", DISTILBERT, guards="fmops"),
    Peer("DeBERTa-v3-xsmall", "DebertaV2", DEBERTA, guards="Prompt Guard 2 22M"),
    Peer("DeBERTa-v3-base", "DebertaV2", DEBERTA_BASE, guards="ProtectAI v2, PIGuard, deepset", stride=10),
    Peer("DeBERTa-v3-base fp32", "DebertaV2", DEBERTA_BASE, "fp32", "ProtectAI v2 as its users run it", stride=20),
    Peer("ModernBERT-large", "ModernBert", MODERNBERT, guards="Sentinel", longest=8_192, stride=20),
)
