"""What gets no verdict: the status, the type, and a message that a person can act on."""

from __future__ import annotations

import asyncio
import json
import socket
from math import inf, nan
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from brake import SLOW, Brake
from client import ATTACK, BENIGN, Running, problem, serving, wait

from guardkit import GuardError, judge
from guardkit.adapters.litellm.endpoint import PATH
from guardkit.server import Settings
from guardkit.server.gate import Gate, Places
from guardkit.server.keys import Keys
from guardkit.server.metrics import Metrics

KEY, OTHER = "first-key-0123456789", "second-key-9876543210"
GATED = (("POST", "/v1/check"), ("POST", "/v1/check:batch"), ("POST", PATH), ("GET", "/metrics"))
OPEN = ("/healthz", "/readyz", "/openapi.json", "/")

BAD: list[tuple[str, bytes, str]] = [
    ("/v1/check", b"", "the body (0 bytes) is not JSON in UTF-8"),
    ("/v1/check", b"{not json", "the body (9 bytes) is not JSON in UTF-8"),
    ("/v1/check", b'{"text": "\xff"}', "the body (13 bytes) is not JSON in UTF-8"),
    ("/v1/check", '{"text": "x"}'.encode("utf-16"), "the body (28 bytes) is not JSON in UTF-8"),
    ("/v1/check", b"[" * 99_999, "the body (99999 bytes) is not JSON in UTF-8"),
    ("/v1/check", b'{"text": "a", "text": "b"}', "the body (26 bytes) is not JSON in UTF-8"),
    ("/v1/check", b"[1]", "the body is a list: expected an object"),
    ("/v1/check", b"null", "the body is null: expected an object"),
    ("/v1/check", b"{}", "text is missing: expected a string"),
    ("/v1/check", b'{"text": 1}', "text is a number: expected a string"),
    ("/v1/check", b'{"text": null}', "text is null: expected a string"),
    ("/v1/check", b'{"text": ["a"]}', "text is a list: expected a string"),
    ("/v1/check", b'{"text": "a", "chanel": "user"}',
     "the body has a field that is unknown here: expected text, channel, policy, system, known"),
    ("/v1/check", b'{"text": "a", "channel": "root"}',
     "channel is another string: expected one of user, document, tool, system, output"),
    ("/v1/check", b'{"text": "a", "channel": ["user"]}',
     "channel is a list: expected one of user, document, tool, system, output"),
    ("/v1/check", b'{"text": "a", "policy": {"preset": "strict"}}',
     "policy is an object: expected the name of a policy"),
    ("/v1/check", b'{"text": "a", "policy": "guard.toml"}',
     "policy is none of this server's: expected one of balanced, strict, permissive"),
    ("/v1/check", b'{"text": "a", "system": true}',
     "system is a boolean: expected a string or a list of strings"),
    ("/v1/check", b'{"text": "a", "known": [1]}',
     "known is a list with something else in it: expected a string or a list of strings"),
    ("/v1/check:batch", b'{"text": "a"}',
     "the body has a field that is unknown here: expected texts, channel, policy, system, known"),
    ("/v1/check:batch", b'{"texts": "a"}', "texts is a string: expected a list of strings"),
    ("/v1/check:batch", b'{"texts": ["a"], "channel": ["user", "tool"]}',
     "2 channels for 1 texts: give one, or one for each"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "content", "message"), BAD)
def test_what_cannot_be_read(rules: Running, path: str, content: bytes, message: str) -> None:
    status, kind, said = problem(rules.client.post(path, content=content))
    assert (status, said) == (400, message) and kind in ("bad_json", "bad_request")


def test_a_name_that_stands_twice_for_litellm(rules: Running) -> None:
    answer = rules.client.post(PATH, content=f'{{"input_type": "request", "texts": ["{ATTACK}"], "texts": ["hi"]}}')
    assert answer.status_code == 400 and "is not JSON in UTF-8" in answer.text


def test_no_such_path_and_no_such_method(rules: Running) -> None:
    for path in ("/nothing", "/v1/check/", "/v1", "/docs"):
        assert problem(rules.client.get(path))[:2] == (404, "not_found")
    for method, path in GATED:
        answer = rules.client.request("DELETE", path)
        assert problem(answer)[:2] == (405, "method_not_allowed") and method in answer.headers["allow"]


