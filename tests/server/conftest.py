"""The servers and the gate that the tests share."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from client import Running, serving

from guardkit import judge as judging
from guardkit.pipeline import Analysis

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


ANALYZE = judging.analyze


@pytest.fixture
def brake(monkeypatch: pytest.MonkeyPatch) -> Iterator[Brake]:
    made = Brake()
    monkeypatch.setattr(judging, "analyze", made.analyze)
    yield made
    made.off.set()


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GUARDKIT_API_KEYS", "GUARDKIT_POLICY", "GUARDKIT_ON_ERROR", "GUARDKIT_ON_TRUNCATED"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def rules() -> Iterator[Running]:
    """A server without the model."""
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def full() -> Iterator[Running]:
    """A server with the shipped model."""
    with serving(model="default") as running:
        yield running
