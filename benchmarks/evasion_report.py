"""The attack document as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.markdown import DASH, percent, span, table
from benchmarks.techniques import FLIP_FORMS, FLIP_MODES, HACKETT_BEST, HACKETT_PUBLISHED, HACKETT_SOURCE

__all__ = ["markdown"]

Document = Mapping[str, Any]
WORST = 40  # transforms of the last table


def markdown(document: Document) -> str:
    """The whole report."""
    where, seeds = document["machine"], document["seeds"]
    parts = [
        "# Evasion",
        f"- model: `{document['model'][:16]}` (sha256 of its manifest), policy {document['policy']}\n"
        f"- date: {document.get('date') or DASH}\n"
        f"- machine: {where['processor']}, {where['cores']} cores; Python {where['python']}\n"
        f"- seeds: {seeds['attacks']} attacks and {seeds['benign']} harmless sentences of our own; "
        f"{seeds['caught_plain']} of the attacks are caught as they stand and {seeds['allowed_plain']} of the harmless "
        "ones are let pass. What hiding changes is counted over these.",
        "Evasion: hidden attacks that are let pass. False alarms: harmless sentences, hidden in the same way, that are "
        "flagged or blocked. In brackets: 95% Wilson intervals.",
        "## By what can be undone",
        "Decodable: exact by code, up to case, spacing and punctuation. Ambiguous: needs a key or a language score. "
        "Undecodable: information is lost.",
        table(("class", "transforms", *RATES), ((c["name"], c["transforms"], *_rates(c)) for c in document["classes"])),
        "## Hackett's twelve character injections",
        "Published attack success rates are of other guards on other texts: "
        f"{HACKETT_SOURCE} (mean over five guards; ProtectAI v2, the best of them).",
        table(("technique", *RATES, "published mean", "ProtectAI v2"), _hackett(document["hackett"])),
        "## FlipAttack",
        "Evasion by mode (fwo words, fcw letters in words, fcs letters of the sentence, fmm fcs with fwo's rule) and "
        "prompt form; in brackets false alarms.",
        table(("mode", *FLIP_FORMS), _flips(document["flipattack"])),
        "## Split over turns and tool results",
        table(("way", "parts", *RATES), ((s["way"], s["parts"], *_rates(s)) for s in document["splits"])),
        *_needles(document["needles"]),
        "## Word substitution",
        _substitution(document["substitution"]),
        "## By family",
        table(("family", "transforms", *RATES), ((f["name"], f["transforms"], *_rates(f)) for f in _worst(document))),
        f"## The {WORST} weakest transforms",
        table(("transform", "class", *RATES), ((t["name"], t["class"], *_rates(t)) for t in _weakest(document))),
    ]
    return "\n\n".join(parts) + "\n"


RATES = ("evasion", "false alarms")


def _rates(line: Document) -> tuple[str, str]:
    return (
        f"{percent(line['evasion'])} [{span(line['evasion_interval'])}]" if line["attacks"] else DASH,
        f"{percent(line['false_positives'])} [{span(line['false_positives_interval'])}]" if line["benign"] else DASH,
    )


def _hackett(lines: list[Document]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        mean, best = HACKETT_PUBLISHED[line["name"]]
        yield line["name"], *_rates(line), f"{mean:.1f}%", DASH if best is None else f"{best:.1f}%"
    if lines:
        total = {key: sum(line[key] for line in lines) for key in ("attacks", "evaded", "benign", "blamed")}
        yield (
            "all twelve", percent(total["evaded"] / total["attacks"] if total["attacks"] else None),
            percent(total["blamed"] / total["benign"] if total["benign"] else None), DASH, f"{HACKETT_BEST:.1f}%",
        )  # fmt: skip


def _flips(lines: list[Document]) -> Iterator[tuple[str, ...]]:
    found = {(line["mode"], line["form"]): line for line in lines}
    for mode in FLIP_MODES:
        cells = (found.get((mode, form)) for form in FLIP_FORMS)
        yield mode, *(f"{percent(c['evasion'])} ({percent(c['false_positives'])})" if c else DASH for c in cells)


def _needles(lines: list[Document]) -> Iterator[str]:
    if not lines:
        return
    yield "## An attack in a long document"
    yield (
        "Evasion by length and depth (0%: before everything, 100%: after everything), on the channel `document`; last "
        f"the same documents without an attack. {lines[0]['attacks']} documents a cell."
    )
    depths = sorted({line["depth"] for line in lines})
    found = {(line["characters"], line["depth"]): line for line in lines}
    yield table(
        ("characters", *(f"{100 * depth:.0f}%" for depth in depths), "false alarms"),
        (
            (
                f"{length:,}",
                *(percent(found[length, depth]["evasion"]) for depth in depths),
                percent(found[length, depths[0]]["false_positives"]),
            )
            for length in sorted({line["characters"] for line in lines})
        ),
    )


def _substitution(found: Document) -> str:
    if "missing" in found:
        return f"Not measured: {found['missing']}."
    if found["evasion"] is None:
        return "No attack was caught as it stands."
    words = DASH if found["changed"] is None else f"{found['changed']:.1f}"
    return (
        f"TextFooler-like, with the guard's scores in the attacker's hands: {found['evaded']} of {found['attacks']} "
        f"attacks get past ({percent(found['evasion'])} [{span(found['evasion_interval'])}]), after {words} words "
        f"changed in the mean; {found['asked']:.0f} texts judged per attack."
    )


def _worst(document: Document) -> list[Document]:
    return sorted(document["families"], key=lambda line: -(line["evasion"] or 0))


def _weakest(document: Document) -> list[Document]:
    return sorted(document["transforms"], key=lambda t: (-(t["evasion"] or 0), -(t["false_positives"] or 0)))[:WORST]
