"""The server under load beside the bare guard: requests per second, and the time of the slowest hundredth.

The server is a process of its own with the shipped model. The clients are in another process, so they take part of the
same cores, as they would not elsewhere. So beside the rate stands the processor time that the server itself spent on a
text, which other processes change less. The arms take turns, since a shared machine is now fast and now slow. The bare
arm is `check` over the same texts in as many threads, nothing else.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from typing import Any

import numpy as np

from benchmarks.caller import Caller
from benchmarks.host import Server, running
from benchmarks.machine import machine
from benchmarks.markdown import DASH, table
from benchmarks.passages import SENTENCES
from guardkit import Guard

__all__ = ["markdown", "serve", "texts"]

Figures = dict[str, Any]


def texts(count: int) -> list[str]:
    """One to three sentences each, no two texts alike: about the length of ordinary user traffic."""
    pick = np.random.default_rng(0)
    return [f"{' '.join(pick.choice(SENTENCES, 1 + number % 3))} ({number})" for number in range(count)]


def serve(count: int, rounds: int, concurrency: Sequence[int]) -> Figures:
    """The figures of every arm: medians over the rounds."""
    where = machine()  # before it is our own load
    sent = texts(count)
    arms = {"one by one": 1, "handfuls of 4": 4, "handfuls of 16": 16}
    seen: dict[str, list[Figures]] = {}
    threads = os.cpu_count() or 1
    guard = Guard()
    guard.check_many(sent[:20])
    with ExitStack() as stack:
        servers = {name: stack.enter_context(running({"together": together})) for name, together in arms.items()}
        for _ in range(rounds):
            seen.setdefault("bare", []).append(bare(guard, sent, threads))
            for many in concurrency:
                for name, server in servers.items():
                    seen.setdefault(f"{name}, {many} clients", []).append(spending(server, sent, partial(load, many)))
            seen.setdefault("batches of 64", []).append(spending(servers["handfuls of 4"], sent, batches))
    arms_seen = {name: {key: round(float(np.median([run[key] for run in runs])), 2) for key in runs[0]}
                 for name, runs in seen.items()}  # fmt: skip
    return {"machine": where, "texts": count, "rounds": rounds, "threads": threads, "arms": arms_seen}


def markdown(document: Figures) -> str:
    """The arms beside the bare guard."""
    where, arms = document["machine"], document["arms"]
    alone = arms["bare"]
    rows = [
        (name, f"{seen['per_second']:,.1f}", f"{seen['per_second'] / alone['per_second']:.2f}",
         f"{seen['p50_ms']:,.1f}" if "p50_ms" in seen else DASH, f"{seen['p99_ms']:,.1f}" if "p99_ms" in seen else DASH,
         f"{seen['cpu_ms']:,.2f}", f"{seen['cpu_ms'] / alone['cpu_ms']:.2f}")
        for name, seen in arms.items()
    ]  # fmt: skip
    head = ("arm", "texts a second", "to bare", "p50 ms", "p99 ms", "processor ms a text", "to bare")
    return f"""# The server under load

`python -m benchmarks serve`, {document["date"]}: {where["processor"]}, {where["cores"]} cores, load {where["load"]},
Python {where["python"]}, onnxruntime {where["onnxruntime"]}; {document["texts"]:,} texts an arm, medians of
{document["rounds"]} rounds.

"Bare" is `Guard.check` on {document["threads"]} threads over the same texts, in the same run, without a server. Clients
share the server's cores, so that the processor time, which is the server's alone, says more than the rate. A handful is
what a thread takes from the queue at once: it wakes the event loop once for several texts. The model reads one window a
call whoever sends it, since most windows end after its first layer.

{table(head, rows)}
"""


def bare(guard: Guard, sent: Sequence[str], threads: int) -> Figures:
    with ThreadPoolExecutor(threads) as pool:
        started, spent = time.perf_counter(), time.process_time()
        list(pool.map(guard.check, sent))
        rate = len(sent) / (time.perf_counter() - started)
        return {"per_second": rate, "cpu_ms": (time.process_time() - spent) * 1_000 / len(sent)}


def spending(server: Server, sent: Sequence[str], run: Callable[[int, Sequence[str]], Figures]) -> Figures:
    """The figures of a run, with the milliseconds of processor time that the server spent on a text."""
    before = server.cpu()
    figures = run(server.port, sent)
    return {**figures, "cpu_ms": (server.cpu() - before) * 1_000 / len(sent)}


def load(many: int, port: int, sent: Sequence[str]) -> Figures:
    return asyncio.run(_load(port, sent, many))


async def _load(port: int, sent: Sequence[str], many: int) -> Figures:
    """`many` clients, each with one request after another until all texts are sent."""
    waiting = iter(sent)
    times: list[float] = []

    async def one() -> None:
        caller = Caller(port)
        for text in waiting:
            began = time.perf_counter()
            status, _ = await caller.post("/v1/check", {"text": text})
            times.append(time.perf_counter() - began)
            assert status == 200, status
        caller.close()

    started = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(many)))
    spent = time.perf_counter() - started
    p50, p99 = np.quantile(times, (0.5, 0.99)) * 1_000
    return {"per_second": len(sent) / spent, "p50_ms": p50, "p99_ms": p99}


def batches(port: int, sent: Sequence[str]) -> Figures:
    return asyncio.run(_batches(port, sent))


async def _batches(port: int, sent: Sequence[str]) -> Figures:
    caller = Caller(port)
    started = time.perf_counter()
    for at in range(0, len(sent), 64):
        status, _ = await caller.post("/v1/check:batch", {"texts": list(sent[at : at + 64])})
        assert status == 200, status
    caller.close()
    return {"per_second": len(sent) / (time.perf_counter() - started)}
