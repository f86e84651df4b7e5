"""The server as a process: uvicorn, its signals, and its end."""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict
from errno import EADDRINUSE
from ipaddress import ip_address
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.supervisors import Multiprocess

from guardkit.errors import GuardError

from .app import app
from .connection import Connection
from .keys import VARIABLE, Keys
from .metrics import SHARED
from .service import FAILED, LOG, Service
from .settings import Settings

try:  # it sends an answer's head and body in one piece, and costs less than asyncio's loop
    from uvloop import Loop as Base
except ImportError:  # there is none for Windows
    from asyncio import SelectorEventLoop as Base  # type: ignore[assignment]

__all__ = ["Loop", "Server", "Workers", "application", "serve"]

HANDED = "GUARDKIT_SERVER_SETTINGS"  # to the processes that a server of several starts
# Of uvicorn, whose access log shows paths and queries, which may hold text; WebSockets it logs even without one.
# A connection is kept for longer than by the load balancers in front, so that it is they who end it: else a request may
# meet the end of its connection.
OPTIONS: Mapping[str, Any] = {
    "log_config": None, "access_log": False, "lifespan": "on", "server_header": False, "timeout_keep_alive": 75,
    "ws": "none", "http": Connection,
}  # fmt: skip
SILENT = 60  # seconds after which a worker that says nothing is replaced: uvicorn's 5 are too few for one that loads
DEALT = sys.platform == "linux"  # elsewhere SO_REUSEPORT, if there is one, gives all connections to one socket
SPARE = 5  # seconds beyond a request's own time before the end of the server cuts it off


class Loop(Base):
    """The event loop of one process of several, which listens with a socket of its own.

    Linux then deals the connections out (SO_REUSEPORT, socket(7)). On a shared socket the first process to wake takes
    all that are waiting, and the others have none for as long as these connections live.
    """

    async def create_server(self, *arguments: Any, **options: Any) -> Any:  # the two bases name two types
        """As any loop's, but on a new socket with the address of `sock`: the loop's own kind of server."""
        shared: socket.socket | None = options.get("sock")
        if shared is not None and DEALT:
            options["sock"] = _listener(*shared.getsockname()[:2])
        return await super().create_server(*arguments, **options)


class Server(uvicorn.Server):
    """uvicorn's server, which is told to stop in two steps: not ready, then, after `drain` seconds, closed.

    In between it goes on answering, so that a load balancer can learn of it first. A second signal does not wait, and
    one more SIGINT not for the requests either.
    """

    def __init__(self, config: uvicorn.Config, service: Service) -> None:
        super().__init__(config)
        self._service = service
        self._left: float | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal only leaves, so that the process ends with 0; the others are uvicorn's."""
        if self._left is None:
            self._left = time.monotonic()
            self._service.leave()
        else:
            super().handle_exit(sig, frame)
        if self.force_exit:
            LOG.warning("stopped at once: requests without an answer are cut off")
            logging.getLogger("uvicorn.error").disabled = True  # it would show the traceback of each

    async def on_tick(self, counter: int) -> bool:
        """Whether the server should stop now; asked ten times a second."""
        left = self._left
        if self._service.phase == "failed":
            self.should_exit = True
        if left is not None and time.monotonic() >= left + self._service.settings.drain:
            self.should_exit = True
        return await super().on_tick(counter)


class Workers(Multiprocess):
    """uvicorn's processes, all of which end where one of them has no guard: `failed` then says why.

    A process that is started again would have none either, and those that have one would hide it.
    """

    def __init__(self, config: uvicorn.Config, failed: Path) -> None:
        super().__init__(config, [config.bind_socket()])
        self._failed = failed

    def run(self) -> None:
        """Until a signal says stop. Raises `GuardError` where a process has no guard."""
        super().run()
        if self._failed.exists():
            raise GuardError(self._failed.read_text("utf-8"))

    def keep_subprocess_alive(self) -> None:
        """Looks after the processes, twice a second."""
        if self._failed.exists():
            self.should_exit.set()
        super().keep_subprocess_alive()


def serve(settings: Settings, host: str, port: int, *, workers: int = 1, public: bool = False) -> None:
    """Serves until a signal says stop, and finishes what was accepted.

    Raises `GuardError` if the model cannot be loaded, the port cannot be had, or the server would be open to the
    network without an API key and `public` does not say that it may. With several `workers` each is a process with a
    model and a queue of its own, and `drain` is not waited for.
    """
    try:
        host.encode("idna")
    except UnicodeError:
        raise GuardError(f"{host} is no address, and no name that a host can have") from None
    if not Keys.read(settings.keys_file) and not public and not _local(host):
        raise GuardError(
            f"{host} can be reached from the network and there is no API key: set {VARIABLE}, or give --keys-file, "
            "or --public if everyone who reaches it may ask"
        )
    _log()
    options = {**OPTIONS, "host": host, "port": port, "timeout_graceful_shutdown": round(settings.timeout) + SPARE}
    if workers > 1:
        settings.named()  # raises here, not in each process
        _listener(host, port, shared=False).close()  # raises where a server that shares its address has it
        with tempfile.TemporaryDirectory(prefix="guardkit-metrics-") as shared, _listener(host, port) as listener:
            os.environ.update({HANDED: json.dumps(asdict(settings)), SHARED: shared})
            config = uvicorn.Config(
                "guardkit.server.process:application",
                factory=True,
                workers=workers,
                fd=listener.fileno(),
                loop="guardkit.server.process:Loop",
                timeout_worker_healthcheck=SILENT,
                **options,
            )
            Workers(config, Path(shared, FAILED)).run()
        return
    made = app(settings)
    service: Service = made.state.service
    server = Server(uvicorn.Config(made, **options), service)
    try:
        server.run()
    except SystemExit:  # uvicorn's answer to an address that it cannot have, of which it has told the log
        _listener(host, port, shared=False).close()
        raise _taken(host, port) from None
    if service.phase == "failed" or not server.started:
        raise GuardError(service.reason)
    LOG.info("stopped")


def application() -> Starlette:
    """The application of one process of several."""
    _log()
    handed = json.loads(os.environ[HANDED])
    return app(Settings(**{**handed, "policies": tuple(handed["policies"])}), patient=True)


def _log() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")


def _listener(host: str, port: int, *, shared: bool = DEALT) -> socket.socket:
    """A socket with the address, which others of this server may have too if `shared`. Raises `GuardError` if it
    cannot be had.

    Its connections inherit TCP_NODELAY. asyncio sets that only on sockets made with TCP's protocol number, which
    uvicorn's are not: an answer in two packets would then wait 40 ms for the client's delayed acknowledgement.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if shared:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        made.bind((host, port))
    except OSError as error:
        made.close()
        raise _taken(host, port, error) from None
    return made


def _taken(host: str, port: int, error: OSError | None = None) -> GuardError:
    said = "is it in use?" if error is None or error.errno == EADDRINUSE else error.strerror
    return GuardError(f"cannot listen on {host}:{port}: {said}")


def _local(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
