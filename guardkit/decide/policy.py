"""What to do about which score: a policy, from a preset, a TOML file, the environment or code."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

import regex

from guardkit.decide.document import line
from guardkit.errors import PolicyError
from guardkit.pipeline import Limits
from guardkit.verdict import ACTIONS, CHANNELS, LABELS, Action, Channel, Label

__all__ = ["PRESETS", "OnError", "Policy", "Rule"]

Preset = Literal["strict", "balanced", "permissive"]
OnError = Literal["block", "allow", "raise"]

PRESETS: tuple[Preset, ...] = get_args(Preset)
ATTACKS: tuple[Label, ...] = LABELS[1:]  # every label but benign
REGEX_SECONDS = 0.05  # time for one allow or deny expression


def _choice(name: str, value: object, allowed: Iterable[str]) -> None:
    if value not in tuple(allowed):
        raise PolicyError(f"{name} is {value!r}: expected one of {', '.join(allowed)}", name)


@dataclass(frozen=True, slots=True)
class Rule:
    """What happens to a text whose score for a label reaches the threshold; None takes the preset's."""

    action: Action = "block"
    threshold: float | None = None

    def __post_init__(self) -> None:
        _choice("action", self.action, ACTIONS)
        if self.threshold is not None and not (_number(self.threshold) and 0 <= self.threshold <= 1):
            raise PolicyError(f"threshold is {self.threshold!r}: expected a number 0..1", "threshold")


Rules = Mapping[Label, Rule]

_BLOCK: Rules = {label: Rule() for label in ATTACKS}
# A document or a tool result about something harmful is no attack on the application: it is reported.
_CONTENT: Rules = {"harmful": Rule("flag")}


@dataclass(frozen=True, slots=True)
class Policy:
    """Immutable. `Policy.preset("balanced")`, `Policy.load("guard.toml")`, or `replace` on either.

    Thresholds that are not set come from the model's manifest, where they are calibrated per preset.
    """

    name: str = "balanced"
    thresholds: Preset = "balanced"  # whose calibrated thresholds apply
    rules: Rules = field(default_factory=lambda: dict(_BLOCK))
    channels: Mapping[Channel, Rules] = field(default_factory=lambda: {"document": _CONTENT, "tool": _CONTENT})
    allow: tuple[str, ...] = ()  # exact texts that always pass; "re:…" is an expression for the whole text
    deny: tuple[str, ...] = ()  # phrases that always block; "re:…" is an expression for any part of it
    limits: Limits = field(default_factory=Limits)
    on_error: OnError = "block"  # when a step failed, so that not everything was checked
    on_truncated: Action = "block"  # when the text was too long to be checked in full

    def __post_init__(self) -> None:
        if not isinstance(self.name, str):
            raise PolicyError(f"name is {self.name!r}: expected a string", "name")
        _choice("thresholds", self.thresholds, PRESETS)
        _choice("on_error", self.on_error, get_args(OnError))
        _choice("on_truncated", self.on_truncated, ACTIONS)
        if not isinstance(self.limits, Limits):
            raise PolicyError(f"limits is {type(self.limits).__name__}: expected Limits", "limits")
        for channel in _table("channels", self.channels):
            _choice("channel", channel, CHANNELS)
        channels = {channel: _sealed(f"channels.{channel}", rules) for channel, rules in self.channels.items()}
        object.__setattr__(self, "rules", _sealed("rules", self.rules))
        object.__setattr__(self, "channels", MappingProxyType(channels))
        object.__setattr__(self, "allow", _entries("allow", self.allow))
        object.__setattr__(self, "deny", _entries("deny", self.deny))

    def __reduce__(self) -> tuple[object, ...]:
        """How it is pickled and copied, which its read-only tables cannot be."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        values["rules"] = dict(self.rules)
        values["channels"] = {channel: dict(rules) for channel, rules in self.channels.items()}
        return type(self), tuple(values.values())

    @classmethod
    def preset(cls, name: str) -> Policy:
        """One of `PRESETS`: strict (about 5% false alarms on benign text), balanced (1%), permissive (0.1%)."""
        _choice("preset", name, PRESETS)
        return cls(name=name, thresholds=name)  # type: ignore[arg-type]

    @classmethod
    def load(cls, path: str | Path) -> Policy:
        """A policy file. Raises `PolicyError` that names the file, the line and the field."""
        try:
            content = Path(path).read_bytes()
        except (OSError, TypeError, ValueError) as error:
            raise PolicyError(
                f"there is no policy {str(path)!r}: expected {', '.join(PRESETS)} or the path of a TOML file"
            ) from error
        try:
            text = content.decode("utf-8-sig")
            data = tomllib.loads(text)
        except ValueError as error:
            raise PolicyError(f"{path} is not TOML: {error}") from error
        try:
            return cls.parse({"name": Path(path).stem, **data})
        except PolicyError as error:
            at = line(text, error.key)
            raise PolicyError(f"{path}{f', line {at}' if at else ''}: {error}", error.key) from error

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> Policy:
        """A policy from plain data, as it stands in TOML.

        What `rules` says of a label holds on all channels, also where the preset has a rule of its own, and what
        `channels` says goes before it. A rule without an action keeps the action that would be in force without it.
        """
        _known("policy", data, {f.name for f in fields(cls)} | {"preset"})
        base = cls.preset(data.get("preset", "balanced"))
        plain = ("name", "thresholds", "on_error", "on_truncated", "allow", "deny")
        changes: dict[str, Any] = {key: data[key] for key in plain if key in data}
        changes["rules"] = {**base.rules, **_rules("rules", data.get("rules", {}), base.rules)}
        changes["channels"] = _channels(base, changes["rules"], data)
        if "limits" in data:
            changes["limits"] = _limits(base.limits, _table("limits", data["limits"]))
        return replace(base, **changes)

    @classmethod
    def resolve(cls, policy: str | Path | Policy | None) -> Policy:
        """A policy from any way of naming it; None reads `GUARDKIT_*` from the environment.

        `GUARDKIT_POLICY` names a preset or a file, `GUARDKIT_ON_ERROR` and `GUARDKIT_ON_TRUNCATED` override it.
        """
        if isinstance(policy, Policy):
            return policy
        if policy is None:
            found = cls.resolve(os.environ.get("GUARDKIT_POLICY", "balanced"))
            changes = {key: os.environ[f"GUARDKIT_{key.upper()}"] for key in ("on_error", "on_truncated")
                       if f"GUARDKIT_{key.upper()}" in os.environ}  # fmt: skip
            return replace(found, **changes)  # type: ignore[arg-type]
        return cls.preset(policy) if policy in PRESETS else cls.load(policy)

    def rule(self, label: Label, channel: Channel) -> Rule:
        """The rule in force: the channel's own, else the general one, else let it pass."""
        return self.channels.get(channel, {}).get(label) or self.rules.get(label) or Rule("allow")

    def blocks(self, channel: Channel) -> bool:
        """Whether every attack is blocked, whatever its kind, so that its first sign decides."""
        return all(self.rule(label, channel) == Rule("block") for label in LABELS[1:4])

    def allows(self, text: str) -> bool:
        """Whether the allow list lets the whole text pass."""
        return any(_matches(entry, text, whole=True) for entry in self.allow)

    def denies(self, texts: Iterable[str]) -> str | None:
        """The first entry of the deny list that one of the texts holds."""
        texts = list(texts) if self.deny else []
        return next((entry for entry in self.deny for text in texts if _matches(entry, text, whole=False)), None)


