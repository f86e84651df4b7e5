"""The further ways into LiteLLM: with retries, by its client object and its modules, and compaction."""

# ruff: noqa: F401, F811  (fixtures are imported, and parameters of the same name)

from __future__ import annotations

import asyncio
import inspect
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from functions import guarded, litellm, router, to
from litellm.litellm_core_utils import fallback_utils
from server import HARMLESS, Say, Server
from surfaces import ATTACK, LEAK, QUESTION

from guardkit import Guard, GuardBlocked
from guardkit.adapters.litellm import guard_litellm, guard_router, unguard_litellm

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning")


def said(text: str) -> list[dict[str, str]]:
    return [{"role": "user", "content": text}]


def falling(text: str) -> dict[str, Any]:
    return {"model": "openai/m", "messages": said(text), "kwargs": {"fallbacks": ["openai/other", "openai/third"]}}


def apart(function: Callable[..., Any], text: str, to: Any) -> Any:
    """Called on a thread of its own, since it takes the event loop of its thread away."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function, **falling(text), **to).result()


# Those with retries need tenacity, once they are let through.
WAYS: dict[str, Callable[[str, Any], Any]] = {
    "main": lambda text, to: litellm.main.completion("openai/m", said(text), **to),
    "amain": lambda text, to: litellm.main.acompletion("openai/m", said(text), **to),
    "retries": lambda text, to: litellm.completion_with_retries("openai/m", said(text), **to),
    "main retries": lambda text, to: litellm.main.completion_with_retries(model="openai/m", messages=said(text), **to),
    "aretries": lambda text, to: litellm.acompletion_with_retries(model="openai/m", messages=said(text), **to),
    "num_retries": lambda text, to: litellm.completion("openai/m", said(text), num_retries=2, **to),
    "client": lambda text, to: litellm.LiteLLM().chat.completions.create(model="openai/m", messages=said(text), **to),
    "responses retries": lambda text, to: litellm.responses_with_retries(model="openai/m", input=text, **to),
    "fallbacks": lambda text, to: apart(litellm.completion_with_fallbacks, text, to),
    "afallbacks": lambda text, to: litellm.async_completion_with_fallbacks(**falling(text), **to),
    "module fallbacks": lambda text, to: apart(fallback_utils.completion_with_fallbacks, text, to),
    "responses main": lambda text, to: _module().responses(model="openai/m", input=text, **to),
}


def _module() -> Any:
    return sys.modules["litellm.responses.main"]  # `litellm.responses` is the function


def called(way: Callable[[str, Any], Any], text: str, to: Any) -> tuple[Any, BaseException | None]:
    async def awaited(found: Any) -> Any:
        return await found

    try:
        found = way(text, to)
        return (asyncio.run(awaited(found)) if inspect.isawaitable(found) else found), None
    except GuardBlocked as error:
        return None, error


@pytest.mark.parametrize("name", WAYS)
def test_every_way_is_guarded_and_a_block_is_not_tried_again(guarded: Any, server: Server, to: Any, name: str) -> None:
    _, error = called(WAYS[name], ATTACK, to)
    assert isinstance(error, GuardBlocked) and not server.asked
    if "retries" in name:
        pytest.importorskip("tenacity")
    server.say()
    value, error = called(WAYS[name], QUESTION, to)
    assert error is None and HARMLESS in repr(value) and len(server.asked) == 1
    server.say(*[Say(LEAK)] * 4)
    value, error = called(WAYS[name], QUESTION, to)
    assert isinstance(error, GuardBlocked) and len(server.asked) == 1


def test_an_attack_that_a_fallback_brings(guarded: Any, server: Server, to: Any) -> None:
    other = {"model": "openai/other", "messages": said(ATTACK)}
    with pytest.raises(GuardBlocked):
        asyncio.run(
            litellm.async_completion_with_fallbacks(**{**falling(QUESTION), "kwargs": {"fallbacks": [other]}}, **to)
        )
    assert not server.asked


def test_compaction(guard: Guard, guarded: Any, server: Server, to: Any) -> None:
    made = guard_router(router(to, num_retries=0), guard)
    for call in (
        lambda: guarded.compact_responses(model="openai/m", input=ATTACK, **to),
        lambda: asyncio.run(guarded.acompact_responses(model="openai/m", input=ATTACK, **to)),
        lambda: asyncio.run(made.acompact_responses(model="m", input=ATTACK)),
    ):
        with pytest.raises(GuardBlocked):
            call()
    assert not server.asked


def test_all_of_it_can_be_undone(guard: Guard, server: Server, to: Any) -> None:
    places = [(litellm.main, "completion"), (litellm.main, "completion_with_retries"), (_module(), "responses")]
    before = [getattr(*place) for place in places]
    guard_litellm(guard)
    try:
        once = [getattr(*place) for place in places]
        guard_litellm(guard)
        assert [getattr(*place) for place in places] == once and not set(once) & set(before)
    finally:
        unguard_litellm()
    assert [getattr(*place) for place in places] == before