def test_keys(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text(f"# ours\n{KEY}\n\n  {OTHER}  \n")
    with serving(keys_file=str(file)) as running:
        body = {"text": BENIGN, "texts": [BENIGN], "input_type": "request"}
        wrong: list[dict[str, Any]] = [
            {}, {"x-api-key": "wrong"}, {"authorization": f"Basic {KEY}"}, {"authorization": KEY},
            {"authorization": "Bearer"}, {"x-api-key": KEY[:-1]}, {"x-api-key": b"\xe9\xff"}, {"x-api-key": "# ours"},
        ]  # fmt: skip
        for method, path in GATED:
            for headers in wrong:
                answer = running.client.request(method, path, json=body, headers=headers)
                status, kind, message = problem(answer)
                assert (status, kind) == (401, "unauthorized") and "X-API-Key: KEY" in message
                assert answer.headers["www-authenticate"] == "Bearer"
        for headers in ({"x-api-key": KEY}, {"authorization": f"Bearer {OTHER}"}, {"authorization": f"bearer {KEY}"}):
            assert running.client.post("/v1/check", json={"text": BENIGN}, headers=headers).status_code == 200
            assert running.client.get("/metrics", headers=headers).status_code == 200
        for path in OPEN:
            assert running.client.get(path).status_code == 200
        assert "guardkit_checks_total" in running.client.get("/metrics", headers={"x-api-key": KEY}).text


def test_keys_that_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty, short = tmp_path / "empty", tmp_path / "short"
    empty.write_text("# nothing\n")
    short.write_text("hunter2\n")
    (tmp_path / "noted").write_text(f"{KEY}   # main key\n")
    for file, message in (
        (empty, "holds none"), (short, "expected 16 or more"), (tmp_path / "no", "cannot read"),
        (tmp_path / "noted", "expected 16 or more"),
    ):  # fmt: skip
        with pytest.raises(GuardError, match=message) as caught:
            Keys.read(file)
        assert "hunter2" not in str(caught.value) and KEY not in str(caught.value)
    (tmp_path / "marked").write_bytes(b"\xef\xbb\xbf" + KEY.encode())
    Keys.read(tmp_path / "marked").require({"x-api-key": KEY})
    for value in ("", " , "):
        monkeypatch.setenv("GUARDKIT_API_KEYS", value)
        with pytest.raises(GuardError, match="GUARDKIT_API_KEYS is set, but holds no API key"):
            Keys.read()
    monkeypatch.setenv("GUARDKIT_API_KEYS", f"{KEY}, {OTHER}")
    keys = Keys.read()
    keys.require({"x-api-key": OTHER})
    assert keys and KEY not in repr(vars(type(keys)))


def test_bodies_over_the_limit() -> None:
    with serving(body=100_000, texts=3) as running:
        huge = {"text": "a" * 10_000_000}
        status, kind, message = problem(running.client.post("/v1/check", json=huge))
        assert (status, kind, message) == (
            413, "too_large", "the body has more than 100000 bytes: send less, or split it")  # fmt: skip

        def pieces() -> Any:  # without a content-length
            for _ in range(40):
                yield b" " * 10_000

        assert problem(running.client.post("/v1/check", content=pieces()))[:2] == (413, "too_large")
        assert problem(running.client.post(PATH, content=pieces()))[:2] == (413, "too_large")
        status, kind, message = problem(running.client.post("/v1/check:batch", json={"texts": ["a"] * 4}))
        assert (status, message) == (413, "4 texts are too many for one request: send at most 3")
        assert running.check(BENIGN).status_code == 200


def test_more_than_the_guard_reads(rules: Running) -> None:
    said = rules.check(f"{'word ' * 200_000}{ATTACK}").json()
    assert said["blocked"] and said["truncated"]


def test_a_body_that_does_not_come(rules: Running) -> None:
    with serving(timeout=0.5) as running:
        host, port = running.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), 10) as raw:
            raw.sendall(b'POST /v1/check HTTP/1.1\r\nhost: x\r\ncontent-length: 50\r\n\r\n{"text"')
            said = ""
            while "}" not in said and (more := raw.recv(4_096)):  # head and body may come apart
                said += more.decode()
        assert said.startswith("HTTP/1.1 408") and "slow_body" in said and "within 0.5 s" in said
        assert running.samples()["guardkit_requests_in_flight"] == 0


def test_a_verdict_that_does_not_come(brake: Brake) -> None:
    with serving(timeout=0.5, threads=1) as running:
        status, kind, message = problem(running.check(SLOW))
        assert (status, kind) == (504, "timeout") and message.endswith("treat the text as not checked")
        assert problem(running.check(BENIGN))[1] == "timeout"  # it waited behind the other, and was taken out
        assert running.samples()["guardkit_queue_texts"] == 0
        brake.off.set()
        assert running.check(BENIGN).status_code == 200


