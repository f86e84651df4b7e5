"""The guard: one pipeline from a text to a verdict, and the ways of calling it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar, overload

from guardkit.canary import Canary
from guardkit.classify import MODEL, open_model
from guardkit.decide import Policy
from guardkit.detect import Detector
from guardkit.errors import InputError, shown
from guardkit.evidence import Contribution, sentences
from guardkit.flow import AsyncGuardedStream, GuardedStream, guarded
from guardkit.joints import joints
from guardkit.judge import Judge
from guardkit.leak import SystemPrompt
from guardkit.markup import masked
from guardkit.messages import confidential, conversation
from guardkit.observer import Observer, several
from guardkit.payload import judged
from guardkit.protect import Inputs, Protection
from guardkit.question import listed, require
from guardkit.stream import HOLD, Mode, StreamGuard
from guardkit.texts import numbered
from guardkit.threads import Threads
from guardkit.verdict import Channel, Verdict, worst

__all__ = ["Guard"]

WORKERS = min(8, os.cpu_count() or 1)

P = ParamSpec("P")
R = TypeVar("R")


class Guard:
    """Checks texts. Immutable and thread-safe: build one and share it.

    `policy` is a preset, the path of a TOML file, a `Policy`, or None for the environment's (`GUARDKIT_POLICY`, else
    balanced). `model` is "default", a folder with a manifest, or None for the rules alone. `threads` is per check.
    `canary_key` is 16 bytes or more that stay the same where one process writes the system prompt and another one
    checks the answer; None for the environment's (`GUARDKIT_CANARY_KEY`, else a random one of the process).
    `observers` hear of every check: `guardkit.audit.Audit`, `guardkit.telemetry.Telemetry`, or a function of yours.
    """

    __slots__ = ("_canary", "_model", "_observers", "_pool", "_source", "policy")

    def __init__(
        self,
        policy: Policy | str | Path | None = None,
        *,
        model: str | Path | None = "default",
        threads: int = 1,
        canary_key: str | bytes | None = None,
        observers: Iterable[Observer] = (),
    ) -> None:
        if model is not None and not isinstance(model, str | Path):
            raise InputError(f"model is {shown(model)}: expected 'default', a folder, or None for the rules alone")
        if not isinstance(threads, int) or threads < 0:
            raise InputError(f"threads is {shown(threads)}: expected a whole number, 0 for all cores")
        folder = MODEL if model == "default" else model
        self.policy: Final = Policy.resolve(policy)
        self._model: Final = None if folder is None else open_model(Path(folder), threads)
        self._source: Final = model, threads
        self._canary: Final = Canary(os.environ.get("GUARDKIT_CANARY_KEY") if canary_key is None else canary_key)
        self._observers: Final = several(observers)
        self._pool: Final = Threads(WORKERS, "guardkit")

    def __setattr__(self, name: str, value: object) -> None:
        if hasattr(self, name):
            raise AttributeError(f"a Guard is immutable: build a new one instead of setting {name}")
        object.__setattr__(self, name, value)

    def __copy__(self) -> Guard:
        return self

    def __deepcopy__(self, memo: object) -> Guard:
        return self

    def __reduce__(self) -> tuple[object, ...]:
        """How it is pickled: its settings, with the canary's token, and what observers pickle of themselves."""
        return _restored, (self.policy, *self._source, self._canary, self._observers)

    def check(
        self,
        text: str,
        channel: Channel = "user",
        *,
        policy: Policy | str | Path | None = None,
        system: str | Sequence[str] = (),
        known: str | Sequence[str] = (),
    ) -> Verdict:
        """The verdict on one text.

        `channel` is who wrote it: the user, a document, a tool's result, the system prompt or the model's output (its
        answer, the arguments of its tool calls). An output that gives away the canary, or a run of words of the
        `system` prompts of its call, is accused; `known` is what its reader has seen already and may be repeated.
        Raises `InputError` for what is no text, and nothing else unless the policy says `on_error = "raise"`.
        """
        require(text, channel)
        return self.judge(channel, policy=policy, system=system, known=known)(text)

    async def acheck(
        self,
        text: str,
        channel: Channel = "user",
        *,
        policy: Policy | str | Path | None = None,
        system: str | Sequence[str] = (),
        known: str | Sequence[str] = (),
    ) -> Verdict:
        """`check` on a thread of the guard's own, so that the event loop goes on."""
        call = partial(self.check, text, channel, policy=policy, system=system, known=known)
        return await asyncio.get_running_loop().run_in_executor(self._pool, call)

    def check_many(
        self,
        texts: Iterable[str],
        channel: Channel | Sequence[Channel] = "user",
        *,
        policy: Policy | str | Path | None = None,
        system: str | Sequence[str] = (),
        known: str | Sequence[str] = (),
    ) -> list[Verdict]:
        """The verdicts on many texts, in order, on all cores. `channel` is one for all, or one for each."""
        if isinstance(texts, str | bytes | Mapping) or not isinstance(texts, Iterable):
            raise InputError(f"check_many takes several texts: expected a list of str, not {type(texts).__name__}")
        if not isinstance(channel, Iterable):
            raise InputError(f"channel is {shown(channel)}: expected one for all texts, or a list with one for each")
        every = list(texts)
        channels = [channel] * len(every) if isinstance(channel, str) else list(channel)
        if len(channels) != len(every):
            raise InputError(f"{len(channels)} channels for {len(every)} texts: give one, or one for each")
        for text, each in zip(every, channels, strict=True):
            require(text, each)
        judges = {each: self.judge(each, policy=policy, system=system, known=known) for each in channels}
        return list(self._pool.map(lambda text, each: judges[each](text), every, channels))

    def check_messages(self, messages: Sequence[Any], *, policy: Policy | str | Path | None = None) -> Verdict:
        """The worst verdict over a conversation of OpenAI-style messages, each checked on the channel of its role.

        The user's turns are checked together too, and so are the texts of one message, since an attack may be split
        over them; the model's turns also for what they repeat of the system messages. `Verdict.message` is the index
        of the message it is about, or None for the turns together. An empty conversation is benign.
        """
        found = conversation(messages)
        if not found:
            return self.check("", policy=policy)
        system, known = confidential(found)
        found += joints(found)
        verdicts = judged(self, found, policy=policy, system=system, known=known)
        placed = [replace(verdict, message=numbered(text)) for verdict, text in zip(verdicts, found, strict=True)]
        return worst(placed)

    def explain(self, text: str, channel: Channel = "user") -> tuple[Contribution, ...]:
        """Which sentences carry the score: each with its own score, and how much the text's score falls without it.

        In a document of JSON, HTML or Markdown those are the sentences of its texts.
        """
        require(text, channel)
        spans = sentences(masked(text))
        whole = 1 - self.check(text, channel).scores["benign"]
        alone = self.check_many([text[start:end] for start, end in spans], channel)
        without = self.check_many([text[:start] + text[end:] for start, end in spans], channel)
        return tuple(
            Contribution(span, 1 - own.scores["benign"], whole - (1 - rest.scores["benign"]))
            for span, own, rest in zip(spans, alone, without, strict=True)
        )

    def canary(self) -> str:
        """The token to put into a system prompt: 24 letters that nothing else holds.

        An output that holds it, or half of it, in any form is blocked whatever the policy says. It is the same at every
        call and for every guard with the same `canary_key`; without one, for every guard of the process.
        """
        return self._canary.token

    @overload
    def stream(
        self, chunks: AsyncIterable[str], mode: Mode = ..., channel: Channel = ..., *, hold: int = ...,
        policy: Policy | str | Path | None = ..., system: str | Sequence[str] = ..., known: str | Sequence[str] = ...,
    ) -> AsyncGuardedStream: ...  # fmt: skip

    @overload
    def stream(
        self, chunks: Iterable[str], mode: Mode = ..., channel: Channel = ..., *, hold: int = ...,
        policy: Policy | str | Path | None = ..., system: str | Sequence[str] = ..., known: str | Sequence[str] = ...,
    ) -> GuardedStream: ...  # fmt: skip

    def stream(
        self,
        chunks: Iterable[str] | AsyncIterable[str],
        mode: Mode = "window",
        channel: Channel = "output",
        *,
        hold: int = HOLD,
        policy: Policy | str | Path | None = None,
        system: str | Sequence[str] = (),
        known: str | Sequence[str] = (),
    ) -> GuardedStream | AsyncGuardedStream:
        """The chunks again, checked on their way; an async iterator where `chunks` is one. See `StreamGuard`.

        Raises `GuardBlocked` in mid-stream, from "buffer" and "window"; "observe" blocks nothing. `chunks` is closed
        then, and when the caller stops early. The iterator's `verdict` is the worst so far.
        """
        state = StreamGuard(self, mode, channel, hold=hold, policy=policy, system=system, known=known)
        return guarded(chunks, state, self._pool)

    @overload
    def protect(self, function: Callable[P, R], /) -> Callable[P, R]: ...

    @overload
    def protect(
        self, /, *, inputs: Inputs | None = ..., channel: Channel = ..., output: bool = ..., mode: Mode = ...,
        hold: int = ..., on_block: object = ..., policy: Policy | str | Path | None = ...,
    ) -> Protection: ...  # fmt: skip

    def protect(
        self,
        function: Callable[P, R] | None = None,
        /,
        *,
        inputs: Inputs | None = None,
        channel: Channel = "user",
        output: bool = True,
        mode: Mode = "window",
        hold: int = HOLD,
        on_block: object = "raise",
        policy: Policy | str | Path | None = None,
    ) -> Callable[P, R] | Protection:
        """Decorates a function, coroutine function, (async) generator function or method: what goes in and comes out.

        `inputs` names the parameters that are text, or maps each to its channel. Without it they are those annotated
        with `Prompt`; without any, all: each str, and what data, messages, pydantic models and dataclasses hold.
        `channel` is theirs, but for messages, which have the channel of their role.
        `output`: also check what is returned or yielded; streams as `stream` does, by `mode` and `hold`.
        `on_block`: "raise" `GuardBlocked`, or a value to return (or to yield last) instead, or a function of the
        verdict that makes it. Raises `InputError` for a parameter that the function lacks, and for text of a type that
        it cannot read.
        """
        active = None if policy is None else Policy.resolve(policy)
        names = (inputs,) if isinstance(inputs, str) else inputs
        named = tuple(names.items()) if isinstance(names, Mapping) else None if names is None else tuple(names)
        protection = Protection(self, named, channel, output, mode, hold, on_block, active)
        return protection if function is None else protection(function)

    def judge(
        self,
        channel: Channel,
        *,
        policy: Policy | str | Path | None = None,
        system: str | Sequence[str] = (),
        known: str | Sequence[str] = (),
        rules_only: bool = False,
    ) -> Judge:
        """`check` with everything settled but the text: a function from a text to its verdict, for many of them.

        `rules_only` leaves the model out.
        """
        require("", channel)
        active = self.policy if policy is None else Policy.resolve(policy)
        also: list[Detector] = []
        secret, seen = listed("system", system), listed("known", known)
        if channel == "output":
            also.append(self._canary)
            if secret:
                also.append(SystemPrompt(secret, seen))
        return Judge(None if rules_only else self._model, channel, active, tuple(also), self._observers)


def _restored(
    policy: Policy, model: str | Path | None, threads: int, canary: Canary, observers: tuple[Observer, ...]
) -> Guard:
    guard = Guard(policy, model=model, threads=threads, observers=observers)
    object.__setattr__(guard, "_canary", canary)
    return guard
