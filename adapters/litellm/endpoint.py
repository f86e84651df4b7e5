"""The guard as a service that LiteLLM's proxy asks: its generic guardrail API.

    app = guardrail_api(Guard(), api_key=…)       # uvicorn module:app

    guardrails:                                   # in the proxy's YAML file
      - guardrail_name: guardkit
        litellm_params:
          guardrail: generic_guardrail_api
          mode: [pre_call, post_call]
          api_base: http://127.0.0.1:8001
          api_key: …
          default_on: true
          streaming_buffer_until_moderated: true    # else the proxy passes chunks on before it asks

LiteLLM 1.106 does not know the last setting. `streaming_transform_mode: incremental_diff` is quicker, but it holds back
nothing but the content of chat completions, no tool calls. `GuardkitGuardrail`, inside of the proxy, holds back every
text, in all versions.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from guardkit.decide import Policy
from guardkit.errors import GuardBlocked, GuardError, InputError
from guardkit.guard import Guard
from guardkit.jsontext import read
from guardkit.stream import HOLD
from guardkit.verdict import Verdict

from ..extra import framework
from ..inspection import Inspector, OnVerdict
from ..threads import in_thread
from .inputs import inspected

__all__ = ["PATH", "guardrail_api", "reason"]

PATH = "/beta/litellm_basic_guardrail_api"
BODY = 16 * 1024 * 1024  # bytes of a request; messages come twice in it


def guardrail_api(
    guard: Guard,
    *,
    api_key: str | None = None,
    redact_answers: bool = False,
    hold: int = HOLD,
    limit: int = BODY,
    policy: Policy | str | Path | None = None,
    on_verdict: OnVerdict | None = None,
) -> Any:
    """An application of Starlette with one route, `POST /beta/litellm_basic_guardrail_api`; also to be mounted.

    With an `api_key`, requests must bring it as `x-api-key`, or get a 401. The proxy drops what is redacted of a
    stream, so an answer that would have to be redacted is blocked, unless `redact_answers`: for `incremental_diff`, or
    where nothing streams. `hold` is how many characters it is told to hold back then. `limit` bounds the body, in
    bytes. What cannot be read is answered with an error status, which the proxy takes for a block, unless it is told
    to fail open. No answer holds any text but the replaced ones.
    """
    starlette = framework("starlette.applications", "asgi")
    route = framework("starlette.routing", "asgi").Route
    response = framework("starlette.responses", "asgi").Response
    inspector = Inspector(guard, policy=policy, hold=hold, on_verdict=on_verdict)
    key = None if api_key is None else api_key.encode()

    def respond(said: Mapping[str, Any], status: int = 200) -> Any:
        return response(json.dumps(said), status, media_type="application/json")  # in ASCII: texts may hold surrogates

    async def serve(request: Any) -> Any:
        if key is not None and not hmac.compare_digest(request.headers.get("x-api-key", "").encode("latin-1"), key):
            return respond({"error": "x-api-key is wrong"}, 401)
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > limit:
                return respond({"error": f"the body has more than {limit} bytes"}, 413)
        try:
            return respond(await in_thread(_answer, inspector, bytes(body), redact_answers))
        except InputError as error:
            return respond({"error": str(error)}, 400)
        except GuardError as error:
            return respond({"error": type(error).__name__}, 500)

    return starlette.Starlette(routes=[route(PATH, serve, methods=["POST"])])


def reason(verdict: Verdict) -> str:
    """What is said of a block, without any text of it."""
    return f"blocked by guardkit as {verdict.label} (code 0x{verdict.code:04x})"


def _answer(inspector: Inspector, content: bytes, redact_answers: bool) -> dict[str, Any]:
    try:
        asked = read(content)
    except ValueError:
        raise InputError(f"the body ({len(content)} bytes) is not JSON in UTF-8") from None
    if not isinstance(asked, dict):
        raise InputError(f"the body is {type(asked).__name__}: expected a JSON object")
    kind = asked.get("input_type")
    if kind not in ("request", "response"):
        raise InputError("input_type is neither request nor response")
    try:
        changes = inspected(inspector, asked, answer=kind == "response")
    except GuardBlocked as error:
        return {"action": "BLOCKED", "blocked_reason": reason(error.verdict)}
    if "tool_calls" in changes or (changes and kind == "response" and not redact_answers):
        # The API has no place for tool calls.
        return {"action": "BLOCKED", "blocked_reason": "blocked by guardkit: it would have to be redacted"}
    said: dict[str, Any] = {"action": "GUARDRAIL_INTERVENED" if changes else "NONE", **changes}
    if kind == "response":
        said["stream_holdback_chars"] = [inspector.hold] * len(asked.get("texts") or ())
    return said
