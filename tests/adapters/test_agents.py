"""Guarded agents of the OpenAI Agents SDK against a real server, which speaks chat completions and Responses."""

from __future__ import annotations

import asyncio
import gc
import itertools
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

agents = pytest.importorskip("agents", reason='openai-agents is not installed: pip install "guardkit[agents]"')

from agents import (  # noqa: E402
    Agent,
    InputGuardrailTripwireTriggered,
    OutputGuardrailTripwireTriggered,
    RunConfig,
    Runner,
    SQLiteSession,
    ToolInputGuardrailTripwireTriggered,
    ToolOutputGuardrailTripwireTriggered,
    function_tool,
    handoff,
)
from conftest import SECRET  # noqa: E402
from openai import AsyncOpenAI, DefaultAsyncHttpxClient  # noqa: E402
from pydantic import BaseModel  # noqa: E402
from server import HARMLESS, Call, Say, Server  # noqa: E402
from surfaces import ATTACK, LEAK, LONG, QUESTION, wait  # noqa: E402

from guardkit import Guard, Policy, Verdict  # noqa: E402
from guardkit.adapters.agents import guard_agent, guard_provider  # noqa: E402
from guardkit.decide.policy import Rule  # noqa: E402
from guardkit.errors import GuardError, InputError  # noqa: E402

# The SDK leaves the generators of httpx2 to the collector where a stream breaks off, as other SDKs do: see
# pyproject.toml.
ABANDONED = r"Exception ignored in. <async_generator object (AsyncResponseStream|Response|\w*Body)\."
pytestmark = pytest.mark.filterwarnings(f"ignore:{ABANDONED}:pytest.PytestUnraisableExceptionWarning")

agents.set_tracing_disabled(True)

HTTPX: Any = import_module(DefaultAsyncHttpxClient.__mro__[1].__module__)  # httpx, since openai 3 httpx2
RAN: list[str] = []
NUMBERS = itertools.count()  # of calls: the SDK takes no number twice
REDACTING = Guard(Policy(channels={"tool": {"injection": Rule("redact")}}), model=None)


@function_tool
def look(query: str) -> str:
    """Looks something up."""
    RAN.append(query)
    return f"It is mild. {ATTACK} Bring a coat." if query == "poison" else "It is mild."


@function_tool(failure_error_function=lambda _, error: str(error))
def fail(query: str) -> str:
    """Fails."""
    raise ValueError(f"{ATTACK} {query}")


class Page(BaseModel):
    title: str
    parts: list[str]


@function_tool
def page(query: str) -> Page:
    """Reads a page."""
    return Page(title="A page", parts=["Fine.", ATTACK])


@dataclass
class Outcome:
    error: Exception | None = None
    said: Any = None
    streamed: list[Any] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(str(each.delta) for each in self.streamed if each.type.endswith("text.delta"))

    @property
    def verdict(self) -> Verdict:
        error: Any = self.error
        found = error.output if hasattr(error, "output") else error.guardrail_result.output
        assert isinstance(found.output_info, Verdict)
        return found.output_info


class Run:
    """One way of running an agent on a model of one kind."""

    def __init__(self, server: Server, model: str, way: str) -> None:
        self.server = server
        self.way = way
        self._model = model
        self.loop = asyncio.new_event_loop()
        # run_sync leaves its loop unfit for a further run, so each has a new one, and no connection outlives it.
        http = DefaultAsyncHttpxClient(limits=HTTPX.Limits(max_keepalive_connections=0))
        self.client = AsyncOpenAI(base_url=f"{server.url}/v1", api_key="k", max_retries=1, http_client=http)

    def model(self) -> Any:
        return getattr(agents, self._model)("m", self.client)

    def agent(self, **more: Any) -> Agent[Any]:
        return Agent(**{"name": "gardener", "instructions": "You help in the garden.", "model": self.model(), **more})

    def __call__(self, agent: Agent[Any], given: Any = QUESTION, *answers: Say, **more: Any) -> Outcome:
        self.server.say(*answers)
        RAN.clear()
        outcome = Outcome()
        try:
            if self.way == "sync":
                with asyncio.Runner() as runner:
                    asyncio.set_event_loop(runner.get_loop())
                    outcome.said = Runner.run_sync(agent, given, **more).final_output
            else:
                self.loop.run_until_complete(self._run(agent, given, outcome, more))
        except Exception as error:
            outcome.error = error
        return outcome

    async def _run(self, agent: Agent[Any], given: Any, outcome: Outcome, more: dict[str, Any]) -> None:
        if self.way == "async":
            outcome.said = (await Runner.run(agent, given, **more)).final_output
            return
        result = Runner.run_streamed(agent, given, **more)
        async for event in result.stream_events():
            if event.type == "raw_response_event":
                outcome.streamed.append(event.data)
        outcome.said = result.final_output

    def close(self) -> None:
        gc.collect()  # of the generators that the SDK abandons, while the loop that has to close them is there
        self.loop.run_until_complete(self.client.close())
        self.loop.run_until_complete(self.loop.shutdown_asyncgens())
        self.loop.close()


