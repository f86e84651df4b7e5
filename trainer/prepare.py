"""From rows to training windows: the runtime's own pipeline over every text, stored as flat arrays.

Public rows, synthetic samples and transformed copies go through `analyze`, so that the model trains on exactly the
views, windows and features that it will meet. One window per view: where the attack is known to sit, or where a cheap
linear model sees most of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

from guardkit.classify.characters import encode_characters
from guardkit.classify.windows import Window, Windows
from guardkit.decode.language import fitness
from guardkit.detect.features import features
from guardkit.pipeline import Limits, analyze
from guardkit.redteam.transforms import TRANSFORMS, compose
from guardkit.trainer.data import CHANNELS, THREATS, Row
from guardkit.trainer.linear import Linear
from guardkit.trainer.prepared import Example, Prepared
from guardkit.trainer.spread import spread
from guardkit.trainer.synth import Pool, generate
from guardkit.view import View

__all__ = ["examples", "prepare", "synthetic", "transformed"]

OBFUSCATION = THREATS.index("obfuscation")
LIMITS = Limits(characters=20_000, views=6)
HEAD = 12_000  # characters of a row that are read
VIEWS = 3  # trained per row


def synthetic(folder: Path, count: int | Mapping[str, int], seed: int) -> list[Row]:
    """Our own generator's samples, in all or per family, composed with benign public texts of the train split."""
    rows = []
    for sample in generate(seed, count, Pool.load(folder / "train.parquet", seed)):
        harmful = -1 if sample.harmful is None else sample.harmful
        rows.append(Row(sample.text, THREATS.index(sample.label), harmful, CHANNELS.index(sample.channel),
                        f"synth.{sample.family}", sample.lang, sample.span))  # fmt: skip
    return rows


def transformed(rows: Sequence[Row], count: int, seed: int) -> list[Row]:
    """Copies of short texts through the encoders of `transforms`: attacks, harmful requests and as many harmless ones.

    A hidden harmful request is an obfuscation; a hidden harmless text stays benign.
    """
    random = Random(seed)
    short = [row for row in rows if 12 < len(row.text) < 500 and row.label != OBFUSCATION and row.text.isascii()]
    attacks = [row for row in short if row.label > 0 or row.harmful == 1]
    harmless = [row for row in short if row.label == 0 and row.harmful == 0]
    copies = []
    for pile, share in ((attacks, 0.55), (harmless, 0.45)):
        for row in random.choices(pile, k=int(count * share)) if pile else ():
            transform = compose(random, 2) if random.random() < 0.15 else random.choice(TRANSFORMS)
            text = transform.apply(row.text, random)
            hidden = OBFUSCATION if row.label <= 0 and row.harmful == 1 else row.label
            copies.append(Row(text, hidden, row.harmful, row.channel, f"transform.{transform.name}", row.lang))
    return copies


def examples(row: Row, windows: Windows, linear: Linear | None, random: Random) -> Iterator[Example]:
    """The training windows of one row: its original view and up to two of what the decoders made of it."""
    analysis = analyze(row.text[:HEAD], LIMITS)
    decoded = [view for view in analysis.views[1:] if view.share >= 0.5]
    for number, view in enumerate(analysis.views[:VIEWS]):
        window = _window(row, view, windows.split(view.text, 64), linear, random)
        if window is None:
            continue
        text = view.text[window.start : window.end]
        weight = 1.0
        if number == 0 and decoded and fitness(row.text) < -2.8:
            # Unreadable as it stands: the decoded view is what must be judged, and encoding alone is no attack.
            weight = 0.0 if row.label > 0 or row.harmful == 1 else 0.5
        elif number > 0:
            weight = 0.7
        if weight:
            yield Example(window.tokens.ravel(), encode_characters(text).ravel(),
                          features(text, view, analysis.signals), row.channel, row.label, row.harmful, weight,
                          row.source)  # fmt: skip


def _window(row: Row, view: View, cut: list[Window], linear: Linear | None, random: Random) -> Window | None:
    """One of the view's windows; of a row whose attack is known one that holds it, None where none does."""
    if len(cut) == 1:
        return cut[0]
    if row.span is not None:
        low, high = row.span
        spans = [view.span(window.start, window.end) for window in cut]
        overlaps = [min(high, end) - max(low, start) for start, end in spans]
        best = max(overlaps)
        if best <= 0:
            return None  # the attack lies in what was not read
        return random.choice([window for window, overlap in zip(cut, overlaps, strict=True) if overlap >= 0.95 * best])
    if linear is not None and (row.label > 0 or random.random() < 0.5):
        scores = linear.score([view.text[window.start : window.end] for window in cut])
        return cut[int(scores.argmax())]
    return random.choice(cut)


_WORKER: tuple[Windows, Linear | None, int]


def _start(tokenizer: str, linear: Linear | None, seed: int) -> None:
    global _WORKER
    _WORKER = Windows(tokenizer.encode()), linear, seed


def _work(task: tuple[int, Row]) -> list[Example]:
    windows, linear, seed = _WORKER
    number, row = task
    return list(examples(row, windows, linear, Random(seed * 1_000_003 + number)))


def prepare(rows: Sequence[Row], tokenizer: str, linear: Linear | None, seed: int, workers: int = 2) -> Prepared:
    """The windows of all rows, in order, with a progress bar."""
    done = spread(
        _work, list(enumerate(rows)), "windows", _start, (tokenizer, linear, seed), workers=workers, chunk=200
    )
    return Prepared.collect(example for batch in done for example in batch)
