"""A guarded client of Anthropic.

    client = guard_client(Anthropic(), Guard())

The guard is a middleware of the client, `GuardMiddleware`, which can also be given by hand:
`Anthropic(middleware=[GuardMiddleware(guard)])`. In versions without middleware it is in the transport. Types, helpers,
retries and `with_options` stay as they are; a block is never retried.

What passes unchecked: files, token counts, and the results of batches. A stream in a format that is no server-sent
events, as Bedrock has it, is refused with a `GuardError`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from guardkit.decide import Policy
from guardkit.errors import GuardBlocked, InputError
from guardkit.guard import Guard
from guardkit.stream import HOLD, Mode

from .exchange import Answer, Exchange, OnBlock, require_on_block
from .extra import framework
from .httpx import guarded
from .inspection import Inspector, OnVerdict
from .response import module_of, raising, reply, seen, seen_async
from .threads import in_thread
from .wire import wire_of

__all__ = ["GuardMiddleware", "guard_client"]

C = TypeVar("C")

if TYPE_CHECKING:
    _Base = object
else:
    _Base = getattr(framework("anthropic", "anthropic"), "Middleware", object)


def guard_client(
    client: C,
    guard: Guard,
    on_block: OnBlock = "raise",
    *,
    mode: Mode = "window",
    hold: int = HOLD,
    policy: Policy | str | Path | None = None,
    on_verdict: OnVerdict | None = None,
) -> C:
    """A guarded copy of an `Anthropic` or `AsyncAnthropic` client, of the same type; it shares the connections.

    The parameters are those of `guardkit.adapters.httpx.guard_client`. "refusal" answers with
    `stop_reason="refusal"`, "http400" raises `anthropic.BadRequestError`. Guarding a guarded client with the same
    settings returns it unchanged. Raises `InputError` for anything else.
    """
    anthropic = framework("anthropic", "anthropic")
    require_on_block(on_block)
    known = isinstance(client, anthropic.Anthropic | anthropic.AsyncAnthropic)
    if not known and not (hasattr(client, "messages") and hasattr(client, "_client")):  # Bedrock's and Vertex's
        raise InputError(f"guard_client takes a client of anthropic, not {type(client).__name__}")
    plain: Any = client
    if not hasattr(plain, "with_middleware"):
        inspector = Inspector(guard, policy=policy, mode=mode, hold=hold, on_verdict=on_verdict)
        inner = guarded(plain._client, inspector, on_block, carry=True)
        if inner is plain._client:
            return client
        twin = plain.with_options(http_client=inner)
        twin.__class__ = raising(twin.__class__)
        return cast(C, twin)
    made = GuardMiddleware(guard, on_block, mode=mode, hold=hold, policy=policy, on_verdict=on_verdict)
    return client if made in plain.middleware else cast(C, plain.with_middleware(made))


class GuardMiddleware(_Base):
    """A middleware for `Anthropic(middleware=[…])`, sync and async. Immutable; two with equal settings are equal."""

    def __init__(
        self,
        guard: Guard,
        on_block: OnBlock = "raise",
        *,
        mode: Mode = "window",
        hold: int = HOLD,
        policy: Policy | str | Path | None = None,
        on_verdict: OnVerdict | None = None,
    ) -> None:
        require_on_block(on_block)
        self._settings = Inspector(guard, policy=policy, mode=mode, hold=hold, on_verdict=on_verdict), on_block

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GuardMiddleware) and self._settings == other._settings

    def __hash__(self) -> int:
        return hash(self._settings)

    def handle(self, request: Any, call_next: Any) -> Any:
        """The guarded answer, a class of anthropic's. Raises `GuardBlocked`."""
        exchange = self._exchange(request)
        if exchange is None:
            return call_next(request)
        try:
            response = call_next(_sent(request, exchange))
            response.http_response = seen(response.http_response, exchange)
            return response
        except GuardBlocked as error:
            return _refused(request, exchange.instead(error), "APIResponse")

    async def handle_async(self, request: Any, call_next: Any) -> Any:
        """The guarded answer, a class of anthropic's. Raises `GuardBlocked`."""
        exchange = self._exchange(request)
        if exchange is None:
            return await call_next(request)
        try:
            response = await call_next(await in_thread(_sent, request, exchange))
            response.http_response = await seen_async(response.http_response, exchange)
            return response
        except GuardBlocked as error:
            return _refused(request, exchange.instead(error), "AsyncAPIResponse")

    def _exchange(self, request: Any) -> Exchange | None:
        wire = wire_of(request.method, request.url)
        return None if wire is None else Exchange(wire, *self._settings)


def _sent(request: Any, exchange: Exchange) -> Any:
    content = getattr(request.options, "content", None)
    if content is not None:  # a body that is written already, as of `client.post(..., content=...)`
        if not isinstance(content, bytes | str):
            raise InputError(f"the content of the request is {type(content).__name__}, which a guard cannot read")
        written = content.encode() if isinstance(content, str) else content
        passed = exchange.admit_bytes(written)
        if passed is not written:
            request = request.copy()
            request.options.content = passed
        return request
    body = {**(request.json or {}), **(request.options.extra_json or {})}
    sent = exchange.admit(body)
    if sent is body:
        return request
    changed = request.copy(body=sent)
    changed.options.extra_json = None  # it is in the body now, and would be put over it again
    return changed


def _refused(request: Any, answer: Answer, kind: str) -> Any:
    """A response of our own to a request that has not been sent."""
    anthropic = framework("anthropic", "anthropic")
    parser = _parser("Anthropic" if kind == "APIResponse" else "AsyncAnthropic")
    module = module_of(parser._client)  # httpx2, or httpx in versions before 1
    asked = framework(module, "anthropic").Request("POST", "https://guardkit.invalid/v1/messages")
    return getattr(anthropic, kind)(
        raw=reply(module, answer, asked),
        cast_to=request.cast_to,
        client=parser,
        stream=request.stream,
        stream_cls=request.stream_cls,
        options=request.options,
        retries_taken=request.retries_taken,
    )


@cache
def _parser(kind: str) -> Any:
    """A client that sends nothing: it turns our own answers into anthropic's types."""
    return getattr(framework("anthropic", "anthropic"), kind)(api_key="none", base_url="https://guardkit.invalid")
