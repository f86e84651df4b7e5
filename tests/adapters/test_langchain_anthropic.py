"""A guarded chat model that streams blocks, not strings: Anthropic's, against a real server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("langchain_anthropic", reason="the LangChain leg has it, in an environment of its own")

from chains import WAYS, leaked, run
from langchain_anthropic import ChatAnthropic
from langchain_core.messages import HumanMessage, ToolMessage
from server import Call, Say, Server
from surfaces import ATTACK, LEAK, LONG, QUESTION

from guardkit import Guard, GuardBlocked
from guardkit.adapters.langchain import guard_model

CALLS = [Call("weather", ['{"place": ', '"Oslo"', "}"]), Call("weather", ['{"name": ["Rome", ', '"Bern"]}'])]
TOOL = {"name": "weather", "description": "The weather.", "input_schema": {"type": "object", "properties": {}}}


@pytest.fixture(scope="module")
def base(kind: Any, server: Server) -> Iterator[ChatAnthropic]:
    model = ChatAnthropic(base_url=server.url, api_key="k", model_name="m", max_retries=0)
    yield model
    model._client.close()
    if kind.name == "async":
        kind.loop.run_until_complete(model._async_client.close())


@pytest.mark.parametrize("way", WAYS)
def test_blocks(kind: Any, base: ChatAnthropic, guard: Guard, server: Server, way: str) -> None:
    model = guard_model(base, guard)
    said = Say(LONG, calls=CALLS)
    split = Call("weather", ['{"name": "tanger', 'ine-4711-harvest"}'])
    server.say(said, said, Say(LEAK), Say(("I will look. ",), calls=[CALLS[0], split]))
    totals = []
    for each in (base, model):
        got, error = run(kind, way, each.bind_tools([TOOL]), QUESTION)
        assert error is None
        total = got[0]
        for piece in got[1:]:
            total = total + piece
        totals.append((total.text, [(call["name"], call["args"], call["id"]) for call in total.tool_calls]))
    assert totals[0] == totals[1] and totals[1][0] == "".join(LONG) and len(totals[1][1]) == 2
    assert server.asked[0].json == server.asked[1].json
    for _ in range(2):
        got, error = run(kind, way, model.bind_tools([TOOL]), QUESTION)
        assert isinstance(error, GuardBlocked) and not leaked(got)
    for bad in (ATTACK, [HumanMessage(QUESTION), ToolMessage([{"type": "text", "text": ATTACK}], tool_call_id="c")]):
        got, error = run(kind, way, model, bad)
        assert isinstance(error, GuardBlocked) and not got and len(server.asked) == 4
