"""What must hold for every text. The fuzzers call `probe`; an assertion that fails is a find."""

from __future__ import annotations

import json

from guardkit import Guard, GuardBlocked, Policy
from guardkit.pipeline import Limits, analyze
from guardkit.verdict import CHANNELS

__all__ = ["probe", "text_of"]

# A budget that no input of a few kilobytes may need: a check that takes longer is a find, too.
PATIENT = Policy(limits=Limits(milliseconds=20_000))
GUARD = Guard(PATIENT, model=None)
HOLD = 64


def text_of(data: bytes) -> str:
    """Any text, lone surrogates among them: UTF-8 as far as it goes, and bytes that are none as surrogates."""
    return data.decode("utf-8", "surrogateescape")


def probe(data: bytes) -> None:
    """Checks a text in every way and raises where the promises of the verdict are broken."""
    if not data:
        return
    channel, text = CHANNELS[data[0] % len(CHANNELS)], text_of(data[1:])
    analysis = analyze(text, PATIENT.limits)
    assert not analysis.degraded, analysis.degraded
    for view in analysis.views:
        low, high = view.span()
        assert 0 <= low <= high <= len(text)
        starts, ends = view.offsets()
        assert len(starts) == len(ends) == len(view) and bool((starts <= ends).all())
    verdict = GUARD.check(text, channel)
    assert verdict.degraded == ""
    assert all(0 <= score <= 1 for score in verdict.scores.values())
    assert all(0 <= f.span[0] <= f.span[1] <= len(text) for f in verdict.findings)
    assert verdict.redacted == text if verdict.allowed else True
    assert json.loads(verdict.to_json())["action"] == verdict.action
    assert text == "" or text not in repr(verdict) or len(text) < 8
    _stream(text)


def _stream(text: str) -> None:
    """A stream passes on what came, in order, or blocks; whole, it is judged as `check` does."""
    passed: list[str] = []
    pieces = [text[at : at + HOLD // 3] for at in range(0, len(text), HOLD // 3)]
    try:
        for out in GUARD.stream(pieces, "window", hold=HOLD):
            passed.append(out)
    except GuardBlocked:
        assert text.startswith("".join(passed))
    else:
        assert "".join(passed) == text
    whole = GUARD.check(text, "output")
    try:
        assert "".join(GUARD.stream(pieces, "buffer")) == text and not whole.blocked
    except GuardBlocked as blocked:
        assert whole.blocked and blocked.verdict.label == whole.label
