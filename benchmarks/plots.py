"""The pictures of the report, each a function from plain data to an SVG drawing."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.techniques import HACKETT_PUBLISHED

__all__ = ["evasion", "latency", "needles", "reliability", "roc", "suites"]

Document = Mapping[str, Any]
OURS = "#1b6ca8"
OTHERS = "#b0b0b0"
WARM = "#d1495b"
LEAST = 1e-3  # left end of the ROC's logarithmic axis


def _figure(width: float, height: float) -> tuple[Any, Any]:
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({
        "svg.fonttype": "none", "svg.hashsalt": "guardkit", "font.family": "sans-serif", "font.size": 9,
        "axes.spines.top": False, "axes.spines.right": False,
    })  # fmt: skip
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()


def _svg(figure: Any) -> str:
    """The drawing as an element for a page, the same bytes for the same data."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return re.sub(r"^.*?(?=<svg)", "", buffer.getvalue(), flags=re.S).strip()


def roc(quality: Document) -> str:
    """ROC curves of every suite with attacks and clean rows, on a logarithmic axis of false positives."""
    figure, axes = _figure(7, 4.5)
    for name, suite in quality["suites"].items():
        points = suite.get("roc") or []
        if len(points) > 1 and suite["innocent"] >= 20:
            axes.step([max(x, LEAST) for x, _ in points], [y for _, y in points], where="post",
                      label=f"{name} ({suite['auc']:.3f})")  # fmt: skip
    axes.set(xscale="log", xlim=(LEAST, 1), ylim=(0, 1.01), xlabel="false positives", ylabel="recall")
    axes.grid(alpha=0.3)
    if axes.lines:
        axes.legend(title="AUC of the threat score", fontsize=8, loc="lower right")
    return _svg(figure)


def suites(quality: Document) -> str:
    """Recall and false positives of every suite at the shipped thresholds, with intervals."""
    listed = [(name, each) for name, each in quality["suites"].items()][::-1]
    figure, axes = _figure(7, 0.24 * len(listed) + 1)
    for key, colour, offset in (("recall", OURS, 0.12), ("false_positives", WARM, -0.12)):
        rows = [(y, s[key], s[f"{key}_interval"]) for y, (_, s) in enumerate(listed) if s[key] is not None]
        errors = [[max(value - low, 0) for _, value, (low, _) in rows],
                  [max(high - value, 0) for _, value, (_, high) in rows]]  # fmt: skip
        axes.errorbar([value for _, value, _ in rows], [y + offset for y, _, _ in rows], xerr=errors, fmt="o",
                      markersize=3.5, color=colour, linewidth=1, label=key.replace("_", " "))  # fmt: skip
    axes.set_yticks(range(len(listed)), [name for name, _ in listed])
    axes.set(xlim=(-0.01, 1.01), ylim=(-0.7, len(listed) - 0.3))
    axes.grid(alpha=0.3, axis="x")
    axes.legend(loc="upper center", ncols=2, bbox_to_anchor=(0.5, 1.06))
    return _svg(figure)


def reliability(quality: Document) -> str:
    """Score against the share of positives, both heads over all public suites, both classes weighing one half."""
    figure, axes = _figure(4.5, 4.2)
    axes.plot([0, 1], [0, 1], color=OTHERS, linestyle="--", linewidth=1)
    for key, name, colour in (("reliability", "threat", OURS), ("reliability_harmful", "harmful", WARM)):
        found = quality["pooled"][key]
        if found:
            points = [(mean, share) for _, mean, share, _ in found["bins"]]
            axes.plot(*zip(*points, strict=True), "o-", color=colour, markersize=4,
                      label=f"{name} (error {100 * found['error']:.1f}%)")  # fmt: skip
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="mean score of the bin", ylabel="share of positives in it")
    axes.legend(loc="upper left")
    axes.grid(alpha=0.3)
    return _svg(figure)


def latency(document: Document) -> str:
    """Median time by length, ours and the peers', with the spread over the rounds where there are several."""
    figure, axes = _figure(7, 4.5)
    axes.set_prop_cycle(color=["#e9a23b", "#6a994e", "#8d5a97", "#d1495b", "#7a4b2a", "#4a4a4a"])
    names = dict.fromkeys(name for line in document["lengths"] for name in line["milliseconds"])
    for name in names:
        ours = name == "guardkit"
        if name.endswith(" graph"):
            continue
        lines = [line for line in document["lengths"] if name in line["milliseconds"]]
        x = [line["tokens"] for line in lines]
        y = [line["milliseconds"][name]["p50"] for line in lines]
        axes.plot(x, y, "o-", markersize=3, linewidth=2.5 if ours else 1.2, zorder=3 if ours else 2, label=name,
                  color=OURS if ours else None)  # fmt: skip
        spreads = [line.get("spread", {}).get(name) for line in lines]
        if all(spreads):
            axes.fill_between(x, [s["p50"][0] for s in spreads], [s["p50"][1] for s in spreads], alpha=0.15,
                              color=OURS if ours else OTHERS)  # fmt: skip
    ticks = [line["tokens"] for line in document["lengths"]]
    axes.set(xscale="log", yscale="log", xlabel="word pieces", ylabel="milliseconds, median, one thread")
    axes.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    axes.minorticks_off()
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8)
    return _svg(figure)


def evasion(document: Document) -> str:
    """Evasion by Hackett's techniques beside the published means, and false alarms of the same disguise."""
    lines = document["hackett"][::-1]
    figure, axes = _figure(7, 4.5)
    height = 0.27
    bars: Sequence[tuple[str, list[float], str, float]] = (
        ("published, mean of five guards", [HACKETT_PUBLISHED[e["name"]][0] / 100 for e in lines], OTHERS, height),
        ("guardkit", [each["evasion"] or 0 for each in lines], OURS, 0),
        ("guardkit, false alarms", [each["false_positives"] or 0 for each in lines], WARM, -height),
    )
    for name, values, colour, offset in bars:
        axes.barh([y + offset for y in range(len(lines))], values, height, color=colour, label=name)
    axes.set_yticks(range(len(lines)), [each["name"] for each in lines])
    axes.set(xlim=(0, 1), xlabel="share of hidden attacks let pass (of harmless sentences flagged)")
    axes.grid(alpha=0.3, axis="x")
    axes.legend(fontsize=8, loc="lower right")
    return _svg(figure)


def needles(document: Document) -> str:
    """Detection of an attack by the length of the document and its depth in it."""
    lengths = sorted({line["characters"] for line in document["needles"]})
    depths = sorted({line["depth"] for line in document["needles"]})
    found = {(line["characters"], line["depth"]): line["evasion"] for line in document["needles"]}
    grid = [[math.nan if (e := found.get((a, d))) is None else 1 - e for d in depths] for a in lengths]
    figure, axes = _figure(6, 0.5 * len(lengths) + 1.2)
    image = axes.imshow(grid, vmin=0, vmax=1, cmap="RdYlGn", aspect="auto")
    axes.set_xticks(range(len(depths)), [f"{100 * depth:.0f}%" for depth in depths])
    axes.set_yticks(range(len(lengths)), [f"{length:,}" for length in lengths])
    axes.set(xlabel="depth", ylabel="characters")
    for y, row in enumerate(grid):
        for x, value in enumerate(row):
            axes.text(x, y, "–" if math.isnan(value) else f"{100 * value:.0f}%", ha="center", va="center")
    figure.colorbar(image, label="caught")
    return _svg(figure)
