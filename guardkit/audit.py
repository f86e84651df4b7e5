"""Records of what was decided, for a log that may be kept: everything but the text."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from guardkit.decide import Policy, dump
from guardkit.errors import PolicyError
from guardkit.verdict import Action, Channel, Label, Route, Verdict

__all__ = ["Audit", "Evidence", "Record"]

DIGITS = 16  # of the policy's version


@dataclass(frozen=True, slots=True)
class Evidence:
    """A finding without what it found."""

    detector: str
    label: Label
    score: float
    span: tuple[int, int]  # in the text
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One check. `text` is None unless the audit was told to keep it."""

    time: str  # UTC, ISO 8601
    digest: str  # of the text in UTF-8: sha256, or HMAC-SHA256 where the audit has a key
    characters: int
    channel: Channel
    action: Action
    label: Label
    score: float
    code: int  # `Verdict.code`
    route: Route
    windows: int
    truncated: bool
    degraded: str
    policy: str  # its name
    version: str  # of the policy's content: two policies with one version do the same
    elapsed_ms: float
    evidence: tuple[Evidence, ...]
    text: str | None = field(default=None, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The record as plain data; without `text` where it is not kept."""
        data = asdict(self)
        if self.text is None:
            del data["text"]
        return data

    def to_json(self) -> str:
        """`to_dict` as one line of JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=True)


class Audit:
    """An observer of a guard that hands a `Record` of every check to `write`. Thread-safe as far as `write` is.

    `Guard(observers=[Audit(lambda record: log.info(record.to_json()))])`. The digest of a short or well-known text can
    be guessed: with `key` it cannot, by those who lack the key. `text` keeps the text, too.
    """

    def __init__(self, write: Callable[[Record], object], *, key: bytes | None = None, text: bool = False) -> None:
        self._write: Final = write
        self._key: Final = key
        self._text: Final = text
        self._version: tuple[Policy, str] | None = None

    def __call__(self, text: str, verdict: Verdict, policy: Policy) -> None:
        self._write(self._record(text, verdict, policy))

    def _record(self, text: str, verdict: Verdict, policy: Policy) -> Record:
        data = text.encode("utf-8", "surrogatepass")
        digest = hashlib.sha256(data) if self._key is None else hmac.new(self._key, data, hashlib.sha256)
        found = (Evidence(f.detector, f.label, f.score, f.span, f.chain) for f in verdict.findings)
        return Record(
            time=datetime.now(UTC).isoformat(timespec="milliseconds"), digest=digest.hexdigest(), characters=len(text),
            channel=verdict.channel, action=verdict.action, label=verdict.label, score=verdict.score, code=verdict.code,
            route=verdict.route, windows=verdict.windows, truncated=verdict.truncated, degraded=verdict.degraded,
            policy=policy.name, version=self._known(policy), elapsed_ms=verdict.elapsed_ms, evidence=tuple(found),
            text=text if self._text else None,
        )  # fmt: skip

    def _known(self, policy: Policy) -> str:
        made = self._version
        if made is None or made[0] is not policy:
            made = self._version = policy, version(policy)
        return made[1]


def version(policy: Policy) -> str:
    """The first digits of the sha256 of a policy's content."""
    try:
        content = dump(policy)
    except PolicyError:  # a list holds half of a surrogate pair
        content = repr(policy)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]
