"""What a client sends beside bodies is bounded, and no body is read where none belongs."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import client
import pytest
from client import BENIGN, Running, serving, wait

from guardkit.server.connection import Connection

CHUNKED = b"POST /v1/check HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"
PIECE = 50_000  # bytes, fewer than a read may bring


def taken(raw: socket.socket, piece: bytes, most: int) -> int:
    """Bytes that were taken before the connection was closed, or `most`."""
    sent = 0
    try:
        while sent < most:
            raw.sendall(piece)
            sent += len(piece)
            time.sleep(0.005)
    except ConnectionError:
        pass
    return sent


@pytest.mark.parametrize(
    "begun", [b"GET /", b"GET /healthz HTTP/1.1\r\nx-long: ", b"GET /healthz HTTP/1.1\r\n", CHUNKED, CHUNKED + b"x: "]
)
def test_a_head_and_trailers_have_an_end(rules: Running, begun: bytes) -> None:
    piece = b"a: b\r\n" * (PIECE // 6) if begun.endswith(b"\r\n") else b"a" * PIECE
    with rules.connected() as raw:
        raw.sendall(begun)
        assert taken(raw, piece, 200 * PIECE) < 20 * PIECE


def test_a_head_of_a_usual_size_in_pieces(rules: Running) -> None:
    with rules.connected() as raw:
        for _ in range(2):  # on one connection
            raw.sendall(b"GET /healthz HTTP/1.1\r\nhost: x\r\n")
            for _ in range(3):
                raw.sendall(b"x-more: " + b"a" * 10_000 + b"\r\n")
                time.sleep(0.01)
            raw.sendall(b"\r\n")
            assert raw.recv(4_096).startswith(b"HTTP/1.1 200")


def test_a_long_body_in_small_pieces(rules: Running) -> None:
    content = b'{"text": "' + b"word " * 100_000 + b'"}'

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(content), 1_000):
            yield content[start : start + 1_000]

    assert rules.client.post("/v1/check", content=pieces()).status_code == 200


@pytest.mark.parametrize("before", [b"", b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"])
def test_a_head_comes_in_time(before: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "OPTIONS", {**client.OPTIONS, "timeout_keep_alive": 1})
    with serving() as running, running.connected() as raw:
        if before:
            raw.sendall(before)
            assert raw.recv(4_096).startswith(b"HTTP/1.1 200")
        raw.sendall(b"GET /")
        with pytest.raises(ConnectionError):
            for _ in range(300):  # a byte now and then does not give it more time
                raw.sendall(b"x")
                time.sleep(0.2)
        assert running.check(BENIGN).status_code == 200


def test_idle_connections_keep_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Connection, "most", 20)
    with serving() as running, ExitStack() as stack:
        idle = [stack.enter_context(running.connected()) for _ in range(20)]
        wait(lambda: len(running.server.server_state.connections) == 20)
        idle[0].sendall(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")
        assert idle[0].recv(4_096).startswith(b"HTTP/1.1 200")
        for raw in [stack.enter_context(running.connected()) for _ in range(15)]:
            raw.sendall(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")
            assert raw.recv(4_096).startswith(b"HTTP/1.1 200")
        gone = [ended(raw) for raw in idle[1:]]
        assert gone == [True] * 15 + [False] * 4, "in the order in which they came"
        assert not ended(idle[0]), "it was used last of them"


def test_connections_at_work_are_not_closed_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Connection, "most", 3)
    body = b'{"text": "hello"}'
    head = b"POST /v1/check HTTP/1.1\r\nhost: x\r\ncontent-length: %d\r\n\r\n" % len(body)
    with serving() as running, ExitStack() as stack:
        working = [stack.enter_context(running.connected()) for _ in range(3)]
        for raw in working:
            raw.sendall(head + body[:5])
        wait(lambda: [each.idle for each in list(running.server.server_state.connections)] == [False] * 3)
        assert ended(stack.enter_context(running.connected()), 5.0)
        for raw in working:
            raw.sendall(body[5:])
            assert raw.recv(4_096).startswith(b"HTTP/1.1 200")


def ended(raw: socket.socket, patience: float = 0.3) -> bool:
    """Whether the server has closed it."""
    raw.settimeout(patience)
    try:
        return raw.recv(1) == b""
    except TimeoutError:
        return False
    except ConnectionError:
        return True


def test_where_no_body_belongs_none_is_read(rules: Running) -> None:
    with rules.connected() as raw:
        raw.sendall(b"GET /metrics HTTP/1.1\r\nhost: x\r\ncontent-length: 4194294\r\n\r\n" + b"x" * PIECE)
        assert raw.recv(4_096).startswith(b"HTTP/1.1 200")  # and not after the whole of it
