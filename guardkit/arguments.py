"""Which arguments of a call, and which parts of a result, are text."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Annotated, Any, TypeAlias, get_args, get_type_hints

from guardkit.errors import InputError
from guardkit.messages import conversation, is_message, rewritten
from guardkit.texts import Place, joints
from guardkit.verdict import CHANNELS, Channel

__all__ = ["Arguments", "Change", "Prompt", "Unredactable", "strings"]


class _Mark:
    def __repr__(self) -> str:
        return "guardkit.Prompt"


PROMPT = _Mark()
Prompt: TypeAlias = Annotated[str, PROMPT]
"""A str for type checkers. A parameter annotated with it is one that `Guard.protect` checks, and the others are not."""

Change = Callable[[str, Channel], str]
NESTED = 32  # levels of data in a result


class Unredactable(Exception):
    """Sentences would have to go that stand in no one message."""


class Arguments:
    """The parameters of a function that are text, each with its channel. Immutable.

    `named` are those that were named; without them it is those annotated with `Prompt`; without any, every argument
    of a call that is a str or a list of messages, but for `self` and `cls`. Raises `InputError` for an unknown name.
    """

    def __init__(
        self, function: Callable[..., object], named: Sequence[str | tuple[str, Channel]] | None, channel: Channel
    ) -> None:
        self.signature = inspect.signature(function)
        self._channel = channel
        found = _annotated(function, self.signature) if named is None else named
        pairs = [(each, channel) if isinstance(each, str) else each for each in found]
        self._chosen: dict[str, Channel] | None = dict(pairs) if pairs or named is not None else None
        for name, each in pairs:
            if each not in CHANNELS:
                raise InputError(f"the channel of {name!r} is {each!r}: expected one of {', '.join(CHANNELS)}")
        parameters = self.signature.parameters
        if not any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters.values()):
            for name in self._chosen or ():
                if name not in parameters:
                    raise InputError(f"there is no parameter {name!r}: the function has {', '.join(parameters)}")

    def bind(self, args: tuple[object, ...], kwargs: Mapping[str, object]) -> inspect.BoundArguments:
        """The arguments by name. Raises `TypeError`, as the function would, for those that it does not take."""
        return self.signature.bind(*args, **kwargs)

    def change(self, bound: inspect.BoundArguments, change: Change) -> None:
        """Puts `change` of each text in its place; in the same order at every call."""
        for name, value in bound.arguments.items():
            kind = self.signature.parameters[name].kind
            if kind is inspect.Parameter.VAR_KEYWORD:
                bound.arguments[name] = {key: self._changed(key, each, change) for key, each in value.items()}
            elif kind is inspect.Parameter.VAR_POSITIONAL:
                bound.arguments[name] = tuple(self._changed(name, each, change) for each in value)
            else:
                bound.arguments[name] = self._changed(name, value, change)

    def _changed(self, name: str, value: Any, change: Change) -> Any:
        if self._chosen is not None:
            return _named(name, value, self._chosen[name], change) if name in self._chosen else value
        if isinstance(value, str):
            return value if name in ("self", "cls") or not value else change(value, self._channel)
        return _messages(value, change) if _is_conversation(value) else value


def strings(value: object, depth: int = 0) -> Iterator[str]:
    """Every string of a result: of plain data, dataclasses and pydantic models.

    Raises `InputError` for what it cannot read, because what is not read is not checked.
    """
    if isinstance(value, str):
        yield value
    elif depth > NESTED:
        raise InputError(f"the result is nested more than {NESTED} levels deep")
    elif value is not None and not isinstance(value, bool | int | float):
        for each in _inside(value):
            yield from strings(each, depth + 1)


def _inside(value: Any) -> Iterable[object]:
    if isinstance(value, Mapping):
        return (*value, *value.values())
    if isinstance(value, list | tuple | set | frozenset):
        return value
    kind = type(value)
    if callable(getattr(kind, "model_dump", None)):
        return (value.model_dump(),)
    if is_dataclass(kind):
        return [getattr(value, field.name) for field in fields(kind)]
    raise InputError(
        f"the result holds a {kind.__name__}, which a guard cannot read: return text or data, or say output=False"
    )


def _annotated(function: Callable[..., object], signature: inspect.Signature) -> list[str]:
    """The parameters annotated with `Prompt`, alone or inside another type."""
    raw = {name: parameter.annotation for name, parameter in signature.parameters.items()}
    try:
        hints = get_type_hints(function, include_extras=True)
    except (NameError, TypeError, AttributeError):  # a name known to type checkers only: the annotations as written
        hints = {}
    return [name for name in raw if _is_prompt(hints.get(name, raw[name]))]


def _is_prompt(annotation: object) -> bool:
    if isinstance(annotation, str):
        return re.search(r"\bPrompt\b", annotation) is not None
    return PROMPT in getattr(annotation, "__metadata__", ()) or any(map(_is_prompt, get_args(annotation)))


def _named(name: str, value: Any, channel: Channel, change: Change) -> Any:
    """A named argument must be text: a str, several, a list of messages, or None."""
    if isinstance(value, str):
        return value and change(value, channel)
    if value is None:
        return None
    if _is_conversation(value):
        return _messages(value, change)
    if isinstance(value, list | tuple):
        several = [_named(name, each, channel, change) for each in value]
        return tuple(several) if isinstance(value, tuple) else several
    raise InputError(f"argument {name!r} is {type(value).__name__}: expected str, several, or a list of messages")


def _is_conversation(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(map(is_message, value))


def _messages(messages: Sequence[Any], change: Change) -> list[Any]:
    texts = conversation(messages)
    changes: dict[Place, str] = {}
    for text in texts:
        if (new := change(text.text, text.channel)) != text.text:
            if text.fixed:
                raise Unredactable
            changes[text.place] = new
    for text, parts in joints(texts).items():
        if change(text.text, text.channel) != text.text and not any(part.place in changes for part in parts):
            raise Unredactable
    return rewritten(messages, changes)
