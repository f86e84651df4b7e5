"""More than the server can do: every request gets one answer, its own, and what is accepted is finished."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest
from brake import SLOW, Brake
from client import ATTACK, BENIGN, Running, problem, serving, wait

from guardkit.adapters.litellm.endpoint import PATH

HEADERS = {"content-type": "application/json"}


def flood(url: str, bodies: list[dict[str, Any]], path: str = "/v1/check") -> list[httpx.Response]:
    """The answers to all of them, sent at once."""

    async def run() -> list[httpx.Response]:
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(base_url=url, timeout=120, limits=limits) as client:
            sent = (client.post(path, content=json.dumps(body), headers=HEADERS) for body in bodies)
            return await asyncio.gather(*sent)

    return asyncio.run(run())


def marked(number: int) -> str:
    """A text that its verdict can be told by."""
    return f"{ATTACK if number % 3 == 0 else BENIGN} ({number})"


def test_a_flood() -> None:
    with serving(queue=8, threads=2, requests=64) as running:
        answers = flood(running.url, [{"text": marked(number)} for number in range(300)])
        assert len(answers) == 300
        statuses = Counter(answer.status_code for answer in answers)
        assert set(statuses) == {200, 429} and statuses[200] >= 8, statuses
        for number, answer in enumerate(answers):
            if answer.status_code == 200:
                verdict = answer.json()
                assert verdict["views"][0] == marked(number), "another request's answer"
                assert verdict["blocked"] == (number % 3 == 0)
            else:
                assert problem(answer)[:2] == (429, "busy") and answer.headers["retry-after"] == "1"
        samples = running.samples()
        served = {key: value for key, value in samples.items() if key.startswith("guardkit_requests_total")}
        assert served == {f'guardkit_requests_total{{path="/v1/check",status="{status}"}}': count
                          for status, count in statuses.items()}  # fmt: skip
        checked = sum(value for key, value in samples.items() if key.startswith("guardkit_checks_total"))
        assert checked == statuses[200] and samples["guardkit_queue_texts"] == 0


def test_a_flood_that_fits() -> None:
    with serving(queue=1_000, requests=500) as running:
        answers = flood(running.url, [{"text": marked(number)} for number in range(300)])
        assert [answer.json()["views"][0] for answer in answers] == [marked(number) for number in range(300)]
        bodies = [{"texts": [marked(10 * group + at) for at in range(10)]} for group in range(20)]
        for group, answer in enumerate(flood(running.url, bodies, "/v1/check:batch")):
            seen = [verdict["views"][0] for verdict in answer.json()["verdicts"]]
            assert seen == [marked(10 * group + at) for at in range(10)]
        assert running.samples()["guardkit_together_texts_sum"] == 500


def background(running: Running, bodies: list[dict[str, Any]]) -> Any:
    from concurrent.futures import ThreadPoolExecutor

    pool = ThreadPoolExecutor(len(bodies))
    return [pool.submit(httpx.post, f"{running.url}/v1/check", json=body, timeout=60) for body in bodies]


def test_the_bounds(brake: Brake) -> None:
    with serving(queue=2, threads=1, together=1, requests=9) as running:
        waiting = background(running, [{"text": SLOW}])
        wait(lambda: brake.held == 1)
        waiting += background(running, [{"text": "a"}, {"text": "b"}])
        wait(lambda: running.service.intake.waiting == 2)
        status, kind, message = problem(running.check("c"))
        assert (status, kind, message) == (429, "busy", "the queue has no room for 1 more (it holds 2 texts)")
        status, _, message = problem(running.post("/v1/check:batch", {"texts": ["c", "d"]}))
        assert (status, message) == (429, "the queue has no room for 2 more (it holds 2 texts)")
        status, kind, message = problem(running.post("/v1/check:batch", {"texts": ["c", "d", "e"]}))
        assert (status, kind) == (413, "too_large"), "it would never fit, so nobody should try again"
        assert message == "3 texts are too many for one request: send at most 2"
        brake.off.set()
        assert [each.result().status_code for each in waiting] == [200, 200, 200]


def test_the_bounds_of_what_is_under_way(brake: Brake) -> None:
    with serving(threads=1, together=1, requests=4, body=1_000, volume=2_500) as running:
        waiting = background(running, [{"text": f"{SLOW} {'x' * 900}"}])
        wait(lambda: brake.held == 1)
        waiting += background(running, [{"text": "y" * 900}])
        wait(lambda: running.samples()["guardkit_requests_in_flight"] == 2)
        status, kind, message = problem(running.check("z" * 900))
        assert (status, kind) == (429, "busy") and message.endswith("as many bytes of requests as it takes on (2500)")
        waiting += background(running, [{"text": "1"}, {"text": "2"}])
        wait(lambda: running.samples()["guardkit_requests_in_flight"] == 4)
        status, kind, message = problem(running.check("3"))
        assert (status, kind) == (429, "busy")
        assert message == "the server is serving 4 requests, as many as it takes on"
        assert problem(running.post(PATH, {"input_type": "request", "texts": ["4"]}))[:2] == (429, "busy")
        brake.off.set()
        assert [each.result().status_code for each in waiting] == [200] * 4
        wait(lambda: running.samples()["guardkit_requests_in_flight"] == 0)


def test_a_client_that_goes_gives_up_its_place(brake: Brake) -> None:
    with serving(queue=2, threads=1, together=1) as running:
        waiting = background(running, [{"text": SLOW}])
        wait(lambda: brake.held == 1)
        host, port = running.url.removeprefix("http://").split(":")
        left = []
        for _ in range(2):
            raw = socket.create_connection((host, int(port)), 10)
            raw.sendall(b'POST /v1/check HTTP/1.1\r\nhost: x\r\ncontent-length: 13\r\n\r\n{"text": "a"}')
            left.append(raw)
        wait(lambda: running.service.intake.waiting == 2)
        assert running.check("b").status_code == 429
        for raw in left:
            raw.close()
        wait(lambda: running.service.intake.waiting == 0)
        waiting += background(running, [{"text": "b"}])
        wait(lambda: running.service.intake.waiting == 1)
        brake.off.set()
        assert [each.result().status_code for each in waiting] == [200, 200]
        assert running.samples()['guardkit_requests_total{path="/v1/check",status="499"}'] == 2
        checked = sum(value for key, value in running.samples().items() if key.startswith("guardkit_checks_total"))
        assert checked == 2, "what nobody waited for was checked"


def test_the_end_finishes_what_was_accepted(brake: Brake) -> None:
    with serving(threads=1, together=1, drain=1.0) as running:
        waiting = background(running, [{"text": SLOW}])
        wait(lambda: brake.held == 1)
        waiting += background(running, [{"text": marked(number)} for number in range(5)])
        wait(lambda: running.service.intake.waiting == 5)
        running.stop()
        assert problem(running.client.get("/readyz")) == (503, "not_ready", "the server is shutting down")
        late = background(running, [{"text": "late"}])  # while it drains, it still takes requests
        wait(lambda: running.service.intake.waiting == 6)
        wait(lambda: running.server.should_exit)
        time.sleep(0.5)
        assert running.thread.is_alive()
        brake.off.set()
        answers = [each.result() for each in [*waiting, *late]]
        assert [answer.status_code for answer in answers] == [200] * 7
        assert [answer.json()["views"][0] for answer in answers[1:6]] == [marked(number) for number in range(5)]
        running.thread.join(60)
        assert not running.thread.is_alive()


def started(*options: str) -> tuple[subprocess.Popen[str], str]:
    """`guardkit serve` as a process, and its address once it is ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "guardkit", "serve", "--rules-only", "--port", str(port), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    url = f"http://127.0.0.1:{port}"

    def ready() -> bool:
        assert process.poll() is None, process.communicate()[0]
        try:
            return httpx.get(f"{url}/readyz").status_code == 200
        except httpx.TransportError:
            return False

    wait(ready)
    return process, url


