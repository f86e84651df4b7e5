"""Options that several steps of the command line share."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

__all__ = ["ADD", "BASE", "MINUTES", "ROUNDED", "START", "VOCABULARY", "counts", "options"]

RUNS = Path("runs/latest")


def options(command: Any) -> Any:
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


def counts(items: Iterable[str]) -> dict[str, int]:
    """What FAMILY=COUNT items say. Raises `click.UsageError` for one that names no family of ours or no number."""
    from guardkit.trainer.synth import FAMILIES

    found = {}
    for item in items:
        family, separator, count = item.partition("=")
        if not separator or not count.isdecimal():
            raise click.UsageError(f"{item!r}: expected FAMILY=COUNT")
        if family not in FAMILIES:
            raise click.UsageError(f"{family!r} is no family of ours: expected one of {', '.join(sorted(FAMILIES))}")
        found[family] = int(count)
    return found


ADD = click.option(
    "--add", multiple=True, metavar="FAMILY=COUNT", help="Samples that are trained on as well; repeatable."
)
BASE = click.option(
    "--base",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="What `prune` wrote: the weights to start from, instead of MiniLM's.",
)
MINUTES = click.option("--minutes", default=0.0, show_default=True, help="End the schedule after so long; 0: no limit.")
ROUNDED = click.option(
    "--quantize-from",
    default=1.0,
    show_default=True,
    metavar="SHARE",
    help="Share of the training after which it rounds as the INT8 graphs do.",
)
START = click.option(
    "--start",
    type=click.Path(path_type=Path, exists=True),
    help="A shipped model to go on from, instead of the transferred weights.",
)
VOCABULARY = click.option(
    "--vocabulary", default=20_480, show_default=True, help="Word pieces, where --base does not bring its own."
)
