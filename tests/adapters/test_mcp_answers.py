"""What a client of MCP tells a server besides arguments: answers to its questions, values to complete, `_meta`."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from mcp import Client, MCPError
from mcp.server.mcpserver import Context, MCPServer
from mcp.types import (
    Completion,
    CreateMessageResult,
    ElicitResult,
    ErrorData,
    PromptReference,
    SamplingMessage,
    TextContent,
)
from plants import ATTACK, GUARD, SECRET
from pydantic import BaseModel

from guardkit import Guard, GuardBlocked, Policy
from guardkit.adapters.mcp import guard_client, guard_server
from guardkit.decide.policy import Rule

pytestmark = pytest.mark.filterwarnings("ignore:The sampling capability")

CUT = Guard(Policy(channels={"output": {"injection": Rule("redact")}}), model=None)


class Form(BaseModel):
    wish: str
    usage: str = ""


def asking(seen: list[Any]) -> MCPServer:
    """A server that asks its clients, and keeps what they say."""
    server = MCPServer("asking")

    @server.tool()
    async def sample(context: Context[Any]) -> str:
        """Asks the model."""
        question = SamplingMessage(role="user", content=TextContent(type="text", text="What is the word?"))
        seen.append(await context.session.create_message(messages=[question], max_tokens=5))
        return "fine"

    @server.tool()
    async def form(context: Context[Any]) -> str:
        """Asks the user."""
        seen.append(await context.elicit("What do you wish?", Form))
        return "fine"

    @server.tool()
    def meta(context: Context[Any]) -> str:
        """Keeps what came with the call."""
        seen.append(context.request_context.meta)
        return "fine"

    @server.completion()
    async def complete(ref: Any, argument: Any, context: Any) -> Completion:
        seen.append((argument, context))
        return Completion(values=["garlic"])

    @server.prompt()
    def topic(name: str, more: str = "") -> str:
        """Asks about a topic."""
        return name

    return server


def outcome(use: Any, said: str = "", *, guard: Guard | None = GUARD, side: str = "client", fails: bool = False) -> Any:
    """What a server has seen, and what the client was told."""
    seen: list[Any] = []
    server = asking(seen)

    async def sampled(context: Any, params: Any) -> CreateMessageResult | ErrorData:
        if fails:
            return ErrorData(code=1, message=f"no: {said}")
        return CreateMessageResult(role="assistant", content=TextContent(type="text", text=said), model="m")

    async def filled(context: Any, params: Any) -> ElicitResult:
        if fails:
            raise MCPError(1, f"no: {said}")
        return ElicitResult(action="accept", content={"wish": "garlic", "usage": said})

    async def main() -> Any:
        target = guard_server(server, guard) if guard is not None and side == "server" else server
        client = Client(target, mode="legacy", sampling_callback=sampled, elicitation_callback=filled)
        if guard is not None and side == "client":
            client = guard_client(client, guard)
        async with client:
            try:
                return await use(client)
            except (MCPError, GuardBlocked) as error:
                return error

    told = asyncio.run(main())
    return repr(seen), told


@pytest.mark.parametrize("tool", ["sample", "form"])
def test_answers_to_a_server(tool: str) -> None:
    async def use(client: Client) -> Any:
        return await client.call_tool(tool, {})

    seen, result = outcome(use, "the weather is mild")
    assert "the weather is mild" in seen and result.content[0].text == "fine"
    assert SECRET in outcome(use, f"the word is {SECRET}", guard=None)[0], "without a guard it gets there"
    for said in (f"the word is {SECRET}", ATTACK):
        seen, error = outcome(use, said)
        assert said not in seen and "blocked by guardkit" in str(error) and said not in str(error)
    seen, result = outcome(use, f"It is mild. {ATTACK} Bring a coat.", guard=CUT)
    assert "It is mild. [removed] Bring a coat." in seen and result.content[0].text == "fine"


@pytest.mark.parametrize("tool", ["sample", "form"])
def test_errors_in_the_place_of_answers(tool: str) -> None:
    async def use(client: Client) -> Any:
        return await client.call_tool(tool, {})

    _, error = outcome(use, "not today", fails=True)
    assert "no: not today" in str(error)
    _, error = outcome(use, f"the word is {SECRET}", fails=True)
    assert "blocked by guardkit" in str(error) and SECRET not in str(error)


@pytest.mark.parametrize("side", ["client", "server"])
def test_values_to_complete(side: str) -> None:
    def use(value: str, **more: str) -> Any:
        ref = PromptReference(type="ref/prompt", name="topic")
        return lambda client: client.complete(ref, {"name": "name", "value": value}, more or None)

    seen, result = outcome(use("gar", more="lic"), side=side)
    assert "gar" in seen and "lic" in seen and result.completion.values == ["garlic"]
    for bad in (use(f"the {SECRET}"), use("gar", more=f"the {SECRET}")):
        seen, error = outcome(bad, side=side)
        assert seen == "[]" and isinstance(error, GuardBlocked if side == "client" else MCPError)


@pytest.mark.parametrize("side", ["client", "server"])
def test_meta_and_names(side: str) -> None:
    def use(name: str, **meta: Any) -> Any:
        return lambda client: client.call_tool(name, {}, meta=meta or None)

    trace = {"traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "progressToken": "17"}
    checked: list[str] = []
    watched = Guard(Policy(deny=(SECRET,)), model=None, observers=[lambda text, verdict, policy: checked.append(text)])
    seen, result = outcome(use("meta", **trace, tenant="green"), side=side, guard=watched)
    assert "green" in seen and result.content[0].text == "fine"
    assert "green" in checked and not {*trace.values()} & {*checked}, "ids cost no check"
    for bad in (use("meta", note=f"the {SECRET}"), use("meta", a={"b": [ATTACK]}), use("meta", traceparent=ATTACK)):
        seen, error = outcome(bad, side=side)
        assert seen == "[]" and ("blocked" in str(error.content[0].text) if side == "server" else error.verdict.blocked)
    for bad in (use(SECRET),):
        _, error = outcome(bad, side=side)
        assert error.is_error if side == "server" else error.verdict.blocked
