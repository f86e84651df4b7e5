"""The guard as a step of a chain."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterator
from contextlib import aclosing
from functools import reduce
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from guardkit.decide import Policy
from guardkit.errors import GuardBlocked, InputError
from guardkit.guard import Guard
from guardkit.stream import HOLD, Mode, StreamGuard
from guardkit.verdict import CHANNELS, Channel

from ..extra import framework
from ..inspection import NOTHING, Inspector, OnVerdict
from ..threads import in_thread
from .chunks import Chunks
from .flow import apassed, passed
from .model import guarded
from .values import changed, head, texts

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessageChunk
    from langchain_core.outputs import ChatGenerationChunk
    from langchain_core.runnables import Runnable, RunnableConfig
else:
    BaseMessageChunk = framework("langchain_core.messages", "langchain").BaseMessageChunk
    ChatGenerationChunk = framework("langchain_core.outputs", "langchain").ChatGenerationChunk
    Runnable = framework("langchain_core.runnables", "langchain").Runnable

__all__ = ["GuardRunnable"]

M = TypeVar("M")


class GuardRunnable(Runnable[Any, Any]):
    """A step that passes on what it is given, or raises `GuardBlocked`. Immutable; two with equal settings are equal.

        guard = GuardRunnable(Guard())
        chain = prompt | guard | model | StrOutputParser() | GuardRunnable(Guard(), "output")

    It takes strings, messages, prompts, documents, and lists and mappings of them. A message is checked on the channel
    of its role, a document as one, all else on `channel`. What is redacted is replaced in new objects. A stream of
    strings or of message chunks is passed on as it comes, by `mode` and `hold`; of anything else, once it is complete.

    A step sees neither the system prompt of an answer nor what is bound to the model: `wrap` does. It has to be the
    model itself that is wrapped where its events are read as well, for a later step does not change what it reports.
    """

    def __init__(
        self,
        guard: Guard,
        channel: Channel = "user",
        *,
        mode: Mode = "window",
        hold: int = HOLD,
        policy: Policy | str | Path | None = None,
        on_verdict: OnVerdict | None = None,
    ) -> None:
        if channel not in CHANNELS:
            raise InputError(f"channel is {channel!r}: expected one of {', '.join(CHANNELS)}")
        self._inspector = Inspector(guard, policy=policy, mode=mode, hold=hold, on_verdict=on_verdict)
        self._channel: Channel = channel

    def __repr__(self) -> str:
        return f"GuardRunnable(channel={self._channel!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, GuardRunnable):
            return False
        return (self._channel, self._inspector) == (other._channel, other._inspector)

    def __hash__(self) -> int:
        return hash((self._channel, self._inspector))

    def wrap(self, model: M) -> M:
        """The chat model, guarded with the same settings. See `guard_model`."""
        return guarded(model, self._inspector)

    def invoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Any:
        """The value, or a new one where something was redacted. Raises `GuardBlocked`."""
        changes = self._inspector.check(list(texts(input, self._channel, head(input))))
        return changed(input, {place[1:]: text for place, text in changes.items()})

    async def ainvoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Any:
        """`invoke` on a thread."""
        return await in_thread(self.invoke, input)

    # Not through LangChain's own way of transforming, which reads a stream to its end when the caller leaves it.
    def transform(
        self, input: Iterator[Any], config: RunnableConfig | None = None, **kwargs: Any
    ) -> Generator[Any, None, None]:
        """The pieces that may be passed on. Raises `GuardBlocked`."""
        yield from passed(input, _Pieces(self))

    async def atransform(
        self, input: AsyncIterator[Any], config: RunnableConfig | None = None, **kwargs: Any
    ) -> AsyncGenerator[Any, None]:
        """`transform` for async pieces."""
        async with aclosing(apassed(input, _Pieces(self))) as pieces:
            async for piece in pieces:
                yield piece


class _Pieces:
    """The state of one stream: of strings, of message chunks, or of other values, which wait for the end."""

    def __init__(self, step: GuardRunnable) -> None:
        self._step = step
        self._inspector = step._inspector
        self._text: StreamGuard = step._inspector.stream(NOTHING, step._channel)
        self._chunks = Chunks(step._inspector, NOTHING)
        self._values: list[Any] = []
        self._kind: type[Any] | None = None

    def due(self, piece: Any) -> bool:
        """Whether `push` will scan."""
        if isinstance(piece, str):
            return self._text.due(piece)
        return isinstance(piece, BaseMessageChunk) and self._chunks.due(ChatGenerationChunk(message=piece))

    def push(self, piece: Any) -> list[Any]:
        """What may be passed on now. Raises `GuardBlocked`, and `InputError` where the kind changes."""
        kind = next((kind for kind in (str, BaseMessageChunk) if isinstance(piece, kind)), object)
        if self._kind not in (None, kind):
            raise InputError(f"a stream is of one kind: {type(piece).__name__} came after something else")
        self._kind = kind
        if kind is str:
            return self._said(self._text.push, piece)
        if kind is BaseMessageChunk:
            return [each.message for each in self._chunks.push(ChatGenerationChunk(message=piece))]
        self._values.append(piece)
        return []

    def finish(self) -> list[Any]:
        """What is left to pass on. Raises `GuardBlocked`."""
        if self._kind is BaseMessageChunk:
            return [each.message for each in self._chunks.finish()]
        if self._kind is str:
            out = self._said(self._text.finish)
            self._inspector.report(self._text.verdict)
            return out
        return [self._step.invoke(value) for value in _joined(self._values)]

    def _said(self, step: Callable[..., str], *args: str) -> list[str]:
        try:
            out = step(*args)
        except GuardBlocked as error:
            self._inspector.report(error.verdict)
            raise
        return [out] if out else []


def _joined(values: list[Any]) -> list[Any]:
    """The pieces of mappings added up, as LangChain's own can be; anything else as it came."""
    if any(not isinstance(value, dict) or not hasattr(value, "__add__") for value in values):
        return values
    return [reduce(add, values)] if values else []
