"""The first half of the line: text → normalize → decode → detect, as one pure function.

    text → normalize → decode (views) → detect (findings + features) → classify → decide → Verdict

Every view goes through the same steps again, so that a base64 inside a flipped sentence inside zero-width noise is
reached, within limits on depth, number and time.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields

from guardkit.chunk import chunks, excerpt
from guardkit.decode import DECODERS, FAMILIES
from guardkit.decode.protocol import Unread
from guardkit.detect import DETECTORS, Detector
from guardkit.errors import PolicyError
from guardkit.normalize import NOTHING, Signals, normalize
from guardkit.verdict import SNIPPET, Finding
from guardkit.view import View

__all__ = ["Analysis", "Limits", "analyze"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much work one check may cost. Raises `PolicyError` for what is no amount."""

    characters: int = 400_000  # of longer texts the head, the tail and what is around trigger words is scanned
    windows: int = 4_096  # classifier windows over all views
    depth: int = 4  # decodings of decodings
    views: int = 12  # per 60,000 characters
    milliseconds: float = 30_000.0  # wall-clock budget of one check

    def __post_init__(self) -> None:
        for each in fields(self):
            value, kinds = getattr(self, each.name), int | float if each.name == "milliseconds" else int
            if not isinstance(value, kinds) or isinstance(value, bool) or not value > 0:
                kind = "whole number" if kinds is int else "number"
                key = f"limits.{each.name}"
                raise PolicyError(f"{key} is {value!r}: expected a positive {kind}", key)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the pipeline found without a model: the views, the original text first, and the evidence."""

    views: tuple[View, ...]
    findings: tuple[Finding, ...]
    signals: Signals  # what the normaliser met in the original text
    truncated: bool = False  # a limit kept something from being scanned; `views[0]` is an excerpt of a long text
    degraded: tuple[str, ...] = ()  # what could not be done

    @property
    def raw(self) -> View:
        return self.views[0]


def analyze(
    text: str, limits: Limits | None = None, also: Sequence[Detector] = (), deadline: float | None = None
) -> Analysis:
    """The views and findings of a text. Never raises for any str; what failed is named in `degraded`.

    `also` are detectors of this call, beside those of every call. `deadline` is a `time.monotonic` instant, by default
    that of the limits.
    """
    limits = limits or Limits()
    work = _Work(limits, time.monotonic() + limits.milliseconds / 1000 if deadline is None else deadline)
    raw, truncated = excerpt(View(text), limits.characters)
    views = [raw]
    for piece in chunks(raw):
        views += work.expand(piece)
    found = work.detect(views, (*DETECTORS, *also))
    left = [Finding("limits", "obfuscation", 0.0, (0, len(text)), message) for message in dict.fromkeys(work.left)]
    findings = (*work.findings, *_uncovered(views, text), *found, *left)
    degraded = tuple(dict.fromkeys(work.degraded))
    return Analysis(tuple(views), findings, work.signals, truncated or bool(left), degraded)


@dataclass(slots=True)
class _Work:
    """The state of one analysis."""

    limits: Limits
    deadline: float
    findings: list[Finding] = field(default_factory=list)
    degraded: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)  # what the limits kept from being scanned
    signals: Signals = NOTHING

    def expand(self, root: View) -> Iterator[View]:
        """Every new view that normalising and decoding make of `root`, breadth first."""
        limits = self.limits
        seen: set[str] = set()
        queue = deque([(root, 0)])
        while queue:
            view, depth = queue.popleft()
            for new, decoded in self._steps(view, root):
                seen = seen or {_key(root.text)}
                key = _key(new.text)
                if not key or key in seen:
                    continue
                if depth + decoded > limits.depth:
                    if _encoded(new):
                        self.left.append(f"an encoding inside {limits.depth} others was not scanned")
                elif len(seen) >= limits.views:
                    self.left.append(f"of more than {limits.views} readings of a part the first ones were scanned")
                else:
                    seen.add(key)
                    queue.append((new, depth + decoded))
                    yield new

    def _steps(self, view: View, root: View) -> Iterator[tuple[View, bool]]:
        """The views one step away, and whether the step was a decoding."""
        if self._late("decode"):
            return
        try:
            normalized = normalize(view)
        except Exception as error:  # a bug in a step must not open the gate: it is reported, and the policy decides
            self.degraded.append(f"normalize: {type(error).__name__}")
            return
        self.findings += normalized.findings
        if view is root:
            self.signals = normalized.signals if self.signals is NOTHING else self.signals + normalized.signals
        if normalized.view is not view:
            yield normalized.view, False
        for hidden in normalized.others:
            yield hidden, True
        for piece in chunks(normalized.view):  # a character may have become eighteen
            for new in self._decoded(piece):
                yield new, True

    def _decoded(self, piece: View) -> Iterator[View]:
        for decoder in DECODERS:
            if self._late("decode"):
                return
            try:
                yield from decoder.decode(piece)
            except Unread as error:
                self.left.append(str(error))
            except Exception as error:
                self.degraded.append(f"{decoder.name}: {type(error).__name__}")

    def detect(self, views: Iterable[View], detectors: Sequence[Detector]) -> Iterator[Finding]:
        """The detectors' findings over all views, each place of the original once."""
        seen: set[tuple[str, tuple[int, int]]] = set()
        for view in views:
            for detector in detectors:
                if detector in DETECTORS and self._late("detect"):
                    continue  # what must never come out is looked for all the same
                try:
                    found = list(detector.detect(view))
                except Exception as error:
                    self.degraded.append(f"{detector.name}: {type(error).__name__}")
                    continue
                for finding in found:
                    place = finding.detector, finding.span
                    if place not in seen:
                        seen.add(place)
                        yield finding

    def _late(self, step: str) -> bool:
        if time.monotonic() <= self.deadline:
            return False
        self.degraded.append(f"{step}: out of time")
        return True


def _encoded(view: View) -> bool:
    """Whether the last step undid something that nobody does by mistake: a repair of words is no encoding."""
    return FAMILIES.get(view.chain[-1], "repair") != "repair"


def _key(text: str) -> str:
    """Two views with one key say the same to the classifier, which reads lower case and single spaces."""
    return " ".join(text.lower().split())


def _uncovered(views: Iterable[View], text: str) -> Iterator[Finding]:
    """One finding per decoded view: what was uncovered and how. It is context: decoding alone is no alarm."""
    for view in views:
        decoded = [step for step in view.chain if step in FAMILIES]
        if decoded:
            start, end = _changed(view, text)
            yield Finding(
                FAMILIES[decoded[-1]],
                "obfuscation",
                0.0,
                view.span(start, end),
                f"legible only after {' → '.join(view.chain)}",
                view.text[start:end][:SNIPPET],
                view.chain,
            )


def _changed(view: View, text: str) -> tuple[int, int]:
    """The words of a view that are not in the original as they stand: the rest of the view is no evidence."""
    low, high = view.span()
    original = text[low:high]
    first = _common(view.text, original)
    last = len(view) - _common(view.text[first:][::-1], original[first:][::-1])
    start, end = view.text.rfind(" ", 0, first) + 1, view.text.find(" ", last)
    return start, len(view) if end < 0 else end


def _common(a: str, b: str) -> int:
    """The length of the common beginning, by bisection: texts are long and comparing slices is fast."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if a[:middle] == b[:middle] else (low, middle - 1)
    return low
