"""What a caller gets to see of an answer, as a response of the module that the answer came from: httpx or httpx2."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from datetime import timedelta
from functools import cache
from importlib import import_module
from typing import Any

from guardkit.errors import GuardBlocked, GuardError

from .exchange import JSON, STREAM, Answer, Exchange
from .rewriting import Rewriter
from .threads import in_thread

__all__ = ["BODY_HEADERS", "answered", "carried", "module_of", "raising", "reply", "seen", "seen_async"]

# What described the body as it came, not as it is passed on.
BODY_HEADERS = frozenset({"content-length", "content-encoding", "transfer-encoding"})

CARRIED = "guardkit"  # the extension of a response that is an error


def seen(response: Any, exchange: Exchange) -> Any:
    """What the caller may see of an answer. Raises `GuardBlocked`, and `GuardError` for what cannot be read."""
    if not _is_success(response):
        return response
    if _kind(response) == STREAM:
        return _streaming(response, _body(module_of(response), "SyncByteStream", _Body)(response, exchange))
    content = response.read()
    return _whole(response, exchange.release(content, _kind(response)))


async def seen_async(response: Any, exchange: Exchange) -> Any:
    """`seen` for an async answer."""
    if not _is_success(response):
        return response
    if _kind(response) == STREAM:
        return _streaming(response, _body(module_of(response), "AsyncByteStream", _AsyncBody)(response, exchange))
    content = await response.aread()
    return _whole(response, await in_thread(exchange.release, content, _kind(response)))


def answered(request: Any, answer: Answer) -> Any:
    """A response of our own to this request."""
    return reply(module_of(request), answer, request)


def reply(module: str, answer: Answer, request: Any) -> Any:
    """A response of our own, of the module's class."""
    headers = {"content-type": answer.kind, "x-guardkit": "blocked"}
    kind = import_module(module).Response
    made = kind(answer.status, headers=headers, content=answer.body, request=request)
    made.elapsed = timedelta(0)  # a client that does not read it would not know
    return made


def carried(request: Any, error: GuardError) -> Any:
    """A response that carries the error to where `raising` raises it."""
    response = answered(request, Answer(400, JSON, b"{}"))
    response.extensions = {**response.extensions, CARRIED: error}
    return response


@cache
def raising(kind: type[Any]) -> type[Any]:
    """The class of an SDK's client, of openai or anthropic, which raises what a response carries.

    Such a client takes an exception of its transport for a lost connection: it would try again, and raise another one.
    """

    def error_of(self: Any, response: Any) -> Any:
        found = response.extensions.get(CARRIED)
        return found or super(twin, self)._make_status_error_from_response(response)

    names = {"__module__": kind.__module__, "__qualname__": kind.__qualname__}
    twin: Any = type(kind.__name__, (kind,), {**names, "_make_status_error_from_response": error_of})
    made: type[Any] = twin
    return made


class _Body:
    """The guarded body of a streamed answer. Closing it closes the connection."""

    def __init__(self, response: Any, exchange: Exchange) -> None:
        self._response = response
        self._exchange = exchange

    def __iter__(self) -> Iterator[bytes]:
        rewriter = self._exchange.rewriter()
        try:
            yield from filter(None, self._pieces(rewriter))
        except GuardBlocked as error:
            self._response.close()
            yield self._exchange.stop(error, rewriter)

    def _pieces(self, rewriter: Rewriter) -> Iterator[bytes]:
        try:
            for chunk in self._response.iter_bytes():
                for step in rewriter.feed(chunk):
                    yield rewriter.step(step)
        except GuardError:
            raise
        except Exception:  # the connection dropped: what had come before is not lost
            yield rewriter.close()
            raise
        for step in rewriter.rest():
            yield rewriter.step(step)
        yield rewriter.close()

    def close(self) -> None:
        self._response.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._response.stream, name)  # what a client's tracing has hung on the stream


class _AsyncBody:
    """The guarded body of a streamed async answer. Closing it closes the connection."""

    def __init__(self, response: Any, exchange: Exchange) -> None:
        self._response = response
        self._exchange = exchange

    async def __aiter__(self) -> AsyncIterator[bytes]:
        rewriter = self._exchange.rewriter()
        try:
            async with aclosing(self._pieces(rewriter)) as pieces:
                async for piece in pieces:
                    if piece:
                        yield piece
        except GuardBlocked as error:
            await self._response.aclose()
            yield self._exchange.stop(error, rewriter)

    async def _pieces(self, rewriter: Rewriter) -> AsyncGenerator[bytes, None]:
        try:
            async with aclosing(self._response.aiter_bytes()) as chunks:
                async for chunk in chunks:
                    for step in rewriter.feed(chunk):
                        yield await in_thread(rewriter.step, step) if rewriter.due(step) else rewriter.step(step)
        except GuardError:
            raise
        except Exception:  # the connection dropped: what had come before is not lost
            yield await in_thread(rewriter.close)
            raise
        for step in rewriter.rest():
            yield await in_thread(rewriter.step, step)
        yield await in_thread(rewriter.close)

    async def aclose(self) -> None:
        await self._response.aclose()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._response.stream, name)  # what a client's tracing has hung on the stream


@cache
def _body(module: str, base: str, kind: type[Any]) -> type[Any]:
    """A body that the module takes for one of its own."""
    return type(kind.__name__, (kind, getattr(import_module(module), base)), {})


def module_of(value: object) -> str:
    """The name of the module, httpx or httpx2, that a request, response or client comes from."""
    names = (kind.__module__.partition(".")[0] for kind in type(value).__mro__)
    return next(name for name in names if name in ("httpx", "httpx2"))


def _is_success(response: Any) -> bool:
    return 200 <= int(response.status_code) < 300


def _kind(response: Any) -> str:
    return str(response.headers.get("content-type", JSON)).partition(";")[0].strip().lower()


def _remade(response: Any, **body: Any) -> Any:
    headers = [pair for pair in response.headers.multi_items() if pair[0].lower() not in BODY_HEADERS]
    request = getattr(response, "_request", None)
    kind = import_module(module_of(response)).Response
    made = kind(response.status_code, headers=headers, extensions=response.extensions, request=request, **body)
    if hasattr(response, "_elapsed"):
        made.elapsed = response.elapsed
    return made


def _streaming(response: Any, body: Any) -> Any:
    return _remade(response, stream=body)


def _whole(response: Any, content: bytes) -> Any:
    if hasattr(response, "_elapsed"):
        return _remade(response, content=content)
    # It is on its way to a client, which reads it and says how long that took, or hands it on to be read in pieces.
    made = _remade(response, stream=import_module(module_of(response)).ByteStream(content))
    made.headers["content-length"] = str(len(content))
    return made
