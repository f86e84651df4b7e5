"""How the time of a check grows with the text: for every shape an attacker may send, from 1 kB to 10 MB.

Beside whole checks stand parts of the guard that only some checks need, each on what is hard for it.

Time is processor time, which other processes change less than the clock. The exponent is that of time = c * size^k,
fitted by least squares over the logarithms. A fit over all sizes flatters whatever has a limit, so the steepest step
between neighbouring sizes stands beside it, of those that take long enough to be timed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from rich.console import Console

from benchmarks.machine import machine
from benchmarks.passages import SENTENCES
from benchmarks.shapes import SHAPES, Shape, again
from guardkit import Guard, Policy
from guardkit.canary import Canary
from guardkit.evidence import sentences
from guardkit.leak import SystemPrompt
from guardkit.markup import masked
from guardkit.pipeline import Limits
from guardkit.view import View

__all__ = ["NAMES", "SIZES", "growth", "markdown"]

SIZES = (1_000, 4_000, 16_000, 64_000, 250_000, 1_000_000, 10_000_000)
TIMED = 0.02  # seconds of processor time that are worth a comparison with the next size
LINEAR = 1.15  # exponent up to which growth passes for linear: caches are warmer for small texts

Figures = dict[str, Any]
Subject = Callable[[str], object]

_PROMPT = " ".join(SENTENCES[:4])
_LEAK, _CANARY = SystemPrompt([_PROMPT]), Canary("a key that belongs to nobody")
PARTS: Mapping[str, tuple[Subject, tuple[str, ...]]] = {
    "mask of mark-up": (masked, ("{", '{"a', "[{", '[["', "<", "<p><a ", "<!--", "|", "> ", "- ", "\\", "=", '<a b="')),
    "sentences": (sentences, (".", "\n", " \n", ". ", '."', "!?", "\u3002", "a")),
    "leak": (lambda text: list(_LEAK.detect(View(text))), (f"{_PROMPT} ", " ".join(_PROMPT.split()[:5]) + " ", "a b ")),
    "canary": (lambda text: list(_CANARY.detect(View(text))), ("c ", "<", "c1", "\n")),
}
_SUBJECTS: Mapping[str, tuple[Subject | None, Shape]] = {
    **{name: (None, shape) for name, shape in SHAPES.items()},
    **{f"{part}: {unit!a}": (call, again(unit)) for part, (call, units) in PARTS.items() for unit in units},
}
NAMES = tuple(_SUBJECTS)


def growth(model: str | None, sizes: Sequence[int], names: Sequence[str], rounds: int, console: Console) -> Figures:
    """Seconds by shape and size, and the exponents. `names` are of `NAMES`; none for all of them."""
    policy = Policy(limits=Limits(milliseconds=3_600_000))  # the budget would hide what takes long
    guard = Guard(policy, model=model)
    guard.check("The first check reads the tables: 1gn0r3 aGVsbG8gd29ybGQgaGVsbG8=")
    shapes: Figures = {}
    for name in names or NAMES:
        call, shape = _SUBJECTS[name]
        runs = []
        for size in sizes:
            text = shape(size)
            took = min(_seconds(call or partial(_checked, guard), text) for _ in range(rounds if size <= 64_000 else 1))
            runs.append({"characters": len(text), "seconds": round(took, 5)})
        shapes[name] = {"runs": runs, **exponents([(run["characters"], run["seconds"]) for run in runs])}
        console.print(f"{name}: {shapes[name]['steepest']} {[run['seconds'] for run in runs]}")
    return {
        "machine": machine(),
        "subject": "rules alone" if model is None else f"model {model}",
        "rounds": rounds,
        "shapes": shapes,
    }


def _seconds(call: Subject, text: str) -> float:
    started = time.process_time()
    call(text)
    return time.process_time() - started


def _checked(guard: Guard, text: str) -> None:
    verdict = guard.check(text, "document")
    assert verdict.degraded == "", verdict.degraded


def exponents(runs: Sequence[tuple[int, float]]) -> Figures:
    """`fitted` over all sizes, and `steepest` between neighbours of which the smaller took at least `TIMED`.

    Both are None where no size is worth timing.
    """
    sizes, seconds = (np.log(np.maximum(column, 1e-9)) for column in np.array(runs, float).T)
    timed = [at for at, (_, took) in enumerate(runs[:-1]) if took >= TIMED]
    steps = [(seconds[at + 1] - seconds[at]) / (sizes[at + 1] - sizes[at]) for at in timed]
    fitted = float(np.polyfit(sizes, seconds, 1)[0]) if len(runs) > 1 else None
    return {
        "fitted": None if fitted is None else round(fitted, 2),
        "steepest": round(float(max(steps)), 2) if steps else None,
    }


def markdown(document: Figures) -> str:
    """The report."""
    shapes: Figures = document["shapes"]
    sizes = [run["characters"] for run in next(iter(shapes.values()))["runs"]]
    over = [name for name, shape in shapes.items() if (shape["steepest"] or 0) > LINEAR]
    lines = [
        "# Growth of a check's time with the text",
        "",
        f"`python -m benchmarks growth`, {document['date']}, guard: {document['subject']}. Seconds of processor time "
        f"of one check on {document['machine']['processor']}, the best of {document['rounds']} for the smaller sizes. "
        "Beyond 400,000 characters the excerpt of `limits.characters` is scanned and the verdict says `truncated`.",
        "",
        f"Steeper than {LINEAR} between two sizes: {', '.join(over) or 'none'}.",
        "",
        f"| shape | {' | '.join(f'{size:,}' for size in sizes)} | exponent | steepest |",
        f"|---|{'---|' * (len(sizes) + 2)}",
    ]
    for name, shape in sorted(shapes.items(), key=lambda item: -item[1]["runs"][-1]["seconds"]):
        took = " | ".join(f"{run['seconds']:.3f}" for run in shape["runs"])
        lines.append(f"| {name} | {took} | {shape['fitted']} | {shape['steepest'] or '-'} |")
    return "\n".join(lines) + "\n"