def _sealed(place: str, rules: Any) -> Rules:
    """The rules in a table that nobody can change any more."""
    for label, rule in _table(place, rules).items():
        _choice("label", label, ATTACKS)
        if not isinstance(rule, Rule):
            raise PolicyError(f"{place}.{label} is {type(rule).__name__}: expected a Rule", f"{place}.{label}")
    return MappingProxyType(dict(rules))


def _entries(name: str, entries: Any) -> tuple[str, ...]:
    """An allow or deny list. Raises `PolicyError` for what is none, and for an entry that cannot be matched."""
    if not isinstance(entries, tuple | list) or not all(isinstance(entry, str) for entry in entries):
        raise PolicyError(f"{name} is not a list of strings", name)
    for entry in entries:
        if not entry.removeprefix("re:").strip():
            raise PolicyError(f"{name} has an empty entry, which would match every text", name)
        if entry.startswith("re:"):
            try:
                regex.compile(entry[3:])
            except RecursionError:
                raise PolicyError(f"{name} has a regular expression that is nested too deeply", name) from None
            except regex.error as error:
                raise PolicyError(f"{name} has {entry!r}, which is not a regular expression: {error}", name) from error
    return tuple(entries)


def _matches(entry: str, text: str, *, whole: bool) -> bool:
    """Whether an entry matches. An expression that runs out of time counts against the text."""
    if not entry.startswith("re:"):
        return text.strip() == entry.strip() if whole else entry.casefold() in text.casefold()
    expression = regex.compile(entry[3:])
    try:
        search = expression.fullmatch if whole else expression.search
        return search(text, timeout=REGEX_SECONDS) is not None
    except TimeoutError:
        return not whole


def _known(place: str, data: Mapping[str, Any], known: Iterable[str]) -> None:
    unknown = sorted(set(data) - set(known))
    if unknown:
        inside = unknown[0] if place == "policy" else f"{place}.{unknown[0]}"
        raise PolicyError(f"{place} has no field {unknown[0]!r}: it has {', '.join(sorted(known))}", inside)


def _table(place: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise PolicyError(f"{place} is {type(value).__name__}: expected a table", place)
    return value


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _rules(place: str, value: Any, known: Rules) -> dict[Label, Rule]:
    """The rules that a table names. One without an action keeps that of the rule that is `known`."""
    rules: dict[Label, Rule] = {}
    table = _table(place, value)
    _known(place, table, ATTACKS)
    for label in (label for label in ATTACKS if label in table):
        rule = table[label]
        rule = {"action": rule} if isinstance(rule, str) else _table(f"{place}.{label}", rule)
        _known(f"{place}.{label}", rule, ("action", "threshold"))
        threshold = rule.get("threshold")
        if threshold is not None and not (_number(threshold) and 0 <= threshold <= 1):
            key = f"{place}.{label}.threshold"
            raise PolicyError(f"{key} is {threshold!r}: expected a number 0..1", key)
        action = rule.get("action", known[label].action)
        _choice(f"{place}.{label}.action", action, ACTIONS)
        rules[label] = Rule(action, threshold)
    return rules


def _channels(base: Policy, rules: Rules, data: Mapping[str, Any]) -> dict[Channel, Rules]:
    """The channels' own rules: the preset's, unless `rules` names the label too, and then those of the channels."""
    given, general = _table("channels", data.get("channels", {})), data.get("rules", {})
    _known("channels", given, CHANNELS)
    found: dict[Channel, Rules] = {}
    for channel in CHANNELS:
        own = dict(base.channels.get(channel, {}))
        own |= _rules("rules", {label: general[label] for label in own if label in general}, own)
        own |= _rules(f"channels.{channel}", given.get(channel, {}), {**rules, **own})
        if own or channel in given:
            found[channel] = own
    return found


def _limits(base: Limits, data: Mapping[str, Any]) -> Limits:
    _known("limits", data, [f.name for f in fields(Limits)])
    return replace(base, **data)
