"""The guardrails of the Agents SDK that ask a guard: for inputs, outputs, and what goes into and comes out of tools."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from guardkit.errors import GuardBlocked
from guardkit.texts import Text, replaced, walk
from guardkit.verdict import Verdict

from .extra import framework
from .inspection import NOTHING, Context, Inspector
from .threads import in_thread
from .wire import Parts, Responses, Wire, mcp
from .wire.protocol import Data

__all__ = ["OnTool", "Rails", "owner", "plain"]

OnTool = Literal["raise", "reject"]

NAME = "guardkit"
WIRE = Responses()  # the SDK's items are those of the Responses API, whatever the model speaks
FIELDS = ("description", "params_json_schema")  # what a tool says of itself


class _Uncalled(Responses):
    """The same without the calls of function tools, which the tools' own guardrails check."""

    def request(self, body: Data) -> Iterator[Text]:
        return _uncalled(super().request(body), body)

    def answer(self, body: Data) -> Iterator[Text]:
        return _uncalled(super().answer(body), body)

    def event(self, data: Data) -> Parts:
        parts = super().event(data)
        called = _is_call(data.get("item")) or str(data.get("type")).startswith("response.function_call_arguments")
        return Parts((), (), parts.ends) if called else parts


@dataclass(frozen=True, slots=True)
class Rails:
    """Guardrail functions. They run their checks on threads; two with equal settings are equal."""

    inspector: Inspector
    on_tool: OnTool = "raise"

    @property
    def wire(self) -> Wire:
        """What a model is asked and says. A call that is to be rejected must come as far as the tool, and stays."""
        return WIRE if self.on_tool == "raise" else _Uncalled()

    async def input(self, context: Any, agent: Any, given: Any) -> Any:
        """An input guardrail. It cannot change the input, so what would have to be redacted is blocked."""
        texts = _fixed(self.wire.request({"input": plain(given)}))
        return self.output_of(await self._verdict(texts))

    async def output(self, context: Any, agent: Any, said: Any) -> Any:
        """An output guardrail: for attacks, canaries, and what repeats the agent's instructions."""
        told = agent.instructions if isinstance(agent.instructions, str) else ""
        asked = WIRE.request({"instructions": told, "input": plain(getattr(context, "turn_input", []))})
        texts = WIRE.answer({"output_text": plain(said)})
        return self.output_of(await self._verdict(_fixed(texts), Context.of(asked)))

    async def tool_input(self, data: Any) -> Any:
        """A tool input guardrail: the model wrote the arguments."""
        return self._refused(await self.arguments(data.context.tool_arguments))

    async def tool_output(self, data: Any) -> Any:
        """A tool output guardrail. A redacted result goes to the model in the place of the result."""
        agents = framework("agents", "agents")
        said = plain(data.output)
        item = {"type": "function_call_output", "output": said}
        texts = list(WIRE.request({"input": [item]}))
        if not isinstance(data.output, str | Mapping | list | tuple):  # the SDK may send this, and not the fields
            texts += walk(str(data.output), "tool", ("input", 0, "text"))
            texts = _fixed(texts)
        try:
            changes = await in_thread(self.inspector.check, texts)
        except GuardBlocked as error:
            return self._refused(error.verdict)
        if not changes:
            return agents.ToolGuardrailFunctionOutput.allow()
        rest = replaced({"input": [item]}, changes)["input"][0]["output"]
        message = rest if isinstance(rest, str) else json.dumps(rest, ensure_ascii=False)
        return agents.ToolGuardrailFunctionOutput.reject_content(message)

    async def arguments(self, written: Any) -> Verdict | None:
        """The verdict that blocks the arguments of a call, if one does. Nothing in them can be replaced."""
        try:
            parsed = json.loads(written)
        except (TypeError, ValueError, RecursionError):
            parsed = written
        return await self._verdict(_fixed(mcp.arguments({"arguments": parsed})))

    async def tools(self, tools: Sequence[Any]) -> list[Any]:
        """The tools, guarded, of which nothing that they say of themselves attacks; redacted where the policy says so.

        Raises the SDK's `ToolInputGuardrailTripwireTriggered`.
        """
        said = {"tools": [_said(tool) for tool in tools]}
        try:
            changes = await in_thread(self.inspector.check, list(WIRE.request(said)))
        except GuardBlocked as error:
            raise self.tripped_tool(error.verdict) from None
        shown = replaced(said, changes)["tools"]
        return [self.tool(_saying(tool, now)) for tool, now in zip(tools, shown, strict=True)]

    def tool(self, tool: Any) -> Any:
        """A copy of a function tool with both guardrails; the same one where it has them or can have none."""
        agents = framework("agents", "agents")
        before = getattr(tool, "tool_input_guardrails", None) or []
        if not isinstance(tool, agents.FunctionTool) or self in map(owner, before):
            return tool
        twin = copy.copy(tool)
        twin.tool_input_guardrails = [*before, agents.ToolInputGuardrail(self.tool_input, NAME)]
        after = tool.tool_output_guardrails or []
        twin.tool_output_guardrails = [*after, agents.ToolOutputGuardrail(self.tool_output, NAME)]
        return twin

    def input_guardrail(self) -> Any:
        agents = framework("agents", "agents")
        return agents.InputGuardrail(self.input, NAME, run_in_parallel=False)

    def output_guardrail(self) -> Any:
        return framework("agents", "agents").OutputGuardrail(self.output, NAME)

    def output_of(self, verdict: Verdict | None) -> Any:
        """What a guardrail function says; the verdict is its `output_info`."""
        return framework("agents", "agents").GuardrailFunctionOutput(verdict, verdict is not None)

    def tripped_input(self, verdict: Verdict) -> Exception:
        agents = framework("agents", "agents")
        result = agents.InputGuardrailResult(self.input_guardrail(), self.output_of(verdict))
        error: Exception = agents.InputGuardrailTripwireTriggered(result)
        return error

    def tripped_output(self, verdict: Verdict, agent: Any) -> Exception:
        agents = framework("agents", "agents")
        found = {"guardrail": self.output_guardrail(), "agent": agent, "agent_output": None}
        result = agents.OutputGuardrailResult(**found, output=self.output_of(verdict))
        error: Exception = agents.OutputGuardrailTripwireTriggered(result)
        return error

    def tripped_tool(self, verdict: Verdict) -> Exception:
        agents = framework("agents", "agents")
        said = agents.ToolGuardrailFunctionOutput.raise_exception(verdict)
        rail = agents.ToolInputGuardrail(self.tool_input, NAME)
        error: Exception = agents.ToolInputGuardrailTripwireTriggered(rail, said)
        return error

    def _refused(self, verdict: Verdict | None) -> Any:
        said = framework("agents", "agents").ToolGuardrailFunctionOutput
        if verdict is None:
            return said.allow()
        if self.on_tool == "raise":
            return said.raise_exception(verdict)
        return said.reject_content(f"[blocked by guardkit as {verdict.label}]", verdict)

    async def _verdict(self, texts: Sequence[Text], context: Context = NOTHING) -> Verdict | None:
        """The verdict that blocks these texts, if one does."""
        try:
            await in_thread(self.inspector.check, texts, context)
        except GuardBlocked as error:
            return error.verdict
        return None


