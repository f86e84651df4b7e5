"""Views → windows → fast branch → router → deep branch → one calibrated score per label."""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import exp, log

from guardkit.classify.calibration import Calibration, sigmoid
from guardkit.classify.characters import encode_characters
from guardkit.classify.session import Array, Classifier, Deep, Fast
from guardkit.classify.windows import Window, Windows
from guardkit.detect.features import features
from guardkit.normalize import Signals
from guardkit.pipeline import Analysis, Limits
from guardkit.verdict import CHANNELS, LABELS, Channel, Label
from guardkit.view import View

__all__ = ["Model", "Scored", "Windowed"]

THREATS: tuple[Label, ...] = LABELS[1:4]


@dataclass(frozen=True, slots=True)
class Windowed:
    """One scored window of a view."""

    view: View
    start: int  # in the view
    end: int
    threat: float  # calibrated log-odds that it is an attack
    harmful: float
    kinds: tuple[float, float, float]  # shares of injection, jailbreak, obfuscation; the largest is 1
    severity: float  # 0..1
    confidence: float  # 0..1
    deep: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """The model's word on a text."""

    scores: dict[Label, float]
    threat: Windowed  # the window that is most of an attack
    harmful: Windowed
    windows: int
    deep: int  # how many of them the deep branch saw
    truncated: bool  # there were more windows than the limit
    late: bool  # the time budget ended the scan


class Model:
    """The shipped classifier with its tokenizer and calibration. Immutable and thread-safe."""

    def __init__(self, classifier: Classifier) -> None:
        self.classifier = classifier
        self.manifest = classifier.manifest
        self._windows = Windows(classifier.manifest.read("tokenizer.json"))
        self._calibration = Calibration.read(classifier.manifest.calibration)

    def score(self, analysis: Analysis, channel: Channel, limits: Limits, deadline: float) -> Scored:
        """Scores every window of every view. `deadline` is a `time.monotonic` instant."""
        index = CHANNELS.index(channel)
        found: list[Windowed] = []
        truncated = late = False
        for view in analysis.views:
            if late or len(found) >= limits.windows:
                truncated = True
                break
            windows = self._windows.split(view.text, limits.windows - len(found))
            truncated |= windows[-1].end < len(view.text)
            for window in windows:
                found.append(self._window(view, window, analysis.signals, index))
                late = time.monotonic() > deadline
                if late:
                    truncated |= window is not windows[-1]
                    break
        return self._sum(found, truncated, late and truncated)

    def _window(self, view: View, window: Window, signals: Signals, channel: int) -> Windowed:
        """The fast branch's reading, or the deep branch's where the router asks for it."""
        text = view.text[window.start : window.end]
        vector = features(text, view, signals)
        fast = self.classifier.fast(window.tokens, encode_characters(text), vector, channel)
        deep = fast.router > self._calibration.router
        return self._read(view, window, self.classifier.deep(fast) if deep else fast, deep=deep)

    def _read(self, view: View, window: Window, out: Fast | Deep, *, deep: bool) -> Windowed:
        benign, attack = float(out.threat[0]), out.threat[1:]
        top = float(attack.max())
        odds = top + _log_sum(attack - top) - benign
        shares = [exp(float(value) - top) for value in attack]
        return Windowed(
            view, window.start, window.end,
            threat=self._calibration.threat.window(odds, deep=deep),
            harmful=self._calibration.harmful.window(out.harmful, deep=deep),
            kinds=(shares[0], shares[1], shares[2]),
            severity=sigmoid(out.severity),
            confidence=sigmoid(self._calibration.confidence * out.confidence),
            deep=deep,
        )  # fmt: skip

    def _sum(self, windowed: list[Windowed], truncated: bool, late: bool) -> Scored:
        threat = max(windowed, key=lambda window: window.threat)
        harmful = max(windowed, key=lambda window: window.harmful)
        attack = self._calibration.threat.probability(threat.threat, len(windowed))
        harm = self._calibration.harmful.probability(harmful.harmful, len(windowed))
        scores: dict[Label, float] = {"benign": 1 - max(attack, harm)}
        # The likeliest kind of attack carries the whole probability of an attack; the others their part of it.
        scores |= {label: attack * share for label, share in zip(THREATS, threat.kinds, strict=True)}
        scores["harmful"] = harm
        deep = sum(window.deep for window in windowed)
        return Scored(scores, threat, harmful, len(windowed), deep, truncated, late)


def _log_sum(values: Array) -> float:
    """log of the sum of exponentials of values whose largest is 0."""
    return log(sum(exp(float(value)) for value in values))