def test_the_process() -> None:
    process, url = started()
    assert httpx.post(f"{url}/v1/check", json={"text": ATTACK}).json()["blocked"]
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0, output
    assert "ready: policies balanced, strict, permissive" in output and "Traceback" not in output


def test_a_second_interruption_ends_it_at_once() -> None:
    process, url = started()
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 10) as raw:
        raw.sendall(b"POST /v1/check HTTP/1.1\r\nhost: x\r\ncontent-length: 50\r\n\r\n{")
        wait(lambda: level(url) == 1)
        process.send_signal(signal.SIGINT)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=20)
    assert "requests without an answer are cut off" in output and "Traceback" not in output, output


def level(url: str) -> float:
    """Requests under way, by a new connection to some process."""
    page = httpx.get(f"{url}/metrics").text
    return sum(float(line.split()[-1]) for line in page.splitlines() if line.startswith("guardkit_requests_in_flight"))


def test_several_processes_count_together() -> None:
    process, url = started("--workers", "2")
    for _ in range(40):  # a connection each, so that both get some
        assert httpx.post(f"{url}/v1/check", json={"text": BENIGN}).status_code == 200
    pages = [httpx.get(f"{url}/metrics").text for _ in range(4)]
    served = [
        sum(float(line.split()[-1]) for line in page.splitlines()
            if line.startswith("guardkit_requests_total") and "/v1/check" in line)
        for page in pages
    ]  # fmt: skip
    assert served == [40] * 4
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 10) as slow:  # one process serves it, any of them tells
        slow.sendall(b"POST /v1/check HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n")
        wait(lambda: [level(url) for _ in range(8)] == [1] * 8)
    wait(lambda: [level(url) for _ in range(8)] == [0] * 8)
    os.kill(process.pid, signal.SIGTERM)
    output, _ = process.communicate(timeout=60)
    assert "Traceback" not in output, output
    assert output.count("INFO guardkit.server: ready: policies") == 2, "each has a log"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux deals connections out")
def test_connections_that_come_at_once_are_shared() -> None:
    process, url = started("--workers", "2")
    host, port = url.removeprefix("http://").split(":")

    def held() -> list[int]:
        """Sockets of each worker."""
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii").split()
        workers = [
            Path(f"/proc/{pid}") for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
        ]
        return [
            sum(os.readlink(entry).startswith("socket:") for entry in (worker / "fd").iterdir()) for worker in workers
        ]

    def listening() -> bool:
        return Path("/proc/net/tcp").read_text("ascii").count(f":{int(port):04X} 00000000:0000 0A") == 2

    wait(listening)
    before = held()
    clients = [socket.create_connection((host, int(port)), 10) for _ in range(32)]
    wait(lambda: sum(held()) - sum(before) == len(clients))
    shares = [after - least for after, least in zip(held(), before, strict=True)]
    for client in clients:
        client.close()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert min(shares) >= 4, f"of 32 connections {shares}: one in a million, if each goes to either"
