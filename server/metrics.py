"""What Prometheus is told: counts, times and depths, never a text."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
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
        checks = Counter(
            "guardkit_checks", "Texts that were checked.", ("label", "action", "route", "degraded"), registry=own
        )
        check_seconds = Histogram(
            "guardkit_check_seconds", "Time of one check, waiting not included.", ("route",),
            buckets=SECONDS, registry=own,
        )  # fmt: skip
        requests = Counter(
            "guardkit_requests", "Requests by their path and status; 499: the client was gone.", ("path", "status"),
            registry=own,
        )  # fmt: skip
        request_seconds = Histogram(
            "guardkit_request_seconds", "Time from the head of a request to the end of its answer.", ("path",),
            buckets=SECONDS, registry=own,
        )  # fmt: skip
        self.together = Histogram(
            "guardkit_together_texts", "Texts that a thread took from the queue at once.",
            buckets=TOGETHER, registry=own,
        )  # fmt: skip
        self._levels: dict[str, tuple[Gauge, Callable[[], float]]] = {}
        self.ready = _gauge("guardkit_ready", "1 where the server answers with verdicts, summed over processes.", own)
        # `labels` finds a child by a tuple of strings under a lock, at each of many calls a request: found once here.
        self._check = cache(lambda *names: (checks.labels(*names), check_seconds.labels(names[2])))
        self._request = cache(lambda path, status: (requests.labels(path, status), request_seconds.labels(path)))

    def checked(self, text: str, verdict: Verdict, policy: Policy) -> None:
        """Counts a verdict: an observer of the guard."""
        degraded = "true" if verdict.degraded else "false"
        count, seconds = self._check(verdict.label, verdict.action, verdict.route, degraded)
        count.inc()
        seconds.observe(verdict.elapsed_ms / 1_000)

    def served(self, path: str, status: int, seconds: float) -> None:
        """Counts a request. `path` is that of the route, never what the client wrote."""
        count, times = self._request(path, status)
        count.inc()
        times.observe(seconds)

    def follow(self, name: str, about: str, level: Callable[[], float]) -> None:
        """A gauge of something that changes with every request: its `level` is asked for when `sample` is called."""
        self._levels[name] = _gauge(name, about, self._registry), level

    def sample(self) -> None:
        """Writes down the levels. A page of several processes shows what the others wrote down last."""
        for gauge, level in self._levels.values():
            gauge.set(level())

    def page(self) -> bytes:
        """Everything in Prometheus's text format, over all processes of the server."""
        self.sample()
        registry = self._registry
        if SHARED in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)


def _gauge(name: str, about: str, registry: CollectorRegistry) -> Gauge:
    return Gauge(name, about, registry=registry, multiprocess_mode="livesum")
