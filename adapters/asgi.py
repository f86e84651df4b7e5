"""The guard in front of an ASGI application.

    app = GuardMiddleware(app, Guard(), fields=["prompt"])
    app.add_middleware(GuardMiddleware, guard=Guard(), fields={"question": "user", "sources[*].text": "document"})

Bodies of requests that are JSON, lines of JSON, text or forms are checked before the application sees them, and answers
that are JSON, lines of JSON, text or server-sent events before the client does, streams on their way. Where the path is
that of a known wire format, as in a gateway, that format says what is whose text, and all else is read like any other.
What a body is, is not left to the client to say: its bytes tell it, and an answer without a content type is text.

All else passes: binary content, query strings, headers, websockets, HTML, answers with an error status. A blocked
request is answered with 403, one that cannot be read with 400 or 415, one that cannot be checked, because the guard or
its listener failed, with 500; a blocked answer with 502 or, where some of it is out, by the end of the stream; all as a
problem of `application/problem+json` without text.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from guardkit.decide import Policy
from guardkit.errors import GuardBlocked, GuardError, InputError
from guardkit.guard import Guard
from guardkit.stream import HOLD, Mode
from guardkit.verdict import Channel, Verdict

from .body import BYTES, LEAST, Body, Message, Receive, TooLong, Unreadable, is_binary, is_json, read
from .exchange import STREAM, Exchange
from .inspection import Inspector, OnVerdict
from .pieces import Pieces
from .sse import encoded
from .threads import in_thread
from .wire import Plain, Wire, wire_of
from .wire.gateway import Gateway
from .wire.plain import Fields

__all__ = ["GuardMiddleware"]

Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

LOG = logging.getLogger(__name__)  # errors of a guard hold no text

AROUND = "guardkit"  # of a scope: the settings of the middlewares that guard it
BODY = 4 * 1024 * 1024  # 4 MiB of a request
ANSWER = 64 * 1024 * 1024  # 64 MiB of an answer that has to be complete to be read
TEXTS = ("text/plain", "text/markdown", "")  # of an answer without a type, anything can be made
LINES = ("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines",
         "application/jsonlines", "application/stream+json", "application/json-seq")  # fmt: skip
STATUS: Mapping[type[Exception], int] = {TooLong: 413, Unreadable: 415}
FILES = ("http.response.pathsend", "http.response.zerocopysend")
PROBLEM = b"application/problem+json"


class GuardMiddleware:
    """A pure ASGI middleware. Immutable.

    `fields` are the paths of the texts in a JSON body, such as "prompt" or "messages[*].content", alone or each with
    its channel; without them every text is checked, as the `channel`'s. Messages are on that of their role; but what a
    client sends as the system's is its own, unless `trust_roles` says that the clients are ours. `paths` are the
    beginnings of the paths that are guarded, all by default. `limit` bounds the body of a request, in bytes. With
    `answers=False` only requests are checked. `mode`, `hold`, `policy` and `on_verdict` are those of
    `guardkit.adapters.httpx.guard_client`.
    """

    def __init__(
        self,
        app: App,
        guard: Guard,
        *,
        fields: Fields | None = None,
        channel: Channel = "user",
        trust_roles: bool = False,
        paths: Sequence[str] = ("/",),
        limit: int = BODY,
        answers: bool = True,
        mode: Mode = "window",
        hold: int = HOLD,
        policy: Policy | str | Path | None = None,
        on_verdict: OnVerdict | None = None,
    ) -> None:
        self.app = app
        self._inspector = Inspector(guard, policy=policy, mode=mode, hold=hold, on_verdict=on_verdict)
        self._plain = Plain(fields, channel, trusted=trust_roles)
        self._text = Plain(None, channel, trusted=trust_roles)
        self._own = fields is not None
        self._paths = (paths,) if isinstance(paths, str) else tuple(paths)
        self._limit = limit
        self._answers = answers
        shown = tuple(fields.items()) if isinstance(fields, Mapping) else None if fields is None else tuple(fields)
        self._settings = self._inspector, shown, channel, trust_roles, limit, answers

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serves one request. One that is inside a middleware with the same settings already is passed on."""
        around = scope.get(AROUND, ())
        if scope["type"] != "http" or not str(scope["path"]).startswith(self._paths) or self._settings in around:
            await self.app(scope, receive, send)
            return
        scope = {**scope, AROUND: (*around, self._settings)}
        wire = None if self._own else wire_of(scope["method"], scope["path"])
        try:
            body = await read(receive, _header(scope, b"content-type", whole=True), self._limit)
            if body is None:
                return  # the client is gone
            coding = _header(scope, b"content-encoding")
            if body.content and coding not in ("", "identity") and self._inspector.policy.on_error != "allow":
                raise Unreadable("the body of the request is encoded, which a guard cannot read")
            plain = self._plain.fresh()
            both = plain if wire is None else Gateway(wire, plain)
            exchange, sent = await in_thread(self._admitted, both, body)
        except GuardBlocked as error:
            await _refuse(send, 403, "the request was blocked", error.verdict)
            return
        except InputError as error:
            await _refuse(send, STATUS.get(type(error), 400), str(error))
            return
        except GuardError as error:  # the guard itself failed, or who listens to it
            LOG.error("a request cannot be checked: %s", error)
            await _refuse(send, 500, "the request cannot be checked")
            return
        receive = body.replay(sent, receive)
        scope = _sized(scope, len(sent)) if sent != body.content else scope
        if not self._answers or scope["method"] == "HEAD":
            await self.app(scope, receive, send)
            return
        answer = _Answer(send, exchange)
        try:
            await self.app(_readable(scope), receive, answer.send)
        except Exception:
            if not answer.stopped:
                raise

    def _admitted(self, wire: Wire, body: Body) -> tuple[Exchange, bytes]:
        """The state of the call, and the body to give to the application. Raises `GuardBlocked` and `InputError`."""
        content = body.content
        exchange = Exchange(wire, self._inspector)
        if content.strip() and body.is_json:
            return exchange, exchange.admit_bytes(content)
        if body.is_form and self._own:
            exchange.hold(body.form())  # the named fields of it
            return exchange, content
        if (rows := body.rows()) is not None:
            sent = [exchange.admit(row) for row in rows] if self._own else exchange.admit(rows)
            same = all(one is other for one, other in zip(sent, rows, strict=True))
            return exchange, content if same else b"".join(json.dumps(row).encode() + b"\n" for row in sent)
        exchange = Exchange(self._text.fresh(), self._inspector)
        if body.is_form:
            exchange.hold(body.form())
        elif body.is_text:
            text, *others = body.texts()
            sent_text = exchange.admit(text)
            if others:
                exchange.hold({str(at): other for at, other in enumerate(others)})
            return exchange, content if sent_text is text else str(sent_text).encode("utf-8", BYTES)
        return exchange, content


