"""Spans and metrics through OpenTelemetry's API (extra `otel`). Which SDK takes them, if any, is the application's."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from guardkit.errors import GuardError
from guardkit.verdict import Verdict

if TYPE_CHECKING:
    from opentelemetry.metrics import MeterProvider
    from opentelemetry.trace import TracerProvider

    from guardkit.decide import Policy

__all__ = ["Telemetry"]

SCOPE = "guardkit"


class Telemetry:
    """An observer of a guard: a span `guardkit.check` for every check, and instruments that count and time them.

    `Guard(observers=[Telemetry()])`. The providers are the global ones unless given. A span lies in that of the caller.
    Attributes are labels and numbers, never a text. Raises `GuardError` where `opentelemetry-api` is not installed.
    """

    def __init__(self, tracers: TracerProvider | None = None, meters: MeterProvider | None = None) -> None:
        try:
            from opentelemetry import metrics, trace
        except ImportError as error:
            raise GuardError("Telemetry needs opentelemetry-api: pip install 'guardkit[otel]'") from error
        meter = metrics.get_meter(SCOPE, meter_provider=meters)
        self._tracer: Final[Any] = trace.get_tracer(SCOPE, tracer_provider=tracers)
        self._checks: Final = meter.create_counter("guardkit.checks", "{check}", "Texts that were checked.")
        self._degraded: Final = meter.create_counter(
            "guardkit.checks.degraded", "{check}", "Checks of which a step failed or ran out of time."
        )
        self._seconds: Final = meter.create_histogram("guardkit.check.duration", "s", "Time of one check.")

    def __call__(self, text: str, verdict: Verdict, policy: Policy) -> None:
        labels = {
            "guardkit.action": verdict.action,
            "guardkit.label": verdict.label,
            "guardkit.route": verdict.route,
            "guardkit.channel": verdict.channel,
        }
        ended = time.time_ns()
        span = self._tracer.start_span(
            "guardkit.check",
            start_time=ended - round(verdict.elapsed_ms * 1e6),
            attributes={
                **labels,
                "guardkit.policy": policy.name,
                "guardkit.code": verdict.code,
                "guardkit.score": verdict.score,
                "guardkit.characters": len(text),
                "guardkit.windows": verdict.windows,
                "guardkit.truncated": verdict.truncated,
                "guardkit.degraded": verdict.degraded,
            },
        )
        span.end(ended)
        self._checks.add(1, labels)
        self._seconds.record(verdict.elapsed_ms / 1_000, labels)
        if verdict.degraded:
            self._degraded.add(1, labels)
