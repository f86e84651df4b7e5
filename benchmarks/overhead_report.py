"""The overhead document as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.markdown import DASH, table
from benchmarks.overhead import UNGUARDED

__all__ = ["markdown"]

Document = Mapping[str, Any]

CALLS = {  # figure -> its column, its digits
    UNGUARDED: ("unguarded", 2),
    "guarded": ("guarded", 2),
    "checks": ("checks alone", 2),
    "overhead": ("overhead", 2),
    "guarded_to_unguarded": ("guarded ÷ unguarded", 1),
    "added_to_checks": ("added ÷ checks", 2),
}
STREAMS = {
    "first": "first text",
    "added_first": "added to it",
    "total": "end",
    "added_total": "added to it",
}


def markdown(document: Document) -> str:
    """The whole report."""
    where, plan = document["machine"], document["plan"]
    parts = [
        "# Overhead of the adapters",
        f"- model: `{document['model'][:16]}` (sha256 of its manifest)\n"
        f"- date: {document.get('date') or DASH}\n"
        f"- machine: {where['processor']}, {where['cores']} cores, load {where['load']}; Python {where['python']}, "
        f"ONNX Runtime {where['onnxruntime']}; {where['system']}\n"
        f"- {plan['repeat']} repetitions of {plan['calls']} calls and one stream in each mode, per framework, in turns",
        "Every figure is the median of the repetitions, with the least and the most of them in brackets. The server is "
        f"local, in a process of its own, and does not think; its answers have {plan['characters']} characters. No "
        "text is asked twice, for an adapter remembers what has passed; the system prompt, the same in all calls, is "
        "remembered, as it is in an application. Every answer was compared with what the server sent.",
        "mcp calls a tool in memory that asks this server; asgi and fastapi are applications, guarded or not, that "
        "pass the question on to it. These three run in a thread beside the client that is timed.",
        *(["\n".join(_skipped(document["skipped"]))] if document["skipped"] else []),
        "## Calls",
        table(("framework", "versions", "checks", *(column for column, _ in CALLS.values())), _calls(document)),
        "How to read it, in milliseconds but for the ratios:\n\n"
        "- checks: how many texts of one call the adapter gave to the guard.\n"
        "- unguarded, guarded: a whole call, through the framework's client as it is and through the guarded one.\n"
        "- checks alone: the same checks of the same texts, made by calling `Guard.check` directly.\n"
        "- overhead: guarded less unguarded less checks alone, in each repetition: what the adapter costs above the "
        "guard. That is reading and rewriting the payload, a change of threads in async clients, and what a check "
        "loses when it comes after a network call instead of another check. Near 0, noise can make it negative.\n"
        "- guarded ÷ unguarded: the worst case, for this server answers at once, which no model does.\n"
        "- added ÷ checks: guarded less unguarded, as a multiple of checks alone; 1 is an adapter that costs nothing.",
        "## Streams",
        f"{plan['deltas']} deltas, one every {plan['pace']:g} ms. `window` holds {plan['hold']} characters back.",
        table(("framework", "mode", *STREAMS.values()), _streams(document)),
        "How to read it, in milliseconds after the call:\n\n"
        "- first text: when the reader got the first piece that is not empty. In every mode the question is checked "
        "before it is sent.\n"
        "- end: when the stream was over.\n"
        "- added to it: beyond the unguarded stream of the same repetition. `observe` holds nothing back; `window` "
        "waits for as many characters as it holds and for a scan of them; `buffer` waits for the whole answer. What "
        "is added to the end is checking that the pauses between deltas do not hide.\n"
        "- mcp and fastapi are not here: a result of MCP comes whole, and a dependency of FastAPI sees no answer.",
    ]
    return "\n\n".join(parts) + "\n"


def _skipped(skipped: list[Document]) -> Iterator[str]:
    for each in skipped:
        yield f"- skipped: {each['name']} (not installed here: {' and '.join(each['missing'])})"


def _calls(document: Document) -> Iterator[tuple[object, ...]]:
    for each in document["frameworks"]:
        figures = (_figure(each["calls"][name], digits) for name, (_, digits) in CALLS.items())
        versions = ", ".join(f"{package} {version}" for package, version in each["versions"].items())
        yield each["name"], versions, " or ".join(map(str, each["checks_made"])), *figures


def _streams(document: Document) -> Iterator[tuple[object, ...]]:
    for each in document["frameworks"]:
        for way in each["streams"]:
            found = each["streams"][way]
            yield each["name"], way, *(_figure(found[name], 0) if name in found else DASH for name in STREAMS)


def _figure(found: Mapping[str, float], digits: int) -> str:
    """The median, and the least and the most in brackets."""
    median, least, most = (f"{found[name]:.{digits}f}" for name in ("median", "least", "most"))
    return f"{median} ({least} to {most})"
