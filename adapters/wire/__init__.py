"""Wire formats: which texts a request, an answer or an event holds. One file each, behind `Wire`."""

from __future__ import annotations

import re

from .chat import Chat
from .claude import Claude
from .completions import Completions
from .plain import Plain
from .protocol import BARE, Delta, Parts, Wire
from .responses import Responses

__all__ = ["BARE", "Chat", "Claude", "Completions", "Delta", "Parts", "Plain", "Responses", "Wire", "wire_of"]

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
)


def wire_of(method: str, path: str) -> Wire | None:
    """The format of a request by its method and path; None for those that are let through as they are."""
    path = path.partition("?")[0].rstrip("/")
    if "/threads/" in path:  # OpenAI's assistants
        return None
    return next((wire for verb, route, wire in ROUTES if verb == method.upper() and route.search(path)), None)
