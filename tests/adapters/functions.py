"""Every surface of LiteLLM's functions, sync and async, in one table; importing it skips a module without LiteLLM."""

from __future__ import annotations

import asyncio
import gc
import os
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from server import Server

from guardkit import Guard
from guardkit.adapters.litellm import guard_litellm, unguard_litellm

os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")  # nothing is fetched when it is imported
litellm = pytest.importorskip("litellm", reason="LiteLLM has a leg of its own: it wants other versions than the rest")

from litellm.litellm_core_utils.logging_worker import GLOBAL_LOGGING_WORKER  # noqa: E402

Got = list[Any]

# Each surface: the function, its model, and whether it streams. The async one has an "a" before its name.
SURFACES = [
    (name, model, stream)
    for name, model in (("completion", "openai/m"), ("text_completion", "text-completion-openai/m"),
                        ("responses", "openai/gpt-4o"))
    for stream in (False, True)
]  # fmt: skip
NAMES = [f"{name}-{'stream' if stream else 'whole'}" for name, _, stream in SURFACES]
CHATS = [surface for surface in SURFACES if surface[0] == "completion"]


def asked(name: str, prompt: Any) -> dict[str, Any]:
    if name == "completion":
        return {"messages": [{"role": "user", "content": prompt}] if isinstance(prompt, str) else prompt}
    return {"prompt" if name == "text_completion" else "input": prompt}


def piece(value: Any) -> str:
    """What an object of any surface adds to the text."""
    if hasattr(value, "output"):
        return value.output[0].content[0].text
    if not hasattr(value, "choices"):
        return value.delta if str(getattr(value.type, "value", value.type)).endswith("delta") else ""
    choice = value.choices[0]
    if hasattr(choice, "delta"):
        return choice.delta.content or ""
    return (choice.text if hasattr(choice, "text") else choice.message.content) or ""


class Sync:
    """How the tests call a function by the name of the sync one."""

    name = "sync"

    def call(self, holder: Any, name: str, **arguments: Any) -> Any:
        return getattr(holder, name)(**arguments)

    def take(self, value: Any, got: Got) -> None:
        if hasattr(value, "__next__"):
            got.extend(value)
        else:
            got.append(value)

    def first(self, value: Any) -> None:
        with value as stream:
            next(stream)


class Async(Sync):
    name = "async"

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()

    def call(self, holder: Any, name: str, **arguments: Any) -> Any:
        return self.loop.run_until_complete(getattr(holder, f"a{name}")(**arguments))

    def take(self, value: Any, got: Got) -> None:
        async def run() -> None:
            async for each in value:
                got.append(each)

        if hasattr(value, "__anext__"):
            self.loop.run_until_complete(run())
        else:
            got.append(value)

    def first(self, value: Any) -> None:
        async def run() -> None:
            async with value as stream:
                await anext(stream)

        self.loop.run_until_complete(run())


@pytest.fixture(params=[Sync, Async], ids=["sync", "async"], scope="module")
def kind(request: pytest.FixtureRequest) -> Iterator[Any]:
    made = request.param()
    yield made
    if isinstance(made, Async):
        made.loop.run_until_complete(GLOBAL_LOGGING_WORKER.stop())
        made.loop.run_until_complete(litellm.close_litellm_async_clients())
        made.loop.run_until_complete(made.loop.shutdown_asyncgens())
        made.loop.close()
    with warnings.catch_warnings(action="ignore"):  # connections and a loop that LiteLLM leaves to the collector
        asyncio.run(asyncio.sleep(0))
        gc.collect()


@pytest.fixture
def to(server: Server) -> dict[str, Any]:
    server.say()
    return {"api_base": f"{server.url}/v1", "api_key": "k"}


@pytest.fixture
def guarded(guard: Guard) -> Iterator[Any]:
    guard_litellm(guard)
    yield litellm
    unguard_litellm()


def run(kind: Any, holder: Any, surface: Any, prompt: Any, **more: Any) -> tuple[Any, Got, BaseException | None]:
    name, model, stream = surface
    got: Got = []
    value = None
    try:
        value = kind.call(holder, name, **{"model": model, **asked(name, prompt), "stream": stream, **more})
        kind.take(value, got)
    except Exception as error:
        return value, got, error
    return value, got, None


def router(to: Any, **more: Any) -> Any:
    models = [{"model_name": name, "litellm_params": {"model": f"openai/{name}", **to}} for name in ("m", "other")]
    return litellm.Router(model_list=models, **more)
