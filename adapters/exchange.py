"""One request and its answer, without I/O: what is sent, and what the caller gets to see of what comes back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from guardkit.errors import GuardBlocked, GuardError, InputError
from guardkit.jsontext import Doubled, once
from guardkit.texts import replaced, without
from guardkit.verdict import Verdict

from .inspection import NOTHING, Context, Inspector
from .labels import Labels, names
from .rewriting import Rewriter
from .sse import encoded
from .wire import BARE, Wire

__all__ = ["JSON", "STREAM", "Answer", "Exchange", "OnBlock", "require_on_block"]

OnBlock = Literal["raise", "refusal", "http400"]

JSON = "application/json"
STREAM = "text/event-stream"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in place of the provider's."""

    status: int
    kind: str  # its content type
    body: bytes = field(repr=False)


@dataclass(slots=True)
class Exchange:
    """The state of one call. Not thread-safe."""

    wire: Wire
    inspector: Inspector
    on_block: OnBlock = "raise"
    asked: Mapping[str, Any] = field(default_factory=dict, repr=False)
    context: Context = NOTHING

    def admit(self, body: Any) -> Any:
        """The body to send: the same object, unless something was redacted. Raises `GuardBlocked` and `InputError`."""
        if self.wire.bare and not isinstance(body, Mapping):
            sent = self.admit({BARE: body})
            return sent[BARE]
        if not isinstance(body, Mapping):
            raise InputError(f"the body of the request is {type(body).__name__}: expected a JSON object")
        self.asked = body
        texts = list(self.wire.request(body))
        self.context = Context.of(texts)
        changes = self.inspector.check(texts)
        return replaced(body, changes) if changes else body

    def hold(self, body: Mapping[str, Any]) -> None:
        """Checks what of a body cannot be replaced, after what `admit` checked. Raises `GuardBlocked`."""
        self.asked = self.asked or body
        texts = [replace(text, fixed=True) for text in self.wire.request(body)]
        found = Context.of(texts)
        self.context = Context(self.context.system + found.system, self.context.known + found.known)
        self.inspector.check(texts)

    def admit_bytes(self, content: bytes) -> bytes:
        """`admit` for a body that is not parsed yet. An empty one, as of a request to cancel, holds nothing."""
        if not content.strip():
            return content
        try:
            body = json.loads(content, object_pairs_hook=once)
        except Doubled:  # its next reader may take the other value
            raise InputError("the body of the request has an object in which a name stands twice") from None
        except (ValueError, RecursionError):
            raise InputError(f"the body of the request ({len(content)} bytes) is no JSON") from None
        sent = self.admit(body)
        return content if sent is body else json.dumps(sent, separators=(",", ":")).encode()

    def release(self, content: bytes, kind: str) -> bytes:
        """The answer's body, as it is unless something was redacted.

        Raises `GuardBlocked`, and `GuardError` for what cannot be read, unless the policy says `on_error = "allow"`.
        """
        try:
            body = json.loads(content)
        except (ValueError, RecursionError):
            if not content.strip() or self.inspector.policy.on_error == "allow":
                return content
            said = f"the answer ({kind or 'no content type'}, {len(content)} bytes) is no JSON, so it cannot be checked"
            raise GuardError(said) from None
        if not isinstance(body, Mapping):
            body = {BARE: body}
        passed = self.passed(body)
        return content if passed is body else json.dumps(passed.get(BARE, passed), separators=(",", ":")).encode()

    def passed(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """`release` for an answer that is parsed: the same object, unless something was redacted."""
        if not self.asked and isinstance(body.get("instructions"), str):  # a stored response says what it was told
            self.context = Context((body["instructions"],))
        Labels(self.inspector).add(names(body), whole=True)
        changes = self.inspector.check(list(self.wire.answer(body)), self.context)
        if not changes:
            return body
        changed: Mapping[str, Any] = without(replaced(body, changes), "logprobs")
        return changed

    def rewriter(self, *, lines: bool = False) -> Rewriter:
        """The state of the answer's stream: of events, or of lines of JSON."""
        return Rewriter(self.wire.fresh(), self.inspector, self.context, lines=lines)

    def instead(self, error: GuardBlocked) -> Answer:
        """The answer of a blocked call by `on_block`. Raises the error itself for "raise"."""
        if self.on_block == "raise":
            raise error
        if self.on_block == "http400":
            return Answer(400, JSON, json.dumps(_problem(error.verdict)).encode())
        if self.asked.get("stream") is True or getattr(self.wire, "streams", False):
            events = self.wire.refusals(self.asked)
            return Answer(200, STREAM, b"".join(encoded(data, named=self.wire.named) for data in events))
        return Answer(200, JSON, json.dumps(self.wire.refusal(self.asked)).encode())

    def stop(self, error: GuardBlocked, rewriter: Rewriter) -> bytes:
        """The end of a stream that is blocked in the middle. Raises the error itself for "raise"."""
        if self.on_block == "raise":
            raise error
        return rewriter.stopped() if self.on_block == "refusal" else encoded(_problem(error.verdict), named=True)


def require_on_block(on_block: str) -> None:
    """Raises `InputError` for what is no `OnBlock`."""
    if on_block not in get_args(OnBlock):
        raise InputError(f"on_block is {on_block!r}: expected one of {', '.join(get_args(OnBlock))}")


def _problem(verdict: Verdict) -> dict[str, Any]:
    said = f"blocked by guardkit as {verdict.label} (code 0x{verdict.code:04x})"
    error = {"message": said, "type": "invalid_request_error", "param": None, "code": "content_filter"}
    return {"type": "error", "error": error}
