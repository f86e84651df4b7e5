"""`python -m guardkit.trainer …`: every step from the data to the files in the wheel, resumable.

    all        the steps below in order; `--tiny` rehearses them in minutes
    prepare    choose rows, generate, run the pipeline, write the training windows
    train      train from the transferred weights
    export     write the INT8 graphs, check parity, calibrate on dev, write the manifest
"""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import click

RUNS = Path("runs/latest")


def options(command: click.Command) -> click.Command:
    """What every step takes."""
    for option in (
        click.option("--seed", default=0, show_default=True),
        click.option("--tiny", is_flag=True, help="A rehearsal: few rows and a small model."),
        click.option("--out", default=RUNS, show_default=True, type=click.Path(path_type=Path), help="Working folder."),
        click.option("--data", required=True, type=click.Path(path_type=Path, exists=True),
                     help="Folder that holds train.parquet."),
    ):  # fmt: skip
        command = option(command)
    return command


@click.group(help=__doc__)
def main() -> None:
    pass


@main.command()
@options
@click.option("--synthetic", default=44_000, show_default=True, help="Samples of our own generator.")
@click.option("--transforms", default=13_000, show_default=True, help="Copies through the obfuscation encoders.")
@click.option("--scale", default=0.6, show_default=True, help="Factor on the caps of benign public rows.")
def prepare(data: Path, out: Path, tiny: bool, seed: int, synthetic: int, transforms: int, scale: float) -> None:
    """Write the tokenizer and the training windows."""
    from guardkit.trainer import data as rows
    from guardkit.trainer import prepare as steps
    from guardkit.trainer.linear import Linear
    from guardkit.trainer.vocabulary import prune

    if tiny:
        synthetic, transforms, scale = 1_000, 400, 0.01
    out.mkdir(parents=True, exist_ok=True)
    public = rows.select(rows.load(data, "train"), seed, scale)
    made = steps.synthetic(data, synthetic, seed)
    copies = steps.transformed([*public, *made], transforms, seed)
    everything = [*public, *made, *copies]
    click.echo(f"{len(public)} public rows, {len(made)} synthetic, {len(copies)} transformed")
    tokenizer, kept = prune((row.text[:4_000] for row in [*public, *made]), 2_048 if tiny else 8_192)
    (out / "tokenizer.json").write_text(tokenizer, "utf-8")
    (out / "kept.json").write_text(json.dumps(kept))
    known = [row for row in [*public, *made] if row.label >= 0]
    linear = Linear(seed).fit([row.text for row in known], [int(row.label > 0) for row in known])
    prepared = steps.prepare(everything, tokenizer, linear, seed)
    prepared.save(out / "prepared.npz")
    counts = Counter((rows.THREATS[label] if label >= 0 else "unknown", int(harm))
                     for label, harm in zip(prepared.label, prepared.harmful, strict=True))  # fmt: skip
    click.echo(f"{len(prepared)} windows, {len(prepared.tokens)} word pieces: {dict(counts)}")


@main.command()
@options
@click.option("--epochs", default=1.0, show_default=True)
@click.option("--minutes", default=0.0, show_default=True, help="End the schedule after so long; 0: no limit.")
def train(data: Path, out: Path, tiny: bool, seed: int, epochs: float, minutes: float) -> None:
    """Train from the transferred weights; run again to resume."""
    import torch

    from guardkit.trainer.model import Config, TinyGuardrail
    from guardkit.trainer.prepare import Prepared
    from guardkit.trainer.train import Run
    from guardkit.trainer.train import train as fit
    from guardkit.trainer.transfer import initialise

    torch.manual_seed(seed)
    small = {"deep_layers": 2, "expert_ffn": 128, "vocabulary": 2_048} if tiny else {}
    model = TinyGuardrail(Config(**small))
    initialise(model, json.loads((out / "kept.json").read_text()))
    model.to("cuda" if torch.cuda.is_available() else "cpu")
    started = time.monotonic()
    fit(model, Prepared.load(out / "prepared.npz"), Run(epochs=epochs, minutes=minutes, seed=seed), out)
    click.echo(f"trained in {(time.monotonic() - started) / 60:.1f} minutes; checkpoint in {out}")


if __name__ == "__main__":
    main()
