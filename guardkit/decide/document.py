"""A policy as a TOML document: written, and searched for the line of a key. `Policy.load` reads it back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING

from guardkit.errors import PolicyError
from guardkit.verdict import CHANNELS, Label

if TYPE_CHECKING:
    from guardkit.decide.policy import Policy, Rule

__all__ = ["dump", "line"]

TABLE = re.compile(r"\s*\[([^\[\]]+)\]")
KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")


def dump(policy: Policy, notes: Iterable[str] = ()) -> str:
    """The TOML of a policy, the notes as comments at its head.

    What it reads back to does the same to every text. It is also equal, but for rules that are left out where the
    preset has one: these are written out as what is in force. Raises `PolicyError` for a text that UTF-8 cannot hold.
    """
    base = type(policy).preset(policy.thresholds)
    out = [f"# {''.join(char if char.isprintable() else ' ' for char in note)}" for note in notes]
    out += [
        f"name = {_string(policy.name)}",
        f'preset = "{policy.thresholds}"  # of it come the thresholds that are not given here',
        f'on_error = "{policy.on_error}"',
        f'on_truncated = "{policy.on_truncated}"',
        f"allow = [{', '.join(map(_string, policy.allow))}]",
        f"deny = [{', '.join(map(_string, policy.deny))}]",
    ]
    out += _table("rules", {label: policy.rules.get(label) for label in base.rules})
    for channel in CHANNELS:
        known = {**base.channels.get(channel, {}), **policy.channels.get(channel, {})}
        if known or channel in policy.channels:
            out += _table(f"channels.{channel}", {label: policy.rule(label, channel) for label in known})
    out += ["", "[limits]", *(f"{f.name} = {getattr(policy.limits, f.name)!r}" for f in fields(policy.limits))]
    text = "\n".join(out) + "\n"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise PolicyError("a name or an entry of a list holds half of a surrogate pair, which no file can") from error
    return text


def line(document: str, key: str) -> int | None:
    """The line (from 1) of a dotted key; where it is inside of an inline table, the line of that; None if not there."""
    wanted = _parts(key)
    table: tuple[str, ...] = ()
    best, found = 0, None
    for number, text in enumerate(document.split("\n"), 1):
        header, pair = TABLE.match(text), KEY.match(text)
        if header is not None:
            table = _parts(header[1])
        if header is None and pair is None:
            continue
        here = table if pair is None else (*table, *_parts(pair[1]))
        if len(here) > best and here == wanted[: len(here)]:
            best, found = len(here), number
    return found


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in key.split("."))


def _table(name: str, rules: Mapping[Label, Rule | None]) -> list[str]:
    """A table of rules; a label without one passes."""
    out = ["", f"[{name}]"]
    for label, rule in rules.items():
        action = "allow" if rule is None else rule.action
        if rule is None or rule.threshold is None:
            out.append(f'{label} = "{action}"')
        else:
            out.append(f'{label} = {{ action = "{action}", threshold = {float(rule.threshold)!r} }}')
    return out


def _string(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's too, and TOML wants one for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
