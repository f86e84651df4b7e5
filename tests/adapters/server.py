"""A real HTTP server that speaks the wire formats of OpenAI and Anthropic, and remembers what it was asked.

`with Server() as server: server.say(text("Hello"))`. The next request gets the next scripted answer; without one, a
harmless one. Answers are JSON or server-sent events, as the request asks.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

HARMLESS = "The best season to plant garlic is autumn."
STARTED = 10.0  # seconds


@dataclass(frozen=True)
class Call:
    """A tool call of an answer; its arguments come in these pieces."""

    name: str
    arguments: Sequence[str]
    id: str = ""  # by its number, unless given

    @property
    def whole(self) -> str:
        return "".join(self.arguments)


@dataclass(frozen=True)
class Say:
    """A scripted answer: texts for each choice in pieces, tool calls, or a status, raw bytes, a dropped connection."""

    pieces: Sequence[str] = (HARMLESS,)
    choices: Sequence[Sequence[str]] = ()  # more choices than one
    blocks: Sequence[Sequence[str]] = ()  # more blocks of text of the same message
    calls: Sequence[Call] = ()
    status: int = 200
    raw: bytes | None = None
    kind: str = "application/json"
    pause: float = 0.0  # seconds between events
    drop: int | None = None  # the connection drops after so many events
    logprobs: bool = False
    extra: dict[str, Any] = field(default_factory=dict)  # into the answer

    @property
    def texts(self) -> list[Sequence[str]]:
        return list(self.choices) or [self.pieces]

    @property
    def parts(self) -> list[Sequence[str]]:
        """The blocks of text of the message."""
        return [each for each in (self.pieces, *self.blocks) if "".join(each)]


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Server:
    """The server on a free port of the loopback, in a thread. `asked` are the requests, `closed` the streams left."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.closed: list[str] = []
        self.sent = 0  # events
        self._script: deque[Say] = deque()
        routes = [Route("/{path:path}", self._answer, methods=["GET", "POST"])]
        config = uvicorn.Config(Starlette(routes=routes), port=0, log_level="critical", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> Server:
        self._thread.start()
        deadline = time.monotonic() + STARTED
        while not self._server.started:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.01)
        return self

    def __exit__(self, *error: object) -> None:
        self._server.should_exit = True
        self._server.force_exit = True
        self._thread.join(STARTED)

    @property
    def url(self) -> str:
        port = self._server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    def say(self, *answers: Say) -> None:
        """Scripts the next answers, and forgets what was asked before."""
        self.asked.clear()
        self.closed.clear()
        self.sent = 0
        self._script = deque(answers)

    async def _answer(self, request: Request) -> Response:
        body = await request.body()
        self.asked.append(Asked(request.method, request.url.path, dict(request.headers), body))
        say = self._script.popleft() if self._script else Say()
        if say.status != 200:
            return JSONResponse({"error": {"message": "scripted"}}, say.status, {"retry-after-ms": "1"})
        if say.raw is not None:
            return Response(say.raw, media_type=say.kind)
        asked = json.loads(body) if body else {}
        path = request.url.path
        build = _FORMATS[next(name for name in _FORMATS if name in path)]
        whole, events = build(asked, say)
        if asked.get("stream") or request.query_params.get("stream") == "true" or "streamGenerate" in path:
            return StreamingResponse(self._events(path, say, events), media_type="text/event-stream")
        return JSONResponse({**whole, **say.extra}, headers={"x-request-id": "req_1"})

    async def _events(self, path: str, say: Say, events: Iterable[Any]) -> AsyncIterator[bytes]:
        done = False
        try:
            for number, event in enumerate(events):
                if number == say.drop:
                    raise ConnectionResetError("scripted")
                name = f"event: {event['type']}\n" if isinstance(event, dict) and "type" in event else ""
                data = event if isinstance(event, str) else json.dumps(event)
                yield f"{name}data: {data}\n\n".encode()
                self.sent += 1
                await asyncio.sleep(say.pause)
            done = True
        finally:
            if not done:
                self.closed.append(path)


Built = tuple[dict[str, Any], list[Any]]


