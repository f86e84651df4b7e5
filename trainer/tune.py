"""`python -m guardkit.trainer tune`: more training of a release's fast branch on what it gets wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from guardkit.trainer.options import ADD, MINUTES, ROUNDED, counts, options

__all__ = ["command"]


@click.command(name="tune")
@options
@click.option("--release", required=True, type=click.Path(path_type=Path, exists=True), help="The one to go on from.")
@click.option("--epochs", default=2.0, show_default=True, help="Over the windows that are chosen.")
@click.option("--share", default=0.5, show_default=True, help="Of the new weights; the rest are the anchor's.")
@click.option(
    "--anchor", type=click.Path(path_type=Path, exists=True), help="A release; otherwise the one of --release."
)
@click.option("--ours", is_flag=True, help="Only the labels of our own families count.")
@click.option("--windows", "most", default=0, show_default=True, help="Of the prepared ones, at random; 0: all.")
@ADD
@click.option(
    "--copies", default=0, show_default=True, help="Of the short ones among --add's samples, under random encodings."
)
@click.option("--carriers", default=0, show_default=True, help="Documents of public attacks, without the attack.")
@click.option(
    "--again",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The OUT/tuned/windows.npz of an earlier round, in place of what `prepare` wrote.",
)
@click.option(
    "--again-share",
    default=0.6,
    show_default=True,
    type=click.FloatRange(0, 1, min_open=True),
    help="Of those windows, at random.",
)
@click.option("--again-unlabelled", is_flag=True, help="Of those windows the release's word is kept.")
@click.option("--easy", default=0.35, show_default=True, help="Share of those kept that the release is right about.")
@click.option("--exits", default=5.0, show_default=True, help="Minutes for the early exits afterwards; 0: not at all.")
@click.option(
    "--deep", "deeper", default=0.0, show_default=True, help="Minutes for the deep branch at last; 0: as it is."
)
@click.option("--exact", is_flag=True, help="Also write it to OUT/tuned/exact in fp32, what was trained of it.")
@MINUTES
@ROUNDED
def command(
    data: Path, out: Path, tiny: bool, seed: int, release: Path, epochs: float, share: float, anchor: Path | None,
    ours: bool, most: int, add: tuple[str, ...], copies: int, carriers: int, again: Path | None, again_share: float,
    again_unlabelled: bool, easy: float, exits: float, deeper: float, exact: bool, minutes: float, quantize_from: float,
) -> None:  # fmt: skip
    """Train a release on what `prepare` wrote, and fresh samples, where it gets them wrong; the result is in
    OUT/tuned/model. Run again to resume."""
    import torch

    from guardkit.classify.manifest import load as read_manifest
    from guardkit.trainer.deepening import RUN as DEEPER
    from guardkit.trainer.deepening import deepen, keep_shape
    from guardkit.trainer.glancing import RUN as EXITS
    from guardkit.trainer.glancing import glance
    from guardkit.trainer.manifest import write_manifest
    from guardkit.trainer.material import gather
    from guardkit.trainer.prepared import Prepared
    from guardkit.trainer.release import release as finish
    from guardkit.trainer.restore import restore
    from guardkit.trainer.stored import Stored
    from guardkit.trainer.tuning import RUN, mix, put, tune

    folder, added, merged = out / "tuned", counts(add), Stored(release).merged
    if copies and not added:
        raise click.UsageError("--copies are of the samples that --add makes: give it, too")
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "windows.npz").exists():
        gather(
            out, data, release, seed, add=added, copies=copies, carriers=carriers, most=most, easy=easy, ours=ours,
            again=again, share=again_share, unlabelled=again_unlabelled,
        ).save(folder / "windows.npz")  # fmt: skip
    windows = Prepared.load(folder / "windows.npz")
    click.echo(f"{len(windows)} windows, {len(windows.tokens)} word pieces")
    try:
        model = restore(release, seed=seed).to("cuda" if torch.cuda.is_available() else "cpu")
    except (ValueError, OSError) as error:  # another shape, or graphs of an export that named its tensors otherwise
        raise click.ClickException(f"{release} cannot be read back: {error}") from None
    run = replace(RUN, epochs=epochs, minutes=minutes, seed=seed, batch_tokens=1_024 if tiny else RUN.batch_tokens)
    target = folder / "model"
    try:
        mix(anchor or release, model, share)  # tried before the minutes of training
    except ValueError as error:
        raise click.ClickException(f"cannot be averaged with {error}") from None
    tune(model, windows, run, folder, merged=merged, quantize_from=quantize_from)
    mixed = mix(anchor or release, model, share)
    if exits:
        short = replace(EXITS, minutes=exits, seed=seed, batch_tokens=run.batch_tokens)
        glance(mixed, windows, short, folder / "exits", merged=merged)
    if deeper:
        short = replace(DEEPER, minutes=deeper, epochs=epochs, seed=seed, batch_tokens=run.batch_tokens)
        if not merged:
            keep_shape(mixed, release)
        deepen(mixed, windows, short, folder / "deep", merged=merged)
    put(release, mixed, target, merged=merged, deeper=bool(deeper))
    manifest = read_manifest(release)
    # of the release, from its export: there is no fp32 model of a former shape to compare with
    parity = manifest.metrics["parity"]
    sections = finish(target, data, manifest.training["config"], parity, seed, tiny)
    if exact:  # under the same calibration: `python -m benchmarks precision` shows what INT8 costs
        put(release, mixed, folder / "exact", merged=merged, quantize=False, deeper=bool(deeper))
        write_manifest(folder / "exact", training=read_manifest(target).training, **sections)
    click.echo(json.dumps(sections, indent=1))