def test_a_bug(rules: Running, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def broken(text: str, *_: object) -> Any:
        raise RuntimeError(text)

    monkeypatch.setattr(judge, "analyze", broken)
    for path, body in (("/v1/check", {"text": "canary"}), (PATH, {"input_type": "request", "texts": ["canary"]})):
        answer = rules.client.post(path, json=body)
        status, kind, message = problem(answer)
        assert (status, kind) == (500, "internal") and "RuntimeError" in message
        assert "canary" not in answer.text + caplog.text


def test_a_timeout_of_the_application_is_no_timeout_of_the_request(
    rules: Running, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def late(*_: object) -> Any:
        raise TimeoutError("canary")

    monkeypatch.setattr(rules.service.intake, "ask", late)
    answer = rules.check(BENIGN)
    assert problem(answer)[:2] == (500, "internal") and "TimeoutError" in answer.text
    assert "canary" not in answer.text + caplog.text


def test_a_client_that_goes_while_its_time_runs_out() -> None:
    """The application takes its time to end: nobody is answered, and it counts as gone."""
    metrics = Metrics()
    sent: list[Any] = []
    service: Any = SimpleNamespace(settings=Settings(timeout=0.1), keys=Keys(), metrics=metrics)

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.2)

    async def serve() -> None:
        messages = [{"type": "http.request", "body": b"{}"}]

        async def receive() -> Any:
            if messages:
                return messages.pop()
            await asyncio.sleep(0.1)
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        gate = Gate("/x", service, Places(1, 10, metrics), slow)
        await gate({"type": "http", "method": "POST", "headers": [(b"content-length", b"2")]}, receive, send)

    asyncio.run(serve())
    assert not sent
    assert 'guardkit_requests_total{path="/x",status="499"} 1.0' in metrics.page().decode()


def test_a_policy_that_raises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = tmp_path / "own.toml"
    policy.write_text('on_error = "raise"\n[limits]\nmilliseconds = 0.001\n')
    with serving(policies=(str(policy),), model="default") as running:
        long = f"{BENIGN} " * 2_000
        status, kind, message = problem(running.check(long))
        assert (status, kind) == (500, "not_checked") and message.startswith("the text was not checked in full")
        assert problem(running.client.post("/v1/check:batch", json={"texts": [long, BENIGN]}))[1] == "not_checked"


def test_before_the_model_has_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    from guardkit.server import service

    go, real = Event(), service.Service._open
    monkeypatch.setattr(service.Service, "_open", lambda self: (go.wait(60), real(self))[1])
    with serving(ready=False) as running:
        assert running.client.get("/healthz").json() == {"status": "alive"}
        for answer in (running.client.get("/readyz"), running.check(BENIGN)):
            assert problem(answer) == (503, "not_ready", "the model is loading") and answer.headers["retry-after"]
        assert running.samples()["guardkit_ready"] == 0
        go.set()
        wait(lambda: running.client.get("/readyz").status_code == 200)
        assert running.check(BENIGN).status_code == 200 and running.samples()["guardkit_ready"] == 1


@pytest.mark.parametrize("name", ["no model", "self-test"])
def test_a_guard_that_cannot_start(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from guardkit.server import service

    if name == "self-test":
        monkeypatch.setattr(service, "ATTACKS", (("a harmless one", "user", BENIGN),))
    monkeypatch.setattr("guardkit.server.process.Server.on_tick", lambda self, _: _asleep(self))
    with serving(ready=False, model=None if name == "self-test" else str(tmp_path)) as running:
        wait(lambda: running.service.phase == "failed")
        status, kind, message = problem(running.client.get("/readyz"))
        assert (status, kind) == (503, "not_ready") and message.startswith("the guard cannot start: ")
        assert ("the self-test went wrong on: a harmless one" in message) == (name == "self-test")
        assert problem(running.check(BENIGN))[1] == "not_ready"


async def _asleep(server: Any) -> bool:
    """uvicorn's question whether to stop, without ours: so that a failed server can still be asked."""
    return bool(server.should_exit)


def test_settings_that_are_none(tmp_path: Path) -> None:
    for wrong in (
        {"queue": 0},
        {"timeout": -1},
        {"threads": 0},
        {"body": 10, "volume": 9},
        {"drain": -1},
        {"timeout": inf},
        {"drain": inf},
        {"timeout": nan},
    ):
        with pytest.raises(GuardError, match="expected"):
            Settings(**wrong)  # type: ignore[arg-type]
    twin = tmp_path / "strict.toml"
    twin.write_text("")
    with pytest.raises(GuardError, match="two policies are called 'strict'"):
        Settings(policies=("strict", str(twin))).named()


def test_an_answer_says_no_more_than_its_error(rules: Running) -> None:
    answers = [rules.client.post("/v1/check", content=json.dumps(body)) for body in (
        {"canary-4711": 1}, {"text": "canary-4711", "channel": "canary-4711"}, {"text": "x", "policy": "canary-4711"},
        ["canary-4711"], {"text": {"canary-4711": 1}},
    )]  # fmt: skip
    answers += [rules.client.get("/canary-4711?canary-4711"), httpx.get(f"{rules.url}/v1/check?text=canary-4711")]
    assert all(answer.status_code >= 400 and "canary-4711" not in answer.text for answer in answers)
