"""Wire formats: which texts a request, an answer or an event holds. One file each, behind `Wire`."""

from __future__ import annotations

import re
from urllib.parse import unquote

from .chat import Chat
from .claude import Claude
from .completions import Completions
from .gemini import Gemini
from .plain import Plain
from .protocol import BARE, Delta, Parts, Wire
from .responses import Responses

__all__ = ["BARE", "Chat", "Claude", "Completions", "Delta", "Gemini", "Parts", "Plain", "Responses", "Wire", "wire_of"]

DECODED = 3  # times that a path may be encoded
BLANK = re.compile(r"[\s\x00-\x1f\x7f]+")
_GEMINI, _GEMINI_STREAM = Gemini(), Gemini(streams=True)
_CHAT, _COMPLETIONS, _RESPONSES, _CLAUDE = Chat(), Completions(), Responses(), Claude()
# Method and path, from its end: a base URL may have a path of its own, and Azure's has the deployment in it.
ROUTES: tuple[tuple[str, re.Pattern[str], Wire], ...] = (
    ("POST", re.compile(r"/chat/completions$"), _CHAT),
    ("GET", re.compile(r"/chat/completions/[^/]+$"), _CHAT),
    ("POST", re.compile(r"/completions$"), _COMPLETIONS),
    ("POST", re.compile(r"/responses(/compact|/[^/]+/cancel)?$"), _RESPONSES),
    ("GET", re.compile(r"/responses/[^/]+$"), _RESPONSES),
    ("POST", re.compile(r"/conversations(/[^/]+/items)?$"), _RESPONSES),
    ("POST", re.compile(r"/messages(/batches)?$"), _CLAUDE),
    ("POST", re.compile(r"/[^/]+:generatecontent$"), _GEMINI),
    ("POST", re.compile(r"/[^/]+:streamgeneratecontent$"), _GEMINI_STREAM),
)


# A message of OpenAI's assistants, which are not guarded. What a base URL calls "threads" has a version after it.
THREAD = re.compile(r"/threads/(?!v\d+/)[^/]+/messages$")


def wire_of(method: str, path: str) -> Wire | None:
    """The format of a request by its method and path; None for those that are let through as they are."""
    path = _normal(path.partition("?")[0])
    if THREAD.search(path):
        return None
    return next((wire for verb, route, wire in ROUTES if verb == method.upper() and route.search(path)), None)


def _normal(path: str) -> str:
    """The path as the most lenient server reads it: decoded, in lower case, without parameters, dots and blanks."""
    for _ in range(DECODED):
        if (decoded := unquote(path)) == path:
            break
        path = decoded
    steps = (BLANK.sub("", step.partition(";")[0]).lower() for step in re.split(r"[/\\]", path))
    kept: list[str] = []
    for step in steps:
        if step == "..":
            del kept[-1:]
        elif step not in ("", "."):
            kept.append(step)
    return "/" + "/".join(kept)
