"""The first half of the line: text → normalize → decode → detect, as one pure function.

    text → normalize → decode (views) → detect (findings + features) → classify → decide → Verdict

Every view goes through the same steps again, so that a base64 inside a flipped sentence inside zero-width noise is
reached, within limits on depth, number and time.
"""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from guardkit.decode import DECODERS, FAMILIES
from guardkit.detect import DETECTORS, Detector
from guardkit.detect.patterns import PATTERNS
from guardkit.normalize import Signals, normalize
from guardkit.verdict import SNIPPET, Finding
from guardkit.view import View

__all__ = ["Analysis", "Limits", "analyze"]

CHUNK = 60_000  # characters that the decoders see at once
SHARED = 2_000  # characters that a chunk shares with the one before
CONTEXT = 400  # characters kept on each side of a trigger word in what is too long to be scanned in full
_WORDS = sorted({t for p in PATTERNS if p.weight >= 0.7 for t in p.triggers if t.isalpha()})
TRIGGER = re.compile(rf"\b(?:{'|'.join(_WORDS)})", re.I)  # the boundary makes it quick on a megabyte of one letter


@dataclass(frozen=True, slots=True)
class Limits:
    """How much work one check may cost."""

    characters: int = 400_000  # of longer texts the head, the tail and what is around trigger words is scanned
    windows: int = 4_096  # classifier windows over all views
    depth: int = 4  # decodings of decodings
    views: int = 12  # per 60,000 characters
    milliseconds: float = 30_000.0  # wall-clock budget of one check


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the pipeline found without a model: the views, the original text first, and the evidence."""

    views: tuple[View, ...]
    findings: tuple[Finding, ...]
    signals: Signals  # what the normaliser met in the original text
    truncated: bool = False  # the text is longer than the limit: `views[0]` is an excerpt of it
    degraded: tuple[str, ...] = ()  # what could not be done

    @property
    def raw(self) -> View:
        return self.views[0]


def analyze(text: str, limits: Limits | None = None, also: Sequence[Detector] = ()) -> Analysis:
    """The views and findings of a text. Never raises for any str; what failed is named in `degraded`.

    `also` are detectors of this call, beside those of every call.
    """
    limits = limits or Limits()
    deadline = time.monotonic() + limits.milliseconds / 1000
    raw, truncated = _excerpt(View(text), limits.characters)
    work = _Work(limits, deadline)
    views = [raw]
    step = CHUNK - SHARED
    for start in range(0, max(len(raw) - SHARED, 1), step):
        piece = raw if len(raw) <= CHUNK else raw.cut(start, min(start + CHUNK, len(raw)))
        views += work.expand(piece)
    findings = [*work.findings, *_uncovered(views, text), *_detect(views, (*DETECTORS, *also), work.degraded)]
    return Analysis(tuple(views), tuple(findings), work.signals, truncated, tuple(dict.fromkeys(work.degraded)))


@dataclass(slots=True)
class _Work:
    """The state of one analysis."""

    limits: Limits
    deadline: float
    findings: list[Finding] = field(default_factory=list)
    degraded: list[str] = field(default_factory=list)
    signals: Signals = field(default_factory=Signals)

    def expand(self, root: View) -> Iterator[View]:
        """Every new view that normalising and decoding make of `root`, breadth first."""
        seen = {_key(root.text)}
        queue = deque([(root, 0)])
        while queue:
            view, depth = queue.popleft()
            for new, deeper in self._steps(view, depth < self.limits.depth, root):
                key = _key(new.text)
                if key and key not in seen and len(seen) < self.limits.views:
                    seen.add(key)
                    queue.append((new, depth + deeper))
                    yield new

    def _steps(self, view: View, decode: bool, root: View) -> Iterator[tuple[View, bool]]:
        """The views one step away, and whether the step was a decoding."""
        try:
            normalized = normalize(view)
        except Exception as error:  # a bug in a step must not open the gate: it is reported, and the policy decides
            self.degraded.append(f"normalize: {type(error).__name__}")
            return
        self.findings += normalized.findings
        if view is root:
            self.signals += normalized.signals
        if normalized.view is not view:
            yield normalized.view, False
        for hidden in normalized.others:
            yield hidden, True
        for decoder in DECODERS if decode else ():
            if time.monotonic() > self.deadline:
                self.degraded.append("decode: out of time")
                return
            try:
                found = list(decoder.decode(normalized.view))
            except Exception as error:
                self.degraded.append(f"{decoder.name}: {type(error).__name__}")
                continue
            for new in found:
                yield new, True


def _key(text: str) -> str:
    """Two views with one key say the same to the classifier, which reads lower case and single spaces."""
    return " ".join(text.lower().split())


def _excerpt(raw: View, most: int) -> tuple[View, bool]:
    """Of a text longer than `most`: two fifths from its head, two from its tail, the rest around trigger words."""
    if len(raw) <= most:
        return raw, False
    side = most * 2 // 5
    kept = [(0, side)]
    room = most - 2 * side
    for match in TRIGGER.finditer(raw.text, side, len(raw) - side):
        low, high = max(kept[-1][1], match.start() - CONTEXT), match.end() + CONTEXT
        if low >= high:
            continue
        room -= high - low
        if room < 0:
            break
        kept.append((low, high))
    kept.append((max(kept[-1][1], len(raw) - side), len(raw)))
    gaps = [(a[1], b[0], "\n") for a, b in zip(kept, kept[1:], strict=False) if a[1] < b[0]]
    return raw.splice("excerpt", gaps, share=0.0), True


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


def _detect(views: Iterable[View], detectors: Sequence[Detector], degraded: list[str]) -> Iterator[Finding]:
    """The detectors' findings over all views, each place of the original once."""
    seen: set[tuple[str, tuple[int, int]]] = set()
    for view in views:
        for detector in detectors:
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