CHAT, RESPONSES = "OpenAIChatCompletionsModel", "OpenAIResponsesModel"
STREAMS = (CHAT, "stream"), (RESPONSES, "stream")


@pytest.fixture(params=[(CHAT, "async"), (RESPONSES, "sync"), *STREAMS], ids="-".join)
def run(request: pytest.FixtureRequest, server: Server) -> Iterator[Run]:
    made = Run(server, *request.param)
    yield made
    made.close()


@pytest.fixture
def one(server: Server) -> Iterator[Run]:
    made = Run(server, "OpenAIResponsesModel", "async")
    yield made
    made.close()


def calling(tool: str, /, **arguments: Any) -> Say:
    whole = json.dumps(arguments)
    return Say((), calls=[Call(tool, [whole[:9], whole[9:]], f"call_{next(NUMBERS)}")])


def test_what_is_harmless_passes_as_it_is(run: Run, guard: Guard) -> None:
    plain = run.agent(tools=[look])
    answers = calling("look", query="weather"), Say(LONG)
    bare = run(plain, QUESTION, *answers)
    sent = [asked.body for asked in run.server.asked]
    outcome = run(guard_agent(plain, guard), QUESTION, *answers)
    assert outcome.error is None and outcome.said == bare.said == "".join(LONG) and RAN == ["weather"]
    assert [asked.body for asked in run.server.asked] == sent, "the same bytes are sent"
    assert outcome.text == bare.text == ("".join(LONG) if run.way == "stream" else "")
    kinds = [[kind for kind, _ in itertools.groupby(map(type, each.streamed))] for each in (outcome, bare)]
    assert kinds[0] == kinds[1], "what is held back comes before the event that says it is over"


def test_an_attack_is_never_sent(run: Run, guard: Guard) -> None:
    agent = guard_agent(run.agent(), guard)
    for given in (ATTACK, [{"role": "user", "content": QUESTION}, {"role": "user", "content": ATTACK}]):
        outcome = run(agent, given)
        assert type(outcome.error) is InputGuardrailTripwireTriggered and not run.server.asked
        assert outcome.verdict.blocked and outcome.verdict.label == "injection"


def test_an_attack_in_the_history_is_never_sent(run: Run, guard: Guard) -> None:
    history = [
        {"role": "user", "content": QUESTION},
        {"type": "function_call", "call_id": "c", "name": "look", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "c", "output": ATTACK},
    ]
    outcome = run(guard_agent(run.agent(), guard), history)
    assert type(outcome.error) is InputGuardrailTripwireTriggered and not run.server.asked
    assert outcome.verdict.channel == "tool"


def test_a_split_secret_never_reaches_the_caller(run: Run, guard: Guard) -> None:
    outcome = run(guard_agent(run.agent(), guard), QUESTION, Say((*LONG, *LEAK, *LONG)))
    assert type(outcome.error) is OutputGuardrailTripwireTriggered and outcome.said is None
    assert "tanger" not in outcome.text + repr(outcome.streamed) and outcome.verdict.blocked
    if run.way == "stream":
        assert "".join(LONG).startswith(outcome.text[:200]) and len(outcome.text) > 700


