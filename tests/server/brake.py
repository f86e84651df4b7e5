"""A brake on chosen checks, so that a test decides when they end."""

from __future__ import annotations

import threading

from guardkit import judge as judging
from guardkit.pipeline import Analysis

ANALYZE = judging.analyze
SLOW = "SLOW"  # a text that begins with it waits for the brake


class Brake:
    """Holds the checks of slow texts until it is released."""

    def __init__(self) -> None:
        self.off = threading.Event()
        self.held = 0  # checks that have met it

    def analyze(self, text: str, *rest: object) -> Analysis:
        if text.startswith(SLOW):
            self.held += 1
            assert self.off.wait(60)
        return ANALYZE(text, *rest)  # type: ignore[arg-type]
