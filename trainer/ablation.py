"""What every component is worth, by leaving it out of an otherwise equal training.

Every variant is trained on the same windows for as long as the whole model, and measured on the dev windows of a
prepared run. Variants that only answer differently (without the deep branch, without the router) share its weights.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from guardkit.trainer import stage
from guardkit.trainer.config import Config
from guardkit.trainer.linear import Linear
from guardkit.trainer.model import TinyGuardrail
from guardkit.trainer.prepared import Prepared
from guardkit.trainer.prune import Base
from guardkit.trainer.quantize import quantize
from guardkit.trainer.train import load, train
from guardkit.trainer.transfer import initialise
from guardkit.trainer.validate import predict

__all__ = ["FAST", "VARIANTS", "Variant", "ablate", "floor", "markdown"]

DEEP_SHARE = 0.3  # of the windows, by the router's logit
FALSE_ALARMS = 0.01  # at which recall is told
ROUNDED_FROM = 0.6  # share of the run

Scores = NDArray[np.float32]  # (N, threats + 1) probabilities


@dataclass(frozen=True)
class Variant:
    """A training run that differs from the whole model's in one thing."""

    name: str
    config: Callable[[Config], Config] = lambda config: config
    run: dict[str, Any] = field(default_factory=dict)  # changed settings
    hidden: tuple[str, ...] = ()  # inputs that it never sees, in training nor on dev
    left_out: str = ""  # harmless or attacking sources that it is not trained on, as a pattern
    labels: tuple[int, ...] = (-1, 0, 1, 2, 3)  # of these labels
    transferred: bool = True  # weights from the base, or from noise
    quantize_from: float = 1.0
    rounded: bool = False  # measured with the rounding of INT8
    answer: str = "routed"  # "routed" | "fast" | "deep" | "random": which branch is believed
    of: str = ""  # the variant whose weights it shares
    deep: bool = False  # it is about the deep branch
    folder: str = "ablation"  # of its checkpoint


def _dense(config: Config) -> Config:
    """One feed-forward as wide as the experts that are active together."""
    return replace(config, experts=1, active=1, expert_ffn=config.active * config.expert_ffn)


def _plain(config: Config) -> Config:
    """An encoder and its heads: 16 M parameters at the full size."""
    return _shallow(replace(config, fast_layers=config.fast_layers + 1))


def _shallow(config: Config) -> Config:
    """With a deep branch that costs next to nothing, and that nobody asks."""
    return replace(config, deep_layers=1, experts=1, active=1, expert_ffn=8)


def _fast(variant: Variant) -> Variant:
    return replace(variant, config=lambda c: _shallow(variant.config(c)), answer="fast", folder="ablation-fast")


BLIND = ("characters", "features", "channel")
WHOLE = "whole model"
VARIANTS = (
    Variant(WHOLE),
    Variant("without the deep branch", answer="fast", of=WHOLE, deep=True),
    Variant("deep branch for every window", answer="deep", of=WHOLE, deep=True),
    Variant("chance instead of the router", answer="random", of=WHOLE, deep=True),
    Variant("rounded to INT8 afterwards", rounded=True, of=WHOLE),
    Variant("trained with the rounding, INT8", quantize_from=ROUNDED_FROM, rounded=True),
    Variant("without the character CNN", hidden=("characters",)),
    Variant("without detector features", hidden=("features",)),
    Variant("without the channel", hidden=("channel",)),
    Variant("dense instead of experts", config=_dense, deep=True),
    Variant("from noise, not from the base", transferred=False),
    Variant("without adversarial steps", run={"attacks": 0}),
    Variant("without hard negatives", left_out=r"^synth\.", labels=(0,)),
    Variant("without transformed copies", left_out=r"^transform\."),
    Variant("plain encoder from noise", config=_plain, hidden=BLIND, transferred=False, answer="fast"),
)
FAST = tuple(_fast(variant) for variant in VARIANTS if not variant.deep)
"""The same of the fast branch alone, which decides on most texts: many times the windows in the same time."""


def ablate(out: Path, variant: Variant, wanted: dict[str, Any], windows: int, tiny: bool) -> dict[str, Any]:
    """The figures of one variant; what is trained already is only measured."""
    folder = out / variant.folder / re.sub(r"\W+", "-", variant.of or variant.name)
    data, dev = (hide(stage.windows(out, name), variant.hidden) for name in ("prepared", "dev"))
    if not (folder / "done").exists():
        model = fresh(out, variant, int(wanted["seed"]), tiny)
        run = replace(stage.settings(model, tiny, **wanted), **variant.run)
        rows = kept(data, variant, windows, run.seed)
        train(model, data, run, folder, rows=rows, quantize_from=variant.quantize_from, title=variant.name)
        (folder / "done").touch()
    model = load(folder / "checkpoint.pt")
    quantize(model, variant.rounded)
    figures = measure(answers(predict(model, dev), variant.answer), dev, set(data.source.tolist()))
    return {"name": variant.name, "parameters": sum(p.numel() for p in model.parameters()), **figures}


