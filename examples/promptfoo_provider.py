"""guardkit as a provider of promptfoo: its red-team strategies against the guard, with the verdict as the output.

    npx promptfoo@latest eval -c examples/promptfoo.yaml

promptfoo calls `call_api` in a Python process of its own (PROMPTFOO_PYTHON names the interpreter).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from guardkit import Guard
from guardkit.errors import GuardError

guarding = cache(Guard)  # one guard for each policy


def call_api(prompt: str, options: dict[str, Any], context: dict[str, Any]) -> dict[str, Any]:
    """The verdict as promptfoo's provider response. `config`: policy (a preset or a file), channel."""
    config = (options or {}).get("config") or {}
    policy = str(config.get("policy", "balanced"))
    try:
        verdict = guarding(policy).check(prompt, config.get("channel", "user"))
    except (GuardError, ValueError) as error:
        return {"error": str(error)}
    return {
        "output": {"action": verdict.action, "label": verdict.label, "score": round(verdict.score, 4)},
        "guardrails": {"flagged": not verdict.allowed, "flaggedInput": not verdict.allowed, "reason": verdict.label},
        "metadata": {"route": verdict.route, "findings": [finding.message for finding in verdict.findings]},
    }
