"""Frameworks that are there only where they were asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["framework"]


def framework(name: str, extra: str) -> Any:
    """The module of a framework. Raises `ImportError` that names the extra which brings it."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name.partition(".")[0]:
            raise
        raise ImportError(f'{name} is not installed: run pip install "guardkit[{extra}]"', name=name) from error
