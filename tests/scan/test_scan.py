"""A scan that is killed at any point goes on, and its output is that of one that was not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from inline import Inline, corpus, text

from guardkit.errors import GuardError
from guardkit.scan import crew, journal, record
from guardkit.scan.checking import Row, Setting
from guardkit.scan.crew import Lost, Processes, rescued
from guardkit.scan.journal import Output, Stream, encode
from guardkit.scan.record import Record
from guardkit.scan.run import Scan, scan
from guardkit.scan.sources import discover

RULES = Setting.of("balanced", model=None)


class Killed(BaseException):
    pass


def plan(folder: Path, **more: Any) -> Scan:
    return Scan(discover([folder]).sources, RULES, **more)


def run(wanted: Scan, path: Path, **more: Any) -> Output:
    with closing(Output(path, wanted.identity(), **more)) as output:
        shares = list(scan(wanted, Inline(wanted.setting), output))
    assert shares == sorted(shares) and all(0 <= share <= 1.0001 for share in shares)
    return output


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "ROWS", 5)


def test_every_record_has_its_row(tmp_path: Path) -> None:
    wanted = plan(corpus(tmp_path / "in", 12))
    tally = run(wanted, tmp_path / "out.jsonl").mark.tally
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("ascii").splitlines()]
    assert len(rows) == tally.rows == 12 + 3 + 12 + 1 + 3
    assert Counter(row["action"] for row in rows) == tally.actions == {"block": 7, "allow": 19, "error": 5}
    assert [row["row"] for row in rows if row["source"].endswith("a.jsonl")] == list(range(1, 16))
    assert tally.code == 3 and [one["error"] for one in tally.faults][:1] == ["not JSON"]
    blocked = next(row for row in rows if row["action"] == "block")
    assert blocked["excerpts"] == [[0, text(0)]] and blocked["findings"][0]["score"] > 0
    flagged = run(plan(tmp_path / "in", flagged=True), tmp_path / "flagged.jsonl")
    assert (tmp_path / "flagged.jsonl").read_bytes() == b"".join(encode(r) for r in rows if r["action"] != "allow")
    assert flagged.mark.tally == tally


def test_no_text_where_none_is_wanted(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in", 6)
    wanted = Scan(discover([folder]).sources, Setting.of("balanced", model=None, text=False))
    run(wanted, tmp_path / "out.jsonl")
    for name in ("out.jsonl", "out.jsonl.journal"):
        content = (tmp_path / name).read_text("ascii")
        assert "previous instructions" not in content and "dough" not in content
    assert json.loads((tmp_path / "out.jsonl").read_text().splitlines()[0])["sha256"]


def calls(monkeypatch: pytest.MonkeyPatch, stop: int) -> Callable[[], int]:
    """Ends the process, as far as a scan can tell, at its `stop`-th step towards the disk."""
    seen = 0

    def step() -> None:
        nonlocal seen
        seen += 1
        if seen == stop:
            raise Killed

    def stepping(function: Callable[..., Any], after: bool) -> Callable[..., Any]:
        def stepped(*args: Any) -> Any:
            if not after:
                step()
            done = function(*args)
            if after:
                step()
            return done

        return stepped

    monkeypatch.setattr(journal.os, "fsync", stepping(os.fsync, after=False))
    monkeypatch.setattr(journal.os, "replace", stepping(stepping(os.replace, after=False), after=True))
    monkeypatch.setattr(journal, "encode", stepping(encode, after=True))
    return lambda: seen


def test_ended_at_every_step_towards_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = plan(corpus(tmp_path / "in", 8))
    whole = run(wanted, tmp_path / "whole.jsonl")
    expected = (tmp_path / "whole.jsonl").read_bytes()
    with monkeypatch.context() as patch:
        steps = calls(patch, 0)
        run(wanted, tmp_path / "counted.jsonl")
        total = steps()
    assert total > 40
    for stop in range(1, total + 1):
        path = tmp_path / f"{stop}.jsonl"
        with monkeypatch.context() as patch:
            calls(patch, stop)
            with pytest.raises(Killed):
                run(wanted, path)
        again = run(wanted, path)
        assert path.read_bytes() == expected and again.mark == whole.mark, stop
        assert run(wanted, path).mark == whole.mark  # once more changes nothing


def test_another_scan_is_not_gone_on_with(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in", 2)
    path = tmp_path / "out.jsonl"
    run(plan(folder), path)
    with pytest.raises(GuardError, match="is of another scan: it differs in flagged. Write to another file"):
        run(plan(folder, flagged=True), path)
    (folder / "new.txt").write_text("more")
    with pytest.raises(GuardError, match="differs in inputs"):
        run(plan(folder), path)
    strict = Scan(discover([folder]).sources, Setting.of("strict", "tool", model=None))
    with pytest.raises(GuardError, match="differs in policy, channel, inputs"):
        run(strict, path)
    assert run(plan(folder), path, restart=True).mark.tally.rows == 2 + 3 + 2 + 1 + 4
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(GuardError, match="lacks rows that its journal knows of"):
        run(plan(folder), path)
    (tmp_path / "out.jsonl.journal").write_text("{")
    with pytest.raises(GuardError, match="is no journal of a scan: --restart begins anew"):
        run(plan(folder), path)
    (tmp_path / "out.jsonl.journal").unlink()
    with pytest.raises(GuardError, match="exists and has no journal: --restart replaces it"):
        run(plan(folder), path)


def test_two_scans_of_one_output(tmp_path: Path) -> None:
    pytest.importorskip("fcntl", reason="there are no locks here")
    wanted = plan(corpus(tmp_path / "in", 2))
    first = Output(tmp_path / "out.jsonl", wanted.identity())
    with pytest.raises(GuardError, match="another scan is writing"):
        Output(tmp_path / "out.jsonl", wanted.identity())
    first.close()


def test_a_stream(tmp_path: Path) -> None:
    wanted = plan(corpus(tmp_path / "in", 4))
    held: list[bytes] = []
    stream = Stream(held.append)
    list(scan(wanted, Inline(RULES), stream))
    run(wanted, tmp_path / "out.jsonl")
    assert b"".join(held) == (tmp_path / "out.jsonl").read_bytes() and stream.mark.finished


class Deadly(Inline):
    """A crew whose worker dies of a poisonous record, and once without a reason."""

    def __init__(self) -> None:
        super().__init__(RULES)
        self.unlucky = True

    def collect(self, submitted: list[Row]) -> list[Row]:
        if self.unlucky or any(row["row"] in (4, 7) for row in submitted):
            self.unlucky = False
            raise Lost
        return submitted


def test_only_the_poisonous_record_is_lost() -> None:
    records = [Record("s", number, text(number)) for number in range(1, 12)]
    rows = rescued(Deadly(), records)
    assert [row["row"] for row in rows] == list(range(1, 12))
    assert [row["row"] for row in rows if row["action"] == "error"] == [4, 7]
    assert rows[3]["error"] == "its check ended the process, twice"
    with pytest.raises(GuardError, match="every process that checks ends at once"):
        rescued(Deadly(), [Record("s", 4, "a"), Record("s", 7, "b")])


def deadly(setting: Setting, records: Iterable[Record]) -> list[Row]:
    """`check`, but one text kills the process for good, and one only the first time."""
    listed = list(records)
    for one in listed:
        name, _, path = (one.text or "").partition(" ")
        if name == "poison":
            os.kill(os.getpid(), signal.SIGKILL)
        if name == "once" and not os.path.exists(path):
            Path(path).touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return [{"source": one.source, "row": one.row, "action": "allow"} for one in listed]


def test_killed_workers_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "check", deadly)
    texts = ["a", "b", f"once {tmp_path / 'once'}", "c", "poison", "d"]
    workers = Processes(RULES, 2)
    try:
        groups = [[Record("s", 10 * at + n, word) for n, word in enumerate(texts[at : at + 2])] for at in (0, 2, 4)]
        submitted = [workers.submit(group) for group in groups]
        rows: list[Row] = []
        for group, waiting in zip(groups, submitted, strict=True):
            try:
                rows += workers.collect(waiting)
            except Lost:
                rows += rescued(workers, group)
    finally:
        workers.close()
    assert [(row["row"], row["action"]) for row in rows] == [
        (0, "allow"), (1, "allow"), (20, "allow"), (21, "allow"), (40, "error"), (41, "allow"),
    ]  # fmt: skip


def started(arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "guardkit", "scan", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def reached(out: Path) -> int:
    """How many rows the journal of a scan knows of."""
    journaled = out.with_name(f"{out.name}.journal")
    return json.loads(journaled.read_text())["tally"]["rows"] if journaled.exists() else 0


def test_a_real_scan_is_killed_and_goes_on(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in", 900)
    out = tmp_path / "out.jsonl"
    arguments = [str(folder), "--rules-only", "--processes", "2", "--out", str(out)]
    first = started(arguments)
    deadline = time.monotonic() + 120
    while not reached(out) and first.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    children = [int(pid) for pid in Path(f"/proc/{first.pid}/task/{first.pid}/children").read_text().split()]
    first.kill()
    first.communicate()
    assert first.returncode == -signal.SIGKILL and reached(out), "the scan was over before it was killed"
    while any(os.path.exists(f"/proc/{pid}") for pid in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(os.path.exists(f"/proc/{pid}") for pid in children), "its processes live on"
    second = started(arguments)
    _, errors = second.communicate(timeout=300)
    assert second.returncode == 3 and b"going on after" in errors and b"Traceback" not in errors
    wanted = Scan(discover([folder]).sources, Setting.of(None, "document", model=None))
    run(wanted, tmp_path / "whole.jsonl")
    assert out.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
