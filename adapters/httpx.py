"""The guard in the transport of an HTTP client, for httpx and httpx2 alike, sync and async.

    client = guard_client(httpx.Client(), Guard())

Requests of known wire formats (OpenAI chat completions, Responses and completions, Anthropic messages, Gemini) are
checked before they are sent, and their answers, JSON or server-sent events, before they are seen. All else passes as it
is: other paths, answers with an error status, embeddings, files, batches that are uploaded, and websockets, which have
no transport. Nothing is imported but the module that the client comes from.
"""

from __future__ import annotations

import copy
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar, cast

from guardkit.decide import Policy
from guardkit.errors import GuardBlocked, GuardError, InputError
from guardkit.guard import Guard
from guardkit.stream import HOLD, Mode

from .exchange import Exchange, OnBlock, require_on_block
from .inspection import Inspector, OnVerdict
from .response import BODY_HEADERS, answered, carried, module_of, seen, seen_async
from .threads import in_thread
from .wire import wire_of

__all__ = ["AsyncGuardTransport", "GuardTransport", "guard_client", "guarded", "guarded_like"]

C = TypeVar("C")
WIRE = "guardkit.wire"  # in a request's extensions: the format of the call that was redirected to it


def guard_client(
    client: C,
    guard: Guard,
    *,
    on_block: OnBlock = "raise",
    mode: Mode = "window",
    hold: int = HOLD,
    policy: Policy | str | Path | None = None,
    on_verdict: OnVerdict | None = None,
) -> C:
    """A guarded copy of an httpx or httpx2 client, sync or async. It shares the connections of the one given.

    `on_block`: "raise" `GuardBlocked` through the client as it is; "refusal" answers with a valid completion that says
    no; "http400" answers with that status. `mode` and `hold` are those of `Guard.stream`. `on_verdict` is called with
    every verdict that is not "allow". Guarding a guarded client with the same settings returns it unchanged.
    """
    require_on_block(on_block)
    return guarded(client, Inspector(guard, policy=policy, mode=mode, hold=hold, on_verdict=on_verdict), on_block)


class _Transport:
    """What both transports are: an inner one, and how to guard it. Two that guard alike are told by `guards`."""

    def __init__(
        self,
        inner: Any,
        inspector: Inspector,
        on_block: OnBlock = "raise",
        *,
        owner: object = None,
        carry: bool = False,
    ) -> None:
        self.inner = inner
        self.inspector = inspector
        self.on_block: OnBlock = on_block
        self.carry = carry  # errors go in a response, for `raising`
        self._owner = owner  # a client that closes its connections when nobody refers to it any more

    def guards(self, inspector: Inspector, on_block: OnBlock) -> bool:
        """Whether these settings are in force already, here or further in."""
        if (self.inspector, self.on_block) == (inspector, on_block):
            return True
        return isinstance(self.inner, _Transport) and self.inner.guards(inspector, on_block)

    def exchange(self, request: Any) -> Exchange | None:
        wire = request.extensions.get(WIRE) or wire_of(request.method, request.url.path)
        if wire is None:
            return None
        request.extensions = {**request.extensions, WIRE: wire}  # a redirect takes them along, wherever it leads
        return Exchange(wire, self.inspector, self.on_block)

    def refused(self, request: Any, exchange: Exchange, error: GuardError) -> Any:
        """The answer of a call that failed, if it gets one. Raises the error otherwise."""
        if isinstance(error, GuardBlocked) and self.on_block != "raise":
            return answered(request, exchange.instead(error))
        if self.carry:
            return carried(request, error)
        raise error


class GuardTransport(_Transport):
    """A sync transport around another one."""

    def __enter__(self) -> GuardTransport:
        self.inner.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self.inner.__exit__(*error)

    def close(self) -> None:
        self.inner.close()

    def handle_request(self, request: Any) -> Any:
        """The guarded answer. Raises `GuardBlocked`, `GuardError`, and what the inner transport raises."""
        exchange = self.exchange(request)
        if exchange is None:
            return self.inner.handle_request(request)
        try:
            sent = request
            if request.method == "POST":
                sent = _sent(request, request.read(), exchange.admit_bytes(request.read()))
            return seen(self.inner.handle_request(sent), exchange)
        except GuardError as error:
            return self.refused(request, exchange, error)


class AsyncGuardTransport(_Transport):
    """An async transport around another one. Checks run on threads, beside the event loop."""

    async def __aenter__(self) -> AsyncGuardTransport:
        await self.inner.__aenter__()
        return self

    async def __aexit__(self, *error: Any) -> None:
        await self.inner.__aexit__(*error)

    async def aclose(self) -> None:
        await self.inner.aclose()

    async def handle_async_request(self, request: Any) -> Any:
        """The guarded answer. Raises `GuardBlocked`, `GuardError`, and what the inner transport raises."""
        exchange = self.exchange(request)
        if exchange is None:
            return await self.inner.handle_async_request(request)
        try:
            sent = request
            if request.method == "POST":
                content = await request.aread()
                sent = _sent(request, content, await in_thread(exchange.admit_bytes, content))
            return await seen_async(await self.inner.handle_async_request(sent), exchange)
        except GuardError as error:
            return self.refused(request, exchange, error)


def guarded(client: C, inspector: Inspector, on_block: OnBlock, *, carry: bool = False) -> C:
    """`guard_client` with an inspector. `carry` is for a client that `raising` has made.

    Raises `InputError` for what is no client.
    """
    found: Any = client
    inner = getattr(found, "_transport", None)
    mounts = getattr(found, "_mounts", None)
    if inner is None or not isinstance(mounts, dict):
        raise InputError(f"{type(client).__name__} is no client of httpx or httpx2")
    if isinstance(inner, _Transport) and inner.guards(inspector, on_block):
        return client

    kind = AsyncGuardTransport if hasattr(client, "aclose") else GuardTransport

    def wrap(transport: Any) -> Any:
        return kind(transport, inspector, on_block, owner=client, carry=carry)

    twin: Any = copy.copy(client)
    twin.__class__ = _twin(found.__class__)
    twin._transport = wrap(inner)
    twin._mounts = {pattern: transport and wrap(transport) for pattern, transport in mounts.items()}
    return cast(C, twin)


def guarded_like(client: C, other: Any) -> C:
    """The client with the guards of another one, all of them."""
    layers: list[_Transport] = []
    transport = other._transport
    while isinstance(transport, _Transport):
        layers.append(transport)
        transport = transport.inner
    for layer in reversed(layers):
        client = guarded(client, layer.inspector, layer.on_block, carry=layer.carry)
    return client


@cache
def _twin(kind: type[Any]) -> type[Any]:
    """The class of a guarded copy: the same, but that it leaves the shared connections open when it is collected."""
    names = {"__module__": kind.__module__, "__qualname__": kind.__qualname__, "__del__": lambda self: None}
    return type(kind.__name__, (kind,), names)


def _sent(request: Any, before: bytes, content: bytes) -> Any:
    """The request with another body; the same one where that did not change."""
    if content == before:
        return request
    headers = [pair for pair in request.headers.multi_items() if pair[0].lower() not in BODY_HEADERS]
    kind = import_module(module_of(request)).Request
    return kind(request.method, request.url, headers=headers, content=content, extensions=request.extensions)
