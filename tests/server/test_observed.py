"""What can be seen from outside: the counts add up, and no text is in any log, metric, error or exception."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Iterator

import pytest
from client import ATTACK, BENIGN, Running, serving
from starlette.responses import Response
from starlette.types import Message

from guardkit import judge
from guardkit.adapters.litellm.endpoint import PATH
from guardkit.server import Settings
from guardkit.server.gate import Gate, Places
from guardkit.server.service import Service

CANARY = "zanzibar-7319-marmalade"
WEBSOCKET = (
    "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
    "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that any logger says, at every level, with tracebacks."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield out
    root.removeHandler(handler)
    root.setLevel(level)


def total(samples: dict[str, float], name: str, *having: str) -> float:
    return sum(value for key, value in samples.items() if key.startswith(name) and all(part in key for part in having))


def test_the_counts_add_up() -> None:
    with serving(model="default") as running:
        for _ in range(3):
            running.check(ATTACK)
        running.check(BENIGN)
        running.post("/v1/check:batch", {"texts": [ATTACK, BENIGN, BENIGN]})
        running.post(PATH, {"input_type": "request", "texts": [BENIGN + " Really?"]})
        running.check("x", channel="nobody")
        running.client.get("/healthz")
        samples = running.samples()
        checks = "guardkit_checks_total"
        assert total(samples, checks) == 8 == total(samples, "guardkit_check_seconds_count")
        assert total(samples, checks, 'action="block"') == 4 == total(samples, checks, 'label="injection"')
        assert total(samples, checks, 'action="allow"', 'label="benign"') == 4
        assert total(samples, checks, 'degraded="false"') == 8
        assert total(samples, checks, 'route="fast"') + total(samples, checks, 'route="deep"') == 8
        requests = "guardkit_requests_total"
        assert total(samples, requests, 'path="/v1/check"', 'status="200"') == 4
        assert total(samples, requests, 'path="/v1/check"', 'status="400"') == 1
        assert total(samples, requests, "batch") == 1 and total(samples, requests, PATH) == 1
        assert total(samples, "guardkit_request_seconds_count") == total(samples, requests) == 7
        assert samples["guardkit_together_texts_sum"] == 7  # all but LiteLLM's, which has threads of its own
        assert samples["guardkit_queue_texts"] == 0 and samples["guardkit_ready"] == 1
        assert total(running.samples(), requests, "/metrics") == 1  # the page before this one


def test_a_request_is_counted_before_the_end_of_its_answer_goes_out() -> None:
    service = Service(Settings(model=None))
    seen: list[bytes] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            seen.append(service.metrics.page())

    scope = {"type": "http", "method": "POST", "path": "/x", "headers": []}
    gate = Gate("/x", service, Places(1, 100, service.metrics), Response(b"done"))
    asyncio.run(gate(scope, receive, send))
    line = b'guardkit_requests_total{path="/x",status="200"} 1.0'
    assert len(seen) == 1 and line in seen[0] and line in service.metrics.page()


def test_degraded_checks_are_counted(rules: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    real = judge.analyze
    monkeypatch.setattr(judge, "analyze", lambda *rest: replace(real(*rest), degraded=("decoder: TestError",)))
    said = rules.check(BENIGN).json()
    assert (said["action"], said["degraded"]) == ("block", "decoder: TestError")
    assert total(rules.samples(), "guardkit_checks_total", 'degraded="true"', 'action="block"') == 1


@pytest.mark.parametrize("state", ["sound", "broken"])
def test_no_text_gets_out(
    state: str, log: io.StringIO, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(text: str, *_: object) -> object:
        raise RuntimeError(f"{CANARY}: {text}")

    bodies: list[bytes] = [json.dumps(body).encode() for body in (
        {"text": f"{ATTACK} {CANARY}"}, {"text": CANARY, "channel": CANARY}, {"text": CANARY, "policy": CANARY},
        {CANARY: CANARY}, [CANARY], {"text": {CANARY: CANARY}}, {"texts": [CANARY], "channel": [CANARY]},
        {"texts": [CANARY, ATTACK + CANARY], "system": CANARY}, {"text": CANARY, "system": CANARY, "known": [CANARY]},
        {"input_type": "request", "texts": [CANARY, ATTACK + CANARY]}, {"input_type": CANARY},
        {"input_type": "response", "texts": CANARY},
    )]  # fmt: skip
    bodies += [f"{{{CANARY}".encode(), f'{{"text": "{CANARY}"'.encode(), b"\xff" + CANARY.encode()]
    with serving(body=100_000) as running:
        if state == "broken":
            monkeypatch.setattr(judge, "analyze", broken)
        answers = [
            running.client.post(path, content=body, headers={"x-api-key": CANARY})
            for path in ("/v1/check", "/v1/check:batch", PATH) for body in [*bodies, CANARY.encode() * 10_000]
        ]  # fmt: skip
        answers += [running.client.get(f"/{CANARY}?{CANARY}"), running.client.get(f"/v1/check?text={CANARY}")]
        assert {answer.status_code for answer in answers} >= {400, 404, 405, 413, 500 if state == "broken" else 200}
        for answer in answers:
            if answer.status_code != 200:
                assert CANARY not in answer.text + str(answer.headers)
        assert CANARY not in running.client.get("/metrics").text
        with running.connected() as raw:
            raw.sendall(f"GET /v1/check?{CANARY} HTTP/1.1\r\nhost: x\r\n{WEBSOCKET}\r\n".encode())
            assert raw.recv(4_096).startswith(b"HTTP/1.1 405")
    seen = log.getvalue()
    assert "/v1/check 400: bad_request" in seen, "the log was not read"
    ours = [line for line in seen.splitlines() if not line.startswith(("HTTP Request", "send_request", "receive_resp"))]
    assert [line for line in ours if CANARY in line] == []  # httpx's own lines show its URL
    out = capfd.readouterr()
    assert CANARY not in out.out + out.err
