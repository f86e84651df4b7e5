"""Commands that measure the guard at work: under load, at every size, over whole corpora, under attack."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click
from rich.console import Console

from benchmarks.output import CACHE, FOLDER, REPORTS, write

__all__ = ["COMMANDS"]


@click.command()
@click.option("--texts", default=1_000, show_default=True, help="Requests of each arm and round.")
@click.option("--rounds", default=3, show_default=True)
@click.option("--clients", multiple=True, type=int, default=(1, 16, 64), show_default=True)
@click.option("--date", default="", help="Of the report; otherwise the manifest's.")
@click.option("--out", default=REPORTS, show_default=True, type=FOLDER)
def serve(texts: int, rounds: int, clients: tuple[int, ...], date: str, out: Path) -> None:
    """Requests per second of the server, with and without handfuls, beside the bare guard."""
    from benchmarks.scores import Subject
    from benchmarks.serve import markdown
    from benchmarks.serve import serve as measure

    document = {"date": date or Subject.of("default", "balanced").date, **measure(texts, rounds, clients)}
    write(out, "serve", document, markdown(document))


@click.command()
@click.option(
    "--before", required=True, type=click.Path(path_type=Path, exists=True), help="A checkout of a former state."
)
@click.option("--data", required=True, type=click.Path(path_type=Path, exists=True), help="Folder with train.parquet.")
@click.option("--texts", default=400, show_default=True, type=click.IntRange(1), help="Of dev user traffic.")
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(1))
@click.option("--date", default="", help="Of the report; otherwise the manifest's.")
@click.option("--out", default=REPORTS, show_default=True, type=FOLDER)
def profile(before: Path, data: Path, texts: int, rounds: int, date: str, out: Path) -> None:
    """Where the time of a check goes, beside a former state of this repository."""
    from benchmarks.capacity import traffic
    from benchmarks.profile import markdown
    from benchmarks.profile import profile as measure
    from benchmarks.scores import Subject

    subject = Subject.of("default", "balanced")
    document = {"model": subject.model, "date": date or subject.date, **measure(before, traffic(data, texts), rounds)}
    write(out, "profile", document, markdown(document))


@click.command()
@click.option("--shape", "names", multiple=True, help="Only this one; may be repeated.")
@click.option("--size", "sizes", multiple=True, type=int, help="Characters; may be repeated. 1 kB to 10 MB by default.")
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1), help="Checks of the smaller sizes.")
@click.option("--model", default="none", show_default=True, help="Folder of a model, default, or none for the rules.")
@click.option("--worst", type=float, help="Ends with 1 where the time grows by a greater power of the size.")
@click.option("--date", default="", help="Of the report; otherwise the manifest's.")
@click.option("--name", default="growth", show_default=True, help="Of the report's two files.")
@click.option("--out", default=REPORTS, show_default=True, type=FOLDER)
def growth(
    names: tuple[str, ...], sizes: tuple[int, ...], rounds: int, model: str, worst: float | None, date: str, name: str,
    out: Path,
) -> None:  # fmt: skip
    """How the time of a check grows with the text, for every shape that an attacker may send."""
    from benchmarks.growth import NAMES, SIZES, markdown
    from benchmarks.growth import growth as measure
    from benchmarks.scores import Subject

    if unknown := [each for each in names if each not in NAMES]:
        raise click.UsageError(f"there is no shape {unknown[0]!r}: expected one of {'; '.join(NAMES)}")
    document = measure(None if model == "none" else model, sizes or SIZES, names, rounds, Console(stderr=True))
    document["date"] = date or Subject.of("default" if model == "none" else model, "balanced").date
    write(out, name, document, markdown(document))
    steep = {shape: found["steepest"] or 0 for shape, found in document["shapes"].items()}
    if worst is not None and (beyond := [f"{shape} {power}" for shape, power in steep.items() if power > worst]):
        click.echo(f"steeper than {worst}: {', '.join(beyond)}", err=True)
        raise SystemExit(1)


@click.command()
@click.option("--minutes", type=click.FloatRange(0), help="How long; or --seconds.")
@click.option("--seconds", default=60.0, show_default=True, type=click.FloatRange(0))
@click.option("--clients", default=8, show_default=True, type=click.IntRange(1), help="That keep the server busy.")
@click.option("--kills", default=10.0, show_default=True, type=click.FloatRange(0.1), help="Seconds between two.")
@click.option("--workers", default=0, help="Processes of the server; 0: one for each core, two at least.")
@click.option("--model", default="default", show_default=True, help="Folder of a model, or none for the rules alone.")
@click.option("--date", default="", help="Of the report; otherwise the manifest's.")
@click.option("--out", default=None, type=FOLDER, help="Folder for the report; without it there is none.")
def soak(
    minutes: float | None, seconds: float, clients: int, kills: float, workers: int, model: str, date: str,
    out: Path | None,
) -> None:  # fmt: skip
    """Mixed traffic at the server's capacity, with trouble of every kind. Ends with 1 if it fails."""
    from benchmarks.scores import Subject
    from benchmarks.soak import Plan, markdown
    from benchmarks.soak import soak as measure

    plan = Plan(
        seconds if minutes is None else 60 * minutes, clients, kills=kills,
        workers=workers or max(2, os.cpu_count() or 1), model=None if model == "none" else model,
    )  # fmt: skip
    date = date or Subject.of("default" if model == "none" else model, "balanced").date
    document = {**measure(plan, Console(stderr=True)), "date": date}
    if out is None:
        click.echo(markdown(document))
    else:
        write(out, "soak", document, markdown(document))
    if not document["passed"]:
        raise SystemExit(1)


