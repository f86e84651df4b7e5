"""What the event stream of an agent says of its tools, guarded on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guardkit.errors import GuardBlocked
from guardkit.redaction import MARK
from guardkit.stream import StreamGuard

from ..extra import framework
from ..inspection import NOTHING, Inspector
from .values import changed, head, texts

if TYPE_CHECKING:
    from langgraph.stream import StreamTransformer
else:
    StreamTransformer = framework("langgraph.stream", "langchain").StreamTransformer

__all__ = ["ToolEvents"]


class ToolEvents(StreamTransformer):
    """Replaces in the events of tools what is redacted, and with a mark what is blocked. It never stops the run.

    LangGraph tells of a tool's result before a middleware sees it. The other channels need no transformer: what models
    say is guarded in the model, and what the state holds was guarded before it came there.
    """

    before_builtins = True  # else those have kept the text already
    required_stream_modes = ("tools",)

    def __init__(self, scope: tuple[str, ...] = (), *, inspector: Inspector) -> None:
        super().__init__(scope)
        self._inspector = inspector
        self._flows: dict[object, StreamGuard] = {}

    def init(self) -> dict[str, Any]:
        """No projection of its own."""
        return {}

    def process(self, event: Any) -> bool:
        """Always True: every event is passed on."""
        data = event["params"].get("data")
        if event["method"] != "tools" or not isinstance(data, dict):
            return True
        key, kind = data.get("tool_call_id"), data.get("event")
        if kind == "tool-output-delta" and isinstance(data.get("delta"), str):
            data["delta"] = self._piece(key, data["delta"])
            return True
        if kind in ("tool-finished", "tool-error"):
            self._flows.pop(key, None)
        for name in ("delta", "output", "message"):
            if name in data:
                data[name] = self._whole(data[name])
        return True

    def finalize(self) -> None:
        self._flows.clear()

    def fail(self, err: BaseException) -> None:
        self._flows.clear()

    def _piece(self, key: object, text: str) -> str:
        """What may be passed on by now; what is held back at the end is in the result, which has an event too."""
        if key not in self._flows:
            self._flows[key] = self._inspector.stream(NOTHING, "tool")
        try:
            return self._flows[key].push(text)
        except GuardBlocked:
            return ""

    def _whole(self, value: Any) -> Any:
        try:
            changes = self._inspector.check(list(texts(value, "tool", head(value))))
        except GuardBlocked:
            return MARK
        return changed(value, {place[1:]: text for place, text in changes.items()})
