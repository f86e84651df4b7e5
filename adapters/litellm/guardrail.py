"""A guardrail of LiteLLM's proxy.

    guardrails:                                   # in the proxy's YAML file
      - guardrail_name: guardkit
        litellm_params:
          guardrail: guardkit.adapters.litellm.GuardkitGuardrail
          mode: [pre_call, post_call]
          default_on: true
          policy: strict

Without `post_call` answers are not checked. Chat completions, completions, Responses, Anthropic's messages and Gemini's
format are read as a whole, with the role of each message, and their streams are held back as `mode="window"` of
`Guard.stream` does.
All other calls get what LiteLLM extracts of them, by `apply_guardrail`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing, nullcontext
from typing import TYPE_CHECKING, Any, NoReturn

from guardkit.decide import Policy
from guardkit.errors import GuardBlocked, GuardError, InputError
from guardkit.guard import Guard
from guardkit.stream import HOLD, Mode

from ..exchange import Exchange, OnBlock
from ..extra import framework
from ..inspection import NOTHING, Context, Inspector
from ..threads import in_thread
from ..wire import Wire, wire_of
from ..wire.protocol import REFUSAL
from .chunks import aguarded
from .endpoint import reason
from .inputs import inspected
from .objects import altered, plain, readable

__all__ = ["GuardkitGuardrail"]

Data = dict[str, Any]

if TYPE_CHECKING:

    class _Base:
        guardrail_name: str | None

        def __init__(self, **settings: Any) -> None: ...

        def raise_passthrough_exception(self, **said: Any) -> NoReturn: ...

else:
    framework("litellm", "litellm")
    _Base = framework("litellm.integrations.custom_guardrail", "litellm").CustomGuardrail


class GuardkitGuardrail(_Base):
    """A `CustomGuardrail`. Thread-safe.

    `policy` is a preset or the path of a TOML file; `rules_only` does without the model. `stream_mode` and `hold` are
    `mode` and `hold` of `Guard.stream`. `on_block`: "raise" answers with status 400, "refusal" with a completion that
    says no. `guard` is for those that make one by hand. Raises `InputError` and `PolicyError` for wrong settings, so
    that the proxy does not start.
    """

    use_native_lifecycle_hooks = True  # LiteLLM extracts less than the wire formats hold, and scans streams too late

    def __init__(
        self,
        policy: str | Policy | None = None,
        *,
        rules_only: bool = False,
        stream_mode: Mode = "window",
        hold: int = HOLD,
        on_block: OnBlock = "raise",
        guard: Guard | None = None,
        **settings: Any,
    ) -> None:
        if on_block not in ("raise", "refusal"):
            raise InputError(f"on_block is {on_block!r}: expected raise or refusal")
        made = guard or Guard(policy, model=None if rules_only else "default")
        self._inspector = Inspector(made, policy=None if guard is None else policy, mode=stream_mode, hold=hold)
        self._on_block: OnBlock = on_block
        hooks = framework("litellm.types.guardrails", "litellm").GuardrailEventHooks
        known = ("pre_call", "during_call", "post_call", "pre_mcp_call", "during_mcp_call", "post_mcp_call")
        supported = [hook for hook in hooks if hook.value in known]
        super().__init__(**{**settings, "supported_event_hooks": supported, "mask_response_content": True})

    async def async_pre_call_hook(self, user_api_key_dict: Any, cache: Any, data: Data, call_type: Any) -> Any:
        """The request, redacted where the policy says so. Raises the error that the proxy answers with."""
        exchange = self._exchange(user_api_key_dict)
        if exchange is None:
            data["guardrail_to_apply"] = self
            return await _unified().async_pre_call_hook(user_api_key_dict, cache, data, call_type)
        data.update(await self._admitted(exchange, data))
        self._note(data)
        return data

    async def async_moderation_hook(self, data: Data, user_api_key_dict: Any, call_type: Any) -> Any:
        """Checks beside the call. What would have to be redacted is blocked, since nothing can be replaced any more."""
        exchange = self._exchange(user_api_key_dict)
        if exchange is None:
            data["guardrail_to_apply"] = self
            return await _unified().async_moderation_hook(data, user_api_key_dict, call_type)
        if await self._admitted(exchange, data):
            self._refuse("blocked by guardkit: the request would have to be redacted", blocked=True)
        return data

    async def async_post_call_success_hook(self, data: Data, user_api_key_dict: Any, response: Any) -> Any:
        """The answer, redacted where the policy says so. Raises the error that the proxy answers with."""
        exchange = self._exchange(user_api_key_dict)
        body = plain(response)
        if exchange is None or not isinstance(body, Mapping):
            data["guardrail_to_apply"] = self
            return await _unified().async_post_call_success_hook(data, user_api_key_dict, response)
        try:
            _remember(exchange, data)
            passed = await in_thread(exchange.passed, body)
        except GuardError as error:
            self._stop(error, data, response)
        self._note(data)
        return response if passed is body else altered(response, body, passed)

    async def async_post_call_streaming_iterator_hook(
        self, user_api_key_dict: Any, response: Any, request_data: Data
    ) -> AsyncIterator[Any]:
        """The chunks that may be passed on. Raises the error that ends the stream."""
        exchange = self._exchange(user_api_key_dict)
        if exchange is None:
            request_data["guardrail_to_apply"] = self
            chunks = _unified().async_post_call_streaming_iterator_hook(user_api_key_dict, response, request_data)
        else:
            chunks = aguarded(response, exchange, nullcontext)
        try:
            if exchange is not None:
                _remember(exchange, request_data)
            async with aclosing(chunks):
                async for chunk in chunks:
                    yield chunk
        except GuardError as error:
            self._refuse(_said(error), blocked=isinstance(error, GuardBlocked))

    async def apply_guardrail(self, inputs: Any, request_data: Data, input_type: str, logging_obj: Any = None) -> Any:
        """The inputs, redacted where the policy says so. Raises the error that the proxy answers with.

        It stands here and not in a base, because the proxy looks for it in the class itself.
        """
        answer = input_type == "response"
        try:
            context = _context(request_data or {}) if answer else NOTHING
            changes = await in_thread(lambda: inspected(self._inspector, inputs, answer=answer, context=context))
        except GuardError as error:
            self._stop(error, request_data)
        return {**inputs, **changes} if changes else inputs

    def _exchange(self, caller: Any) -> Exchange | None:
        wire = _wire(getattr(caller, "request_route", None))
        return None if wire is None else Exchange(wire, self._inspector, self._on_block)

    async def _admitted(self, exchange: Exchange, data: Data) -> Data:
        """What of the request has to be replaced."""
        try:
            body = readable(data)
            sent = await in_thread(exchange.admit, body)
        except GuardError as error:
            self._stop(error, data)
        return {name: value for name, value in sent.items() if value is not body[name]}

    def _note(self, data: Data) -> None:
        """Names the guardrail in the header `x-litellm-applied-guardrails`."""
        module = framework("litellm.proxy.common_utils.callback_utils", "litellm")
        module.add_guardrail_to_applied_guardrails_header(request_data=data, guardrail_name=self.guardrail_name)

    def _stop(self, error: GuardError, data: Data, response: Any = None) -> NoReturn:
        if isinstance(error, GuardBlocked) and self._on_block == "refusal":
            more = {} if response is None else {"original_response": response}
            self.raise_passthrough_exception(violation_message=REFUSAL, request_data=data, **more)
        self._refuse(_said(error), blocked=isinstance(error, GuardBlocked))

    def _refuse(self, said: str, *, blocked: bool) -> NoReturn:
        kind = framework("litellm.exceptions", "litellm").GuardrailRaisedException
        raise kind(
            guardrail_name=self.guardrail_name,
            message=said,
            should_wrap_with_default_message=False,
            status_code=400,
            blocked_content=blocked,
        ) from None


def _said(error: GuardError) -> str:
    return reason(error.verdict) if isinstance(error, GuardBlocked) else f"guardkit cannot check this: {error}"


def _wire(route: object) -> Wire | None:
    return wire_of("POST", route) if isinstance(route, str) else None


def _remember(exchange: Exchange, data: Data) -> None:
    """Tells the exchange what was asked: it was checked then, perhaps by another hook of this guardrail."""
    exchange.asked = readable(data)
    exchange.context = Context.of(exchange.wire.request(exchange.asked))


def _context(data: Data) -> Context:
    wire = _wire("/chat/completions")
    return NOTHING if wire is None else Context.of(wire.request(readable(data)))


def _unified() -> Any:
    """What hands the calls of other formats to `apply_guardrail`."""
    return framework("litellm.proxy.utils", "litellm").unified_guardrail
