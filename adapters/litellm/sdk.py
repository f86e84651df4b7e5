"""LiteLLM's functions and its router, guarded."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from guardkit.decide import Policy
from guardkit.errors import InputError
from guardkit.guard import Guard
from guardkit.stream import HOLD, Mode

from ..exchange import OnBlock
from ..extra import framework
from ..inspection import Inspector, OnVerdict
from ..wire import Wire, wire_of
from .calls import GUARDS, Terms, guarded, has

__all__ = ["guard_litellm", "guard_router", "unguard_litellm"]

R = TypeVar("R")

ROUTES = {
    "completion": "/chat/completions", "acompletion": "/chat/completions",
    "text_completion": "/completions", "atext_completion": "/completions",
    "responses": "/responses", "aresponses": "/responses",
    "compact_responses": "/responses/compact", "acompact_responses": "/responses/compact",
    "completion_with_fallbacks": "/chat/completions", "async_completion_with_fallbacks": "/chat/completions",
    "generate_content": "/m:generateContent", "agenerate_content": "/m:generateContent",
    "generate_content_stream": "/m:streamGenerateContent", "agenerate_content_stream": "/m:streamGenerateContent",
    "anthropic_messages": "/messages", "aanthropic_messages": "/messages",
}  # fmt: skip
# These call the first function again and again, by keywords that are its own.
RETRYING = {
    "completion_with_retries": "completion", "acompletion_with_retries": "acompletion",
    "responses_with_retries": "responses", "aresponses_with_retries": "aresponses",
}  # fmt: skip
# Where LiteLLM itself looks its functions up.
MODULES = (
    "litellm", "litellm.main", "litellm.responses.main", "litellm.litellm_core_utils.fallback_utils",
    "litellm.google_genai", "litellm.google_genai.main",
)  # fmt: skip


def guard_litellm(
    guard: Guard,
    on_block: OnBlock = "raise",
    *,
    mode: Mode = "window",
    hold: int = HOLD,
    policy: Policy | str | Path | None = None,
    on_verdict: OnVerdict | None = None,
) -> None:
    """Guards the functions of the module `litellm`, and the routers that are made from now on.

    `on_block`: "raise" `GuardBlocked`, or answer with a "refusal": a valid completion with
    `finish_reason="content_filter"`. `mode`, `hold`, `policy` and `on_verdict` are those of
    `guardkit.adapters.httpx.guard_client`. A second time with the same settings changes nothing. A function that was
    imported by name before stays as it was: call this first. Raises `InputError` for another `on_block`.

    Guarded: `completion`, `text_completion`, `responses`, `compact_responses`, `anthropic_messages`, `generate_content`
    and `generate_content_stream`, their async forms, the `…_with_retries` and `…_with_fallbacks`, and `LiteLLM().chat`.
    Not guarded: embeddings, images, sound, moderation, `batch_completion`, and whatever else of LiteLLM calls a
    provider by itself.
    """
    terms = _terms(guard, on_block, mode, hold, policy, on_verdict)
    for module, name, wire, like in _places():
        setattr(module, name, guarded(getattr(module, name), wire, terms, like))
    router = framework("litellm", "litellm").Router
    router.__init__ = _guarding(router.__init__, terms)


def unguard_litellm() -> None:
    """Takes all guards off the module again. Routers that are guarded stay so."""
    for module, name, _, _ in _places():
        setattr(module, name, _bare(getattr(module, name)))
    router = framework("litellm", "litellm").Router
    router.__init__ = _bare(router.__init__)


def guard_router(
    router: R,
    guard: Guard,
    on_block: OnBlock = "raise",
    *,
    mode: Mode = "window",
    hold: int = HOLD,
    policy: Policy | str | Path | None = None,
    on_verdict: OnVerdict | None = None,
) -> R:
    """A guarded copy of a `litellm.Router`, of the same class; it shares the deployments and their state.

    The parameters are those of `guard_litellm`. A block is not retried, calls no fallback and cools no deployment
    down. Guarding a guarded router with the same settings returns it unchanged. Raises `InputError` for what is no
    router.
    """
    kind = framework("litellm.router", "litellm").Router
    if not isinstance(router, kind):
        raise InputError(f"guard_router takes a Router of litellm, not {type(router).__name__}")
    terms = _terms(guard, on_block, mode, hold, policy, on_verdict)
    calls = _calls(router, terms)
    if not calls:
        return router
    twin = copy.copy(router)
    vars(twin).update(calls)
    return twin


def _guarding(init: Callable[..., None], terms: Terms) -> Callable[..., None]:
    """The `__init__` of routers that are guarded as soon as they are made."""
    if has(init, terms):
        return init

    @functools.wraps(init)
    def wrapper(self: Any, *args: Any, **kwargs: Any) -> None:
        init(self, *args, **kwargs)
        vars(self).update(_calls(self, terms))

    setattr(wrapper, GUARDS, terms)
    return wrapper


def _bare(function: Any) -> Any:
    """The function without its guards."""
    while hasattr(function, GUARDS):
        function = function.__wrapped__
    return function


def _calls(router: Any, terms: Terms) -> dict[str, Any]:
    """The calls of a router that have to be replaced by guarded ones."""
    found = {name: getattr(router, name) for name, _ in _wires() if hasattr(router, name)}
    made = {name: guarded(found[name], wire, terms) for name, wire in _wires() if name in found}
    return {name: call for name, call in made.items() if call is not found[name]}


def _wires() -> list[tuple[str, Wire]]:
    return [(name, wire) for name, path in ROUTES.items() if (wire := wire_of("POST", path)) is not None]


def _places() -> list[tuple[Any, str, Wire, Callable[..., Any] | None]]:
    """The functions to guard: module, name, format, and where it takes what another function does, that one."""
    found: list[tuple[Any, str, Wire, Callable[..., Any] | None]] = []
    wires = dict(_wires())
    for module in (framework(name, "litellm") for name in MODULES):
        found += [(module, name, wire, None) for name, wire in wires.items() if callable(getattr(module, name, None))]
        for name, of in RETRYING.items():
            if hasattr(module, name):
                found.append((module, name, wires[of], _bare(getattr(framework("litellm", "litellm"), of))))
    return found


def _terms(
    guard: Guard,
    on_block: OnBlock,
    mode: Mode,
    hold: int,
    policy: Policy | str | Path | None,
    on_verdict: OnVerdict | None,
) -> Terms:
    if on_block not in ("raise", "refusal"):
        raise InputError(f"on_block is {on_block!r}: expected raise or refusal")
    return Terms(Inspector(guard, policy=policy, mode=mode, hold=hold, on_verdict=on_verdict), on_block)
