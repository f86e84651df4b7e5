"""Which arguments of a call, and which parts of a result, are text."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, TypeAlias, get_args, get_type_hints

from guardkit.errors import InputError
from guardkit.joints import joints
from guardkit.messages import HEAD, conversation, is_message, rewritten, told
from guardkit.objects import TEXTLESS, Unread, Unredactable, plain, put
from guardkit.texts import Place, Text, walk
from guardkit.verdict import CHANNELS, Channel

__all__ = ["Arguments", "Change", "Prompt", "Unredactable", "strings"]


class _Mark:
    def __repr__(self) -> str:
        return "guardkit.Prompt"


PROMPT = _Mark()
Prompt: TypeAlias = Annotated[str, PROMPT]
"""A str for type checkers. A parameter annotated with it is one that `Guard.protect` checks, and the others are not."""

CONTENT = "content"  # how the place of every text of one message begins
Change = Callable[[Text], str]


class Arguments:
    """The parameters of a function that are text, each with its channel. Immutable.

    `named` are those that were named; without them it is those annotated with `Prompt`; without any, every argument
    of a call, but for `self` and `cls`: each str, and what a list, mapping, model of pydantic or dataclass holds.
    Raises `InputError` for an unknown name.
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
        self._owner = next((name for name in tuple(parameters)[:1] if name in ("self", "cls")), None)
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
                own = self._chosen is not None and name in self._chosen
                changed = {key: self._changed(name if own else key, each, change) for key, each in value.items()}
                bound.arguments[name] = changed
            elif kind is inspect.Parameter.VAR_POSITIONAL:
                bound.arguments[name] = tuple(self._changed(name, each, change) for each in value)
            else:
                bound.arguments[name] = self._changed(name, value, change)

    def _changed(self, name: str, value: Any, change: Change) -> Any:
        if self._chosen is None:
            return value if name == self._owner else _put(value, self._channel, change, lambda _: None)
        if name not in self._chosen:
            return value
        if isinstance(value, TEXTLESS) and value is not None:
            raise InputError(f"argument {name!r} is {type(value).__name__}: expected text, or data that holds some")

        def unread(other: object) -> None:
            raise InputError(f"argument {name!r} holds a {type(other).__name__}, which a guard cannot read")

        return _put(value, self._chosen[name], change, unread)


def strings(value: object) -> list[Text]:
    """What to check of a result, which is plain data, dataclasses or pydantic models: every string of it, in lines, as
    one text, and those that a reader joins; nothing where it has no string.

    Raises `InputError` for what it cannot read, because what is not read is not checked.
    """

    def unread(other: object) -> None:
        kind = type(other).__name__
        raise InputError(f"the result holds a {kind}, which a guard cannot read: return text or data, or output=False")

    data = plain(value, unread)
    lines = "\n".join(_leaves(data))
    glued = joints(walk(data, "output", (CONTENT,), named=False))
    return [Text(lines, "output", ()), *(text for text in glued if text.names)] if lines else []


def _leaves(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _leaves(each)
    elif isinstance(node, Mapping):
        for key, each in node.items():
            yield str(key)
            yield from _leaves(each)


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


def _put(value: Any, channel: Channel, change: Change, unread: Unread) -> Any:
    """The value with `change` of each text in its place. Raises `Unredactable`, and what `unread` raises."""
    if isinstance(value, str):
        return value and change(Text(value, channel, ()))
    talk = channel not in ("document", "tool") and isinstance(value, list | tuple) and all(map(is_message, value))
    if value and talk:
        texts = [_said(text, channel) for text in conversation(value)]
        changes = _changes(texts, change)
        return rewritten(value, changes) if changes else value
    data = plain(value, unread)
    head = CONTENT if _is_content(data) else HEAD
    texts = list(told(data, channel, () if isinstance(value, Mapping) else (head,)))
    changes = _changes(texts, change)
    if not isinstance(value, Mapping):
        changes = {place[1:]: text for place, text in changes.items()}
    return put(value, changes)


def _said(text: Text, channel: Channel) -> Text:
    """A text of a conversation; in what a model said nothing is the system's."""
    return replace(text, channel=channel) if channel == "output" and text.channel == "system" else text


def _is_content(value: Any) -> bool:
    """Whether a list is of the blocks of one message."""
    blocks = value if isinstance(value, list | tuple) else ()
    return bool(blocks) and all(
        isinstance(each, str) or (isinstance(each, Mapping) and "role" not in each) for each in blocks
    )


def _changes(texts: list[Text], change: Change) -> dict[Place, str]:
    changes: dict[Place, str] = {}
    for text in texts:
        if (new := change(text)) != text.text:
            if text.fixed:
                raise Unredactable
            changes[text.place] = new
    for text, parts in joints(texts).items():
        if change(text) != text.text and not any(part.place in changes for part in parts):
            raise Unredactable
    return changes
