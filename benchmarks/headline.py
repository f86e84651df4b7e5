"""The few figures that a reader wants first, taken from the reports: the only place where they are chosen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["PARTS", "beside", "gathered", "headline"]

PARTS = ("quality", "evasion", "latency", "overhead", "overhead-litellm", "rivals", "profile")
FIRST = (  # suite, figure
    ("notinject", "false_positives"),
    ("piguard_wildguard_benign", "false_positives"),
    ("xstest", "false_positives"),
    ("mt_vicuna_bench", "false_positives"),
    ("bipia", "recall"),
    ("bipia", "auc"),
    ("injecagent", "recall"),
    ("injecagent", "false_positives"),
    ("injecagent", "auc"),
    ("parapet_l1_holdout", "recall"),
    ("parapet_l1_holdout", "false_positives"),
    ("parapet_l1_holdout", "auc"),
    ("piguard_valid", "auc"),
    ("jbb_artifacts", "recall"),
    ("flipattack", "recall"),
)

Document = Mapping[str, Any]


def gathered(folder: Path) -> dict[str, Document]:
    """The documents of the parts that are there."""
    found = {}
    for name in PARTS:
        path = folder / f"{name}.json"
        if path.exists():
            found[name] = json.loads(path.read_text("utf-8"))
    return found


def headline(documents: Mapping[str, Document], folder: Path) -> dict[str, Any]:
    """The merged report: where each part comes from, and the figures to look at first."""
    models = {document["model"] for document in documents.values()}
    return {
        "parts": {
            name: {
                "file": f"{name}.json",
                "sha256": hashlib.sha256((folder / f"{name}.json").read_bytes()).hexdigest(),
                "model": document["model"],
                "date": document.get("date", ""),
                "machine": document["machine"],
            }
            for name, document in documents.items()
        },
        "missing": [name for name in PARTS if name not in documents],
        "one_model": len(models) == 1,
        "quality": _quality(documents.get("quality")),
        "evasion": _evasion(documents.get("evasion")),
        "latency": _latency(documents.get("latency")),
        "overhead": _overhead(*(documents[name] for name in ("overhead", "overhead-litellm") if name in documents)),
        "rivals": (documents.get("rivals") or {}).get("suites"),
        "profile": documents.get("profile"),
    }


def _quality(document: Document | None) -> dict[str, Any] | None:
    if document is None:
        return None
    figures = [
        {"suite": suite, "figure": figure, "value": document["suites"][suite].get(figure),
         "interval": document["suites"][suite].get(f"{figure}_interval"), "n": document["suites"][suite]["n"]}
        for suite, figure in FIRST
        if suite in document["suites"]
    ]  # fmt: skip
    pooled = document.get("pooled") or {}
    return {
        "limit": document["limit"],
        "figures": figures,
        "harmful_recall": document["means"]["recall"],
        "guardbench_half": document["means"]["guardbench_half"],
        "calibration_error": {
            head: pooled[key]["error"] if pooled.get(key) else None
            for head, key in (("threat", "reliability"), ("harmful", "reliability_harmful"))
        },
        "floors": {"held": sum(f["holds"] is True for f in document["floors"]),
                   "failed": [f"{f['suite']}: {f['figure']}" for f in document["floors"] if f["holds"] is False]},
    }  # fmt: skip


def _evasion(document: Document | None) -> dict[str, Any] | None:
    if document is None:
        return None
    keys = ("name", "attacks", "evasion", "evasion_interval", "benign", "false_positives")
    return {
        "classes": [{key: line[key] for key in keys} for line in document["classes"]],
        "hackett": _together(document["hackett"]),
        "flipattack": _together(document["flipattack"]),
        "splits": {
            way: _together([line for line in document["splits"] if line["way"] == way])
            for way in dict.fromkeys(line["way"] for line in document["splits"])
        },
        "needles": _needles(document["needles"]),
        "substitution": document["substitution"],
    }


def _together(lines: list[Document]) -> dict[str, Any]:
    total = {key: sum(line[key] for line in lines) for key in ("attacks", "evaded", "benign", "blamed")}
    return total | {
        "evasion": total["evaded"] / total["attacks"] if total["attacks"] else None,
        "false_positives": total["blamed"] / total["benign"] if total["benign"] else None,
    }


def _needles(lines: list[Document]) -> dict[str, Any]:
    """All cells together; the clean documents of a length once, not once a depth."""
    first = {line["characters"]: line for line in reversed(lines)}
    return _together(
        [line if first[line["characters"]] is line else {**line, "benign": 0, "blamed": 0} for line in lines]
    )


def _latency(document: Document | None) -> dict[str, Any] | None:
    if document is None:
        return None
    dev = document.get("dev")
    return {
        "startup": document["startup"],
        "traffic": None
        if dev is None
        else {"guardkit": dev["milliseconds"]["guardkit"]}
        | {key: dev[key] for key in ("rows", "rounds", "ratios", "ratio_spread")},
    }


def _overhead(*documents: Document) -> list[dict[str, Any]]:
    listed = [framework for document in documents for framework in document["frameworks"]]
    return [{"name": each["name"], "overhead": each["calls"]["overhead"]} for each in listed]


def beside(documents: Mapping[str, Document], suite: str, figure: str) -> float | None:
    """Our figure beside a published one; None where we have none."""
    document = documents.get("quality")
    if document is None:
        return None
    if suite == "harmful requests":
        value = document["means"]["guardbench_half"]
    else:
        value = document["suites"].get(suite, {}).get(figure.replace(" ", "_"))
    return None if value is None else float(value)