def _chat(asked: dict[str, Any], say: Say) -> Built:
    head = {"id": "chatcmpl-1", "created": 1, "model": asked.get("model", "m")}
    usage = {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}
    reason = "tool_calls" if say.calls else "stop"
    calls = [
        {"id": call.id or f"call_{at}", "type": "function", "function": {"name": call.name, "arguments": call.whole}}
        for at, call in enumerate(say.calls)
    ]
    choices, events = [], []
    for number, pieces in enumerate(say.texts):
        said: dict[str, Any] = {"role": "assistant", "content": "".join(pieces) or None}
        choices.append({"index": number, "message": {**said, **({"tool_calls": calls} if calls else {})},
                        "logprobs": _logprobs(pieces) if say.logprobs else None, "finish_reason": reason})  # fmt: skip
        events.append((number, {"role": "assistant", "content": ""}, None))
    longest = max(map(len, say.texts))
    for at in range(longest):
        events += ((number, {"content": pieces[at]}, None) for number, pieces in enumerate(say.texts)
                   if at < len(pieces) and pieces[at])  # fmt: skip
    for at, call in enumerate(say.calls):
        function = {"name": call.name, "arguments": ""}
        start = {"index": at, "id": call.id or f"call_{at}", "type": "function", "function": function}
        events.append((0, {"tool_calls": [start]}, None))
        events += ((0, {"tool_calls": [{"index": at, "function": {"arguments": piece}}]}, None)
                   for piece in call.arguments)  # fmt: skip
    events += ((number, {}, reason) for number in range(len(say.texts)))
    chunks: list[Any] = [
        {**head, "object": "chat.completion.chunk", "choices": [{
            "index": number, "delta": delta, "finish_reason": finish,
            **({"logprobs": _logprobs([delta["content"]])} if say.logprobs and delta.get("content") else {})}]}
        for number, delta, finish in events
    ]  # fmt: skip
    if (asked.get("stream_options") or {}).get("include_usage"):
        chunks.append({**head, "object": "chat.completion.chunk", "choices": [], "usage": usage})
    return {**head, "object": "chat.completion", "choices": choices, "usage": usage}, [*chunks, "[DONE]"]


def _logprobs(pieces: Sequence[str]) -> dict[str, Any]:
    return {"content": [{"token": piece, "logprob": -0.1, "bytes": None, "top_logprobs": []} for piece in pieces]}


def _completions(asked: dict[str, Any], say: Say) -> Built:
    head = {"id": "cmpl-1", "object": "text_completion", "created": 1, "model": asked.get("model", "m")}
    choice = {"index": 0, "logprobs": None, "finish_reason": "stop"}
    events = [{**head, "choices": [{**choice, "text": piece, "finish_reason": None}]} for piece in say.pieces]
    events.append({**head, "choices": [{**choice, "text": ""}]})
    return {**head, "choices": [{**choice, "text": "".join(say.pieces)}]}, [*events, "[DONE]"]


def _responses(asked: dict[str, Any], say: Say) -> Built:
    head = {
        "id": "resp_1", "object": "response", "created_at": 1, "model": asked.get("model", "m"), "error": None,
        "incomplete_details": None, "instructions": asked.get("instructions"), "metadata": {}, "tools": [],
        "parallel_tool_calls": True, "tool_choice": "auto", "temperature": 1.0, "top_p": 1.0,
    }  # fmt: skip
    events: list[dict[str, Any]] = [{"type": "response.created",
                                     "response": {**head, "status": "in_progress", "output": []}}]  # fmt: skip
    output: list[dict[str, Any]] = []
    if say.parts:
        item = {"id": "msg_1", "type": "message", "role": "assistant", "status": "completed"}
        parts = [{"type": "output_text", "text": "".join(pieces), "annotations": []} for pieces in say.parts]
        output.append({**item, "content": parts})
        events.append({"type": "response.output_item.added", "output_index": 0,
                       "item": {**item, "status": "in_progress", "content": []}})  # fmt: skip
        for number, (pieces, part) in enumerate(zip(say.parts, parts, strict=True)):
            at = {"item_id": "msg_1", "output_index": 0, "content_index": number}
            events += [
                {"type": "response.content_part.added", **at, "part": {**part, "text": ""}},
                *({"type": "response.output_text.delta", **at, "delta": piece, "logprobs": []} for piece in pieces),
                {"type": "response.output_text.done", **at, "text": part["text"], "logprobs": []},
                {"type": "response.content_part.done", **at, "part": part},
            ]  # fmt: skip
        events.append({"type": "response.output_item.done", "output_index": 0, "item": output[-1]})
    for call in say.calls:
        number = len(output)
        item = {"id": f"fc_{number}", "type": "function_call", "call_id": call.id or f"call_{number}",
                "name": call.name, "arguments": call.whole, "status": "completed"}  # fmt: skip
        at = {"item_id": item["id"], "output_index": number}
        output.append(item)
        events += [
            {"type": "response.output_item.added", "output_index": number,
             "item": {**item, "arguments": "", "status": "in_progress"}},
            *({"type": "response.function_call_arguments.delta", **at, "delta": piece} for piece in call.arguments),
            {"type": "response.function_call_arguments.done", **at, "name": call.name, "arguments": call.whole},
            {"type": "response.output_item.done", "output_index": number, "item": item},
        ]  # fmt: skip
    details = {"input_tokens_details": {"cached_tokens": 0}, "output_tokens_details": {"reasoning_tokens": 0}}
    usage = {"input_tokens": 7, "output_tokens": 5, "total_tokens": 12, **details}
    whole = {**head, "status": "completed", "output": output, "usage": usage}
    events.append({"type": "response.completed", "response": whole})
    return whole, [{**event, "sequence_number": number} for number, event in enumerate(events)]


