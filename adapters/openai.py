"""A guarded client of OpenAI.

    client = guard_client(OpenAI(), Guard())

The guard is in the client's transport, so that every surface which speaks HTTP is guarded, with its own types and
helpers: `chat.completions`, `responses` and `completions`, create, parse and stream, raw and streaming responses.
Copies made by `with_options` and `copy` are guarded too, with other connections as well. A block is never retried.

What does not pass the transport is refused: `realtime`, `live`, and `responses.connect`, which open websockets. What
passes unchecked: embeddings, files, batches, assistants' threads. The history that `previous_response_id` and
`conversation` name stays on the server; of it, what was sent through a guard was checked then.
"""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path
from typing import Any, NoReturn, TypeVar, cast

from guardkit.decide import Policy
from guardkit.errors import GuardError, InputError
from guardkit.guard import Guard
from guardkit.stream import HOLD, Mode

from .exchange import OnBlock, require_on_block
from .extra import framework
from .httpx import guarded, guarded_like
from .inspection import Inspector, OnVerdict
from .response import raising

__all__ = ["guard_client"]

C = TypeVar("C")

SOCKETS = ("realtime", "live")  # resources that are about websockets only
CONNECTING = ("responses",)  # those that have a `connect` besides


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
    """A guarded copy of an `OpenAI`, `AsyncOpenAI`, `AzureOpenAI` or `AsyncAzureOpenAI` client, of the same type.

    The copy shares the connections of the client given, which stays as it is: closing one closes both. `on_block`,
    `mode`, `hold`, `policy` and `on_verdict` are those of `guardkit.adapters.httpx.guard_client`; "refusal" answers
    with `finish_reason="content_filter"`, "http400" raises `openai.BadRequestError`. Guarding a guarded client with
    the same settings returns it unchanged. Raises `InputError` for anything else, and `ImportError` without openai.
    """
    openai = framework("openai", "openai")
    require_on_block(on_block)
    if not isinstance(client, openai.OpenAI | openai.AsyncOpenAI):
        raise InputError(f"guard_client takes a client of openai, not {type(client).__name__}")
    plain: Any = client
    inspector = Inspector(guard, policy=policy, mode=mode, hold=hold, on_verdict=on_verdict)
    old = int(openai.__version__.partition(".")[0]) < 3
    inner = guarded(plain._client, inspector, on_block, carry=old)
    if inner is plain._client:
        return client
    twin = plain.with_options(http_client=inner)
    if not hasattr(twin, "__guardkit__"):
        kind: Any = raising(twin.__class__) if old else twin.__class__
        twin.__class__ = _refusing(kind)
    return cast(C, twin)


class _Refused:
    """Stands where a resource was that cannot be guarded."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> NoReturn:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        _refuse(f"{self._name}.{attribute}")


@cache
def _refusing(kind: type[Any]) -> type[Any]:
    """The client's class without its websockets, whose copies are guarded whatever connections they are given."""
    names: dict[str, Any] = {"__module__": kind.__module__, "__qualname__": kind.__qualname__, "__guardkit__": True}
    twin: Any = type(kind.__name__, (kind,), names)

    def gone(name: str) -> property:
        return property(lambda _: _Refused(name))

    def half(name: str) -> property:
        return property(lambda self: _closed(getattr(super(twin, self), name), name))

    def copy(self: Any, *, http_client: Any = None, **options: Any) -> Any:
        own = None if http_client is None else guarded_like(http_client, self._client)
        return super(twin, self).copy(http_client=own, **options)

    twin.copy = twin.with_options = copy
    for name in SOCKETS:
        if hasattr(kind, name):
            setattr(twin, name, gone(name))
    for name in (*CONNECTING, "beta"):
        if isinstance(getattr(kind, name, None), cached_property):
            setattr(twin, name, half(name))
    made: type[Any] = twin
    return made


def _closed(resource: Any, name: str) -> Any:
    """The resource, in which what would open a websocket refuses."""
    if hasattr(type(resource), "connect"):
        resource.connect = lambda *_, **__: _refuse(f"{name}.connect")
    if name == "beta":
        for part in SOCKETS:
            if hasattr(type(resource), part):
                resource.__dict__[part] = _Refused(f"beta.{part}")
        for part in CONNECTING:
            if hasattr(type(resource), part):
                _closed(getattr(resource, part), f"beta.{part}")
    return resource


def _refuse(name: str) -> NoReturn:
    raise GuardError(f"{name} does not pass the guard: it opens a websocket. Use the unguarded client for it")
