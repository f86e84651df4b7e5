"""The verdict: its code, its plain forms, and that it does not leak what was checked."""

from __future__ import annotations

import dataclasses
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardkit import Finding, GuardBlocked, GuardError, Verdict, decode_code
from guardkit.verdict import ACTIONS, LABELS, Code

SECRET = "meet me at the old mill"
VERDICT = Verdict(
    "block",
    "injection",
    0.87,
    {"benign": 0.13, "injection": 0.87, "jailbreak": 0.1, "obfuscation": 0.0, "harmful": 0.02},
    findings=(Finding("encoding", "injection", 0.9, (3, 9), "decoded from base64", SECRET, ("base64",)),),
    views=(f"x {SECRET}", SECRET),
    redacted=f"x [removed] {SECRET}",
    route="deep",
    windows=2,
    severity=0.4,
    confidence=0.7,
)


@given(st.sampled_from(LABELS), st.integers(0, 15), st.integers(0, 15), st.sampled_from(ACTIONS))
def test_code_round_trip(label, confidence, severity, action) -> None:  # type: ignore[no-untyped-def]
    code = Code(label, confidence, severity, action)
    assert 0 <= int(code) <= 0xFFFF and decode_code(int(code)) == code


@given(st.integers())
def test_every_number_is_a_code_or_an_error(number: int) -> None:
    try:
        assert int(decode_code(number)) == number
    except GuardError as error:
        assert str(number) in str(error)


@pytest.mark.parametrize("number", [-1, 0x10000, 0x0005, 0x000F, 0x4000, 0xF000])
def test_what_is_no_code(number: int) -> None:
    with pytest.raises(GuardError):
        decode_code(number)


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_code_of_a_verdict(confidence: float, severity: float) -> None:
    code = decode_code(dataclasses.replace(VERDICT, confidence=confidence, severity=severity).code)
    assert (code.label, code.action) == ("injection", "block")
    assert abs(code.confidence / 15 - confidence) <= 1 / 30 and abs(code.severity / 15 - severity) <= 1 / 30


def test_plain_forms() -> None:
    data = VERDICT.to_dict()
    assert json.loads(VERDICT.to_json()) == data
    names = {field.name for field in dataclasses.fields(Verdict)}
    assert set(data) == names | {"blocked", "allowed", "code"}
    assert data["findings"][0] == {
        "detector": "encoding", "label": "injection", "score": 0.9, "span": [3, 9], "message": "decoded from base64",
        "decoded": SECRET, "chain": ["base64"],
    }  # fmt: skip
    assert data["blocked"] is True and data["allowed"] is False and data["code"] == VERDICT.code


def test_json_is_one_ascii_line_for_any_text() -> None:
    line = dataclasses.replace(VERDICT, redacted="a\nb \ud800 \x1b é").to_json()
    assert line.isascii() and "\n" not in line and json.loads(line)["redacted"] == "a\nb \ud800 \x1b é"


def test_nothing_leaks_into_logs() -> None:
    assert SECRET not in repr(VERDICT)
    assert SECRET not in VERDICT.to_json(text=False)
    assert "views" not in VERDICT.to_dict(text=False) and "redacted" not in VERDICT.to_dict(text=False)


def test_blocked_and_allowed() -> None:
    for action in ACTIONS:
        verdict = dataclasses.replace(VERDICT, action=action)
        assert (verdict.blocked, verdict.allowed) == (action == "block", action == "allow")


def test_verdicts_and_findings_are_immutable() -> None:
    for thing, name in ((VERDICT, "action"), (VERDICT.findings[0], "score")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(thing, name, "x")


def test_guard_blocked() -> None:
    error = GuardBlocked(VERDICT)
    assert isinstance(error, GuardError) and error.verdict is VERDICT
    assert str(error) == f"blocked as injection (score 0.87, route deep, code 0x{VERDICT.code:04x})"
    assert SECRET not in str(error) and SECRET not in repr(error)
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is GuardBlocked and copy.verdict == VERDICT and str(copy) == str(error)
