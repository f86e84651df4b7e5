"""The figures of README.md and MODEL_CARD.md, written from the committed reports and the model's manifest.

A block stands between `<!-- numbers: NAME -->` and `<!-- end of numbers -->`; what is between them is overwritten.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.headline import gathered
from benchmarks.latency_report import ratio
from benchmarks.markdown import DASH, percent, score, table
from guardkit.classify import MODEL

__all__ = ["BLOCKS", "FILES", "NumbersError", "filled", "sources"]

ROOT = Path(__file__).parents[1]
FILES = (ROOT / "README.md", ROOT / "MODEL_CARD.md")
BLOCK = re.compile(r"(<!-- numbers: (?P<name>[a-z-]+) -->\n)(?P<body>.*?)(<!-- end of numbers -->)", re.S)
OPENED = "<!-- numbers:"

Document = Mapping[str, Any]


class NumbersError(Exception):
    """A block that nobody writes, or a report that it needs and that is not there."""


def sources(reports: Path, model: Path = MODEL) -> dict[str, Document]:
    """The reports that are there, and the manifest of the model."""
    return {**gathered(reports), "manifest": json.loads((model / "manifest.json").read_text("utf-8"))}


def filled(text: str, documents: Mapping[str, Document]) -> str:
    """The text with every block written anew. Raises `NumbersError`."""
    if text.count(OPENED) != len(BLOCK.findall(text)):
        raise NumbersError("a block is opened and not closed by <!-- end of numbers -->")

    def write(found: re.Match[str]) -> str:
        name = found["name"]
        if name not in BLOCKS:
            raise NumbersError(f"no block is called {name}: there are {', '.join(sorted(BLOCKS))}")
        try:
            body = BLOCKS[name](documents)
        except KeyError as error:
            raise NumbersError(f"block {name} needs {error}, which the reports do not hold") from error
        return f"{found[1]}{body.strip()}\n{found[4]}"

    return BLOCK.sub(write, text)


def _quality(documents: Mapping[str, Document]) -> str:
    quality = documents["quality"]
    suites, floors = quality["suites"], {(f["suite"], f["figure"]): f["holds"] for f in quality["floors"]}
    linear = {(line["suite"], line["figure"]): line for line in quality["linear"]["table"]}

    def figure(suite: str, key: str) -> str:
        value = suites[suite][key]
        shown = score(value) if key == "auc" else percent(value)
        return f"**{shown}**" if floors.get((suite, key)) is False else shown

    def floor(suite: str, key: str) -> str | None:
        line = linear.get((suite, key))
        return None if line is None else score(line["published"]) if key == "auc" else percent(line["published"])

    rows = []
    for title, suite, *keys in (
        ("FlipAttack, all prompt forms: recall", "flipattack", "recall"),
        ("BIPIA, instructions hidden in documents: AUC / recall", "bipia", "auc", "recall"),
        ("InjecAgent, in tool results: AUC / recall / false alarms", "injecagent", "auc", "recall", "false_positives"),
        ("parapet holdout, mixed attacks: AUC / recall / false alarms", "parapet_l1_holdout", "auc", "recall",
         "false_positives"),
        ("JailbreakBench artifacts: recall", "jbb_artifacts", "recall"),
        ("NotInject, harmless with trigger words: false alarms", "notinject", "false_positives"),
        ("WildGuard-benign, harmless but risky-sounding: false alarms", "piguard_wildguard_benign", "false_positives"),
        ("XSTest, its safe prompts: false alarms", "xstest", "false_positives"),
        ("general chat (MT-Bench and Vicuna): false alarms", "mt_vicuna_bench", "false_positives"),
    ):  # fmt: skip
        known = [each for key in keys if (each := floor(suite, key)) is not None]
        rows.append((title, " / ".join(figure(suite, key) for key in keys), " / ".join(known)))
    mean = percent(quality["means"]["recall"])
    failed = floors.get(("harmful requests (mean)", "recall")) is False
    rows.insert(5, ("harmful requests, mean recall over 13 sets", f"**{mean}**" if failed else mean, ""))
    limit = f", at most {quality['limit']:,} rows of each" if quality["limit"] else ", every row of them"
    bipia = suites["bipia"]
    return "\n\n".join((
        f"Balanced policy, public benchmarks that neither training nor thresholds have seen{limit}; the floor is "
            "hashed\n"
        "n-grams under logistic regression, trained on all of the public rows (the data card's published figures, not\n"
        "refitted here). Bold: below the target that we set ourselves.",
        table(("", "guardkit", "linear floor"), rows),
        f"Of BIPIA's {bipia['innocent']} clean contexts {percent(bipia['false_positives'])} are flagged. The threat "
        f"head alone alarms on\n{percent(suites['piguard_wildguard_benign']['false_positives_by_threat'])} of "
        "WildGuard-benign "
        f"and on {percent(suites['notinject']['false_positives_by_threat'])} of NotInject; the rest is the "
        "harmful-content head.",
    ))  # fmt: skip


def _latency(documents: Mapping[str, Document]) -> str:
    latency = documents["latency"]
    dev = latency["dev"]
    ours, tokens = dev["milliseconds"]["guardkit"], dev["tokens"]
    ratios = "; ".join(f"{ratio(dev, name, 'mean')} of {name}" for name in dev["ratios"])
    return (
        f"Over user traffic ({tokens['p50']:.0f} word pieces at the median, {tokens['p95']:.0f} at p95) a whole check "
        f"takes {ours['p50']:.1f} ms at the median,\n{ours['mean']:.1f} ms in the mean and {ours['p95']:.0f} ms at p95 "
        f"on one thread of a shared {_processor(latency)}. In the mean of the same run, against the bare\n"
        f"graphs (INT8 unless the name says otherwise) of what other guards are built on, in brackets the least and "
        f"the\nmost of {dev['rounds']} rounds: {ratios}."
    )


def _evasion(documents: Mapping[str, Document]) -> str:
    evasion = documents["evasion"]
    rows = [
        (f"{line['name']} obfuscations, {line['transforms']} ways", percent(line["evasion"]),
         percent(line["false_positives"]))
        for line in evasion["classes"]
    ]  # fmt: skip
    for title, key in (("Hackett's twelve character injections", "hackett"), ("FlipAttack, 20 forms", "flipattack")):
        tried, evaded = (sum(line[name] for line in evasion[key]) for name in ("attacks", "evaded"))
        calm, blamed = (sum(line[name] for line in evasion[key]) for name in ("benign", "blamed"))
        rows.append((title, percent(evaded / tried if tried else None), percent(blamed / calm if calm else None)))
    seeds = evasion["seeds"]
    return "\n\n".join((
        f"{seeds['caught_plain']} attacks that are caught as they stand and {seeds['allowed_plain']} harmless "
        "sentences, hidden in the same ways:",
        table(("hidden by", "attacks let pass", "harmless flagged"), rows),
    ))  # fmt: skip


def _dev(documents: Mapping[str, Document]) -> str:
    found = documents["manifest"]["metrics"]
    return (
        f"On the {found['rows']:,} dev rows, balanced: recall {percent(found['recall'])} of attacks "
        f"({percent(found['recall_unseen_sources'])} from sources that training never saw), false\n"
        f"alarms {percent(found['false_positives'])} ({percent(found['false_positives_unseen_sources'])} from such "
        f"sources), deep branch for {percent(found['deep_share_benign'])} of harmless texts and "
        f"{percent(found['deep_share_attack'])} of attacks."
    )


def _thresholds(documents: Mapping[str, Document]) -> str:
    listed = documents["manifest"]["thresholds"]
    order = sorted(listed, key=lambda name: listed[name]["injection"])
    rows = ((name, f"{listed[name]['injection']:.3f}", f"{listed[name]['harmful']:.3f}") for name in order)
    return table(("preset", "threshold, threat", "threshold, harmful"), rows)


def _parity(documents: Mapping[str, Document]) -> str:
    found = documents["manifest"]["metrics"]["parity"]
    return (
        f"INT8 against fp32 on random windows: probabilities differ by {found['int8_mean']:.3f} in the mean, "
        f"{found['int8_max']:.2f} at most; ONNX fp32 against torch {found['fp32_max']:.0e}."
    )


def _weak(documents: Mapping[str, Document]) -> str:
    quality = documents["quality"]
    suites, bipia = quality["suites"], quality["suites"]["bipia"]
    whole = percent(suites["notinject"]["false_positives"])
    return "\n".join((
        f"- {percent(suites['piguard_wildguard_benign']['false_positives'])} of PIGuard's WildGuard-benign prompts and "
        f"{percent(suites['jailbreakbench']['false_positives'])} of JailbreakBench's harmless twins are flagged at the",
        "  balanced policy, most of them by the harmful head.",
        f"- {whole} of NotInject are flagged, {percent(suites['notinject']['false_positives_by_threat'])} by the "
        "threat head.",
        f"- Plain harmful requests: {percent(quality['means']['recall'])} are caught in the mean over 13 sets; at 0.5 "
        f"of the score GuardBench's metric is {score(quality['means']['guardbench_half'])}.",
        f"- {percent(bipia['false_positives'])} of BIPIA's {bipia['innocent']} clean contexts are flagged (AUC "
        f"{score(bipia['auc'])}).",
    ))  # fmt: skip


def _processor(document: Document) -> str:
    return str(document["machine"]["processor"]).replace("(R)", "").removesuffix(" Processor") or DASH


BLOCKS: Mapping[str, Callable[[Mapping[str, Document]], str]] = {
    "quality": _quality,
    "latency": _latency,
    "evasion": _evasion,
    "dev": _dev,
    "thresholds": _thresholds,
    "parity": _parity,
    "weak": _weak,
}