class _Stopped(OSError):
    """Raised in `send` as if the client had gone, so that the application stops a stream that is blocked."""


class _Answer:
    """The answer of the application on its way to the client."""

    def __init__(self, send: Send, exchange: Exchange) -> None:
        self._send = send
        self._exchange = exchange
        self._start: Message | None = None  # until it is sent
        self._kind = ""
        self._whole = bytearray()
        self._stream: Pieces | None = None
        self._guarded = False
        self._seen: bytearray | None = bytearray()  # how its body begins, until that tells what it is
        self.stopped = False

    async def send(self, message: Message) -> None:
        """Takes a message of the application."""
        if self.stopped:
            raise _Stopped("the answer was blocked")
        if message["type"] == "http.response.start":
            self._begin(message)
        elif message["type"] == "http.response.body" and self._guarded and not await self._is_binary(message):
            try:
                await self._body(message.get("body", b""), bool(message.get("more_body", False)))
            except GuardBlocked as error:
                await self._stop(error.verdict)
            except GuardError as error:
                LOG.error("an answer cannot be checked: %s", error)
                await self._stop(None)
            return
        if message["type"] != "http.response.start" or not self._guarded:
            await self._send(message)

    async def _is_binary(self, message: Message) -> bool:
        """Whether an answer without a content type begins as no text does; then it is passed on from here."""
        if self._kind or self._seen is None:
            return False
        self._seen += message.get("body", b"")
        if len(self._seen) < LEAST and message.get("more_body", False):
            return False
        begin, self._seen = self._seen, None
        if self._start is None or not is_binary(begin) or len(begin) > len(message.get("body", b"")):
            return False
        self._guarded = False
        if self._start is not None:
            await self._send(self._start)
        return True

    def _begin(self, message: Message) -> None:
        kind = _header(message, b"content-type")
        is_stream = kind == STREAM or kind in TEXTS or kind in LINES
        self._guarded = 200 <= message["status"] < 300 and (is_json(kind) or is_stream)
        if self._guarded and _header(message, b"content-encoding"):
            self._guarded = self._exchange.inspector.policy.on_error != "allow"
            kind, is_stream = "encoded", False  # is no JSON, so that it is refused
        self._start, self._kind = message, kind
        if is_stream:
            self._stream = Pieces(self._exchange, None if kind in TEXTS else kind in LINES, typed=kind != "")

    async def _body(self, body: bytes, more: bool) -> None:
        if self._stream is None:
            self._whole += body
            if len(self._whole) > ANSWER:
                raise GuardError(f"the answer has more than {ANSWER} bytes")
            if not more:
                out = await in_thread(self._exchange.release, bytes(self._whole), self._kind)
                await self._out(out, more=False, size=len(out))
            return
        for function, argument, due in self._stream.steps(body, more):
            out = await in_thread(function, argument) if due else function(argument)
            if out:
                await self._out(out, more=True)
        if not more:
            await self._out(b"", more=False)

    async def _out(self, body: bytes, *, more: bool, size: int | None = None) -> None:
        if self._start is not None:
            start, self._start = self._start, None
            await self._send(_sized(start, size))
        await self._send({"type": "http.response.body", "body": body, "more_body": more})

    async def _stop(self, verdict: Verdict | None) -> None:
        self.stopped = True
        title = "the answer was blocked" if verdict is not None else "the answer cannot be checked"
        if self._start is not None:
            await _refuse(self._send, 502, title, verdict)
        else:
            await self._out(_last(self._kind, {"type": "error", **_problem(502, title, verdict)}), more=False)
        raise _Stopped(title)


