"""How many requests a second the server answers within 50 ms, and what it adds to the bare graphs.

The bare loop runs the same graphs with the same inputs, which were recorded when the guard checked the same texts, in
as many threads as there are cores, and nothing else: no normaliser, no decoders, no tokenizer, no policy, no HTTP. A
loop that starts from texts must make those inputs, too: `loop` is the tokenizer, the characters, the features and the
graphs, over the views that the decoders made of the same texts before. The check is all but HTTP, in as many processes
as there are cores; the server has as many workers. They take turns, since a shared machine is now fast and now slow.
What the check takes beyond a loop is the guard's work on a text; what the server takes beyond the check is what serving
costs. The clients run on the same cores as the server, so beside the rates stands the processor time of a text, which
other processes change less.

The capacity is found by halving: requests come at random times at a given rate, whether or not the ones before have
their answers, and a rate holds if the slowest hundredth of them takes at most 50 ms.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from benchmarks.arms import Calls, Recorder, bare, checked, looped, processes
from benchmarks.caller import Caller
from benchmarks.host import Server, running
from benchmarks.machine import machine
from benchmarks.serve import texts
from guardkit import Policy
from guardkit.classify import MODEL
from guardkit.classify.scoring import Model
from guardkit.classify.session import Classifier
from guardkit.judge import Judge

__all__ = ["Plan", "capacity", "markdown"]

P99 = 0.050  # seconds
HALVINGS = 6
BUSY = 8  # connections that keep the server busy
PATH = "/v1/check"
ARMS = ("bare", "loop", "check", "server")

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    texts: int
    rounds: int
    seconds: float  # of each rate that is tried
    workers: int = os.cpu_count() or 1


def capacity(plan: Plan, data: Path | None, console: Console) -> Document:
    """The rates, and the overhead above the bare loop."""
    sent = texts(plan.texts) if data is None else traffic(data, plan.texts)
    recorder = Recorder(MODEL)
    judge = Judge(Model(recorder), "user", Policy())
    recorded: list[Calls] = []
    for text in sent:
        judge(text)
        recorded.append(recorder.taken())
    classifier = Classifier(MODEL, eager=True)
    rounds: list[Document] = []
    with running({"threads": 1}, plan.workers) as server, processes(plan.workers) as pool:
        bodies = [json.dumps({"text": text}).encode() for text in sent]
        asyncio.run(_busy(server.port, bodies[:50]))
        checked(pool, plan.workers, sent[:50])
        looped(pool, plan.workers, sent[:50])
        for _ in range(plan.rounds):
            rounds.append({
                "bare": bare(classifier, recorded, plan.workers),
                "loop": looped(pool, plan.workers, sent),
                "check": checked(pool, plan.workers, sent),
                "server": _served(server, bodies),
            })  # fmt: skip
            console.print(rounds[-1])
        best, tried = _search(server, bodies, plan, max(one["server"]["per_second"] for one in rounds), console)
    arms = {
        arm: {key: round(float(np.median([one[arm][key] for one in rounds])), 2) for key in rounds[0][arm]}
        for arm in ARMS
    }
    return {
        "machine": machine(),
        "texts": len(sent),
        "traffic": "three sentences at most" if data is None else "dev, channel user",
        "windows": sum(map(len, recorded)),
        "rounds": plan.rounds,
        "workers": plan.workers,
        "arms": arms,
        **overheads(rounds),
        "capacity": best,
        "tried": tried,
    }


def overheads(rounds: Sequence[Document]) -> Document:
    """What the server takes above the bare loop, and the part of it that serving takes: medians over the rounds, since
    the arms of one round meet the same weather."""
    found: dict[str, list[float]] = defaultdict(list)
    for one in rounds:
        for key, took in (("", {arm: 1 / one[arm]["per_second"] for arm in ARMS}),
                          ("_cpu", {arm: one[arm]["cpu_ms"] for arm in ARMS})):  # fmt: skip
            found[f"overhead{key}"].append(took["server"] / took["bare"] - 1)
            found[f"above_loop{key}"].append(took["server"] / took["loop"] - 1)
            found[f"serving{key}"].append((took["server"] - took["check"]) / took["bare"])
    return {key: round(float(np.median(values)), 3) for key, values in found.items()}


def traffic(data: Path, count: int) -> list[str]:
    """Texts of users from the dev split, as they come."""
    import polars as pl

    rows = pl.read_parquet(data / "train.parquet", columns=["text", "channel", "split"])
    rows = rows.filter((pl.col("split") == "dev") & (pl.col("channel") == "user"))
    return list(rows.sample(min(count, len(rows)), seed=0, shuffle=True)["text"])


def _served(server: Server, bodies: Sequence[bytes]) -> Document:
    before = server.cpu()
    took = asyncio.run(_busy(server.port, bodies))
    return {"per_second": len(bodies) / took, "cpu_ms": (server.cpu() - before) * 1_000 / len(bodies)}


async def _busy(port: int, bodies: Sequence[bytes]) -> float:
    """Seconds for all of them over as many connections as keep the server busy."""
    waiting = iter(bodies)

    async def one() -> None:
        caller = Caller(port)
        for body in waiting:
            status, _ = await caller.post(PATH, body)
            assert status == 200, status
        caller.close()

    started = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(BUSY)))
    return time.perf_counter() - started


def _search(
    server: Server, bodies: Sequence[bytes], plan: Plan, most: float, console: Console
) -> tuple[Document, list[Document]]:
    """The highest rate that held, and all that were tried."""
    tried: list[Document] = []
    low, high = 0.0, most
    for turn in range(HALVINGS):
        rate = most * 0.7 if turn == 0 else (low + high) / 2
        times = asyncio.run(_arriving(server.port, bodies, rate, plan.seconds))
        p50, p99 = (float(value) * 1_000 for value in np.quantile(times, (0.5, 0.99)))
        held = p99 <= P99 * 1_000
        tried.append({"per_second": round(rate, 1), "p50_ms": round(p50, 1), "p99_ms": round(p99, 1), "held": held})
        console.print(tried[-1])
        low, high = (rate, high) if held else (low, rate)
    best = max((one for one in tried if one["held"]), key=lambda one: one["per_second"], default={})
    return best, tried


async def _arriving(port: int, bodies: Sequence[bytes], rate: float, seconds: float) -> list[float]:
    """Seconds from when each request was due to its answer. What is not answered with 200 counts as a minute."""
    draw = np.random.default_rng(3)
    free: list[Caller] = []
    times: list[float] = []

    async def one(body: bytes, due: float) -> None:
        caller = free.pop() if free else Caller(port)
        status, _ = await caller.post(PATH, body)
        times.append(time.monotonic() - due if status == 200 else 60.0)
        free.append(caller)

    started = time.monotonic()
    due, tasks = started, []
    while due < started + seconds:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        tasks.append(asyncio.create_task(one(bodies[len(tasks) % len(bodies)], due)))
        due += float(draw.exponential(1 / rate))
    await asyncio.gather(*tasks)
    for caller in free:
        caller.close()
    return times


def markdown(document: Document) -> str:
    """The report."""
    arms, best, where = document["arms"], document["capacity"], document["machine"]
    lines = [
        "# Capacity",
        "",
        f"`python -m benchmarks capacity`, {document['date']}: {document['texts']} texts ({document['traffic']}; "
        f"{document['windows']} windows), {document['workers']} workers, on {where['processor']} "
        f"({where['cores']} cores, load {where['load']}), the clients on the same cores; "
        f"medians of {document['rounds']} rounds in turns.",
        "",
        f"At p99 <= 50 ms: **{best.get('per_second', 0)} requests a second** (p50 {best.get('p50_ms', '-')} ms).",
        "",
        "| | texts a second | processor time of a text, ms |",
        "|---|---|---|",
        f"| bare onnxruntime loop: the graphs on recorded inputs | {arms['bare']['per_second']} | "
        f"{arms['bare']['cpu_ms']} |",
        f"| onnxruntime loop from texts: tokens, characters, features, graphs | {arms['loop']['per_second']} | "
        f"{arms['loop']['cpu_ms']} |",
        f"| check, in as many processes | {arms['check']['per_second']} | {arms['check']['cpu_ms']} |",
        f"| server, kept busy | {arms['server']['per_second']} | {arms['server']['cpu_ms']} |",
        f"| server above the bare loop | {document['overhead']:.0%} | {document['overhead_cpu']:.0%} |",
        f"| server above the loop from texts | {document['above_loop']:.0%} | {document['above_loop_cpu']:.0%} |",
        f"| of which serving: HTTP, queue, JSON, metrics | {document['serving']:.0%} | {document['serving_cpu']:.0%} |",
        "",
        "Published by others, on other machines and texts: llm-guard 0.3.16 gives 104 ms for one scan "
        "of 384 characters on an m5.xlarge with ONNX (docs/input_scanners/prompt_injection.md): 9.6 a second.",
    ]
    return "\n".join(lines) + "\n"
