"""From the logits of a text's windows to one calibrated score per label."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf

from guardkit.classify.calibration import Calibration, logit, sigmoid
from guardkit.classify.reading import Read, Reader, Reading, odds
from guardkit.classify.session import Classifier, Fast
from guardkit.pipeline import Analysis, Limits
from guardkit.verdict import CHANNELS, LABELS, Channel, Label

__all__ = ["THREATS", "Model", "Scored", "Stakes"]

THREATS: tuple[Label, ...] = LABELS[1:4]
# Log-odds around a threshold of attacks and of harm within which the deep branch is asked. Of 7,320 dev texts, with the
# weights of an earlier release, it lifted none over a threshold of a preset from further below (0.92 and 0.07 were the
# most), and cleared no harmless one of harm from further above (2.1).
REACH = 1.0, 0.25
FIRM = 0.0, 2.5


@dataclass(frozen=True, slots=True)
class Stakes:
    """What a text's scores are for; what cannot change it is not computed.

    By default every score is wanted for its own sake.
    """

    threats: tuple[float, ...] = (-inf,)  # the scores of attacks from which on anything happens
    harmful: float = -inf  # the same of harmful content
    decisive: bool = False  # a sure attack may end the scan, because nothing further could change what happens


@dataclass(frozen=True, slots=True)
class Scored:
    """The model's word on a text."""

    scores: dict[Label, float]
    threat: Read  # the window that is most of an attack
    harmful: Read  # the window that asks most for harm
    windows: int
    deep: int  # how many of them the deep branch saw
    truncated: bool  # there were more windows than the limit
    late: bool  # the time budget ended the scan
    confidence: float  # 0..1, that the worst window's label is right
    severity: float  # 0..1, of the worst window


class Model:
    """The shipped classifier with its tokenizer and calibration. Immutable and thread-safe."""

    def __init__(self, classifier: Classifier) -> None:
        self.classifier = classifier
        self.manifest = classifier.manifest
        self._calibration = Calibration.read(classifier.manifest.calibration)
        self._reader = Reader(classifier, self._calibration.router)

    def score(
        self, analysis: Analysis, channel: Channel, limits: Limits, deadline: float, stakes: Stakes = Stakes()
    ) -> Scored:
        """The scores over every window of every view. `deadline` is a `time.monotonic` instant."""
        of_threat, of_harm = self._calibration.threat, self._calibration.harmful
        threats, harmful = [logit(score) for score in stakes.threats], logit(stakes.harmful)
        index = CHANNELS.index(channel)

        def matters(fast: Fast, length: int) -> bool:
            attack = of_threat.single(odds(fast.threat), length, index)
            harm = of_harm.single(fast.harmful, length, index)
            return any(_open(attack - threat, 0) for threat in threats) or _open(harm - harmful, 1)

        def decides(attack: float, length: int) -> bool:
            return of_threat.single(attack, length, index) > max(threats)

        first = decides if stakes.decisive else None
        return self._sum(self._reader.read(analysis, channel, limits.windows, deadline, first, matters), index)

    def _sum(self, reading: Reading, channel: int) -> Scored:
        windows = reading.windows
        threat = max(windows, key=self._threat)
        harmful = max(windows, key=self._harmful)
        attack = self._calibration.threat.probability(self._threat(threat), reading.length, channel)
        harm = self._calibration.harmful.probability(self._harmful(harmful), reading.length, channel)
        logits = [float(value) for value in threat.final.threat[1:]]
        scores: dict[Label, float] = {"benign": 1 - max(attack, harm)}
        # The likeliest kind of attack carries the whole probability of an attack; the others their part of it.
        scores |= {label: attack * exp(logit - max(logits)) for label, logit in zip(THREATS, logits, strict=True)}
        scores["harmful"] = harm
        worst = (threat if attack >= harm else harmful).final
        return Scored(
            scores, threat, harmful, len(windows), sum(read.deep is not None for read in windows),
            reading.truncated, reading.late,
            confidence=sigmoid(self._calibration.confidence * worst.confidence), severity=sigmoid(worst.severity),
        )  # fmt: skip

    def _threat(self, read: Read) -> float:
        """Calibrated log-odds that the window is an attack. The deep branch may only raise them: its scale, fitted on
        doubtful windows, is flat, and what it would clear are attacks far more often than harmless texts."""
        deep = None if read.deep is None else odds(read.deep.threat)
        return self._calibration.threat.highest(odds(read.fast.threat), deep)

    def _harmful(self, read: Read) -> float:
        deep = None if read.deep is None else read.deep.harmful
        return self._calibration.harmful.window(read.fast.harmful, deep)


def _open(above: float, head: int) -> bool:
    """Whether a window so far above a threshold (log-odds) may end up on its other side. Without a threshold, which is
    -inf, the score itself is wanted."""
    return -REACH[head] <= above <= FIRM[head] or above == inf
