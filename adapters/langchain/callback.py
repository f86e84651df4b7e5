"""A callback handler that checks what models, retrievers and tools are told and say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from uuid import UUID

from guardkit.decide import Policy
from guardkit.errors import GuardBlocked
from guardkit.guard import Guard
from guardkit.stream import StreamGuard
from guardkit.verdict import Channel

from ..extra import framework
from ..inspection import NOTHING, Context, Inspector, OnVerdict
from ..wire import Chat
from .values import fixed, head, texts

if TYPE_CHECKING:
    from langchain_core.callbacks import BaseCallbackHandler
else:
    BaseCallbackHandler = framework("langchain_core.callbacks", "langchain").BaseCallbackHandler

__all__ = ["GuardCallback"]

SETTINGS = ("tools", "functions", "response_format")  # of a call, those that hold text


@dataclass(slots=True)
class _Run:
    """What is kept of a call of a model until it is over."""

    context: Context
    state: StreamGuard


class GuardCallback(BaseCallbackHandler):
    """Raises `GuardBlocked` out of the call that it is given to. Thread-safe; two with equal settings are equal.

    A callback can stop a call, but replaces nothing and holds nothing back: what a policy would redact is blocked, and
    of a streamed answer some is out before the rest of it is found to be an attack. `guard_model` does both.

    It is a sync handler for async calls too, because LangChain swallows what async handlers raise in sync calls.
    """

    raise_error = True  # else LangChain logs what is raised, and goes on
    run_inline = True  # else it runs beside the other handlers, which then see what it blocks

    def __init__(
        self, guard: Guard, *, policy: Policy | str | Path | None = None, on_verdict: OnVerdict | None = None
    ) -> None:
        self._inspector = Inspector(guard, policy=policy, on_verdict=on_verdict)
        self._runs: dict[UUID, _Run] = {}
        self._lock = Lock()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GuardCallback) and self._inspector == other._inspector

    def __hash__(self) -> int:
        return hash(self._inspector)

    def on_chat_model_start(
        self, serialized: dict[str, Any], messages: Sequence[Sequence[Any]], *, run_id: UUID, **kwargs: Any
    ) -> None:
        params = kwargs.get("invocation_params")
        settings = {name: params[name] for name in SETTINGS if name in params} if isinstance(params, Mapping) else {}
        told = [text for each in messages for text in fixed(texts(list(each), "user", ("messages",)))]
        self._inspector.check([*told, *fixed(Chat().request(settings))])
        context = Context.of(told)
        with self._lock:
            self._runs[run_id] = _Run(context, self._inspector.stream(context))

    def on_llm_start(self, serialized: dict[str, Any], prompts: list[str], *, run_id: UUID, **kwargs: Any) -> None:
        for prompt in prompts:
            self._check(prompt, "user")
        with self._lock:
            self._runs[run_id] = _Run(NOTHING, self._inspector.stream(NOTHING))

    def on_llm_new_token(self, token: Any, *, run_id: UUID, **kwargs: Any) -> None:
        with self._lock:
            run = self._runs.get(run_id)
        if run is None:
            return
        try:
            for text in texts(token, "output"):
                run.state.push(text.text)
        except GuardBlocked as error:
            self._inspector.report(error.verdict)
            raise

    def on_llm_end(self, response: Any, *, run_id: UUID, **kwargs: Any) -> None:
        with self._lock:
            run = self._runs.pop(run_id, None)
        said = [getattr(each, "message", each.text) for choices in response.generations for each in choices]
        self._check(said, "output", NOTHING if run is None else run.context)

    def on_llm_error(self, error: BaseException, *, run_id: UUID, **kwargs: Any) -> None:
        with self._lock:
            self._runs.pop(run_id, None)

    def on_retriever_start(self, serialized: dict[str, Any], query: str, **kwargs: Any) -> None:
        self._check(query, "user")

    def on_retriever_end(self, documents: Sequence[Any], **kwargs: Any) -> None:
        self._check(list(documents), "document")

    def on_tool_start(self, serialized: dict[str, Any], input_str: str, **kwargs: Any) -> None:
        inputs = kwargs.get("inputs")
        self._check(input_str if inputs is None else inputs, "output")

    def on_tool_end(self, output: Any, **kwargs: Any) -> None:
        self._check(output, "tool")

    def _check(self, value: Any, channel: Channel, context: Context = NOTHING) -> None:
        self._inspector.check(list(fixed(texts(value, channel, head(value)))), context)
