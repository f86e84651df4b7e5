"""The error tree of guardkit.

    GuardError
    ├── GuardBlocked     a policy blocked the text; carries the verdict, never the text
    ├── InputError       the argument is not something a guard can read
    ├── PolicyError      a policy file, preset or variable is wrong
    ├── DataError        a file of labelled texts is no such file, or too small for the question
    └── ModelError       the model cannot be loaded or run
        └── IntegrityError   a model file does not match its manifest

No message contains text that was checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guardkit.verdict import Verdict

__all__ = [
    "DataError", "GuardBlocked", "GuardError", "InputError", "IntegrityError", "ModelError", "PolicyError", "shown",
]  # fmt: skip

WORD = 16  # letters


class GuardError(Exception):
    """Base of every exception that guardkit raises."""


class GuardBlocked(GuardError):
    """A text was blocked by the policy. `verdict` says why."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__(
            f"blocked as {verdict.label} (score {verdict.score:.2f}, route {verdict.route}, code 0x{verdict.code:04x})"
        )

    def __reduce__(self) -> tuple[type[GuardBlocked], tuple[Verdict]]:
        return type(self), (self.verdict,)


class InputError(GuardError, TypeError):
    """The argument is not a text, or not a list of texts or messages."""


class PolicyError(GuardError, ValueError):
    """A policy is not valid: the message names the field, the value and what is allowed; `key` is the field."""

    def __init__(self, message: str, key: str = "") -> None:
        self.key = key  # dotted, as "rules.harmful.threshold"; empty where it is not about one
        super().__init__(message)


class DataError(GuardError, ValueError):
    """A file of labelled texts is no such file, or too small for what is asked of it."""


class ModelError(GuardError):
    """The model cannot be loaded or run."""


class IntegrityError(ModelError):
    """A model file is missing or its sha256 differs from the manifest."""


def shown(value: object) -> str:
    """A wrong argument, for a message: a word or a number as it is, all else by its kind, since it may be a text."""
    if isinstance(value, str):
        return repr(value) if value.isalpha() and len(value) <= WORD else f"a str of {len(value)} characters"
    return repr(value) if value is None or isinstance(value, int | float) else f"of type {type(value).__name__}"
