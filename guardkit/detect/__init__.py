"""Evidence in a view: each detector has a name and one method from a view to findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from guardkit.detect.patterns import Patterns
from guardkit.verdict import Finding
from guardkit.view import View

__all__ = ["DETECTORS", "Detector"]


class Detector(Protocol):
    """Readable evidence, in linear time, never raising. A finding of score 0 is context."""

    @property
    def name(self) -> str: ...

    def detect(self, view: View) -> Iterator[Finding]: ...


DETECTORS: tuple[Detector, ...] = (Patterns(),)
