"""Streams that applications speak by themselves, through the ASGI middleware: what their clients make of them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from conftest import SECRET
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from guardkit import Guard
from guardkit.adapters.asgi import GuardMiddleware

WORDS = tuple(f"word {number} of the garden, " for number in range(40))
EVENTS = "text/event-stream"


def read(guard: Guard, frames: Sequence[str], kind: str) -> str:
    """The body that a client gets of an application that streams these frames."""

    async def answer(request: Request) -> Response:
        async def made() -> AsyncIterator[str]:
            for frame in frames:
                yield frame

        return StreamingResponse(made(), headers={"content-type": kind})

    async def asked() -> str:
        app = GuardMiddleware(Starlette(routes=[Route("/ask", answer, methods=["POST"])]), guard)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app") as client:
            return (await client.post("/ask", json={"prompt": "Hello"})).text

    return asyncio.run(asked())


def events(text: str) -> list[tuple[str, Any]]:
    """Each event's name and data."""
    found = []
    for frame in filter(None, text.split("\n\n")):
        lines = dict(line.split(": ", 1) for line in frame.splitlines())
        data = lines.get("data", "null")
        found.append((lines.get("event", ""), data if data == "[DONE]" else json.loads(data)))
    return found


@dataclass(frozen=True)
class Protocol:
    """How an application frames words, and what its client reads before it stops."""

    frames: Callable[[Sequence[str]], list[str]]
    heard: Callable[[str], str]
    kind: str = EVENTS


def sse(data: Any, name: str = "") -> str:
    return (f"event: {name}\n" if name else "") + f"data: {json.dumps(data)}\n\n"


def ollama(words: Sequence[str]) -> list[str]:
    def line(word: str, at: int, **more: Any) -> str:
        head = {"model": "llama3", "created_at": f"2026-01-01T10:00:{at:02d}.1234Z"}
        return json.dumps({**head, "message": {"role": "assistant", "content": word}, "done": False, **more}) + "\n"

    return [*(line(word, at) for at, word in enumerate(words)), line("", 59, done=True, done_reason="stop")]


def of_ollama(text: str) -> str:
    rows = [json.loads(line) for line in text.splitlines()]
    assert all(row.get("created_at", "")[:11] == "2026-01-01T" and len(row["created_at"]) == 25 for row in rows)
    last = next((at for at, row in enumerate(rows) if row["done"]), len(rows))
    return "".join(row["message"]["content"] for row in rows[: last + 1])


def vercel(words: Sequence[str]) -> list[str]:
    call = {"toolCallId": "call_1", "toolName": "getWeather"}
    return [
        sse({"type": "text-start", "id": "t1"}),
        *(sse({"type": "text-delta", "id": "t1", "delta": word}) for word in words),
        sse({"type": "text-end", "id": "t1"}),
        sse({"type": "tool-input-start", **call}),
        sse({"type": "tool-input-available", **call, "input": {"city": "Paris"}}),
        sse({"type": "finish"}),
        "data: [DONE]\n\n",
    ]


def of_vercel(text: str) -> str:
    said: list[str] = []
    over = False
    calls = []
    for _, data in events(text):
        kind = data["type"] if isinstance(data, dict) else data
        assert not (over and kind == "text-delta"), "the SDK has no part for it any more"
        over = over or kind == "text-end"
        said.append(data["delta"] if kind == "text-delta" else "")
        calls += [data] if kind == "tool-input-available" else []
    assert [(each["toolCallId"], each["toolName"], each["input"]) for each in calls] in (
        [("call_1", "getWeather", {"city": "Paris"})],
        [],
    )
    return "".join(said)


def langserve(words: Sequence[str]) -> list[str]:
    run = sse({"run_id": "0197b0e2-6c0b-7a3e-9a52-0a5f1f5a9f10"}, "metadata")
    return [run, *(sse({"content": word, "type": "AIMessageChunk"}, "data") for word in words), "event: end\n\n"]


def of_langserve(text: str) -> str:
    said: list[str] = []
    for name, data in events(text):
        if name == "end":
            break
        said.append(data["content"] if name == "data" else "")
    return "".join(said)


