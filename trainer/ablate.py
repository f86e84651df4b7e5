"""`python -m guardkit.trainer ablate`: a training without each component in turn, and a table."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

__all__ = ["command"]


@click.command(name="ablate")
@click.option("--out", required=True, type=click.Path(path_type=Path, exists=True), help="Folder of a prepared run.")
@click.option(
    "--also",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Another prepared run, say with another vocabulary: the whole model on its windows; repeatable.",
)
@click.option("--only", multiple=True, help="A variant by name; repeatable  [all].")
@click.option("--fast", is_flag=True, help="Of the fast branch alone, into OUT/ablation-fast.*; quicker by far.")
@click.option("--windows", default=0, show_default=True, help="Trained on so many of the windows; 0: all.")
@click.option("--epochs", default=1.0, show_default=True)
@click.option("--minutes", default=0.0, show_default=True, help="End each schedule after so long; 0: no limit.")
@click.option("--batch", default=8192, show_default=True, help="Word pieces of a step; few windows want small ones.")
@click.option("--tiny", is_flag=True, help="A rehearsal, on a run that was prepared as one.")
@click.option("--seed", default=0, show_default=True)
def command(
    out: Path, also: tuple[Path, ...], only: tuple[str, ...], fast: bool, windows: int, epochs: float, minutes: float,
    batch: int, tiny: bool, seed: int,
) -> None:  # fmt: skip
    """Train without each component in turn and write OUT/ablation.json and .md; run again to resume."""
    from guardkit.trainer.ablation import FAST, VARIANTS, ablate, floor, markdown

    variants = FAST if fast else VARIANTS
    names = [variant.name for variant in variants]
    if unknown := set(only) - set(names):
        raise click.UsageError(f"no variant {sorted(unknown)}; there are {names}")
    chosen = [variant for variant in variants if not only or variant.name in only]
    wanted = {"epochs": epochs, "minutes": minutes, "seed": seed, "attacks": 1, "batch_tokens": batch}
    rows = [ablate(out, variant, wanted, windows, tiny) for variant in chosen]
    for folder in also:
        size = len(json.loads((folder / "kept.json").read_text()))
        rows.append(ablate(folder, replace(variants[0], name=f"vocabulary of {size:,}"), wanted, windows, tiny))
    rows.append({"name": "linear n-grams", **floor(out, windows, seed)})
    report = out / variants[0].folder
    report.with_suffix(".json").write_text(json.dumps(rows, indent=1) + "\n")
    report.with_suffix(".md").write_text(markdown(rows))
    click.echo(markdown(rows))
