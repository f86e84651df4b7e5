"""What Prometheus is told: counts, times and depths, never a text."""

from __future__ import annotations

import os
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from guardkit.decide import Policy
from guardkit.verdict import Verdict

__all__ = ["Metrics"]

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
TOGETHER = (1, 2, 4, 8, 16, 32, 64)
SHARED = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client's own: where several processes keep what they count


class Metrics:
    """The counters of one server. Thread-safe."""

    kind: Final = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        own = self._registry = CollectorRegistry()
        self._checks = Counter(
            "guardkit_checks", "Texts that were checked.", ("label", "action", "route", "degraded"), registry=own
        )
        self._check_seconds = Histogram(
            "guardkit_check_seconds", "Time of one check, waiting not included.", ("route",),
            buckets=SECONDS, registry=own,
        )  # fmt: skip
        self._requests = Counter(
            "guardkit_requests", "Requests by their path and status; 499: the client was gone.", ("path", "status"),
            registry=own,
        )  # fmt: skip
        self._request_seconds = Histogram(
            "guardkit_request_seconds", "Time from the head of a request to the end of its answer.", ("path",),
            buckets=SECONDS, registry=own,
        )  # fmt: skip
        self.together = Histogram(
            "guardkit_together_texts", "Texts that a thread took from the queue at once.",
            buckets=TOGETHER, registry=own,
        )  # fmt: skip
        self.waiting = _gauge("guardkit_queue_texts", "Texts that wait for their check.", own)
        self.serving = _gauge("guardkit_requests_in_flight", "Requests that are being served.", own)
        self.ready = _gauge("guardkit_ready", "1 where the server answers with verdicts, summed over processes.", own)

    def checked(self, text: str, verdict: Verdict, policy: Policy) -> None:
        """Counts a verdict: an observer of the guard."""
        degraded = str(bool(verdict.degraded)).lower()
        self._checks.labels(verdict.label, verdict.action, verdict.route, degraded).inc()
        self._check_seconds.labels(verdict.route).observe(verdict.elapsed_ms / 1_000)

    def served(self, path: str, status: int, seconds: float) -> None:
        """Counts a request. `path` is that of the route, never what the client wrote."""
        self._requests.labels(path, str(status)).inc()
        self._request_seconds.labels(path).observe(seconds)

    def page(self) -> bytes:
        """Everything in Prometheus's text format, over all processes of the server."""
        registry = self._registry
        if SHARED in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)


def _gauge(name: str, about: str, registry: CollectorRegistry) -> Gauge:
    return Gauge(name, about, registry=registry, multiprocess_mode="livesum")
