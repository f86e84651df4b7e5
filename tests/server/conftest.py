"""The servers and the gate that the tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from brake import Brake
from client import Running, serving

from guardkit import judge as judging


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
