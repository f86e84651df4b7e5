"""How a server is set up. There is no secret in it, so that it can be shown, logged and handed to a process."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from math import inf

from guardkit.decide import PRESETS, Policy
from guardkit.errors import GuardError, PolicyError

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Immutable. Raises `GuardError` for limits that are none."""

    policies: tuple[str, ...] = ()  # presets and TOML files that requests may name; the first is the default
    model: str | None = "default"  # a folder, or None for the rules alone
    keys_file: str | None = None  # of API keys; None for the environment's
    body: int = 4 * 1024 * 1024  # bytes of one request
    volume: int = 64 * 1024 * 1024  # bytes of all requests that are being served
    requests: int = 256  # that are served at once
    queue: int = 1_024  # texts that wait
    texts: int = 256  # of one batch request
    together: int = 4  # texts that a thread takes from the queue at once
    threads: int = os.cpu_count() or 1  # that check
    timeout: float = 30.0  # seconds from the head of a request to its answer
    drain: float = 0.0  # seconds between the signal to stop and the end of listening

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, int | float) and not (0 < value < inf or each.name == "drain" and value == 0):
                raise GuardError(f"{each.name} is {value}: expected a finite number above 0")
        if self.volume < self.body:
            raise GuardError(f"volume is {self.volume}: expected at least the {self.body} bytes of one request's body")

    @property
    def most(self) -> int:
        """Texts of one batch request: more than the queue holds would never be accepted, however often they came."""
        return min(self.texts, self.queue)

    def named(self) -> Mapping[str, Policy]:
        """The policies by their names, the default first. A check ends with the request's time, whatever they allow.

        Without `policies` they are the environment's and the presets. A path in a request would be a way to the files
        of the server, so requests can name nothing else.
        """
        listed = [Policy.resolve(name) for name in self.policies]
        if not listed:
            first = Policy.resolve(None)
            listed = [first, *(Policy.preset(name) for name in PRESETS if name != first.name)]
        found: dict[str, Policy] = {}
        for policy in listed:
            if policy.name in found:
                raise PolicyError(f"two policies are called {policy.name!r}: give one of them another name")
            milliseconds = min(policy.limits.milliseconds, self.timeout * 1_000)
            found[policy.name] = replace(policy, limits=replace(policy.limits, milliseconds=milliseconds))
        return found
