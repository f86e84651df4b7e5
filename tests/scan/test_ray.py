"""On a local Ray with two workers, one of which is killed in mid-scan: nothing is lost, and nothing comes twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from inline import Inline, corpus, text

from guardkit.scan import record
from guardkit.scan.checking import Setting
from guardkit.scan.cluster import Cluster
from guardkit.scan.journal import Stream
from guardkit.scan.run import Scan, scan
from guardkit.scan.sources import discover

ray = pytest.importorskip("ray", reason="ray is not installed: pip install guardkit[ray]; make ray runs this")
pytestmark = pytest.mark.filterwarnings("default")  # of Ray's own

RULES = Setting.of("balanced", model=None)


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    local = {"address": "local", "num_cpus": 2, "include_dashboard": False}
    own = {} if "RAY_ADDRESS" in os.environ else local
    ray.init(log_to_driver=False, configure_logging=False, **own)
    yield
    ray.shutdown()


class Killer:
    """Kills one process of Ray that is called `name`, once."""

    def __init__(self, name: str) -> None:
        self.killed: list[int] = []
        self._name = name.encode()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Killer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self.killed and not self._over.wait(0.002):
            for folder in Path("/proc").glob("[0-9]*"):
                try:
                    title = (folder / "cmdline").read_bytes()
                except OSError:
                    continue
                if title.startswith(b"ray::") and self._name in title:
                    time.sleep(0.05)
                    os.kill(int(folder.name), signal.SIGKILL)
                    self.killed.append(int(folder.name))
                    return


def test_the_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "ROWS", 10)
    plan = Scan(discover([corpus(tmp_path / "in", 300)]).sources, RULES)
    held: list[bytes] = []
    expected: list[bytes] = []
    crew = Cluster(RULES)
    assert crew.size == 2
    with Killer("check") as killer:
        list(scan(plan, crew, Stream(held.append)))
    crew.close()
    assert killer.killed, "no worker was killed"
    list(scan(plan, Inline(RULES), Stream(expected.append)))
    assert held == expected and ray.is_initialized()


@pytest.mark.skipif("RAY_ADDRESS" in os.environ, reason="the cluster is given")
def test_a_cluster_that_is_gone_is_not_joined(tmp_path: Path) -> None:
    """Ray notes its last cluster in a file that outlives it."""
    source = tmp_path / "one.txt"
    source.write_text("When should I plant garlic?")
    with tempfile.TemporaryDirectory(dir="/tmp", ignore_cleanup_errors=True) as short:  # sockets have short paths
        noted = Path(short, "ray", "ray_current_cluster")
        noted.parent.mkdir()
        noted.write_text("192.0.2.1:6379")
        command = [sys.executable, "-m", "guardkit", "scan", str(source), "--rules-only", "--engine", "ray"]
        done = subprocess.run(command, env={**os.environ, "RAY_TMPDIR": short}, capture_output=True, timeout=120)
    assert done.returncode == 0 and b"Traceback" not in done.stderr, done.stderr.decode()
    assert json.loads(done.stdout)["action"] == "allow"


def test_a_dataset() -> None:
    from guardkit.adapters.ray import scan as scanned

    rows: list[dict[str, Any]] = [{"id": number, "prompt": text(number)} for number in range(600)]
    rows[7]["prompt"] = None
    dataset = ray.data.from_items(rows, override_num_blocks=30)
    with Killer("Scanner") as killer:
        found = scanned(dataset, "prompt", model=None, policy="balanced", workers=2, batch_size=10).take_all()
    assert killer.killed, "no worker was killed"
    assert sorted(row["id"] for row in found) == list(range(600))
    for row in found:
        action = "error" if row["id"] == 7 else "block" if row["id"] % 5 == 0 else "allow"
        assert row["guard_action"] == action and row["prompt"] == rows[row["id"]]["prompt"]
        assert row["guard_error"] == ("no text" if row["id"] == 7 else "")