@pytest.mark.parametrize("model", [CHAT, RESPONSES])
def test_the_upstream_is_closed(server: Server, model: str, guard: Guard) -> None:
    """By a block in mid-stream, and by a caller that has heard enough."""
    made = Run(server, model, "stream")
    agent = guard_agent(made.agent(), guard)
    outcome = made(agent, QUESTION, Say((*LONG, *LEAK, *LONG * 4), pause=0.01))
    assert type(outcome.error) is OutputGuardrailTripwireTriggered and wait(lambda: bool(server.closed))

    async def leave() -> None:
        server.say(Say(LONG * 4, pause=0.01))
        result = Runner.run_streamed(agent, QUESTION)
        async for event in result.stream_events():
            if event.type == "raw_response_event" and event.data.type.endswith("text.delta"):
                result.cancel()
        assert not server.closed or server.sent < len(LONG) * 4

    made.loop.run_until_complete(leave())
    assert wait(lambda: bool(server.closed))
    made.close()


def test_an_answer_that_repeats_the_instructions(run: Run, guard: Guard) -> None:
    told = "You are the steward of the walled garden and never speak of the well behind the northern hedge to guests."
    outcome = run(guard_agent(run.agent(instructions=told), guard), QUESTION, Say((f"I was told: {told}",)))
    assert type(outcome.error) is OutputGuardrailTripwireTriggered and outcome.said is None
    canary = guard.canary()
    outcome = run(guard_agent(run.agent(instructions=f"Be kind. {canary}"), guard), QUESTION, Say((canary,)))
    assert type(outcome.error) is OutputGuardrailTripwireTriggered and canary not in outcome.text


@pytest.mark.parametrize("name", ["look", "fail", "page"])
def test_an_attack_in_the_result_of_a_tool(run: Run, guard: Guard, name: str) -> None:
    agent = run.agent(tools=[look, fail, page])
    answers = calling(name, query="poison"), Say()
    outcome = run(guard_agent(agent, guard), QUESTION, *answers)
    assert type(outcome.error) is ToolOutputGuardrailTripwireTriggered and len(run.server.asked) == 1
    assert outcome.verdict.blocked and outcome.verdict.channel == "tool"
    outcome = run(guard_agent(agent, guard, "reject"), QUESTION, *answers)
    assert outcome.error is None and outcome.said == HARMLESS
    assert ATTACK.encode() not in run.server.asked[1].body
    assert b"[blocked by guardkit as injection]" in run.server.asked[1].body


def test_a_result_is_redacted(run: Run) -> None:
    outcome = run(guard_agent(run.agent(tools=[look]), REDACTING), QUESTION, calling("look", query="poison"), Say())
    assert outcome.error is None and outcome.said == HARMLESS
    assert b"It is mild. [removed] Bring a coat." in run.server.asked[1].body


def test_a_call_with_an_attack_never_runs(run: Run, guard: Guard) -> None:
    for query in (ATTACK, SECRET):
        answers = calling("look", query=query), Say()
        outcome = run(guard_agent(run.agent(tools=[look]), guard), QUESTION, *answers)
        assert type(outcome.error) is OutputGuardrailTripwireTriggered and not RAN and outcome.verdict.blocked
        assert query not in repr(outcome.streamed) and len(run.server.asked) == 1
        outcome = run(guard_agent(run.agent(tools=[look]), guard, "reject"), QUESTION, *answers)
        assert outcome.error is None and outcome.said == HARMLESS and not RAN
        assert b"[blocked by guardkit" in run.server.asked[1].body


def test_the_tools_guardrails_stand_by_themselves(one: Run, guard: Guard) -> None:
    run = one
    agent = guard_agent(run.agent(tools=[look], model=None), guard)
    provider = Provider(run)
    answers = calling("look", query=ATTACK), Say()
    outcome = run(agent, QUESTION, *answers, run_config=RunConfig(model_provider=provider))
    assert type(outcome.error) is ToolInputGuardrailTripwireTriggered and not RAN and outcome.verdict.blocked
    outcome = run(agent, QUESTION, Say(LEAK), run_config=RunConfig(model_provider=provider))
    assert type(outcome.error) is OutputGuardrailTripwireTriggered
    outcome = run(agent, ATTACK, run_config=RunConfig(model_provider=provider))
    assert type(outcome.error) is InputGuardrailTripwireTriggered and not run.server.asked


