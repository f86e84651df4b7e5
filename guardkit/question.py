"""What a guard is asked: a text, who wrote it, and the other texts of its call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guardkit.errors import InputError, shown
from guardkit.verdict import CHANNELS

__all__ = ["listed", "require"]


def require(text: object, channel: object) -> None:
    """Raises `InputError` for what is no text, or no channel."""
    if not isinstance(text, str):
        hint = ": decode it first" if isinstance(text, bytes | bytearray | memoryview) else ""
        raise InputError(f"a guard checks str, not {type(text).__name__}{hint}")
    if channel not in CHANNELS:
        raise InputError(f"channel is {shown(channel)}: expected one of {', '.join(CHANNELS)}")


def listed(name: str, texts: object) -> tuple[str, ...]:
    """One text or several, as several; an empty one is none. Raises `InputError` for what are no texts."""
    if not texts:
        return ()
    if isinstance(texts, str):
        return (texts,)
    if isinstance(texts, Mapping) or not isinstance(texts, Iterable):
        raise InputError(f"{name} is {shown(texts)}: expected a str, or a list of str")
    several = tuple(texts)
    for each in several:
        if not isinstance(each, str):
            raise InputError(f"{name} holds something of type {type(each).__name__}: expected a str, or a list of str")
    return several
