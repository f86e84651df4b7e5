"""The quality document as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.markdown import DASH, percent, score, span, table, verdict
from benchmarks.overlap import note
from benchmarks.quality_sections import calibration, contribution, curves, missing, subgroups

__all__ = ["markdown"]

Document = Mapping[str, Any]

GROUPS = (
    "over-defence", "injection", "jailbreak", "obfuscation", "harmful requests", "harmful texts", "dev", "yours",
)  # fmt: skip
FIGURES = {
    "auc": "AUC",
    "recall": "recall",
    "false_positives": "false positives",
    "fast_innocent": "share of benign that stops at the fast branch",
}


def markdown(document: Document) -> str:
    """The whole report."""
    parts = [
        "# Quality",
        _head(document),
        "## Floors of the first model",
        table(("suite", "figure", "bound", "measured", "verdict"), map(_floor, document["floors"])),
        "## Beside the linear floor",
        _linear(document["linear"]),
        "## Per source",
        "Caught is any action but allow. In brackets: 95% Wilson intervals, in percent. False positives are split by "
        "the label that fired. AUC ranks by the highest threat score (attacks against rows without one).",
        table(
            (
                "source",
                "group",
                "n",
                "recall",
                "false positives",
                "by threat",
                "by harmful",
                "AUC",
                "blocked",
                "flagged",
                "deep",
            ),
            _sources(document["suites"]),
        ),
        _incomplete(document["suites"]),
        note(document["overlap"]) if document.get("overlap") else "",
        missing(document),
        *curves(document["suites"]),
        *calibration(document),
        *contribution(document),
        "## Harmful content",
        _harmful(document),
        *subgroups(document["suites"]),
        *_dev(document),
        "## Notes",
        _notes(),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(document: Document) -> str:
    where = document["machine"]
    lines = [
        f"- model: `{document['model'][:16]}` (sha256 of its manifest; `rules` is the guard without one)",
        f"- policy: {document['policy']}, thresholds as shipped",
        f"- date: {document['date'] or DASH}",
        f"- machine: {where['processor']}, {where['cores']} cores; Python {where['python']}, "
        f"ONNX Runtime {where['onnxruntime']}; {where['system']}",
    ]
    if document["limit"]:
        lines.append(f"- **not the whole benchmark**: at most {document['limit']} rows of each source")
    return "\n".join(lines)


def _floor(floor: Document) -> tuple[str, ...]:
    show = score if floor["figure"] == "auc" else percent
    sign = "≤" if floor["at_most"] else "≥"
    bound, value = show(floor["bound"]), show(floor["value"])
    return floor["suite"], FIGURES[floor["figure"]], f"{sign} {bound}", value, verdict(floor["holds"])


def _linear(linear: Document) -> str:
    def row(line: Document) -> tuple[str, ...]:
        word = {True: "yes", False: "**no**", None: DASH}[line["beaten"]]
        figures = (score(line[key]) for key in ("ours", "floor", "published"))
        return line["suite"], FIGURES[line["figure"]], *figures, word

    head = "suite", "figure", "guardkit", "linear, this run", "linear, published", "beaten"
    source = f"Published: {linear['source']}. The better of the two columns is the bar."
    if linear["rows"] is None:
        source += " It was not fitted in this run (`--floor`)."
    elif linear["rows"]:
        source += f" In this run it was fitted on {linear['rows']} rows."
    return f"{source}\n\n{table(head, map(row, linear['table']))}"


def _sources(suites: Document) -> Iterator[tuple[object, ...]]:
    for group in GROUPS:
        for name, each in suites.items():
            if each["group"] == group:
                yield (
                    name, group, each["n"],
                    _with(each["recall"], each["recall_interval"]),
                    _with(each["false_positives"], each["false_positives_interval"]),
                    percent(each["false_positives_by_threat"]), percent(each["false_positives_by_harmful"]),
                    score(each.get("auc")), percent(each["blocked"]), percent(each["flagged"]), percent(each["deep"]),
                )  # fmt: skip


def _with(value: float | None, interval: Sequence[float] | None) -> str:
    return DASH if value is None else f"{percent(value)} [{span(interval)}]"


def _incomplete(suites: Document) -> str:
    """A check that failed may have blocked for that alone: it must not pass for a catch unseen."""
    counts = {name: each["incomplete"] for name, each in suites.items() if each["incomplete"]}
    if not counts:
        return "No check failed, ran out of time or was cut short."
    listed = ", ".join(f"{name} {count}" for name, count in counts.items())
    return f"**Checks that failed, ran out of time or were cut short** (the policy may block for that alone): {listed}."


def _harmful(document: Document) -> str:
    rows = []
    for name, each in document["suites"].items():
        if "guardbench" in each:
            metric = each["guardbench"]
            rows.append((
                name, each["group"], each["wanted"], each["innocent"], percent(each["recall"]),
                percent(each["recall_by_threat"]), percent(each["false_positives"]), score(each["auc_harmful"]),
                metric["metric"], score(metric["policy"]), score(metric["half"]),
            ))  # fmt: skip
    means = document["means"]
    listed = (
        ("recall, the floor's sets", _with(means["recall"], means["recall_interval"])),
        ("recall, without advbench_behaviors", percent(means["recall_without_advbench"])),
        ("recall, with jailbreakbench", percent(means["recall_with_jailbreakbench"])),
        (
            "recall, with jailbreakbench, without advbench",
            percent(means["recall_with_jailbreakbench_without_advbench"]),
        ),
        ("GuardBench metric, at the policy", score(means["guardbench_policy"])),
        ("GuardBench metric, harmful score ≥ 0.5", score(means["guardbench_half"])),
    )
    head = (
        "source", "group", "harmful", "harmless", "recall", "by a threat label", "false positives", "AUC of harmful",
        "GuardBench metric", "at the policy", "at 0.5",
    )  # fmt: skip
    return "\n\n".join([
        "GuardBench's metric is recall where every row is harmful and F1 otherwise; it is shown at the shipped policy "
        "and at 0.5 of the harmful score.",
        table(head, rows),
        "Means over the request and question sets, every set the same weight:",
        table(("mean", "value"), listed),
    ])  # fmt: skip


def _dev(document: Document) -> Iterator[str]:
    if "dev" not in document:
        return
    dev = document["suites"]["dev"]
    yield "## Dev: languages and routing"
    yield (
        f"Benign, harmless rows of `dev` ({dev['innocent']}); the shipped thresholds were taken on `dev`, so these are "
        f"no independent estimates. {percent(dev['deep_innocent'])} of them go to the deep branch."
    )
    for title, key in (("channel", "channels"), ("language", "languages")):
        lines = document["dev"][key]
        yield table(
            (title, "n", "false positives", "95% interval", "deep"),
            (
                (
                    each["name"],
                    each["n"],
                    percent(each["false_positives"]),
                    span(each["interval"]),
                    percent(each["deep"]),
                )
                for each in lines
            ),
        )


def _notes() -> str:
    return "\n".join([
        "- Every row is checked once, by `Guard.check_many` on its own channel, with windows over its whole length.",
        "- Intervals are 95%: Wilson's for proportions, bootstrap over rows (1,000 resamples) for everything else.",
        "- NotInject: `trigger_word_synth` (623 rows of the training data) was written in NotInject's style.",
        "- AdvBench goals occur inside wrapped training attacks: read the means without it.",
        "- piguard_valid does not say which of its benign rows are harmless: all of them count as such.",
        "- A text counts as deep if one of its windows went to the deep branch.",
    ])  # fmt: skip