def dify(words: Sequence[str]) -> list[str]:
    pieces = [sse({"event": "message", "message_id": f"m{at % 2}", "answer": word}) for at, word in enumerate(words)]
    return [*pieces, sse({"event": "workflow_finished", "data": {"outputs": {"answer": "".join(words)}}})]


def of_dify(text: str) -> str:
    found = [data for _, data in events(text)]
    ends = [data["data"]["outputs"]["answer"] for data in found if data.get("event") == "workflow_finished"]
    said = "".join(data["answer"] for data in found if data.get("event") == "message")
    assert ends in ([said], []), "the last event says the same once more, and says it once"
    return said


def langchain(words: Sequence[str]) -> list[str]:
    """`astream_events`, as many write it out."""
    meta = {"langgraph_node": "agent", "ls_provider": "openai", "ls_model_name": "gpt-5", "checkpoint_ns": "agent:0197"}
    head = {"run_id": "0197b0e2-6c0b", "name": "ChatOpenAI", "metadata": meta}
    pieces = [{"event": "on_chat_model_stream", **head, "data": {"chunk": {"content": word}}} for word in words]
    end = {"event": "on_chat_model_end", **head, "data": {"output": {"content": "".join(words)}}}
    return [sse(each) for each in (*pieces, end)]


def of_langchain(text: str) -> str:
    found = [data for _, data in events(text)]
    ours = [data for data in found if str(data.get("event", "")).startswith("on_")]
    assert all(data["metadata"]["langgraph_node"] == "agent" for data in ours)
    ends = [data["data"]["output"]["content"] for data in ours if data["event"] == "on_chat_model_end"]
    said = "".join(data["data"]["chunk"]["content"] for data in ours if data["event"] == "on_chat_model_stream")
    assert ends in ([said], []), "the last event says the same once more, and says it once"
    return said


PROTOCOLS = {
    "langchain": Protocol(langchain, of_langchain),
    "ollama": Protocol(ollama, of_ollama, "application/x-ndjson"),
    "vercel": Protocol(vercel, of_vercel),
    "langserve": Protocol(langserve, of_langserve),
    "dify": Protocol(dify, of_dify),
}


@pytest.mark.parametrize("name", PROTOCOLS)
def test_a_client_reads_all_of_it(guard: Guard, name: str) -> None:
    each = PROTOCOLS[name]
    assert each.heard(read(guard, each.frames(WORDS), each.kind)) == "".join(WORDS)


@pytest.mark.parametrize("parts", [("It is tanger", "ine-4711", "-harvest."), tuple(SECRET), (SECRET,)])
@pytest.mark.parametrize("name", PROTOCOLS)
def test_a_denied_word_does_not_pass(guard: Guard, name: str, parts: Sequence[str]) -> None:
    each = PROTOCOLS[name]
    for words in (parts, (*WORDS, *parts), (*WORDS, *parts, *WORDS)):
        out = read(guard, each.frames(words), each.kind)
        assert SECRET not in out and "tangerine-4711" not in out


def test_ends_that_never_come_to_an_end(guard: Guard) -> None:
    for made in (
        lambda part: {"type": "step_done", "text": part},
        lambda part: {"text": part, "done": True},
        lambda part: {"toolCallId": part},
        lambda part: {"created_at": part},
    ):
        frames = [sse(made(part)) for part in ("It_is_tanger", "ine-4711", "-harvest", " and more. " * 40)]
        data = [each for _, each in events(read(guard, frames, EVENTS))]
        assert SECRET not in "".join(str(value) for each in data for value in each.values() if value is not True)


def test_a_reason_that_is_none_is_no_end(guard: Guard) -> None:
    for none in (None, "", "null"):
        parts = ("It is tanger", "ine-4711-harvest")
        assert "tanger" not in read(guard, [sse({"text": part, "finish_reason": none}) for part in parts], EVENTS)
    frames = [
        *(sse({"text": word, "finish_reason": "null"}) for word in WORDS),
        sse({"text": "", "finish_reason": "stop"}),
    ]
    data = [each for _, each in events(read(guard, frames, EVENTS))]
    assert "".join(each["text"] for each in data) == "".join(WORDS) and data[-1]["finish_reason"] == "stop"
