"""The routes."""

from __future__ import annotations

import gc
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from guardkit.adapters.litellm.endpoint import PATH, guardrail_api
from guardkit.guard import Guard
from guardkit.verdict import Verdict

from .document import document
from .gate import Gate, Places
from .playground import PAGE, POLICY
from .problem import Problem
from .question import BATCH, CHECK, Table, body, checks
from .service import Service
from .settings import Settings

__all__ = ["app"]

JSON = "application/json"
Handler = Callable[[bytes], Awaitable[Response]]  # from the whole body


def app(settings: Settings | None = None, *, patient: bool = False) -> Starlette:
    """The application of the server; `app.state.service` is its `Service`. Raises `GuardError` for wrong settings.

    It needs the lifespan protocol: with it the model is loaded, and the queue is emptied in the end. While the model
    loads, requests are told to come back; a `patient` application does not start before it has the model, which is for
    one process of several: the others answer in the meantime.
    """
    service = Service(settings or Settings())
    places = Places(service.settings.requests, service.settings.volume, service.metrics)
    answers = _Answers(service)

    def gated(path: str, inner: ASGIApp, method: str) -> Route:
        return Route(path, Gate(path, service, places, inner), methods=[method])

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        service.start()
        if patient:
            await service.loaded()
            gc.collect()
            gc.freeze()  # what is loaded stays: the collector need not look at it again and again
        yield
        await service.stop()

    routes = [
        gated("/v1/check", _handled(answers.check), "POST"),
        gated("/v1/check:batch", _handled(answers.batch), "POST"),
        gated(PATH, _LiteLLM(service), "POST"),
        gated("/metrics", _handled(answers.metrics), "GET"),
        Route("/healthz", _alive),
        Route("/readyz", answers.ready),
        Route("/openapi.json", answers.openapi),
        Route("/", _playground),
    ]
    made = Starlette(routes=routes, lifespan=lifespan, exception_handlers={HTTPException: _refused})
    made.router.redirect_slashes = False  # a redirect would repeat what the client wrote
    made.state.service = service
    return made


class _Answers:
    """What the routes say that need the service."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._document = json.dumps(document(service))

    async def check(self, content: bytes) -> Response:
        (verdict,) = await self._verdicts(content, CHECK)
        return Response(verdict.to_json(), media_type=JSON)  # in ASCII: a verdict may hold lone surrogates

    async def batch(self, content: bytes) -> Response:
        verdicts = await self._verdicts(content, BATCH)
        return Response(f'{{"verdicts": [{", ".join(one.to_json() for one in verdicts)}]}}', media_type=JSON)

    async def metrics(self, _: bytes) -> Response:
        return Response(self._service.metrics.page(), headers={"content-type": self._service.metrics.kind})

    async def ready(self, _: Request) -> Response:
        if self._service.phase == "ready":
            return Response('{"status": "ready"}', media_type=JSON)
        return Problem("not_ready", self._service.reason).response()

    async def openapi(self, _: Request) -> Response:
        return Response(self._document, media_type=JSON)

    async def _verdicts(self, content: bytes, table: Table) -> list[Verdict]:
        service = self._service
        asked = body(content, table)
        return await service.intake.ask(checks(asked, service.guard, service.policies, service.settings.most))


class _LiteLLM:
    """LiteLLM's guardrail API on the server's guard, once there is one; its checks run on threads of their own."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._made: tuple[Guard, ASGIApp] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        guard = self._service.guard
        if self._made is None or self._made[0] is not guard:
            self._made = guard, guardrail_api(guard, limit=self._service.settings.body).router  # errors: the gate's
        await self._made[1](scope, receive, send)


async def _alive(_: Request) -> Response:
    return Response('{"status": "alive"}', media_type=JSON)


async def _playground(_: Request) -> Response:
    return Response(PAGE, headers=POLICY, media_type="text/html")


def _handled(handler: Handler) -> ASGIApp:
    """A handler behind the gate, from which the whole body comes in one piece."""

    async def handled(scope: Scope, receive: Receive, send: Send) -> None:
        response = await handler((await receive())["body"])
        await response(scope, receive, send)

    return handled


async def _refused(request: Request, error: Exception) -> Response:
    """Starlette's own refusals: no such path, no such method."""
    if isinstance(error, HTTPException) and error.status_code == 405:
        allowed = dict(error.headers or {})
        return Problem("method_not_allowed", "this path takes another method: see the Allow header", allowed).response()
    return Problem("not_found", "there is nothing at this path: GET /openapi.json lists what there is").response()
