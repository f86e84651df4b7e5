"""`guardkit eval` and `guardkit tune`: what a file of labelled texts says about the guard."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from guardkit import __version__
from guardkit.cli import screen, tables
from guardkit.cli.destination import Destination
from guardkit.verdict import CHANNELS, Channel

__all__ = ["evaluate", "tune"]

Command = TypeVar("Command", bound=Callable[..., Any])


def labelled(command: Command) -> Command:
    """A file of labelled texts, and the guard that reads it."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="One JSON object."),
        click.option("--rules-only", is_flag=True, help="Without the model."),
        click.option("--channel", type=click.Choice(CHANNELS), default="user", show_default=True,
                     help="Who wrote the texts that do not say it."),
        click.option("--policy", help="strict, balanced, permissive or a TOML file. Default: $GUARDKIT_POLICY, else "
                     "balanced."),
        click.argument("file", type=click.Path(path_type=Path)),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command("eval")
@labelled
@click.option("--worst", type=click.IntRange(0), default=5, show_default=True, help="How many mistakes to show.")
@click.option("--lines-only", is_flag=True, help="Show the line numbers of mistakes and no text.")
def evaluate(
    file: Path, channel: Channel, policy: str | None, worst: int, *, rules_only: bool, lines_only: bool, as_json: bool
) -> int:
    """Measure the guard on FILE: labelled texts as JSON lines, or as CSV if its name ends in .csv.

    A row has "text" and "label" (0, 1, benign, attack, injection, jailbreak, obfuscation, harmful), and may have
    "channel" and "harmful" (0, 1). Caught is what is not allowed. Precision depends on the share of attacks in FILE.

    Exit codes: 0 measured, 3 error. Lines that cannot be read are counted and named.
    """
    with screen.progress("checking", _size(file)) as advance:
        from guardkit.cli.evaluation import evaluate
        from guardkit.guard import Guard

        found = evaluate(Guard(policy, model=None if rules_only else "default"), file, channel, worst=worst,
                         advance=advance)  # fmt: skip
    if as_json:
        screen.data({"file": str(file), **found.to_dict(text=not lines_only)})
    else:
        tables.evaluation(found, text=not lines_only)
    return 0


@click.command()
@labelled
@click.option("--fpr", type=click.FloatRange(0, 1, min_open=True, max_open=True), required=True,
              help="The share of benign texts that may be caught, such as 0.005.")  # fmt: skip
@click.option("--out", type=Destination(), required=True, help="The policy file to write.")
@click.option("--force", is_flag=True, help="Replace the policy file if there is one.")
@click.option("--holdout", type=click.FloatRange(0, 0.9), default=0.3, show_default=True,
              help="The share of texts that thresholds are not chosen on but tried on.")  # fmt: skip
def tune(
    file: Path, channel: Channel, policy: str | None, fpr: float, out: Path, holdout: float,
    *, force: bool, rules_only: bool, as_json: bool,
) -> int:  # fmt: skip
    """Choose thresholds on FILE (rows as for eval) and write a policy with them: per label, and per channel.

    At most the share --fpr of the benign texts is caught. It takes 3 / fpr different benign texts, and as many of a
    channel for thresholds of its own. Actions, lists and limits are those of --policy.

    Exit codes: 0 written, 3 error, too few texts among them.
    """
    if out.exists() and not force:
        raise click.UsageError(f"{out} exists: --force replaces it")
    if os.path.realpath(out) == os.path.realpath(file):
        raise click.UsageError(f"{out} is the file of texts: give --out another name")
    with screen.progress("checking", _size(file)) as advance:
        from guardkit.cli.tuning import measure, tune
        from guardkit.decide import dump
        from guardkit.guard import Guard

        guard = Guard(policy, model=None if rules_only else "default")
        measured = measure(guard, file, channel, holdout=holdout, advance=advance)
        found = tune(measured, replace(guard.policy, name=out.stem), fpr)
    by = f"guardkit {__version__}, {'the rules alone' if rules_only else 'its own model'}: not for another"
    try:
        out.write_text(dump(found.policy, [f"Thresholds by 'guardkit tune' for {by}.", *found.notes]), "utf-8")
    except OSError as error:
        raise click.ClickException(f"cannot write {out}: {error.strerror}") from error
    if as_json:
        screen.data({"file": str(file), "policy": str(out), **found.to_dict()})
    else:
        tables.tuning(found, str(out))
    return 0


def _size(file: Path) -> int:
    return file.stat().st_size if file.is_file() else 0
