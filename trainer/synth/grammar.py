# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""A small context-free grammar for writing sentences.

A block of rules is plain text: `@name` opens a rule, every following line holds alternatives separated by `|`.
Inside an alternative `{name}` calls a rule (or a function of the generator) and `[a|b|]` chooses on the spot; both nest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

Writer = Callable[[Random], str]


@dataclass(frozen=True, slots=True)
class Slot:
    """A call of another rule."""

    name: str


Part: TypeAlias = "str | Slot | tuple[Parts, ...]"
Parts: TypeAlias = tuple[Part, ...]

_TOKEN = re.compile(r"[\[\]|]|\{\w+\}|[^\[\]|{]+|\{")
_SPACES = re.compile(r" {2,}")
_BEFORE_MARK = re.compile(r" +([,.;:!?])(?=\s|$)")
_TWO_MARKS = re.compile(r"(?<=[?!])\.(?!\.)|(?<=[^.]\.)\.(?!\.)")
_ARTICLE = re.compile(r"\b([Aa]) (?=[aeio]\w\w)")
_START = re.compile(r"(?:\A|[.!?]\s+|\n)[a-z](?=[a-z]* |'|[a-z]+(?:[,.!?]|\Z))")


def polish(text: str) -> str:
    """Returns the text with single spaces, `an` before vowels and capitals at the start of sentences."""
    text = _SPACES.sub(" ", text).strip()
    text = _BEFORE_MARK.sub(r"\1", text)
    text = _TWO_MARKS.sub("", text)
    text = _ARTICLE.sub(r"\1n ", text)
    return _START.sub(lambda found: found.group().upper(), text)


def _parse(text: str) -> tuple[Parts, ...]:
    """Returns the alternatives of one line."""
    stack: list[tuple[list[Parts], list[Part]]] = [([], [])]
    for found in _TOKEN.finditer(text):
        token = found.group()
        alternatives, parts = stack[-1]
        if token == "[":
            stack.append(([], []))
        elif token == "|":
            alternatives.append(tuple(parts))
            parts.clear()
        elif token == "]":
            alternatives.append(tuple(parts))
            stack.pop()
            stack[-1][1].append(tuple(alternatives))
        elif len(token) > 2 and token[0] == "{":
            parts.append(Slot(token[1:-1]))
        else:
            parts.append(token)
    if len(stack) != 1:
        raise ValueError(f"unbalanced brackets in {text!r}")
    alternatives, parts = stack[0]
    return (*alternatives, tuple(parts))


def _trim(parts: Parts) -> Parts:
    if parts and isinstance(parts[0], str):
        parts = (parts[0].lstrip(), *parts[1:])
    if parts and isinstance(parts[-1], str):
        parts = (*parts[:-1], parts[-1].rstrip())
    return tuple(part for part in parts if part != "")


class Grammar:
    """Rules that write text; `base` lends its rules, own rules come first."""

    __slots__ = ("_rules", "_templates", "_writers")

    def __init__(self, block: str, base: Grammar | None = None, writers: Mapping[str, Writer] | None = None) -> None:
        self._rules: dict[str, tuple[Parts, ...]] = dict(base._rules) if base else {}
        self._writers: dict[str, Writer] = {**(base._writers if base else {}), **(writers or {})}
        self._templates: dict[str, tuple[Parts, ...]] = {}
        name = ""
        own: dict[str, list[Parts]] = {}
        for line in block.splitlines():
            line = line.strip()
            if line.startswith("@"):
                name = line[1:].strip()
            elif line:
                own.setdefault(name, []).extend(_trim(parts) for parts in _parse(line))
        self._rules.update({name: tuple(rules) for name, rules in own.items()})

    def raw(self, rng: Random, template: str, **given: str) -> str:
        """Returns the template with every slot and choice filled, unpolished."""
        compiled = self._templates.get(template)
        if compiled is None:
            compiled = self._templates[template] = _parse(template)
        out: list[str] = []
        self._write(compiled, rng, given, out)
        return "".join(out)

    def say(self, rng: Random, template: str, **given: str) -> str:
        """Returns the filled template as polished prose."""
        return polish(self.raw(rng, template, **given))

    def _write(self, choice: tuple[Parts, ...], rng: Random, given: Mapping[str, str], out: list[str]) -> None:
        parts = choice[int(rng.random() * len(choice))] if len(choice) > 1 else choice[0]
        for part in parts:
            if isinstance(part, str):
                out.append(part)
            elif isinstance(part, tuple):
                self._write(part, rng, given, out)
            elif part.name in given:
                out.append(given[part.name])
            elif part.name in self._writers:
                out.append(self._writers[part.name](rng))
            else:
                self._write(self._rules[part.name], rng, given, out)

    def missing(self) -> set[str]:
        """Returns the slots that no rule fills (a test keeps it empty)."""
        found: set[str] = set()

        def visit(choice: tuple[Parts, ...]) -> None:
            for parts in choice:
                for part in parts:
                    if isinstance(part, Slot):
                        found.add(part.name)
                    elif isinstance(part, tuple):
                        visit(part)

        for rule in self._rules.values():
            visit(rule)
        return found - self._rules.keys() - self._writers.keys()
