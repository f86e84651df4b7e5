"""A guarded agent of the OpenAI Agents SDK.

    agent = guard_agent(agent, Guard())
    result = await Runner.run(agent, "…")

The SDK's own guardrails are attached: to the input and the output, to every function tool (its arguments and its
result), and to the same of every agent that this one hands off to. They run before the model, and not beside it. What
tools say of themselves is checked too, those of MCP servers each time they are listed. Where `model` is a `Model`, it
is guarded besides: every turn checks all that it is given, and streams are checked on their way.

A model that is given by its name comes from the run's provider. Then a stream is checked only at its end, as the SDK
does it, unless `RunConfig(model_provider=guard_provider(guard))` guards what is made there. Not guarded: the model of
`RunConfig(model=…)`, agents inside of `as_tool()` (guard these before), and realtime agents. The SDK refuses output
guardrails, so guarded agents, together with `conversation_id` and `previous_response_id`.
"""

from __future__ import annotations

import copy
import weakref
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from guardkit.decide import Policy
from guardkit.errors import InputError
from guardkit.guard import Guard
from guardkit.stream import HOLD, Mode

from .agentmodel import guarded_model
from .agentrails import OnTool, Rails, owner
from .extra import framework
from .inspection import Inspector, OnVerdict

__all__ = ["guard_agent", "guard_provider"]

A = TypeVar("A")


def guard_agent(
    agent: A,
    guard: Guard,
    on_tool: OnTool = "raise",
    *,
    mode: Mode = "window",
    hold: int = HOLD,
    policy: Policy | str | Path | None = None,
    on_verdict: OnVerdict | None = None,
) -> A:
    """A guarded copy of an `Agent`, of the same type; its tools and hand-offs are copies too.

    A block raises the SDK's tripwire exceptions, whose `output_info` is the verdict. With `on_tool="reject"` the model
    gets a note in the place of a blocked call or result of a tool instead, and the run goes on. A policy that redacts
    does so in results and descriptions of tools, and in what a guarded model says; in the input of a run it blocks.
    `mode`, `hold`, `policy` and `on_verdict` are those of `guardkit.adapters.httpx.guard_client`. Guarding a guarded
    agent with the same settings returns it unchanged. Raises `InputError` for anything else, and `ImportError` without
    openai-agents.
    """
    agents = framework("agents", "agents")
    if not isinstance(agent, agents.Agent):
        raise InputError(f"guard_agent takes an Agent, not {type(agent).__name__}")
    rails = _rails(guard, on_tool, mode, hold, policy, on_verdict)
    return cast(A, _Copies(rails).agent(agent))


def guard_provider(
    guard: Guard,
    provider: Any = None,
    *,
    mode: Mode = "window",
    hold: int = HOLD,
    policy: Policy | str | Path | None = None,
    on_verdict: OnVerdict | None = None,
) -> Any:
    """A `ModelProvider` whose models are guarded, for `RunConfig`. It takes them from the one given, or the default."""
    agents = framework("agents", "agents")
    found = agents.MultiProvider() if provider is None else provider
    if not isinstance(found, agents.ModelProvider):
        raise InputError(f"guard_provider takes a ModelProvider, not {type(provider).__name__}")
    twin = copy.copy(found)
    twin.__class__ = _provider(found.__class__)
    twin.__guardkit__ = _rails(guard, "raise", mode, hold, policy, on_verdict)
    return twin


def _rails(
    guard: Guard,
    on_tool: OnTool,
    mode: Mode,
    hold: int,
    policy: Policy | str | Path | None,
    on_verdict: OnVerdict | None,
) -> Rails:
    if on_tool not in get_args(OnTool):
        raise InputError(f"on_tool is {on_tool!r}: expected one of {', '.join(get_args(OnTool))}")
    return Rails(Inspector(guard, policy=policy, mode=mode, hold=hold, on_verdict=on_verdict), on_tool)


class _Copies:
    """Guarded copies of agents that may hand off to each other in circles."""

    def __init__(self, rails: Rails) -> None:
        self._rails = rails
        self._made: dict[int, tuple[Any, Any]] = {}  # by identity: the agent, which lives as long, and its copy

    def agent(self, agent: Any) -> Any:
        if _rails_of(agent) == self._rails:
            return agent
        if id(agent) in self._made:
            return self._made[id(agent)][1]
        rails = self._rails
        twin = agent.clone(
            tools=[rails.tool(tool) for tool in agent.tools],
            input_guardrails=[*agent.input_guardrails, rails.input_guardrail()],
            output_guardrails=[*agent.output_guardrails, rails.output_guardrail()],
        )
        twin.__class__ = _agent(agent.__class__)
        self._made[id(agent)] = agent, twin
        model = framework("agents", "agents").Model
        if isinstance(twin.model, model):
            twin.model = guarded_model(twin.model, rails, twin)
        twin.handoffs = [self._handoff(each) for each in agent.handoffs]
        return twin

    def _handoff(self, given: Any) -> Any:
        agents = framework("agents", "agents")
        if isinstance(given, agents.Agent):
            return self.agent(given)
        twin, invoke = copy.copy(given), given.on_invoke_handoff

        async def guarded(context: Any, written: str) -> Any:
            verdict = await self._rails.arguments(written)
            if verdict is not None:
                raise self._rails.tripped_tool(verdict)
            return self.agent(await invoke(context, written))

        twin.on_invoke_handoff = guarded
        target = given._agent_ref and given._agent_ref()
        if target is not None:
            twin._agent_ref = weakref.ref(self.agent(target))
        return twin


@cache
def _agent(kind: type[Any]) -> type[Any]:
    """The class of a guarded agent: the same, but that its tools are guarded whenever they are listed."""

    async def get_all_tools(self: Any, run_context: Any) -> list[Any]:
        tools: list[Any] = await super(twin, self).get_all_tools(run_context)
        rails = _rails_of(self)
        return tools if rails is None else await rails.tools(tools)

    twin: Any = type(kind.__name__, (kind,), {**_names(kind), "get_all_tools": get_all_tools})
    made: type[Any] = twin
    return made


@cache
def _provider(kind: type[Any]) -> type[Any]:
    def get_model(self: Any, model_name: str | None) -> Any:
        return guarded_model(super(twin, self).get_model(model_name), self.__guardkit__)

    twin: Any = type(kind.__name__, (kind,), {**_names(kind), "get_model": get_model})
    made: type[Any] = twin
    return made


def _names(kind: type[Any]) -> dict[str, Any]:
    return {"__module__": kind.__module__, "__qualname__": kind.__qualname__}


def _rails_of(agent: Any) -> Rails | None:
    """The rails that guard an agent."""
    found = (owner(guardrail) for guardrail in agent.input_guardrails)
    return next((each for each in found if isinstance(each, Rails)), None)