@click.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True), help="Folder with train.parquet: texts of dev.")
@click.option("--texts", default=400, show_default=True, type=click.IntRange(20), help="Different texts.")
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1), help="Of the bare loop and the server.")
@click.option("--seconds", default=10.0, show_default=True, type=click.FloatRange(1), help="Of each rate tried.")
@click.option("--date", default="", help="Of the report; otherwise the manifest's.")
@click.option("--out", default=REPORTS, show_default=True, type=FOLDER)
def capacity(data: Path | None, texts: int, rounds: int, seconds: float, date: str, out: Path) -> None:
    """Requests a second at p99 <= 50 ms, and the server's overhead above the bare graphs."""
    from benchmarks.capacity import Plan, markdown
    from benchmarks.capacity import capacity as measure
    from benchmarks.scores import Subject

    document = {"date": date or Subject.of("default", "balanced").date,
                **measure(Plan(texts, rounds, seconds), data, Console(stderr=True))}  # fmt: skip
    write(out, "capacity", document, markdown(document))


@click.command()
@click.option("--documents", default=2_000, show_default=True, help="Of the shortest kind; of longer ones fewer.")
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1))
@click.option("--date", default="", help="Of the report; otherwise the manifest's.")
@click.option(
    "--page", default=Path("docs/scaling.md"), show_default=True, type=FOLDER, help="Which has the figures too."
)
@click.option("--out", default=REPORTS, show_default=True, type=FOLDER)
def scaling(documents: int, rounds: int, date: str, page: Path, out: Path) -> None:
    """Documents per second of a bulk scan, and the arithmetic from that to a billion."""
    from benchmarks.scaling import inserted, markdown
    from benchmarks.scaling import scaling as measure
    from benchmarks.scores import Subject

    document = {
        "date": date or Subject.of("default", "balanced").date,
        **measure(documents, rounds, len(os.sched_getaffinity(0))),
    }
    figures = markdown(document)
    page.write_text(inserted(page.read_text("utf-8"), figures), "utf-8")
    write(out, "scaling", document, f"# Bulk scans\n\n{figures}")


