"""`guardkit redteam`: the edge of `guardkit.redteam`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from guardkit.cli import screen
from guardkit.cli.rate import Rate
from guardkit.cli.terminal import quoted, visible
from guardkit.errors import DataError
from guardkit.verdict import CHANNELS, Channel

if TYPE_CHECKING:
    from guardkit.redteam.search import Plan, Result, Tested

__all__ = ["redteam", "told"]

EXCERPT = 160  # characters shown of an example
STEPS = 4  # shown of a technique
NAMES = ("encodings", "chains", "characters", "paraphrases", "suffixes", "burial", "parts")


@click.command()
@click.option(
    "--channel", type=click.Choice(CHANNELS), default="user", show_default=True, help="Who writes the attacks."
)
@click.option("--policy", help="strict, balanced, permissive or a TOML file. Default: $GUARDKIT_POLICY, else balanced.")
@click.option("--rules-only", is_flag=True, help="Without the model.")
@click.option(
    "--file", type=click.Path(path_type=Path), help="Attacks of your own: a text a line, JSON lines, CSV, Parquet."
)
@click.option(
    "--attacks", "count", type=click.IntRange(1), default=20, show_default=True, help="How many to begin with."
)
@click.option("--technique", "names", multiple=True, type=click.Choice(NAMES), help="Only this one; may be repeated.")
@click.option(
    "--budget", type=click.IntRange(1), default=4_000, show_default=True, help="Checks, for everything together."
)
@click.option("--seed", default=0, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def redteam(
    channel: Channel, policy: str | None, file: Path | None, count: int, names: tuple[str, ...], budget: int, seed: int,
    *, rules_only: bool, as_json: bool,
) -> int:  # fmt: skip
    """Attack the guard under your policy, and show what gets past it.

    Attacks of a small grammar, or of --file, are changed by every technique: transforms, chains of them, edits of
    characters, other words, harmless words behind them, ordinary prose around them; some follow the guard's own score.
    The same seed and budget find the same. An attack that is changed may have lost its force against a model: a rate
    is an upper bound of what would work.

    Exit codes: 0 done, 3 error.
    """
    with screen.progress("attacking", budget) as advance:
        from guardkit.guard import Guard
        from guardkit.redteam import search
        from guardkit.redteam.attacks import attacks
        from guardkit.redteam.techniques import TECHNIQUES

        guard = Guard(policy, model=None if rules_only else "default")
        listed = attacks(seed, count, channel) if file is None else _read(file, count)
        chosen = [one for one in TECHNIQUES if not names or one.name in names]
        least = len(listed) * (1 + len(chosen))
        if budget < least:
            raise click.UsageError(
                f"--budget {budget} is too small: {len(listed)} attacks as they are and with {len(chosen)} techniques "
                f"take at least {least:,} checks"
            )
        plan = search.Plan(listed, chosen, channel, budget, seed)
        result = search.redteam(guard, plan, advance)
    if as_json:
        screen.data({"policy": guard.policy.name, **told(plan, result)})
    else:
        screen.show(_shown(plan, result, guard.policy.name))
    return 0


def told(plan: Plan, result: Result) -> dict[str, Any]:
    """The result as plain data."""
    return {
        "channel": plan.channel,
        "seed": plan.seed,
        "budget": plan.budget,
        "checks": result.attacks + sum(one.checks for one in result.techniques),
        "attacks": result.attacks,
        "missed_as_they_are": {**Rate(len(result.missed), result.attacks).to_dict(), "examples": result.missed[:STEPS]},
        "techniques": [
            {
                "name": one.name, "about": one.about, "variants": one.checks, "allowed": one.passed.total(),
                "evasion": Rate(one.evaded, one.attacks).to_dict(),
                "steps": [{"name": step, "tried": tried, "passed": one.passed[step]}
                          for step, tried in one.tried.most_common()],
                "examples": [asdict(example) for example in one.examples],
            }
            for one in result.techniques
        ],
    }  # fmt: skip


def _read(file: Path, count: int) -> list[str]:
    from guardkit.scan.sources import discover, read

    (source,) = discover([file], "lines" if file.suffix in ("", ".txt") else None).sources
    texts = dict.fromkeys(record.text for record in read(source) if record.text is not None and record.text.strip())
    if not texts:
        first = next((record.fault for record in read(source)), "it is empty")
        raise DataError(f"{file} holds no attack that can be read: {first}")
    return list(texts)[:count]


def _shown(plan: Plan, result: Result, policy: str) -> Text:
    out = Text()
    out.append(f"{result.attacks} attacks", "bold")
    out.append(f"  channel {plan.channel}  policy {visible(policy)}  seed {plan.seed}\n")
    if result.missed:
        out.append(f"{len(result.missed)} are allowed as they are, so no technique is tried on them:\n", "yellow")
        for text in result.missed[:STEPS]:
            out.append(f"  {quoted(text, EXCERPT)}\n")
    out.append(
        f"\n{'technique':<14}{'evaded':>8}  {'95% interval':<16}{'attacks':>8}{'variants':>10}{'allowed':>9}\n", "dim"
    )
    for one in result.techniques:
        rate = Rate(one.evaded, one.attacks)
        low, high = rate.interval or (0.0, 0.0)
        out.append(f"{one.name:<14}", "bold")
        out.append(f"{rate.share or 0:>8.1%}", "bold red" if one.evaded else "green")
        out.append(f"  {f'{low:.1%}-{high:.1%}':<16}{one.attacks:>8}")
        out.append(f"{one.checks:>10,}{one.passed.total() / max(one.checks, 1):>9.1%}\n")
    for one in result.techniques:
        if one.examples:
            _examples(out, one)
    return out


def _examples(out: Text, one: Tested) -> None:
    screen.heading(out, f"{one.name}: {one.about}")
    passed = ", ".join(f"{step} {count} of {one.tried[step]}" for step, count in one.passed.most_common(STEPS))
    out.append(f"  allowed: {visible(passed, keep='')}\n")
    for example in one.examples:
        out.append(f"  {example.score:.2f}  {quoted(example.text, EXCERPT)}\n", "default")
