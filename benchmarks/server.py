"""A local server that answers in the wire formats of OpenAI's chat completions and Anthropic's messages.

It is a process of its own: in a thread it would share Python's lock with the client that is timed.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from benchmarks.talk import Talk

__all__ = ["served"]

ROOT = Path(__file__).parents[1]
ASKED = re.compile(rb"bed number (\d+)")  # in the body of a request

Built = tuple[dict[str, Any], list[dict[str, Any]]]


@contextmanager
def served(deltas: int, pace: float) -> Iterator[str]:
    """The server's address while the context lasts. Its streams have so many deltas, so many seconds apart."""
    command = [sys.executable, "-m", "benchmarks.server", str(deltas), str(pace)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        if not url:
            raise RuntimeError("the local server did not start")
        yield url  # at the end its standard input is closed, which ends it


async def _answer(request: Request, deltas: int, pace: float) -> Response:
    body = await request.body()
    found = ASKED.findall(body)
    if not found:
        return JSONResponse({"error": {"message": "no question that this server knows"}}, 400)
    talk = Talk(int(found[-1]), deltas)
    chat = request.url.path.endswith("/chat/completions")
    whole, events = (_chat if chat else _message)(talk)
    if not json.loads(body).get("stream"):
        return JSONResponse(whole)
    return StreamingResponse(_paced(events, pace, end=chat), media_type="text/event-stream")


async def _paced(events: list[dict[str, Any]], pace: float, *, end: bool) -> AsyncIterator[bytes]:
    """Every event that carries text comes at its time after the start, however long the others took."""
    clock = asyncio.get_running_loop().time
    due = clock()
    for event in events:
        if event.pop("paced", False):
            due += pace
            await asyncio.sleep(max(0.0, due - clock()))
        name = f"event: {event['type']}\n" if "type" in event else ""
        yield f"{name}data: {json.dumps(event)}\n\n".encode()
    if end:
        yield b"data: [DONE]\n\n"


def _chat(talk: Talk) -> Built:
    head = {"id": f"chatcmpl-{talk.number}", "created": 1, "model": "m"}
    usage = {"prompt_tokens": 40, "completion_tokens": talk.deltas, "total_tokens": 40 + talk.deltas}

    def chunk(delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return {**head, "object": "chat.completion.chunk", "choices": [choice]}

    said = {"role": "assistant", "content": talk.answer}
    choice = {"index": 0, "message": said, "logprobs": None, "finish_reason": "stop"}
    return {**head, "object": "chat.completion", "choices": [choice], "usage": usage}, [
        chunk({"role": "assistant", "content": ""}),
        *(chunk({"content": piece}) | {"paced": True} for piece in talk.pieces),
        chunk({}, "stop"),
    ]


def _message(talk: Talk) -> Built:
    head = {"id": f"msg_{talk.number}", "type": "message", "role": "assistant", "model": "m", "stop_sequence": None}
    usage = {"input_tokens": 40, "output_tokens": talk.deltas}

    def delta(piece: str) -> dict[str, Any]:
        said = {"type": "text_delta", "text": piece}
        return {"type": "content_block_delta", "index": 0, "delta": said, "paced": True}

    whole = {**head, "content": [{"type": "text", "text": talk.answer}], "stop_reason": "end_turn", "usage": usage}
    return whole, [
        {"type": "message_start", "message": {**head, "content": [], "stop_reason": None, "usage": usage}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        *map(delta, talk.pieces),
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": None}, "usage": usage},
        {"type": "message_stop"},
    ]


def _leave() -> None:
    """Ends this process with the one that started it, however that one ends."""
    sys.stdin.read()
    os._exit(0)


def main(deltas: int, pace: float) -> None:
    """Prints its address, and serves until standard input is closed."""
    # With its protocol's number: without, asyncio leaves Nagle's algorithm on, and an answer in two packets waits for
    # the client's delayed acknowledgement of the first, 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    threading.Thread(target=_leave, daemon=True).start()

    # `functools.partial` of a coroutine function is one to Starlette, which calls it with the request.
    answer = partial(_answer, deltas=deltas, pace=pace)
    app = Starlette(routes=[Route("/{path:path}", answer, methods=["POST"])])
    uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off")).run(sockets=[listener])


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
