"""What a check returns: findings, scores, an action, and a 16-bit code for logs and headers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Literal, get_args

from guardkit.errors import GuardError

__all__ = [
    "ACTIONS",
    "CHANNELS",
    "LABELS",
    "Action",
    "Channel",
    "Code",
    "Finding",
    "Label",
    "Route",
    "Verdict",
    "decode_code",
    "worst",
]

Label = Literal["benign", "injection", "jailbreak", "obfuscation", "harmful"]
Action = Literal["allow", "flag", "redact", "block"]
Channel = Literal["user", "document", "tool", "system", "output"]
Route = Literal["fast", "deep", "rules"]

LABELS: tuple[Label, ...] = get_args(Label)
ACTIONS: tuple[Action, ...] = get_args(Action)  # in rising order of severity
CHANNELS: tuple[Channel, ...] = get_args(Channel)

SNIPPET = 200  # characters of decoded text kept as evidence


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of evidence: what was seen, where in the original text, and how it was uncovered."""

    detector: str
    label: Label
    score: float  # 0..1; 0 is context ("encoded content"), not an accusation
    span: tuple[int, int]  # start, end in the original text
    message: str
    decoded: str = ""  # at most 200 characters of the uncovered text
    chain: tuple[str, ...] = ()  # the decoding steps, first one first


@dataclass(frozen=True, slots=True)
class Code:
    """The four fields of the 16-bit response code; confidence and severity are 0..15."""

    label: Label
    confidence: int
    severity: int
    action: Action

    def __int__(self) -> int:
        return LABELS.index(self.label) | self.confidence << 4 | self.severity << 8 | ACTIONS.index(self.action) << 12


def decode_code(code: int) -> Code:
    """The fields of a 16-bit response code. Raises `GuardError` for a number that is not one."""
    if not 0 <= code <= 0xFFFF or code & 15 >= len(LABELS) or code >> 12 >= len(ACTIONS):
        raise GuardError(f"{code} is not a guardkit response code: expected 16 bits, threat type in bits 0-3")
    return Code(LABELS[code & 15], code >> 4 & 15, code >> 8 & 15, ACTIONS[code >> 12])


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a check. It holds evidence spans and decoded snippets, so treat it as user data.

    `repr` shows none of the checked text; `to_dict(text=False)` leaves it out too.
    """

    action: Action
    label: Label
    score: float  # 0..1, calibrated, of the label
    scores: dict[Label, float]
    findings: tuple[Finding, ...] = field(default=(), repr=False)
    views: tuple[str, ...] = field(default=(), repr=False)  # the texts that were scored
    redacted: str = field(default="", repr=False)
    route: Route = "rules"
    windows: int = 0
    truncated: bool = False
    degraded: str = ""  # what was not checked and why; empty when everything was
    severity: float = 0.0  # 0..1
    confidence: float = 0.0  # 0..1, that the label is right
    elapsed_ms: float = 0.0
    channel: Channel = "user"
    policy: str = ""
    message: int | None = None  # of a conversation: the index of the message it is about
    removed: tuple[tuple[int, int], ...] = ()  # where `redacted` lacks something, if the action is redact

    @property
    def blocked(self) -> bool:
        return self.action == "block"

    @property
    def allowed(self) -> bool:
        return self.action == "allow"

    @property
    def code(self) -> int:
        """The 16-bit response code: bits 0-3 threat type, 4-7 confidence, 8-11 severity, 12-15 action."""
        return int(Code(self.label, round(self.confidence * 15), round(self.severity * 15), self.action))

    def to_dict(self, *, text: bool = True) -> dict[str, Any]:
        """The verdict as plain data. `text=False` leaves out all checked text, for logs."""
        data = _fields(self)
        data["scores"] = dict(self.scores)
        data["findings"] = [{**_fields(f), "span": list(f.span), "chain": list(f.chain)} for f in self.findings]
        data["views"] = list(self.views)
        data["removed"] = [list(span) for span in self.removed]
        if not text:
            del data["views"], data["redacted"]
            for finding in data["findings"]:
                del finding["decoded"]
        return {**data, "blocked": self.blocked, "allowed": self.allowed, "code": self.code}

    def to_json(self, *, text: bool = True) -> str:
        """`to_dict` as one line of JSON."""
        return json.dumps(self.to_dict(text=text), ensure_ascii=True)


_NAMES = {kind: tuple(kind.__dataclass_fields__) for kind in (Finding, Verdict)}
_VALUES = {kind: attrgetter(*names) for kind, names in _NAMES.items()}


def _fields(of: Finding | Verdict) -> dict[str, Any]:
    """The fields, in order; unlike `dataclasses.asdict` without a deep copy of each."""
    return dict(zip(_NAMES[type(of)], _VALUES[type(of)](of), strict=True))


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The one with the most severe action; of those, the one that is least benign."""
    return max(verdicts, key=lambda verdict: (ACTIONS.index(verdict.action), 1 - verdict.scores["benign"]))
