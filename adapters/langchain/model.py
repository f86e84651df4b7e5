"""A guarded chat model of LangChain."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import aclosing
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from guardkit.decide import Policy
from guardkit.errors import GuardError, InputError
from guardkit.guard import Guard
from guardkit.stream import HOLD, Mode
from guardkit.texts import Place, replaced, without

from ..extra import framework
from ..inspection import Context, Inspector, OnVerdict
from ..labels import Labels, leaves, names
from ..threads import in_thread
from ..wire import Chat
from ..wire import langchain as wire
from .chunks import Chunks
from .flow import apassed, passed

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.outputs import ChatGeneration, ChatGenerationChunk
    from langchain_core.runnables.base import RunnableBindingBase
    from pydantic import Field
else:
    BaseChatModel = framework("langchain_core.language_models", "langchain").BaseChatModel
    ChatGeneration = framework("langchain_core.outputs", "langchain").ChatGeneration
    RunnableBindingBase = framework("langchain_core.runnables.base", "langchain").RunnableBindingBase
    Field = framework("pydantic", "langchain").Field

__all__ = ["guard_model", "guarded"]

M = TypeVar("M")

FIELD = "guardkit"  # of a guarded model: the inspectors that it passes, innermost first
EVENTS = ("_stream_chat_model_events", "_astream_chat_model_events")  # else made of the chunks, which are guarded
_SETTINGS = Chat()  # reads tools and response formats, which LangChain's chat models take in OpenAI's form


def guard_model(
    model: M,
    guard: Guard,
    *,
    mode: Mode = "window",
    hold: int = HOLD,
    policy: Policy | str | Path | None = None,
    on_verdict: OnVerdict | None = None,
) -> M:
    """A guarded copy of a chat model, of the same class; what `bind_tools` or `bind` made of one is copied likewise.

    Prompts, tool results, tool descriptions, answers and tool calls are checked in every way of calling it: invoke,
    batch, stream, transform and their events, sync and async. Callbacks see of an answer what the caller sees. A cache
    keeps the answers of the guarded model apart from those of others. `mode`, `hold`, `policy` and `on_verdict` are
    those of `guardkit.adapters.httpx.guard_client`. Guarding a guarded model with the same settings returns it
    unchanged. Raises `InputError` for anything else: guard the model before it becomes part of a chain.
    """
    return guarded(model, Inspector(guard, policy=policy, mode=mode, hold=hold, on_verdict=on_verdict))


def guarded(model: M, inspector: Inspector) -> M:
    """`guard_model` with the settings in one."""
    plain: Any = model
    if isinstance(model, RunnableBindingBase):
        inner = guarded(plain.bound, inspector)
        return model if inner is plain.bound else cast(M, plain.model_copy(update={"bound": inner}))
    if not isinstance(model, BaseChatModel):
        raise InputError(f"a chat model of LangChain can be guarded, not {type(model).__name__}")
    old: tuple[Inspector, ...] = getattr(model, FIELD, ())
    if inspector in old:
        return model
    kind: Any = type(model)
    twin: Any = plain.model_copy(update={FIELD: (*old, inspector)})
    object.__setattr__(twin, "__class__", kind if old else _twin(kind))
    return cast(M, twin)


@cache
def _twin(kind: type[Any]) -> type[Any]:
    """The class with guards around what its own methods say and are told. It has a method only where the class has."""
    names: dict[str, Any] = {
        "__module__": kind.__module__,
        "__qualname__": kind.__qualname__,
        "__annotations__": {FIELD: Any},  # a field, so that copies which are made of the fields are guarded too
        FIELD: Field(default=(), exclude=True, repr=False),
        "_get_llm_string": _cache_key(kind._get_llm_string),
        "__reduce_ex__": lambda self, protocol: (_restored, (kind,), self.__getstate__()),
    }
    for name, around in (("_generate", _whole), ("_agenerate", _awhole), ("_stream", _pieces), ("_astream", _apieces)):
        own = getattr(kind, name)
        if own is not getattr(BaseChatModel, name):
            names[name] = around(own)
    twin: Any = type(kind.__name__, (kind,), names)
    for name in EVENTS:  # only now, because pydantic takes such names for private fields
        setattr(twin, name, None)
    made: type[Any] = twin
    return made


# The inner model is not told of the `run_manager`: it would tell callbacks what nobody has checked.
def _whole(own: Callable[..., Any]) -> Callable[..., Any]:
    def _generate(self: Any, messages: list[Any], stop: Any = None, run_manager: Any = None, **kwargs: Any) -> Any:
        call = _Call(self)
        sent, kwargs = call.admit(messages, kwargs)
        return call.release(own(self, sent, stop=stop, **kwargs))

    return _generate


def _awhole(own: Callable[..., Any]) -> Callable[..., Any]:
    async def _agenerate(
        self: Any, messages: list[Any], stop: Any = None, run_manager: Any = None, **kwargs: Any
    ) -> Any:
        call = _Call(self)
        sent, kwargs = await in_thread(call.admit, messages, kwargs)
        return await in_thread(call.release, await own(self, sent, stop=stop, **kwargs))

    return _agenerate


def _pieces(own: Callable[..., Any]) -> Callable[..., Any]:
    def _stream(
        self: Any, messages: list[Any], stop: Any = None, run_manager: Any = None, **kwargs: Any
    ) -> Iterator[ChatGenerationChunk]:
        call = _Call(self)
        sent, kwargs = call.admit(messages, kwargs)
        for chunk in passed(own(self, sent, stop=stop, **kwargs), call):
            if run_manager is not None:
                run_manager.on_llm_new_token(chunk.text, chunk=chunk)
            yield chunk

    return _stream


def _apieces(own: Callable[..., Any]) -> Callable[..., Any]:
    async def _astream(
        self: Any, messages: list[Any], stop: Any = None, run_manager: Any = None, **kwargs: Any
    ) -> AsyncIterator[ChatGenerationChunk]:
        call = _Call(self)
        sent, kwargs = await in_thread(call.admit, messages, kwargs)
        async with aclosing(apassed(own(self, sent, stop=stop, **kwargs), call)) as chunks:
            async for chunk in chunks:
                if run_manager is not None:
                    await run_manager.on_llm_new_token(chunk.text, chunk=chunk)
                yield chunk

    return _astream


def _restored(kind: Any) -> Any:
    """An empty guarded model of this class, as pickle wants it: it cannot find a class that is made here."""
    twin: Any = _twin(kind)
    return twin.__new__(twin)


def _cache_key(own: Callable[..., str]) -> Callable[..., str]:
    def _get_llm_string(self: Any, stop: Any = None, **kwargs: Any) -> str:
        settings = [(each.policy, each.mode, each.hold) for each in getattr(self, FIELD)]
        return f"{own(self, stop=stop, **kwargs)}---guardkit{settings!r}"

    return _get_llm_string


class _Call:
    """The state of one call of a guarded model. Not thread-safe."""

    def __init__(self, model: Any) -> None:
        self._inspectors: tuple[Inspector, ...] = getattr(model, FIELD)
        self._contexts: list[Context] = []
        self._states: list[Chunks] = []
        if not self._inspectors:  # a copy that was made without its fields
            raise GuardError("the model has lost its guard: guard it again")

    def admit(self, messages: list[Any], settings: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
        """What to send: the same objects, unless something was redacted. Raises `GuardBlocked` and `InputError`."""
        for inspector in self._inspectors:
            told = [replace(text, place=("messages", *text.place)) for text in wire.texts(messages)]
            self._contexts.append(Context.of(told))
            changes = inspector.check([*told, *_SETTINGS.request(settings)])
            own = {place[1:]: text for place, text in changes.items() if place[0] == "messages"}
            rest = {place: text for place, text in changes.items() if place[0] != "messages"}
            messages, settings = wire.changed(messages, own) if own else messages, replaced(settings, rest)
        self._states = [Chunks(*pair) for pair in zip(self._inspectors, self._contexts, strict=True)]
        return messages, settings

    def release(self, result: Any) -> Any:
        """The answer, the same object unless something was redacted. Raises `GuardBlocked`."""
        for inspector, context in zip(self._inspectors, self._contexts, strict=True):
            said = [each.message for each in result.generations]
            labels = [_labelled(message) for message in said]
            Labels(inspector).add([*names(labels), *leaves([each["response_metadata"] for each in labels])], whole=True)
            changes = inspector.check(list(wire.texts(said, "output")), context)
            if changes:
                result = result.model_copy(update={"generations": _replaced(result.generations, changes)})
        return result

    def due(self, chunk: ChatGenerationChunk) -> bool:
        """Whether `push` will scan."""
        return any(state.due(chunk) for state in self._states)

    def push(self, chunk: ChatGenerationChunk) -> list[ChatGenerationChunk]:
        """What may be passed on now. Raises `GuardBlocked`."""
        chunks = [chunk]
        for state in self._states:
            chunks = [out for each in chunks for out in state.push(each)]
        return chunks

    def finish(self) -> list[ChatGenerationChunk]:
        """What is left to pass on. Raises `GuardBlocked`."""
        chunks: list[ChatGenerationChunk] = []
        for state in self._states:
            chunks = [*(out for each in chunks for out in state.push(each)), *state.finish()]
        return chunks


def _labelled(message: Any) -> dict[str, Any]:
    """What of an answer holds names of calls and metadata."""
    fields = {name: getattr(message, name, None) for name in (*wire.FIELDS, "response_metadata")}
    return {**fields, "response_metadata": without(fields["response_metadata"], "logprobs")}


def _replaced(generations: list[Any], changes: Mapping[Place, str]) -> list[Any]:
    """The generations with other texts, and without log probabilities, which say the text token by token."""
    messages = wire.changed([each.message for each in generations], changes)
    new: list[Any] = []
    for at, (old, message) in enumerate(zip(generations, messages, strict=True)):
        if any(place[0] == at for place in changes):
            metadata = without(message.response_metadata, "logprobs")
            info = without(old.generation_info or {}, "logprobs") or None
            old = ChatGeneration(
                message=message.model_copy(update={"response_metadata": metadata}), generation_info=info
            )
        new.append(old)
    return new
