"""Real proxies of LiteLLM in processes of their own, with the guard in them or beside them."""

from __future__ import annotations

import inspect
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from conftest import SECRET
from proxy import KEY, proxied, served
from server import HARMLESS, Call, Say, Server
from surfaces import ATTACK, LEAK, LONG, QUESTION, wait

from guardkit import Guard, Policy, Verdict
from guardkit.adapters.litellm import guardrail_api
from guardkit.errors import InputError

os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")  # nothing is fetched when it is imported
pytest.importorskip("litellm", reason="LiteLLM has a leg of its own: it wants other versions than the rest")
pytest.importorskip("litellm_proxy_extras", reason='the proxy needs pip install "litellm[proxy]"')

from litellm.proxy.guardrails.guardrail_hooks.generic_guardrail_api import GenericGuardrailAPI  # noqa: E402

BUFFERS = "streaming_buffer_until_moderated" in inspect.signature(GenericGuardrailAPI.__init__).parameters

# LiteLLM and the pydantic models in it warn of themselves.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "litellm_proxy.yaml"
MARK = "xylograph-9152"  # in every prompt; the proxy must never print it

# In the guard of the proxy's own process the model works, in the others the rules alone.
CONFIG = """
model_list:
  - {{model_name: gpt-4o-mini, litellm_params: {{model: openai/gpt-4o-mini, api_base: {to}, api_key: k}}}}
  - {{model_name: words, litellm_params: {{model: text-completion-openai/m, api_base: {to}, api_key: k}}}}
guardrails:
  - guardrail_name: refusing
    litellm_params:
      {{guardrail: {own}, mode: [pre_call, post_call], rules_only: true, policy: {hard}, on_block: refusal}}
  - guardrail_name: beside
    litellm_params: {{guardrail: {own}, mode: [during_call], rules_only: true, policy: {soft}}}
  - guardrail_name: soft
    litellm_params: {{guardrail: {own}, mode: [pre_call, post_call], rules_only: true, policy: {soft}, hold: 100}}
  - guardrail_name: buffering
    litellm_params:
      {{guardrail: {own}, mode: [pre_call, post_call], rules_only: true, policy: {hard}, stream_mode: buffer}}
  - guardrail_name: api
    litellm_params:
      guardrail: generic_guardrail_api
      mode: [pre_call, post_call]
      api_base: {api}
      api_key: s3cret
      streaming_buffer_until_moderated: true
  - guardrail_name: gone
    litellm_params: {{guardrail: generic_guardrail_api, mode: [pre_call], api_base: "http://127.0.0.1:9"}}
router_settings: {{num_retries: 1}}
"""
OWN = "guardkit.adapters.litellm.GuardkitGuardrail"
HARD = f'deny = ["{SECRET}"]\n'
SOFT = "".join(f'[channels.{name}]\ninjection = "redact"\njailbreak = "redact"\n' for name in ("tool", "output"))

# Each format: its path, its body for a prompt, and a message of a tool in it.
FORMATS: dict[str, tuple[str, Any, Any]] = {
    "chat": (
        "/v1/chat/completions",
        lambda prompt: {"messages": [{"role": "user", "content": prompt}]},
        {"messages": [{"role": "user", "content": "See."}, {"role": "tool", "tool_call_id": "c", "content": ATTACK}]},
    ),
    "responses": (
        "/v1/responses",
        lambda prompt: {"input": prompt},
        {"input": [{"role": "user", "content": "See."},
                   {"type": "function_call_output", "call_id": "c", "output": ATTACK}]},
    ),
    "messages": (
        "/v1/messages",
        lambda prompt: {"messages": [{"role": "user", "content": prompt}], "max_tokens": 99},
        {"max_tokens": 99, "messages": [{"role": "user", "content": [
            {"type": "tool_result", "tool_use_id": "t", "content": [{"type": "text", "text": ATTACK}]}]}]},
    ),
}  # fmt: skip


class Counting(Guard):
    """Counts the texts that were checked."""

    def check_many(self, texts: Any, *args: Any, **kwargs: Any) -> list[Verdict]:
        COUNTED.extend(texts)
        return super().check_many(texts, *args, **kwargs)

    def check(self, text: str, *args: Any, **kwargs: Any) -> Verdict:
        COUNTED.append(text)
        return super().check(text, *args, **kwargs)


COUNTED: list[str] = []


@pytest.fixture(scope="module")
def example(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, Path]]:
    """The proxy of the example, as it stands, and what it prints."""
    folder = tmp_path_factory.mktemp("example")
    (folder / "hard.toml").write_text(HARD)
    env = {"OPENAI_BASE_URL": f"{server.url}/v1", "OPENAI_API_KEY": "k", "GUARDKIT_POLICY": str(folder / "hard.toml")}
    with proxied(EXAMPLE, folder / "output", env) as url, _client(url) as client:
        yield client, folder / "output"


