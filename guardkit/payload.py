"""The verdicts on the texts of a payload."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from guardkit.decide import Policy
from guardkit.texts import Text
from guardkit.verdict import Verdict

if TYPE_CHECKING:
    from guardkit.guard import Guard

__all__ = ["judged"]


def judged(
    guard: Guard,
    texts: Sequence[Text],
    *,
    policy: Policy | str | Path | None = None,
    system: Sequence[str] = (),
    known: Sequence[str] = (),
) -> list[Verdict]:
    """A verdict for each text, in order, on its own channel.

    Names are judged by the rules alone: the model, which knows prose, takes a list of commands for an order.
    """
    said = [text for text in texts if not text.names]
    strings, channels = [text.text for text in said], [text.channel for text in said]
    if len(said) == 1:
        verdicts = [guard.check(strings[0], channels[0], policy=policy, system=system, known=known)]
    else:
        verdicts = guard.check_many(strings, channels, policy=policy, system=system, known=known)
    spoken = iter(verdicts)
    return [
        guard.judge(text.channel, policy=policy, system=system, known=known, rules_only=True)(text.text)
        if text.names
        else next(spoken)
        for text in texts
    ]
