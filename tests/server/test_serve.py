"""`guardkit serve`: what a person reads when it cannot start."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from guardkit.cli import commands
from guardkit.errors import ModelError
from guardkit.server import process, service


def serve(*options: str) -> tuple[int, str]:
    done = CliRunner(env={"GUARDKIT_API_KEYS": None}).invoke(commands.cli, ["serve", "--rules-only", *options])
    return done.exit_code, done.output


def test_an_open_door() -> None:
    for host in ("0.0.0.0", "::", "192.0.2.1", "example.net"):
        code, output = serve("--host", host)
        assert code == 3 and "there is no API key: set GUARDKIT_API_KEYS" in output


def test_wrong_options(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.write_text("short\n")
    for options, message in (
        (("--policy", "balancd"), "there is no policy 'balancd': expected strict"),
        (("--keys-file", str(keys)), "API key 1 of 1 is not one: expected 16 or more"),
        (("--keys-file", str(tmp_path / "no")), "cannot read the file of API keys"),
        (("--timeout", "0"), "timeout is 0.0: expected a finite number above 0"),
        (("--timeout", "inf"), "timeout is inf: expected a finite number above 0"),
        (("--port", "99999"), "99999 is not in the range"),
    ):
        code, output = serve(*options)
        assert code == 3 and message in output and "Traceback" not in output, output


def test_a_port_that_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for workers in ("1", "2"):
            code, output = serve("--port", port, "--workers", workers)
            assert code == 3 and f"cannot listen on 127.0.0.1:{port}: is it in use?" in output


def test_an_address_that_is_none() -> None:
    long = f"{'a' * 70}.test"
    for host, message in (
        ("192.0.2.1", "cannot listen on 192.0.2.1:0: Cannot assign requested address"),
        (long, f"{long} is no address, and no name that a host can have"),
    ):
        for workers in ("1", "2"):
            code, output = serve("--public", "--host", host, "--port", "0", "--workers", workers)
            assert code == 3 and output.endswith(f"Error: {message}\n") and "Traceback" not in output, output


def test_an_address_that_another_server_shares_among_its_processes() -> None:
    with process._listener("127.0.0.1", 0) as other:
        other.listen()
        port = str(other.getsockname()[1])
        code, output = serve("--port", port, "--workers", "2")
        assert code == 3 and f"cannot listen on 127.0.0.1:{port}: is it in use?" in output


def test_connections_of_several_processes_do_not_wait_to_send() -> None:
    with process._listener("127.0.0.1", 0) as listener:
        listener.listen()
        with socket.create_connection(listener.getsockname()), listener.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_guard_that_cannot_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise ModelError("the model's file fast.onnx is missing")

    monkeypatch.setattr(service.Service, "_open", broken)
    code, output = serve("--port", "0")
    assert code == 3 and "the guard cannot start: the model's file fast.onnx is missing" in output


def test_several_processes_whose_guard_cannot_start(tmp_path: Path) -> None:
    code = (
        "from guardkit.errors import GuardError\n"
        "from guardkit.server import Settings, serve\n"
        "try:\n"
        f"    serve(Settings(model={str(tmp_path)!r}), '127.0.0.1', 0, workers=2)\n"
        "except GuardError as error:\n"
        "    print(f'GuardError: {error}')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.stdout.startswith("GuardError: the guard cannot start: "), done
    assert "ERROR guardkit.server: the guard cannot start: " in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("package", ["starlette", "uvicorn", "prometheus_client"])
def test_without_the_extra(package: str) -> None:
    code = (
        "import sys\n"
        "class Missing:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == {package!r}: raise ModuleNotFoundError(name, name=name)\n"
        "sys.meta_path.insert(0, Missing())\n"
        "sys.argv = ['guardkit', 'serve']\n"
        "from guardkit.cli import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.returncode == 3
    assert done.stderr == f'Error: guardkit serve needs {package}: pip install "guardkit[server]"\n'


def test_the_other_commands_do_not_load_it() -> None:
    code = "import sys, guardkit.cli.commands; print([n for n in ('starlette', 'uvicorn') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"
