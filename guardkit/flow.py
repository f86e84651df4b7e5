"""Iterators over guarded chunks, which close where the chunks come from."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Generator, Iterable, Iterator
from concurrent.futures import Executor
from inspect import isawaitable
from typing import Any

from guardkit.errors import InputError
from guardkit.stream import StreamGuard
from guardkit.verdict import Verdict

__all__ = ["AsyncDriven", "AsyncGuardedStream", "Driven", "GuardedStream", "guarded"]


class Driven(Iterator[Any]):
    """Chunks whose source is told, at its next step, what was `sent` or `thrown`; `value` is what it has returned."""

    def __init__(self, chunks: Iterator[Any]) -> None:
        self._chunks: Any = chunks
        self.sent: Any = None
        self.thrown: BaseException | None = None
        self.value: Any = None

    def __next__(self) -> Any:
        sent, self.sent = self.sent, None
        thrown, self.thrown = self.thrown, None
        try:
            if thrown is not None:
                return _thrower(self._chunks, "throw", thrown)(thrown)
            return next(self._chunks) if sent is None else self._chunks.send(sent)
        except StopIteration as stop:
            self.value = stop.value
            raise

    def close(self) -> None:
        _close(self._chunks)


class AsyncDriven(AsyncIterator[Any]):
    """`Driven` for async chunks, which return nothing."""

    def __init__(self, chunks: AsyncIterator[Any]) -> None:
        self._chunks: Any = chunks
        self.sent: Any = None
        self.thrown: BaseException | None = None

    async def __anext__(self) -> Any:
        sent, self.sent = self.sent, None
        thrown, self.thrown = self.thrown, None
        if thrown is not None:
            return await _thrower(self._chunks, "athrow", thrown)(thrown)
        return await (anext(self._chunks) if sent is None else self._chunks.asend(sent))

    async def aclose(self) -> None:
        await _aclose(self._chunks)


class GuardedStream(Iterator[str]):
    """The guarded chunks. `verdict` is the worst so far; `close` ends it and closes where the chunks come from."""

    def __init__(self, chunks: Iterable[str], state: StreamGuard) -> None:
        self._chunks = chunks
        self._state = state
        self._steps = _steps(chunks, state)

    def __next__(self) -> str:
        return next(self._steps)

    @property
    def verdict(self) -> Verdict | None:
        return self._state.verdict

    def close(self) -> None:
        self._steps.close()
        _close(self._chunks)


class AsyncGuardedStream(AsyncIterator[str]):
    """The guarded chunks. `verdict` is the worst so far; `aclose` ends it and closes where the chunks come from."""

    def __init__(self, chunks: AsyncIterable[str], state: StreamGuard, pool: Executor) -> None:
        self._chunks = chunks
        self._state = state
        self._steps = _async_steps(chunks, state, pool)

    async def __anext__(self) -> str:
        return await anext(self._steps)

    @property
    def verdict(self) -> Verdict | None:
        return self._state.verdict

    async def aclose(self) -> None:
        await self._steps.aclose()
        await _aclose(self._chunks)


def guarded(
    chunks: Iterable[str] | AsyncIterable[str], state: StreamGuard, pool: Executor
) -> GuardedStream | AsyncGuardedStream:
    """The iterator of the matching kind. Scans of an async one run in the pool. Raises `InputError` for neither."""
    if isinstance(chunks, AsyncIterable):
        return AsyncGuardedStream(chunks, state, pool)
    if isinstance(chunks, str | bytes) or not isinstance(chunks, Iterable):
        raise InputError(f"expected an iterable or async iterable of str, not {type(chunks).__name__}")
    return GuardedStream(chunks, state)


# These are functions, not methods: a generator that held its iterator would keep it, and the source, from being closed
# when the caller leaves the loop.
def _steps(chunks: Iterable[str], state: StreamGuard) -> Generator[str, None, None]:
    try:
        for chunk in chunks:
            if out := state.push(chunk):
                yield out
        if out := state.finish():
            yield out
    finally:
        _close(chunks)


async def _async_steps(chunks: AsyncIterable[str], state: StreamGuard, pool: Executor) -> AsyncGenerator[str, None]:
    loop = asyncio.get_running_loop()
    try:
        async for chunk in chunks:
            if isinstance(chunk, str) and state.due(chunk):
                out = await loop.run_in_executor(pool, state.push, chunk)
            else:
                out = state.push(chunk)
            if out:
                yield out
        if out := await loop.run_in_executor(pool, state.finish):
            yield out
    finally:
        await _aclose(chunks)


def _thrower(chunks: Any, name: str, error: BaseException) -> Any:
    """What throws into these chunks. Raises the error itself for an iterator that nothing can be thrown into."""
    throw = getattr(chunks, name, None)
    if throw is None:
        raise error
    return throw


def _close(source: object) -> None:
    close = getattr(source, "close", None)
    if callable(close):
        close()


async def _aclose(source: object) -> None:
    close = getattr(source, "aclose", None) or getattr(source, "close", None)
    done = close() if callable(close) else None
    if isawaitable(done):
        await done
