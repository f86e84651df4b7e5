"""LangChain, guarded in four places that can be used alone or together.

    model = guard_model(ChatOpenAI(), Guard())                              # a model of the same class
    chain = prompt | GuardRunnable(Guard()) | model                         # a step of a chain; `.wrap(model)` as above
    agent = create_agent(ChatOpenAI(), tools, middleware=[GuardMiddleware(Guard())])
    model.invoke("…", config={"callbacks": [GuardCallback(Guard())]})       # blocks, and replaces nothing

Each name is imported with its first use: the first three need langchain-core, `GuardMiddleware` langchain itself.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .callback import GuardCallback
    from .middleware import GuardMiddleware
    from .model import guard_model
    from .runnable import GuardRunnable

__all__ = ["GuardCallback", "GuardMiddleware", "GuardRunnable", "guard_model"]

_HOMES = {
    "GuardCallback": "callback", "GuardMiddleware": "middleware", "GuardRunnable": "runnable", "guard_model": "model",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
