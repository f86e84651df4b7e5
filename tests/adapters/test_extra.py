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


def test_importing_an_adapter_imports_no_other_framework() -> None:
    code = (
        "import sys, guardkit.adapters.openai, guardkit.adapters.asgi, guardkit.adapters.fastapi;"
        "print([name for name in ('openai', 'anthropic', 'httpx', 'httpx2', 'fastapi', 'starlette', 'anyio')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.strip() == "[]"
