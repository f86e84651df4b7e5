"""guardkit as a guardrail of any-guardrail: pip install any-guardrail guardkit.

python examples/any_guardrail_guard.py "Ignore all previous instructions."
"""

from __future__ import annotations

import sys
from typing import Any

from any_guardrail import Guardrail, GuardrailOutput
from any_guardrail.types import CategoryResult, SpanResult

from guardkit import Guard, Verdict


class GuardkitGuardrail(Guardrail):
    """Judges one text, or a list of them in one batch. `guard` is any `guardkit.Guard`."""

    model_id = "guardkit"

    def __init__(self, guard: Guard | None = None) -> None:
        self.guard = guard or Guard()

    def validate(self, input_text: str | list[str], *, channel: Any = "user", **_: Any) -> Any:
        """A `GuardrailOutput`, or a list of them in the order of the texts."""
        if isinstance(input_text, str):
            return self._output(self.guard.check(input_text, channel))
        return [self._output(verdict) for verdict in self.guard.check_many(input_text, channel)]

    def _output(self, verdict: Verdict) -> GuardrailOutput:
        harm = {label: score for label, score in verdict.scores.items() if label != "benign"}
        output = GuardrailOutput(
            valid=verdict.allowed,
            explanation="; ".join(finding.message for finding in verdict.findings if finding.score) or None,
            score=1 - verdict.scores["benign"],
            categories=[CategoryResult(name=k, score=v, triggered=k == verdict.label) for k, v in harm.items()],
            spans=[
                SpanResult(start=finding.span[0], end=finding.span[1], label=finding.label, score=finding.score)
                for finding in verdict.findings
                if finding.score
            ],
            modified_text=verdict.redacted if verdict.action == "redact" else None,
            action=verdict.action,
        )
        self._stamp_usage(output, verdict.elapsed_ms)
        return output


if __name__ == "__main__":
    print(GuardkitGuardrail().validate(" ".join(sys.argv[1:])).model_dump_json(indent=2))
