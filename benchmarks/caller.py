"""A client that costs next to nothing, so that the server has the cores: one connection, kept, of plain HTTP/1.1."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Final

__all__ = ["Answer", "Caller", "Gone"]

Answer = tuple[int, bytes]  # status, body


class Gone(Exception):
    """The connection ended before the answer."""


class Caller:
    """Sends one request after the other. A connection that ended is opened again with the next one."""

    def __init__(self, port: int) -> None:
        self._port: Final = port
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, path: str, body: Any, *, pause: float = 0.0, pieces: int = 1) -> Answer:
        """The answer to JSON, or to bytes as they are; sent in pieces with pauses between. Raises `Gone`."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nhost: l\r\ncontent-type: application/json\r\ncontent-length: {len(data)}\r\n\r\n"
        )
        try:
            reader, writer = self._open or await asyncio.open_connection("127.0.0.1", self._port)
            self._open = reader, writer
            if pieces == 1:
                writer.write(head.encode() + data)
            else:
                writer.write(head.encode())
                size = -(-len(data) // pieces)
                for at in range(0, len(data), size):
                    writer.write(data[at : at + size])
                    await writer.drain()
                    await asyncio.sleep(pause)
            await writer.drain()
            return await self._answer(reader)
        except (OSError, asyncio.IncompleteReadError) as error:
            self.close()
            raise Gone from error

    async def leave(self, path: str, body: Any) -> None:
        """Sends a request and hangs up without waiting for the answer."""
        data = json.dumps(body).encode()
        head = f"POST {path} HTTP/1.1\r\nhost: l\r\ncontent-length: {len(data)}\r\n\r\n"
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self._port)
            writer.write(head.encode() + data)
            await writer.drain()
            writer.close()
        except OSError as error:
            raise Gone from error

    def close(self) -> None:
        if self._open is not None:
            self._open[1].close()
            self._open = None

    async def _answer(self, reader: asyncio.StreamReader) -> Answer:
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        status = int(head.split(b" ", 2)[1])
        lines = dict(line.partition(b":")[::2] for line in head.split(b"\r\n")[1:] if line)
        body = await reader.readexactly(int(lines.get(b"content-length", b"0")))
        if lines.get(b"connection", b"").strip() == b"close":
            self.close()
        return status, body
