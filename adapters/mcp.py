"""The guard on both sides of the Model Context Protocol.

    client = guard_client(Client("http://localhost:8000/mcp"), Guard())    # or a ClientSession
    server = guard_server(MCPServer("notes"), Guard())                     # or a low-level Server

A client's requests are checked before they are sent (arguments, addresses of resources, completions, `_meta`), and what
servers say before anybody reads it: results with `structuredContent` and `_meta`, resources, prompts, errors, the
instructions of the server, what it asks for by sampling and elicitation, and what tools, resources and prompts say of
themselves. What the client answers to a sampling or elicitation is checked before the server gets it. A server checks
the same of its own: arguments before a tool runs, and results before they are sent.

Not checked: notifications (progress, log messages), images and sound, what a cache that is shared with unguarded
clients holds, and on a server what a client answers while a tool waits for it: guard the client.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from guardkit.decide import Policy
from guardkit.errors import GuardBlocked, GuardError, InputError
from guardkit.guard import Guard
from guardkit.texts import Text, replaced
from guardkit.verdict import Verdict

from .extra import framework
from .inspection import Inspector, OnVerdict
from .threads import in_thread
from .wire import mcp as wire

__all__ = ["GuardMiddleware", "OnBlock", "guard_client", "guard_server"]

OnBlock = Literal["raise", "error"]

C = TypeVar("C")
S = TypeVar("S")

INVALID_PARAMS, INTERNAL_ERROR = -32602, -32603  # JSON-RPC's
# Lists from which one entry can be left out.
LISTS = {
    "tools/list": "tools", "resources/list": "resources", "resources/templates/list": "resourceTemplates",
    "prompts/list": "prompts",
}  # fmt: skip


def guard_client(
    client: C,
    guard: Guard,
    on_block: OnBlock = "raise",
    *,
    policy: Policy | str | Path | None = None,
    on_verdict: OnVerdict | None = None,
) -> C:
    """The same `Client`, not entered yet, or `ClientSession`, guarded.

    It is changed itself: what a server sends arrives at the object that was connected, so a copy would not see it.
    `on_block`: "raise" `GuardBlocked`; "error" returns a result of a tool with `isError`, which the model can read,
    leaves out of a list the entries that are blocked, and raises an `MCPError` elsewhere. `policy` and `on_verdict` are
    those of `guardkit.adapters.httpx.guard_client`. Guarding twice with the same settings changes nothing. Raises
    `InputError` for anything else, `ImportError` without mcp 2, `GuardBlocked` for a session whose server has given
    instructions that are blocked.
    """
    mcp = framework("mcp", "mcp")
    if not hasattr(mcp, "Client"):
        raise ImportError('guard_client takes mcp 2 or later: run pip install "guardkit[mcp]"', name="mcp")
    checks = _Checks(_inspector(guard, policy, on_verdict), _required(on_block))
    found: Any = client
    if not isinstance(client, mcp.ClientSession | mcp.Client):
        raise InputError(f"guard_client takes a Client or ClientSession of mcp, not {type(client).__name__}")
    if any(vars(kind).get("__guardkit__") == checks for kind in type(client).__mro__):
        return client
    if isinstance(client, mcp.ClientSession):
        _guard_session(client, checks)
    elif getattr(client, "_entered", False):
        raise InputError("the Client is entered: guard it before, or guard its session")
    else:
        found.__class__ = _client(found.__class__, checks)
    return client


def guard_server(
    server: S,
    guard: Guard,
    on_block: OnBlock = "error",
    *,
    policy: Policy | str | Path | None = None,
    on_verdict: OnVerdict | None = None,
) -> S:
    """The same `MCPServer` or low-level `Server`, to whose middleware a `GuardMiddleware` is added, once.

    Middleware that is added later is further in. Raises `InputError` for a server without middleware: mcp 1's.
    """
    found = getattr(server, "middleware", None)
    if not isinstance(found, list):
        raise InputError(f"guard_server takes a server of mcp 2 or later, not {type(server).__name__}")
    made = GuardMiddleware(guard, on_block, policy=policy, on_verdict=on_verdict)
    if made not in found:
        found.append(made)
    return server


class GuardMiddleware:
    """A middleware for `MCPServer(…, middleware=[…])`. Immutable; two with equal settings are equal.

    `on_block`: with "error" a blocked call or result of a tool is a result with `isError`, which keeps the model in the
    loop, and blocked entries of a list are left out; elsewhere, and with "raise", the request fails by an `MCPError`.
    """

    def __init__(
        self,
        guard: Guard,
        on_block: OnBlock = "error",
        *,
        policy: Policy | str | Path | None = None,
        on_verdict: OnVerdict | None = None,
    ) -> None:
        self._checks = _Checks(_inspector(guard, policy, on_verdict), _required(on_block))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GuardMiddleware) and self._checks == other._checks

    def __hash__(self) -> int:
        return hash(self._checks)

    async def __call__(self, ctx: Any, call_next: Any) -> Any:
        """The guarded result of a request. Raises `MCPError`, and `GuardError` where the guard itself failed."""
        if ctx.request_id is None:
            return await call_next(ctx)
        checks, method = self._checks, ctx.method
        try:
            params = await in_thread(checks.asked, ctx.params)
            try:
                result = await call_next(ctx if params is ctx.params else replace(ctx, params=params))
            except GuardError:
                raise
            except Exception as error:  # its text would be sent
                raise await in_thread(checks.failed, error) from None
            return await in_thread(checks.said, method, result)
        except GuardBlocked as error:
            return checks.instead(method, error.verdict)


@dataclass(frozen=True, slots=True)
class _Checks:
    """What is checked, and what is there instead of what is blocked."""

    inspector: Inspector
    on_block: OnBlock

    def asked(self, params: Any) -> Any:
        """The parameters to send, or to call with. Raises `GuardBlocked`."""
        return wire.changed(params, self.inspector.check(list(wire.arguments(params))))

    def said(self, method: str, result: Any) -> Any:
        """The result to pass on. Raises `GuardBlocked`."""
        texts = list(wire.texts(result, method))
        name = LISTS.get(method) if self.on_block == "error" else None
        entries = None if name is None else wire.plain(result).get(name)
        if not isinstance(entries, list):
            return wire.changed(result, self.inspector.check(texts))
        kept = []
        for at, entry in enumerate(entries):
            own = [replace(text, place=text.place[2:]) for text in texts if text.place[:2] == (name, at)]
            try:
                kept.append(replaced(entry, self.inspector.check(own)))
            except GuardBlocked:
                continue
        changes = self.inspector.check([text for text in texts if text.place[:1] != (name,)])
        same = not changes and kept == entries
        return result if same else wire.thinned(wire.changed(result, changes), str(name), kept)

    def told(self, error: Exception) -> Any:
        """What a server may be told of an error of ours. Raises the error itself if nothing has to be replaced."""
        try:
            raise self.failed(error) from None
        except GuardBlocked as blocked:
            note = f"blocked by guardkit as {blocked.verdict.label}"
            return framework("mcp", "mcp").types.ErrorData(code=INTERNAL_ERROR, message=note)

    def answered(self, response: Any) -> Any:
        """What a server may be told that asked for a sample or a form: an error in the place of what is blocked."""
        try:
            return wire.changed(response, self.inspector.check(list(wire.answers(response))))
        except GuardBlocked as error:
            note = f"blocked by guardkit as {error.verdict.label}"
            return framework("mcp", "mcp").types.ErrorData(code=INTERNAL_ERROR, message=note)

    def failed(self, error: Any) -> Exception:
        """The error to raise: a server may say anything in one. Raises `GuardBlocked`."""
        said = {"message": str(error), "data": getattr(error, "data", None)}
        changes = self.inspector.check(list(wire.texts(said)))
        if not changes:
            same: Exception = error
            return same
        return _error(getattr(error, "code", INTERNAL_ERROR), **replaced(said, changes))

    def instead(self, method: str, verdict: Verdict) -> Any:
        """The result in the place of a blocked one. Raises `MCPError` where there is none."""
        note = f"blocked by guardkit as {verdict.label}"
        if self.on_block == "error" and method == "tools/call":
            types = framework("mcp", "mcp").types
            return types.CallToolResult.model_validate(
                {"content": [{"type": "text", "text": f"[{note}]"}], "isError": True}
            )
        code = INVALID_PARAMS if verdict.channel == "output" else INTERNAL_ERROR
        raise _error(code, note, {"label": verdict.label, "code": verdict.code}) from None


def _session(kind: type[Any], checks: _Checks) -> type[Any]:
    """The class of a guarded session: the same, but that all that is sent and received is checked."""

    async def send_request(self: Any, request: Any, *more: Any, **named: Any) -> Any:
        method = wire.plain(request)["method"]
        try:
            sent = await in_thread(_sent, request, checks)
            try:
                result = await super(twin, self).send_request(sent, *more, **named)
            except framework("mcp", "mcp").MCPError as error:
                raise await in_thread(checks.failed, error) from None
            return await in_thread(checks.said, method, result)
        except GuardBlocked as error:
            if checks.on_block == "raise":
                raise error from None
            return checks.instead(method, error.verdict)

    async def send_discover(self: Any, version: str) -> Any:
        return await in_thread(checks.said, "server/discover", await super(twin, self).send_discover(version))

    async def dispatch_input_request(self: Any, context: Any, request: Any) -> Any:
        try:
            asked = await in_thread(checks.said, "", request)
        except GuardBlocked as error:
            note = f"blocked by guardkit as {error.verdict.label}"
            return framework("mcp", "mcp").types.ErrorData(code=INVALID_PARAMS, message=note)
        try:
            answer = await super(twin, self).dispatch_input_request(context, asked)
        except Exception as error:  # its text would be sent
            return await in_thread(checks.told, error)
        return await in_thread(checks.answered, answer)

    twin = _twin(kind, checks, send_request, send_discover, dispatch_input_request)
    return twin


def _client(kind: type[Any], checks: _Checks) -> type[Any]:
    """The class of a guarded client: the same, but that its session is guarded once it is there."""

    async def __aenter__(self: Any) -> Any:  # noqa: N807
        await super(twin, self).__aenter__()
        try:
            await in_thread(_guard_session, self.session, checks)
        except BaseException:
            await self.__aexit__(None, None, None)
            raise
        return self

    twin = _twin(kind, checks, __aenter__)
    return twin


def _guard_session(session: Any, checks: _Checks) -> None:
    if session.instructions:  # they are there already: what would be redacted is blocked
        checks.inspector.check([Text(session.instructions, "tool", ("instructions",), fixed=True)])
    session.__class__ = _session(session.__class__, checks)


def _twin(kind: type[Any], checks: _Checks, *methods: Any) -> type[Any]:
    names = {"__module__": kind.__module__, "__qualname__": kind.__qualname__, "__guardkit__": checks}
    return type(kind.__name__, (kind,), {**names, **{each.__name__: each for each in methods}})


def _sent(request: Any, checks: _Checks) -> Any:
    """The request to send: the same one, unless something was redacted."""
    data = wire.plain(request)
    params = data.get("params")
    found = checks.asked(params)
    return request if found is params else type(request).model_validate({**data, "params": found})


def _error(code: int, message: str, data: Any = None) -> Exception:
    error: Exception = framework("mcp", "mcp").MCPError(code, message, data)
    return error


def _inspector(guard: Guard, policy: Policy | str | Path | None, on_verdict: OnVerdict | None) -> Inspector:
    return Inspector(guard, policy=policy, on_verdict=on_verdict)


def _required(on_block: OnBlock) -> OnBlock:
    if on_block not in get_args(OnBlock):
        raise InputError(f"on_block is {on_block!r}: expected one of {', '.join(get_args(OnBlock))}")
    return on_block
