"""The guard: one pipeline from a text to a verdict, and the ways of calling it."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from guardkit.classify import MODEL, open_model
from guardkit.classify.scoring import Scored
from guardkit.decide import RULES_ONLY, Decision, Policy, decide, from_findings
from guardkit.errors import GuardError, InputError
from guardkit.evidence import Contribution, redact, sentences
from guardkit.messages import conversation
from guardkit.pipeline import Analysis, analyze
from guardkit.verdict import ACTIONS, CHANNELS, SNIPPET, Channel, Finding, Label, Verdict

__all__ = ["Guard"]

WORKERS = min(8, os.cpu_count() or 1)


class Guard:
    """Checks texts. Immutable and thread-safe: build one and share it.

    `policy` is a preset, the path of a TOML file, a `Policy`, or None for the environment's (`GUARDKIT_POLICY`, else
    balanced). `model` is "default", a folder with a manifest, or None for the rules alone. `threads` is per check.
    """

    __slots__ = ("_model", "_pool", "policy")

    def __init__(
        self,
        policy: Policy | str | Path | None = None,
        *,
        model: str | Path | None = "default",
        threads: int = 1,
    ) -> None:
        folder = MODEL if model == "default" else model
        self.policy: Final = Policy.resolve(policy)
        self._model: Final = None if folder is None else open_model(Path(folder), threads)
        self._pool: Final = ThreadPoolExecutor(WORKERS, "guardkit")  # its threads start with the first use

    def __setattr__(self, name: str, value: object) -> None:
        if hasattr(self, name):
            raise AttributeError(f"a Guard is immutable: build a new one instead of setting {name}")
        object.__setattr__(self, name, value)

    def check(self, text: str, channel: Channel = "user", *, policy: Policy | str | Path | None = None) -> Verdict:
        """The verdict on one text.

        `channel` is who wrote it: the user, a document, a tool's result, the system prompt or the model's output.
        Raises `InputError` for what is no text, and nothing else unless the policy says `on_error = "raise"`.
        """
        started = time.monotonic()
        _require(text, channel)
        active = self.policy if policy is None else Policy.resolve(policy)
        if active.allows(text):
            return Verdict("allow", "benign", 1.0, {"benign": 1.0}, redacted=text, channel=channel, policy=active.name)
        deadline = started + active.limits.milliseconds / 1000
        analysis = analyze(text, active.limits)
        scored, failures = None, list(analysis.degraded)
        if self._model is not None:
            try:
                decisive = active.blocks(channel)
                scored = self._model.score(analysis, channel, active.limits, deadline, decisive=decisive)
            except Exception as error:
                failures.append(f"model: {type(error).__name__}")
        verdict = self._verdict(text, channel, active, analysis, scored, failures)
        return replace(verdict, elapsed_ms=(time.monotonic() - started) * 1000)

    async def acheck(
        self, text: str, channel: Channel = "user", *, policy: Policy | str | Path | None = None
    ) -> Verdict:
        """`check` on a thread of the guard's own, so that the event loop goes on."""
        call = partial(self.check, text, channel, policy=policy)
        return await asyncio.get_running_loop().run_in_executor(self._pool, call)

    def check_many(
        self,
        texts: Iterable[str],
        channel: Channel | Sequence[Channel] = "user",
        *,
        policy: Policy | str | Path | None = None,
    ) -> list[Verdict]:
        """The verdicts on many texts, in order, on all cores. `channel` is one for all, or one for each."""
        if isinstance(texts, str | bytes) or not isinstance(texts, Iterable):
            raise InputError(f"check_many takes several texts: expected a list of str, not {type(texts).__name__}")
        if not isinstance(channel, Iterable):
            raise InputError(f"channel is {channel!r}: expected one for all texts, or a list with one for each")
        listed = list(texts)
        channels = [channel] * len(listed) if isinstance(channel, str) else list(channel)
        if len(channels) != len(listed):
            raise InputError(f"{len(channels)} channels for {len(listed)} texts: give one, or one for each")
        for text, each in zip(listed, channels, strict=True):
            _require(text, each)
        return list(self._pool.map(partial(self.check, policy=policy), listed, channels))

    def check_messages(
        self, messages: Sequence[Mapping[str, Any]], *, policy: Policy | str | Path | None = None
    ) -> Verdict:
        """The worst verdict over a conversation of OpenAI-style messages, each checked on the channel of its role.

        The user's turns are checked together too, since an attack may be split over them. `Verdict.message` is the
        index of the message it is about, or None for the turns together. An empty conversation is benign.
        """
        parts = conversation(messages)
        if not parts:
            return self.check("", policy=policy)
        verdicts = self.check_many([part.text for part in parts], [part.channel for part in parts], policy=policy)
        placed = [replace(verdict, message=part.message) for verdict, part in zip(verdicts, parts, strict=True)]
        return max(placed, key=lambda verdict: (ACTIONS.index(verdict.action), 1 - verdict.scores["benign"]))

    def explain(self, text: str, channel: Channel = "user") -> tuple[Contribution, ...]:
        """Which sentences carry the score: each with its own score, and how much the text's score falls without it."""
        _require(text, channel)
        spans = sentences(text)
        whole = 1 - self.check(text, channel).scores["benign"]
        alone = self.check_many([text[start:end] for start, end in spans], channel)
        without = self.check_many([text[:start] + text[end:] for start, end in spans], channel)
        return tuple(
            Contribution(span, 1 - own.scores["benign"], whole - (1 - rest.scores["benign"]))
            for span, own, rest in zip(spans, alone, without, strict=True)
        )

    def _verdict(
        self,
        text: str,
        channel: Channel,
        policy: Policy,
        analysis: Analysis,
        scored: Scored | None,
        failures: list[str],
    ) -> Verdict:
        """The pure end of the line: what was found, under the policy."""
        hints = from_findings(analysis.findings, certain=scored is not None)
        scores: dict[Label, float] = dict(hints) if scored is None else dict(scored.scores)
        for label, score in hints.items():
            scores[label] = max(scores[label], score)
        scores["benign"] = 1 - max(score for label, score in scores.items() if label != "benign")
        manifest = None if self._model is None or scored is None else self._model.manifest
        thresholds = RULES_ONLY if manifest is None else manifest.thresholds
        decision = decide(scores, thresholds[policy.thresholds], policy, channel)
        findings = list(analysis.findings)
        denied = policy.denies(view.text for view in analysis.views)
        if denied is not None:
            decision = Decision("block", "injection", 1.0)
            findings.insert(0, Finding("policy.deny", "injection", 1.0, (0, len(text)), "on the policy's deny list"))
        if scored is not None and decision.action != "allow" and denied is None:
            findings.insert(0, _worst(decision, scored))
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


def _require(text: object, channel: object) -> None:
    if not isinstance(text, str):
        hint = ": decode it first" if isinstance(text, bytes | bytearray | memoryview) else ""
        raise InputError(f"a guard checks str, not {type(text).__name__}{hint}")
    if channel not in CHANNELS:
        raise InputError(f"channel is {channel!r}: expected one of {', '.join(CHANNELS)}")


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
