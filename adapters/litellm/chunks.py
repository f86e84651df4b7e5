"""A streamed answer of LiteLLM, guarded: objects in, objects of the same classes out."""

from __future__ import annotations

import inspect
import json
import types
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, aclosing, closing
from functools import lru_cache
from typing import Any

from guardkit.errors import GuardBlocked, GuardError

from ..exchange import Exchange
from ..extra import framework
from ..rewriting import Step
from ..sse import Events, encoded
from ..threads import in_thread
from ..wire import Claude, Gemini, Responses
from .objects import altered, chunk, plain

__all__ = ["Chunks", "GuardedStream", "aguarded", "guarded_stream", "refused_stream", "said"]

Within = Callable[[], AbstractContextManager[object]]


class Chunks:
    """The state of one stream: takes each chunk and gives those that may be passed on. No I/O, not thread-safe.

    A chunk of which nothing had to be held back is the object that came. Bytes and str, as `anthropic_messages` and
    the proxy have them, are server-sent events.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._rewriter = exchange.rewriter()
        self._last: Any = None

    def steps(self, item: Any) -> Iterator[Step]:
        """The events of a chunk, to be given to `step` one by one."""
        self._last = item
        raw = item.encode() if isinstance(item, str) else item
        if not isinstance(raw, bytes):
            raw = encoded(plain(item), named=False)
        return self._rewriter.feed(raw)

    def due(self, step: Step) -> bool:
        """Whether `step` will scan, which takes milliseconds."""
        return self._rewriter.due(step)

    def step(self, step: Step) -> list[Any]:
        """What may be passed on now. Raises `GuardBlocked`, and `GuardError` for what cannot be read."""
        out = self._rewriter.step(step)
        if isinstance(self._last, bytes | str):
            return self._made(out)
        *before, own = _data(out)
        return [*self._objects(before), altered(self._last, step.data, own)]

    def rest(self) -> list[Any]:
        """All that is still held back, once no more comes."""
        out = b"".join(map(self._rewriter.step, self._rewriter.rest()))
        return self._made(out + self._rewriter.close())

    def stop(self, error: GuardBlocked) -> list[Any]:
        """The end of a stream that is blocked in the middle. Raises the error itself for on_block="raise"."""
        return self._made(self._exchange.stop(error, self._rewriter))

    def _made(self, out: bytes) -> list[Any]:
        if isinstance(self._last, bytes | str):
            return [out if isinstance(self._last, bytes) else out.decode()] if out else []
        return self._objects(_data(out))

    def _objects(self, found: Iterable[Mapping[str, Any]]) -> list[Any]:
        return [chunk(self._exchange.wire, data, self._last) for data in found]


class GuardedStream:
    """The guarded chunks, sync and async, with the attributes of the stream that they come from.

    Closing it, leaving its `with`, or a block closes where the chunks come from.
    """

    _source: Any
    _steps: Generator[Any, None, None]
    _asteps: AsyncGenerator[Any, None]

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        return next(self._steps)

    def __aiter__(self) -> AsyncIterator[Any]:
        return self

    async def __anext__(self) -> Any:
        return await anext(self._asteps)

    def __enter__(self) -> GuardedStream:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    async def __aenter__(self) -> GuardedStream:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.aclose()

    def close(self) -> None:
        self._steps.close()
        _close(self._source)

    async def aclose(self) -> None:
        await self._asteps.aclose()
        await _aclose(self._source)


def guarded_stream(source: Any, exchange: Exchange, within: Within) -> Any:
    """The guarded stream, an instance of the source's class too. `within` is entered whenever a chunk is asked for."""
    return _stream(source, type(source), guarded(source, exchange, within), aguarded(source, exchange, within))


def refused_stream(exchange: Exchange, body: bytes) -> Any:
    """A stream of our own, of a call that has not been made."""
    chunks = said(exchange, body)

    def steps() -> Generator[Any, None, None]:
        yield from chunks

    async def asteps() -> AsyncGenerator[Any, None]:
        for each in chunks:
            yield each

    litellm = framework("litellm", "litellm")
    if isinstance(exchange.wire, Claude):
        return asteps()
    if isinstance(exchange.wire, Gemini):
        return _stream(None, types.GeneratorType, steps(), asteps())
    if isinstance(exchange.wire, Responses):
        kind = framework("litellm.responses.streaming_iterator", "litellm").BaseResponsesAPIStreamingIterator
    else:
        kind = litellm.CustomStreamWrapper
    stream = _stream(None, kind, steps(), asteps())
    stream.__dict__.update(model=exchange.asked.get("model"), custom_llm_provider=None, logging_obj=None, chunks=[])
    stream.__dict__.update(_hidden_params={}, completed_response=None)
    return stream


