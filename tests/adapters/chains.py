"""Every way of calling a Runnable of LangChain, sync and async, in one table."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any

import openai
from langchain_openai import ChatOpenAI
from server import Server
from surfaces import wait

WAYS = ("invoke", "batch", "stream", "transform")


def chat_model(server: Server, **more: Any) -> ChatOpenAI:
    """A model with connections of its own: LangChain's default ones outlive the event loop of a test."""
    return ChatOpenAI(
        base_url=f"{server.url}/v1",
        api_key="k",
        model="m",
        http_client=openai.DefaultHttpxClient(),
        http_async_client=openai.DefaultAsyncHttpxClient(),
        **more,
    )


def close(kind: Any, model: ChatOpenAI) -> None:
    model.http_client.close()
    if kind.name == "async":
        kind.loop.run_until_complete(model.http_async_client.aclose())


def run(kind: Any, way: str, runnable: Any, value: Any, config: Any = None) -> tuple[list[Any], BaseException | None]:
    """What came, and the error that ended it."""
    got: list[Any] = []
    try:
        if kind.name == "async":
            kind.loop.run_until_complete(_arun(way, runnable, value, config, got))
        elif way == "invoke":
            got.append(runnable.invoke(value, config))
        elif way == "batch":
            got.extend(runnable.batch([value], config))
        else:
            source: Iterable[Any] = (
                runnable.stream(value, config) if way == "stream" else runnable.transform(iter([value]), config)
            )
            for piece in source:
                got.append(piece)
    except Exception as error:
        return got, error
    return got, None


async def _arun(way: str, runnable: Any, value: Any, config: Any, got: list[Any]) -> None:
    if way == "invoke":
        got.append(await runnable.ainvoke(value, config))
    elif way == "batch":
        got.extend(await runnable.abatch([value], config))
    else:
        source = runnable.astream(value, config) if way == "stream" else runnable.atransform(_once(value), config)
        async for piece in source:
            got.append(piece)


async def _once(value: Any) -> AsyncIterator[Any]:
    yield value


def closed(kind: Any, server: Server) -> bool:
    """Whether the upstream was left, which in async calls the collector may have to do, on the loop."""
    if kind.name == "async":
        kind.loop.run_until_complete(asyncio.sleep(0.2))
    return wait(lambda: bool(server.closed))


def text(pieces: Iterable[Any]) -> str:
    """What the pieces say together."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)


def leaked(*values: Any) -> bool:
    """Whether any part of the secret that `LEAK` says is in them; not its number, which an identifier may hold too."""
    return any(part in repr(values) for part in ("tanger", "harvest"))
