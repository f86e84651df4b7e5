"""One synthetic training text with its labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from .pool import Pool

Label = Literal["benign", "injection", "jailbreak", "obfuscation"]
Channel = Literal["user", "document", "tool", "system", "output"]


@dataclass(frozen=True, slots=True)
class Sample:
    """A text, its threat label, whether it asks for harm (None: unknown) and where the attack sits in it."""

    text: str
    label: Label
    harmful: int | None
    channel: Channel
    family: str
    lang: str = "en"
    span: tuple[int, int] | None = None


Family = Callable[[Random, "Pool"], Sample]


def attack(
    text: str,
    family: str,
    *,
    label: Label = "injection",
    harmful: int | None = 0,
    channel: Channel = "user",
    lang: str = "en",
    span: tuple[int, int] | None = None,
) -> Sample:
    """Returns an attack; without a span the whole text is the attack."""
    return Sample(text, label, harmful, channel, family, lang, span or (0, len(text)))


def benign(text: str, family: str, *, harmful: int = 0, channel: Channel = "user", lang: str = "en") -> Sample:
    """Returns a text that must pass the threat head; `harmful=1` for a plain harmful request."""
    return Sample(text, "benign", harmful, channel, family, lang)
