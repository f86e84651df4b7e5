"""`python -m guardkit.trainer report`: what the training texts are, how much they repeat, and what bench shares."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from guardkit.trainer.data import Row

__all__ = ["census", "command", "markdown", "report", "unleaked"]

SAMPLE = 2_000  # texts of a family that its variety is measured on


@click.command(name="report")
@click.option(
    "--data",
    required=True,
    type=click.Path(path_type=Path, exists=True),
    help="Folder that holds train.parquet and, for the leakage check, bench/.",
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for data.json and data.md.")
@click.option("--synthetic", default=44_000, show_default=True, help="Samples of our own generator.")
@click.option("--transforms", default=13_000, show_default=True, help="Copies through the obfuscation encoders.")
@click.option("--scale", default=0.6, show_default=True, help="Factor on the caps of benign public rows.")
@click.option("--seed", default=0, show_default=True)
def command(data: Path, out: Path, synthetic: int, transforms: int, scale: float, seed: int) -> None:
    """Count the training texts that `prepare` would take with the same options, and measure how they repeat."""
    from guardkit.trainer.data import load, select
    from guardkit.trainer.prepare import synthetic as generate
    from guardkit.trainer.prepare import transformed

    public = select(load(data, "train"), seed, scale)
    made = generate(data, synthetic, seed)
    copies = transformed([*public, *made], transforms, seed)
    found = report(public, made, copies, bench(data))
    out.mkdir(parents=True, exist_ok=True)
    (out / "data.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    (out / "data.md").write_text(markdown(found), "utf-8")
    click.echo(markdown(found))


def bench(data: Path) -> dict[str, list[str]]:
    """The texts of every benchmark in `data/bench`, to keep them out of training; none if there is no such folder."""
    import polars as pl

    files = sorted((data / "bench").glob("*.parquet"))
    return {file.stem: pl.read_parquet(file, columns=["text"])["text"].to_list() for file in files}


def unleaked(rows: Sequence[Row], benchmarks: Mapping[str, Sequence[str]]) -> list[Row]:
    """The rows that no benchmark holds, as they are or nearly so."""
    from guardkit.trainer.repeats import leaks

    exact, alike = leaks([row.text for row in rows], [text for texts in benchmarks.values() for text in texts])
    return [row for row, leaked in zip(rows, exact | alike, strict=True) if not leaked]


def report(
    public: Sequence[Row], made: Sequence[Row], copies: Sequence[Row], benchmarks: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """Counts, the variety of every family, near-duplicates and leaks, as JSON can hold them."""
    from guardkit.trainer.repeats import leaks, variety

    families: dict[str, list[str]] = defaultdict(list)
    for row in made:
        families[row.source].append(row.text[slice(*row.span)] if row.span else row.text)
    families["public"] = [row.text for row in public]
    families["transformed"] = [row.text for row in copies]
    random = Random(0)
    table = {
        name: {**asdict(variety(random.sample(texts, min(SAMPLE, len(texts))))), "texts": len(texts)}
        for name, texts in sorted(families.items())
    }
    rows = [*public, *made]
    shared: dict[str, Any] = {}
    if benchmarks:
        names = [name for name, texts in benchmarks.items() for _ in texts]
        exact, alike = leaks([row.text for row in rows], [text for texts in benchmarks.values() for text in texts])
        sources = Counter(row.source for row, bad in zip(rows, exact | alike, strict=True) if bad)
        shared = {"benchmarks": len(benchmarks), "bench_texts": len(names), "exact": int(exact.sum()),
                  "near": int(alike.sum()), "by_source": dict(sources.most_common())}  # fmt: skip
    return {"counts": census(public, made, copies), "variety": table, "leaks": shared}


def census(public: Sequence[Row], made: Sequence[Row], copies: Sequence[Row]) -> dict[str, Any]:
    """How many rows there are, of what kind, in which languages and channels."""
    from guardkit.trainer.data import CHANNELS, THREATS

    everything = [*public, *made, *copies]
    hard = [row for row in made if row.label == 0 and row.harmful != 1]
    kinds = Counter(("unknown" if row.label < 0 else THREATS[row.label]) for row in everything)
    return {
        "all": len(everything),
        "public": len(public),
        "synthetic": len(made),
        "synthetic_attacks": sum(row.label > 0 for row in made),
        "transformed": len(copies),
        "transformed_attacks": sum(row.label > 0 for row in copies),
        "hard_negatives": len(hard) + sum(row.label == 0 and row.harmful != 1 for row in copies),
        "sources": len({row.source for row in public}),
        "families": dict(sorted(Counter(row.source for row in made).items())),
        "transforms": dict(sorted(Counter(row.source for row in copies).items())),
        "labels": dict(kinds.most_common()),
        "harmful": sum(row.harmful == 1 for row in everything),
        "channels": dict(Counter(CHANNELS[row.channel] for row in everything).most_common()),
        "languages": dict(Counter(row.lang or "unknown" for row in everything).most_common()),
    }


def markdown(found: Mapping[str, Any]) -> str:
    counts, leaked = found["counts"], found["leaks"]
    lines = ["# Training data", "", "| what | rows |", "|---|---|"]
    lines += [f"| {name.replace('_', ' ')} | {value:,} |" for name, value in counts.items() if isinstance(value, int)]
    for name in ("labels", "channels", "languages"):
        text = ", ".join(f"{key} {value:,}" for key, value in list(counts[name].items())[:30])
        lines += ["", f"{name.capitalize()}: {text}."]
    lines += ["", "## Variety", "", f"Of at most {SAMPLE:,} texts a family; of a located attack only itself.",
              "", "| family | rows | distinct-1 | -2 | -3 | -4 | most frequent 8-gram | near-duplicates |",
              "|---|---|---|---|---|---|---|---|"]  # fmt: skip
    for name, row in found["variety"].items():
        shares = " | ".join(f"{share:.3f}" for share in row["distinct"])
        lines.append(f"| {name} | {row['texts']:,} | {shares} | {row['commonest']:.1%} | {row['near']:.1%} |")
    lines += ["", "## Shared with bench", ""]
    if leaked:
        lines.append(f"{leaked['exact']:,} texts stand in one of {leaked['benchmarks']} benchmarks as they are, "
                     f"{leaked['near']:,} nearly so; `prepare` leaves them out.")  # fmt: skip
        lines += ["", *(f"- {source}: {count:,}" for source, count in leaked["by_source"].items())]
    else:
        lines.append("There were no benchmarks to compare with.")
    return "\n".join(lines) + "\n"
