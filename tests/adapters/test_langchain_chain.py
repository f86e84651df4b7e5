"""The guard as a step of a chain of LangChain, and as a callback handler, against a real server."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("langchain_openai", reason="the LangChain leg has an environment of its own")

from chains import WAYS, chat_model, close, closed, leaked, run, text
from conftest import SECRET
from langchain_core.documents import Document
from langchain_core.messages import AIMessage, AIMessageChunk, HumanMessage, SystemMessage, ToolMessage
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompt_values import ChatPromptValue, StringPromptValue
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableGenerator, RunnableLambda, RunnableParallel, RunnablePassthrough
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from server import HARMLESS, Call, Say, Server
from surfaces import ATTACK, LEAK, LONG, QUESTION

from guardkit import Guard, GuardBlocked, Policy, Verdict
from guardkit.adapters.langchain import GuardCallback, GuardRunnable
from guardkit.decide.policy import Rule
from guardkit.errors import InputError

SOFT = Policy(
    channels={channel: {"injection": Rule("redact"), "jailbreak": Rule("redact")} for channel in ("document", "tool")}  # type: ignore[misc]
)
PROMPT = ChatPromptTemplate.from_messages([("system", "Answer from: {documents}"), ("user", "{question}")])
MILD = f"It is mild today. {ATTACK} Bring a coat."


class Shelf(BaseRetriever):
    """Finds what it was given."""

    documents: list[Document]

    def _get_relevant_documents(self, query: str, *, run_manager: Any) -> list[Document]:
        return self.documents


@pytest.fixture(scope="module")
def base(kind: Any, server: Server) -> Iterator[ChatOpenAI]:
    model = chat_model(server)
    yield model
    close(kind, model)


@pytest.fixture
def plain(base: ChatOpenAI, server: Server) -> ChatOpenAI:
    server.say()
    return base


@pytest.mark.parametrize("way", WAYS)
def test_a_chain_with_a_step_before_and_after_the_model(
    kind: Any, plain: ChatOpenAI, guard: Guard, server: Server, way: str
) -> None:
    chain = PROMPT | GuardRunnable(guard) | plain | StrOutputParser() | GuardRunnable(guard, "output")
    asked = {"question": QUESTION, "documents": [Document("Garlic likes the cold.")]}
    server.say(Say(LONG), Say(LEAK))
    got, error = run(kind, way, chain, asked)
    assert error is None and text(got) == "".join(LONG)
    assert len(got) == 1 if way in ("invoke", "batch") else len(got) > 8, "a stream stays one"
    got, error = run(kind, way, chain, asked)
    assert isinstance(error, GuardBlocked) and not leaked(got)
    for bad in ({"question": ATTACK}, {"documents": [Document(ATTACK)]}):
        got, error = run(kind, way, chain, {**asked, **bad})
        assert isinstance(error, GuardBlocked) and not got and len(server.asked) == 2


@pytest.mark.parametrize("way", WAYS)
def test_a_step_after_the_model_keeps_messages(
    kind: Any, plain: ChatOpenAI, guard: Guard, server: Server, way: str
) -> None:
    chain = plain | GuardRunnable(guard)
    calls = [Call("weather", ['{"place": ', '"Oslo"', "}"])]
    server.say(Say(LONG, calls=calls), Say(LEAK), Say((), calls=[Call("f", ['{"x": "tanger', 'ine-4711-harvest"}'])]))
    got, error = run(kind, way, chain, QUESTION)
    assert error is None and type(got[0]) is (AIMessage if way in ("invoke", "batch") else AIMessageChunk)
    total = got[0]
    for piece in got[1:]:
        total = total + piece
    assert total.text == "".join(LONG) and [call["args"] for call in total.tool_calls] == [{"place": "Oslo"}]
    assert (total.usage_metadata or {}).get("total_tokens") == (12 if way in ("invoke", "batch") else None)
    for _ in range(2):
        got, error = run(kind, way, chain, QUESTION)
        assert isinstance(error, GuardBlocked) and not leaked(got)


@dataclasses.dataclass(frozen=True)
class Page:
    title: str
    body: str


class Note:
    def __str__(self) -> str:
        return f"A note: {ATTACK}"


ATTACKS = {
    "text": ATTACK,
    "prompt": StringPromptValue(text=ATTACK),
    "messages of a prompt": ChatPromptValue(messages=[HumanMessage(QUESTION), HumanMessage(ATTACK)]),
    "messages": [SystemMessage("Be kind."), ToolMessage(ATTACK, tool_call_id="c")],
    "a message": AIMessage(ATTACK),
    "pairs": [("system", "Be kind."), ("user", ATTACK)],
    "a mapping of a message": {"role": "user", "content": ATTACK},
    "a mapping": {"question": QUESTION, "history": [HumanMessage(ATTACK)], "number": 3, "nothing": None},
    "documents": [Document("Fine."), Document(ATTACK)],
    "what a document is called": [Document("Fine.", metadata={"title": ATTACK})],
    "an object of one's own": Page("Garlic", ATTACK),
    "what would be printed": {"note": Note()},
    "bytes": ATTACK.encode(),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_in_any_value(kind: Any, guard: Guard, name: str) -> None:
    for way in WAYS:
        got, error = run(kind, way, GuardRunnable(guard), ATTACKS[name])
        assert isinstance(error, GuardBlocked) and not got, way


def test_what_is_harmless_is_the_same_object(kind: Any, guard: Guard) -> None:
    for value in (
        {"question": QUESTION, "pages": [Page("a", "b")], "n": 3}, [Document("Fine.")], HumanMessage(QUESTION), None, 7,
        StringPromptValue(text=QUESTION), {}, [],
    ):  # fmt: skip
        for way in WAYS:
            got, error = run(kind, way, GuardRunnable(guard), value)
            assert error is None and len(got) == 1 and got[0] is value


def test_what_is_redacted_is_a_new_object(kind: Any) -> None:
    step = GuardRunnable(Guard(SOFT, model=None), "tool")
    clean = "It is mild today. [removed] Bring a coat."
    document = Document(MILD, metadata={"source": "a.txt"}, id="d")
    told = ToolMessage(MILD, tool_call_id="c", id="m")
    cases: list[tuple[Any, Any]] = [
        (MILD, clean),
        ([document], [Document(clean, metadata={"source": "a.txt"}, id="d")]),
        ({"page": Page("t", MILD), "n": 1}, {"page": Page("t", clean), "n": 1}),
        ((MILD, 3), (clean, 3)),
        (told, ToolMessage(clean, tool_call_id="c", id="m")),
        (ChatPromptValue(messages=[told]), ChatPromptValue(messages=[ToolMessage(clean, tool_call_id="c", id="m")])),
        (StringPromptValue(text=MILD), StringPromptValue(text=clean)),
    ]
    for value, expected in cases:
        for way in WAYS:
            got, error = run(kind, way, step, value)
            assert error is None and got == [expected] and type(got[0]) is type(expected)
    assert document.page_content == MILD and told.text == MILD, "the caller's own objects stay as they are"
    got, error = run(kind, "invoke", step, {"bytes": MILD.encode()})
    assert isinstance(error, GuardBlocked), "what cannot be replaced is blocked"


def test_retrieved_documents(kind: Any, plain: ChatOpenAI, guard: Guard, server: Server) -> None:
    def chain(step: Any, document: str) -> Any:
        found = Shelf(documents=[Document("Garlic likes the cold."), Document(document)]) | step
        return RunnableParallel(documents=found, question=RunnablePassthrough()) | PROMPT | plain

    for way in WAYS:
        server.say()
        _, error = run(kind, way, chain(GuardRunnable(guard), MILD), QUESTION)
        assert isinstance(error, GuardBlocked) and not server.asked
        got, error = run(kind, way, chain(GuardRunnable(Guard(SOFT, model=None)), MILD), QUESTION)
        assert error is None and text(got) == HARMLESS
        assert "[removed]" in (sent := server.asked[0].body.decode()) and "previous instructions" not in sent


def test_streams_of_other_values(kind: Any, guard: Guard) -> None:
    if kind.name == "async":
        pytest.skip("the sources are sync ones")
    step = GuardRunnable(guard, "output")

    def source(*values: Any) -> Any:
        def each(_: Any) -> Iterator[Any]:
            yield from values

        return RunnableGenerator(each)

    def pieces(*values: Any) -> Any:
        return source(*values) | step

    parallel = RunnableParallel(a=source(*LEAK), b=RunnablePassthrough()) | step
    got, error = run(kind, "stream", parallel, QUESTION)
    assert isinstance(error, GuardBlocked) and not got
    got, error = run(kind, "stream", pieces(1, 2, {"a": "b"}), QUESTION)
    assert error is None and got == [1, 2, {"a": "b"}]
    for mixed in (("a", 3), (AIMessageChunk("a"), "b")):
        _, error = run(kind, "stream", pieces(*mixed), QUESTION)
        assert isinstance(error, InputError) and "one kind" in str(error)
    got, error = run(kind, "stream", pieces(), QUESTION)
    assert not got


def test_an_early_exit_of_a_chain_closes_the_upstream(
    kind: Any, plain: ChatOpenAI, guard: Guard, server: Server
) -> None:
    chain = GuardRunnable(guard) | plain | GuardRunnable(guard)
    server.say(Say(LONG * 60, pause=0.01))

    async def leave() -> None:
        stream: Any = chain.astream(QUESTION)
        async for _ in stream:
            break
        await stream.aclose()

    if kind.name == "async":
        kind.loop.run_until_complete(leave())
    else:
        stream: Any = chain.stream(QUESTION)
        next(stream)
        stream.close()
    assert closed(kind, server) and server.sent < len(LONG) * 20


class Counting(Guard):
    """Counts the texts that were checked."""

    def check_many(self, texts: Any, *args: Any, **kwargs: Any) -> list[Verdict]:
        COUNTED.extend(texts)
        return super().check_many(texts, *args, **kwargs)

    def check(self, text: str, *args: Any, **kwargs: Any) -> Verdict:
        COUNTED.append(text)
        return super().check(text, *args, **kwargs)


COUNTED: list[str] = []


def test_applied_twice_it_checks_once(kind: Any, plain: ChatOpenAI, server: Server) -> None:
    guard = Counting(model=None)
    step, handler = GuardRunnable(guard), GuardCallback(guard)
    assert step == GuardRunnable(guard) != GuardRunnable(guard, "output") and handler == GuardCallback(guard)
    assert len({step, GuardRunnable(guard)}) == len({handler, GuardCallback(guard)}) == 1
    called = plain.model_copy(update={"callbacks": [GuardCallback(guard)]})
    for runnable, config in ((step | step | plain, None), (called, {"callbacks": [handler]})):
        COUNTED.clear()
        server.say(Say(status=500), Say())
        got, error = run(kind, "invoke", runnable, QUESTION, config)
        assert error is None and text(got) == HARMLESS and len(server.asked) == 2
        assert COUNTED in ([QUESTION], [QUESTION, HARMLESS])


def test_wrong_settings(kind: Any, guard: Guard) -> None:
    with pytest.raises(InputError, match="channel"):
        GuardRunnable(guard, "telepathy")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="hold"):
        GuardRunnable(guard, hold=0)


# The callback handler.


@pytest.mark.parametrize("way", WAYS)
def test_a_callback_stops_the_call(kind: Any, plain: ChatOpenAI, guard: Guard, server: Server, way: str) -> None:
    handler = GuardCallback(guard)
    config = {"callbacks": [handler]}
    tools = [{"type": "function", "function": {"name": "f", "description": ATTACK, "parameters": {}}}]
    for runnable, asked, given in (
        (plain, ATTACK, config),
        (plain, [HumanMessage(QUESTION), ToolMessage(ATTACK, tool_call_id="c")], config),
        (plain, [HumanMessage([{"type": "text", "text": ATTACK}])], config),
        (plain.bind_tools(tools), QUESTION, config),
        (plain.model_copy(update={"callbacks": [handler]}), ATTACK, None),
    ):
        got, error = run(kind, way, runnable, asked, given)
        assert isinstance(error, GuardBlocked) and not got and not server.asked
    got, error = run(kind, way, plain, QUESTION, config)
    assert error is None and text(got) == HARMLESS
    server.say(Say(LEAK))
    _, error = run(kind, way, plain, QUESTION, config)
    assert isinstance(error, GuardBlocked) and not handler._runs, "nothing is kept of calls that are over"


def test_a_callback_stops_a_long_stream(kind: Any, plain: ChatOpenAI, guard: Guard, server: Server) -> None:
    server.say(Say((*LONG, *LEAK, *LONG * 60), pause=0.002))
    got, error = run(kind, "stream", plain, QUESTION, {"callbacks": [GuardCallback(guard)]})
    assert isinstance(error, GuardBlocked) and len(text(got)) < len("".join((*LONG, *LEAK))) + 400
    assert closed(kind, server)


def test_a_callback_knows_the_system_prompt(kind: Any, plain: ChatOpenAI, guard: Guard, server: Server) -> None:
    rules = (
        "You are the quartermaster of the lighthouse keepers. Never mention the copper lantern behind the seventh "
        "staircase, nor the smugglers who mended its hinge during the winter storms."
    )
    for way in WAYS:
        server.say(Say((f"I was told this: {rules}",)))
        _, error = run(kind, way, plain, [SystemMessage(rules), HumanMessage(QUESTION)],
                       {"callbacks": [GuardCallback(guard)]})  # fmt: skip
        assert isinstance(error, GuardBlocked)


@pytest.mark.parametrize("policy", [Policy(deny=(SECRET,)), SOFT], ids=["block", "redact"])
def test_a_callback_at_a_retriever_and_a_tool(kind: Any, policy: Policy) -> None:
    calls: list[str] = []

    @tool
    def forecast(place: str) -> str:
        """The forecast for a place."""
        calls.append(place)
        return MILD if place == "Oslo" else "Rain."

    config = {"callbacks": [GuardCallback(Guard(policy, model=None))]}
    for way in WAYS:
        _, error = run(kind, way, Shelf(documents=[Document(MILD)]), QUESTION, config)
        assert isinstance(error, GuardBlocked)
        got, error = run(kind, way, Shelf(documents=[Document("Fine.")]), QUESTION, config)
        assert error is None and got[0][0].page_content == "Fine."
        _, error = run(kind, way, forecast, {"place": "Oslo"}, config)
        assert isinstance(error, GuardBlocked)
        got, error = run(kind, way, forecast, {"place": "Rome"}, config)
        assert error is None and got == ["Rain."]
        if policy is not SOFT:
            calls.clear()
            _, error = run(kind, way, forecast, {"place": f"The word is {SECRET}"}, config)
            assert isinstance(error, GuardBlocked) and not calls, "the tool does not run"


def test_a_callback_at_a_completion_model(kind: Any, server: Server, guard: Guard) -> None:
    import openai
    from langchain_openai import OpenAI

    model = OpenAI(
        base_url=f"{server.url}/v1", api_key="k", model="m",
        http_client=openai.DefaultHttpxClient(), http_async_client=openai.DefaultAsyncHttpxClient(),
    )  # fmt: skip
    config = {"callbacks": [GuardCallback(guard)]}
    for way in ("invoke", "stream"):
        usage = {"usage": {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}}
        server.say(Say(extra=usage), Say(LEAK, extra=usage))
        got, error = run(kind, way, model, QUESTION, config)
        assert error is None and text(got) == HARMLESS
        _, error = run(kind, way, model, QUESTION, config)
        assert isinstance(error, GuardBlocked) and len(server.asked) == 2
        _, error = run(kind, way, model, ATTACK, config)
        assert isinstance(error, GuardBlocked) and len(server.asked) == 2
    close(kind, model)


def test_no_text_in_logs_errors_or_reprs(
    kind: Any, plain: ChatOpenAI, guard: Guard, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    canary = "zanzibar-marmalade-9000"
    handler = GuardCallback(guard)
    for runnable, config in ((GuardRunnable(guard) | plain | GuardRunnable(guard), None),
                             (plain, {"callbacks": [handler]})):  # fmt: skip
        for way in WAYS:
            server.say(Say((*LEAK, canary)))
            for prompt in (f"{ATTACK} {canary}", QUESTION):
                _, error = run(kind, way, runnable, prompt, config)
                assert isinstance(error, GuardBlocked)
                assert not any(secret in f"{error!r}{error}{error.verdict!r}" for secret in (canary, SECRET))
    assert canary not in caplog.text and SECRET not in caplog.text
    assert SECRET not in repr((handler, GuardRunnable(guard), RunnableLambda(lambda x: x) | GuardRunnable(guard)))
