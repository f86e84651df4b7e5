"""A model of the Agents SDK that sees nothing and says nothing unchecked, streams on their way too."""

from __future__ import annotations

import copy
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import cache
from typing import Any

from guardkit.errors import GuardBlocked
from guardkit.texts import replaced

from .agentrails import Rails, plain
from .exchange import Exchange
from .labels import Labels, names
from .rewriting import Rewriter
from .sse import Events, encoded
from .threads import in_thread

__all__ = ["guarded_model"]


def guarded_model(model: Any, rails: Rails, agent: Any = None) -> Any:
    """A guarded copy of a `Model`, of the same type; the same one where these rails guard it already.

    Every turn checks the instructions and items that it is given, whoever brought them: hand-offs, sessions, hosted
    and local tools. An attack raises the SDK's `InputGuardrailTripwireTriggered`, one in an answer
    `OutputGuardrailTripwireTriggered`, of which `agent` is the agent.
    """
    if getattr(model, "__guardkit__", (None,))[0] == rails:
        return model
    twin = copy.copy(model)
    twin.__class__ = _twin(model.__class__)
    twin.__guardkit__ = (rails, agent)
    return twin


@cache
def _twin(kind: type[Any]) -> type[Any]:
    names = {"__module__": kind.__module__, "__qualname__": kind.__qualname__}

    async def get_response(self: Any, system_instructions: Any, input: Any, *more: Any, **named: Any) -> Any:
        turn = _Turn(*self.__guardkit__)
        told, given = await turn.admit(system_instructions, input)
        return await turn.release(await super(twin, self).get_response(told, given, *more, **named))

    async def stream_response(
        self: Any, system_instructions: Any, input: Any, *more: Any, **named: Any
    ) -> AsyncIterator[Any]:
        turn = _Turn(*self.__guardkit__)
        told, given = await turn.admit(system_instructions, input)
        events = super(twin, self).stream_response(told, given, *more, **named)
        try:
            async for event in events:
                for each in await turn.event(event):
                    yield each
            for each in await turn.end():
                yield each
        finally:
            if hasattr(events, "aclose"):
                await events.aclose()

    methods = {"get_response": get_response, "stream_response": stream_response}
    twin: Any = type(kind.__name__, (kind,), {**names, **methods})
    made: type[Any] = twin
    return made


class _Turn:
    """One call of a model."""

    def __init__(self, rails: Rails, agent: Any) -> None:
        self._rails = rails
        self._agent = agent
        self._exchange = Exchange(rails.wire, rails.inspector)
        self._rewriter: Rewriter | None = None
        self._kinds: dict[str, Any] = {}  # the classes of events by their type

    async def admit(self, told: Any, given: Any) -> tuple[Any, Any]:
        """The instructions and the input to send."""
        body = {"instructions": told, "input": plain(given)}
        try:
            sent = await in_thread(self._exchange.admit, body)
        except GuardBlocked as error:
            raise self._rails.tripped_input(error.verdict) from None
        return (told, given) if sent is body else (sent["instructions"], sent["input"])

    async def release(self, response: Any) -> Any:
        """The answer to pass on."""
        body = {"output": [plain(item) for item in response.output]}
        try:
            texts = list(self._rails.wire.answer(body))
            await in_thread(Labels(self._rails.inspector).add, names(body))
            changes = await in_thread(self._rails.inspector.check, texts, self._exchange.context)
        except GuardBlocked as error:
            raise self._rails.tripped_output(error.verdict, self._agent) from None
        if not changes:
            return response
        changed = replaced(body, changes)["output"]
        pairs = zip(response.output, body["output"], changed, strict=True)
        return replace(response, output=[item if old == new else _as(item, new) for item, old, new in pairs])

    async def event(self, event: Any) -> list[Any]:
        """The events to pass on in the place of this one."""
        data = plain(event)
        self._kinds[data["type"]] = event
        raw = encoded(data, named=True)
        rewriter = self._rewriter = self._rewriter or self._exchange.rewriter()
        out = b""
        try:
            for step in rewriter.feed(raw):
                out += await in_thread(rewriter.step, step) if rewriter.due(step) else rewriter.step(step)
        except GuardBlocked as error:
            raise self._rails.tripped_output(error.verdict, self._agent) from None
        return [event] if out == raw else self._parsed(out)

    async def end(self) -> list[Any]:
        """The events for what is still held back."""
        if self._rewriter is None:
            return []
        try:
            return self._parsed(await in_thread(self._rewriter.close))
        except GuardBlocked as error:
            raise self._rails.tripped_output(error.verdict, self._agent) from None

    def _parsed(self, out: bytes) -> list[Any]:
        found = (json.loads(event.data) for event in Events().feed(out) if event.data is not None)
        return [_as(self._kinds[data["type"]], data) for data in found]


def _as(item: Any, data: Any) -> Any:
    """The data as a value of the item's class, made as openai makes them: a server may leave out what it likes."""
    return data if isinstance(item, dict) else type(item).construct(**data)
