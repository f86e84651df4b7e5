"""The way into a route: key, place, body, time, and a client that still waits. A refusal costs next to nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .metrics import Metrics
from .problem import Problem
from .service import LOG, Service

__all__ = ["Gate", "Places"]

SOON = 0.05  # seconds before it is looked whether the client is still there
GONE = 499  # in the metrics: the client closed the connection before its answer


class Places:
    """How much may be under way at once, in requests and in bytes: the bound of the server's memory."""

    def __init__(self, requests: int, volume: int, metrics: Metrics) -> None:
        self._requests: Final = requests
        self._volume: Final = volume
        self._taken = self._bytes = 0
        metrics.follow("guardkit_requests_in_flight", "Requests that are being served.", lambda: self._taken)

    @contextmanager
    def take(self, size: int) -> Iterator[None]:
        """A place for a request with a body of `size` bytes. Raises `Problem` if there is none."""
        if self._taken >= self._requests:
            raise Problem("busy", f"the server is serving {self._requests} requests, as many as it takes on")
        if self._bytes + size > self._volume:
            raise Problem("busy", f"the server holds as many bytes of requests as it takes on ({self._volume})")
        self._move(1, size)
        try:
            yield
        finally:
            self._move(-1, -size)

    def _move(self, requests: int, size: int) -> None:
        self._taken += requests
        self._bytes += size


class Gate:
    """An ASGI application in front of another, for one route."""

    def __init__(self, path: str, service: Service, places: Places, app: ASGIApp) -> None:
        self._path: Final = path
        self._service: Final = service
        self._places: Final = places
        self._app: Final = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request. Every one gets exactly one answer, unless its client is gone."""
        started = time.monotonic()
        status, counted = 0, False

        async def answer(message: Message) -> None:
            nonlocal status, counted
            if message["type"] == "http.response.start":
                status = message["status"]
            elif not message.get("more_body", False) and not counted:
                counted = True  # before the last of it is sent: who has the answer finds it in the metrics
                self._service.metrics.served(self._path, status, time.monotonic() - started)
            await send(message)

        try:
            headers = Headers(scope=scope)
            self._service.keys.require(headers)
            with self._place(scope, headers):
                await self._answered(scope, receive, answer)
        except Problem as problem:
            LOG.info("%s %s: %s", self._path, problem.status, problem.kind)
            if not status:
                await problem.response()(scope, receive, answer)
        except Exception as error:  # a bug: its message, and the values of its frames, may hold the text
            LOG.error("%s: %s", self._path, _place(error))
            if not status:
                bug = Problem("internal", f"a bug in guardkit: {type(error).__name__}. The text was not checked")
                await bug.response()(scope, receive, answer)
        finally:
            if not counted:
                self._service.metrics.served(self._path, status or GONE, time.monotonic() - started)

    def _place(self, scope: Scope, headers: Headers) -> AbstractContextManager[None]:
        """A place for the body that the client says it sends, or for the largest if it does not say.

        What brings no text needs none, so that a full server can still be asked for its metrics. Its body is not read.
        """
        if scope["method"] != "POST":
            return nullcontext()
        limit = self._service.settings.body
        said = headers.get("content-length", "")
        known = said.isdecimal() and len(said) < 20
        size = int(said) if known else limit if "transfer-encoding" in headers else 0
        if size > limit:
            raise _too_large(limit)
        return self._places.take(size)

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Runs the application on the whole body, to its end, to the end of its time, or until the client is gone."""
        limit = self._service.settings.timeout
        watch: _Watch | None = None
        try:
            async with asyncio.timeout(limit) as clock:
                body = await self._body(receive) if scope["method"] == "POST" else b""
                if body is not None:
                    watch = _Watch(receive, clock)
                    await self._app(scope, _replay(body), send)
        except TimeoutError:
            if not clock.expired():  # the application's own
                raise
            if watch is None:
                raise Problem("slow_body", f"the body did not arrive within {limit:g} s") from None
            if not watch.gone:
                raise Problem(
                    "timeout", f"there was no verdict within {limit:g} s: treat the text as not checked"
                ) from None
        finally:
            if watch is not None:
                watch.end()

    async def _body(self, receive: Receive) -> bytes | None:
        """The body; None where the client is gone."""
        limit = self._service.settings.body
        whole = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            whole += message.get("body", b"")
            more = message.get("more_body", False)
            if len(whole) > limit:
                raise _too_large(limit)
        return bytes(whole)


class _Watch:
    """Looks after the client of a request that takes long, and ends its time once the client is gone.

    Most answers are there before it is worth a task.
    """

    def __init__(self, receive: Receive, clock: asyncio.Timeout) -> None:
        self.gone = False
        self._receive: Final = receive
        self._clock: Final = clock
        self._loop: Final = asyncio.get_running_loop()
        self._task: asyncio.Task[None] | None = None
        self._timer: Final = self._loop.call_later(SOON, self._begin)

    def end(self) -> None:
        """Nobody is looked after any more."""
        self._timer.cancel()
        if self._task is not None:
            self._task.cancel()

    def _begin(self) -> None:
        self._task = self._loop.create_task(self._look())

    async def _look(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.gone = True
        if not self._clock.expired():  # else its end is under way, and may take a while
            self._clock.reschedule(self._loop.time())


def _replay(body: bytes) -> Receive:
    waiting = [body]

    async def receive() -> Message:
        if not waiting:
            await asyncio.Event().wait()  # the gate looks after the client; who waits here is cancelled
        return {"type": "http.request", "body": waiting.pop(), "more_body": False}

    return receive


def _too_large(limit: int) -> Problem:
    return Problem("too_large", f"the body has more than {limit} bytes: send less, or split it")


def _place(error: BaseException) -> str:
    """Where it was raised, without a word of what it says."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "" if trace is None else f" at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
    return f"{type(error).__name__}{where}"
