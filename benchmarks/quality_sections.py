"""Sections of the quality report: curves, calibration, who caught what, subtypes and languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.markdown import DASH, percent, score, span, table

__all__ = ["calibration", "contribution", "curves", "missing", "subgroups"]

Document = Mapping[str, Any]
HEADS = (("", "threat"), ("_harmful", "harmful"))
MOST = 25  # detectors of the table


def missing(document: Document) -> str:
    """The suites that were asked for and could not be had."""
    listed = document.get("missing") or {}
    return (
        "\n".join(["Not measured:", "", *(f"- {name}: {reason}" for name, reason in listed.items())]) if listed else ""
    )


def curves(suites: Document) -> Iterator[str]:
    """Areas and recalls at fixed false positive rates, whatever the shipped thresholds are."""
    rows = []
    for name, each in suites.items():
        for suffix, head in HEADS:
            if each.get(f"auc{suffix}") is None:
                continue
            recalls, bounds = each[f"recall_at{suffix}"], each[f"recall_at{suffix}_interval"]
            rows.append((
                name, head, _with(each[f"auc{suffix}"], each[f"auc{suffix}_interval"], score),
                score(each[f"average_precision{suffix}"]),
                *(_with(recalls[rate], bounds[rate], percent) for rate in recalls),
            ))  # fmt: skip
    if not rows:
        return
    rates = next(each for each in suites.values() if each.get("recall_at") or each.get("recall_at_harmful"))
    listed = rates.get("recall_at") or rates["recall_at_harmful"]
    yield "## Read off the curve"
    yield (
        "Not the shipped threshold: each suite's own harmless rows set it. With fewer than 1,000 harmless rows recall "
        "at 0.1% means no false alarm at all. In brackets: 95% bootstrap intervals."
    )
    yield table(
        ("source", "head", "AUC", "average precision", *(f"recall at {percent(float(rate))}" for rate in listed)), rows
    )


def calibration(document: Document) -> Iterator[str]:
    """How far the scores are from being probabilities."""
    rows = []
    pooled = document["pooled"]
    for suffix, head in HEADS:
        listed = {"all public suites": pooled[f"reliability{suffix}"]} | {
            name: each.get(f"reliability{suffix}") for name, each in document["suites"].items()
        }
        rows += [
            (name, head, _with(each["error"], each["interval"], percent), sum(line[3] for line in each["bins"]))
            for name, each in listed.items()
            if each
        ]
    if not rows:
        return
    yield "## Calibration"
    yield (
        "Expected calibration error over ten bins, both classes weighing one half: the mixture that the scores are "
        "fitted for. A suite of one kind of attack is no such mixture, so that single suites are far off by their "
        "nature."
    )
    yield table(("source", "head", "error", "rows"), rows)


def contribution(document: Document) -> Iterator[str]:
    """What the model and the rules catch, each without the other."""
    yield "## Who catches it"
    yield (
        "`model` is the classifier's score under the policy alone, `rules` the guard without a model on the same text, "
        "`both` what ships. Recall / false positives."
    )
    names = ("model", "rules", "both")
    yield table(
        ("source", *names),
        (
            (name, *(f"{percent(each['by'][who]['recall'])} / {percent(each['by'][who]['false_positives'])}"
                     for who in names))
            for name, each in document["suites"].items()
        ),
    )  # fmt: skip
    lines = document["detectors"]
    if lines:
        yield (
            "Per rule, over all public suites: the texts to be caught and the harmless ones that it accuses, and how "
            f"many of the former were caught though the model alone lets them pass. The {MOST} most frequent."
        )
        yield table(
            ("detector", "to be caught", "harmless", "caught without the model"),
            ((line["name"], line["wanted"], line["innocent"], line["alone"]) for line in lines[:MOST]),
        )


def subgroups(suites: Document) -> Iterator[str]:
    """Every suite by subtype and by language, where it has several."""
    for title, key in (("Subtypes", "subtypes"), ("Languages", "languages")):
        rows = [
            (
                name, line["name"], line["n"], _with(line["recall"], line["recall_interval"], percent),
                _with(line["false_positives"], line["interval"], percent), percent(line["deep"]),
            )
            for name, each in suites.items()
            if each["group"] != "dev"
            for line in each[key]
        ]  # fmt: skip
        if rows:
            yield f"## {title}"
            yield table(("source", key[:-1], "n", "recall", "false positives", "deep"), rows)


def _with(value: float | None, interval: Sequence[float] | None, show: Any) -> str:
    if value is None:
        return DASH
    if interval is None:
        return str(show(value))
    bounds = span(interval) if show is percent else f"{interval[0]:.3f}–{interval[1]:.3f}"
    return f"{show(value)} [{bounds}]"
