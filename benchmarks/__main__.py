"""`python -m benchmarks COMMAND`: measure the guard and write reports."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click
from rich.console import Console

FOLDER = click.Path(path_type=Path)
REPORTS = Path("benchmarks/reports")
CACHE = Path("runs/benchmarks")


@click.group(help=__doc__)
def main() -> None:
    pass


@main.command()
@click.option("--data", required=True, type=click.Path(path_type=Path, exists=True), help="Folder that holds bench/.")
@click.option("--suite", "names", multiple=True, help="Only this suite; may be repeated.")
@click.option("--limit", default=0, help="At most so many rows of each suite; 0: all.")
@click.option("--model", default="default", show_default=True, help="Folder of a model, or none for the rules alone.")
@click.option("--policy", default="balanced", show_default=True)
@click.option("--floor", is_flag=True, help="Fit the linear floor too.")
@click.option("--floor-rows", default=0, help="Training rows for the floor; 0: all.")
@click.option("--date", default="", help="Of the report; otherwise the manifest's.")
@click.option("--cache", default=CACHE, show_default=True, type=FOLDER, help="Where scores are kept.")
@click.option("--out", default=REPORTS, show_default=True, type=FOLDER)
def quality(
    data: Path, names: tuple[str, ...], limit: int, model: str, policy: str, floor: bool, floor_rows: int, date: str,
    cache: Path, out: Path,
) -> None:  # fmt: skip
    """Recall, false positives and AUC on every public benchmark."""
    from benchmarks.quality import Run
    from benchmarks.quality import quality as measure
    from benchmarks.quality_report import markdown
    from benchmarks.scores import Subject
    from benchmarks.suites import find

    try:
        suites = find(names)
    except KeyError as error:
        raise click.UsageError(f"there is no suite {error}") from error
    console = Console(stderr=True)
    subject = Subject.of(None if model == "none" else model, policy)
    run = Run(data, suites, cache, limit, floor, floor_rows, date or subject.date)
    document = measure(subject, run, console)
    _write(out, "quality", document, markdown(document))


@main.command()
@click.option(
    "--data", type=click.Path(path_type=Path, exists=True), help="Folder that holds train.parquet: adds dev traffic."
)
@click.option("--rows", default=1_500, show_default=True, help="Texts of dev traffic.")
@click.option("--rounds", default=60, show_default=True, help="Checks of each length.")
@click.option("--model", default="default", show_default=True, help="Folder of a model.")
@click.option(
    "--peers", default=Path("runs/peers"), show_default=True, type=FOLDER, help="Where the peers' graphs are kept."
)
@click.option("--date", default="", help="Of the report; otherwise the manifest's.")
@click.option("--out", default=REPORTS, show_default=True, type=FOLDER)
def latency(data: Path | None, rows: int, rounds: int, model: str, peers: Path, date: str, out: Path) -> None:
    """Time on one thread by length and over dev traffic, beside two INT8 peers."""
    from benchmarks.latency import latency as measure
    from benchmarks.latency_report import markdown
    from benchmarks.scores import Subject

    subject = Subject.of(model, "balanced")
    document = measure(subject, data, peers, rows, rounds, Console(stderr=True))
    document["date"] = date or subject.date
    _write(out, "latency", document, markdown(document))


@main.command()
@click.option("--framework", "names", multiple=True, help="Only this one; may be repeated.")
@click.option("--repeat", default=7, show_default=True, type=click.IntRange(1), help="Repetitions.")
@click.option("--calls", default=20, show_default=True, type=click.IntRange(1), help="Calls of each repetition.")
@click.option("--deltas", default=120, show_default=True, type=click.IntRange(1), help="Pieces of a stream.")
@click.option("--pace", default=10.0, show_default=True, type=click.FloatRange(0), help="Milliseconds between pieces.")
@click.option("--model", default="default", show_default=True, help="Folder of a model, or none for the rules alone.")
@click.option("--date", default="", help="Of the report; otherwise the manifest's.")
@click.option("--name", default="overhead", show_default=True, help="Of the report's two files.")
@click.option("--out", default=REPORTS, show_default=True, type=FOLDER)
def overhead(
    names: tuple[str, ...], repeat: int, calls: int, deltas: int, pace: float, model: str, date: str, name: str,
    out: Path,
) -> None:  # fmt: skip
    """Time of a call through each adapter, above the guard's own checks, and of streams in each mode."""
    from benchmarks.clients import FRAMEWORKS
    from benchmarks.overhead import Plan
    from benchmarks.overhead import overhead as measure
    from benchmarks.overhead_report import markdown
    from benchmarks.scores import Subject

    known = [framework.name for framework in FRAMEWORKS]
    if unknown := [each for each in names if each not in known]:
        raise click.UsageError(f"there is no framework {unknown[0]!r}: expected one of {'; '.join(known)}")
    subject = Subject.of(None if model == "none" else model, "balanced")
    document = measure(subject, Plan(repeat, calls, deltas, pace), names, Console(stderr=True))
    document["date"] = date or subject.date
    _write(out, name, document, markdown(document))


@main.command()
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
    _write(out, "serve", document, markdown(document))


@main.command()
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
    _write(out, "scaling", document, f"# Bulk scans\n\n{figures}")


@main.command()
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
    _write(out, "redteam", document, markdown(document))


def _write(out: Path, name: str, document: object, text: str) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.json").write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", "utf-8")
    (out / f"{name}.md").write_text(text, "utf-8")
    click.echo(text)
    click.echo(f"written: {out / name}.json, {out / name}.md", err=True)


if __name__ == "__main__":
    main()
