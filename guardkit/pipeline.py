"""The first half of the line: text → normalize → decode → detect, as one pure function.

    text → normalize → decode (views) → detect (findings + features) → classify → decide → Verdict

Every view goes through the same steps again, so that a base64 inside a flipped sentence inside zero-width noise is
reached, within limits on depth, number and time.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from guardkit.decode import DECODERS, FAMILIES
from guardkit.detect import DETECTORS
from guardkit.normalize import Signals, normalize
from guardkit.verdict import SNIPPET, Finding
from guardkit.view import View

__all__ = ["Analysis", "Limits", "analyze"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much work one check may cost."""

    characters: int = 400_000  # longer texts are scanned at their head, tail and triggers, and reported as truncated
    windows: int = 4_096  # classifier windows over all views
    depth: int = 4  # decodings of decodings
    views: int = 12
    milliseconds: float = 10_000.0  # wall-clock budget of one check


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the pipeline found without a model: the views, best-known first, and the evidence."""

    views: tuple[View, ...]  # the original text is the first
    findings: tuple[Finding, ...]
    signals: Signals  # what the normaliser met in the original text
    degraded: tuple[str, ...] = ()  # what could not be done

    @property
    def raw(self) -> View:
        return self.views[0]


def analyze(text: str, limits: Limits | None = None, clock: Callable[[], float] = time.monotonic) -> Analysis:
    """The views and findings of a text. Never raises for any str; what failed is named in `degraded`."""
    limits = limits or Limits()
    deadline = clock() + limits.milliseconds / 1000
    raw = View(text)
    views: dict[str, View] = {_key(text): raw}
    queue: deque[tuple[View, int]] = deque([(raw, 0)])
    findings: list[Finding] = []
    degraded: list[str] = []
    signals = Signals()
    while queue:
        view, depth = queue.popleft()
        try:
            normalized = normalize(view)
        except Exception as error:  # a bug in a step must not open the gate: it is reported, and the policy decides
            degraded.append(f"normalize: {type(error).__name__}")
            continue
        findings += normalized.findings
        if view is raw:
            signals = normalized.signals
        found = [*normalized.others] if normalized.view is view else [normalized.view, *normalized.others]
        if depth < limits.depth:
            for decoder in DECODERS:
                if clock() > deadline:
                    degraded.append("decode: out of time")
                    queue.clear()
                    break
                try:
                    found += decoder.decode(normalized.view)
                except Exception as error:
                    degraded.append(f"{decoder.name}: {type(error).__name__}")
        for new in found:
            key = _key(new.text)
            if key and key not in views and len(views) < limits.views:
                views[key] = new
                queue.append((new, depth if new is normalized.view else depth + 1))
    findings += _context(views.values())
    findings += _detect(views.values(), degraded)
    return Analysis(tuple(views.values()), tuple(findings), signals, tuple(dict.fromkeys(degraded)))


def _key(text: str) -> str:
    """Two views with one key say the same to the classifier, which reads lower case and single spaces."""
    return " ".join(text.lower().split())


def _context(views: Iterable[View]) -> Iterator[Finding]:
    """One finding per decoded view: what was uncovered and how. An alarm only where encodings are nested."""
    for view in views:
        steps = [step for step in view.chain if FAMILIES.get(step) == "encoding"]
        if any(step in FAMILIES for step in view.chain):
            nested = len(steps) >= 2
            yield Finding(
                "nested_encoding" if nested else FAMILIES[next(s for s in reversed(view.chain) if s in FAMILIES)],
                "obfuscation",
                0.5 if nested else 0.0,
                view.span(),
                f"{'an encoding inside an encoding' if nested else 'legible only after decoding'}: "
                + " → ".join(view.chain),
                view.text[:SNIPPET],
                view.chain,
            )


def _detect(views: Iterable[View], degraded: list[str]) -> Iterator[Finding]:
    """The detectors' findings over all views, each place of the original once."""
    seen: set[tuple[str, tuple[int, int]]] = set()
    for view in views:
        for detector in DETECTORS:
            try:
                found = list(detector.detect(view))
            except Exception as error:
                degraded.append(f"{detector.name}: {type(error).__name__}")
                continue
            for finding in found:
                place = finding.detector, finding.span
                if place not in seen:
                    seen.add(place)
                    yield finding