class Provider(agents.ModelProvider):  # type: ignore[name-defined,misc]
    def __init__(self, run: Run) -> None:
        self.run = run

    def get_model(self, model_name: str | None) -> Any:
        return self.run.model()


def test_a_model_that_is_given_by_its_name(run: Run, guard: Guard) -> None:
    agent = guard_agent(run.agent(model="m"), guard)
    config = RunConfig(model_provider=guard_provider(guard, Provider(run)))
    outcome = run(agent, QUESTION, Say((*LONG, *LEAK)), run_config=config)
    assert type(outcome.error) is OutputGuardrailTripwireTriggered
    assert "tanger" not in outcome.text + repr(outcome.streamed)
    assert run(run.agent(model="m"), QUESTION, run_config=config).said == HARMLESS
    with pytest.raises(InputError, match="ModelProvider"):
        guard_provider(guard, object())


def test_handoffs(run: Run, guard: Guard) -> None:
    """Agents that hand off to each other are all guarded, as agents and as `handoff` objects, and by their models."""
    expert = run.agent(name="expert", tools=[look])
    first = run.agent(name="first", handoffs=[expert])
    expert.handoffs = [handoff(first)]
    for agent in (first, run.agent(name="first", handoffs=[handoff(expert)])):
        guarded = guard_agent(agent, guard)
        over, back, again = (calling(f"transfer_to_{name}") for name in ("expert", "first", "expert"))
        outcome = run(guarded, QUESTION, over, calling("look", query="weather"), Say(LONG))
        assert outcome.error is None and outcome.said == "".join(LONG) and RAN == ["weather"]
        outcome = run(guarded, QUESTION, over, calling("look", query="poison"), Say())
        assert type(outcome.error) is ToolOutputGuardrailTripwireTriggered and len(run.server.asked) == 2
        outcome = run(guarded, QUESTION, over, Say((*LONG, *LEAK)))
        assert type(outcome.error) is OutputGuardrailTripwireTriggered and "tanger" not in repr(outcome.streamed)
        outcome = run(guarded, QUESTION, over, back, again, calling("look", query="poison"))
        assert type(outcome.error) is ToolOutputGuardrailTripwireTriggered and len(run.server.asked) == 4


def test_what_a_handoff_is_told(run: Run, guard: Guard) -> None:
    taken: list[str] = []

    def take(context: Any, given: Page) -> None:
        taken.append(given.title)

    over = handoff(run.agent(name="expert"), on_handoff=take, input_type=Page)
    for on_tool, error in (
        ("raise", OutputGuardrailTripwireTriggered),
        ("reject", ToolInputGuardrailTripwireTriggered),
    ):
        guarded = guard_agent(run.agent(name="first", handoffs=[over]), guard, on_tool)  # type: ignore[arg-type]
        outcome = run(guarded, QUESTION, calling("transfer_to_expert", title=ATTACK, parts=[]))
        assert type(outcome.error) is error and not taken and outcome.verdict.blocked
    outcome = run(guarded, QUESTION, calling("transfer_to_expert", title="A bed", parts=[]), Say())
    assert outcome.said == HARMLESS and taken == ["A bed"]


def test_an_agent_as_a_tool(run: Run, guard: Guard) -> None:
    inner = guard_agent(run.agent(name="inner", tools=[look]), guard)
    outer = guard_agent(run.agent(tools=[inner.as_tool("ask", "Asks.", failure_error_function=None)]), guard)
    outcome = run(outer, QUESTION, calling("ask", input="garlic?"), Say(LONG), Say())
    assert outcome.error is None and outcome.said == HARMLESS
    outcome = run(outer, QUESTION, calling("ask", input="garlic?"), calling("look", query="poison"), Say())
    assert type(outcome.error) is ToolOutputGuardrailTripwireTriggered and len(run.server.asked) == 2


