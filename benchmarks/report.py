"""One report from all parts: quality beside published numbers, attacks, speed, overhead; Markdown and one HTML page."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks import plots, profile
from benchmarks.headline import beside, gathered, headline
from benchmarks.latency_report import ratio
from benchmarks.markdown import DASH, percent, score, span, table
from benchmarks.published import PUBLISHED

__all__ = ["report", "save"]

Document = Mapping[str, Any]
DRAWINGS = (  # part, function, caption
    ("quality", plots.suites, "Recall and false positives at the shipped thresholds, 95% intervals"),
    ("quality", plots.roc, "ROC curves of the threat score (logarithmic axis)"),
    ("quality", plots.reliability, "Reliability: what a score is worth"),
    ("evasion", plots.evasion, "Hackett's twelve character injections"),
    ("evasion", plots.needles, "An attack in a long document: share caught by length and depth"),
    ("latency", plots.latency, "Latency by length beside the peers' bare graphs, same run"),
)
STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #222; }
table { border-collapse: collapse; margin: 1rem 0; font-size: 13px; }
th, td { border-bottom: 1px solid #ddd; padding: .25rem .6rem; text-align: right; }
th:first-child, td:first-child, td.text { text-align: left; }
figure { margin: 1.5rem 0; } figcaption { color: #555; } svg { max-width: 100%; height: auto; }
"""


def report(folder: Path) -> tuple[dict[str, Any], str, str]:
    """The merged document, its Markdown and its page, from the JSON files in the folder.

    Raises `FileNotFoundError` where there is none of them.
    """
    documents = gathered(folder)
    if not documents:
        raise FileNotFoundError(f"no report in {folder}")
    document = headline(documents, folder)
    text = "\n\n".join(_parts(document, documents)) + "\n"
    return document, text, _page(text, documents)


def _parts(document: Document, documents: Mapping[str, Document]) -> Iterator[str]:
    yield "# guardkit, measured"
    yield table(("part", "model", "date", "machine"), _sources(document))
    if document["missing"]:
        yield f"Not measured: {', '.join(document['missing'])}."
    if not document["one_model"]:
        yield "**The parts were measured with different models** (see the column model): do not read them as one."
    if document["quality"]:
        yield from _quality(document["quality"])
        yield from _published(documents)
    if document["evasion"]:
        yield from _evasion(document["evasion"])
    if document["latency"]:
        yield from _latency(document["latency"])
    if document["profile"]:
        yield from _profile(document["profile"])
    if document["overhead"]:
        yield from _overhead(document["overhead"])
    if document["rivals"]:
        yield from _rivals(document["rivals"])
    links = ", ".join(f"[{name}]({name}.md)" for name in documents)
    yield f"In full: {links}. With pictures: [latest.html](latest.html)."


def _sources(document: Document) -> Iterator[tuple[str, ...]]:
    for name, part in document["parts"].items():
        where = part["machine"]
        yield name, f"`{part['model'][:16]}`", part["date"] or DASH, f"{where['processor']}, {where['cores']} cores"


def _quality(found: Document) -> Iterator[str]:
    yield "## Quality"
    if found["limit"]:
        yield f"**Not the whole benchmark**: at most {found['limit']} rows of each suite."
    rows = []
    for line in found["figures"]:
        show = score if line["figure"] == "auc" else percent
        interval = line["interval"]
        bounds = DASH
        if interval:
            bounds = f"{interval[0]:.3f}–{interval[1]:.3f}" if line["figure"] == "auc" else span(interval)
        rows.append((line["suite"], line["figure"].replace("_", " "), show(line["value"]), bounds, line["n"]))
    yield table(("suite", "figure", "guardkit", "95% interval", "rows"), rows)
    errors = found["calibration_error"]
    failed = "; ".join(found["floors"]["failed"]) or "none"
    yield (
        f"Harmful requests, mean recall over 13 sets: {percent(found['harmful_recall'])}; GuardBench's metric at 0.5 "
        f"of the score: {score(found['guardbench_half'])}. Calibration error over all public suites: threat "
        f"{percent(errors['threat'])}, harmful {percent(errors['harmful'])}. Floors held: {found['floors']['held']}; "
        f"failed: {failed}."
    )


def _published(documents: Mapping[str, Document]) -> Iterator[str]:
    """Per suite what others report, in one cell each: numbers of different harnesses form no ranking."""
    yield "## Beside published numbers"
    yield (
        "Of other guards, measured by others in other harnesses, at their thresholds and on their choice of rows; ours "
        "are of this run, at the shipped thresholds. They say where the field stands and do not rank it."
    )
    rows = []
    for each in PUBLISHED:
        listed = ", ".join(f"{guard} {percent(value)}" for guard, value in each.figures)
        rows.append((each.suite, each.figure, percent(beside(documents, each.suite, each.figure)), listed, each.source))
    yield table(("suite", "figure", "guardkit, this run", "others, elsewhere", "source"), rows)


