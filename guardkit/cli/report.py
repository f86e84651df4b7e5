"""The page of a scan: plots, and the worst rows with their evidence. It needs the extra `scan`.

The page is one file that loads nothing. Checked text is in it as text: escaped, and with what is not printable visible.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guardkit import __version__
from guardkit.cli.terminal import evidence, visible
from guardkit.errors import GuardError
from guardkit.scan.tally import BINS, OUTCOMES
from guardkit.verdict import Finding

if TYPE_CHECKING:
    from jinja2 import Template
    from matplotlib.figure import Figure

    from guardkit.scan.run import Scan
    from guardkit.scan.tally import Tally

__all__ = ["template", "write"]

WORST = 100  # rows shown
SOURCES = 15  # shown of those with the most that is not allowed
SIZE = (5.0, 2.6)  # inches of a plot
COLOURS = {"allow": "#2e7d32", "flag": "#f9a825", "redact": "#ef6c00", "block": "#c62828", "error": "#6d4c41"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an excerpt."""

    text: str
    marked: bool = False


def template() -> Template:
    """The page's template. Raises `GuardError` where the extra is missing."""
    try:
        import jinja2
        import matplotlib  # noqa: F401 - the plots need it
    except ModuleNotFoundError as error:
        raise GuardError(f'a report needs {error.name}: pip install "guardkit[scan]"') from error
    source = files("guardkit.cli").joinpath("report.html").read_text("utf-8")
    return jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)


def write(path: Path, rows: Path, tally: Tally, plan: Scan) -> None:
    """Writes the page about the rows of a finished scan. Raises `GuardError`."""
    worst = nlargest(WORST, _flagged(rows), key=_severity)
    sources = Counter(row["source"] for row in _flagged(rows)).most_common(SOURCES)
    page = template().render(
        version=__version__, tally=tally, outcomes=OUTCOMES, colours=COLOURS, channel=plan.setting.channel,
        model="the rules alone" if plan.setting.model is None else "rules and model",
        inputs=len(plan.sources), shown=len(worst), sources=[(visible(name, ""), count) for name, count in sources],
        plots=[_svg(figure) for figure in _figures(tally)],
        rows=[{**row, "source": visible(row["source"], ""), "parts": _parts(row)} for row in worst],
        visible=visible,
    )  # fmt: skip
    try:
        path.write_text(page, "utf-8")
    except OSError as error:
        raise GuardError(f"cannot write {path}: {error.strerror}") from error


def _flagged(rows: Path) -> Iterator[dict[str, Any]]:
    """The rows about what was not allowed, or not checked."""
    with open(rows, encoding="ascii") as file:
        for line in file:
            row = json.loads(line)
            if row["action"] != "allow":
                yield row


def _severity(row: Mapping[str, Any]) -> tuple[int, float]:
    """What was not checked comes last: there is nothing to see of it."""
    if row["action"] == "error":
        return -1, 0.0
    return OUTCOMES.index(row["action"]), 1 - row["scores"]["benign"]


def _parts(row: Mapping[str, Any]) -> list[list[Piece]]:
    """The excerpts of a row, each in pieces, the evidence among them marked."""
    found = [Finding(f["detector"], f["label"], f["score"], tuple(f["span"]), "") for f in row.get("findings", ())]
    spans = evidence(found, row.get("characters", 0))
    return [_pieces(text, start, spans) for start, text in row.get("excerpts", ())]


def _pieces(text: str, offset: int, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], 0
    for low, high in ((max(a - offset, 0), min(b - offset, len(text))) for a, b in spans):
        if max(low, at) < high:
            pieces += [Piece(visible(text[at:low])), Piece(visible(text[max(low, at) : high]), marked=True)]
            at = high
    return [piece for piece in (*pieces, Piece(visible(text[at:]))) if piece.text]


def _figures(tally: Tally) -> Iterator[Figure]:
    """How many texts met which action, what the others were taken for, and how the scores spread."""
    from matplotlib.figure import Figure

    actions = [(name, tally.actions[name]) for name in OUTCOMES if tally.actions[name]]
    yield _bars("Texts by action", actions, [COLOURS[name] for name, _ in actions])
    if tally.labels:
        labels = tally.labels.most_common()
        yield _bars("What is not allowed, by label", labels, ["#1565c0"] * len(labels))
    if tally.scores:
        figure = Figure(figsize=SIZE, layout="constrained")
        axes = figure.subplots()
        edges = [at / BINS for at in range(BINS)]
        below = [0] * BINS
        for name in (name for name in OUTCOMES if name in tally.scores):
            heights = tally.scores[name]
            axes.bar(edges, heights, 1 / BINS, below, align="edge", color=COLOURS[name], label=name)
            below = [a + b for a, b in zip(below, heights, strict=True)]
        axes.set_yscale("symlog")
        axes.set_xlim(0, 1)
        axes.set_title("Texts by score (1: certainly an attack)")
        axes.legend()
        yield figure


def _bars(title: str, counts: Sequence[tuple[str, int]], colours: Sequence[str]) -> Figure:
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE, layout="constrained")
    axes = figure.subplots()
    bars = axes.barh([name for name, _ in counts], [count for _, count in counts], color=colours)
    axes.bar_label(bars, [f"{count:,}" for _, count in counts], padding=3)
    axes.set_title(title)
    axes.margins(x=0.2)
    return figure


def _svg(figure: Figure) -> str:
    """The plot as markup to stand in a page: its text is ours, nothing in it comes from a text that was checked."""
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    drawn = out.getvalue()
    return drawn[drawn.index("<svg") :]
