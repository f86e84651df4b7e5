"""A file that a command writes: what cannot be one is refused before the work, not after it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

__all__ = ["Destination", "apart", "filled"]


class Destination(click.Path):
    """An option's file to write, in a directory that is there."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if not path.name:
            self.fail("it names no file", param, ctx)
        if not os.path.isdir(path.parent):
            self.fail(f"cannot write {path}: {os.strerror(errno.ENOENT)}", param, ctx)
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            self.fail(f"cannot write {path}: {os.strerror(errno.EACCES)}", param, ctx)
        return path


def filled(path: Path) -> bool:
    """Whether there is something in it that could be lost."""
    return os.path.isfile(path) and os.path.getsize(path) > 0


def apart(written: Iterable[Path], read: Iterable[str]) -> None:
    """Raises `click.UsageError` where a file would be written over another that is written, or that is read."""
    taken: set[str] = set()
    for path in written:
        real = os.path.realpath(path)
        if real in taken:
            raise click.UsageError(f"{path} would be written twice: give --out and --report other names")
        taken.add(real)
    for name in read:
        if os.path.realpath(name) in taken:
            raise click.UsageError(f"{name} is read, and would be written over: give --out or --report another name")
