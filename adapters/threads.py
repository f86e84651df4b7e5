"""Checks beside the event loop, on asyncio and trio alike."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from anyio import CapacityLimiter
    from anyio.lowlevel import RunVar

__all__ = ["in_thread"]

T = TypeVar("T")

WORKERS = min(8, os.cpu_count() or 1)
_limiters: list[RunVar[CapacityLimiter]] = []


async def in_thread(function: Callable[..., T], *args: object) -> T:
    """What the function returns, on a thread. Few at a time, so that the loop's other threads are not used up."""
    from anyio import CapacityLimiter, to_thread
    from anyio.lowlevel import RunVar

    if not _limiters:
        _limiters.append(RunVar("guardkit"))
    try:
        limiter = _limiters[0].get()
    except LookupError:
        limiter = CapacityLimiter(WORKERS)
        _limiters[0].set(limiter)
    return await to_thread.run_sync(function, *args, abandon_on_cancel=True, limiter=limiter)
