import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

for package in ("click", "httpx", "starlette", "uvicorn"):
    pytest.importorskip(package)

import httpx  # noqa: E402
from click.testing import CliRunner  # noqa: E402
from rich.console import Console  # noqa: E402

from benchmarks import overhead  # noqa: E402
from benchmarks.__main__ import main  # noqa: E402
from benchmarks.framework import Client, Framework, Heard  # noqa: E402
from benchmarks.overhead import FRAMEWORKS, MODES, UNGUARDED, Plan, Stand, of_calls, of_streams, spread  # noqa: E402
from benchmarks.overhead_report import markdown  # noqa: E402
from benchmarks.scores import Subject  # noqa: E402
from benchmarks.server import served  # noqa: E402
from benchmarks.talk import SYSTEM, Talk  # noqa: E402
from benchmarks.tap import Tap  # noqa: E402
from guardkit.stream import HOLD  # noqa: E402

THERE = [framework for framework in FRAMEWORKS if not framework.missing]
PLAN = Plan(repeat=2, calls=2, deltas=60, pace=1.0)
FIGURES = {"unguarded", "guarded", "checks", "overhead", "guarded_to_unguarded", "added_to_checks"}


@pytest.fixture(scope="module")
def subject() -> Subject:
    return Subject.of(None, "balanced")


@pytest.fixture(scope="module")
def document(subject: Subject) -> Any:
    names = [framework.name for framework in FRAMEWORKS if framework.name != "litellm"]
    return json.loads(json.dumps(overhead.overhead(subject, PLAN, names, Console(quiet=True))))


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served(PLAN.deltas, 0.0) as address:
        yield address


def test_every_framework_is_measured(document: Any) -> None:
    assert [each["name"] for each in document["frameworks"]] == [each.name for each in THERE if each.name != "litellm"]
    assert document["plan"]["characters"] == len(Talk(1, PLAN.deltas).answer)
    for each in document["frameworks"]:
        (framework,) = [one for one in THERE if one.name == each["name"]]
        assert each["checks_made"] == [len(framework.checked)]  # the system prompt is remembered
        assert len(each["calls"].pop("repetitions")) == PLAN.repeat
        assert set(each["calls"]) == FIGURES
        for name in ("unguarded", "guarded", "checks"):
            found = each["calls"][name]
            assert 0 < found["least"] <= found["median"] <= found["most"]


def test_a_mode_waits_for_as_much_as_it_holds(document: Any) -> None:
    """Lower bounds, which the server's pace sets: a busy machine can only make the times longer."""
    pieces = Talk(1, PLAN.deltas).pieces
    held = next(number for number in range(PLAN.deltas) if len("".join(pieces[:number])) > HOLD)
    assert held < PLAN.deltas
    least = {UNGUARDED: 1, "observe": 1, "window": held, "buffer": PLAN.deltas}
    streamed = [each for each in document["frameworks"] if each["streams"]]
    assert {each["name"] for each in document["frameworks"]} - {each["name"] for each in streamed} <= {"mcp", "fastapi"}
    for each in streamed:
        assert set(each["streams"]) == {UNGUARDED, *MODES}
        for way, found in each["streams"].items():
            assert found["first"]["least"] >= least[way] * PLAN.pace
            assert found["total"]["least"] >= PLAN.deltas * PLAN.pace


@pytest.mark.parametrize("framework", THERE, ids=lambda framework: framework.name)
def test_the_checks_are_those_of_the_adapter(framework: Framework, subject: Subject, url: str) -> None:
    tap = Tap(subject.guard.policy, subject.folder)
    client = framework.open(url, tap, "window")
    try:
        if framework.name == "mcp":  # the first call asks for the list of tools, which say something of themselves
            client.ask(Talk(9, PLAN.deltas).question)
        first = ["system"] if framework.checked == ("user", "output") else []
        for number, channels in ((1, [*first, *framework.checked]), (2, framework.checked), (2, [])):
            tap.checks.clear()
            talk = Talk(number, PLAN.deltas)
            assert client.ask(talk.question) == talk.answer
            texts = {"system": SYSTEM, "user": talk.question, "output": talk.answer}
            if framework.name == "mcp":  # the model wrote the question, and a tool answers
                texts = {"output": talk.question, "tool": talk.answer}
            found = sorted((check.channel, check.text) for check in tap.checks)  # those of a request have no order
            assert found == sorted((channel, texts[channel]) for channel in channels)  # asked again: remembered
            assert all(check.by(subject.guard).allowed for check in tap.checks)
            said = (SYSTEM,) if "system" in texts else ()
            assert all(check.system == (said if check.channel == "output" else ()) for check in tap.checks)
    finally:
        client.close()


