"""`guardkit serve`: the guard over HTTP, for programs in any language. It needs the extra `server`.

    app = app(Settings(policies=("strict",)))     # an ASGI application, for any server of these
    serve(Settings(), "127.0.0.1", 8000)          # uvicorn, until it is told to stop

A request's way: gate (key, place, body, time) → question (its fields) → intake (the queue) → guard → verdict as JSON.
"""

from __future__ import annotations

from .app import app
from .process import serve
from .settings import Settings

__all__ = ["Settings", "app", "serve"]
