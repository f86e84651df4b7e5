"""The guard in front of an ASGI application.

    app = GuardMiddleware(app, Guard(), fields=["prompt"])
    app.add_middleware(GuardMiddleware, guard=Guard(), fields={"question": "user", "sources[*].text": "document"})

Bodies of requests that are JSON or plain text are checked before the application sees them, and answers that are JSON,
plain text or server-sent events before the client does, streams on their way. Where the path is that of a known wire
format, as in a gateway, that format says what is whose text. All else passes: forms and uploads, query strings,
headers, websockets, HTML, answers with an error status. A blocked request is answered with 403, a blocked answer with
502 or, where some of it is out, by the end of the stream; both as a problem of `application/problem+json` without text.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Awaitable, Callable, Iterator, MutableMapping, Sequence
from pathlib import Path
from typing import Any

from guardkit.decide import Policy
from guardkit.errors import GuardBlocked, GuardError, InputError
from guardkit.guard import Guard
from guardkit.stream import HOLD, Mode, StreamGuard
from guardkit.verdict import Channel, Verdict

from .exchange import JSON, STREAM, Exchange
from .inspection import Inspector, OnVerdict
from .rewriting import Rewriter
from .sse import encoded
from .threads import in_thread
from .wire import Plain, wire_of
from .wire.plain import Fields

__all__ = ["GuardMiddleware"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

BODY = 4 * 1024 * 1024  # 4 MiB of a request
ANSWER = 64 * 1024 * 1024  # 64 MiB of an answer that has to be complete to be read
TEXT = "text/plain"
FILES = ("http.response.pathsend", "http.response.zerocopysend")
PROBLEM = b"application/problem+json"


class GuardMiddleware:
    """A pure ASGI middleware. Immutable.

    `fields` are the paths of the texts in a JSON body, such as "prompt" or "messages[*].content", alone or each with
    its channel; without them every text is checked, as the `channel`'s. `paths` are the beginnings of the paths that
    are guarded, all by default. `limit` bounds the body of a request, in bytes. With `answers=False` only requests are
    checked. `mode`, `hold`, `policy` and `on_verdict` are those of `guardkit.adapters.httpx.guard_client`.
    """

    def __init__(
        self,
        app: App,
        guard: Guard,
        *,
        fields: Fields | None = None,
        channel: Channel = "user",
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
        self._plain = Plain(fields, channel)
        self._text = Plain(None, channel)
        self._own = fields is not None
        self._paths = (paths,) if isinstance(paths, str) else tuple(paths)
        self._limit = limit
        self._answers = answers

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http" or not str(scope["path"]).startswith(self._paths):
            await self.app(scope, receive, send)
            return
        wire = None if self._own else wire_of(scope["method"], scope["path"])
        kind = _header(scope, b"content-type")
        exchange = Exchange(self._text if kind == TEXT else wire or self._plain, self._inspector)
        if scope["method"] in ("POST", "PUT", "PATCH") and (_is_json(kind) or kind == TEXT):
            body = await _read(receive, self._limit)
            if body is None:
                return  # the client is gone
            if len(body) > self._limit:
                await _refuse(send, 413, f"the body has more than {self._limit} bytes")
                return
            try:
                sent = await in_thread(_admitted, exchange, body, kind)
            except GuardBlocked as error:
                await _refuse(send, 403, "the request was blocked", error.verdict)
                return
            except InputError as error:
                await _refuse(send, 400, str(error))
                return
            receive = _replay(sent, receive)
            scope = _sized(scope, len(sent)) if sent != body else scope
        if not self._answers or scope["method"] == "HEAD":
            await self.app(scope, receive, send)
            return
        answer = _Answer(send, exchange)
        try:
            await self.app(_readable(scope), receive, answer.send)
        except Exception:
            if not answer.stopped:
                raise


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
        self._stream: _Pieces | None = None
        self._guarded = False
        self.stopped = False

    async def send(self, message: Message) -> None:
        """Takes a message of the application."""
        if self.stopped:
            raise _Stopped("the answer was blocked")
        if message["type"] == "http.response.start":
            self._begin(message)
        elif message["type"] == "http.response.body" and self._guarded:
            try:
                await self._body(message.get("body", b""), bool(message.get("more_body", False)))
            except GuardBlocked as error:
                await self._stop(error.verdict)
            except GuardError:
                await self._stop(None)
            return
        if message["type"] != "http.response.start" or not self._guarded:
            await self._send(message)

    def _begin(self, message: Message) -> None:
        kind = _header(message, b"content-type")
        is_read = _is_json(kind) or kind in (STREAM, TEXT)
        self._guarded = 200 <= message["status"] < 300 and is_read
        if self._guarded and _header(message, b"content-encoding"):
            self._guarded = self._exchange.inspector.policy.on_error != "allow"
            kind = "encoded"  # is no JSON, so that it is refused
        self._start, self._kind = message, kind
        if kind in (STREAM, TEXT):
            self._stream = _Pieces(self._exchange, kind)

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
            last = encoded({"type": "error", **_problem(502, title, verdict)}, named=True)
            await self._out(last if self._kind == STREAM else b"", more=False)
        raise _Stopped(title)


class _Pieces:
    """The steps by which a chunk of a streamed answer becomes what may be passed on."""

    def __init__(self, exchange: Exchange, kind: str) -> None:
        self._rewriter: Rewriter | None = exchange.rewriter() if kind == STREAM else None
        self._state: StreamGuard = exchange.inspector.stream(exchange.context)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def steps(self, body: bytes, more: bool) -> Iterator[tuple[Callable[[Any], bytes], Any, bool]]:
        """Functions with their argument, and whether they take long; each to be called before the next is asked for."""
        rewriter = self._rewriter
        if rewriter is None:
            text = self._decoder.decode(body, final=not more)
            yield (lambda text: self._state.push(text).encode()), text, self._state.due(text)
            if not more:
                yield (lambda _: self._state.finish().encode()), None, True
            return
        for step in rewriter.feed(body):
            yield rewriter.step, step, rewriter.due(step)
        if not more:
            for step in rewriter.rest():
                yield rewriter.step, step, True
            yield (lambda _: rewriter.close()), None, True


def _admitted(exchange: Exchange, body: bytes, kind: str) -> bytes:
    if kind != TEXT:
        return exchange.admit_bytes(body) if body.strip() else body
    text = body.decode("utf-8", "replace")
    sent = exchange.admit(text)
    return body if sent is text else str(sent).encode()


async def _read(receive: Receive, limit: int) -> bytes | None:
    """The body of the request, or somewhat more than the limit of it; None where the client went away."""
    body = bytearray()
    while len(body) <= limit:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if not message.get("more_body", False):
            break
    return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that has the body once more, and then what really comes: that the client is gone."""
    waiting = [body]

    async def again() -> Message:
        return {"type": "http.request", "body": waiting.pop(), "more_body": False} if waiting else await receive()

    return again


async def _refuse(send: Send, status: int, title: str, verdict: Verdict | None = None) -> None:
    body = json.dumps(_problem(status, title, verdict)).encode()
    headers = [(b"content-type", PROBLEM), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _problem(status: int, title: str, verdict: Verdict | None) -> dict[str, Any]:
    problem: dict[str, Any] = {"title": title, "status": status}
    return problem if verdict is None else {**problem, "label": verdict.label, "code": f"0x{verdict.code:04x}"}


def _is_json(kind: str) -> bool:
    return kind == JSON or kind.endswith("+json")


def _header(message: Message, name: bytes) -> str:
    """The value of a header without its parameters; empty where there is none."""
    found = next((value for key, value in message.get("headers", ()) if key.lower() == name), b"")
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
