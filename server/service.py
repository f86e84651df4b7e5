"""What all requests share: the guard once it is loaded, the queue, the counters, and whether we are ready."""

from __future__ import annotations

import asyncio
import logging
import os
from pathlib import Path
from typing import Final, Literal

from guardkit.cli.doctor import ATTACKS, BENIGN
from guardkit.errors import GuardError, ModelError
from guardkit.guard import Guard

from .intake import Intake
from .keys import Keys
from .metrics import SHARED, Metrics
from .problem import Problem
from .settings import Settings

__all__ = ["FAILED", "LOG", "Phase", "Service"]

FAILED = "failed"  # a file of the folder that processes share: why one of them has no guard
OFTEN = 0.25  # seconds between two looks at the levels that other processes show

LOG = logging.getLogger("guardkit.server")

Phase = Literal["loading", "ready", "failed", "stopping"]


class Service:
    """One server's state. `phase` says whether it answers; `reason` why not, for a person.

    Raises `GuardError` for policies and keys that are not valid. Belongs to the event loop that calls `start`.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings: Final = settings
        self.keys: Final = Keys.read(settings.keys_file)
        self.policies: Final = settings.named()
        self.metrics: Final = Metrics()
        self.intake: Final = Intake(settings.queue, settings.threads, settings.together, self.metrics)
        self.phase: Phase = "loading"
        self.reason = "the model is loading"
        self._guard: Guard | None = None
        self._loading: asyncio.Task[None] | None = None
        self._noting: asyncio.Task[None] | None = None

    @property
    def guard(self) -> Guard:
        """The guard, also while the server is stopping. Raises `Problem` while there is none."""
        if self._guard is None:
            raise Problem("not_ready", self.reason)
        return self._guard

    def start(self) -> None:
        """Starts to load the model and to check; returns at once. To be called in the event loop."""
        self.intake.start()
        self._loading = asyncio.create_task(self._load())
        if SHARED in os.environ:
            self._noting = asyncio.create_task(self._note())

    async def loaded(self) -> None:
        """Returns when the model is there, or cannot be had."""
        if self._loading is not None:
            await asyncio.shield(self._loading)

    def leave(self) -> None:
        """Says from now on that the server is not ready, while it goes on answering. What failed stays failed."""
        if self.phase != "failed":
            self.phase, self.reason = "stopping", "the server is shutting down"
        self.metrics.ready.set(0)

    async def stop(self) -> None:
        """Returns when everything that was accepted is checked."""
        self.leave()
        if self._loading is not None:
            await self._loading
        await asyncio.to_thread(self.intake.close)
        if self._noting is not None:
            self._noting.cancel()

    async def _note(self) -> None:
        """Keeps the levels up to date for the pages of the other processes."""
        while True:
            self.metrics.sample()
            await asyncio.sleep(OFTEN)

    async def _load(self) -> None:
        try:
            guard = await asyncio.to_thread(self._open)
        except Exception as error:
            what = str(error) if isinstance(error, GuardError) else type(error).__name__
            self.phase, self.reason = "failed", f"the guard cannot start: {what}; 'guardkit doctor' says more"
            LOG.error("%s", self.reason)
            if SHARED in os.environ:
                Path(os.environ[SHARED], FAILED).write_text(self.reason, "utf-8")
            return
        self._guard = guard
        if self.phase == "loading":
            self.phase, self.reason = "ready", ""
            self.metrics.ready.set(1)
            LOG.info("ready: policies %s", ", ".join(self.policies))

    def _open(self) -> Guard:
        """A guard that has stopped what every guard must stop, and let pass what is harmless."""
        model = self.settings.model
        plain = Guard("balanced", model=model)  # not the counted one: nobody asked for these checks
        wrong = [
            name
            for texts, attack in ((ATTACKS, True), (BENIGN, False))
            for name, channel, text in texts
            if (verdict := plain.check(text, channel)).allowed == attack or verdict.degraded
        ]
        if wrong:
            raise ModelError(f"the self-test went wrong on: {', '.join(wrong)}")
        return Guard(next(iter(self.policies.values())), model=model, observers=[self.metrics.checked])
