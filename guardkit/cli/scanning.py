"""`guardkit scan`: the edge of `guardkit.scan`."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from guardkit.cli import screen
from guardkit.cli.destination import Destination, apart, filled
from guardkit.cli.terminal import visible
from guardkit.errors import DataError
from guardkit.verdict import ACTIONS, CHANNELS, Channel

if TYPE_CHECKING:
    from guardkit.scan.run import Scan
    from guardkit.scan.sources import Format, Found
    from guardkit.scan.tally import Tally

__all__ = ["scan"]

FORMATS = ("text", "lines", "jsonl", "csv", "parquet")
SHOWN = 5  # rows that could not be checked


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--out", type=Destination(), help="File of the rows. Without it they go to standard output.")
@click.option("--restart", is_flag=True, help="Begin anew where the file is of an earlier scan.")
@click.option("--channel", type=click.Choice(CHANNELS), default="document", show_default=True,
              help="Who wrote the texts.")  # fmt: skip
@click.option("--policy", help="strict, balanced, permissive or a TOML file. Default: $GUARDKIT_POLICY, else balanced.")
@click.option("--rules-only", is_flag=True, help="Without the model.")
@click.option("--only", type=click.Choice(["flagged"]), help="Only rows about what is not allowed.")
@click.option("--column", help="Of the text, in JSON lines, CSV and Parquet. Default: one of a usual name.")
@click.option("--format", type=click.Choice(FORMATS), help='What the files are. Default: by name; "-" has lines.')
@click.option("--glob", default="*", show_default=True, help="Names of files to take from directories.")
@click.option("--no-text", is_flag=True, help="Rows without a word of the texts, only places and hashes.")
@click.option("--processes", type=click.IntRange(1), help="Default: the cores.")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True)
@click.option("--report", type=Destination(), help="Also write a page with plots and evidence. Needs --out.")
@click.option("--json", "as_json", is_flag=True, help="With --out: the summary as one JSON object.")
def scan(
    paths: tuple[str, ...], out: Path | None, channel: Channel, policy: str | None, only: str | None,
    column: str | None, format: Format | None, glob: str, processes: int | None, engine: str, report: Path | None,
    *, restart: bool, rules_only: bool, no_text: bool, as_json: bool,
) -> int:  # fmt: skip
    """Check every text in PATHS: files, directories, or "-" for standard input; one row of JSON each.

    Read are texts (a file each), JSON lines, CSV and Parquet. Of directories hidden names and links to directories are
    left out and counted. With --out, a scan that was stopped or killed goes on when the same command is given again,
    and no row is lost or written twice; one of standard input has to begin anew.

    Exit codes: 0 all allowed, 1 some flagged or redacted, 2 some blocked, 3 error, or some could not be checked.
    """
    if out is None and (report or restart or as_json):
        raise click.UsageError("--report, --restart and --json go with --out")
    if out is None and sys.stdout is None:
        raise click.UsageError("standard output is closed: name a file with --out")
    with screen.working("preparing"):
        from guardkit.decide import PRESETS
        from guardkit.scan.checking import Setting
        from guardkit.scan.journal import Output, Stream
        from guardkit.scan.run import Scan

        if report is not None:
            from guardkit.cli.report import template

            template()  # raises here, not after hours
        setting = Setting.of(policy, channel, model=None if rules_only else "default", text=not no_text)
        found = _found(paths, format, glob, out, report, restart=restart)
        if policy is not None and policy not in PRESETS:
            apart(_written(out, report), [policy])
        plan = Scan(found.sources, setting, column, only is not None)
    started = time.monotonic()
    if out is None:
        stream = Stream(sys.stdout.buffer.write)
        _run(plan, stream, engine, processes)
        sys.stdout.buffer.flush()
        _certain(stream.mark.tally)
        screen.complain(_line(stream.mark.tally, time.monotonic() - started, found), prefix="")
        return stream.mark.tally.code
    with closing(Output(out, plan.identity(), restart=restart)) as output:
        before = output.mark.tally.rows
        if output.resumed and not output.mark.finished:
            screen.complain(f"going on after {before:,} texts", prefix="")
        _run(plan, output, engine, processes)
        tally = output.mark.tally
        try:
            _certain(tally)
        except DataError:
            output.discard()
            raise
    if report is not None:
        from guardkit.cli.report import write

        write(report, out, tally, plan)
    seconds = time.monotonic() - started
    if as_json:
        about = {"out": str(out), "report": report and str(report), "left_out": found.left_out}
        screen.data({**about, **tally.to_dict()})
    else:
        screen.show(_summary(tally, tally.rows - before, seconds, found, out, report))
    return tally.code


def _written(out: Path | None, report: Path | None) -> list[Path]:
    from guardkit.scan.journal import Output

    return [*(Output.files(out) if out else ()), *([report] if report else ())]


def _found(
    paths: Sequence[str], format: Format | None, glob: str, out: Path | None, report: Path | None, *, restart: bool
) -> Found:
    """What there is to scan. Raises `click.UsageError` where what is written would take the place of what is read."""
    from guardkit.scan.journal import Output
    from guardkit.scan.sources import STDIN, discover

    begun = out is not None and Output.begun(out)
    if begun and STDIN in paths and not restart:
        raise click.UsageError(
            f"{out} is of an earlier scan, whose standard input may have been another: write to another file, or "
            "--restart begins anew"
        )
    ours = _written(out, report)
    # Without a journal beside it nothing says that what is there is of an earlier scan: it may be an input.
    known = [path for path in ours if begun or path not in (out, report) or not filled(path)]
    found = discover(paths, format, glob, known)
    apart(ours, [source.path for source in found.sources if source.path != STDIN])
    return found


def _run(plan: Scan, sink: Any, engine: str, processes: int | None) -> None:
    from guardkit.scan.cluster import Cluster
    from guardkit.scan.crew import Crew, Processes
    from guardkit.scan.run import scan

    if sink.mark.finished:
        return
    total = 1 if any(source.size for source in plan.sources) else 0
    crew: Crew = Cluster(plan.setting, processes) if engine == "ray" else Processes(plan.setting, processes)
    with closing(crew), screen.progress("scanning", total) as advance:
        for share in scan(plan, crew, sink):
            advance(share)


def _certain(tally: Tally) -> None:
    """Raises `DataError` where no file could be read at all: then there was no scan."""
    if tally.rows == tally.actions["error"] and 0 < tally.rows == sum(not one["row"] for one in tally.faults):
        first = tally.faults[0]
        raise DataError(f"{first['source']}: {first['error']}")


def _line(tally: Tally, seconds: float, found: Found) -> str:
    counts = ", ".join(f"{tally.actions[name]:,} {name}" for name in (*ACTIONS, "error") if tally.actions[name])
    line = f"{tally.rows:,} texts in {seconds:.1f} s: {counts or 'nothing to check'}"
    return "\n".join([line, *_reach(tally, found)])


def _reach(tally: Tally, found: Found) -> list[str]:
    """What was read and what was not, where that is not plain from the names of the files."""
    lines = []
    if tally.columns:
        lines.append("read from " + ", ".join(f"column {name!r} ({n:,})" for name, n in tally.columns.most_common()))
    if found.left_out:
        lines.append(f"left out: {found.left_out:,} (hidden names, links to directories, and what is no file)")
    return lines


def _summary(tally: Tally, new: int, seconds: float, found: Found, out: Path, report: Path | None) -> Text:
    text = Text()
    text.append(f"{tally.rows:,} texts", "bold")
    text.append(f", {tally.characters:,} characters")
    text.append(f"  {new:,} of them now, {new / max(seconds, 1e-9):,.0f} a second\n\n", "dim")
    for action in ACTIONS:
        style = screen.COLOURS[action] if tally.actions[action] else "dim"
        text.append(f"{action:<8}{tally.actions[action]:>12,}\n", style)
    if tally.labels:
        named = ", ".join(f"{count:,} {label}" for label, count in tally.labels.most_common())
        text.append(f"\nnot allowed: {named}\n")
    for number, what in (
        (tally.truncated, "are over the policy's limits"),
        (tally.degraded, "were not checked in full"),
    ):
        if number:
            text.append(f"{number:,} texts {what}: the policy's word on that counts above.\n", "yellow")
    if tally.actions["error"]:
        text.append(f"\n{tally.actions['error']:,} could not be checked\n", "bold yellow")
        for one in tally.faults[:SHOWN]:
            at = f"{one['source']}, row {one['row']:,}" if one["row"] else one["source"]
            text.append(f"  {visible(at, keep='')}: {visible(one['error'], keep='')}\n")
    reach = _reach(tally, found)
    if reach:
        text.append("\n" + "".join(f"{visible(line, keep='')}\n" for line in reach))
    text.append(f"\nrows    {visible(str(out))}\n")
    if report is not None:
        text.append(f"report  {visible(str(report))}\n")
    return text