@pytest.mark.parametrize(
    "framework", [each for each in THERE if each.name not in ("mcp", "fastapi")], ids=lambda framework: framework.name
)
def test_a_client_listens_in_its_mode(framework: Framework, subject: Subject, url: str) -> None:
    talk = Talk(3, PLAN.deltas)
    for mode in MODES:
        tap = Tap(subject.guard.policy, subject.folder)
        client = framework.open(url, tap, mode)
        try:
            assert client.listen is not None
            heard = client.listen(talk.question)
        finally:
            client.close()
        assert heard.text == talk.answer and 0 < heard.first <= heard.total
        scanned = [check.text for check in tap.checks if check.channel == "output"]
        if mode == "window":
            assert len(scanned) > 1 and talk.answer.startswith(scanned[0]) and scanned[0] != talk.answer
        else:
            assert set(scanned) == {talk.answer}  # an output guardrail sees what the model's guard has seen


def test_the_server_streams_what_it_answers_and_ends_with_its_context() -> None:
    talk = Talk(7, 5)
    body = {"messages": [{"role": "user", "content": talk.question}]}
    with served(talk.deltas, 0.0) as address:
        whole = httpx.post(f"{address}/v1/messages", json=body).json()
        stream = httpx.post(f"{address}/v1/messages", json={**body, "stream": True})
        assert httpx.post(f"{address}/v1/messages", json={}).status_code == 400
    events = [json.loads(line.removeprefix("data: ")) for line in stream.text.splitlines() if line.startswith("data")]
    deltas = [event["delta"]["text"] for event in events if event["type"] == "content_block_delta"]
    assert len(deltas) == 5 and "".join(deltas) == whole["content"][0]["text"] == talk.answer
    assert stream.headers["content-type"].startswith("text/event-stream")
    with pytest.raises(httpx.ConnectError):
        httpx.post(address, json=body)


def test_no_two_talks_share_a_text() -> None:
    talks = [talk for talk, _ in zip(PLAN.talks(), range(30), strict=False)]
    assert len({text for talk in talks for text in (talk.question, talk.answer)}) == 60
    assert {len(talk.pieces) for talk in talks} == {PLAN.deltas}


def test_a_wrong_answer_is_not_timed(subject: Subject) -> None:
    def build(url: str, guard: object, mode: str) -> Client:
        said = "I will not answer that."
        return Client(lambda question: said, lambda question: Heard(said, 0.0, 0.0), lambda: None)

    tap = Tap(subject.guard.policy, subject.folder)
    with Stand(Framework("wrong", ("httpx",), build), "", subject.guard, tap) as stand:
        with pytest.raises(RuntimeError, match="the answer has 23 characters"):
            stand.warm(PLAN.talks())


