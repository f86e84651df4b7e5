"""The guard as a dependency of FastAPI.

@app.post("/ask")
async def ask(body: Annotated[Question, Depends(guarded_body(guard, Question, "prompt"))]) -> Answer: ...
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from guardkit.decide import Policy
from guardkit.errors import GuardBlocked
from guardkit.guard import Guard
from guardkit.texts import replaced
from guardkit.verdict import Channel

from .extra import framework
from .inspection import Inspector, OnVerdict
from .threads import in_thread
from .wire import Plain

__all__ = ["guarded_body"]

M = TypeVar("M")

CHECKED = "guardkit.checked"  # of a request's scope: settings, and the body that came out of them


def guarded_body(
    guard: Guard,
    model: type[M],
    *fields: str,
    channel: Channel = "user",
    policy: Policy | str | Path | None = None,
    on_verdict: OnVerdict | None = None,
) -> Callable[..., Awaitable[M]]:
    """A dependency that returns the body, a pydantic model, once its texts are checked.

    `fields` are paths such as "prompt" or "messages[*].content"; without them every text of the body is checked, as
    the `channel`'s. What is blocked is answered with 403 and without the text. What is redacted is validated again.
    Two dependencies of a request with the same settings check once.
    """
    fastapi = framework("fastapi", "asgi")
    inspector = Inspector(guard, policy=policy, on_verdict=on_verdict)
    wire = Plain(fields or None, channel)
    settings = guard, model, fields, channel, policy, on_verdict

    async def dependency(request: Any, body: Any) -> Any:
        checked: list[tuple[Any, Any]] = request.scope.setdefault(CHECKED, [])
        for same, result in checked:
            if same == settings:
                return result
        result = await guarded(body)
        checked.append((settings, result))
        return result

    async def guarded(body: Any) -> Any:
        data = body.model_dump(mode="json", by_alias=True)
        try:
            changes = await in_thread(inspector.check, list(wire.request(data)))
        except GuardBlocked as error:
            said = {"blocked": True, "label": error.verdict.label, "code": f"0x{error.verdict.code:04x}"}
            raise fastapi.HTTPException(403, said) from None
        return type(body).model_validate(replaced(data, changes)) if changes else body

    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    dependency.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter("request", kind, annotation=fastapi.Request),
            inspect.Parameter("body", kind, annotation=model),
        ]
    )
    return dependency
