"""What each part of the guard is worth where it is needed: the same texts without it, everything else as it is.

The parts were trained and calibrated together, so that a part which is missing here is missed more than one that a
training did without (`python -m guardkit.trainer ablate` measures that); what costs nothing here is not needed at all.
Texts are the dev split, and our own attacks and harmless texts behind every encoding that can be undone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from sklearn.metrics import roc_auc_score

from benchmarks.machine import machine
from benchmarks.markdown import percent, score, table
from benchmarks.rows import DataMissing, Row, Rows
from benchmarks.seeds import ATTACKS, BENIGN
from guardkit import Guard, Verdict
from guardkit.classify.characters import encode_characters
from guardkit.classify.session import Classifier
from guardkit.detect.features import SIZE
from guardkit.normalize import Normalized
from guardkit.redteam.transforms import TRANSFORMS
from guardkit.verdict import Channel

__all__ = ["PARTS", "Part", "knockout", "markdown"]

READING = "guardkit.classify.reading"
TOLD = 0.01  # false alarms of the threat head at which recall is compared, whatever the threshold
COPIES = 2  # of each encoding

Document = dict[str, Any]
Figures = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Part:
    """What is taken away: where the line looks a step up, and what stands in its place."""

    name: str
    patches: Mapping[str, Any] = field(default_factory=dict)
    channel: Channel | None = None  # that every text is said to come from

    @contextmanager
    def missing(self) -> Iterator[None]:
        with ExitStack() as stack:
            for target, stand_in in self.patches.items():
                stack.enter_context(patch(target, stand_in))
            yield


_whole_branch = Classifier.fast
PARTS = (
    Part("nothing"),
    Part("decoders", {"guardkit.pipeline.DECODERS": ()}),
    Part("normaliser", {"guardkit.pipeline.normalize": Normalized}),
    Part("hand-made patterns as evidence", {"guardkit.pipeline.DETECTORS": ()}),
    Part("characters", {f"{READING}.encode_characters": lambda text: encode_characters(text) * 0}),
    Part("detector features", {f"{READING}.features": lambda *_: np.zeros(SIZE, np.float32)}),
    Part("channel", channel="user"),
    Part("close-ups", {f"{READING}.closeups": lambda text: []}),
    Part("deep branch", {f"{READING}.DEEP": 0}),
    Part("early exit", {f"{READING}.Classifier.fast": lambda self, *inputs: _whole_branch(self, *inputs[:4])}),
)


def knockout(guard: Guard, data: Path, limit: int, console: Console) -> Document:
    """The figures without each part, on at most `limit` dev rows and the encoded texts."""
    rows, unseen = _dev(data, limit)
    hidden = _encoded()
    found = []
    for part in PARTS:
        with part.missing():
            verdicts = _judged(guard, rows, part, console)
            encoded = _judged(guard, hidden, part, console)
        found.append({"without": part.name, **_figures(rows, unseen, verdicts), **_behind(hidden, encoded)})
        console.print(found[-1])
    return {"machine": machine(), "texts": len(rows), "encoded": len(hidden), "parts": found}


def _dev(data: Path, limit: int) -> tuple[Rows, NDArray[np.bool_]]:
    """Dev rows, and which of them are of sources that training never saw."""
    import polars as pl

    path = data / "train.parquet"
    if not path.exists():
        raise DataMissing(f"{data} holds no train.parquet")
    table = pl.read_parquet(path, columns=["text", "label", "harmful", "channel", "lang", "source", "split"])
    trained = set(table.filter(pl.col("split") == "train")["source"].unique())
    dev = table.filter(pl.col("split") == "dev").sort("source", "text")
    chosen = dev[np.linspace(0, len(dev) - 1, min(limit, len(dev))).astype(int)]
    rows = (Row(*values) for values in chosen.select("text", "label", "harmful", "channel", "lang").iter_rows())
    return Rows.of(rows), np.array([source not in trained for source in chosen["source"]])


def _encoded() -> Rows:
    draw = random.Random(7)
    rows = []
    for transform in TRANSFORMS:
        if transform.lossless in ("Y", "Y-"):
            for label, seeds in (("injection", ATTACKS), ("benign", BENIGN)):
                rows += [Row(transform.apply(text, draw), label, 0) for text in draw.sample(seeds, COPIES)]
    return Rows.of(rows)


def _judged(guard: Guard, rows: Rows, part: Part, console: Console) -> list[Verdict]:
    pairs = list(zip(rows.text, rows.channel, strict=True))
    return [
        guard.check(text, part.channel or channel)
        for text, channel in track(pairs, f"without {part.name}", console=console, transient=True)
    ]


def _figures(rows: Rows, unseen: NDArray[np.bool_], verdicts: Sequence[Verdict]) -> Figures:
    caught = np.array([verdict.action != "allow" for verdict in verdicts])
    threat = np.array([max(verdict.scores[label] for label in ("injection", "jailbreak", "obfuscation"))
                       for verdict in verdicts])  # fmt: skip
    attack, calm, harm = rows.attack, rows.innocent, rows.harm & ~rows.attack
    bar = np.quantile(threat[calm], 1 - TOLD) if calm.any() else 1.0
    return {
        "attacks": _mean(caught[attack]), "unseen": _mean(caught[attack & unseen]), "harmful": _mean(caught[harm]),
        "alarms": _mean(caught[calm]), "told": _mean(threat[attack] > bar),
        "auc": float(roc_auc_score(attack[attack | calm], threat[attack | calm])) if attack.any() else None,
    }  # fmt: skip


def _behind(rows: Rows, verdicts: Sequence[Verdict]) -> Figures:
    caught = np.array([verdict.action != "allow" for verdict in verdicts])
    return {"encoded_attacks": _mean(caught[rows.attack]), "encoded_alarms": _mean(caught[~rows.attack])}


def _mean(values: NDArray[np.bool_]) -> float | None:
    return float(values.mean()) if len(values) else None


def markdown(document: Document) -> str:
    """The report."""
    rows = [
        (part["without"], percent(part["attacks"]), percent(part["unseen"]), percent(part["harmful"]),
         percent(part["alarms"]), score(part["auc"]), percent(part["told"]), percent(part["encoded_attacks"]),
         percent(part["encoded_alarms"]))
        for part in document["parts"]
    ]  # fmt: skip
    head = ("without", "attacks caught", "of unseen sources", "harmful caught", "false alarms", "AUC, attacks",
            f"recall at {TOLD:.0%}", "encoded attacks caught", "encoded harmless flagged")  # fmt: skip
    lines = [
        "# Without each part",
        "",
        f"`python -m benchmarks knockout`, {document['date']}, model `{document['model']}`: the shipped guard under "
        f"its balanced policy on {document['texts']} dev rows and {document['encoded']} texts of ours behind encodings "
        "that can be undone, with one part taken away at a time and the thresholds as they are.",
        "",
        table(head, rows),
        "",
        "AUC and recall at that share of false alarms are of the threat score, whatever the threshold. The parts were "
        "trained together and miss each other more than a training without one would.",
    ]
    return "\n".join(lines) + "\n"
