"""`python -m guardkit.trainer merge`: a release that reads every state becomes one that reads pairs of them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from guardkit.trainer.options import MINUTES, options

__all__ = ["command"]


@click.command(name="merge")
@options
@click.option(
    "--release", required=True, type=click.Path(path_type=Path, exists=True), help="Its graphs, to go on from."
)
@click.option("--epochs", default=1.0, show_default=True, help="Over the windows that `prepare` wrote.")
@MINUTES
def command(data: Path, out: Path, tiny: bool, seed: int, release: Path, epochs: float, minutes: float) -> None:
    """Teach a release to say of merged states what it says of all; the result is in OUT/merged/model."""
    import torch

    from guardkit.trainer import stage
    from guardkit.trainer.merging import RUN, merge
    from guardkit.trainer.release import publish
    from guardkit.trainer.restore import restore
    from guardkit.trainer.spelling import respell

    windows, folder = stage.windows(out), out / "merged"
    windows = respell(windows, None, (out / "tokenizer.json").read_text("utf-8"), release)
    model = restore(release, seed=seed).to("cuda" if torch.cuda.is_available() else "cpu")
    run = replace(RUN, epochs=epochs, minutes=minutes, seed=seed, batch_tokens=1_024 if tiny else RUN.batch_tokens)
    merge(model, windows, run, folder)
    tokenizer = (release / "tokenizer.json").read_text("utf-8")
    click.echo(json.dumps(publish(model.cpu(), tokenizer, folder / "model", data, seed, tiny), indent=1))
