"""Where reports go, and how they are written; types of options that commands share."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import click

__all__ = ["CACHE", "DATA", "EXISTING", "FOLDER", "REPORTS", "write"]

FOLDER = click.Path(path_type=Path)
DATA = click.Path(path_type=Path, exists=True, file_okay=False)
EXISTING = click.Path(path_type=Path, exists=True, dir_okay=False)
POINT = re.compile(r"\[\s+(-?[\d.e-]+(?:,\s+-?[\d.e-]+)*)\s+\]")  # a list of numbers
REPORTS = Path("benchmarks/reports")
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "guardkit" / "benchmarks"


def write(out: Path, name: str, document: object, text: str) -> None:
    """The document as JSON, its points of curves on one line each, and its report."""
    out.mkdir(parents=True, exist_ok=True)
    data = json.dumps(document, indent=2, ensure_ascii=False)
    data = POINT.sub(lambda found: "[" + ", ".join(map(str.strip, found[1].split(","))) + "]", data)
    (out / f"{name}.json").write_text(data + "\n", "utf-8")
    (out / f"{name}.md").write_text(text, "utf-8")
    click.echo(text)
    click.echo(f"written: {out / name}.json, {out / name}.md", err=True)