def owner(guardrail: Any) -> object:
    """The object whose method a guardrail calls."""
    return getattr(guardrail.guardrail_function, "__self__", None)


def plain(value: Any) -> Any:
    """A value of the SDK, of pydantic or of the application as JSON has it."""
    if isinstance(value, str):
        return value
    from pydantic_core import to_jsonable_python

    return to_jsonable_python(value, by_alias=True, exclude_none=True, bytes_mode="base64", fallback=str)


def _fixed(texts: Iterable[Text]) -> list[Text]:
    """The same where nothing can be replaced: what would be redacted is blocked."""
    return [replace(text, fixed=True) for text in texts]


def _uncalled(texts: Iterable[Text], body: Data) -> Iterator[Text]:
    for text in texts:
        head = text.place[:2]
        items = body.get(str(head[0])) if len(head) == 2 else None
        if not (isinstance(items, list) and isinstance(head[1], int) and _is_call(items[head[1]])):
            yield text


def _is_call(item: Any) -> bool:
    return isinstance(item, Mapping) and item.get("type") == "function_call"


def _said(tool: Any) -> dict[str, Any]:
    return {name: plain(getattr(tool, name, None)) for name in FIELDS}


def _saying(tool: Any, said: Mapping[str, Any]) -> Any:
    """The tool with this said of it."""
    if said == _said(tool):
        return tool
    twin = copy.copy(tool)
    for name in FIELDS:
        setattr(twin, name, said[name])
    return twin
