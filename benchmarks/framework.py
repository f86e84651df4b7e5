"""What every framework that is measured looks like to the benchmark: two calls, and the times of a stream."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec

from benchmarks.talk import SYSTEM
from guardkit import Guard
from guardkit.stream import Mode
from guardkit.verdict import Channel

__all__ = ["KEY", "MODEL", "Client", "Framework", "Heard", "asked", "heard", "heard_async"]

MODEL = "m"
KEY = "none"
MODULES = {"openai-agents": "agents"}  # where it is not the package's name


@dataclass(frozen=True, slots=True)
class Heard:
    """A stream as its reader got it: seconds from the call to the first text and to the end."""

    text: str
    first: float
    total: float


@dataclass(frozen=True, slots=True)
class Client:
    """`ask` returns the answer to a question, `listen` its stream; None where the framework has none."""

    ask: Callable[[str], str]
    listen: Callable[[str], Heard] | None
    close: Callable[[], object]


Build = Callable[[str, Guard | None, Mode], Client]


@dataclass(frozen=True, slots=True)
class Framework:
    """How to open a client, the packages that have to be there, and what a call of it has checked, by channel."""

    name: str
    packages: tuple[str, ...]
    open: Build
    checked: tuple[Channel, ...] = ("user", "output")  # and, the first time, the system prompt

    @property
    def missing(self) -> list[str]:
        """The packages that are not installed."""
        return [
            package for package in self.packages if find_spec(MODULES.get(package, package.replace("-", "_"))) is None
        ]

    @property
    def versions(self) -> dict[str, str]:
        """The version of each package."""
        return {package: version(package) for package in self.packages}


def asked(question: str) -> list[dict[str, str]]:
    """The messages of a call."""
    return [{"role": "system", "content": SYSTEM}, {"role": "user", "content": question}]


class _Ear:
    """Takes the time of a stream from when it is made, before the call."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._first = 0.0
        self._said: list[str] = []

    def take(self, piece: str) -> None:
        if piece and not self._said:
            self._first = self._passed()
        if piece:
            self._said.append(piece)

    def heard(self) -> Heard:
        return Heard("".join(self._said), self._first, self._passed())

    def _passed(self) -> float:
        return time.perf_counter() - self._started


def heard(pieces: Iterator[str]) -> Heard:
    """The stream, read to its end."""
    ear = _Ear()
    for piece in pieces:
        ear.take(piece)
    return ear.heard()


async def heard_async(pieces: AsyncIterator[str]) -> Heard:
    """The async stream, read to its end."""
    ear = _Ear()
    async for piece in pieces:
        ear.take(piece)
    return ear.heard()
