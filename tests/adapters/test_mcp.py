"""Guarded clients and servers of MCP: in memory, over stdio and over HTTP, as each other's real counterparts."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp.server.mcpserver", reason='mcp 2 is not installed: pip install "guardkit[mcp]"')

import uvicorn  # noqa: E402
from mcp import Client, ClientSession, MCPError, StdioServerParameters  # noqa: E402
from mcp.client._memory import InMemoryTransport  # noqa: E402
from mcp.client.stdio import stdio_client  # noqa: E402
from mcp.server import Server  # noqa: E402
from mcp.types import (  # noqa: E402
    CallToolResult,
    ElicitResult,
    GetPromptResult,
    ListToolsResult,
    ReadResourceResult,
    TextContent,
    Tool,
)
from plants import ATTACK, GUARD, POISON, REDACTING, SECRET, plants  # noqa: E402

from guardkit import Guard, GuardBlocked, Policy, Verdict  # noqa: E402
from guardkit.adapters.mcp import GuardMiddleware, guard_client, guard_server  # noqa: E402
from guardkit.decide.policy import Rule  # noqa: E402
from guardkit.errors import GuardError, InputError  # noqa: E402
from guardkit.pipeline import Limits  # noqa: E402

CLEAN = "It is mild. [removed] Bring a coat."
NOTE = "[blocked by guardkit as injection]"

Use = Callable[[Client], Awaitable[Any]]


@contextmanager
def served(*wishes: str) -> Iterator[str]:
    """The URL of the server over HTTP."""
    config = uvicorn.Config(plants(*wishes).streamable_http_app(), port=0, log_level="critical")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 10
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/mcp"
    finally:
        server.should_exit = server.force_exit = True
        thread.join(10)


def run(way: str, wishes: str, use: Use, prepare: Callable[[Client], Client] = lambda client: client) -> Any:
    """What `use` makes of a client that is connected to a new server this way; `prepare` guards it, or does not."""
    named = wishes.split()

    async def connected(target: Any, **more: Any) -> Any:
        failure = None
        async with prepare(Client(target, **more)) as client:
            try:
                return await use(client)
            except Exception as error:  # raised in here, it would come out in a group of one
                failure = error
        raise failure

    if way == "http":
        with served(*named) as url:
            return asyncio.run(connected(url))
    if way == "stdio":
        program = str(Path(__file__).parent / "plants.py")
        asked = StdioServerParameters(command=sys.executable, args=[program, *named])
        return asyncio.run(connected(stdio_client(asked)))
    return asyncio.run(connected(plants(*named), mode=way))


def raising(client: Client) -> Client:
    return guard_client(client, GUARD)


def telling(client: Client) -> Client:
    return guard_client(client, GUARD, "error")


def redacting(client: Client) -> Client:
    return guard_client(client, REDACTING)


def calling(tool: str, /, **arguments: Any) -> Use:
    return lambda client: client.call_tool(tool, arguments)


@pytest.fixture(params=["auto", "legacy", "http"])
def near(request: pytest.FixtureRequest) -> str:
    """A way to a server in this process."""
    return str(request.param)


@pytest.fixture(params=["auto", "legacy", "stdio", "http"])
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["auto", "legacy"])
def memory(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def everything(client: Client) -> list[Any]:
    return [
        await client.list_tools(), await client.list_resource_templates(), await client.list_prompts(),
        await client.call_tool("weather", {"place": "Oslo"}), await client.call_tool("page", {"name": "one"}),
        await client.read_resource("note://Oslo"), await client.get_prompt("question", {"topic": "garlic"}),
        client.instructions, (await client.call_tool("nothing", {})).is_error,
    ]  # fmt: skip


def test_what_is_harmless_passes_as_it_is(way: str) -> None:
    bare = run(way, "", everything)
    assert run(way, "", everything, raising) == bare and run(way, "guarded", everything) == bare
    types = [type(each) for each in bare[3:7]]
    assert types == [CallToolResult, CallToolResult, ReadResourceResult, GetPromptResult]


CALLS: dict[str, Use] = {
    "result": calling("weather", place="poison"),
    "structured": calling("page", name="poison"),
    "structuredContent alone": calling("hidden", where="structuredContent"),
    "_meta alone": calling("hidden", where="_meta"),
    "error of a tool": calling("fail", how="tool"),
    "error of the protocol": calling("fail", how="protocol"),
}
READS: dict[str, Use] = {
    "resource": lambda client: client.read_resource("note://poison"),
    "blob": lambda client: client.read_resource("blob://poison"),
    "prompt": lambda client: client.get_prompt("question", {"topic": "poison"}),
}
USES = {**CALLS, **READS}


@pytest.mark.parametrize("name", USES)
def test_what_a_server_says_is_blocked(memory: str, name: str) -> None:
    with pytest.raises(GuardBlocked) as caught:
        run(memory, "", USES[name], raising)
    assert caught.value.verdict.blocked and caught.value.verdict.channel in ("tool", "document", "user")
    with pytest.raises(MCPError, match="^blocked by guardkit as injection$") as refused:
        run(memory, "raising", USES[name])
    assert set(refused.value.data) == {"label", "code"}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("side", ["server", "client"])
def test_a_blocked_result_is_an_error_that_the_model_can_read(memory: str, side: str, name: str) -> None:
    result = run(memory, "guarded", CALLS[name]) if side == "server" else run(memory, "", CALLS[name], telling)
    assert type(result) is CallToolResult and result.is_error and result.structured_content is None
    assert [each.text for each in result.content] == [NOTE] and ATTACK not in repr(result)


@pytest.mark.parametrize("name", READS)
@pytest.mark.parametrize("side", ["server", "client"])
def test_what_is_read_fails(memory: str, side: str, name: str) -> None:
    with pytest.raises(MCPError, match="^blocked by guardkit as injection$"):
        run(memory, "guarded", READS[name]) if side == "server" else run(memory, "", READS[name], telling)


def test_an_attack_is_blocked_over_every_transport(way: str) -> None:
    with pytest.raises(GuardBlocked):
        run(way, "", CALLS["structured"], raising)
    assert run(way, "guarded", CALLS["structured"]).content[0].text == NOTE


@pytest.mark.parametrize("place", [ATTACK, f"Oslo {SECRET}"])
def test_a_call_with_an_attack_never_runs(near: str, place: str) -> None:
    async def use(client: Client) -> tuple[Any, int]:
        try:
            outcome: Any = await client.call_tool("weather", {"place": place})
        except GuardBlocked as error:
            outcome = error
        return outcome, (await client.call_tool("count", {})).structured_content["result"]  # type: ignore[index]

    outcome, runs = run(near, "", use, raising)
    assert isinstance(outcome, GuardBlocked) and outcome.verdict.channel == "output" and runs == 0
    for wishes, prepare in (("guarded", None), ("", telling)):
        outcome, runs = run(near, wishes, use, *([prepare] if prepare else []))
        assert outcome.is_error and outcome.content[0].text == NOTE and runs == 0


def test_a_resource_whose_address_gives_something_away(memory: str) -> None:
    with pytest.raises(GuardBlocked):
        run(memory, "", lambda client: client.read_resource(f"note://{SECRET}"), raising)
    with pytest.raises(MCPError, match="guardkit"):
        run(memory, "guarded", lambda client: client.get_prompt("question", {"topic": ATTACK}))


def test_a_poisoned_description_is_refused(near: str) -> None:
    with pytest.raises(GuardBlocked) as caught:
        run(near, "poisoned", lambda client: client.list_tools(), raising)
    assert caught.value.verdict.channel == "tool"
    for wishes, prepare in (("poisoned guarded", None), ("poisoned", telling)):
        listed = run(near, wishes, lambda client: client.list_tools(), *([prepare] if prepare else []))
        names = [tool.name for tool in listed.tools]
        assert type(listed) is ListToolsResult and names == ["weather", "count", "page", "hidden", "fail", "ask"]


def test_the_instructions_of_a_server(near: str) -> None:
    for prepare in (raising, telling, redacting):  # they cannot be taken back, so they are not redacted
        with pytest.raises(GuardBlocked) as caught:
            run(near, "told", everything, prepare)
        assert ATTACK not in repr(caught.value)


def test_the_instructions_of_a_session(memory: str) -> None:
    async def use(client: Client) -> None:
        guard_client(client.session, GUARD)

    with pytest.raises(GuardBlocked):
        run(memory, "told", use)

    async def first() -> None:
        async with InMemoryTransport(plants("told")) as streams, ClientSession(*streams) as session:
            with pytest.raises(GuardBlocked):
                await guard_client(session, GUARD).initialize()
            assert session.instructions is None

    asyncio.run(first())


@pytest.mark.parametrize("side", ["server", "client"])
def test_a_result_is_redacted(near: str, side: str) -> None:
    async def use(client: Client) -> list[Any]:
        calls = [CALLS[name] for name in ("result", "structured", "structuredContent alone", "_meta alone")]
        return [await each(client) for each in calls]

    said = run(near, "redacting", use) if side == "server" else run(near, "", use, redacting)
    result, structured, hidden, meta = said
    assert result.content[0].text == result.structured_content["result"] == CLEAN
    assert structured.structured_content == {"title": "A page", "parts": ["It is fine.", CLEAN]}
    assert json.loads(structured.content[0].text) == structured.structured_content
    assert hidden.structured_content == {"note": {"deep": [CLEAN]}} and hidden.content[0].text == "It is mild."
    assert meta.meta["note"] == {"deep": [CLEAN]}
    assert not any(each.is_error for each in said) and ATTACK not in repr(said)


def test_descriptions_and_arguments_are_redacted(memory: str) -> None:
    listed = run(memory, "poisoned", lambda client: client.list_tools(), redacting)
    assert [tool.description for tool in listed.tools][-2] == "[removed]" and ATTACK not in repr(listed)
    policy = Policy(channels={"output": {"injection": Rule("redact")}})

    def careful(client: Client) -> Client:
        return guard_client(client, Guard(policy, model=None))

    said = run(memory, "", calling("weather", place=f"Oslo. {ATTACK} Now."), careful)
    assert said.content[0].text == "It is mild in Oslo. [removed] Now.."


def test_what_a_server_asks_for() -> None:
    asked: list[str] = []

    async def answer(context: Any, params: Any) -> ElicitResult:
        asked.append(params.message)
        return ElicitResult(action="decline")

    def hearing(client: Client) -> Client:
        return replace(client, elicitation_callback=answer)

    assert run("legacy", "", calling("ask"), hearing).content[0].text == "The answer: decline." and asked == [ATTACK]
    asked.clear()
    with pytest.raises(MCPError, match="^blocked by guardkit as injection$"):  # the tool's own request fails
        run("legacy", "", calling("ask"), lambda client: telling(hearing(client)))
    assert not asked


def test_a_low_level_server_and_a_session() -> None:
    async def call(ctx: Any, params: Any) -> CallToolResult:
        return CallToolResult(content=[TextContent(text=POISON)])

    async def tools(ctx: Any, params: Any) -> ListToolsResult:
        return ListToolsResult(tools=[Tool(name="f", input_schema={"type": "object"}, description=ATTACK)])

    def low() -> Any:
        return Server("low", on_call_tool=call, on_list_tools=tools)

    async def main() -> None:
        server = low()
        assert guard_server(guard_server(server, GUARD), GUARD) is server
        assert sum(isinstance(each, GuardMiddleware) for each in server.middleware) == 1
        async with Client(server) as client:
            assert (await client.call_tool("f", {})).is_error and not (await client.list_tools()).tools
        async with Client(low()) as client:
            session = client.session
            assert guard_client(guard_client(session, GUARD), GUARD) is session and isinstance(session, ClientSession)
            with pytest.raises(GuardBlocked):
                await session.list_tools()
            assert guard_client(session, GUARD, "error") is session
            assert type(session).__mro__[2] is ClientSession, "two guards, each once"

    asyncio.run(main())


def test_verdicts_are_told(memory: str) -> None:
    seen: list[Verdict] = []

    def watched(client: Client) -> Client:
        flagging = Policy(rules={"injection": Rule("flag")})
        return guard_client(client, Guard(model=None), policy=flagging, on_verdict=seen.append)

    assert run(memory, "", CALLS["result"], watched).content[0].text == POISON
    assert seen and {(verdict.action, verdict.channel) for verdict in seen} == {("flag", "tool")}


def test_nothing_of_a_text_shows(memory: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    attack = f"{ATTACK} The canary is zanzibar-77."
    shown: list[str] = []
    for use in (calling("weather", place=attack), calling("page", name=attack)):
        with pytest.raises(GuardBlocked) as caught:
            run(memory, "", use, raising)
        error = caught.value
        shown += [str(error), repr(error), repr(error.verdict), repr(error.__cause__)]
        shown += [repr(run(memory, "guarded", use)), repr(run(memory, "", use, telling))]
    records = [record.getMessage() for record in caplog.records if not record.name.startswith("mcp")]
    shown += [repr(GuardMiddleware(GUARD)), *records]
    assert "zanzibar" not in "".join(shown)


def test_bad_input(memory: str) -> None:
    for wrong in (None, 3, object(), plants()):
        with pytest.raises(InputError, match="Client"):
            guard_client(wrong, GUARD)
    for wrong in (None, 3, object()):
        with pytest.raises(InputError, match="server"):
            guard_server(wrong, GUARD)
    with pytest.raises(InputError, match="on_block"):
        guard_client(Client(plants()), GUARD, "refusal")  # type: ignore[arg-type]
    deep: Any = "x"
    for _ in range(80):
        deep = [deep]
    with pytest.raises(GuardError, match="64 levels"):
        run(memory, "", calling("weather", place=deep), raising)
    with pytest.raises(MCPError):
        run(memory, "guarded", calling("weather", place=deep))
    assert run(memory, "guarded", calling("weather", place=None)).is_error
    small = replace(GUARD.policy, limits=Limits(characters=1_000))

    def bounded(client: Client) -> Client:
        return guard_client(client, GUARD, "error", policy=small)

    assert run(memory, "", calling("weather", place="long " * 1_000), bounded).is_error

    async def entered() -> None:
        async with Client(plants()) as client:
            with pytest.raises(InputError, match="entered"):
                guard_client(client, GUARD)

    asyncio.run(entered())


class Broken(Guard):
    def judge(self, *args: Any, **kwargs: Any) -> Any:
        judge = super().judge(*args, **kwargs)

        def judged(text: str) -> Verdict:
            if "Oslo" in text:
                raise RuntimeError("the guard is broken")
            return judge(text)

        judged.policy = judge.policy  # type: ignore[attr-defined]
        return judged


@pytest.mark.parametrize("side", ["server", "client"])
def test_a_guard_that_fails_lets_nothing_pass(memory: str, side: str) -> None:
    broken = Broken(model=None)
    server = guard_server(plants(), broken) if side == "server" else plants()

    async def use() -> tuple[Exception | None, int]:
        client, failure = Client(server, mode=memory), None
        async with client if side == "server" else guard_client(client, broken):
            try:
                await client.call_tool("weather", {"place": "Oslo"})
            except (MCPError, RuntimeError) as error:
                failure = error
            return failure, (await client.call_tool("count", {})).structured_content["result"]  # type: ignore[index]

    failure, runs = asyncio.run(use())
    assert type(failure) is (MCPError if side == "server" else RuntimeError) and runs == 0


def test_the_example() -> None:
    command = [sys.executable, str(Path(__file__).parents[2] / "examples" / "mcp_app.py")]
    result = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert result.returncode == 0, result.stderr[-1_000:]
    assert result.stdout.splitlines() == [
        "result: Plant garlic in autumn.", "blocked: injection on channel tool",
        "redacted: Plant garlic in autumn. [removed]", f"error: True {NOTE}",
    ]  # fmt: skip
