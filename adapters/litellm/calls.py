"""A function of LiteLLM, guarded: its arguments before it is called, and what it returns before the caller sees it."""

from __future__ import annotations

import functools
import inspect
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from guardkit.errors import GuardBlocked, GuardError, InputError

from ..exchange import STREAM, Exchange, OnBlock
from ..inspection import Inspector
from ..threads import in_thread
from ..wire import Wire
from .chunks import guarded_stream, refused_stream
from .objects import altered, answer, plain, readable

__all__ = ["GUARDS", "Terms", "guarded", "has", "seen"]

GUARDS = "__guardkit__"  # the attribute of a guarded function that names its terms


@dataclass(frozen=True, slots=True)
class Terms:
    """How calls are guarded. Two that are equal are one: the second changes nothing."""

    inspector: Inspector
    on_block: OnBlock

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Tells the calls that LiteLLM makes to itself that their answers are on their way to a guard."""
        scope = _Scope(self, _open(_inside.get()))
        token = _inside.set(scope)
        try:
            yield
        finally:
            scope.over = True  # also for the tasks that were begun in it, which have a copy of the context
            _inside.reset(token)

    def around(self) -> bool:
        """Whether a call made now is one that LiteLLM makes to itself."""
        scope = _open(_inside.get())
        while scope is not None and scope.terms != self:
            scope = _open(scope.outer)
        return scope is not None


@dataclass(slots=True, eq=False)
class _Scope:
    """A guarded call that is going on."""

    terms: Terms
    outer: _Scope | None
    over: bool = False


# A router calls the module's functions. What these send is checked at every level; what they answer only once, where
# the caller gets it, since LiteLLM would try again after a block further in, and put the deployment aside.
_inside: ContextVar[_Scope | None] = ContextVar("guardkit.litellm", default=None)


def _open(scope: _Scope | None) -> _Scope | None:
    while scope is not None and scope.over:
        scope = scope.outer
    return scope


def guarded(
    function: Callable[..., Any], wire: Wire, terms: Terms, like: Callable[..., Any] | None = None
) -> Callable[..., Any]:
    """The guarded function, of the same kind and signature; the same one where these terms are in force already.

    `like` is the function whose arguments it takes, if it does not name them itself.
    """
    if has(function, terms):
        return function
    signature = inspect.signature(like or function)

    def admitted(exchange: Exchange, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
        return _admitted(exchange, _arguments(signature, args, kwargs))

    if inspect.iscoroutinefunction(function):

        async def coroutine(*args: Any, **kwargs: Any) -> Any:
            exchange, nested = Exchange(wire, terms.inspector, terms.on_block), terms.around()
            try:
                sent = await in_thread(admitted, exchange, args, kwargs)
                with terms.inside():
                    result = await function(**sent)
                return result if nested else await _aseen(result, exchange, terms)
            except GuardBlocked as error:
                return _instead(exchange, error, nested)

        wrapper: Callable[..., Any] = coroutine
    else:

        def call(*args: Any, **kwargs: Any) -> Any:
            exchange, nested = Exchange(wire, terms.inspector, terms.on_block), terms.around()
            try:
                sent = admitted(exchange, args, kwargs)
                with terms.inside():
                    result = function(**sent)
                return result if nested else seen(result, exchange, terms)
            except GuardBlocked as error:
                return _instead(exchange, error, nested)

        wrapper = call
    wrapped = functools.wraps(function)(wrapper)
    setattr(wrapped, GUARDS, terms)
    return wrapped


def has(function: Any, terms: Terms) -> bool:
    """Whether these terms are in force already, here or further in."""
    while function is not None:
        if getattr(function, GUARDS, None) == terms:
            return True
        function = getattr(function, "__wrapped__", None)
    return False


def seen(result: Any, exchange: Exchange, terms: Terms) -> Any:
    """What the caller may see of an answer. Raises `GuardBlocked`, and `GuardError` for what cannot be read."""
    if inspect.isawaitable(result):
        return _awaited(result, exchange, terms)
    if isinstance(result, Iterator | AsyncIterator):
        return guarded_stream(result, exchange, terms.inside)
    if isinstance(result, list):
        return [seen(each, exchange, terms) for each in result]
    body = plain(result)
    if isinstance(body, Mapping):
        passed = exchange.passed(body)
        return result if passed is body else altered(result, body, passed)
    if terms.inspector.policy.on_error == "allow":
        return result
    raise GuardError(f"the answer is a {type(result).__name__}, which cannot be checked")


async def _aseen(result: Any, exchange: Exchange, terms: Terms) -> Any:
    if isinstance(result, Iterator | AsyncIterator):
        return seen(result, exchange, terms)
    return await in_thread(seen, result, exchange, terms)


async def _awaited(result: Awaitable[Any], exchange: Exchange, terms: Terms) -> Any:
    try:
        with terms.inside():
            value = await result
        return await _aseen(value, exchange, terms)
    except GuardBlocked as error:
        return _instead(exchange, error, nested=False)


def _arguments(signature: inspect.Signature, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a call by their names."""
    found: dict[str, Any] = {}
    for name, value in signature.bind(*args, **kwargs).arguments.items():
        kind = signature.parameters[name].kind
        if kind is inspect.Parameter.VAR_POSITIONAL:
            raise InputError(f"{len(value)} positional arguments have no name that a guard could tell: name them")
        found.update(value if kind is inspect.Parameter.VAR_KEYWORD else {name: value})
    return found


def _admitted(exchange: Exchange, arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments to call with. Raises `GuardBlocked` and `InputError`."""
    body = readable(arguments)
    sent = exchange.admit(body)
    return {**arguments, **{name: value for name, value in sent.items() if value is not body[name]}}


def _instead(exchange: Exchange, error: GuardBlocked, nested: bool) -> Any:
    """The answer of a blocked call by `on_block`. Raises the error itself for "raise"."""
    if nested:
        raise error
    said = exchange.instead(error)
    return refused_stream(exchange, said.body) if said.kind == STREAM else answer(exchange.wire, json.loads(said.body))
