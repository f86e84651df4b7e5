"""The classifier: windows of word pieces through the fast branch and, where it is worth it, the deep one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from guardkit.classify.scoring import Model
from guardkit.classify.session import Classifier

__all__ = ["MODEL", "open_model"]

MODEL = Path(__file__).parent / "model"


@cache
def open_model(folder: Path, threads: int = 1) -> Model:
    """The model of a folder; guards of one process share it. Raises `ModelError`."""
    return Model(Classifier(folder, threads))
