"""`python -m benchmarks NAME`: measure the guard; most write a report."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from benchmarks.operation import COMMANDS
from benchmarks.output import CACHE, DATA, EXISTING, FOLDER, REPORTS, write


@click.group(help=__doc__)
def main() -> None:
    pass


@main.command()
@click.option("--data", type=DATA, help="Folder that holds bench/.")
@click.option("--suite", "names", multiple=True, help="Only this suite; may be repeated. `suites` lists them.")
@click.option("--file", "files", multiple=True, type=EXISTING, help="Your own JSONL, CSV, Parquet or YAML (PINT) file.")
@click.option("--limit", default=0, help="At most so many rows of each suite; 0: all.")
@click.option("--model", default="default", show_default=True, help="Folder of a model, or none for the rules alone.")
@click.option("--policy", default="balanced", show_default=True)
@click.option("--floor", is_flag=True, help="Fit the linear floor too.")
@click.option("--floor-rows", default=0, help="Training rows for the floor; 0: all.")
@click.option("--quick", is_flag=True, help="At most 150 rows of each suite: about 3 minutes on two cores.")
@click.option("--date", default="", help="Of the report; otherwise the manifest's.")
@click.option("--cache", default=CACHE, show_default=True, type=FOLDER, help="Where verdicts are kept.")
@click.option("--name", default="quality", show_default=True, help="Of the report's two files.")
@click.option("--out", default=REPORTS, show_default=True, type=FOLDER)
def quality(
    data: Path | None, names: tuple[str, ...], files: tuple[Path, ...], limit: int, model: str, policy: str,
    floor: bool, floor_rows: int, quick: bool, date: str, cache: Path, name: str, out: Path,
) -> None:  # fmt: skip
    """Recall, false positives, curves and calibration on every public benchmark, or on your own file."""
    from benchmarks.files import UserFile
    from benchmarks.quality import Run
    from benchmarks.quality import quality as measure
    from benchmarks.quality_report import markdown
    from benchmarks.scores import Subject
    from benchmarks.suites import Suite, find

    if data is None and not names and not files:
        raise click.UsageError("give --data, --suite or --file")
    try:
        suites = find(names) if names or not files else ()
    except KeyError as error:
        raise click.UsageError(f"there is no suite {error}: `python -m benchmarks suites` lists them") from error
    own = (Suite(path.name, "yours", "both", UserFile(path), str(path), "yours") for path in files)
    subject = Subject.of(None if model == "none" else model, policy)
    run = Run(data, (*suites, *own), cache, limit or (150 if quick else 0), floor, floor_rows, date or subject.date)
    document = measure(subject, run, Console(stderr=True))
    if not document["suites"]:
        raise click.ClickException("none of the suites could be read")
    write(out, name, document, markdown(document))


@main.command()
def suites() -> None:
    """The registry: every suite, where it comes from, its licence, and what to look at."""
    from rich.table import Table

    from benchmarks.suites import SUITES

    columns = "name", "group", "metric", "source", "licence"
    listed = Table(box=None)
    for column in columns:
        listed.add_column(column, no_wrap=column == "name")
    for suite in SUITES:
        listed.add_row(*(str(getattr(suite, column)) for column in columns))
    Console().print(listed)


@main.command()
@click.option("--data", type=DATA, help="Folder that holds train.parquet: adds dev traffic.")
@click.option("--rows", default=750, show_default=True, help="Texts of dev traffic, read five times.")
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(1), help="Repetitions of every length.")
@click.option("--texts", default=12, show_default=True, type=click.IntRange(1), help="Of a length in each round.")
@click.option("--budget", default=6.0, show_default=True, help="Seconds for one contender at one length.")
@click.option("--peer", "names", multiple=True, help="Only this peer; may be repeated. `none` for none.")
@click.option("--quick", is_flag=True, help="100 rows, up to 1,024 tokens, two peers: about 3 minutes.")
@click.option("--model", default="default", show_default=True, help="Folder of a model.")
@click.option("--peers", default=CACHE.parent / "peers", show_default=True, type=FOLDER, help="Where graphs are kept.")
@click.option("--date", default="", help="Of the report; otherwise the manifest's.")
@click.option("--out", default=REPORTS, show_default=True, type=FOLDER)
def latency(
    data: Path | None, rows: int, rounds: int, texts: int, budget: float, names: tuple[str, ...], quick: bool,
    model: str, peers: Path, date: str, out: Path,
) -> None:  # fmt: skip
    """Time on one thread by length and over dev traffic, beside the encoders of other guards."""
    from benchmarks.latency import LENGTHS, Plan
    from benchmarks.latency import latency as measure
    from benchmarks.latency_report import markdown
    from benchmarks.peers import PEERS
    from benchmarks.scores import Subject

    known = [peer.name for peer in PEERS]
    if unknown := [name for name in names if name not in (*known, "none")]:
        raise click.UsageError(f"there is no peer {unknown[0]!r}: expected one of {'; '.join(known)}")
    plan = Plan(rows, rounds, texts, budget, LENGTHS, [p for p in PEERS if p.name in names] if names else PEERS)
    if quick:
        small = [peer for peer in plan.peers if peer.name in ("MiniLM-L6", "DeBERTa-v3-xsmall")]
        plan = Plan(100, 5, 4, 2.0, [length for length in LENGTHS if length <= 1_024], small)
    subject = Subject.of(model, "balanced")
    document = measure(subject, data, peers, plan, Console(stderr=True))
    document["date"] = date or subject.date
    write(out, "latency", document, markdown(document))


@main.command()
@click.option("--seeds", default=25, show_default=True, help="Attacks and harmless sentences for each way; 0: all 50.")
@click.option("--needles", default=8, show_default=True, help="Of each kind in every cell of long documents.")
@click.option("--words", default=25, show_default=True, help="Attacks that are rewritten word by word.")
@click.option("--longest", default=100_000, show_default=True, help="Characters of the longest document.")
@click.option("--quick", is_flag=True, help="Three seeds, two needles, three rewritten: about 3 minutes on two cores.")
@click.option("--model", default="default", show_default=True, help="Folder of a model, or none for the rules alone.")
@click.option("--policy", default="balanced", show_default=True)
@click.option("--date", default="", help="Of the report; otherwise the manifest's.")
@click.option("--cache", default=CACHE, show_default=True, type=FOLDER, help="Where verdicts are kept.")
@click.option("--out", default=REPORTS, show_default=True, type=FOLDER)
def evasion(
    seeds: int, needles: int, words: int, longest: int, quick: bool, model: str, policy: str, date: str, cache: Path,
    out: Path,
) -> None:  # fmt: skip
    """Attacks hidden in every way we know, beside harmless texts hidden alike."""
    from benchmarks.evasion import Plan
    from benchmarks.evasion import evasion as measure
    from benchmarks.evasion_report import markdown
    from benchmarks.placement import LENGTHS
    from benchmarks.scores import Subject

    subject = Subject.of(None if model == "none" else model, policy)
    lengths = tuple(length for length in LENGTHS if length <= longest)
    plan = Plan(3, 2, 3, lengths) if quick else Plan(seeds, needles, words, lengths)
    document = measure(subject, plan, cache, Console(stderr=True))
    document["date"] = date or subject.date
    write(out, "evasion", document, markdown(document))


@main.command()
@click.option("--framework", "names", multiple=True, help="Only this one; may be repeated.")
@click.option("--repeat", default=5, show_default=True, type=click.IntRange(1), help="Repetitions.")
@click.option("--calls", default=10, show_default=True, type=click.IntRange(1), help="Calls of each repetition.")
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
    from benchmarks.overhead import FRAMEWORKS, Plan
    from benchmarks.overhead import overhead as measure
    from benchmarks.overhead_report import markdown
    from benchmarks.scores import Subject

    known = [framework.name for framework in FRAMEWORKS]
    if unknown := [each for each in names if each not in known]:
        raise click.UsageError(f"there is no framework {unknown[0]!r}: expected one of {'; '.join(known)}")
    subject = Subject.of(None if model == "none" else model, "balanced")
    document = measure(subject, Plan(repeat, calls, deltas, pace), names, Console(stderr=True))
    document["date"] = date or subject.date
    write(out, name, document, markdown(document))


@main.command()
@click.option("--out", default=REPORTS, show_default=True, type=DATA, help="Folder of the parts and of the report.")
def report(out: Path) -> None:
    """One page of all parts: latest.json, latest.md and latest.html."""
    from benchmarks.report import save

    try:
        document = save(out)
    except FileNotFoundError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"written: {out / 'latest'}.{{json,md,html}} from {', '.join(document['parts'])}", err=True)


@main.command()
@click.option("--data", type=DATA, help="Folder that holds bench/: adds the suites of attacks and of harmless texts.")
@click.option("--limit", default=200, show_default=True, help="At most so many rows of each suite; 0: all.")
@click.option("--model", default="default", show_default=True, help="Folder of a model, or none for the rules alone.")
@click.option("--date", default="", help="Of the report; otherwise the manifest's.")
@click.option("--out", default=REPORTS, show_default=True, type=FOLDER)
def rivals(data: Path | None, limit: int, model: str, date: str, out: Path) -> None:
    """Guards without a model from PyPI on the same texts: pip install injectionguard unplug-ai."""
    from benchmarks.rivals import markdown
    from benchmarks.rivals import rivals as measure
    from benchmarks.scores import Subject

    subject = Subject.of(None if model == "none" else model, "balanced")
    document = measure(subject, data, limit, Console(stderr=True))
    document["date"] = date or subject.date
    write(out, "rivals", document, markdown(document))


@main.command()
@click.option("--data", type=DATA, help="Folder that holds bench/: adds 30 rows of eight suites.")
@click.option("--model", default="default", show_default=True, help="Folder of a model, or none for the rules alone.")
@click.option("--cache", type=FOLDER, help="Where verdicts are kept; otherwise every text is checked anew.")
@click.option("--renew", is_flag=True, help="Write the floors that this model sets, instead of comparing.")
def smoke(data: Path | None, model: str, cache: Path | None, renew: bool) -> None:
    """Fails when quality falls below the committed floor: about half a minute on two free cores."""
    from benchmarks import smoke as check
    from benchmarks.markdown import table
    from benchmarks.scores import Subject

    subject = Subject.of(None if model == "none" else model, "balanced")
    figures = {check.OWN: check.own(subject, cache), check.PUBLIC: check.public(subject, data, cache)}
    if renew:
        check.save(subject.model, {part: check.renewed(each) for part, each in figures.items() if each})
        click.echo(f"written: {check.FLOORS}", err=True)
    _, floors = check.load()
    failed = {part: check.failures(each, floors.get(part, {})) for part, each in figures.items() if each}
    rows = (
        (f"{part}: {name}", f"{figure.value:.3f}", f"{floors[part][name].bound:.3f}" if name in floors[part] else "",
         "**fail**" if name in failed[part] else "pass")
        for part, each in figures.items()
        for name, figure in each.items()
    )  # fmt: skip
    click.echo(table(("figure", "measured", "bound", "verdict"), rows))
    if any(failed.values()):
        raise click.ClickException("quality is below the committed floor")


@main.command()
@click.option("--reports", default=REPORTS, show_default=True, type=DATA)
@click.option("--check", is_flag=True, help="Change nothing; fail where a figure differs from the reports.")
def numbers(reports: Path, check: bool) -> None:
    """Write the figures of README.md and MODEL_CARD.md from the reports and the model's manifest."""
    from benchmarks.numbers import FILES, NumbersError, filled, sources

    documents = sources(reports)
    stale = []
    for path in FILES:
        text = path.read_text("utf-8")
        try:
            new = filled(text, documents)
        except NumbersError as error:
            raise click.ClickException(f"{path.name}: {error}") from error
        if new != text:
            stale.append(path.name)
            if not check:
                path.write_text(new, "utf-8")
    if check and stale:
        raise click.ClickException(f"{' and '.join(stale)}: run `python -m benchmarks numbers`")
    click.echo(f"written: {', '.join(stale) or 'nothing, all figures are current'}", err=True)


for command in COMMANDS:
    main.add_command(command)

if __name__ == "__main__":
    main()
