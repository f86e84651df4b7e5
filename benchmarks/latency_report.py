"""The latency document as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.markdown import DASH, percent, table
from benchmarks.peers import PEERS

__all__ = ["markdown"]

Document = Mapping[str, Any]

OURS = ("guardkit", "fast graph", "deep graph")
NAMES = (*OURS, *(peer.name for peer in PEERS))
GOAL = 20.0  # milliseconds at p95 over dev user traffic


def markdown(document: Document) -> str:
    """The whole report."""
    where = document["machine"]
    parts = [
        "# Latency",
        f"- model: `{document['model'][:16]}` (sha256 of its manifest)\n"
        f"- date: {document.get('date') or DASH}\n"
        f"- machine: {where['processor']}, {where['cores']} cores, one thread used, load {where['load']}; "
        f"Python {where['python']}, ONNX Runtime {where['onnxruntime']}; {where['system']}",
        "guardkit is the whole check (normalise, decode, tokenise, score every window and view, decide). The fast and "
        "the deep graph are timed on every window of the text, whatever the router says. The peers are INT8 (dynamic, "
        "per channel) graphs with random weights from their public configurations; their time is that of the graph "
        "alone, on the same number of tokens, 512 at a time, without tokenising. All take turns on each text: the "
        "ratios hold better than the times.",
        "## By length",
        "Milliseconds, p50 / p95.",
        table(("tokens", *NAMES), _lengths(document["lengths"])),
        "The guard's p50 as a multiple of the peer's:",
        table(("tokens", *(peer.name for peer in PEERS)), _ratios(document["lengths"])),
        *_traffic(document.get("dev")),
        *_stages(document.get("stages") or document["dev"]["stages"]),
        *_startup(document["startup"]),
    ]
    return "\n\n".join(parts) + "\n"


def _lengths(lengths: list[Document]) -> Iterator[tuple[object, ...]]:
    for line in lengths:
        found = line["milliseconds"]
        yield (line["tokens"], *(f"{found[name]['p50']:.2f} / {found[name]['p95']:.2f}" for name in NAMES))


def _ratios(lengths: list[Document]) -> Iterator[tuple[object, ...]]:
    for line in lengths:
        yield (line["tokens"], *(f"{line['ratios'][peer.name]['p50']:.2f}" for peer in PEERS))


def _traffic(dev: Document | None) -> Iterator[str]:
    if dev is None:
        return
    tokens, found = dev["tokens"], dev["milliseconds"]
    yield "## Over dev user traffic"
    yield (
        f"{dev['rows']} texts, attacks among them; {tokens['p50']:.0f} tokens at the median, "
        f"{tokens['p95']:.0f} at p95. "
        f"Deep branch: {percent(dev['deep'])} of all, {percent(dev['deep_innocent'])} of the benign ones."
    )
    keys = ("mean", "p50", "p95", "p99")
    yield table(
        ("milliseconds", *keys),
        ((name, *(f"{found[name][key]:.2f}" for key in keys)) for name in NAMES if name in found),
    )
    yield table(
        ("guardkit as a multiple of", *keys),
        ((name, *(f"{values[key]:.2f}" for key in keys)) for name, values in dev["ratios"].items()),
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


def _startup(start: Document) -> Iterator[str]:
    yield "## Starting"
    loaded = ", ".join(start["loaded_by_import"]) or "neither numpy nor onnxruntime nor tokenizers"
    yield table(
        ("step, in a fresh process", "ms"),
        (
            ("`import guardkit`", f"{start['import']:.1f}"),
            ("`Guard()`", f"{start['guard']:.0f}"),
            ("first check", f"{start['first_check']:.0f}"),
        ),
    )
    yield f"Medians of {start['rounds']} processes. The import loaded {loaded}."
