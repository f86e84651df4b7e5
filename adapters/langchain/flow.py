"""The pieces of a stream on their way through a guard. Where they come from is closed when it ends, however it ends."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, aclosing, closing, nullcontext
from typing import Any, Protocol

from guardkit.errors import GuardError

from ..threads import in_thread

__all__ = ["Guarding", "apassed", "passed"]


class Guarding(Protocol):
    """The state of one stream. What it raises, `GuardBlocked` above all, ends the stream."""

    def due(self, piece: Any) -> bool:
        """Whether `push` will scan, which takes milliseconds."""
        ...

    def push(self, piece: Any) -> list[Any]:
        """What may be passed on now."""
        ...

    def finish(self) -> list[Any]:
        """What is left to pass on, once no more comes."""
        ...


def passed(source: Iterator[Any], state: Guarding) -> Generator[Any, None, None]:
    """The pieces that may be passed on."""
    held: AbstractContextManager[Any] = closing(source) if isinstance(source, Generator) else nullcontext()
    with held:
        try:
            for piece in source:
                yield from state.push(piece)
        except GuardError:
            raise
        except Exception:  # the connection dropped: what had come before is not lost
            yield from state.finish()
            raise
        yield from state.finish()


async def apassed(source: AsyncIterator[Any], state: Guarding) -> AsyncGenerator[Any, None]:
    """`passed` for async pieces; what takes long runs on a thread."""
    held: AbstractAsyncContextManager[Any] = aclosing(source) if isinstance(source, AsyncGenerator) else nullcontext()
    async with held:
        try:
            async for piece in source:
                for out in await in_thread(state.push, piece) if state.due(piece) else state.push(piece):
                    yield out
        except GuardError:
            raise
        except Exception:  # the connection dropped: what had come before is not lost
            for out in await in_thread(state.finish):
                yield out
            raise
        for out in await in_thread(state.finish):
            yield out
