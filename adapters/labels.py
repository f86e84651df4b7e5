"""What of an answer is shown at once and is no prose, yet could say a secret: names of calls, metadata."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from guardkit.errors import GuardBlocked, InputError
from guardkit.texts import DEPTH, Place

from .inspection import Inspector

__all__ = ["Labels", "leaves", "names"]

Found = Iterable[tuple[Place, str]]

KEPT: Final = 1_024  # labels of one stream that are remembered,
LONGEST: Final = 1_024  # and characters of each
# What a response of the Responses API repeats of its request, which nobody said.
ECHOED: Final = frozenset({"tools", "tool_choice", "instructions", "input", "prompt", "text"})


class Labels:
    """The labels of one answer, or of one stream, in which a reader adds up those that have the same key.

    They are never held back, since readers take a name from the first event that has it. So each is checked when it
    comes, with what came of it before: against the deny list and for the canary, without asking the model. With `watch`
    nothing is blocked.
    """

    def __init__(self, inspector: Inspector, *, watch: bool = False) -> None:
        self._inspector = inspector
        self._watch = watch
        self._said: dict[Place, str] = {}
        self._last: dict[Place, str] = {}

    def add(self, found: Found, *, whole: bool = False, repeats: bool = False) -> None:
        """Raises `GuardBlocked`. With `whole` nothing is added up.

        `repeats` is for settings that come with every chunk: the same again adds nothing.
        """
        new: list[str] = []
        for key, text in found:
            if repeats and len(text) > 1 and self._last.get(key) == text:
                continue
            said = text if whole else self._said.pop(key, "") + text
            new.append(said)
            if not whole:
                self._said[key], self._last[key] = said[-LONGEST:], text[-LONGEST:]
        while len(self._said) > KEPT:
            self._last.pop(oldest := next(iter(self._said)), None)
            del self._said[oldest]
        if new:
            self._check("\n".join(new))

    def _check(self, text: str) -> None:
        try:
            self._inspector.label(text)
        except GuardBlocked:
            if not self._watch:
                raise


def names(node: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every name in an answer or event, with the way to it, on which entries of a list have their own index."""
    return ((key, text) for key, text in leaves(node, place) if key[-1] == "name")


def leaves(node: Any, key: Place = (), depth: int = 0) -> Iterator[tuple[Place, str]]:
    """Every string below a node, likewise. Raises `InputError` for what is nested more than 64 levels deep."""
    if isinstance(node, str):
        if node and key:
            yield key, node
    elif depth > DEPTH:
        raise InputError(f"the payload is nested more than {DEPTH} levels deep")
    elif isinstance(node, Mapping):
        echoed = ECHOED if node.get("object") == "response" else ()
        for name, value in node.items():
            if name not in echoed:
                yield from leaves(value, (*key, name), depth + 1)
    elif isinstance(node, list | tuple):
        for at, entry in enumerate(node):
            own = entry.get("index") if isinstance(entry, Mapping) else None
            yield from leaves(entry, (*key, own if isinstance(own, int | str) else at), depth + 1)
