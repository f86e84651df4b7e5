"""A client's connection: uvicorn's, with a bound on what is sent beside bodies, in bytes and in time.

The gate bounds bodies, but it is asked only when a head is whole, and never about trailers: a head of any size would be
collected, and half of one would keep its connection open for ever.
"""

from __future__ import annotations

from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

__all__ = ["Connection"]

BESIDE = 64 * 1024  # bytes of a head, or after the last of a body, beyond those of one read


class Connection(HttpToolsProtocol):
    """Closed where a head, or what follows a body, is too long, or a head takes longer than a connection may idle."""

    _beside = 0  # bytes since the last head or piece of a body
    _late: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """The first head's time begins."""
        super().connection_made(transport)
        self._late = self.loop.call_later(self.timeout_keep_alive, self._expire)

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
        if self.cycle is None or self.cycle.response_complete:  # else there is an answer to be sent first
            self.transport.close()