@click.command()
@click.option("--attacks", "count", default=40, show_default=True, type=click.IntRange(1), help="To begin with.")
@click.option("--budget", default=8_000, show_default=True, type=click.IntRange(1), help="Checks on each channel.")
@click.option("--seed", default=0, show_default=True)
@click.option("--policy", default="balanced", show_default=True)
@click.option("--model", default="default", show_default=True, help="Folder of a model, or none for the rules alone.")
@click.option("--date", default="", help="Of the report; otherwise the manifest's.")
@click.option("--out", default=REPORTS, show_default=True, type=FOLDER)
def redteam(count: int, budget: int, seed: int, policy: str, model: str, date: str, out: Path) -> None:
    """Evasion rates by technique of `guardkit redteam`, with examples."""
    from benchmarks.redteam import markdown, measure
    from benchmarks.scores import Subject

    subject = Subject.of(None if model == "none" else model, policy)
    with Console(stderr=True).status("attacking …") as status:
        document = measure(subject.guard, count, budget, seed,
                           lambda channel, checks: status.update(f"{channel}: {checks:,} checks"))  # fmt: skip
    document = {"date": date or subject.date, "model": subject.model[:12], **document}
    write(out, "redteam", document, markdown(document))


@click.command()
@click.option("--texts", default=100, show_default=True, type=click.IntRange(20), help="Every tenth is long.")
@click.option("--model", default="default", show_default=True, help="Folder of a model, or none for the rules alone.")
def stall(texts: int, model: str) -> None:
    """How long an event loop stands still while a guard checks."""
    from benchmarks.stall import stall as measure

    click.echo(json.dumps(measure(texts, None if model == "none" else model), indent=2))


@click.command()
@click.option("--data", required=True, type=click.Path(path_type=Path, exists=True), help="Folder with train.parquet.")
@click.option("--limit", default=3_000, show_default=True, type=click.IntRange(1), help="Dev rows.")
@click.option("--date", default="", help="Of the report; otherwise the manifest's.")
@click.option("--out", default=REPORTS, show_default=True, type=FOLDER)
def knockout(data: Path, limit: int, date: str, out: Path) -> None:
    """What the guard does without each of its parts, one at a time."""
    from benchmarks.knockout import knockout as measure
    from benchmarks.knockout import markdown
    from benchmarks.rows import DataMissing
    from benchmarks.scores import Subject

    subject = Subject.of("default", "balanced")
    try:
        found = measure(subject.guard, data, limit, Console(stderr=True))
    except DataMissing as error:
        raise click.ClickException(str(error)) from error
    document = {"model": subject.model[:16], "date": date or subject.date, **found}
    write(out, "knockout", document, markdown(document))


@click.command()
@click.option("--data", required=True, type=click.Path(path_type=Path, exists=True), help="Folder that holds bench/.")
@click.option("--exact", required=True, type=click.Path(path_type=Path, exists=True), help="The model in fp32.")
@click.option("--model", default="default", show_default=True, help="Folder of the same model in INT8.")
@click.option("--limit", default=1_000, show_default=True, help="At most so many rows of each suite; 0: all.")
@click.option("--cache", default=CACHE, show_default=True, type=FOLDER, help="Where verdicts are kept.")
@click.option("--date", default="", help="Of the report; otherwise the manifest's.")
@click.option("--out", default=REPORTS, show_default=True, type=FOLDER)
def precision(data: Path, exact: Path, model: str, limit: int, cache: Path, date: str, out: Path) -> None:
    """What INT8 costs in AUC on every suite, beside the same weights in fp32."""
    from benchmarks.precision import markdown
    from benchmarks.precision import precision as measure
    from benchmarks.quality import Run
    from benchmarks.rows import DataMissing
    from benchmarks.scores import Subject
    from benchmarks.suites import LOCAL

    subject = Subject.of(model, "balanced")
    try:
        found = measure(subject, Subject.of(exact, "balanced"), Run(data, LOCAL, cache, limit), Console(stderr=True))
    except DataMissing as error:
        raise click.ClickException(str(error)) from error
    document = {"model": subject.model[:16], "date": date or subject.date, **found}
    write(out, "precision", document, markdown(document))


COMMANDS = serve, profile, growth, soak, capacity, scaling, redteam, stall, knockout, precision
