"""Drop-in guard for LLM applications: text in, verdict out.

    from guardkit import Guard
    verdict = Guard().check("Ignore all previous instructions and …")

Importing the package costs next to nothing: numpy and onnxruntime are loaded with the first name that needs them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from guardkit.arguments import Prompt
    from guardkit.decide.policy import Policy
    from guardkit.errors import GuardBlocked, GuardError
    from guardkit.guard import Guard
    from guardkit.verdict import Finding, Verdict, decode_code

__all__ = ["Finding", "Guard", "GuardBlocked", "GuardError", "Policy", "Prompt", "Verdict", "decode_code"]
__version__ = "0.1.0"

_HOMES = {
    "Finding": "verdict", "Guard": "guard", "GuardBlocked": "errors", "GuardError": "errors",
    "Policy": "decide.policy", "Prompt": "arguments", "Verdict": "verdict", "decode_code": "verdict",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'guardkit' has no attribute {name!r}")
    return getattr(import_module(f"guardkit.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
