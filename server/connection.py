"""A client's connection: uvicorn's, with a bound on what is sent beside bodies, in bytes and in time, and on how many
connections there are.

The gate bounds bodies, but it is asked only when a head is whole, and never about trailers: a head of any size would be
collected, and half of one would keep its connection open for ever. Nor is it asked about a connection on which nothing
comes, of which as many as the process may have open files would keep everybody else out.
"""

from __future__ import annotations

from asyncio import TimerHandle, Transport
from itertools import count
from math import inf

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

try:
    from resource import RLIMIT_NOFILE, getrlimit
except ImportError:  # Windows, which has no such limit
    FILES = inf
else:
    FILES = max(getrlimit(RLIMIT_NOFILE)[0], 0) or inf  # below 0: without a limit

__all__ = ["Connection"]

BESIDE = 64 * 1024  # bytes of a head, or after the last of a body, beyond those of one read
MOST = 4_096  # connections of a process
OWN = 128  # open files that the process needs itself
TURNS = count(1)  # the loop's clock has milliseconds, in which many may come


class Connection(HttpToolsProtocol):
    """Closed where a head, or what follows a body, is too long, or a head takes longer than a connection may idle; and
    where there are as many as there may be and this one has been idle longest."""

    most = max(int(min(MOST, FILES - OWN)), 1)  # connections of this process
    _beside = 0  # bytes since the last head or piece of a body
    _late: TimerHandle | None = None
    _turn = 0  # later, the later it was made, or its latest head was whole

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """The first head's time begins. One too many takes the place of an idle one."""
        super().connection_made(transport)
        self._turn = next(TURNS)
        self._late = self.loop.call_later(self.timeout_keep_alive, self._expire)
        if len(self.connections) > self.most:
            idle = (each for each in self.connections if isinstance(each, Connection) and each.idle)
            oldest = min(idle, key=lambda each: each._turn)  # itself, if all others are at work
            self.connections.discard(oldest)  # at once: more may be made before its end is told
            oldest.transport.abort()

    @property
    def idle(self) -> bool:
        """Whether nobody waits for an answer on it."""
        return self.cycle is None or self.cycle.response_complete

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._in_time()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """As uvicorn's, and counted where it did not bring a head to its end, nor anything of a body."""
        cycle = self.cycle
        self._beside += len(data)
        super().data_received(data)
        if self.cycle is not cycle:
            self._beside = 0
            self._turn = next(TURNS)
            self._in_time()
        elif self._beside > BESIDE:
            self.transport.close()
        elif self._late is None and self.scope is not cycle.scope:  # a further head has begun
            self._late = self.loop.call_later(self.timeout_keep_alive, self._expire)

    def on_body(self, body: bytes) -> None:
        """As uvicorn's."""
        self._beside = 0
        super().on_body(body)

    def _in_time(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _expire(self) -> None:
        self._late = None
        if self.idle:  # else there is an answer to be sent first
            self.transport.close()
