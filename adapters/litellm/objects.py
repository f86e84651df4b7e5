"""LiteLLM's objects as JSON, and JSON as LiteLLM's objects."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import cache
from typing import Any

from guardkit.errors import InputError
from guardkit.texts import DEPTH

from ..extra import framework
from ..wire import Chat, Claude, Completions, Gemini, Responses, Wire

__all__ = ["altered", "answer", "chunk", "plain", "readable"]

TEXTS = frozenset({"messages", "prompt", "input", "instructions", "system", "contents"})  # hold nothing but text
# Of the parameters that LiteLLM keeps to itself, those that it writes into the prompt.
WRITTEN = frozenset({
    "prompt_variables", "litellm_system_prompt", "assistant_continue_message", "user_continue_message", "roles",
    "bos_token", "eos_token", "final_prompt_value", "custom_prompt_dict",
})  # fmt: skip
# Where to send the request and how, and what the proxy adds to it. Not in LiteLLM's own list.
SENDING = frozenset({
    "base_url", "timeout", "deployment_id", "extra_headers", "extra_query", "organization", "guardrail_to_apply",
})  # fmt: skip
DEEPEST = 2 * DEPTH  # levels: more than a guard reads, and less than Python's stack holds


def readable(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What of a call's arguments goes to a model, as JSON: all that is not a setting of LiteLLM's own.

    Raises `InputError` for messages that hold something that is neither JSON nor a pydantic model.
    """
    found: dict[str, Any] = {}
    for name, value in arguments.items():
        if name == "fallbacks":  # names of models, unless they bring messages of their own
            if _brings_text(value):
                found[name] = plain(value)
        elif name in WRITTEN or name not in _settings():
            found[name] = plain(value, strict=name in TEXTS)
    return found


def plain(value: Any, *, strict: bool = False, depth: int = 0) -> Any:
    """The value as JSON has it. What JSON cannot hold stays as it is, or with `strict` raises `InputError`.

    Raises it too for what is nested far deeper than a guard reads, which would be the end of Python's stack.
    """
    if depth > DEEPEST:
        raise InputError(f"the payload is nested more than {DEPTH} levels deep")
    if isinstance(value, Mapping):
        return {str(key): plain(each, strict=strict, depth=depth + 1) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each, strict=strict, depth=depth + 1) for each in value]
    if not isinstance(value, type) and hasattr(value, "model_dump"):
        return value.model_dump(mode="json", warnings=False)
    if strict and not isinstance(value, str | int | float | None):
        raise InputError(f"the messages hold a {type(value).__name__}, which a guard cannot read")
    return value


def _brings_text(value: Any) -> bool:
    if isinstance(value, Mapping):
        return bool(TEXTS & value.keys()) or any(map(_brings_text, value.values()))
    return isinstance(value, list | tuple) and any(map(_brings_text, value))


def altered(value: Any, before: Any, after: Any) -> Any:
    """The value, whose JSON is `before`, so that it is `after`. What differs is copied, nothing is modified."""
    if before == after or after is None or isinstance(after, str):
        return value if before == after else after
    if isinstance(after, list):
        return [altered(*each) for each in zip(value, before, after, strict=True)] if after else []
    pairs = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    if isinstance(value, Mapping):
        return {**value, **{name: altered(value[name], *pair) for name, pair in pairs.items()}}
    made = copy.copy(value)
    for name, pair in pairs.items():
        setattr(made, name, altered(getattr(value, name), *pair))
    return made


def answer(wire: Wire, data: Mapping[str, Any]) -> Any:
    """A whole answer of our own, as the functions that speak this format return it."""
    litellm = framework("litellm", "litellm")
    if isinstance(wire, Claude):
        return dict(data)
    if isinstance(wire, Responses):
        return framework("litellm.types.llms.openai", "litellm").ResponsesAPIResponse(**data)
    if isinstance(wire, Gemini):
        return framework("litellm.types.google_genai.main", "litellm").GenerateContentResponse(**data)
    return (litellm.TextCompletionResponse if isinstance(wire, Completions) else litellm.ModelResponse)(**data)


def chunk(wire: Wire, data: Mapping[str, Any], like: Any = None) -> Any:
    """A further chunk of a streamed answer; `like` is one that came."""
    litellm = framework("litellm", "litellm")
    if isinstance(like, Mapping):
        return dict(data)
    if isinstance(wire, Responses):
        config = framework("litellm.llms.openai.responses.transformation", "litellm").OpenAIResponsesAPIConfig
        made = config.get_event_model_class(data.get("type", ""))(**data)
    elif like is not None:
        made = type(like)(**data)
    else:
        made = (litellm.ModelResponseStream if isinstance(wire, Chat) else litellm.TextCompletionResponse)(**data)
    if hasattr(like, "_hidden_params"):
        made._hidden_params = like._hidden_params
    return made


@cache
def _settings() -> frozenset[str]:
    return SENDING | set(framework("litellm.types.utils", "litellm").all_litellm_params)
