"""A streamed answer of a chat model, chunk by chunk: what it says is held back until it is checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from guardkit.attachment import attached
from guardkit.errors import GuardBlocked
from guardkit.joints import strand
from guardkit.stream import StreamGuard
from guardkit.texts import Place, Text, pieces, replaced, without

from ..extra import framework
from ..inspection import Context, Inspector
from ..labels import Labels, leaves, names
from ..seams import Seams
from ..wire import langchain as wire

if TYPE_CHECKING:
    from langchain_core.outputs import ChatGenerationChunk
else:
    ChatGenerationChunk = framework("langchain_core.outputs", "langchain").ChatGenerationChunk

__all__ = ["Chunks"]

FIELDS = ("content", "tool_call_chunks", "additional_kwargs")
PARSED = ("tool_calls", "invalid_tool_calls")  # which a message reads from its chunks of calls
SAID = ("content", "", "text")
NAMES = ("type", "index")  # of a block, by which pieces of it find each other


@dataclass(slots=True)
class _Flow:
    """One text that arrives in pieces, and the last chunk that had one of it."""

    state: StreamGuard
    place: Place = ()
    message: Any = field(default=None, repr=False)


class Chunks:
    """The state of one streamed answer. Chunks in, chunks out, no I/O, not thread-safe.

    Every chunk is passed on with all that it carries, but its pieces of text are replaced by what may be passed on by
    then. A chunk waits for its successor, because what is held back at the end has to come before the last one is over,
    which may say that it is the last. Texts that come whole, such as calls without an index, are checked by themselves.
    Log probabilities, which say the text token by token, are emptied where text is held back.
    """

    def __init__(self, inspector: Inspector, context: Context) -> None:
        self._inspector = inspector
        self._context = context
        self._observes = inspector.mode == "observe"
        self._flows: dict[Place, _Flow] = {}
        self._labels = Labels(inspector, watch=self._observes)
        self._seams = Seams(inspector, context)
        self._waiting: ChatGenerationChunk | None = None
        self._told: dict[Place, str] = {}  # what is passed on of the texts of that chunk

    def due(self, chunk: ChatGenerationChunk) -> bool:
        """Whether `push` will scan, which takes milliseconds."""
        for text, key in self._found(chunk.message):
            flow = None if key is None else self._flows.get(key)
            if flow is None or flow.state.due(text.text):
                return True
        return False

    def push(self, chunk: ChatGenerationChunk) -> list[ChatGenerationChunk]:
        """What may be passed on now. Raises `GuardBlocked`."""
        self._labels.add(names(_fields(chunk.message)))
        self._labels.add(leaves(without(chunk.message.response_metadata, "logprobs")), repeats=True)
        found = self._found(chunk.message)
        told = {text.place: self._piece(text, key, chunk.message) for text, key in found if key is not None}
        whole = [text for text, key in found if key is None]
        if self._observes:
            self._inspector.observe(whole, self._context)
            self._seams.check()
            return [chunk]
        for text in whole:
            if not text.names:
                self._seams.take(strand(text.place), object(), text.text, text.channel)
        told |= self._inspector.check(whole, self._context)
        if whole or any(told.values()):
            self._seams.check()
        before = self._passed()
        self._waiting, self._told = chunk, told
        return before

    def finish(self) -> list[ChatGenerationChunk]:
        """All that is still held back, once no more comes. Raises `GuardBlocked`."""
        out: list[ChatGenerationChunk] = []
        for flow in self._flows.values():
            rest = self._step(flow.state.finish)
            self._inspector.report(flow.state.verdict)
            if self._waiting is None or not rest:
                continue
            if flow.message is self._waiting.message:
                self._told[flow.place] += rest
            else:
                out.append(_rest(self._waiting.message, flow, rest))
        self._flows.clear()
        self._seams.check()
        return [*out, *self._passed()]

    def _passed(self) -> list[ChatGenerationChunk]:
        last, self._waiting = self._waiting, None
        return [] if last is None else [_changed(last, self._told)]

    def _found(self, message: Any) -> list[tuple[Text, Place | None]]:
        """The texts of a chunk, each with the name of the one that it is a piece of; None for one that is whole."""
        fields = _fields(message)
        found = [(text, None if text.fixed else _key(fields, text)) for text in pieces(fields, "output")]
        return [*found, *((text, None) for text in wire.parsed(message))]

    def _piece(self, text: Text, key: Place, message: Any) -> str:
        flow = self._flows.get(key)
        if flow is None:
            flow = self._flows[key] = _Flow(self._inspector.stream(self._context, text.channel))
        flow.place, flow.message = text.place, message
        self._seams.take(strand(text.place), key, text.text, text.channel)
        return self._step(flow.state.push, text.text)

    def _step(self, step: Callable[..., str], *args: str) -> str:
        try:
            return step(*args)
        except GuardBlocked as error:
            self._inspector.report(error.verdict)
            raise


def _fields(message: Any) -> dict[str, Any]:
    return {name: value for name in FIELDS if (value := getattr(message, name, None))}


def _key(fields: Any, text: Text) -> Place | None:
    """Places in which an entry of a list has its own index; None where pieces could not find each other again.

    A content that is a string, and blocks of text without an index, say one text: that is how LangChain adds them up.
    """
    if text.place == ("content",):
        return SAID
    if text.place[0] == "additional_kwargs" and attached(text.text, str(text.place[-1])) is not None:
        return None  # sound, of which each chunk is played
    if text.place[0] == "tool_call_chunks" and _is_complete(fields["tool_call_chunks"][text.place[1]]):
        return None  # other calls may have the same index
    key: list[str | int] = []
    node = fields
    for step in text.place:
        entry = node[step]
        if isinstance(node, list | tuple):
            block = entry if isinstance(entry, Mapping) else {"type": "text"}
            if isinstance(block.get("index"), int | str):
                step = block["index"]
            elif text.place[0] == "content" and block.get("type") == "text":
                step = ""  # blocks without an index say one text
            else:
                return None
        key.append(step)
        node = entry
    return SAID if key == ["content", ""] else tuple(key)


def _is_complete(call: Mapping[str, Any]) -> bool:
    """Whether a chunk of a call has its id and all its arguments."""
    said = str(call.get("args") or "").strip()
    return bool(call.get("id")) and said[:1] == "{" and said[-1:] == "}"


def _changed(chunk: ChatGenerationChunk, texts: Mapping[Place, str]) -> ChatGenerationChunk:
    """The chunk with these texts and without log probabilities; the same where nothing changes."""
    message: Any = chunk.message
    info = without(chunk.generation_info or {}, "logprobs")
    metadata = without(message.response_metadata, "logprobs")
    fields = _fields(message)
    changed = replaced(fields, texts)
    if (changed, info, metadata) == (fields, chunk.generation_info or {}, message.response_metadata):
        return chunk
    kept = {name: getattr(message, name) for name in message.model_fields_set if name not in PARSED}
    new = {**kept, **changed, "response_metadata": metadata}
    return ChatGenerationChunk(message=type(message)(**new), generation_info=info or None)


def _rest(message: Any, flow: _Flow, text: str) -> ChatGenerationChunk:
    """A chunk that only adds this to the text of the flow."""
    fields = _alone(_fields(flow.message), flow.place, text)
    if "tool_call_chunks" in fields:
        fields["tool_call_chunks"] = [{"name": None, "id": None, **call} for call in fields["tool_call_chunks"]]
    role = {"role": message.role} if hasattr(message, "role") else {}
    metadata = {name: value for name, value in message.response_metadata.items() if name == "model_provider"}
    made = {"content": "", **role, **fields, "id": message.id, "response_metadata": metadata}
    return ChatGenerationChunk(message=type(message)(**made))


def _alone(node: Any, place: Place, text: str) -> Any:
    """The structure with nothing in it but this text at its place, and what tells the blocks on the way apart."""
    if not place:
        return text
    inner = _alone(node[place[0]], place[1:], text)
    if isinstance(node, Mapping):
        return {**{name: node[name] for name in NAMES if name in node}, place[0]: inner}
    return [inner]
