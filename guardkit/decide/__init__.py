"""Scores and findings under a policy."""

from guardkit.decide.decision import RULES_ONLY, Decision, decide, from_findings, least
from guardkit.decide.document import dump
from guardkit.decide.policy import PRESETS, OnError, Policy, Rule

__all__ = ["PRESETS", "RULES_ONLY", "Decision", "OnError", "Policy", "Rule", "decide", "dump", "from_findings", "least"]
