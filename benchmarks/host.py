"""A guardkit server in processes of its own: started, watched from outside, ended."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

__all__ = ["Server", "running"]

STARTED = 180.0  # seconds
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
CODE = """
import json, sys
from guardkit.server import Settings, serve
serve(Settings(**json.loads(sys.argv[1])), "127.0.0.1", int(sys.argv[2]), workers=int(sys.argv[3]))
"""


@dataclass(frozen=True)
class Server:
    """A server by its address and its first process. What is read of it is from Linux's /proc."""

    url: str
    process: subprocess.Popen[bytes]

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def workers(self) -> list[int]:
        """The process ids of its workers, the oldest first; its own where it has none."""
        me = self.process.pid
        children = Path(f"/proc/{me}/task/{me}/children").read_text("ascii").split()
        found = [int(child) for child in children if b"spawn_main" in _read(int(child), "cmdline")]
        return sorted(found, key=_started) or [me]

    def cpu(self) -> float:
        """Seconds of processor time so far, of all that live."""
        return sum(_spent(pid) for pid in {self.process.pid, *self.workers()})

    def kill(self) -> bool:
        """Kills the youngest worker, if there is more than one."""
        workers = self.workers()
        if len(workers) > 1:
            with suppress(ProcessLookupError):
                os.kill(workers[-1], signal.SIGKILL)
        return len(workers) > 1

    def memory(self) -> float:
        """MiB of resident memory of the oldest worker."""
        fields = _read(self.workers()[0], "statm").split()
        return int(fields[1]) * PAGE / 2**20 if fields else 0.0


def _read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""


def _fields(pid: int) -> list[bytes]:
    return _read(pid, "stat").rpartition(b")")[2].split() or [b"0"] * 40


def _started(pid: int) -> int:
    return int(_fields(pid)[19])


def _spent(pid: int) -> float:
    fields = _fields(pid)
    return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def running(settings: dict[str, Any], workers: int = 1) -> Iterator[Server]:
    """A server with these `Settings` on a free port, once it is ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = Path(tempfile.mkstemp(suffix=".log")[1])
    command = [sys.executable, "-c", CODE, json.dumps(settings), str(port), str(workers)]
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + STARTED
        while not _ready(url):
            assert process.poll() is None and time.monotonic() < deadline, log.read_text("utf-8")
            time.sleep(0.1)
        yield Server(url, process)
    finally:
        process.terminate()
        process.wait(60)
        log.unlink()


def _ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz").status_code == 200
    except httpx.TransportError:
        return False
