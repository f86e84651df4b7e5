"""Views → windows → fast branch → router → deep branch: the logits of a text, window by window.

The trainer calibrates on the same readings that the guard decides by.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heappush, heappushpop
from math import exp, log

from guardkit.classify.calibration import Router
from guardkit.classify.characters import encode_characters
from guardkit.classify.closeup import closeups
from guardkit.classify.session import Array, Classifier, Deep, Fast
from guardkit.classify.windows import Window, Windows
from guardkit.detect.features import features
from guardkit.pipeline import Analysis
from guardkit.verdict import CHANNELS, Channel
from guardkit.view import View

__all__ = ["CLOSE", "DEEP", "Decides", "Matters", "Read", "Reader", "Reading", "odds"]

PADDING = 16  # windows beyond which a longer text makes no window less suspicious
CLOSE = 40  # word pieces of a window from which on parts of it are read by themselves
DEEP = 1  # windows of one text that may go deep: the text's score is its worst window's


Decides = Callable[[float, int], bool]
"""Whether a window with these odds of an attack (the fast branch's) settles a text of so many windows."""

Matters = Callable[[Fast, int], bool]
"""Whether the deep branch's word on a window could change what happens to a text of so many windows."""


@dataclass(frozen=True, slots=True)
class Read:
    """The logits of one window of a view; of the deep branch where it ran."""

    view: View
    start: int  # in the view
    end: int
    pieces: int
    fast: Fast
    deep: Deep | None = None
    close: bool = False  # a close-up: a part of the window before it

    @property
    def final(self) -> Fast | Deep:
        return self.deep or self.fast


@dataclass(frozen=True, slots=True)
class Reading:
    """All windows of all views of a text, at least one."""

    windows: tuple[Read, ...]
    truncated: bool  # there were more windows than the limit
    late: bool  # the time ran out

    @property
    def length(self) -> int:
        """How many windows the original has, at most `PADDING`: what a false alarm has chances in.

        Views are rare in harmless texts; and an attack must not be calmed by any amount of padding.
        """
        return min(PADDING, max(1, sum(not read.view.chain and not read.close for read in self.windows)))


class Reader:
    """Immutable and thread-safe."""

    def __init__(self, classifier: Classifier, router: Router) -> None:
        self.classifier = classifier
        self._windows = Windows(classifier.manifest.read("tokenizer.json"))
        self._router = router

    def read(
        self,
        analysis: Analysis,
        channel: Channel,
        limit: int,
        deadline: float,
        decides: Decides | None = None,
        matters: Matters = lambda *_: True,
    ) -> Reading:
        """Reads at most `limit` windows, until `deadline` (a `time.monotonic` instant), but at least one.

        A window that `decides` ends the scan, and nothing goes deep; what does not matter goes no deeper. Of a view
        that differs from the original only in places, the windows over those are read. Close-ups come on top.
        """
        index = CHANNELS.index(channel)
        reads: list[Read] = []
        worst: list[tuple[float, int, Fast]] = []  # heap of those that may go deep
        truncated = late = False
        left, length = limit, 1
        for view in analysis.views:
            if late or left <= 0:
                truncated = True
                break
            windows = self._windows.split(view.text, left)
            truncated |= windows[-1].end < len(view.text)
            if not view.chain:
                length = min(PADDING, len(windows))
            if len(windows) > 1 and view is not analysis.raw and analysis.raw.starts is None:
                altered = view.altered(analysis.raw.text)
                windows = [window for window in windows if altered[window.start : window.end].any()]
            left -= len(windows)
            pieces = sum(window.tokens.shape[1] for window in windows)
            covered = None
            for window, close in self._looks(view, windows):
                covered = covered if close else window
                text = view.text[window.start : window.end]
                vector = features(text, view, analysis.signals)
                # What had to be decoded deserves more than a glance.
                exits = () if view.chain else self._router.exits
                fast = self.classifier.fast(window.tokens, encode_characters(text), vector, index, exits)
                if self._router.sends(fast.router, pieces) and matters(fast, length):
                    keep = heappush if len(worst) < DEEP else heappushpop
                    keep(worst, (max(odds(fast.threat), fast.harmful), len(reads), fast))
                size = window.tokens.shape[1]
                reads.append(Read(view, window.start, window.end, size, fast.let_go(), close=close))
                if decides is not None and decides(odds(fast.threat), length):
                    return Reading(tuple(reads), truncated=False, late=False)
                late = time.monotonic() > deadline
                if late:
                    truncated |= covered is not windows[-1]
                    break
        for _, number, fast in worst:
            reads[number] = replace(reads[number], deep=self.classifier.deep(fast))
        return Reading(tuple(reads), truncated, late and truncated)

    def _looks(self, view: View, windows: Sequence[Window]) -> Iterator[tuple[Window, bool]]:
        """The windows, each with its close-ups behind it."""
        for window in windows:
            yield window, False
            if window.tokens.shape[1] >= CLOSE:
                for start, end in closeups(view.text[window.start : window.end]):
                    part = self._windows.split(view.text[window.start + start : window.start + end], 1)[0]
                    yield replace(part, start=window.start + start, end=window.start + end), True


def odds(threat: Array) -> float:
    """The log-odds of any attack against benign, from the threat head's logits (4,)."""
    attack = [float(value) for value in threat[1:]]
    top = max(attack)
    return top + log(sum(exp(value - top) for value in attack)) - float(threat[0])