def said(exchange: Exchange, body: bytes) -> list[Any]:
    """The chunks of server-sent events of our own."""
    if isinstance(exchange.wire, Claude | Gemini):
        return [body]
    return [chunk(exchange.wire, data) for data in _data(body)]


def guarded(source: Iterable[Any], exchange: Exchange, within: Within) -> Generator[Any, None, None]:
    """The guarded chunks. Raises `GuardBlocked`, `GuardError`, and what the source raises."""
    chunks = Chunks(exchange)
    try:
        with closing(_pieces(source, chunks, within)) as pieces:
            yield from pieces
    except GuardBlocked as error:
        _close(source)
        yield from chunks.stop(error)
    except (GuardError, GeneratorExit):
        _close(source)
        raise


async def aguarded(source: Any, exchange: Exchange, within: Within) -> AsyncGenerator[Any, None]:
    """`guarded` for an async source. Scans run on threads, beside the event loop."""
    chunks = Chunks(exchange)
    try:
        async with aclosing(_apieces(source, chunks, within)) as pieces:
            async for piece in pieces:
                yield piece
    except GuardBlocked as error:
        await _aclose(source)
        for piece in chunks.stop(error):
            yield piece
    except (GuardError, GeneratorExit):
        await _aclose(source)
        raise


def _pieces(source: Iterable[Any], chunks: Chunks, within: Within) -> Generator[Any, None, None]:
    items = iter(source)
    while True:
        try:
            with within():
                item = next(items)
        except StopIteration:
            break
        except Exception:  # the connection dropped: what had come before is not lost
            yield from chunks.rest()
            raise
        for step in chunks.steps(item):
            yield from chunks.step(step)
    yield from chunks.rest()


async def _apieces(source: Any, chunks: Chunks, within: Within) -> AsyncGenerator[Any, None]:
    items = aiter(source)
    while True:
        try:
            with within():
                item = await anext(items)
        except StopAsyncIteration:
            break
        except Exception:  # the connection dropped: what had come before is not lost
            for piece in await in_thread(chunks.rest):
                yield piece
            raise
        for step in chunks.steps(item):
            for piece in await in_thread(chunks.step, step) if chunks.due(step) else chunks.step(step):
                yield piece
    for piece in await in_thread(chunks.rest):
        yield piece


def _stream(source: Any, kind: Any, steps: Any, asteps: Any) -> Any:
    made = _kind(kind)
    stream = object.__new__(made)
    stream.__dict__.update(getattr(source, "__dict__", {}))
    if "chunks" in stream.__dict__:
        stream.chunks = []  # the source's hold what is not passed on
    stream._source, stream._steps, stream._asteps = source, steps, asteps
    return stream


@lru_cache(maxsize=64)  # the router defines classes of streams anew at every call
def _kind(base: Any) -> Any:
    """The class of a guarded stream: one of the base's as well, unless that cannot be inherited from."""
    if issubclass(base, types.GeneratorType | types.AsyncGeneratorType):
        return GuardedStream
    names = {"__module__": base.__module__, "__qualname__": base.__qualname__}
    return types.new_class(base.__name__, (GuardedStream, base), exec_body=lambda space: space.update(names))


def _data(out: bytes) -> Iterator[Mapping[str, Any]]:
    events = Events()
    for event in (*events.feed(out), *events.close()):
        if event.data is not None and event.data.strip() != "[DONE]":
            yield json.loads(event.data)


def _close(source: Any) -> None:
    """Closes a stream by its own method, or that of the stream or response which it reads."""
    for each in (source, getattr(source, "completion_stream", None), getattr(source, "response", None)):
        if callable(close := getattr(each, "close", None)):
            close()
            return


async def _aclose(source: Any) -> None:
    for each in (source, getattr(source, "completion_stream", None), getattr(source, "response", None)):
        close = getattr(each, "aclose", None) or getattr(each, "close", None)
        if callable(close):
            done = close()
            if inspect.isawaitable(done):
                await done
            return