@pytest.fixture(scope="module")
def chosen(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, Path]]:
    """A proxy with guardrails that each request chooses among, and what it prints."""
    folder = tmp_path_factory.mktemp("chosen")
    (folder / "hard.toml").write_text(HARD)
    (folder / "soft.toml").write_text(SOFT)
    app = guardrail_api(Counting(Policy(deny=(SECRET,)), model=None), api_key="s3cret")
    with served(app) as api:
        made = CONFIG.format(
            to=f"{server.url}/v1", own=OWN, hard=folder / "hard.toml", soft=folder / "soft.toml", api=api
        )
        (folder / "config.yaml").write_text(made)
        with proxied(folder / "config.yaml", folder / "output", {}) as url, _client(url) as client:
            yield client, folder / "output"


def _client(url: str) -> httpx.Client:
    return httpx.Client(base_url=url, headers={"Authorization": f"Bearer {KEY}"}, timeout=60)


def ask(client: httpx.Client, form: str, prompt: Any, stream: bool = False, **more: Any) -> httpx.Response:
    path, body, _ = FORMATS[form]
    asked = body(prompt) if isinstance(prompt, str) else prompt
    return client.post(path, json={"model": "gpt-4o-mini", "stream": stream, **asked, **more})


def said(answer: httpx.Response) -> str:
    """The text of an answer of any format, whole or streamed."""
    if "event-stream" not in answer.headers["content-type"]:
        return _text(answer.json())
    lines = [line[6:] for line in answer.text.splitlines() if line.startswith("data: ")]
    return "".join(_text(json.loads(line)) for line in lines if line != "[DONE]")


def _text(data: dict[str, Any]) -> str:
    if data.get("choices"):
        choice = data["choices"][0]
        return choice.get("text") or (choice.get("delta") or choice.get("message") or {}).get("content") or ""
    if "output" in data:
        return "".join(part.get("text", "") for item in data["output"] for part in item.get("content", ()))
    if "content" in data and isinstance(data["content"], list):
        return "".join(block.get("text", "") for block in data["content"])
    delta = data.get("delta")
    return delta.get("text") or "" if isinstance(delta, dict) else delta or ""


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize("form", FORMATS)
def test_every_format(example: tuple[httpx.Client, Path], server: Server, form: str, stream: bool) -> None:
    client, _ = example
    server.say(Say(LONG))
    answer = ask(client, form, f"{QUESTION} {MARK}", stream)
    assert answer.status_code == 200 and said(answer) == "".join(LONG) and len(server.asked) == 1
    for attack in (f"{ATTACK} {MARK}", FORMATS[form][2]):
        server.say()
        answer = ask(client, form, attack, stream)
        assert answer.status_code == 400 and "blocked by guardkit as" in answer.text and not server.asked
        assert "previous instructions" not in answer.text and MARK not in answer.text
    server.say(Say((*LONG, *LEAK, *LONG)))
    answer = ask(client, form, QUESTION, stream)
    assert "4711" not in answer.text and "tanger" not in answer.text and "blocked by guardkit as" in answer.text
    assert answer.status_code == (200 if stream else 400) and len(server.asked) == 1
    if stream:
        assert "".join(LONG).startswith(said(answer)) and len(said(answer)) > 700, "what comes before it is passed on"