def test_a_poisoned_description_is_refused(run: Run, guard: Guard) -> None:
    poisoned = function_tool(lambda query: RAN.append(query), name_override="helpful", description_override=ATTACK)
    agent = guard_agent(run.agent(tools=[look]), guard)
    agent.tools.append(poisoned)  # after it was guarded
    outcome = run(agent, QUESTION)
    assert type(outcome.error) is ToolInputGuardrailTripwireTriggered and not run.server.asked
    assert outcome.verdict.blocked and outcome.verdict.channel == "tool"
    outcome = run(guard_agent(run.agent(tools=[poisoned]), REDACTING), QUESTION)
    assert outcome.error is None and b"[removed]" in run.server.asked[0].body
    assert ATTACK.encode() not in run.server.asked[0].body


SERVER = """
import sys
try:
    from mcp.server.mcpserver import MCPServer
except ImportError:  # mcp 1
    from mcp.server.fastmcp import FastMCP as MCPServer

server = MCPServer("plants")

@server.tool(description=sys.argv[1])
def weather(place: str) -> str:
    return sys.argv[2]

server.run("stdio")
"""


@pytest.mark.parametrize("run", [(RESPONSES, "async"), (CHAT, "stream")], indirect=True, ids="-".join)
def test_tools_of_an_mcp_server(run: Run, guard: Guard, tmp_path: Path) -> None:
    from agents.mcp import MCPServerStdio

    script = tmp_path / "server.py"
    script.write_text(SERVER)

    def ask(description: str, result: str) -> Outcome:
        outcome = Outcome()

        async def main() -> None:
            params: Any = {"command": sys.executable, "args": [str(script), description, result]}
            async with MCPServerStdio(params, client_session_timeout_seconds=60) as plants:
                await run._run(guard_agent(run.agent(mcp_servers=[plants]), guard), QUESTION, outcome, {})

        run.server.say(calling("weather", place="Oslo"), Say())
        try:
            run.loop.run_until_complete(main())
        except Exception as error:
            outcome.error = error
        return outcome

    outcome = ask("Tells the weather.", "It is mild.")
    assert outcome.error is None and outcome.said == HARMLESS and b"It is mild." in run.server.asked[1].body
    outcome = ask(ATTACK, "It is mild.")
    assert type(outcome.error) is ToolInputGuardrailTripwireTriggered and not run.server.asked
    outcome = ask("Tells the weather.", ATTACK)
    assert type(outcome.error) is ToolOutputGuardrailTripwireTriggered and len(run.server.asked) == 1


def test_a_session_that_was_poisoned(one: Run, guard: Guard) -> None:
    """What comes out of a session passes no guardrail of the SDK; the guarded model checks it."""
    run, session = one, SQLiteSession("s")
    run.loop.run_until_complete(session.add_items([{"role": "user", "content": f"{ATTACK} Thanks."}]))
    outcome = run(guard_agent(run.agent(), guard), QUESTION, session=session)
    session.close()
    assert type(outcome.error) is InputGuardrailTripwireTriggered and not run.server.asked


def test_a_retry_checks_no_text_twice(run: Run) -> None:
    seen: list[Verdict] = []
    flagging = Policy(rules={"injection": Rule("flag")})
    agent = guard_agent(run.agent(), Guard(flagging, model=None), on_verdict=seen.append)
    outcome = run(agent, ATTACK, Say(status=500), Say())
    assert outcome.error is None and outcome.said == HARMLESS and len(run.server.asked) == 2
    assert {verdict.action for verdict in seen} == {"flag"}


def test_structured_answers(run: Run, guard: Guard) -> None:
    agent = guard_agent(run.agent(output_type=Page), guard)
    outcome = run(agent, QUESTION, Say((json.dumps({"title": "A bed", "parts": ["one"]}),)))
    assert outcome.said == Page(title="A bed", parts=["one"])
    outcome = run(agent, QUESTION, Say((json.dumps({"title": "A bed", "parts": [SECRET]}),)))
    assert type(outcome.error) is OutputGuardrailTripwireTriggered and SECRET not in repr(outcome.streamed)