def _evasion(found: Document) -> Iterator[str]:
    yield "## Attacks"
    lines = [(f"transforms, {line['name']}", line) for line in found["classes"]]
    lines += [
        ("Hackett's twelve techniques", found["hackett"]),
        ("FlipAttack, all modes and forms", found["flipattack"]),
    ]
    lines += [(f"split over {way}", line) for way, line in found["splits"].items()]
    lines.append(("somewhere in a long document", found["needles"]))
    yield table(
        ("attack", "hidden attacks", "let pass", "harmless, hidden alike", "flagged"),
        (
            (name, e["attacks"], percent(e["evasion"]), e["benign"], percent(e["false_positives"]))
            for name, e in lines
            if e["attacks"]
        ),
    )
    words = found["substitution"]
    if words.get("attacks"):
        yield f"Word substitution with the guard's scores in hand: {words['evaded']} of {words['attacks']} get past."


def _latency(found: Document) -> Iterator[str]:
    yield "## Latency"
    traffic = found["traffic"]
    if traffic:
        keys = ("mean", "p50", "p95", "p99")
        yield (
            f"Over {traffic['rows']} texts of user traffic, one thread, milliseconds; the ratios are of the same run, "
            f"in brackets the least and the most of {traffic['rounds']} rounds."
        )
        yield table(
            ("", *keys),
            (
                ("guardkit, whole check", *(f"{traffic['guardkit'][key]:.1f}" for key in keys)),
                *((f"as a multiple of {name}", *(ratio(traffic, name, key) for key in keys))
                  for name in traffic["ratios"]),
            ),
        )  # fmt: skip
    start = found["startup"]
    yield (
        f"`import guardkit` {start['import']:.1f} ms, `Guard()` {start['guard']:.0f} ms, first check "
        f"{start['first_check']:.0f} ms."
    )


def _profile(found: Document) -> Iterator[str]:
    yield "## Where the time goes, before and after"
    yield f"Milliseconds of a check, mean over {found['texts']} texts of user traffic; before: {found['commit']}."
    yield table(("stage", "before", "after", "after / before"), profile.rows(dict(found)))


def _overhead(found: list[Document]) -> Iterator[str]:
    yield "## Overhead of the adapters"
    yield "Milliseconds above the guard's own checks: median (least to most) of the repetitions."
    rows = ((f["name"], *(f"{f['overhead'][key]:.2f}" for key in ("median", "least", "most"))) for f in found)
    yield table(("framework", "median", "least", "most"), rows)


def _rivals(found: Document) -> Iterator[str]:
    yield "## Beside guards without a model"
    yield "Packages from PyPI in their default settings, the same texts, the same run: recall / false positives."
    names = list(next(iter(found.values()))["guards"])
    yield table(
        ("suite", *names),
        (
            (suite, *(f"{percent(g['recall'])} / {percent(g['false_positives'])}" for g in each["guards"].values()))
            for suite, each in found.items()
        ),
    )


def _page(text: str, documents: Mapping[str, Document]) -> str:
    """One file that needs no other: the Markdown's headings, paragraphs and tables, and the drawings."""
    drawings = [
        f"<figure>{draw(documents[part])}<figcaption>{html.escape(caption)}</figcaption></figure>"
        for part, draw, caption in DRAWINGS
        if part in documents and (draw is not plots.needles or documents[part]["needles"])
    ]
    body = "\n".join(map(_element, text.strip().split("\n\n")))
    head = f'<meta charset="utf-8"><title>guardkit, measured</title><style>{STYLE}</style>'
    return f"<!doctype html>\n<html lang=en><head>{head}</head><body>\n{body}\n{''.join(drawings)}\n</body></html>\n"


def _element(block: str) -> str:
    if block.startswith("#"):
        level = len(block) - len(block.lstrip("#"))
        return f"<h{level}>{_inline(block.lstrip('# '))}</h{level}>"
    if not block.startswith("|"):
        return f"<p>{_inline(block)}</p>"
    head, _, *lines = ([cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines())
    rows = "".join(f"<tr>{''.join(map(_cell, line))}</tr>" for line in lines)
    return f"<table><tr>{''.join(f'<th>{_inline(cell)}</th>' for cell in head)}</tr>{rows}</table>"


def _cell(text: str) -> str:
    return f"<td{' class=text' if len(text) > 30 else ''}>{_inline(text)}</td>"


def _inline(text: str) -> str:
    """The little Markdown that the report has: code, bold, links."""
    text = html.escape(text, quote=False)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", text)
    return re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r'<a href="\2">\1</a>', text)


def save(folder: Path) -> dict[str, Any]:
    """Writes latest.json, latest.md and latest.html into the folder of the parts, and returns the document."""
    document, text, page = report(folder)
    (folder / "latest.json").write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", "utf-8")
    (folder / "latest.md").write_text(text, "utf-8")
    (folder / "latest.html").write_text(page, "utf-8")
    return document
