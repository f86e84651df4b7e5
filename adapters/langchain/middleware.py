"""A middleware for the agents that `langchain.agents.create_agent` makes."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from guardkit.decide import Policy
from guardkit.errors import GuardBlocked, InputError
from guardkit.guard import Guard
from guardkit.redaction import MARK
from guardkit.stream import HOLD, Mode

from ..extra import framework
from ..inspection import Context, Inspector, OnVerdict
from ..threads import in_thread
from ..wire.protocol import REFUSAL
from .model import guarded
from .values import changed, fixed, texts

if TYPE_CHECKING:
    from langchain.agents.middleware import AgentMiddleware, hook_config
    from langchain_core.messages import AIMessage, ToolMessage

    _Base = AgentMiddleware[Any, Any, Any]
else:
    _module = framework("langchain.agents.middleware", "langchain")
    _Base, hook_config = _module.AgentMiddleware, _module.hook_config  # versions differ in the number of parameters
    AIMessage = framework("langchain_core.messages", "langchain").AIMessage
    ToolMessage = framework("langchain_core.messages", "langchain").ToolMessage

__all__ = ["GuardMiddleware", "OnBlock"]

OnBlock = Literal["raise", "refusal"]


def _unrecorded() -> Any:
    """What keeps the conversation out of the traces of the hooks; None in versions that cannot."""
    types = framework("langchain.agents.middleware.types", "langchain")
    if not hasattr(types, "TracePolicy") or not hasattr(types, "omit_payload"):
        return None
    return types.TracePolicy(process_inputs=types.omit_payload, process_outputs=types.omit_payload)


class GuardMiddleware(_Base):
    """`create_agent(model, tools, middleware=[GuardMiddleware(guard)])`, sync and async. Two alike are equal.

    The conversation is checked before each call of the model, and redacted in the agent's state; what the model is
    called with and what it answers, in a guarded copy of it, so that every kind of stream is guarded; the arguments of
    a tool before it runs, and its result before the agent sees it. It stands first in the list: then it is before those
    that ask models of their own, and around those that change the call. Callbacks, and the events of version 2 that are
    made of them, are told of a tool's result as the tool gave it.

    What is blocked stays in the state: with a checkpointer, a thread that holds an attack is blocked from then on.

    `on_block`: "raise" `GuardBlocked` out of the agent; or "refusal", which ends the run with a message that says no,
    and tells the model of a tool, in place of its result, that it failed. `mode`, `hold`, `policy` and `on_verdict` are
    those of `guard_model`.
    """

    trace_policy = _unrecorded()

    def __init__(
        self,
        guard: Guard,
        on_block: OnBlock = "raise",
        *,
        mode: Mode = "window",
        hold: int = HOLD,
        policy: Policy | str | Path | None = None,
        on_verdict: OnVerdict | None = None,
    ) -> None:
        super().__init__()
        if on_block not in get_args(OnBlock):
            raise InputError(f"on_block is {on_block!r}: expected one of {', '.join(get_args(OnBlock))}")
        self._inspector = Inspector(guard, policy=policy, mode=mode, hold=hold, on_verdict=on_verdict)
        self._on_block: OnBlock = on_block
        if mode != "observe" and hasattr(_Base, "transformers"):  # since langchain 1.4
            from .transformer import ToolEvents

            silent = Inspector(guard, policy=policy, mode=mode, hold=hold)  # `wrap_tool_call` is who reports
            self.transformers = (partial(ToolEvents, inspector=silent),)

    @property
    def name(self) -> str:
        """Tells middlewares of different policies apart, which one agent may have; it refuses the same one twice."""
        return f"GuardMiddleware[{self._inspector.policy.name}]"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, GuardMiddleware):
            return False
        return (self._on_block, self._inspector) == (other._on_block, other._inspector)

    def __hash__(self) -> int:
        return hash((self._on_block, self._inspector))

    @hook_config(can_jump_to=["end"])
    def before_model(self, state: Any, runtime: Any) -> dict[str, Any] | None:
        """Redacts messages of the state. Raises `GuardBlocked`, or ends the run."""
        messages = state["messages"]
        try:
            changes = self._inspector.check(list(texts(messages, "user", ("messages",))))
        except GuardBlocked as error:
            return {"messages": [self._refusal(error)], "jump_to": "end"}
        if not changes:
            return None
        new = changed(messages, {place[1:]: text for place, text in changes.items()})
        return {"messages": [message for message, old in zip(new, messages, strict=True) if message is not old]}

    @hook_config(can_jump_to=["end"])
    async def abefore_model(self, state: Any, runtime: Any) -> dict[str, Any] | None:
        """`before_model` on a thread."""
        return await in_thread(self.before_model, state, runtime)

    def wrap_model_call(self, request: Any, handler: Callable[[Any], Any]) -> Any:
        """The guarded answer of the model. Raises `GuardBlocked`, or answers with a refusal."""
        try:
            return self._answered(handler(self._asked(request)), request)
        except GuardBlocked as error:
            return self._refusal(error)

    async def awrap_model_call(self, request: Any, handler: Callable[[Any], Awaitable[Any]]) -> Any:
        """`wrap_model_call`, async."""
        try:
            response = await handler(self._asked(request))
            return await in_thread(self._answered, response, request)
        except GuardBlocked as error:
            return self._refusal(error)

    def wrap_tool_call(self, request: Any, handler: Callable[[Any], Any]) -> Any:
        """The guarded result of the tool. Raises `GuardBlocked`, or says that the tool failed."""
        try:
            return self._told(handler(self._called(request)))
        except GuardBlocked as error:
            return self._failed(error, request)

    async def awrap_tool_call(self, request: Any, handler: Callable[[Any], Awaitable[Any]]) -> Any:
        """`wrap_tool_call`, async."""
        try:
            result = await handler(await in_thread(self._called, request))
            return await in_thread(self._told, result)
        except GuardBlocked as error:
            return self._failed(error, request)

    def _asked(self, request: Any) -> Any:
        return request.override(model=guarded(request.model, self._inspector))

    def _answered(self, response: Any, request: Any) -> Any:
        """The answer once more, since another middleware may have asked another model, or none."""
        system = [("system", request.system_prompt)] if request.system_prompt else []
        context = Context.of(texts([*system, *request.messages]))
        said = list(texts(response.result, "output"))
        changes = self._inspector.check(said if response.structured_response is None else list(fixed(said)), context)
        return dataclasses.replace(response, result=changed(response.result, changes)) if changes else response

    def _called(self, request: Any) -> Any:
        """The call of the tool, with what was to be redacted redacted."""
        args = request.tool_call["args"]
        changes = self._inspector.check(list(texts(args, "output")))
        if not changes:
            return request
        return request.override(tool_call={**request.tool_call, "args": changed(args, changes)})

    def _told(self, result: Any) -> Any:
        """The result of the tool, a message or a command, with what was to be redacted redacted."""
        return changed(result, self._inspector.check(list(texts(result, "tool"))))

    def _refusal(self, error: GuardBlocked) -> AIMessage:
        if self._on_block == "raise":
            raise error
        return AIMessage(REFUSAL, response_metadata={"finish_reason": "content_filter"})

    def _failed(self, error: GuardBlocked, request: Any) -> ToolMessage:
        if self._on_block == "raise":
            raise error
        call = request.tool_call
        said = f"{MARK}: blocked by guardkit as {error.verdict.label}"
        return ToolMessage(said, tool_call_id=call["id"], name=call["name"], status="error")
