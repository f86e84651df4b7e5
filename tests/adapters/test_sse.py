"""Server-sent events: any split of the bytes gives the same events."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardkit.adapters import sse
from guardkit.adapters.sse import Events, Lines, encoded
from guardkit.errors import GuardError

STREAM = (
    b'\xef\xbb\xbf: hello\n\nevent: a\nid: 7\ndata: {"x": 1}\n\ndata: one\r\ndata: two\r\n\r\n'
    b"data:tight\r\r\n\n\nretry: 5\n\ndata: caf\xc3\xa9\n\ndata: [DONE]\n\ndata: cut"
)
DATA = [None, '{"x": 1}', "one\ntwo", "tight", None, "café", "[DONE]", "cut"]


def read(chunks: list[bytes]) -> list[str | None]:
    events = Events()
    found = [event.data for chunk in chunks for event in events.feed(chunk)]
    return found + [event.data for event in events.close()]


@given(st.lists(st.integers(0, len(STREAM)), max_size=8))
def test_any_split(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(STREAM)]
    assert read([STREAM[a:b] for a, b in zip(places, places[1:], strict=False)]) == DATA


def test_byte_by_byte() -> None:
    assert read([bytes([byte]) for byte in STREAM]) == DATA


def test_an_event_is_kept_but_for_its_data() -> None:
    (event,) = Events().feed(b'event: a\nid: 7\ndata: {"x": 1}\n\n')
    assert event.holding({"x": 2}) == b'event: a\nid: 7\ndata: {"x":2}\n\n'
    assert event.raw == b'event: a\nid: 7\ndata: {"x": 1}\n\n'
    assert event.holding("two\nlines").endswith(b"data: two\ndata: lines\n\n")
    assert encoded({"type": "a"}, named=True) == b'event: a\ndata: {"type":"a"}\n\n'
    assert "x" not in repr(event)


@given(st.lists(st.integers(0, 60), max_size=8))
def test_lines_of_json(cuts: list[int]) -> None:
    stream = b'{"x": 1}\n\n "two"\r\nthree words\n{"cut": "caf\xc3\xa9"}'
    places = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    lines = Lines()
    found = [event for a, b in zip(places, places[1:], strict=False) for event in lines.feed(stream[a:b])]
    found += lines.close()
    assert [event.data for event in found] == ['{"x": 1}', None, '"two"', "three words", '{"cut": "café"}']
    assert b"".join(event.raw for event in found) == stream
    assert found[0].holding({"x": 2}) == b'{"x":2}\n' and found[3].holding("words") == b"words\n"


def test_what_is_quoted_stays_quoted() -> None:
    (event,) = Events().feed(b'event: a\nid: 7\ndata: "one"\n\n')
    assert replace(event, quoted=True).holding("two\nlines") == b'event: a\nid: 7\ndata: "two\\nlines"\n\n'
    assert replace(event, quoted=True).further("more") == b'event: a\ndata: "more"\n\n'
    assert event.further("more") == b"event: a\ndata: more\n\n"


def test_an_endless_event_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "LARGEST", 1_000)
    events = Events()
    with pytest.raises(GuardError, match="1000 bytes"):
        for _ in range(200):
            list(events.feed(b"data: xxxxxx"))
    with pytest.raises(GuardError, match="1000 bytes"):
        list(Lines().feed(b"x" * 1_001))
