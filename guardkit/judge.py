"""The whole line from a text to its verdict, under one policy and for one channel."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from functools import partial
from math import inf

from guardkit.canary import CANARY
from guardkit.classify.scoring import THREATS, Model, Scored, Stakes
from guardkit.decide import RULES_ONLY, Decision, Policy, decide, from_findings, least
from guardkit.detect import Detector
from guardkit.errors import GuardError
from guardkit.observer import Observer, tell
from guardkit.pipeline import Analysis, analyze
from guardkit.redaction import clean, redact
from guardkit.verdict import ACTIONS, SNIPPET, Channel, Finding, Label, Verdict

__all__ = ["Judge"]


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """A function from a text to its verdict. Immutable and thread-safe; `also` are this call's own detectors.

    Raises `GuardError` where an observer fails: what cannot be recorded is not let through.
    """

    model: Model | None = field(repr=False)
    channel: Channel
    policy: Policy = field(repr=False)
    also: tuple[Detector, ...] = field(default=(), repr=False)
    observers: tuple[Observer, ...] = field(default=(), repr=False)

    def __call__(self, text: str) -> Verdict:
        """The verdict; if its action is "redact", what is left of the text has passed a check of its own."""
        verdict = self._judged(text)
        for observer in self.observers:
            tell("an observer of the guard", observer, text, verdict, self.policy)
        return verdict

    def _judged(self, text: str) -> Verdict:
        started = time.monotonic()
        policy = self.policy
        if policy.allows(text):
            scores: dict[Label, float] = {"benign": 1.0}
            passed = Verdict("allow", "benign", 1.0, scores, redacted=text, channel=self.channel, policy=policy.name)
            return replace(passed, elapsed_ms=(time.monotonic() - started) * 1000)
        once = partial(self._once, deadline=started + policy.limits.milliseconds / 1000)
        verdict = once(text)
        if verdict.action == "redact":
            rest = clean(text, verdict, once)
            if rest is None:
                verdict = replace(verdict, action="block")
            else:
                verdict = replace(verdict, redacted=rest.text, removed=rest.spans)
        return replace(verdict, elapsed_ms=(time.monotonic() - started) * 1000)

    def _once(self, text: str, deadline: float) -> Verdict:
        analysis = analyze(text, self.policy.limits, self.also, deadline)
        scored, failures = None, list(analysis.degraded)
        if self.model is not None:
            try:
                limits, stakes = self.policy.limits, self.stakes(self.model)
                scored = self.model.score(analysis, self.channel, limits, deadline, stakes)
            except Exception as error:
                failures.append(f"model: {type(error).__name__}")
        return self._verdict(text, analysis, scored, failures)

    def stakes(self, model: Model) -> Stakes:
        """What the scores are for. Where nothing can ever happen, they are wanted for their own sake."""
        scores = least(model.manifest.thresholds[self.policy.thresholds], self.policy, self.channel)
        if min(scores.values()) == inf:
            return Stakes()
        threats = tuple({scores[label] for label in THREATS})
        return Stakes(threats, scores["harmful"], self.policy.blocks(self.channel))

    def _verdict(self, text: str, analysis: Analysis, scored: Scored | None, failures: list[str]) -> Verdict:
        """The pure end of the line: what was found, under the policy."""
        policy, channel = self.policy, self.channel
        hints = from_findings(analysis.findings, certain=scored is not None)
        scores: dict[Label, float] = dict(hints) if scored is None else dict(scored.scores)
        for label, score in hints.items():
            scores[label] = max(scores[label], score)
        scores["benign"] = 1 - max(score for label, score in scores.items() if label != "benign")
        table = RULES_ONLY if self.model is None or scored is None else self.model.manifest.thresholds
        thresholds = table[policy.thresholds]
        decision = decide(scores, thresholds, policy, channel)
        findings = list(analysis.findings)
        denied = policy.denies(view.text for view in analysis.views)
        if denied is not None:
            findings.insert(0, Finding("policy.deny", "injection", 1.0, (0, len(text)), "on the policy's deny list"))
        if denied is not None or any(finding.detector == CANARY for finding in findings):
            decision = Decision("block", "injection", 1.0)
        if scored is not None and denied is None:
            own = decide(scored.scores, thresholds, policy, channel)
            if own.action != "allow":
                findings.insert(0, _worst(own, scored))
        truncated = analysis.truncated or (scored is not None and scored.truncated)
        if scored is not None and scored.late:
            failures.append("model: out of time")
        if failures and policy.on_error == "raise":
            raise GuardError(f"the text was not checked in full: {'; '.join(failures)}")
        decision = _closed(decision, policy, truncated=truncated, failed=bool(failures))
        return Verdict(
            action=decision.action,
            label=decision.label,
            score=decision.score,
            scores=scores,
            findings=tuple(findings),
            views=tuple(view.text for view in analysis.views),
            redacted=text if decision.action == "allow" else redact(text, findings),
            route="rules" if scored is None else "deep" if scored.deep else "fast",
            windows=0 if scored is None else scored.windows,
            truncated=truncated,
            degraded="; ".join(failures),
            severity=0.0 if decision.label == "benign" else decision.score if scored is None else scored.severity,
            confidence=abs(2 * decision.score - 1) if scored is None else scored.confidence,
            channel=channel,
            policy=policy.name,
        )


def _worst(decision: Decision, scored: Scored) -> Finding:
    """The model's own evidence: the window that carries the score."""
    window = scored.harmful if decision.label == "harmful" else scored.threat
    view = window.view
    return Finding(
        "model.fast" if window.deep is None else "model.deep",
        decision.label,
        decision.score,
        view.span(window.start, window.end),
        f"the classifier reads this as {decision.label}",
        view.text[window.start : window.end][:SNIPPET] if view.chain else "",
        view.chain,
    )


def _closed(decision: Decision, policy: Policy, *, truncated: bool, failed: bool) -> Decision:
    """What was not fully checked is not simply let through: the policy's harsher word counts."""
    least = [decision.action]
    if truncated:
        least.append(policy.on_truncated)
    if failed and policy.on_error == "block":
        least.append("block")
    return replace(decision, action=max(least, key=ACTIONS.index))
