"""`guardkit redteam` on the shipped model, on each channel that it makes a difference for, as a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from benchmarks.markdown import percent, span, table
from guardkit import Guard
from guardkit.cli.redteaming import told
from guardkit.redteam.attacks import attacks
from guardkit.redteam.search import Plan, redteam
from guardkit.redteam.techniques import TECHNIQUES
from guardkit.verdict import Channel

__all__ = ["markdown", "measure"]

CHANNELS: Sequence[Channel] = ("user", "document")
SHOWN = 160  # characters of an example
STEPS = 4  # named of a technique

Figures = dict[str, Any]


def measure(guard: Guard, count: int, budget: int, seed: int, advance: Callable[[Channel, int], None]) -> Figures:
    """The results by channel."""
    found = {}
    for channel in CHANNELS:
        plan = Plan(attacks(seed, count, channel), TECHNIQUES, channel, budget, seed)
        found[channel] = told(plan, redteam(guard, plan, partial(advance, channel)))
    return {"policy": guard.policy.name, "attacks": count, "budget": budget, "channels": found}


def markdown(document: Figures) -> str:
    command = f"`python -m benchmarks redteam --attacks {document['attacks']} --budget {document['budget']}`"
    parts = [
        f"""# Adversarial self-test

{command}, {document["date"]}, model {document["model"]}, policy {document["policy"]}.

Attacks of a small grammar of our own (harmless goals, the style of attacks that the model was trained on), changed by
techniques of which some follow the guard's own score. An attack counts as evaded if any one of its variants is allowed.
A variant may have lost its force against a language model, so a rate is an upper bound of what would work.
No threshold was chosen on these.
"""
    ]
    for channel, found in document["channels"].items():
        missed = found["missed_as_they_are"]
        rows = [
            (f"{one['name']}: {one['about']}", percent(one["evasion"]["share"]),
             span((one["evasion"]["low"], one["evasion"]["high"])) if one["evasion"]["trials"] else "",
             f"{one['variants']:,}", percent(one["allowed"] / one["variants"] if one["variants"] else None))
            for one in found["techniques"]
        ]  # fmt: skip
        parts.append(
            f"## Channel {channel}\n\n{found['attacks']} attacks, {missed['hits']} of them allowed as they are; "
            f"{found['checks']:,} checks, seed {found['seed']}.\n\n"
            + table(("technique", "attacks evaded", "95% interval", "variants", "variants allowed"), rows)
            + "\n"
        )
        for one in found["techniques"]:
            steps = sorted((step for step in one["steps"] if step["passed"]), key=lambda step: -step["passed"])[:STEPS]
            if steps:
                named = ", ".join(f"{step['name']} ({step['passed']} of {step['tried']})" for step in steps)
                shown = "\n".join(f"    {_line(example['text'])}" for example in one["examples"])
                parts.append(f"{one['name'].capitalize()} that were allowed: {named}. For example:\n\n{shown}\n")
    return "\n".join(parts)


def _line(text: str) -> str:
    """An example as one line of printable ASCII, to stand in Markdown."""
    one = " ".join(text.split()).encode("unicode_escape").decode("ascii")
    return one[:SHOWN] + ("…" if len(one) > SHOWN else "")
