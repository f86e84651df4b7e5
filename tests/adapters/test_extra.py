"""A framework that is not there is named with the extra that brings it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from guardkit.adapters.extra import framework


def test_a_missing_framework() -> None:
    with pytest.raises(ImportError, match=r'pip install "guardkit\[openai\]"'):
        framework("no_such_framework", "openai")
    assert framework("json", "openai").dumps({}) == "{}"


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("agents", "from guardkit.adapters.agents import guard_agent; guard_agent(None, None)"),
        ("mcp", "from guardkit.adapters.mcp import guard_client; guard_client(None, None)"),
    ],
)
def test_using_an_adapter_without_its_framework(name: str, call: str) -> None:
    code = f"import sys; sys.modules[{name!r}] = None; {call}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
    assert (
        done.returncode == 1
        and f'ImportError: {name} is not installed: run pip install "guardkit[{name}]"' in done.stderr
    )


def test_importing_an_adapter_imports_no_other_framework() -> None:
    code = (
        "import sys, guardkit.adapters.openai, guardkit.adapters.asgi, guardkit.adapters.fastapi;"
        "import guardkit.adapters.agents, guardkit.adapters.mcp;"
        "print([name for name in ('openai', 'anthropic', 'httpx', 'httpx2', 'fastapi', 'starlette', 'anyio', 'agents',"
        " 'mcp', 'pydantic', 'pydantic_core')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.strip() == "[]"