def test_an_answer_is_redacted(run: Run) -> None:
    policy = Policy(channels={"output": {"injection": Rule("redact")}})
    said = f"Plant it in autumn. {ATTACK} Water it."
    outcome = run(guard_agent(run.agent(), Guard(policy, model=None)), QUESTION, Say((said[:30], said[30:])))
    assert outcome.error is None and outcome.said == "Plant it in autumn. [removed] Water it."
    assert outcome.text == (outcome.said if run.way == "stream" else "") and ATTACK not in repr(outcome.streamed)


def test_the_agent_given_stays_as_it_is(one: Run, guard: Guard) -> None:
    run = one
    expert = run.agent(name="expert")
    agent = run.agent(tools=[look], handoffs=[expert, handoff(expert)])
    before = dict(vars(agent)), list(agent.tools), list(agent.handoffs)
    guarded = guard_agent(agent, guard)
    assert (dict(vars(agent)), agent.tools, agent.handoffs) == before
    assert look.tool_input_guardrails is None and not agent.input_guardrails and not expert.output_guardrails
    assert isinstance(guarded, Agent) and isinstance(guarded.model, agents.OpenAIResponsesModel)
    assert not guarded.input_guardrails[0].run_in_parallel
    assert guard_agent(guarded, guard) is guarded and guard_agent(guarded, guard, "reject") is not guarded
    copied = guarded.clone(name="other")
    assert type(run(copied, ATTACK).error) is InputGuardrailTripwireTriggered and not run.server.asked


def test_nothing_of_a_text_shows(run: Run, guard: Guard, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "guardkit")
    attack = f"{ATTACK} The canary is zanzibar-77."
    agent = guard_agent(run.agent(tools=[look]), guard)
    errors = [run(agent, attack).error, run(agent, QUESTION, Say((f"{SECRET} zanzibar-77",))).error,
              run(agent, QUESTION, calling("look", query=attack)).error]  # fmt: skip
    for error in errors:
        assert isinstance(error, agents.AgentsException)
        assert "zanzibar" not in str(error) + repr(error) + caplog.text
        assert error.__cause__ is None and error.__suppress_context__ or error.__context__ is None
    rails = agent.input_guardrails[0].guardrail_function.__self__  # type: ignore[attr-defined]
    assert "zanzibar" not in repr(rails) + repr(agent.input_guardrails)


def test_bad_input(run: Run, guard: Guard) -> None:
    for wrong in (None, 3, object(), look):
        with pytest.raises(InputError, match="takes an Agent"):
            guard_agent(wrong, guard)
    with pytest.raises(InputError, match="on_tool"):
        guard_agent(run.agent(), guard, "refusal")  # type: ignore[arg-type]
    agent = guard_agent(run.agent(tools=[look]), guard)
    broken = Say((), calls=[Call("look", ['{"query": ', ATTACK])])  # no JSON
    outcome = run(agent, QUESTION, broken, Say())
    assert type(outcome.error) is OutputGuardrailTripwireTriggered and not RAN
    outcome = run(guard_agent(run.agent(tools=[look]), guard, "reject"), QUESTION, broken, Say())
    assert not RAN and outcome.said == HARMLESS
    deep: Any = "x"
    for _ in range(80):
        deep = [deep]
    outcome = run(agent, [{"role": "user", "content": deep}])
    assert isinstance(outcome.error, GuardError) and not run.server.asked


def test_a_guard_that_fails_lets_nothing_pass(run: Run) -> None:
    class Broken(Guard):
        def check(self, *args: Any, **kwargs: Any) -> Any:
            raise RuntimeError("the guard is broken")

    outcome = run(guard_agent(run.agent(), Broken(model=None)), QUESTION)
    assert isinstance(outcome.error, RuntimeError) and not run.server.asked


def test_the_example(server: Server) -> None:
    server.say(Say(), calling("read_page", name="garlic"))
    env = {**os.environ, "OPENAI_BASE_URL": f"{server.url}/v1", "OPENAI_API_KEY": "k"}
    command = [sys.executable, str(Path(__file__).parents[2] / "examples" / "agents_app.py")]
    result = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300)
    assert result.returncode == 0, result.stderr[-1_000:]
    assert result.stdout.splitlines() == [
        f"answer: {HARMLESS}", "blocked: injection in the input", "blocked: injection in a tool's result",
    ]  # fmt: skip