def test_a_missing_framework_is_named(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    absent = Framework("fancy", ("httpx", "fancy-chains", "fancier"), lambda *_: pytest.fail("it is not there"))
    monkeypatch.setattr(overhead, "FRAMEWORKS", (absent, *FRAMEWORKS))
    document = overhead.overhead(subject, PLAN, ("fancy",), Console(quiet=True))
    assert document["frameworks"] == []
    assert document["skipped"] == [{"name": "fancy", "missing": ["fancy-chains", "fancier"]}]
    assert "- skipped: fancy (not installed here: fancy-chains and fancier)" in markdown(document).splitlines()


def test_arithmetic() -> None:
    turns = [
        {"unguarded": 0.004, "guarded": 0.030, "checks": 0.020},
        {"unguarded": 0.002, "guarded": 0.900, "checks": 0.010},  # what disturbs one turn does not move the median
        {"unguarded": 0.005, "guarded": 0.026, "checks": 0.700},
    ]
    found = of_calls(turns)
    assert found == pytest.approx(
        {
            "unguarded": 4,
            "guarded": 30,
            "checks": 20,
            "overhead": 6,
            "guarded_to_unguarded": 7.5,
            "added_to_checks": 1.3,
        }
    )
    assert spread([{"a": 3, "b": 1}, {"a": 1, "b": 1}, {"a": 20, "b": 1}]) == {
        "a": {"median": 3, "least": 1, "most": 20},
        "b": {"median": 1, "least": 1, "most": 1},
    }
    heard = {"unguarded": Heard("", 0.01, 1.0), "observe": Heard("", 0.02, 1.5), "window": Heard("", 0.41, 1.25)}
    streams = of_streams(heard)
    assert streams["unguarded"] == {"first": 10, "total": 1_000}
    assert streams["observe"] == pytest.approx({"first": 20, "total": 1_500, "added_first": 10, "added_total": 500})
    assert streams["window"] == pytest.approx({"first": 410, "total": 1_250, "added_first": 400, "added_total": 250})


def test_the_report_says_what_the_document_holds() -> None:
    call = {"unguarded": 4.0, "guarded": 30.0, "checks": 20.0, "overhead": 6.0, "guarded_to_unguarded": 7.5,
            "added_to_checks": 1.3}  # fmt: skip
    calls = spread([call, {**call, "overhead": -0.5}, {**call, "overhead": 61.25}])
    times = {"first": 410.0, "total": 1250.0}
    streams = {way: spread([{**times, "added_first": 400.0, "added_total": 250.0}]) for way in MODES}
    framework = {"name": "some", "versions": {"some-core": "1.2", "some": "3"}, "checks_made": [2, 3], "calls": calls,
                 "streams": {UNGUARDED: spread([times]), **streams}}  # fmt: skip
    machine = {"processor": "P", "cores": "2", "load": "0.5", "python": "3", "onnxruntime": "1", "system": "S"}
    plan = {"repeat": 3, "calls": 20, "deltas": 120, "pace": 10.0, "characters": 640, "hold": 200}
    document = {"model": "a" * 64, "date": "2026-03-04", "machine": machine, "plan": plan, "skipped": [],
                "frameworks": [framework]}  # fmt: skip
    lines = markdown(document).splitlines()
    assert (
        "| some | some-core 1.2, some 3 | 2 or 3 | 4.00 (4.00 to 4.00) | 30.00 (30.00 to 30.00) "
        "| 20.00 (20.00 to 20.00) | 6.00 (-0.50 to 61.25) | 7.5 (7.5 to 7.5) | 1.30 (1.30 to 1.30) |"
    ) in lines
    assert "| some | unguarded | 410 (410 to 410) | – | 1250 (1250 to 1250) | – |" in lines
    row = "410 (410 to 410) | 400 (400 to 400) | 1250 (1250 to 1250) | 250 (250 to 250)"
    assert [f"| some | {mode} | {row} |" in lines for mode in ("observe", "window", "buffer")] == [True] * 3
    assert "120 deltas, one every 10 ms. `window` holds 200 characters back." in lines
    assert not any(line.startswith("- skipped") for line in lines)


def test_command(tmp_path: Path) -> None:
    small = ["--repeat", "1", "--calls", "1", "--deltas", "4", "--pace", "0", "--model", "none"]
    done = CliRunner().invoke(
        main, ["overhead", "--framework", "httpx", *small, "--name", "few", "--out", str(tmp_path)]
    )
    assert done.exit_code == 0, done.output
    document = json.loads((tmp_path / "few.json").read_text("utf-8"))
    assert document["model"] == "rules" and [each["name"] for each in document["frameworks"]] == ["httpx"]
    assert (tmp_path / "few.md").read_text("utf-8") == markdown(document)
    wrong = CliRunner().invoke(main, ["overhead", "--framework", "fancy", "--out", str(tmp_path)])
    assert wrong.exit_code == 2 and "there is no framework 'fancy'" in wrong.output
