"""What the commands print. Everything goes out through `show`, whose text is `visible` and fits the encoding."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.text import Text

from guardkit.cli.terminal import evidence, highlighted, quoted, visible
from guardkit.verdict import Verdict

if TYPE_CHECKING:
    from guardkit.cli.doctor import Report
    from guardkit.evidence import Contribution
    from guardkit.pipeline import Analysis

__all__ = ["complain", "data", "heading", "progress", "report", "show", "verdict", "views", "working"]

COLOURS = {"allow": "bold green", "flag": "bold yellow", "redact": "bold yellow", "block": "bold red"}
FINDINGS = 20  # shown
SENTENCES = 10  # shown
SNIPPET = 120  # characters of decoded text shown with a finding


def working(what: str) -> AbstractContextManager[Any]:
    """A sign of life on standard error while the block runs, where a person is watching."""
    return Console(stderr=True).status(f"{what} …") if _watched() else nullcontext()


@contextmanager
def progress(what: str, total: float) -> Iterator[Callable[[float], None]]:
    """A bar on standard error, where a person is watching; it takes how much of the total is done."""
    if not _watched():
        yield lambda _: None
        return
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total or None)
        yield lambda done: bar.update(task, completed=done)


def data(found: Mapping[str, Any]) -> None:
    """One JSON object, in ASCII."""
    click.echo(json.dumps(found, ensure_ascii=True))


def complain(message: str, prefix: str = "Error: ") -> None:
    with suppress(OSError):  # standard error is full or gone: the exit code still says it
        click.echo(_fitting(f"{prefix}{visible(message)}", sys.stderr), err=True)


def verdict(text: str, found: Verdict, carried: Sequence[Contribution] | None = None) -> None:
    """A verdict with its evidence."""
    out = Text()
    out.append(found.action.upper(), COLOURS[found.action])
    about = f"  {found.label}  score {found.score:.2f}  route {found.route}  {found.elapsed_ms:.1f} ms"
    out.append(f"{about}  channel {found.channel}  policy {visible(found.policy)}\n", "default")
    if found.truncated:
        out.append("The text is over the policy's limits: not all of it was checked.\n", "yellow")
    if found.degraded:
        out.append(f"A step failed, so that not everything was checked: {visible(found.degraded)}\n", "yellow")
    out.append("\n")
    spans = evidence(found.findings, len(text))
    out.append_text(_indented(highlighted(text, spans, marks=_console().color_system is None)))
    _decoded(out, found)
    _findings(out, found)
    if found.action == "redact":
        heading(out, "redacted")
        out.append_text(_indented(highlighted(found.redacted, (), marks=False)))
    if carried is not None:
        _sentences(out, text, carried)
    show(out)


def views(analysis: Analysis) -> None:
    """Every view with its chain."""
    out = Text()
    for view in analysis.views:
        start, end = view.span()
        out.append(" → ".join(view.chain) or "original", "bold cyan")
        out.append(f"  characters {start}-{end}\n", "dim")
        out.append_text(_indented(highlighted(view.text, (), marks=False)))
        out.append("\n")
    if len(analysis.views) == 1:
        out.append("Nothing is hidden or encoded in it.\n")
    if analysis.truncated:
        out.append("The text is over the limits: these are excerpts.\n", "yellow")
    if analysis.degraded:
        out.append(f"Failed: {visible('; '.join(analysis.degraded))}\n", "yellow")
    show(out)


def report(found: Report) -> None:
    """What the doctor saw."""
    out = Text()
    for name, value in found.facts():
        out.append(f"{name:<14}", "bold")
        out.append(f"{visible(value)}\n")
    if found.selftest:
        heading(out, "self-test")
    for case in found.selftest:
        out.append("  ok   " if case.passed else "  WRONG", "green" if case.passed else "bold red")
        out.append(f"  {case.kind:<7} {case.action:<6} {case.name}\n")
    out.append("\n")
    for problem in found.problems:
        out.append("PROBLEM  ", "bold red").append(f"{visible(problem)}\n")
    if not found.problems:
        out.append("All is well.\n", "bold green")
    show(out)


def _decoded(out: Text, found: Verdict) -> None:
    """What was uncovered: each decoding once."""
    uncovered = {(f.chain, f.decoded): f for f in found.findings if f.decoded and not f.score}
    if uncovered:
        heading(out, "decoded")
    for (chain, decoded), finding in uncovered.items():
        start, end = finding.span
        out.append(f"  {' → '.join(chain)}", "cyan")
        out.append(f"  characters {start}-{end}\n", "dim")
        out.append(f"    {quoted(decoded, 2 * SNIPPET)}\n")


def _findings(out: Text, found: Verdict) -> None:
    accusing = sorted((f for f in found.findings if f.score > 0), key=lambda f: -f.score)
    if accusing:
        heading(out, "findings")
    for finding in accusing[:FINDINGS]:
        start, end = finding.span
        out.append(f"  {finding.score:.2f}  {finding.label:<11}  ")
        out.append(visible(finding.message), "bold")
        out.append(f"  {finding.detector}, characters {start}-{end}\n", "dim")
        if finding.chain:
            out.append(f"        {' → '.join(finding.chain)}: {quoted(finding.decoded, SNIPPET)}\n", "cyan")
    if len(accusing) > FINDINGS:
        out.append(f"  and {len(accusing) - FINDINGS} more: --json lists them all\n", "dim")


def _sentences(out: Text, text: str, carried: Sequence[Contribution]) -> None:
    """The sentences that score most by themselves or whose absence helps most."""
    heading(out, "sentences (score by itself, fall of the score without it)")
    ranked = sorted(carried, key=lambda one: -max(one.score, one.drop))[:SENTENCES]
    for one in sorted(ranked, key=lambda one: one.span):
        out.append(f"  {one.score:.2f}  {one.drop:+.2f}  {quoted(text[slice(*one.span)].strip(), SNIPPET)}\n")


def heading(out: Text, title: str) -> None:
    out.append(f"\n{title}\n", "dim")


def _indented(text: Text) -> Text:
    out = Text()
    for line in text.split("\n", allow_blank=False):
        out.append("  ").append_text(line).append("\n")
    return out


def _watched() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _console() -> Console:
    return Console(file=sys.stdout, highlight=False, soft_wrap=True)


def show(text: Text) -> None:
    """Everything at once, on lines as long as they are: the terminal wraps them, a pipe keeps them."""
    console = _console()
    with console.capture() as capture:
        console.print(text, end="")
    click.echo(_fitting(capture.get(), sys.stdout), nl=False, color=True)


def _fitting(text: str, stream: Any) -> str:
    """The text in characters that the stream can take."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)
