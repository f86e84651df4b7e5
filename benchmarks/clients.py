"""The frameworks that are measured: each one's client, guarded or not, behind the same two calls."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

from benchmarks.talk import SYSTEM
from guardkit import Guard
from guardkit.stream import Mode

__all__ = ["FRAMEWORKS", "Client", "Framework", "Heard"]

MODEL = "m"
KEY = "none"
MOST = 1_024  # tokens of an answer, which Anthropic wants to be told


@dataclass(frozen=True, slots=True)
class Heard:
    """A stream as its reader got it: seconds from the call to the first text and to the end."""

    text: str
    first: float
    total: float


@dataclass(frozen=True, slots=True)
class Client:
    """`ask` returns the answer to a question, `listen` its stream."""

    ask: Callable[[str], str]
    listen: Callable[[str], Heard]
    close: Callable[[], object]


Build = Callable[[str, Guard | None, Mode], Client]


@dataclass(frozen=True, slots=True)
class Framework:
    """How to open a client, and the packages that have to be there."""

    name: str
    packages: tuple[str, ...]
    open: Build

    @property
    def missing(self) -> list[str]:
        """The packages that are not installed."""
        return [package for package in self.packages if find_spec(package.replace("-", "_")) is None]

    @property
    def versions(self) -> dict[str, str]:
        """The version of each package."""
        return {package: version(package) for package in self.packages}


def _openai(url: str, guard: Guard | None, mode: Mode) -> Client:
    import openai

    from guardkit.adapters.openai import guard_client

    plain = openai.OpenAI(base_url=f"{url}/v1", api_key=KEY, max_retries=0)
    client: Any = plain if guard is None else guard_client(plain, guard, mode=mode)

    def ask(question: str) -> str:
        made = client.chat.completions.create(model=MODEL, messages=_messages(question))
        return str(made.choices[0].message.content)

    def pieces(question: str) -> Iterator[str]:
        for chunk in client.chat.completions.create(model=MODEL, messages=_messages(question), stream=True):
            yield chunk.choices[0].delta.content or ""

    return Client(ask, lambda question: _heard(pieces(question)), plain.close)


def _openai_async(url: str, guard: Guard | None, mode: Mode) -> Client:
    import openai

    from guardkit.adapters.openai import guard_client

    loop = asyncio.Runner()
    plain = openai.AsyncOpenAI(base_url=f"{url}/v1", api_key=KEY, max_retries=0)
    client: Any = plain if guard is None else guard_client(plain, guard, mode=mode)

    async def ask(question: str) -> str:
        made = await client.chat.completions.create(model=MODEL, messages=_messages(question))
        return str(made.choices[0].message.content)

    async def pieces(question: str) -> AsyncIterator[str]:
        async for chunk in await client.chat.completions.create(model=MODEL, messages=_messages(question), stream=True):
            yield chunk.choices[0].delta.content or ""

    def close() -> None:
        loop.run(plain.close())
        loop.close()

    return Client(
        lambda question: loop.run(ask(question)), lambda question: loop.run(_heard_async(pieces(question))), close
    )


def _anthropic(url: str, guard: Guard | None, mode: Mode) -> Client:
    import anthropic

    from guardkit.adapters.anthropic import guard_client

    plain = anthropic.Anthropic(base_url=url, api_key=KEY, max_retries=0)
    client: Any = plain if guard is None else guard_client(plain, guard, mode=mode)

    def asked(question: str) -> dict[str, Any]:
        messages = [{"role": "user", "content": question}]
        return {"model": MODEL, "max_tokens": MOST, "system": SYSTEM, "messages": messages}

    def ask(question: str) -> str:
        return str(client.messages.create(**asked(question)).content[0].text)

    def pieces(question: str) -> Iterator[str]:
        for event in client.messages.create(**asked(question), stream=True):
            if event.type == "content_block_delta":
                yield event.delta.text

    return Client(ask, lambda question: _heard(pieces(question)), plain.close)


def _httpx(url: str, guard: Guard | None, mode: Mode) -> Client:
    import httpx

    from guardkit.adapters.httpx import guard_client

    plain = httpx.Client(base_url=url)
    client = plain if guard is None else guard_client(plain, guard, mode=mode)
    path = "/v1/chat/completions"

    def ask(question: str) -> str:
        answer = client.post(path, json={"model": MODEL, "messages": _messages(question)})
        return str(answer.raise_for_status().json()["choices"][0]["message"]["content"])

    def pieces(question: str) -> Iterator[str]:
        body = {"model": MODEL, "messages": _messages(question), "stream": True}
        with client.stream("POST", path, json=body) as answer:
            for line in answer.raise_for_status().iter_lines():
                if line.startswith("data: {"):
                    yield json.loads(line.removeprefix("data: "))["choices"][0]["delta"].get("content") or ""

    return Client(ask, lambda question: _heard(pieces(question)), plain.close)


def _langchain(url: str, guard: Guard | None, mode: Mode) -> Client:
    import openai
    from langchain_openai import ChatOpenAI

    from guardkit.adapters.langchain import guard_model

    connections = openai.DefaultHttpxClient()  # LangChain's own are shared by all models, which nobody closes
    plain = ChatOpenAI(
        base_url=f"{url}/v1", api_key=KEY, model=MODEL, max_retries=0, http_client=connections  # type: ignore[arg-type]
    )  # fmt: skip
    model: Any = plain if guard is None else guard_model(plain, guard, mode=mode)

    def pieces(question: str) -> Iterator[str]:
        for chunk in model.stream(_messages(question)):
            yield str(chunk.content)

    return Client(
        lambda question: str(model.invoke(_messages(question)).content),
        lambda question: _heard(pieces(question)),
        connections.close,
    )


def _litellm(url: str, guard: Guard | None, mode: Mode) -> Client:
    os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")  # else its import asks the network for prices
    import litellm

    from guardkit.adapters.litellm import guard_router

    # A router, because `guard_litellm` would guard the functions of the whole process, the unguarded calls too.
    server = {"model": f"openai/{MODEL}", "api_base": f"{url}/v1", "api_key": KEY}
    plain = litellm.Router(model_list=[{"model_name": MODEL, "litellm_params": server}], num_retries=0)
    router: Any = plain if guard is None else guard_router(plain, guard, mode=mode)

    def ask(question: str) -> str:
        return str(router.completion(model=MODEL, messages=_messages(question)).choices[0].message.content)

    def pieces(question: str) -> Iterator[str]:
        for chunk in router.completion(model=MODEL, messages=_messages(question), stream=True):
            yield chunk.choices[0].delta.content or ""

    return Client(ask, lambda question: _heard(pieces(question)), lambda: None)


FRAMEWORKS = (
    Framework("openai", ("openai",), _openai),
    Framework("openai, async", ("openai",), _openai_async),
    Framework("anthropic", ("anthropic",), _anthropic),
    Framework("httpx", ("httpx",), _httpx),
    Framework("langchain", ("langchain-core", "langchain-openai"), _langchain),
    Framework("litellm", ("litellm",), _litellm),
)


def _messages(question: str) -> list[dict[str, str]]:
    return [{"role": "system", "content": SYSTEM}, {"role": "user", "content": question}]


class _Ear:
    """Takes the time of a stream from when it is made, before the call."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._first = 0.0
        self._said: list[str] = []

    def take(self, piece: str) -> None:
        if piece and not self._said:
            self._first = self._passed()
        if piece:
            self._said.append(piece)

    def heard(self) -> Heard:
        return Heard("".join(self._said), self._first, self._passed())

    def _passed(self) -> float:
        return time.perf_counter() - self._started


def _heard(pieces: Iterator[str]) -> Heard:
    ear = _Ear()
    for piece in pieces:
        ear.take(piece)
    return ear.heard()


async def _heard_async(pieces: AsyncIterator[str]) -> Heard:
    ear = _Ear()
    async for piece in pieces:
        ear.take(piece)
    return ear.heard()