async def _refuse(send: Send, status: int, title: str, verdict: Verdict | None = None) -> None:
    body = json.dumps(_problem(status, title, verdict)).encode()
    headers = [(b"content-type", PROBLEM), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _last(kind: str, problem: dict[str, Any]) -> bytes:
    """How a stream of this type ends that was blocked when some of it was out."""
    if kind == STREAM:
        return encoded(problem, named=True)
    return json.dumps(problem).encode() + b"\n" if kind in LINES else b""


def _problem(status: int, title: str, verdict: Verdict | None) -> dict[str, Any]:
    problem: dict[str, Any] = {"title": title, "status": status}
    return problem if verdict is None else {**problem, "label": verdict.label, "code": f"0x{verdict.code:04x}"}


def _header(message: Message, name: bytes, *, whole: bool = False) -> str:
    """The value of a header, without its parameters unless it is wanted whole; empty where there is none."""
    found = next((value for key, value in message.get("headers", ()) if key.lower() == name), b"")
    if whole:
        return str(found.decode("latin-1"))
    return str(found.decode("latin-1").partition(";")[0].strip().lower())


def _without(message: Message, name: bytes) -> Message:
    headers = [(key, value) for key, value in message.get("headers", ()) if key.lower() != name]
    return {**message, "headers": headers}


def _readable(scope: Message) -> Message:
    """The scope of an application whose answer can be read: not compressed by it, and not sent as a file's path."""
    extensions = {name: value for name, value in (scope.get("extensions") or {}).items() if name not in FILES}
    return {**_without(scope, b"accept-encoding"), "extensions": extensions}


def _sized(message: Message, size: int | None) -> Message:
    bare = _without(message, b"content-length")
    length = [] if size is None else [(b"content-length", str(size).encode())]
    return {**bare, "headers": [*bare["headers"], *length]}
