"""`python -m guardkit.trainer.synth --data train.parquet --count 20000 --report`: counts, diversity and samples."""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict

from . import Pool, Sample, generate


def distinct(texts: list[str], size: int) -> float:
    """Returns distinct word n-grams over all word n-grams."""
    seen: set[tuple[str, ...]] = set()
    total = 0
    for text in texts:
        words = text.lower().split()
        grams = [tuple(words[at : at + size]) for at in range(len(words) - size + 1)]
        seen.update(grams)
        total += len(grams)
    return len(seen) / max(total, 1)


def commonest(texts: list[str], size: int = 6) -> tuple[float, str]:
    """Returns the share of texts that hold the family's most repeated word n-gram, and that n-gram."""
    counts: Counter[str] = Counter()
    for text in texts:
        words = text.lower().split()
        grams = (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))
        counts.update(list(dict.fromkeys(grams)))  # not a set: ties must not depend on the hash seed
    gram, count = counts.most_common(1)[0] if counts else ("", 0)
    return count / max(len(texts), 1), gram


def own(sample: Sample) -> str:
    """Returns the part that the grammar wrote: the span where there is one."""
    return sample.text[slice(*sample.span)] if sample.span else sample.text


def report(samples: list[Sample]) -> str:
    """Returns the table of families and three samples of each."""
    groups: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        groups[sample.family].append(sample)
    share = sum(sample.label == "benign" for sample in samples) / max(len(samples), 1)
    lines = [f"{len(samples)} samples, {share:.1%} benign", "family                count   d1    d3   top 6-gram"]
    for name, group in sorted(groups.items()):
        texts = [own(sample) for sample in group]
        top, gram = commonest(texts)
        lines.append(
            f"{name:20} {len(group):6} {distinct(texts, 1):.3f} {distinct(texts, 3):.3f}  {top:.2%} {gram[:60]}"
        )
    everything = [own(sample) for sample in samples]
    lines.append(f"{'all':20} {len(samples):6} {distinct(everything, 1):.3f} {distinct(everything, 3):.3f}")
    for name, group in sorted(groups.items()):
        lines += ["", f"== {name}"]
        lines += [
            f"[{one.label} {one.harmful} {one.channel} {one.lang} {one.span}] {one.text[:500]!r}" for one in group[:3]
        ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="train.parquet")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--report", action="store_true", help="print the full report, not only the speed")
    options = parser.parse_args()
    pool = Pool.load(options.data, options.seed)
    start = time.perf_counter()
    samples = list(generate(options.seed, options.count, pool))
    speed = len(samples) / (time.perf_counter() - start)
    if options.report:
        print(report(samples).encode("utf-8", "replace").decode())
    print(f"{speed:,.0f} samples/s")


if __name__ == "__main__":
    main()
