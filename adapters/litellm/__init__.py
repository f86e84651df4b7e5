"""LiteLLM, guarded: its functions and its router, its proxy, and its guardrail API.

    guard_litellm(Guard())                        # litellm.completion, acompletion, responses, … and new routers
    router = guard_router(Router(…), Guard())     # one router
    guardrail: guardkit.adapters.litellm.GuardkitGuardrail    # in the YAML file of the proxy
    app = guardrail_api(Guard())                  # what the proxy's `generic_guardrail_api` calls over HTTP

The functions are wrapped because LiteLLM's callbacks do not enforce: in sync calls they do not run, and what they raise
elsewhere is mostly swallowed. litellm is imported with the first name that needs it; `guardrail_api` does not.

What passes unchecked: embeddings, images, sound, files, batches, moderation, `batch_completion`, realtime,
interactions, agents, and what is on a server already, by `previous_response_id` or `prompt_id`. What LiteLLM logs of a
call, it logs unguarded. A stream of `text_completion` that is left or blocked keeps its connection open, guarded or
not, because LiteLLM cannot close it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .endpoint import guardrail_api
from .sdk import guard_litellm, guard_router, unguard_litellm

if TYPE_CHECKING:
    from .guardrail import GuardkitGuardrail

__all__ = ["GuardkitGuardrail", "guard_litellm", "guard_router", "guardrail_api", "unguard_litellm"]


def __getattr__(name: str) -> Any:
    if name != "GuardkitGuardrail":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .guardrail import GuardkitGuardrail  # its base is a class of litellm, whose import takes seconds

    return GuardkitGuardrail
