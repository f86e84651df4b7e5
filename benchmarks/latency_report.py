"""The latency document as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.markdown import DASH, percent, table

__all__ = ["markdown", "ratio"]

Document = Mapping[str, Any]

OURS = ("guardkit", "fast graph", "deep graph")
GOAL = 20.0  # milliseconds at p95 over dev user traffic
MEGA = 1e6


def markdown(document: Document) -> str:
    """The whole report."""
    where, plan = document["machine"], document.get("plan")
    repeated = (
        f" {plan['rounds']} rounds of every length, each of at most {plan['texts']} texts, and as many of the traffic."
        if plan
        else ""
    )
    parts = [
        "# Latency",
        f"- model: `{document['model'][:16]}` (sha256 of its manifest)\n"
        f"- date: {document.get('date') or DASH}\n"
        f"- machine: {where['processor']}, {where['cores']} cores, one thread used, load {where['load']}; "
        f"Python {where['python']}, ONNX Runtime {where['onnxruntime']}; {where['system']}",
        "guardkit is the whole check (normalise, decode, tokenise, score every window and view, decide). The fast and "
        "the deep graph are timed on every window of the text and in all their layers, whatever the early exit and the "
        "router say. The peers are graphs with random weights from their public configurations, INT8 (dynamic, per "
        "channel) unless the name says fp32; their time is that of the graph alone, on the same number of tokens, as "
        "many at a time as they read, without tokenising. All take turns on each text: the ratios hold better than the "
        f"times.{repeated}",
        *_peers(document),
        "## By length",
        "Milliseconds, p50 / p95 / p99.",
        table(("tokens", *_names(document)), _lengths(document)),
        "The guard's p50 as a multiple of the peer's, in brackets the least and the most of the rounds:",
        table(("tokens", *_names(document)[len(OURS):]), _ratios(document)),
        *_late(document["lengths"]),
        *_traffic(document.get("dev")),
        *_stages(document.get("stages") or document["dev"]["stages"]),
        *_throughput(document.get("throughput")),
        *_roofline(document.get("roofline")),
        *_startup(document["startup"]),
        *_footprint(document.get("footprint")),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _names(document: Document) -> list[str]:
    """The guard, its graphs, and the peers of this run."""
    found = dict.fromkeys(name for line in document["lengths"] for name in line["milliseconds"])
    return [*OURS, *(name for name in found if name not in OURS)]


def _peers(document: Document) -> Iterator[str]:
    if document.get("peers"):
        shapes = (f"{name}: {each['guards']}" for name, each in document["peers"].items())
        yield f"Whose shape a peer has: {'; '.join(shapes)}."
    if document.get("absent"):
        yield "**Not built here**: " + "; ".join(f"{name} ({why})" for name, why in document["absent"].items()) + "."


def _lengths(document: Document) -> Iterator[tuple[object, ...]]:
    for line in document["lengths"]:
        found = line["milliseconds"]
        cells = (found.get(name) for name in _names(document))
        yield line["tokens"], *(" / ".join(f"{c[k]:.1f}" for k in ("p50", "p95", "p99")) if c else DASH for c in cells)


def _ratios(document: Document) -> Iterator[tuple[object, ...]]:
    for line in document["lengths"]:
        yield line["tokens"], *(ratio(line, name, "p50") for name in _names(document)[len(OURS) :])


def ratio(found: Document, name: str, key: str) -> str:
    """The ratio to a peer, with the least and the most of the rounds."""
    if name not in found["ratios"]:
        return DASH
    least, most = found["ratio_spread"][name][key]
    return f"{found['ratios'][name][key]:.2f} ({least:.2f}–{most:.2f})"


def _late(lengths: list[Document]) -> Iterator[str]:
    late = [f"{name} at {line['tokens']:,}" for line in lengths for name in line.get("late", ())]
    if late:
        yield f"Left out, since one text in each round would have exceeded its share of time: {', '.join(late)}."


def _traffic(dev: Document | None) -> Iterator[str]:
    if dev is None:
        return
    tokens, found = dev["tokens"], dev["milliseconds"]
    yield "## Over dev user traffic"
    yield (
        f"{dev['rows']} texts, attacks among them; {tokens['p50']:.0f} tokens at the median, "
        f"{tokens['p95']:.0f} at p95; all of them in each of {dev['rounds']} rounds. "
        f"Deep branch: {percent(dev['deep'])} of all, {percent(dev['deep_innocent'])} of the benign ones."
    )
    slow = [f"{name} one in {stride}" for name, stride in dev.get("strides", {}).items() if stride > 1]
    if slow:
        yield f"Of these texts the slow peers read fewer ({', '.join(slow)}); the ratios are on the same texts."
    keys = ("mean", "p50", "p95", "p99")
    yield table(
        ("milliseconds", *keys),
        ((name, *(f"{each[key]:.2f}" for key in keys)) for name, each in found.items()),
    )
    yield "In brackets the least and the most of the rounds:"
    yield table(
        ("guardkit as a multiple of", *keys),
        ((name, *(ratio(dev, name, key) for key in keys)) for name in dev["ratios"]),
    )
    p95 = found["guardkit"]["p95"]
    yield f"P95 below {GOAL:.0f} ms on one thread: {'pass' if p95 < GOAL else '**fail**'} ({p95:.1f} ms)."


def _stages(stages: Document) -> Iterator[str]:
    yield "## Where the time of a check goes"
    whole = stages["all"]
    yield table(
        ("stage", "mean ms", "share"),
        ((name, f"{value:.3f}", percent(value / whole if whole else None)) for name, value in stages.items()),
    )


def _throughput(found: list[Document] | None) -> Iterator[str]:
    if not found:
        return
    yield "## Throughput"
    yield "Texts of 64 word pieces a second: median (least to most) of the rounds."
    yield table(
        ("way", "texts per second"),
        ((line["way"], f"{line['median']:.0f} ({line['least']:.0f} to {line['most']:.0f})") for line in found),
    )


def _roofline(found: Document | None) -> Iterator[str]:
    if not found:
        return
    yield "## Roofline"
    yield (
        f"Measured on one thread: {found['gops']:.0f} billion INT8 operations a second in a product of 1,024 × 1,024 "
        f"matrices, {found['gigabytes']:.1f} GB/s in a copy. A window of {found['tokens']} tokens, every layer:"
    )
    yield table(
        ("graph", "million operations", "MB of weights", "bound, ms", "measured, ms", "of the bound", "limited by"),
        (
            (name, f"{each['operations'] / MEGA:.0f}", f"{each['bytes'] / MEGA:.1f}", f"{each['bound']:.2f}",
             f"{each['measured']:.2f}", percent(each["share"]), each["limit"])
            for name, each in found["graphs"].items()
        ),
    )  # fmt: skip


def _footprint(found: Document | None) -> Iterator[str]:
    if not found:
        return
    largest = ", ".join(f"{name} {size / MEGA:.0f} MB" for name, size in found["largest"])
    yield "## On disk"
    yield (
        f"The model has {found['model_bytes'] / MEGA:.0f} MB; the {found['packages']} packages of a bare install "
        f"have {found['packages_bytes'] / MEGA:.0f} MB here, byte code included ({largest})."
    )


def _startup(start: Document) -> Iterator[str]:
    yield "## Starting"
    loaded = ", ".join(start["loaded_by_import"]) or "neither numpy nor onnxruntime nor tokenizers"
    yield table(
        ("step, in a fresh process", "ms"),
        (
            ("`import guardkit`", f"{start['import']:.1f}"),
            ("`Guard()`", f"{start['guard']:.0f}"),
            ("first check", f"{start['first_check']:.0f}"),
            *((("all three: cold start", f"{start['cold_start']:.0f}"),) if "cold_start" in start else ()),
        ),
    )
    memory = start.get("memory_megabytes") or {}
    taken = "" if memory.get("after") is None else (
        f" Peak memory: {memory['before']:.0f} MB after the import, {memory['after']:.0f} MB after two checks."
    )  # fmt: skip
    yield f"Medians of {start['rounds']} processes. The import loaded {loaded}.{taken}"
