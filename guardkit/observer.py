"""Functions of the caller's that hear of what was decided. What cannot be recorded is not let through."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from inspect import isasyncgenfunction, isawaitable, iscoroutine, iscoroutinefunction, isgeneratorfunction

from guardkit.decide import Policy
from guardkit.errors import GuardError, InputError, shown
from guardkit.verdict import Verdict

__all__ = ["Observer", "require", "several", "tell"]

Observer = Callable[[str, Verdict, Policy], object]
"""Hears of every check: its text, its verdict and the policy in force. Called in the thread of the check."""

LATER = (iscoroutinefunction, isasyncgenfunction, isgeneratorfunction)  # whose call runs nothing of them


def require(name: str, function: object) -> None:
    """Raises `InputError` for what cannot be called, or would do nothing when it is called."""
    if not callable(function):
        raise InputError(f"{name} is of type {type(function).__name__}: expected a function")
    if any(later(each) for later in LATER for each in (function, getattr(function, "__call__", None))):  # noqa: B004
        raise InputError(f"{name} is async or a generator, which would never run: expected a plain function")


def several(observers: Iterable[Observer]) -> tuple[Observer, ...]:
    """The observers of a guard. Raises `InputError` for what are none."""
    if not isinstance(observers, Iterable):
        raise InputError(f"observers is {shown(observers)}: expected a list of functions")
    found = tuple(observers)
    for at, each in enumerate(found, 1):
        require(f"observer {at}", each)
    return found


def tell(name: str, function: Callable[..., object], *heard: object) -> None:
    """Calls it. Raises `GuardError` where it fails, or leaves its work to be awaited, which nobody does."""
    try:
        said = function(*heard)
    except Exception as error:  # its message may show the text
        raise GuardError(f"{name} failed: {type(error).__name__}") from None
    if said is not None and isawaitable(said):
        if iscoroutine(said):
            said.close()
        raise GuardError(f"{name} returned something to be awaited, and nobody does: expected a plain function")
