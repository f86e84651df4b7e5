"""Figures and tables as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["DASH", "percent", "score", "span", "table", "verdict"]

DASH = "–"


def percent(value: float | None) -> str:
    return DASH if value is None else f"{100 * value:.1f}%"


def score(value: float | None) -> str:
    return DASH if value is None else f"{value:.3f}"


def span(interval: Sequence[float] | None) -> str:
    """A 95% interval, in percent."""
    return DASH if interval is None else f"{100 * interval[0]:.1f}–{100 * interval[1]:.1f}"


def verdict(holds: bool | None) -> str:
    return {True: "pass", False: "**fail**", None: "not measured"}[holds]


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table whose first column is text and whose others are right-aligned."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)
