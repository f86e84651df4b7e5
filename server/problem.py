"""What a request that gets no verdict is told: a type for programs, a message for people, and nothing of its text."""

from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.responses import Response

__all__ = ["KINDS", "Problem"]

RETRY = {"retry-after": "1"}  # seconds

# type: its status, and when it is said
KINDS: Mapping[str, tuple[int, str]] = {
    "bad_json": (400, "The body is no JSON object in UTF-8."),
    "bad_request": (400, "A field is missing, unknown, or not of its type. The message names it."),
    "unauthorized": (401, "No API key came with the request, or not one of the server's."),
    "not_found": (404, "There is nothing at this path."),
    "method_not_allowed": (405, "The path takes another method, which the Allow header names."),
    "slow_body": (408, "The body did not arrive in time."),
    "too_large": (413, "The body, or the number of texts in it, is over the server's limit."),
    "busy": (429, "The server has as much to do as it takes on. Nothing was checked: try again after Retry-After."),
    "internal": (500, "A bug in guardkit. Nothing was decided: treat the text as not checked."),
    "not_checked": (500, "A step of the check failed, and the policy says that this is an error."),
    "not_ready": (503, "The server is loading its model, or could not load it."),
    "timeout": (504, "The verdict was not ready in time. Treat the text as not checked."),
}


class Problem(Exception):
    """The end of a request without a verdict. `kind` is one of `KINDS`; `message` says what to do."""

    def __init__(self, kind: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.status = KINDS[kind][0]
        self.headers = dict(headers or (RETRY if self.status in (429, 503) else {}))

    def response(self) -> Response:
        """The answer that says it."""
        body = json.dumps({"error": {"type": self.kind, "message": self.message}})
        return Response(body, self.status, self.headers, "application/json")
