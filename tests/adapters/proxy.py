"""What runs beside the tests: an ASGI application in a thread, and a real proxy of LiteLLM in a process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn

KEY = "sk-test"
STARTED = 120.0  # seconds


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The application on a free port of the loopback."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 10
    while not server.started:
        assert time.monotonic() < deadline, "the endpoint did not start"
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@contextmanager
def proxied(config: Path, output: Path, env: Mapping[str, str]) -> Iterator[str]:
    """The proxy with this configuration on a free port of the loopback; what it prints goes to the file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [str(Path(sys.executable).with_name("litellm")), "--config", str(config), "--host", "127.0.0.1"]
    offline = {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_MASTER_KEY": KEY}
    with output.open("wb") as out:
        process = subprocess.Popen(
            [*command, "--port", str(port)], env={**os.environ, **offline, **env}, stdout=out, stderr=out
        )
        try:
            deadline = time.monotonic() + STARTED
            while not _answers(url):
                running = process.poll() is None and time.monotonic() < deadline
                assert running, f"the proxy did not start: {output.read_text()[-2_000:]}"
                time.sleep(0.2)
            yield url
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health/liveliness").status_code == 200
    except httpx.HTTPError:
        return False
