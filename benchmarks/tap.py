"""A guard that keeps a list of the texts that it was asked to check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guardkit import Guard, Policy, Verdict
from guardkit.judge import Judge
from guardkit.verdict import Channel

__all__ = ["Check", "Tap"]

Texts = str | Sequence[str]


@dataclass(frozen=True, slots=True)
class Check:
    """One check, to be made again by any guard."""

    text: str
    channel: Channel
    system: Texts
    known: Texts

    def by(self, guard: Guard) -> Verdict:
        """The verdict of a guard that is called directly."""
        return guard.check(self.text, self.channel, system=self.system, known=self.known)


class Tap(Guard):
    """A guard like another one. `checks` are those that were made through it, in order."""

    __slots__ = ("checks",)

    def __init__(self, policy: Policy, model: str | Path | None) -> None:
        super().__init__(policy, model=model)
        self.checks: list[Check] = []

    def judge(
        self,
        channel: Channel,
        *,
        policy: Policy | str | Path | None = None,
        system: Texts = (),
        known: Texts = (),
        rules_only: bool = False,
    ) -> Any:
        """A judge that notes each text. Every way through a guard ends at one of these.

        What only the rules read, names, is not noted: its cost is the adapter's own.
        """
        if rules_only:
            return super().judge(channel, policy=policy, system=system, known=known, rules_only=True)
        return _Noting(super().judge(channel, policy=policy, system=system, known=known), self.checks, system, known)


@dataclass(frozen=True, slots=True)
class _Noting:
    judge: Judge
    checks: list[Check]
    system: Texts
    known: Texts

    @property
    def policy(self) -> Policy:
        return self.judge.policy

    def __call__(self, text: str) -> Verdict:
        self.checks.append(Check(text, self.judge.channel, self.system, self.known))
        return self.judge(text)
