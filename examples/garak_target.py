"""guardkit under garak's probes: what of them does the guard let through?

    cd examples
    PYTHONPATH=. garak --target_type function --target_name garak_target#answer --probes encoding,promptinject

The generator stands for an application that does whatever it is told, behind the guard: what is let through comes back
as it is, so that garak's own detectors count it; what is blocked is refused in words that they know as a refusal.
`Unblocked` is a detector that counts every text that was let through, for programs that drive garak from Python.
"""

from __future__ import annotations

import json
import urllib.request
from functools import cache
from typing import Any

REFUSAL = "I'm sorry, but I cannot help with that request."


@cache
def guard() -> Any:
    """The guard of this process, where there is to be one."""
    from guardkit import Guard

    return Guard()


def answer(prompt: str, **_: Any) -> list[str | None]:
    """One answer: the refusal where the guard blocks, else the prompt itself, as an echo of the worst kind of model."""
    return [prompt if guard().check(prompt).allowed else REFUSAL]


def served(prompt: str, *, url: str = "http://127.0.0.1:8000/v1/check", **_: Any) -> list[str | None]:
    """The same through `guardkit serve`, so that garak and guardkit need not share an environment.

    garak wants `transformers` and `openai` in versions that other packages may not; the server has its own.
    """
    body = json.dumps({"text": prompt}).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310, the address is the caller's
        action = json.load(response)["action"]
    return [prompt if action == "allow" else REFUSAL]


def unblocked() -> Any:
    """An instance of a garak detector: 1.0 for every answer that is not the guard's refusal. Imports garak."""
    from garak.detectors.base import Detector

    class Unblocked(Detector):  # type: ignore[misc]
        """Counts the answers that the guard has let through"""

        lang_spec = "*"

        def detect(self, attempt: Any) -> list[float | None]:
            return [None if output is None else float(output.text != REFUSAL) for output in attempt.outputs]

    return Unblocked()
