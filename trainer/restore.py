"""The weights of a shipped model, read back from its INT8 graphs: a new release goes on from the last one.

Rounding to INT8 loses less than a few training steps change, and the fp32 checkpoint of a release is not in the
repository. The vocabulary may be another one, and releases whose deep branch still read the embedding are understood:
what its first layer did the fast branch's first layer does now, so that the others move up by one and a new last layer
starts as an identity.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from guardkit.trainer.config import Config
from guardkit.trainer.encoder import Experts, Layer
from guardkit.trainer.model import TinyGuardrail
from guardkit.trainer.stored import Stored
from guardkit.trainer.transfer import identity, probe
from guardkit.trainer.vocabulary import base_folder

__all__ = ["restore"]

WORDS = "embedding.word.weight"


@torch.no_grad()
def restore(
    folder: Path, tokenizer: str | None = None, kept: Sequence[int] = (), *, base: Tensor | None = None, seed: int = 0
) -> TinyGuardrail:
    """The model in `folder` (graphs, manifest and tokenizer) as torch weights, for more training.

    With a new `tokenizer`, pieces that the release knows keep its rows; others get those of the base model's word
    embedding `base`, `kept[id]` there. What its graphs do not have is random. Raises `ValueError` where a tensor does
    not fit.
    """
    torch.manual_seed(seed)
    stored = Stored(folder)
    config = _config(folder)
    model = TinyGuardrail(replace(config, vocabulary=len(kept)) if tokenizer else config)
    before = not stored.merged
    state = dict(model.state_dict())
    for name, old in state.items():
        found = stored.tensor(_down(name) if before else name)
        if found is None:
            continue
        if name == WORDS and tokenizer:
            found = _rows(found, _pieces(stored.tokenizer), _pieces(tokenizer), kept, base)
        if found.shape != old.shape:
            raise ValueError(f"{name} has shape {tuple(found.shape)}, the model wants {tuple(old.shape)}")
        state[name] = found
    model.load_state_dict(state)
    if before:
        _pass_on(model, seed)
    return model


def _config(folder: Path) -> Config:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    found = manifest["training"]["config"]
    known = {key: found[key] for key in Config.__dataclass_fields__ if key in found}
    return Config(**{**known, "kernels": tuple(known["kernels"])})


def _down(name: str) -> str:
    """The name of a deep layer's parameter, one layer further down."""
    parts = name.split(".")
    return ".".join([*parts[:2], str(int(parts[2]) + 1), *parts[3:]]) if name.startswith("deep.layers.") else name


def _pieces(tokenizer: str) -> dict[str, int]:
    pieces: dict[str, int] = json.loads(tokenizer)["model"]["vocab"]
    return pieces


def _rows(rows: Tensor, old: dict[str, int], new: dict[str, int], kept: Sequence[int], base: Tensor | None) -> Tensor:
    if base is None:
        base = load_file(base_folder() / "model.safetensors")["embeddings.word_embeddings.weight"]
    out = base[list(kept)].clone()
    known = [piece for piece in new if piece in old]
    out[[new[piece] for piece in known]] = rows[[old[piece] for piece in known]]
    out[0] = 0  # padding
    return out


def _pass_on(model: TinyGuardrail, seed: int) -> None:
    """The last deep layer: the one before, made to pass its input on."""
    layers = model.deep.layers
    last = layers[-1]
    assert isinstance(last, Layer) and isinstance(last.ffn, Experts)
    last.load_state_dict(layers[-2].state_dict())
    model.eval()
    x, mask = probe(model, torch.Generator().manual_seed(seed))
    x, mask = model.fast.merge(model.fast.layers[0](x, mask), mask)
    for layer in layers[:-1]:
        x = layer(x, mask)
    identity(last, x)
    model.train()
