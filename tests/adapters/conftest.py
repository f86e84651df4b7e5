"""The server and the guards that the tests of the adapters share."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import certifi
import pytest
from server import Server
from surfaces import Async, Sync

from guardkit import Guard, Policy
from guardkit.adapters.openai import guard_client

SECRET = "tangerine-4711-harvest"


def _one_root() -> str:
    """A file with one root certificate: a client reads all of certifi's in a twentieth of a second, and needs none."""
    first = Path(certifi.where()).read_text("ascii", "ignore").partition("-----END CERTIFICATE-----")
    path = Path(tempfile.mkdtemp(), "root.pem")
    path.write_text("".join(first[:2]) + "\n")
    return str(path)


os.environ["SSL_CERT_FILE"] = _one_root()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture(scope="session")
def guard() -> Guard:
    """The rules, and a secret that no answer may say."""
    return Guard(Policy(deny=(SECRET,)), model=None)


@pytest.fixture(params=[Sync, Async], ids=["sync", "async"], scope="module")
def kind(request: pytest.FixtureRequest) -> Iterator[Any]:
    made = request.param()
    yield made
    if isinstance(made, Async):
        made.loop.run_until_complete(made.loop.shutdown_asyncgens())
        made.loop.close()


@pytest.fixture(scope="module")
def unguarded(kind: Any, server: Server) -> Iterator[Any]:
    client = kind.client(server)
    yield client
    kind.close(client)


@pytest.fixture
def plain(unguarded: Any, server: Server) -> Any:
    server.say()
    return unguarded


@pytest.fixture
def client(plain: Any, guard: Guard) -> Any:
    return guard_client(plain, guard)
