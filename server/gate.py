"""The way into a route: key, place, body, time, and a client that still waits. A refusal costs next to nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Final

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
        self._metrics: Final = metrics
        self._taken = self._bytes = 0

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
        self._metrics.serving.set(self._taken)


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
        deadline = started + self._service.settings.timeout
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
            self._service.keys.require(Headers(scope=scope))
            with self._place(scope):
                body = await self._body(receive, deadline)
                if body is not None:
                    await self._answered(_run(self._app, scope, body, answer), receive, deadline)
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

    def _place(self, scope: Scope) -> AbstractContextManager[None]:
        """A place for the body that the client says it sends, or for the largest if it does not say.

        What brings no text needs none, so that a full server can still be asked for its metrics.
        """
        if scope["method"] != "POST":
            return nullcontext()
        limit = self._service.settings.body
        headers = Headers(scope=scope)
        said = headers.get("content-length", "")
        known = said.isdecimal() and len(said) < 20
        size = int(said) if known else limit if "transfer-encoding" in headers else 0
        if size > limit:
            raise _too_large(limit)
        return self._places.take(size)

    async def _body(self, receive: Receive, deadline: float) -> bytes | None:
        """The body; None where the client is gone."""
        limit = self._service.settings.body
        whole = bytearray()
        more = True
        try:
            async with asyncio.timeout_at(_loop_time(deadline)):
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return None
                    whole += message.get("body", b"")
                    more = message.get("more_body", False)
                    if len(whole) > limit:
                        raise _too_large(limit)
        except TimeoutError:
            raise Problem("slow_body", f"the body did not arrive within {self._service.settings.timeout:g} s") from None
        return bytes(whole)

    async def _answered(self, app: Coroutine[Any, Any, None], receive: Receive, deadline: float) -> None:
        """Runs the application to its end, to the end of its time, or until the client is gone."""
        serving = asyncio.ensure_future(app)
        watching = [serving]
        try:
            # Most answers are there before it is worth a task to look after the client.
            await asyncio.wait(watching, timeout=min(SOON, _rest(deadline)))
            if not serving.done():
                watching.append(asyncio.ensure_future(_left(receive)))
                await asyncio.wait(watching, timeout=_rest(deadline), return_when=asyncio.FIRST_COMPLETED)
            if serving.done():
                serving.result()
            elif not watching[-1].done():
                limit = self._service.settings.timeout
                raise Problem("timeout", f"there was no verdict within {limit:g} s: treat the text as not checked")
        finally:
            unfinished = [task for task in watching if task.cancel()]
            if unfinished:
                await asyncio.wait(unfinished)  # so that nothing of it runs when the place is given up


async def _run(app: ASGIApp, scope: Scope, body: bytes, send: Send) -> None:
    await app(scope, _replay(body), send)


def _replay(body: bytes) -> Receive:
    waiting = [body]

    async def receive() -> Message:
        if not waiting:
            await asyncio.Event().wait()  # the gate looks after the client; who waits here is cancelled
        return {"type": "http.request", "body": waiting.pop(), "more_body": False}

    return receive


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _too_large(limit: int) -> Problem:
    return Problem("too_large", f"the body has more than {limit} bytes: send less, or split it")


def _place(error: BaseException) -> str:
    """Where it was raised, without a word of what it says."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "" if trace is None else f" at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
    return f"{type(error).__name__}{where}"


def _rest(deadline: float) -> float:
    return max(deadline - time.monotonic(), 0)


def _loop_time(deadline: float) -> float:
    return asyncio.get_running_loop().time() + deadline - time.monotonic()