def test_a_client_of_openai(example: tuple[httpx.Client, Path], server: Server) -> None:
    client = openai.OpenAI(base_url=f"{example[0].base_url}/v1", api_key=KEY, max_retries=2)
    server.say(Say(LONG), Say((*LONG, *LEAK)))
    asked: Any = {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": QUESTION}], "stream": True}
    got = [chunk.choices[0].delta.content or "" for chunk in client.chat.completions.create(**asked)]
    assert "".join(got) == "".join(LONG)
    got = []
    with pytest.raises(openai.APIError, match="blocked by guardkit"):
        got.extend(chunk.choices[0].delta.content or "" for chunk in client.chat.completions.create(**asked))
    asked["messages"][0]["content"] = ATTACK
    with pytest.raises(openai.BadRequestError, match="blocked by guardkit"):
        client.chat.completions.create(**asked)
    assert len(server.asked) == 2
    client.close()


def test_tool_calls_and_other_choices(example: tuple[httpx.Client, Path], server: Server) -> None:
    client, _ = example
    calls = [Call("a", ['{"x": ', "1}"]), Call("b", ['{"x": "tanger', "ine-47", '11-harvest"}'])]
    for stream in (False, True):
        for say in (Say((), calls=calls), Say(choices=[(HARMLESS,), LEAK])):
            server.say(say)
            answer = ask(client, "chat", QUESTION, stream, n=1 if say.calls else 2)
            assert "blocked by guardkit" in answer.text and len(server.asked) == 1
            assert "tanger" not in answer.text and "11-harvest" not in answer.text
        server.say(Say((), calls=[Call("a", ['{"place": ', '"Oslo"}'])]))
        answer = ask(client, "chat", QUESTION, stream)
        assert answer.status_code == 200 and "Oslo" in answer.text and "blocked" not in answer.text


def test_what_is_of_no_known_format(example: tuple[httpx.Client, Path], server: Server) -> None:
    """What LiteLLM extracts of other calls goes through `apply_guardrail`, which has a route of its own as well."""
    client, _ = example
    server.say()
    answer = client.post("/v1/embeddings", json={"model": "gpt-4o-mini", "input": ATTACK})
    assert answer.status_code == 400 and "blocked by guardkit" in answer.text and not server.asked
    answer = client.post("/v1/embeddings", json={"model": "gpt-4o-mini", "input": QUESTION})
    assert answer.status_code == 200 and len(server.asked) == 1
    applied = {"guardrail_name": "guardkit", "text": QUESTION}
    answer = client.post("/guardrails/apply_guardrail", json=applied)
    assert answer.status_code == 200 and answer.json()["response_text"] == QUESTION
    answer = client.post("/guardrails/apply_guardrail", json={**applied, "text": ATTACK})
    # Without prisma, which only its database needs, LiteLLM breaks off while it words the error of this route.
    assert answer.status_code >= 400 and ATTACK not in answer.text


def test_an_early_exit_closes_the_upstream(example: tuple[httpx.Client, Path], server: Server) -> None:
    client, _ = example
    server.say(Say(LONG * 60, pause=0.01))
    body = {"model": "gpt-4o-mini", "stream": True, **FORMATS["chat"][1](QUESTION)}
    with client.stream("POST", "/v1/chat/completions", json=body) as answer:
        next(answer.iter_lines())
    assert wait(lambda: bool(server.closed)) and server.sent < len(LONG) * 30


BAD: list[Any] = [
    b"not json", b"", b"[1]", b'{"model": "gpt-4o-mini"}', b'{"model": "gpt-4o-mini", "messages": 3}',
    b'{"model": "gpt-4o-mini", "messages": ["a", 1]}', b'{"model": "gpt-4o-mini", "prompt": [1, 2]}', b"\xff\xfe",
]  # fmt: skip


@pytest.mark.parametrize("body", BAD)
def test_bad_input(example: tuple[httpx.Client, Path], server: Server, body: bytes) -> None:
    client, _ = example
    path = "/v1/completions" if b"prompt" in body else "/v1/chat/completions"
    server.say(*[Say(status=400)] * 5)
    answer = client.post(path, content=body, headers={"content-type": "application/json"})
    assert answer.status_code >= 400
    if b"prompt" in body:
        assert "token numbers" in answer.text and not server.asked
    long = {"messages": [{"role": "user", "content": "The boats lay still. " * 25_000}]}
    assert body != b"not json" or ask(client, "chat", long).status_code == 400


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
def test_a_refusal_is_a_valid_answer(chosen: tuple[httpx.Client, Path], server: Server, stream: bool) -> None:
    client, _ = chosen
    server.say()
    answer = ask(client, "chat", f"{ATTACK} {MARK}", stream, guardrails=["refusing"])
    assert answer.status_code == 200 and said(answer) == "I can't help with that request." and not server.asked
    server.say(Say((*LONG, *LEAK)))
    answer = ask(client, "chat", QUESTION, stream, guardrails=["refusing"])
    assert answer.status_code == 200 and "content_filter" in answer.text and "4711" not in answer.text
    assert "".join(LONG).startswith(said(answer)) if stream else said(answer) == "I can't help with that request."
    asked = {"model": "words", "prompt": ATTACK, "stream": stream, "guardrails": ["refusing"]}
    answer = client.post("/v1/completions", json=asked)
    assert answer.status_code == 200 and not answer.text.count(ATTACK)
    # LiteLLM itself loses the text of a refusal on its way into a stream of this older format.
    assert said(answer) == ("" if stream else "I can't help with that request.")


def test_a_guardrail_that_buffers(chosen: tuple[httpx.Client, Path], server: Server) -> None:
    client, _ = chosen
    server.say(Say((*LONG, *LEAK)), Say(LONG))
    answer = ask(client, "chat", QUESTION, True, guardrails=["buffering"])
    assert not said(answer) and "blocked by guardkit" in answer.text
    assert said(ask(client, "chat", QUESTION, True, guardrails=["buffering"])) == "".join(LONG)


def test_what_is_redacted(chosen: tuple[httpx.Client, Path], server: Server) -> None:
    client, _ = chosen
    told = {"role": "tool", "tool_call_id": "c", "content": f"It is mild today. {ATTACK} Bring a coat."}
    messages = {"messages": [{"role": "user", "content": QUESTION}, told]}
    text = f"{''.join(LONG)}Also: it is mild. {ATTACK} Bring a coat. {''.join(LONG)}"
    for stream in (False, True):
        server.say(Say(tuple(text[at : at + 7] for at in range(0, len(text), 7))))
        answer = ask(client, "chat", messages, stream, guardrails=["soft"])
        assert answer.status_code == 200 and said(answer) == text.replace(ATTACK, "[removed]")
        assert server.asked[0].json["messages"][1]["content"] == "It is mild today. [removed] Bring a coat."


def test_beside_the_call(chosen: tuple[httpx.Client, Path], server: Server) -> None:
    """A guardrail of `during_call` can replace nothing, so it blocks what it would have to redact."""
    client, _ = chosen
    told = {"role": "tool", "tool_call_id": "c", "content": f"It is mild today. {ATTACK} Bring a coat."}
    server.say()
    answer = ask(client, "chat", {"messages": [told]}, guardrails=["beside"])
    assert answer.status_code == 400 and "would have to be redacted" in answer.text
    assert ask(client, "chat", QUESTION, guardrails=["beside"]).status_code == 200


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize("form", FORMATS)
def test_the_guard_in_another_process(
    chosen: tuple[httpx.Client, Path], server: Server, form: str, stream: bool
) -> None:
    client, _ = chosen
    server.say(Say(LONG))
    answer = ask(client, form, f"{QUESTION} {MARK}", stream, guardrails=["api"])
    assert answer.status_code == 200 and said(answer) == "".join(LONG)
    for attack in (f"{ATTACK} {MARK}", FORMATS[form][2]):
        server.say()
        answer = ask(client, form, attack, stream, guardrails=["api"])
        assert answer.status_code == 400 and "blocked by guardkit as" in answer.text and not server.asked
    if stream and not BUFFERS:
        pytest.skip("this version of LiteLLM passes chunks on before it asks the API")
    calls = [Call("b", ['{"x": "tanger', "ine-47", '11-harvest"}'])]
    for say in (Say((*LONG, *LEAK)), Say(("I look.",), calls=calls)):
        server.say(say)
        answer = ask(client, form, QUESTION, stream, guardrails=["api"])
        assert "tanger" not in answer.text and "11-harvest" not in answer.text and len(server.asked) == 1


def test_a_guard_that_is_gone_lets_nothing_pass(chosen: tuple[httpx.Client, Path], server: Server) -> None:
    client, _ = chosen
    server.say()
    answer = ask(client, "chat", QUESTION, guardrails=["gone"])
    assert answer.status_code >= 400 and not server.asked


def test_a_500_then_a_200_is_one_check_and_one_retry(chosen: tuple[httpx.Client, Path], server: Server) -> None:
    client, _ = chosen
    COUNTED.clear()
    question = "Which bed gets the most sun?"
    server.say(Say(status=500), Say(("It is the southern one.",)))
    answer = ask(client, "chat", question, guardrails=["api"], max_retries=0)
    assert said(answer) == "It is the southern one." and len(server.asked) == 2
    assert COUNTED == [question, "It is the southern one."]


def test_the_proxies_print_no_text(example: tuple[httpx.Client, Path], chosen: tuple[httpx.Client, Path]) -> None:
    for _, output in (example, chosen):
        printed = output.read_text(errors="replace")
        assert "blocked by guardkit as injection" in printed, "it is the output in which a block is told of"
        for text in (MARK, SECRET, "previous instructions", "4711", "Sentence number 0"):
            assert text not in printed


def test_the_class() -> None:
    from guardkit.adapters.litellm import GuardkitGuardrail

    assert "apply_guardrail" in vars(GuardkitGuardrail), "where the proxy looks for it"
    for settings in ({"stream_mode": "glance"}, {"hold": 0}, {"on_block": "shout"}):
        with pytest.raises(InputError, match=next(iter(settings)).removeprefix("stream_")):
            GuardkitGuardrail(guard=Guard(model=None), guardrail_name="g", **settings)
    made = GuardkitGuardrail(guard=Guard(model=None), guardrail_name="g", event_hook="pre_call", default_on=True)
    assert made.guardrail_name == "g" and made.default_on
