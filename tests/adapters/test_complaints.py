"""What the adapters say to those who call them with the wrong thing, word for word."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from guardkit import Guard
from guardkit.errors import GuardError, InputError

GUARD = Guard(model=None)


def agents() -> Any:
    pytest.importorskip("agents")
    from guardkit.adapters import agents

    return agents


def mcp() -> Any:
    pytest.importorskip("mcp")
    from guardkit.adapters import mcp

    return mcp


def litellm() -> Any:
    pytest.importorskip("litellm")
    from guardkit.adapters import litellm

    return litellm


def form(header: str) -> Any:
    from guardkit.adapters import form

    return form.fields(b"--x--", "multipart/form-data", header)


def httpx() -> Any:
    from guardkit.adapters import httpx

    return httpx


def fields(path: str) -> Any:
    from guardkit.adapters.asgi import GuardMiddleware

    return GuardMiddleware(lambda *_: None, GUARD, fields=[path])  # type: ignore[arg-type, return-value]


def websocket() -> Any:
    openai = pytest.importorskip("openai")
    from guardkit.adapters.openai import guard_client

    client = guard_client(openai.OpenAI(api_key="none", base_url="http://127.0.0.1:1"), GUARD)
    return client.realtime.connect(model="x")


def entered() -> Any:
    library = pytest.importorskip("mcp")
    if not hasattr(library, "Client"):
        pytest.skip("mcp 1 has no Client")
    client = library.Client("http://127.0.0.1:1")
    client._entered = True
    return mcp().guard_client(client, GUARD)


def unnamed(*arguments: Any) -> Any:
    from guardkit.adapters.litellm import calls

    return calls._arguments(inspect.signature(unnamed), arguments, {})


def asked(body: bytes) -> Any:
    from guardkit.adapters.inspection import Inspector
    from guardkit.adapters.litellm import endpoint

    return endpoint._answer(Inspector(GUARD), body, False)


CASES: dict[str, tuple[Callable[[], Any], type[Exception], str]] = {
    "an agent": (
        lambda: agents().guard_agent("agent", GUARD), InputError, "guard_agent takes an Agent, not str",
    ),
    "a provider": (
        lambda: agents().guard_provider(GUARD, "provider"), InputError, "guard_provider takes a ModelProvider, not str",
    ),
    "a client of httpx": (
        lambda: httpx().guard_client("client", GUARD), InputError, "str is no client of httpx or httpx2",
    ),
    "a path": (
        lambda: fields("messages[x"), InputError,
        "'messages[x' is no path: expected one like prompt or messages[*].content",
    ),
    "a client of mcp": (
        lambda: mcp().guard_client("client", GUARD), InputError,
        "guard_client takes a Client or ClientSession of mcp, not str",
    ),
    "a client of mcp that is at work": (
        entered, InputError, "the Client is entered: guard it before, or guard its session",
    ),
    "a server of mcp": (
        lambda: mcp().guard_server("server", GUARD), InputError,
        "guard_server takes a server of mcp 2 or later, not str",
    ),
    "a router": (
        lambda: litellm().guard_router("router", GUARD), InputError, "guard_router takes a Router of litellm, not str",
    ),
    "what litellm does on a block": (
        lambda: litellm().guard_litellm(GUARD, on_block="stop"), InputError,
        "on_block is 'stop': expected raise or refusal",
    ),
    "arguments without names": (
        lambda: unnamed("a", "b"), InputError, "2 positional arguments have no name that a guard could tell: name them",
    ),
    "a question of LiteLLM's proxy": (
        lambda: asked(b'{"input_type": "both"}'), InputError, "input_type is neither request nor response",
    ),
    "a form without a boundary": (
        lambda: form("multipart/form-data"), InputError,
        "the body of the request has several parts, but no boundary between them",
    ),
    "a websocket": (
        websocket, GuardError,
        "realtime.connect does not pass the guard: it opens a websocket. Use the unguarded client for it",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_message(name: str) -> None:
    call, kind, message = CASES[name]
    with pytest.raises(kind) as caught:
        call()
    assert str(caught.value) == message
