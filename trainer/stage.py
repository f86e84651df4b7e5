"""What a training stage starts from: its windows, its settings and its weights."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import torch
from torch import nn

from guardkit.trainer.config import Config
from guardkit.trainer.loop import Run
from guardkit.trainer.model import TinyGuardrail
from guardkit.trainer.prepared import Prepared
from guardkit.trainer.prune import Base
from guardkit.trainer.restore import restore
from guardkit.trainer.transfer import initialise

__all__ = ["begin", "settings", "windows", "write"]

TINY = {"deep_layers": 2, "fast_layers": 2, "experts": 4, "prototypes": 16, "glance": 32, "local": 32,
        "character_filters": 16, "dropout": 0.0}  # fmt: skip
"""Of a model for rehearsals, beside the size of its base."""


def windows(out: Path, name: str = "prepared") -> Prepared:
    """The windows that `prepare` wrote to `out`: "prepared" to train on, "dev" to watch.

    Raises `click.ClickException`, which says what to run, where it wrote none.
    """
    if not (out / f"{name}.npz").exists():
        raise click.ClickException(f"{out} holds no {name}.npz: `python -m guardkit.trainer prepare` writes it")
    return Prepared.load(out / f"{name}.npz")


def settings(model: TinyGuardrail, tiny: bool, **wanted: Any) -> Run:
    """A run; a GPU takes larger batches and gives the deep branch more of them, a rehearsal takes many small ones."""
    run = Run(**wanted)
    if tiny:
        return replace(run, batch_tokens=1_024, rate=1e-3, new_rate=1e-3, average=0.9)
    if next(model.parameters()).device.type == "cpu":
        return run
    weights = replace(run.weights, deep_hard=0.3, deep_random=0.2)
    return replace(run, batch_tokens=65_536, batch_rows=1_024, rate=3e-4, new_rate=1e-3, weights=weights)


def shape(base: Base | None, tiny: bool) -> Config:
    """The configuration of a model that starts from a pruned base, or from MiniLM as it is."""
    config = Config(**TINY) if tiny else Config()
    if base is None:
        return config
    size = base.size
    if size.ffn % 3:
        raise ValueError(f"experts take thirds of the base's {size.ffn} neurons")
    return replace(
        config, vocabulary=size.vocabulary, width=size.width, heads=size.heads, ffn=size.ffn,
        fast_layers=min(config.fast_layers, size.layers), expert_ffn=2 * size.ffn // 3,
    )  # fmt: skip


def begin(out: Path, tiny: bool, seed: int, start: Path | None = None) -> TinyGuardrail:
    """The model to train, on the GPU if there is one: a release, else the pre-trained, else the transferred weights."""
    torch.manual_seed(seed)
    kept: list[int] = json.loads((out / "kept.json").read_text())
    if start is not None:
        model = restore(start, (out / "tokenizer.json").read_text("utf-8"), kept, seed=seed)
        for module in model.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0  # about one pass over fresh windows: nothing is learnt by heart
    else:
        base = Base.load(out / "base") if (out / "base").exists() else None
        model = TinyGuardrail(replace(shape(base, tiny), vocabulary=len(kept)))
        if (out / "pretrained.pt").exists():
            model.load_state_dict(torch.load(out / "pretrained.pt", weights_only=True))
        else:
            initialise(model, kept, None if base is None else base.state, seed=seed)
    return model.to("cuda" if torch.cuda.is_available() else "cpu")


def write(model: TinyGuardrail, path: Path) -> None:
    torch.save({name: value.cpu() for name, value in model.state_dict().items()}, path)
