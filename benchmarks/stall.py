"""How long an event loop stands still while a guard checks on threads, and what 64 threads need of memory.

The loop does nothing but ask for the time. Checks run Python code, which holds the interpreter's lock for up to its
switch interval (5 ms) at a time, and longer where one call into C keeps it: the longest of these is what is measured.
"""

from __future__ import annotations

import asyncio
import resource
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from benchmarks.machine import machine
from benchmarks.serve import texts
from guardkit import Guard

__all__ = ["stall"]

LONG = 100_000  # characters of the texts that are mixed in
EVERY = 10  # texts, of which one is long
THREADS = 64


def stall(count: int, model: str | None) -> dict[str, Any]:
    """Milliseconds that the loop was late, idle and under load; MiB that the threads took."""
    guard = Guard(model=model)
    short = texts(count)
    sent = [(text * (LONG // len(text)))[:LONG] if at % EVERY == 0 else text for at, text in enumerate(short)]
    guard.check_many(short[:20])
    idle = asyncio.run(_idle())
    busy = asyncio.run(_busy(guard, sent))
    before = _memory()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(guard.check, sent))
    return {
        "machine": machine(),
        "texts": count,
        "idle": _figures(idle),
        "acheck": _figures(busy),
        "threads": {"count": THREADS, "mib": round(_memory() - before, 1)},
    }


async def _late(stop: asyncio.Event) -> list[float]:
    late: list[float] = []
    while not stop.is_set():
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        late.append((time.perf_counter() - began - 0.001) * 1_000)
    return late


async def _idle() -> list[float]:
    stop = asyncio.Event()
    clock = asyncio.create_task(_late(stop))
    await asyncio.sleep(2)
    stop.set()
    return await clock


async def _busy(guard: Guard, sent: list[str]) -> list[float]:
    stop = asyncio.Event()
    clock = asyncio.create_task(_late(stop))
    await asyncio.gather(*(guard.acheck(text) for text in sent))
    stop.set()
    return await clock


def _figures(late: list[float]) -> dict[str, float]:
    p50, p99 = np.quantile(late, (0.5, 0.99))
    return {"p50_ms": round(float(p50), 2), "p99_ms": round(float(p99), 2), "most_ms": round(max(late), 2)}


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