def fresh(out: Path, variant: Variant, seed: int, tiny: bool) -> TinyGuardrail:
    torch.manual_seed(seed)
    base = Base.load(out / "base") if (out / "base").exists() else None
    pieces: list[int] = json.loads((out / "kept.json").read_text())
    model = TinyGuardrail(variant.config(replace(stage.shape(base, tiny), vocabulary=len(pieces))))
    if variant.transferred:
        initialise(model, pieces, None if base is None else base.state, seed=seed)
    return model.to("cuda" if torch.cuda.is_available() else "cpu")


def hide(data: Prepared, inputs: Sequence[str]) -> Prepared:
    """The windows with all characters of one class, all features zero, or all from one channel."""
    nothing = {name: np.zeros_like(getattr(data, name)) for name in inputs}
    return replace(data, **nothing)


def kept(data: Prepared, variant: Variant, windows: int, seed: int) -> NDArray[np.int64]:
    """The rows that a variant is trained on: the same random ones for all, without what it leaves out."""
    rows = np.random.default_rng(seed).permutation(len(data))[: windows or len(data)]
    if variant.left_out:
        out = np.array([bool(re.search(variant.left_out, source)) for source in data.source[rows]])
        rows = rows[~(out & np.isin(data.label[rows], variant.labels))]
    return np.sort(rows)


def answers(predicted: dict[str, Scores], answer: str) -> Scores:
    """The probabilities that are believed: of a branch, or of the deep one for a share of the windows."""
    if answer in ("fast", "deep"):
        return predicted[answer]
    router = predicted["router"] if answer == "routed" else np.random.default_rng(0).random(len(predicted["fast"]))
    deep = router >= np.quantile(router, 1 - DEEP_SHARE)
    return np.where(deep[:, None], predicted["deep"], predicted["fast"])


def measure(scores: Scores, dev: Prepared, trained: set[str]) -> dict[str, float]:
    """AUC of both heads over windows of trained and of unseen sources, and the threat head's recall."""
    unseen = np.array([source not in trained for source in dev.source])
    threat = 1 - scores[:, 0]
    figures: dict[str, float] = {}
    for head, truth, score in (("threat", dev.label, threat), ("harmful", dev.harmful, scores[:, -1])):
        for kind, part in (("", ~unseen), ("_unseen", unseen)):
            at = part & (truth >= 0)
            if len(set((truth[at] > 0).tolist())) == 2:
                figures[head + kind] = round(float(roc_auc_score(truth[at] > 0, score[at])), 4)
    benign, attacks = threat[dev.label == 0], threat[dev.label > 0]
    if len(benign) and len(attacks):
        figures["recall"] = round(float((attacks > np.quantile(benign, 1 - FALSE_ALARMS)).mean()), 4)
    return figures


def floor(out: Path, windows: int, seed: int) -> dict[str, float]:
    """The linear model of word and character n-grams over the pieces of the same windows."""
    data, dev = stage.windows(out), stage.windows(out, "dev")
    vocabulary = json.loads((out / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    names = {number: piece for piece, number in vocabulary.items()}
    rows = kept(data, Variant(""), windows, seed)
    scores = np.zeros((len(dev), 5), np.float32)
    for truth, column in ((data.label, 0), (data.harmful, -1)):
        known = rows[truth[rows] >= 0]
        classes = (truth[known] > 0).astype(int)
        if len(set(classes.tolist())) == 2:
            found = Linear(seed).fit(_texts(data, known, names), classes.tolist())
            odds = found.score(_texts(dev, np.arange(len(dev)), names))
            scores[:, column] = odds if column else -odds
    return measure(scores, dev, set(data.source.tolist()))


def _texts(data: Prepared, rows: NDArray[np.int64], names: dict[int, str]) -> list[str]:
    """Windows as text again, without [CLS] and [SEP]."""
    spans = ((data.bounds[row] + 1, data.bounds[row + 1] - 1) for row in rows)
    joined = (" ".join(names.get(int(token), "") for token in data.tokens[start:end]) for start, end in spans)
    return [text.replace(" ##", "") for text in joined]


def markdown(rows: Sequence[dict[str, Any]]) -> str:
    """The table, with the distance to the whole model where it is in it."""
    columns = ("threat", "threat_unseen", "harmful", "harmful_unseen", "recall")
    whole = next((row for row in rows if row["name"] == WHOLE), None)
    lines = [
        "# Ablations",
        "",
        f"AUC on dev windows, of trained and of unseen sources; recall at {FALSE_ALARMS:.0%} false alarms. In brackets "
        "the distance to the whole model.",
        "",
        "| variant | parameters | threat | unseen | harmful | unseen | recall |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        cells = []
        for column in columns:
            if column not in row:
                cells.append("")
                continue
            own = f"{row[column]:.4f}"
            compared = whole is not None and row is not whole and column in whole
            cells.append(f"{own} ({row[column] - whole[column]:+.4f})" if compared and whole is not None else own)
        size = f"{row['parameters'] / 1e6:.1f} M" if "parameters" in row else ""
        lines.append(f"| {row['name']} | {size} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
