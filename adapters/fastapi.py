"""The guard as a dependency of FastAPI.

@app.post("/ask")
async def ask(body: Annotated[Question, Depends(guarded_body(guard, Question, "prompt"))]) -> Answer: ...
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from guardkit.decide import Policy
from guardkit.errors import GuardBlocked, GuardError, InputError
from guardkit.guard import Guard
from guardkit.messages import told
from guardkit.objects import Unredactable, plain, put
from guardkit.texts import Place
from guardkit.verdict import CHANNELS, Channel

from .extra import framework
from .inspection import Inspector, OnVerdict
from .paths import found, ways
from .threads import in_thread
from .wire.plain import chosen

__all__ = ["guarded_body"]

M = TypeVar("M")

LOG = logging.getLogger(__name__)  # errors of a guard hold no text

CHECKED = "guardkit.checked"  # of a request's scope: settings, and the body that came out of them


def guarded_body(
    guard: Guard,
    model: type[M],
    *fields: str,
    channel: Channel = "user",
    trust_roles: bool = False,
    policy: Policy | str | Path | None = None,
    on_verdict: OnVerdict | None = None,
) -> Callable[..., Awaitable[M]]:
    """A dependency that returns the body, a pydantic model, once its texts are checked.

    `fields` are paths such as "prompt" or "messages[*].content"; without them every text of the body is checked, as
    the `channel`'s, messages as those of their role: what a client sends as the system's only with `trust_roles`, where
    the clients are ours. They are read from the model's attributes. What is blocked is
    answered with 403 and without the text. What is redacted is validated again; what is not valid then is blocked. Two
    dependencies of a request with the same settings check once. Raises `InputError` for a path that leads nowhere in
    the model, and for what is no channel.
    """
    fastapi = framework("fastapi", "asgi")
    inspector = Inspector(guard, policy=policy, on_verdict=on_verdict)
    check = _Check(inspector, channel, _paths(model, fields, channel), trust_roles)
    settings = guard, model, fields, channel, trust_roles, policy, on_verdict

    async def dependency(request: Any, body: Any) -> Any:
        checked: list[tuple[Any, Any]] = request.scope.setdefault(CHECKED, [])
        for same, result in checked:
            if same == settings:
                return result
        result = await guarded(body)
        checked.append((settings, result))
        return result

    async def guarded(body: Any) -> Any:
        try:
            return await in_thread(check, body)
        except GuardBlocked as error:
            said = {"blocked": True, "label": error.verdict.label, "code": f"0x{error.verdict.code:04x}"}
            raise fastapi.HTTPException(403, said) from None
        except InputError as error:
            raise fastapi.HTTPException(400, str(error)) from None
        except GuardError as error:
            LOG.error("a request cannot be checked: %s", error)
            raise fastapi.HTTPException(500, "the request cannot be checked") from None

    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    dependency.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter("request", kind, annotation=fastapi.Request),
            inspect.Parameter("body", kind, annotation=model),
        ]
    )
    return dependency


@dataclass(frozen=True, slots=True)
class _Check:
    """What is checked of a body."""

    inspector: Inspector
    channel: Channel
    paths: tuple[Place, ...]
    trusted: bool

    def __call__(self, body: Any) -> Any:
        """The body, or a new one where something was redacted. Raises `GuardBlocked`."""
        data = plain(body, _printed)
        nodes = [pair for path in self.paths for pair in found(data, path)]
        texts = [text for node, place in nodes for text in told(node, self.channel, place, trusted=self.trusted)]
        changes = self.inspector.check(texts)
        try:
            return put(body, changes)
        except Unredactable:  # so what would be redacted is blocked
            self.inspector.check([replace(text, fixed=True) for text in texts])
            raise


def _printed(value: object) -> str | None:
    """An object that is none of data's own, a URL for one, as a template would print it; nothing of binary content."""
    return None if isinstance(value, bytes | bytearray) else str(value)


def _paths(model: Any, fields: tuple[str, ...], channel: Channel) -> tuple[Place, ...]:
    """The ways to the fields. Raises `InputError`: of a name that is misspelled nothing would be checked."""
    if channel not in CHANNELS:
        raise InputError(f"channel is {channel!r}: expected one of {', '.join(CHANNELS)}")
    found = {field: list(ways(model, steps)) for field, (steps, _) in zip(fields, chosen(fields, channel), strict=True)}
    for field, own in found.items():
        if not own:
            raise InputError(f"{field!r} leads nowhere in {getattr(model, '__name__', model)}")
    return tuple(way for own in found.values() for way in own) if fields else ((),)
