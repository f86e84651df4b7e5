"""Scores and findings under a policy → an action."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf, prod

from guardkit.decide.policy import ATTACKS, Policy
from guardkit.verdict import ACTIONS, LABELS, Action, Channel, Finding, Label

__all__ = ["RULES_ONLY", "Decision", "decide", "from_findings", "least"]

CERTAIN = 0.8  # a finding of this score counts as a score beside the model's, and without one

RULES_ONLY: Mapping[str, Mapping[Label, float]] = {
    name: dict.fromkeys(ATTACKS, threshold)
    for name, threshold in (("strict", 0.6), ("balanced", 0.75), ("permissive", 0.9))
}
"""Thresholds of the guard without a model, on the combined weights of its patterns."""


@dataclass(frozen=True, slots=True)
class Decision:
    action: Action
    label: Label
    score: float


def from_findings(findings: Iterable[Finding], *, certain: bool) -> dict[Label, float]:
    """A score per label from the findings alone: independent hints add up (noisy or), each kind of hint once.

    `certain` leaves out the mere hints, for a guard whose model has judged them already.
    """
    weights: dict[Label, dict[str, float]] = {label: {} for label in ATTACKS}
    for finding in findings:
        if finding.label in weights and finding.score >= (CERTAIN if certain else 0):
            kinds = weights[finding.label]
            kinds[finding.detector] = max(finding.score, kinds.get(finding.detector, 0.0))
    return {label: 1.0 - prod((1 - weight for weight in kinds.values()), start=1.0) for label, kinds in weights.items()}


def least(thresholds: Mapping[Label, float], policy: Policy, channel: Channel) -> dict[Label, float]:
    """The score of each label from which on anything but "allow" happens; infinite where nothing ever does."""
    rules = {label: policy.rule(label, channel) for label in ATTACKS}
    return {
        label: inf if rule.action == "allow" else thresholds[label] if rule.threshold is None else rule.threshold
        for label, rule in rules.items()
    }


def decide(
    scores: Mapping[Label, float], thresholds: Mapping[Label, float], policy: Policy, channel: Channel
) -> Decision:
    """The most severe action whose rule is met, and the label that met it; "allow" and "benign" where none is."""
    met: list[tuple[int, float, int, Decision]] = []
    for label, threshold in least(thresholds, policy, channel).items():
        if scores[label] >= threshold:
            action = policy.rule(label, channel).action
            decision = Decision(action, label, scores[label])
            met.append((ACTIONS.index(action), scores[label], -LABELS.index(label), decision))
    return max(met)[3] if met else Decision("allow", "benign", scores["benign"])
