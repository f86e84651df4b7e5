"""The frameworks in which the guard is not in a client of the model: agents, MCP, and applications of ASGI and FastAPI.

What they serve and ask is the same local server. An application and an MCP server run in a thread of this process,
guarded or not, so that the checks of the guard can be counted; they share Python's lock with the client that is timed,
in all of the ways alike.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from typing import Any

from benchmarks.framework import KEY, MODEL, Client, Framework, asked, heard, heard_async
from benchmarks.talk import SYSTEM
from guardkit import Guard
from guardkit.stream import Mode

__all__ = ["SERVICES"]

STARTED = 60.0  # seconds
CHAT = "/v1/chat/completions"


def _agents(url: str, guard: Guard | None, mode: Mode) -> Client:
    import agents
    import openai

    from guardkit.adapters.agents import guard_agent

    agents.set_tracing_disabled(True)
    loop = asyncio.Runner()
    connections = openai.AsyncOpenAI(base_url=f"{url}/v1", api_key=KEY, max_retries=0)
    model = agents.OpenAIChatCompletionsModel(MODEL, connections)
    plain = agents.Agent(name="gardener", instructions=SYSTEM, model=model)
    agent = plain if guard is None else guard_agent(plain, guard, mode=mode)

    async def ask(question: str) -> str:
        return str((await agents.Runner.run(agent, question)).final_output)

    async def pieces(question: str) -> AsyncIterator[str]:
        async for event in agents.Runner.run_streamed(agent, question).stream_events():
            if event.type == "raw_response_event" and event.data.type == "response.output_text.delta":
                yield event.data.delta

    def close() -> None:
        loop.run(connections.close())
        loop.close()

    return Client(
        lambda question: loop.run(ask(question)), lambda question: loop.run(heard_async(pieces(question))), close
    )


def _mcp(url: str, guard: Guard | None, mode: Mode) -> Client:
    import httpx
    from mcp import Client as McpClient
    from mcp.server.mcpserver import MCPServer

    from guardkit.adapters.mcp import guard_client

    server = MCPServer("gardener")

    @server.tool()
    async def answer(question: str) -> str:
        """Answers a question about the garden."""
        return await _answered(connections, question)

    client: Any = McpClient(server) if guard is None else guard_client(McpClient(server), guard)
    ready, over = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()
    connections = httpx.AsyncClient(base_url=url)

    async def live() -> None:  # a client is entered and left in one task
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(connections)
            await stack.enter_async_context(client)
            ready.set()
            await over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=[live()], daemon=True)
    thread.start()
    if not ready.wait(STARTED):
        raise RuntimeError("the MCP client did not start")

    def ask(question: str) -> str:
        call = client.call_tool("answer", {"question": question})
        return str(asyncio.run_coroutine_threadsafe(call, loop).result().content[0].text)

    def close() -> None:
        loop.call_soon_threadsafe(over.set)
        thread.join(STARTED)
        loop.close()

    return Client(ask, None, close)


def _asgi(url: str, guard: Guard | None, mode: Mode) -> Client:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response, StreamingResponse
    from starlette.routing import Route

    from guardkit.adapters.asgi import GuardMiddleware

    async def pass_on(request: Request) -> Response:
        body = await request.body()
        sent = connections.build_request("POST", request.url.path, content=body)
        answer = await connections.send(sent, stream=True)
        return StreamingResponse(answer.aiter_bytes(), media_type=answer.headers["content-type"])

    import httpx

    connections = httpx.AsyncClient(base_url=url)
    app: Any = Starlette(routes=[Route("/{path:path}", pass_on, methods=["POST"])])
    if guard is not None:  # a gateway of our own clients
        app = GuardMiddleware(app, guard, mode=mode, trust_roles=True)
    client, close = _served(app, connections)

    def ask(question: str) -> str:
        answer = client.post(CHAT, json={"model": MODEL, "messages": asked(question)})
        return str(answer.raise_for_status().json()["choices"][0]["message"]["content"])

    def pieces(question: str) -> Iterator[str]:
        body = {"model": MODEL, "messages": asked(question), "stream": True}
        with client.stream("POST", CHAT, json=body) as answer:
            for line in answer.raise_for_status().iter_lines():
                if line.startswith("data: {"):
                    yield json.loads(line.removeprefix("data: "))["choices"][0]["delta"].get("content") or ""

    return Client(ask, lambda question: heard(pieces(question)), close)


def _fastapi(url: str, guard: Guard | None, mode: Mode) -> Client:
    import fastapi
    import httpx
    from pydantic import BaseModel

    from guardkit.adapters.fastapi import guarded_body

    class Question(BaseModel):
        prompt: str

    app = fastapi.FastAPI()
    connections = httpx.AsyncClient(base_url=url)
    given: Any = fastapi.Body() if guard is None else fastapi.Depends(guarded_body(guard, Question, "prompt"))

    async def answer(question: Question = given) -> dict[str, str]:
        return {"answer": await _answered(connections, question.prompt)}

    answer.__annotations__["question"] = Question  # FastAPI does not see the names of a function
    app.post("/ask")(answer)
    client, close = _served(app, connections)

    def ask(question: str) -> str:
        return str(client.post("/ask", json={"prompt": question}).raise_for_status().json()["answer"])

    return Client(ask, None, close)


SERVICES = (
    Framework("agents", ("openai-agents",), _agents),
    Framework("mcp", ("mcp", "httpx"), _mcp, ("output", "tool")),  # arguments and result
    Framework("asgi", ("starlette", "uvicorn", "httpx"), _asgi),
    Framework("fastapi", ("fastapi", "uvicorn", "httpx"), _fastapi, ("user",)),  # a dependency sees no answer
)


async def _answered(connections: Any, question: str) -> str:
    answer = await connections.post(CHAT, json={"model": MODEL, "messages": asked(question)})
    return str(answer.json()["choices"][0]["message"]["content"])


def _served(app: Any, connections: Any) -> tuple[Any, Any]:
    """A client of the application, which is served in a thread, and what closes both."""
    import httpx
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", lifespan="off"))
    loop = asyncio.new_event_loop()

    async def live() -> None:
        await server.serve()
        await connections.aclose()

    thread = threading.Thread(target=loop.run_until_complete, args=[live()], daemon=True)
    thread.start()
    waited = threading.Event()
    for _ in range(int(STARTED / 0.01)):
        if server.started or not thread.is_alive():
            break
        waited.wait(0.01)
    if not server.started:
        raise RuntimeError("the application did not start")
    port = server.servers[0].sockets[0].getsockname()[1]
    client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=STARTED)

    def close() -> None:
        client.close()
        server.should_exit = True
        thread.join(STARTED)
        loop.close()

    return client, close
