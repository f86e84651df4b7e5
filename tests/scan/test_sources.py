"""What is read: every row once, from wherever a scan goes on, and a reason for each that cannot be read."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inline import corpus, text

from guardkit.errors import DataError
from guardkit.scan import lines, sources
from guardkit.scan.column import text_column
from guardkit.scan.record import END, ROWS, Record, batches
from guardkit.scan.sources import FORMATS, Source, discover, read

TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=12)


def source(path: Path, form: str) -> Source:
    return Source(str(path), form)  # type: ignore[arg-type]


def written(folder: Path, form: str, texts: list[str]) -> Path:
    path = folder / f"data.{form}"
    if form == "jsonl":
        path.write_text("".join(json.dumps({"id": 1, "text": each}) + "\n" for each in texts), "utf-8")
    elif form == "csv":
        out = io.StringIO(newline="")
        csv.writer(out).writerows([("id", "text"), *((1, each) for each in texts)])
        path.write_bytes(out.getvalue().encode())
    elif form == "lines":
        path.write_text("".join(each + "\n" for each in texts), "utf-8", newline="")
    else:
        arrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install guardkit[scan]")
        import pyarrow.parquet as parquet

        table = arrow.table({"id": list(range(len(texts))), "text": arrow.array(texts, arrow.string())})
        parquet.write_table(table, path, row_group_size=5)
    return path


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "lines"])
@given(texts=TEXTS)
@settings(max_examples=25)
def test_every_row_once_from_wherever_it_goes_on(
    tmp_path_factory: pytest.TempPathFactory, form: str, texts: list[str]
) -> None:
    if form == "lines":
        texts = [each for each in ("".join(one.splitlines()) for one in texts) if each.strip()]
    if form in ("csv", "lines"):
        texts = [each.replace("\r", "").replace("\n", "").replace("\ufeff", "") for each in texts]
        texts = [each for each in texts if each.strip() or form == "csv"]
    path = written(tmp_path_factory.mktemp("rows"), form, texts)
    found = list(read(source(path, form)))
    assert [record.text for record in found] == texts and not any(record.fault for record in found)
    for at, record in enumerate(found):
        assert list(read(source(path, form), None, record.after, record.row)) == found[at + 1 :]


def test_a_directory(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in", 3)
    found, left_out = discover([folder]).sources, discover([folder]).left_out
    assert left_out == 1  # .hidden
    names = [(Path(each.path).name, each.format) for each in found]
    assert names == [("a.jsonl", "jsonl"), ("b.csv", "csv"), ("c.txt", "text"), ("d.txt", "text"), ("e.md", "text")]
    records = [record for each in found for record in read(each)]
    assert [record.text for record in records if record.text is not None] == [
        *map(text, range(3)), *(f"{text(number)}\nsecond line" for number in range(3)), text(0), text(1),
    ]  # fmt: skip
    faults = [(Path(record.source).name, record.row, record.fault) for record in records if record.fault]
    assert faults == [
        ("a.jsonl", 4, "not JSON"), ("a.jsonl", 5, "no text in column 'text'"),
        ("a.jsonl", 6, "no text in column 'text'"), ("b.csv", 8, "not as many cells as columns"),
        ("d.txt", 1, "not UTF-8 text"),
    ]  # fmt: skip
    assert [Path(each.path).name for each in discover([folder], glob="*.txt").sources] == ["c.txt", "d.txt"]
    assert len(discover([folder, folder / "c.txt", str(folder)]).sources) == 5
    for wrong in (tmp_path / "none", "/dev/null"):
        with pytest.raises(DataError, match="it is no file and no directory"):
            discover([wrong])
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="nothing to scan"):
        discover([tmp_path / "empty"])


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "text"])
def test_a_file_that_cannot_be_read_is_one_fault(tmp_path: Path, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install guardkit[scan]")
    (record,) = read(source(tmp_path / "none", form))
    assert record.fault == "cannot be read: No such file or directory" and record.row == 0
    assert list(read(source(tmp_path / "none", form), None, record.after)) == []


def test_parquet_faults(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install guardkit[scan]")
    import pyarrow.parquet as parquet

    path = tmp_path / "data.parquet"
    binary = arrow.array([b"one", b"caf\xe9", None, b"four"], arrow.binary())
    parquet.write_table(
        arrow.table({"text": arrow.Array.from_buffers(arrow.string(), 4, binary.buffers()), "n": range(4)}), path
    )
    found = list(read(source(path, "parquet")))
    assert [(record.row, record.text, record.fault) for record in found] == [
        (1, "one", ""), (2, None, "not UTF-8"), (3, None, "no text in column 'text'"), (4, "four", ""),
    ]  # fmt: skip
    (record,) = read(source(path, "parquet"), "n")
    assert record.fault == "column 'n' holds int64: expected text"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    (record,) = read(source(path, "parquet"))
    assert record.fault == "not a Parquet file"


def test_lines_that_are_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST", 50)
    path = tmp_path / "data"
    path.write_text(f'{{"text": "a"}}\n{{"text": "{"b" * 200}"}}\n{{"text": "c"}}\n')
    found = list(read(source(path, "jsonl")))
    assert [(record.row, record.text, record.fault) for record in found] == [
        (1, "a", ""), (2, None, "longer than 50 bytes"), (3, "c", ""),
    ]  # fmt: skip
    assert list(read(source(path, "jsonl"), None, found[1].after, 2)) == found[2:]


def test_the_column() -> None:
    assert text_column({"id": False, "Prompt": True, "text": True}) == "text"
    assert text_column({"id": False, "Prompt": True, "more": True}) == "Prompt"
    assert text_column({"id": False, "utterance": True}) == "utterance"
    assert text_column({"a": False, "text": True}, "a") == "a"
    for unread in (None, False):  # nothing in the first row, a list, a number: no other column takes its place
        assert text_column({"id": True, "prompt": unread}) == "prompt"
    for columns in ({"a": True, "b": True}, {"a": True, "b": None}, {"a": None, "b": False}, {"a": False, "b": False}):
        with pytest.raises(DataError, match="it is not clear which column holds the text: name one of 'a', 'b'"):
            text_column(columns)
    with pytest.raises(DataError, match="name one of 'text', 'Text'"):
        text_column({"text": True, "Text": True})
    with pytest.raises(DataError, match="there is no column 'c': there are 'a', 'b'"):
        text_column({"a": True, "b": True}, "c")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (({"id": "a", "messages": [{"role": "user", "content": "x"}]},),
         [(0, None, "it is not clear which column holds the text: name one of 'id', 'messages'. Nothing is read of "
                    "lists and objects: give their texts a column")]),
        (({"source": "web", "prompt": ["x"]},), [(1, None, "column 'prompt' holds a list: expected text")]),
        (({"text": None, "prompt": "hi"}, {"text": "x", "prompt": "hi"}),
         [(1, None, "no text in column 'text'"), (2, "x", "")]),
        (({"id": "a"}, {"id": "b", "text": "x"}, {"id": "c", "n": 1}),
         [(1, "a", ""),
          (2, None, "its columns are not those of the first row: is its text in 'id'? Name the column"), (3, "c", "")]),
        (({"text": "a"}, {"text": "b", "meta": {}}, {"other": "c"}),
         [(1, "a", ""), (2, "b", ""), (3, None, "no text in column 'text'")]),
    ],
)  # fmt: skip
def test_no_other_column_is_read_instead(
    tmp_path: Path, rows: tuple[dict[str, object], ...], expected: list[tuple[int, str | None, str]]
) -> None:
    path = tmp_path / "data.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = list(read(source(path, "jsonl")))
    assert [(record.row, record.text, record.fault) for record in found] == expected
    for at, record in enumerate(found):
        assert list(read(source(path, "jsonl"), None, record.after, record.row)) == found[at + 1 :]


def test_no_other_column_of_parquet_is_read_instead(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install guardkit[scan]")
    import pyarrow.parquet as parquet

    path = tmp_path / "data.parquet"
    for cells, fault in (
        (
            {"id": ["a"], "messages": [[{"role": "user", "content": "x"}]]},
            "it is not clear which column holds the text",
        ),
        ({"source": ["web"], "prompt": [["x"]]}, "column 'prompt' holds list<element: string>: expected text"),
        ({"id": ["a"], "raw": [b"x"]}, "it is not clear which column holds the text"),
    ):
        parquet.write_table(arrow.table(cells), path)
        (record,) = read(source(path, "parquet"))
        assert record.fault.startswith(fault)
    parquet.write_table(arrow.Table.from_arrays([arrow.array(["x"]), arrow.array(["y"])], ["text", "text"]), path)
    (record,) = read(source(path, "parquet"))
    assert record.fault == "2 columns have the name 'text'"


def test_of_two_texts_with_one_name_none_is_hidden(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_text('{"text": "x", "text": "hello"}\n{"text": "a"}\n')
    first, second = read(source(path, "jsonl"))
    assert first.fault == "a name stands twice in an object" and second.text == "a"
    path.write_text("text,text\nx,hello\n")
    (record,) = read(source(path, "csv"))
    assert record.fault == "2 columns have the name 'text'" and record.row == 0
    path.write_text("text,,\nx,,\n")  # what a spreadsheet leaves at the end has no name
    (record,) = read(source(path, "csv"))
    assert record.text == "x"


def test_what_a_directory_leaves_out_is_counted(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "real").mkdir(parents=True)
    (folder / "real" / "a.txt").write_text("a")
    (folder / ".git").mkdir()
    (folder / ".hidden.txt").write_text("b")
    (folder / "linked").symlink_to("real")
    (folder / "link.txt").symlink_to("real/a.txt")
    (folder / "broken.txt").symlink_to("nowhere")
    os.mkfifo(folder / "pipe.txt")
    found = discover([folder])
    faults = {Path(each.path).name: [record.fault for record in read(each)] for each in found.sources}
    assert faults == {"broken.txt": ["cannot be read: No such file or directory"], "link.txt": [""], "a.txt": [""]}
    assert found.left_out == 4 and discover([folder], glob="a*").left_out == 2  # the directories
    with pytest.raises(DataError, match="nothing to scan: .* and 1 hidden names, links and others are left out"):
        (tmp_path / "empty").mkdir()
        (tmp_path / "empty" / ".hidden").touch()
        discover([tmp_path / "empty"])


def test_a_directory_that_cannot_be_read_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As for a user who may not look into one, nor at a file of another: root, whom nothing stops, can run it too."""
    folder = corpus(tmp_path / "in", 2)
    shut, unseen = str(folder / "deep"), str(folder / "c.txt")

    def forbidding(function: Callable[..., Any]) -> Callable[..., Any]:
        def called(path: Any, *args: Any, **more: Any) -> Any:
            if str(path) in (shut, unseen):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return function(path, *args, **more)

        return called

    monkeypatch.setattr(sources.os, "scandir", forbidding(os.scandir))
    monkeypatch.setattr(sources.os, "stat", forbidding(os.stat))
    found = discover([folder]).sources
    assert [Path(each.path).name for each in found] == ["a.jsonl", "b.csv", "c.txt", "d.txt", "deep"]
    for each in (found[2], found[4]):
        (record,) = read(each)
        assert (record.fault, record.row, record.after) == ("cannot be read: Permission denied", 0, END)
    with pytest.raises(DataError, match="c.txt: Permission denied"):
        discover([unseen])


@given(st.lists(st.integers(0, 400_000), max_size=300))
def test_batches(sizes: list[int]) -> None:
    records = [(number // 7, Record("s", number, "x" * size, after=number)) for number, size in enumerate(sizes)]
    made = list(batches(records))
    assert [record for batch in made for record in batch.records] == [record for _, record in records]
    assert all(0 < len(batch.records) <= ROWS for batch in made)
    assert all(batch.source == batch.records[-1].row // 7 for batch in made)
    assert all(sum(len(record.text or "") for record in batch.records[:-1]) < 2**20 for batch in made)


def test_the_end_is_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one")
    (record,) = read(source(path, "text"))
    assert record.after == END and list(read(source(path, "text"), None, END)) == []