def _messages(asked: dict[str, Any], say: Say) -> Built:
    head = {"id": "msg_1", "type": "message", "role": "assistant", "model": asked.get("model", "m"),
            "stop_sequence": None, "usage": {"input_tokens": 7, "output_tokens": 5}}  # fmt: skip
    reason = "tool_use" if say.calls else "end_turn"
    events: list[dict[str, Any]] = [{"type": "message_start", "message": {**head, "content": [], "stop_reason": None}}]
    content: list[dict[str, Any]] = []
    for number, pieces in enumerate(say.parts):
        content.append({"type": "text", "text": "".join(pieces)})
        events.append({"type": "content_block_start", "index": number, "content_block": {"type": "text", "text": ""}})
        events += ({"type": "content_block_delta", "index": number, "delta": {"type": "text_delta", "text": piece}}
                   for piece in pieces)  # fmt: skip
        events.append({"type": "content_block_stop", "index": number})
    for call in say.calls:
        number = len(content)
        block = {"type": "tool_use", "id": f"toolu_{number}", "name": call.name}
        content.append({**block, "input": json.loads(call.whole)})
        events.append({"type": "content_block_start", "index": number, "content_block": {**block, "input": {}}})
        deltas = ({"type": "input_json_delta", "partial_json": piece} for piece in call.arguments)
        events += ({"type": "content_block_delta", "index": number, "delta": delta} for delta in deltas)
        events.append({"type": "content_block_stop", "index": number})
    events.append({"type": "message_delta", "delta": {"stop_reason": reason, "stop_sequence": None},
                   "usage": {"output_tokens": 5}})  # fmt: skip
    return {**head, "content": content, "stop_reason": reason}, [*events, {"type": "message_stop"}]


def _gemini(asked: dict[str, Any], say: Say) -> Built:
    head = {"modelVersion": "m", "responseId": "r1"}
    usage = {"promptTokenCount": 7, "candidatesTokenCount": 5, "totalTokenCount": 12}

    def candidate(parts: list[Any], **more: Any) -> dict[str, Any]:
        return {"candidates": [{"content": {"parts": parts, "role": "model"}, "index": 0, **more}], **head}

    calls = [{"functionCall": {"name": call.name, "args": json.loads(call.whole)}} for call in say.calls]
    texts = [{"text": "".join(part)} for part in say.parts]
    whole = {**candidate([*texts, *calls], finishReason="STOP"), "usageMetadata": usage}
    events: list[Any] = [candidate([{"text": piece}]) for part in say.parts for piece in part]
    return whole, [*events, {**candidate(calls, finishReason="STOP"), "usageMetadata": usage}]


def _other(asked: dict[str, Any], say: Say) -> Built:
    vector = {"object": "embedding", "index": 0, "embedding": [0.1, 0.2]}
    usage = {"prompt_tokens": 1, "total_tokens": 1}
    return {"object": "list", "model": "m", "data": [vector], "usage": usage}, []


_FORMATS = {
    "chat/completions": _chat, "completions": _completions, "responses": _responses, "messages": _messages,
    "enerateContent": _gemini, "": _other,
}  # fmt: skip
