"""A decorator that checks what goes into a function and what comes out of it."""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from guardkit.arguments import Arguments, Unredactable, strings
from guardkit.errors import GuardBlocked, InputError
from guardkit.flow import AsyncDriven, Driven
from guardkit.messages import confidential
from guardkit.payload import judged
from guardkit.stream import Mode
from guardkit.texts import Text
from guardkit.verdict import Channel, Verdict, worst

if TYPE_CHECKING:
    from guardkit.decide import Policy
    from guardkit.guard import Guard

__all__ = ["Inputs", "Protection"]

Inputs = Mapping[str, Channel] | Sequence[str]

P = ParamSpec("P")
R = TypeVar("R")

PROTECTED = "__guardkit__"  # the attribute of a protected function that names its protection


@dataclass(slots=True)
class _Call:
    """A call whose arguments are let in, and what its answer is measured against."""

    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    system: list[str] = field(repr=False)
    known: list[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Protection:
    """The decorator that `Guard.protect` makes, which see. Two that are equal are one: the second changes nothing."""

    guard: Guard
    named: tuple[str | tuple[str, Channel], ...] | None
    channel: Channel
    output: bool
    mode: Mode
    hold: int
    on_block: object
    policy: Policy | None

    def __call__(self, function: Callable[P, R]) -> Callable[P, R]:
        """The protected function, of the same kind and signature. Raises `InputError` for what is none."""
        if isinstance(function, staticmethod | classmethod):
            return cast(Callable[P, R], type(function)(self(function.__func__)))
        if isinstance(function, property):
            read = None if function.fget is None else self(function.fget)
            return cast(Callable[P, R], property(read, function.fset, function.fdel, function.__doc__))
        if not callable(function):
            raise InputError(f"protect takes a function, method or property, not {type(function).__name__}")
        if getattr(function, PROTECTED, None) == self:
            return function
        arguments = Arguments(function, self.named, self.channel)
        routine = inspect.isroutine(function) or isinstance(function, functools.partial)
        body = function if routine else type(function).__call__
        if inspect.isasyncgenfunction(body):
            wrapper = self._async_generator(cast(Any, function), arguments)
        elif inspect.isgeneratorfunction(body):
            wrapper = self._generator(cast(Any, function), arguments)
        elif inspect.iscoroutinefunction(body):
            wrapper = self._coroutine(cast(Any, function), arguments)
        else:
            wrapper = self._plain(function, arguments)
        wrapped = functools.wraps(function)(wrapper)
        setattr(wrapped, PROTECTED, self)
        return cast(Callable[P, R], wrapped)

    def _plain(self, function: Callable[..., Any], arguments: Arguments) -> Callable[..., Any]:
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            try:
                call = self._enter(arguments, args, kwargs)
            except GuardBlocked as error:
                return self._instead(error)
            return self._leave(function(*call.args, **call.kwargs), call)

        return wrapper

    def _coroutine(self, function: Callable[..., Awaitable[Any]], arguments: Arguments) -> Callable[..., Any]:
        async def wrapper(*args: Any, **kwargs: Any) -> Any:
            try:
                call = await self._aenter(arguments, args, kwargs)
            except GuardBlocked as error:
                return await _settled(self._instead(error))
            return await self._aleave(await function(*call.args, **call.kwargs), call)

        return wrapper

    def _generator(self, function: Callable[..., Iterator[Any]], arguments: Arguments) -> Callable[..., Any]:
        def wrapper(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
            try:
                call = self._enter(arguments, args, kwargs)
            except GuardBlocked as error:
                yield from _last(self._instead(error))
                return None
            chunks = function(*call.args, **call.kwargs)
            return (yield from self._stream(chunks, call) if self.output else chunks)

        return wrapper

    def _async_generator(self, function: Callable[..., AsyncIterator[Any]], arguments: Arguments) -> Callable[..., Any]:
        async def wrapper(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
            try:
                call = await self._aenter(arguments, args, kwargs)
            except GuardBlocked as error:
                for value in _last(await _settled(self._instead(error))):
                    yield value
                return
            chunks = function(*call.args, **call.kwargs)
            source: Any = self._astream(chunks, call) if self.output else chunks
            try:
                chunk = await anext(source)
                while True:
                    try:
                        sent = yield chunk
                    except GeneratorExit:
                        raise
                    except BaseException as error:
                        chunk = await source.athrow(error)
                    else:
                        chunk = await source.asend(sent)
            except StopAsyncIteration:
                return
            finally:
                await source.aclose()

        return wrapper

    def _enter(self, arguments: Arguments, args: tuple[Any, ...], kwargs: dict[str, Any]) -> _Call:
        bound, texts = _collected(arguments, args, kwargs)
        return _admitted(arguments, bound, judged(self.guard, texts, policy=self.policy), texts)

    async def _aenter(self, arguments: Arguments, args: tuple[Any, ...], kwargs: dict[str, Any]) -> _Call:
        bound, texts = _collected(arguments, args, kwargs)
        verdicts = await asyncio.to_thread(judged, self.guard, texts, policy=self.policy)
        return _admitted(arguments, bound, verdicts, texts)

    def _leave(self, result: Any, call: _Call) -> Any:
        if not self.output:
            return result
        if inspect.isawaitable(result):
            return self._awaited(result, call)
        if isinstance(result, AsyncIterator):
            return self._astream(result, call)
        if isinstance(result, Iterator):
            return self._stream(result, call)
        said = strings(result)
        try:
            return self._released(result, said, call) if said else result
        except GuardBlocked as error:
            return self._instead(error)

    async def _aleave(self, result: Any, call: _Call) -> Any:
        if not self.output or inspect.isawaitable(result) or isinstance(result, AsyncIterator | Iterator):
            return self._leave(result, call)
        said = strings(result)
        try:
            return await asyncio.to_thread(self._released, result, said, call) if said else result
        except GuardBlocked as error:
            return await _settled(self._instead(error))

    async def _awaited(self, result: Awaitable[Any], call: _Call) -> Any:
        return await self._aleave(await result, call)

    def _stream(self, chunks: Iterator[str], call: _Call) -> Generator[Any, Any, Any]:
        source = Driven(chunks)
        stream = self.guard.stream(
            source, self.mode, hold=self.hold, policy=self.policy, system=call.system, known=call.known
        )
        try:
            for chunk in stream:
                try:
                    source.sent = yield chunk
                except GeneratorExit:
                    raise
                except BaseException as error:
                    source.thrown = error
        except GuardBlocked as error:
            yield from _last(self._instead(error))
            return None
        finally:
            stream.close()
        try:
            return self._leave(source.value, call)
        except InputError:  # most callers never look at it
            return None

    async def _astream(self, chunks: AsyncIterator[str], call: _Call) -> AsyncIterator[Any]:
        source = AsyncDriven(chunks)
        stream = self.guard.stream(
            source, self.mode, hold=self.hold, policy=self.policy, system=call.system, known=call.known
        )
        try:
            async for chunk in stream:
                try:
                    source.sent = yield chunk
                except GeneratorExit:
                    raise
                except BaseException as error:
                    source.thrown = error
        except GuardBlocked as error:
            for value in _last(await _settled(self._instead(error))):
                yield value
        finally:
            await stream.aclose()

    def _released(self, result: Any, said: list[Text], call: _Call) -> Any:
        """The result, redacted where the policy says so and it is one text. Raises `GuardBlocked`."""
        verdict = worst(judged(self.guard, said, policy=self.policy, system=call.system, known=call.known))
        if verdict.action == "redact" and isinstance(result, str):
            return verdict.redacted
        if verdict.action in ("redact", "block"):
            raise GuardBlocked(replace(verdict, action="block"))
        return result

    def _instead(self, error: GuardBlocked) -> Any:
        """What takes the place of a blocked answer."""
        if isinstance(self.on_block, str) and self.on_block == "raise":
            raise error
        return self.on_block(error.verdict) if callable(self.on_block) else self.on_block


def _collected(
    arguments: Arguments, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[inspect.BoundArguments, list[Text]]:
    bound = arguments.bind(args, kwargs)
    texts: list[Text] = []

    def keep(text: Text) -> str:
        texts.append(text)
        return text.text

    arguments.change(bound, keep)
    return bound, texts


def _admitted(
    arguments: Arguments,
    bound: inspect.BoundArguments,
    verdicts: list[Verdict],
    texts: list[Text],
) -> _Call:
    """The call with what was to be redacted redacted. Raises `GuardBlocked`."""
    if verdicts and worst(verdicts).blocked:
        raise GuardBlocked(worst(verdicts))
    if any(verdict.action == "redact" for verdict in verdicts):
        supply = iter(verdicts)

        def change(text: Text) -> str:
            verdict = next(supply)
            return verdict.redacted if verdict.action == "redact" else text.text

        try:
            arguments.change(bound, change)
        except Unredactable:
            raise GuardBlocked(replace(worst(verdicts), action="block")) from None
    system, known = confidential(texts)
    return _Call(bound.args, bound.kwargs, system, known)


def _last(value: Any) -> tuple[Any, ...]:
    """What a stream yields in place of the rest."""
    return () if value is None else (value,)


async def _settled(value: Any) -> Any:
    return await value if inspect.isawaitable(value) else value
