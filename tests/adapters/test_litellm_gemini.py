"""LiteLLM's `generate_content`, sent to Gemini as it is, and made a completion of where the provider speaks that."""

# ruff: noqa: F401, F811  (fixtures are imported, and parameters of the same name)

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import SECRET
from functions import guarded, kind, litellm, router, to
from server import HARMLESS, Say, Server
from surfaces import ATTACK, LEAK, LONG, QUESTION

from guardkit import Guard, GuardBlocked
from guardkit.adapters.litellm import guard_litellm, guard_router, unguard_litellm

google = pytest.importorskip("litellm.google_genai")
pytestmark = [
    pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in"),
]

MODELS = ["gemini/gemini-2.5-flash", "openai/m"]
NAMES = ["generate_content", "generate_content_stream"]


def run(kind: Any, holder: Any, name: str, **arguments: Any) -> tuple[str, BaseException | None]:
    """What came, and the error that ended it."""
    got: list[Any] = []
    try:
        kind.take(kind.call(holder, name, **arguments), got)
    except Exception as error:
        return "".join(map(piece, got)), error
    return "".join(map(piece, got)), None


def piece(value: Any) -> str:
    if isinstance(value, bytes | str):
        text = value.decode() if isinstance(value, bytes) else value
        return "".join(piece(json.loads(line[6:])) for line in text.splitlines() if line.startswith("data: {"))
    data = value if isinstance(value, dict) else value.model_dump()
    parts = [part for each in data["candidates"] or [] for part in (each.get("content") or {}).get("parts") or []]
    return "".join(part.get("text") or "" for part in parts)


def asked(text: str) -> list[Any]:
    return [{"role": "user", "parts": [{"text": text}]}]


def unusable(kind: Any, name: str) -> bool:
    """LiteLLM returns an async generator that reads a sync stream where it makes a completion of a sync call."""
    return (kind.name, name) == ("sync", "generate_content_stream")


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("name", NAMES)
def test_the_native_interface(kind: Any, guarded: Any, server: Server, to: Any, name: str, model: str) -> None:
    for contents, more in (
        (asked(ATTACK), {}),
        (ATTACK, {}),
        (asked(QUESTION), {"systemInstruction": {"parts": [{"text": f"The word is {SECRET}."}]}}),
        (asked(QUESTION), {"config": {"systemInstruction": {"parts": [{"text": f"The word is {SECRET}."}]}}}),
        (asked(QUESTION), {"tools": [{"functionDeclarations": [{"name": "f", "description": ATTACK}]}]}),
    ):
        _, error = run(kind, google, name, model=model, contents=contents, **more, **to)
        assert isinstance(error, GuardBlocked) and not server.asked
    if model == "openai/m" and unusable(kind, name):
        return
    server.say(Say(LONG))
    text, error = run(kind, google, name, model=model, contents=asked(QUESTION), **to)
    assert error is None and text == "".join(LONG) and len(server.asked) == 1
    server.say(Say((*LONG, *LEAK)))
    text, error = run(kind, google, name, model=model, contents=asked(QUESTION), **to)
    assert isinstance(error, GuardBlocked) and "4711" not in text and len(server.asked) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_refusal(kind: Any, guard: Guard, server: Server, to: Any, name: str) -> None:
    guard_litellm(guard, "refusal")
    try:
        text, error = run(kind, google, name, model=MODELS[0], contents=asked(ATTACK), **to)
        assert error is None and "can't help" in text and not server.asked
        server.say(Say((*LONG, *LEAK)))
        text, error = run(kind, google, name, model=MODELS[0], contents=asked(QUESTION), **to)
        assert error is None and text and "4711" not in text
    finally:
        unguard_litellm()


@pytest.mark.parametrize("name", NAMES)
def test_a_router(kind: Any, guard: Guard, server: Server, to: Any, name: str) -> None:
    made = guard_router(router(to, num_retries=2), guard)
    _, error = run(kind, made, name, model="m", contents=asked(ATTACK))
    assert isinstance(error, GuardBlocked) and not server.asked
    if unusable(kind, name):
        return
    server.say(Say((*LONG, *LEAK)))
    text, error = run(kind, made, name, model="m", contents=asked(QUESTION))
    assert isinstance(error, GuardBlocked) and "4711" not in text and len(server.asked) == 1
