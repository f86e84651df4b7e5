"""The frameworks in which the guard is in a client of the model, guarded or not."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Iterator
from typing import Any

from benchmarks.framework import KEY, MODEL, Client, Framework, asked, heard, heard_async
from benchmarks.talk import SYSTEM
from guardkit import Guard
from guardkit.stream import Mode

__all__ = ["CLIENTS"]

MOST = 1_024  # tokens of an answer, which Anthropic wants to be told


def _openai(url: str, guard: Guard | None, mode: Mode) -> Client:
    import openai

    from guardkit.adapters.openai import guard_client

    plain = openai.OpenAI(base_url=f"{url}/v1", api_key=KEY, max_retries=0)
    client: Any = plain if guard is None else guard_client(plain, guard, mode=mode)

    def ask(question: str) -> str:
        made = client.chat.completions.create(model=MODEL, messages=asked(question))
        return str(made.choices[0].message.content)

    def pieces(question: str) -> Iterator[str]:
        for chunk in client.chat.completions.create(model=MODEL, messages=asked(question), stream=True):
            yield chunk.choices[0].delta.content or ""

    return Client(ask, lambda question: heard(pieces(question)), plain.close)


def _openai_async(url: str, guard: Guard | None, mode: Mode) -> Client:
    import openai

    from guardkit.adapters.openai import guard_client

    loop = asyncio.Runner()
    plain = openai.AsyncOpenAI(base_url=f"{url}/v1", api_key=KEY, max_retries=0)
    client: Any = plain if guard is None else guard_client(plain, guard, mode=mode)

    async def ask(question: str) -> str:
        made = await client.chat.completions.create(model=MODEL, messages=asked(question))
        return str(made.choices[0].message.content)

    async def pieces(question: str) -> AsyncIterator[str]:
        async for chunk in await client.chat.completions.create(model=MODEL, messages=asked(question), stream=True):
            yield chunk.choices[0].delta.content or ""

    def close() -> None:
        loop.run(plain.close())
        loop.close()

    return Client(
        lambda question: loop.run(ask(question)), lambda question: loop.run(heard_async(pieces(question))), close
    )


def _anthropic(url: str, guard: Guard | None, mode: Mode) -> Client:
    import anthropic

    from guardkit.adapters.anthropic import guard_client

    plain = anthropic.Anthropic(base_url=url, api_key=KEY, max_retries=0)
    client: Any = plain if guard is None else guard_client(plain, guard, mode=mode)

    def body(question: str) -> dict[str, Any]:
        messages = [{"role": "user", "content": question}]
        return {"model": MODEL, "max_tokens": MOST, "system": SYSTEM, "messages": messages}

    def ask(question: str) -> str:
        return str(client.messages.create(**body(question)).content[0].text)

    def pieces(question: str) -> Iterator[str]:
        for event in client.messages.create(**body(question), stream=True):
            if event.type == "content_block_delta":
                yield event.delta.text

    return Client(ask, lambda question: heard(pieces(question)), plain.close)


def _httpx(url: str, guard: Guard | None, mode: Mode) -> Client:
    import httpx

    from guardkit.adapters.httpx import guard_client

    plain = httpx.Client(base_url=url)
    client = plain if guard is None else guard_client(plain, guard, mode=mode)
    path = "/v1/chat/completions"

    def ask(question: str) -> str:
        answer = client.post(path, json={"model": MODEL, "messages": asked(question)})
        return str(answer.raise_for_status().json()["choices"][0]["message"]["content"])

    def pieces(question: str) -> Iterator[str]:
        body = {"model": MODEL, "messages": asked(question), "stream": True}
        with client.stream("POST", path, json=body) as answer:
            for line in answer.raise_for_status().iter_lines():
                if line.startswith("data: {"):
                    yield json.loads(line.removeprefix("data: "))["choices"][0]["delta"].get("content") or ""

    return Client(ask, lambda question: heard(pieces(question)), plain.close)


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
        for chunk in model.stream(asked(question)):
            yield str(chunk.content)

    return Client(
        lambda question: str(model.invoke(asked(question)).content),
        lambda question: heard(pieces(question)),
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
        return str(router.completion(model=MODEL, messages=asked(question)).choices[0].message.content)

    def pieces(question: str) -> Iterator[str]:
        for chunk in router.completion(model=MODEL, messages=asked(question), stream=True):
            yield chunk.choices[0].delta.content or ""

    return Client(ask, lambda question: heard(pieces(question)), lambda: None)


CLIENTS = (
    Framework("openai", ("openai",), _openai),
    Framework("openai, async", ("openai",), _openai_async),
    Framework("anthropic", ("anthropic",), _anthropic),
    Framework("httpx", ("httpx",), _httpx),
    Framework("langchain", ("langchain-core", "langchain-openai"), _langchain),
    Framework("litellm", ("litellm",), _litellm),
)
