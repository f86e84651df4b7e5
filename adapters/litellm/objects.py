"""LiteLLM's objects as JSON, and JSON as LiteLLM's objects."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from guardkit.errors import InputError

from ..extra import framework
from ..wire import Chat, Claude, Completions, Responses, Wire

__all__ = ["answer", "chunk", "plain", "readable", "remade"]

TEXTS = frozenset({"messages", "prompt", "input", "instructions", "system"})  # hold nothing but text
# Of the parameters that LiteLLM keeps to itself, those that it writes into the prompt.
WRITTEN = frozenset({
    "prompt_variables", "litellm_system_prompt", "assistant_continue_message", "user_continue_message",
})  # fmt: skip
# Where to send the request and how, and what the proxy adds to it. Not in LiteLLM's own list.
SENDING = frozenset({
    "base_url", "timeout", "deployment_id", "extra_headers", "extra_query", "organization", "user_api_key",
    "litellm_logging_obj", "is_retry", "is_fallback", "is_async", "custom_llm_provider", "cache_responses",
})  # fmt: skip


def readable(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What of a call's arguments goes to a model, as JSON: all that is not a setting of LiteLLM's own.

    Raises `InputError` for messages that hold something that is neither JSON nor a pydantic model.
    """
    found: dict[str, Any] = {}
    for name, value in arguments.items():
        if name == "fallbacks":  # names of models, unless they bring messages of their own
            if any(isinstance(each, Mapping) and TEXTS & each.keys() for each in value or ()):
                found[name] = plain(value)
        elif name in WRITTEN or name not in _settings():
            found[name] = plain(value, strict=name in TEXTS)
    return found


def plain(value: Any, *, strict: bool = False) -> Any:
    """The value as JSON has it. What JSON cannot hold stays as it is, or with `strict` raises `InputError`."""
    if isinstance(value, Mapping):
        return {str(key): plain(each, strict=strict) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each, strict=strict) for each in value]
    if not isinstance(value, type) and hasattr(value, "model_dump"):
        return value.model_dump(mode="json", warnings=False)
    if strict and not isinstance(value, str | int | float | None):
        raise InputError(f"the messages hold a {type(value).__name__}, which a guard cannot read")
    return value


def remade(value: Any, data: Mapping[str, Any]) -> Any:
    """An object like this one with other data, and with what LiteLLM has hung on it."""
    return dict(data) if isinstance(value, Mapping) else _like(value, type(value), data)


def answer(wire: Wire, data: Mapping[str, Any]) -> Any:
    """A whole answer of our own, as the functions that speak this format return it."""
    litellm = framework("litellm", "litellm")
    if isinstance(wire, Claude):
        return dict(data)
    if isinstance(wire, Responses):
        return framework("litellm.types.llms.openai", "litellm").ResponsesAPIResponse(**data)
    return (litellm.TextCompletionResponse if isinstance(wire, Completions) else litellm.ModelResponse)(**data)


def chunk(wire: Wire, data: Mapping[str, Any], like: Any = None) -> Any:
    """A chunk of a streamed answer; `like` is one that came."""
    if isinstance(like, Mapping):
        return dict(data)
    if isinstance(wire, Responses):
        made = _config().get_event_model_class(data.get("type", ""))
    elif like is not None:
        made = type(like)
    else:
        litellm = framework("litellm", "litellm")
        made = litellm.ModelResponseStream if isinstance(wire, Chat) else litellm.TextCompletionResponse
    return _like(like, made, data)


def _like(value: Any, kind: Any, data: Mapping[str, Any]) -> Any:
    made = kind(**data)
    for name in ("_hidden_params", "_response_headers"):
        if hasattr(value, name):
            setattr(made, name, getattr(value, name))
    return made


@cache
def _settings() -> frozenset[str]:
    return SENDING | set(framework("litellm.types.utils", "litellm").all_litellm_params)


@cache
def _config() -> Any:
    return framework("litellm.llms.openai.responses.transformation", "litellm").OpenAIResponsesAPIConfig
