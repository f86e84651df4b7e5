"""`python -m guardkit.trainer …`: every step from the data to the files in the wheel, resumable.

all        the steps below in order; `--tiny` rehearses them in minutes
prune      a smaller Hugging Face encoder or decoder to start from, instead of MiniLM
search     look for better settings with Optuna
ablate     train without each component in turn
report     count the training texts, measure how they repeat and what benchmarks share with them
prepare    choose rows, generate, run the pipeline, write the training and the dev windows
pretrain   let the transferred weights read our texts, with masked pieces
teach      let models trained on half of the windows judge the other half
train      train the guard
refine     train on what the exported guard gets wrong
export     write the INT8 graphs, check parity, calibrate on dev, write the manifest
heads      train the heads of an exported model anew, and calibrate it again
merge      let a release that reads every state read pairs of them, at half the cost
tune       train a release's fast branch on what it gets wrong
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

import click

from guardkit.trainer import ablate as ablating
from guardkit.trainer import merge as merging
from guardkit.trainer import report as reports
from guardkit.trainer import search as searching
from guardkit.trainer import shrink as shrinking
from guardkit.trainer import tune as tuning
from guardkit.trainer.options import ADD, BASE, MINUTES, ROUNDED, START, VOCABULARY, counts, options


@click.group(help=__doc__)
def main() -> None:
    pass


@main.command()
@options
@click.option("--synthetic", default=44_000, show_default=True, help="Samples of our own generator.")
@click.option("--transforms", default=13_000, show_default=True, help="Copies through the obfuscation encoders.")
@click.option("--scale", default=0.6, show_default=True, help="Factor on the caps of benign public rows.")
@click.option("--thin", is_flag=True, help="Leave out near-duplicates of earlier texts.")
@BASE
@VOCABULARY
def prepare(
    data: Path, out: Path, tiny: bool, seed: int, synthetic: int, transforms: int, scale: float, thin: bool,
    base: Path | None, vocabulary: int,
) -> None:  # fmt: skip
    """Write the tokenizer, the training windows and the dev windows that are watched while training."""
    from guardkit.trainer import data as rows
    from guardkit.trainer import prepare as steps
    from guardkit.trainer.dev import sample
    from guardkit.trainer.linear import Linear
    from guardkit.trainer.repeats import thin as unique

    if tiny:
        synthetic, transforms, scale = 250, 50, 0.004
    out.mkdir(parents=True, exist_ok=True)
    public = rows.select(rows.load(data, "train"), seed, scale)
    made = steps.synthetic(data, synthetic, seed)
    if thin:
        public, made = ([part[at] for at in unique([row.text for row in part])] for part in (public, made))
    if not tiny:
        clean = reports.unleaked([*public, *made], reports.bench(data))
        public, made = ([row for row in clean if row.source.startswith("synth.") is own] for own in (False, True))
    copies = steps.transformed([*public, *made], transforms, seed)
    everything = [*public, *made, *copies]
    click.echo(f"{len(public)} public rows, {len(made)} synthetic, {len(copies)} transformed")
    tokenizer = shrinking.begin(out, [row.text[:4_000] for row in [*public, *made]], base, tiny, vocabulary)
    (out / "tokenizer.json").write_text(tokenizer, "utf-8")
    known = [row for row in [*public, *made] if row.label >= 0]
    linear = Linear(seed).fit([row.text for row in known], [int(row.label > 0) for row in known])
    prepared = steps.prepare(everything, tokenizer, linear, seed)
    prepared.save(out / "prepared.npz")
    steps.prepare(sample(data, 2 if tiny else 60, seed), tokenizer, linear, seed).save(out / "dev.npz")
    counts = Counter((rows.THREATS[label] if label >= 0 else "unknown", int(harm))
                     for label, harm in zip(prepared.label, prepared.harmful, strict=True))  # fmt: skip
    click.echo(f"{len(prepared)} windows, {len(prepared.tokens)} word pieces: {dict(counts)}")


@main.command()
@options
@click.option("--epochs", default=1.0, show_default=True)
@MINUTES
def pretrain(data: Path, out: Path, tiny: bool, seed: int, epochs: float, minutes: float) -> None:
    """Let the transferred weights read our texts, with masked pieces; run again to resume."""
    from guardkit.trainer import stage
    from guardkit.trainer.pretrain import pretrain as fit

    with _timed("pre-trained"):
        model = stage.begin(out, tiny, seed)
        run = stage.settings(model, tiny, epochs=epochs, minutes=minutes, seed=seed)
        fit(model, stage.windows(out), replace(run, rate=4e-4, new_rate=4e-4), out / "pretrained")
        stage.write(model, out / "pretrained.pt")


@main.command()
@options
@click.option("--epochs", default=2.0, show_default=True)
@MINUTES
def teach(data: Path, out: Path, tiny: bool, seed: int, epochs: float, minutes: float) -> None:
    """Let two models, each trained on half of the windows, judge the other half; run again to resume."""
    import numpy as np

    from guardkit.trainer import stage
    from guardkit.trainer.teach import teach as judge

    with _timed("taught"):
        run = stage.settings(stage.begin(out, tiny, seed), tiny, epochs=epochs, minutes=minutes, seed=seed)
        run = replace(run, weights=replace(run.weights, deep_hard=0.3, deep_random=0.4))  # it judges all windows
        soft = judge(lambda: stage.begin(out, tiny, seed), stage.windows(out), run, out)
        np.save(out / "soft.npy", soft)


@main.command()
@options
@click.option("--epochs", default=1.0, show_default=True)
@MINUTES
@click.option("--attacks", default=0, show_default=True, help="Adversarial steps per batch in the run's second half.")
@ROUNDED
@START
def train(
    data: Path, out: Path, tiny: bool, seed: int, epochs: float, minutes: float, attacks: int, quantize_from: float,
    start: Path | None,
) -> None:  # fmt: skip
    """Train from the pre-trained or transferred weights, or from a release; run again to resume."""
    import numpy as np

    from guardkit.trainer import stage
    from guardkit.trainer.train import train as fit

    with _timed("trained"):
        model = stage.begin(out, tiny, seed, start)
        run = stage.settings(model, tiny, epochs=epochs, minutes=minutes, seed=seed, attacks=attacks)
        if start is not None:
            run = replace(run, rate=1.5e-4, new_rate=6e-4)
        soft = np.load(out / "soft.npy") if (out / "soft.npy").exists() else None
        fit(model, stage.windows(out), run, out, soft=soft, dev=stage.windows(out, "dev"),
            quantize_from=quantize_from)  # fmt: skip


@contextmanager
def _timed(what: str) -> Iterator[None]:
    started = time.monotonic()
    yield
    click.echo(f"{what} in {(time.monotonic() - started) / 60:.1f} minutes")


@main.command()
@options
@MINUTES
@click.option("--fresh", default=52_000, show_default=True, help="Candidates: half unused public rows, half samples.")
@click.option("--candidate", multiple=True, metavar="FAMILY=COUNT", help="Candidates of a family, instead of all.")
@click.option("--margin", default=1.0, show_default=True, help="Log-odds on the right side that count as clear.")
@ADD
@click.option("--replay", default=42_000, show_default=True, help="Windows of the first run beside the mined ones.")
@click.option("--scale", default=0.6, show_default=True, help="The scale that the first run was prepared with.")
@click.option("--rate", default=4.5e-5, show_default=True, help="Learning rate of the transferred weights.")
@click.option("--release", type=click.Path(path_type=Path, exists=True), help="A shipped model that teaches.")
def refine(
    data: Path, out: Path, tiny: bool, seed: int, minutes: float, fresh: int, candidate: tuple[str, ...],
    margin: float, add: tuple[str, ...], replay: int, scale: float, rate: float, release: Path | None,
) -> None:  # fmt: skip
    """Mine what the exported model gets wrong, and train on it: one round, or the rest of one that was interrupted."""
    from guardkit.trainer.refine import Round
    from guardkit.trainer.refine import refine as train_round

    if tiny:
        fresh, replay, scale = 80, 150, 0.004
    wanted, added = counts(candidate), counts(add)
    plan = Round(fresh // 2, wanted or fresh // 2, replay, scale, margin, added, release, minutes, rate)
    found = train_round(data, out, plan, seed)
    click.echo(f"{found['hard']} of {found['candidates']} candidates were hard")


@main.command()
@options
@click.option("--model", "target", type=click.Path(path_type=Path), help="Where the shipped files go  [OUT/model].")
def export(data: Path, out: Path, tiny: bool, seed: int, target: Path | None) -> None:
    """Write the INT8 graphs, prove parity, calibrate on dev and write the manifest."""
    from guardkit.trainer.refine import last
    from guardkit.trainer.release import publish
    from guardkit.trainer.train import load

    tokenizer = (out / "tokenizer.json").read_text("utf-8")
    click.echo(json.dumps(publish(load(last(out)[0]), tokenizer, target or out / "model", data, seed, tiny), indent=1))


@main.command()
@options
@click.option(
    "--model", "folder", type=click.Path(path_type=Path, exists=True), help="The exported model  [OUT/model]."
)
@click.option("--windows", "most", default=120_000, show_default=True, help="Of the prepared ones, at random.")
@click.option("--head", "names", multiple=True, type=click.Choice(["threat", "harmful"]), help="Only this one.")
def heads(data: Path, out: Path, tiny: bool, seed: int, folder: Path | None, most: int, names: tuple[str, ...]) -> None:
    """Train the heads of an exported model anew over its own states; the result is in OUT/heads."""
    from guardkit.classify.manifest import load as read_manifest
    from guardkit.trainer import heads as steps
    from guardkit.trainer import stage
    from guardkit.trainer.release import release
    from guardkit.trainer.spelling import respell

    folder, target = folder or out / "model", out / "heads"
    with _timed("heads trained"):
        windows = stage.windows(out)
        rows = sorted(Random(seed).sample(range(len(windows)), min(most, len(windows))))
        windows = respell(windows, rows, (out / "tokenizer.json").read_text("utf-8"), folder)
        found = steps.retrain(folder, windows, steps.read(folder, windows), seed, names or steps.NAMES)
        steps.write(folder, found, target)
        manifest = read_manifest(folder)
        # what the layers lose to INT8 was measured when they were exported
        parity = manifest.metrics["parity"]
        sections = release(target, data, manifest.training["config"], parity, seed, tiny)
    click.echo(json.dumps(sections, indent=1))


@main.command(name="all")
@options
@click.option("--epochs", default=4.0, show_default=True, help="Of the training; the other stages run for fewer.")
@click.option("--minutes", default=0.0, show_default=True, help="For all training stages together; 0: no limit.")
@click.option("--attacks", default=1, show_default=True, help="Adversarial steps per batch in the run's second half.")
@click.option("--model", "target", type=click.Path(path_type=Path), help="Where the shipped files go  [OUT/model].")
@ROUNDED
@BASE
@START
@click.pass_context
def everything(
    context: click.Context, data: Path, out: Path, tiny: bool, seed: int, epochs: float, minutes: float, attacks: int,
    quantize_from: float, target: Path | None, base: Path | None, start: Path | None,
) -> None:  # fmt: skip
    """All steps, in order, with an export before the mining; what is finished is not done again.

    What goes on from a release is itself the refinement: it is neither taught nor mined for.
    """
    shared = {"data": data, "out": out, "tiny": tiny, "seed": seed}
    if not (out / "prepared.npz").exists():
        context.invoke(prepare, **shared, base=base)
    if start is None:
        fewer = epochs / (8 if tiny else 2)
        context.invoke(pretrain, **shared, epochs=fewer, minutes=minutes * 0.1)
        context.invoke(teach, **shared, epochs=fewer, minutes=minutes * 0.2)
    share = 0.5 if start is None else 1.0
    context.invoke(train, **shared, epochs=epochs, minutes=minutes * share, attacks=attacks, start=start,
                   quantize_from=quantize_from)  # fmt: skip
    if start is None:
        context.invoke(export, **shared, target=None)
        context.invoke(refine, **shared, minutes=minutes * 0.2)
    context.invoke(export, **shared, target=target)


main.add_command(ablating.command)
main.add_command(merging.command)
main.add_command(tuning.command)
main.add_command(reports.command)
main.add_command(searching.command)
main.add_command(shrinking.command)

if __name__ == "__main__":
    main()
