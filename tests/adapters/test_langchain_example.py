"""The example of LangChain runs, against the local server, and prints what it promises."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("langchain_openai", reason="the LangChain leg has an environment of its own")

from server import Call, Say, Server

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "langchain_app.py"
PRINTED = [
    "answer: The best season",
    "stream: The best season",
    "blocked: injection in a document",
    "blocked: injection in a tool",
]


def test_the_example(server: Server) -> None:
    server.say(Say(), Say(), Say((), calls=[Call("forecast", ['{"place": "Oslo"}'])]))
    env = {**os.environ, "OPENAI_BASE_URL": f"{server.url}/v1", "OPENAI_API_KEY": "k"}
    result = subprocess.run([sys.executable, str(EXAMPLE)], env=env, capture_output=True, text=True, timeout=300)
    assert result.returncode == 0, result.stderr[-1_000:]
    lines = result.stdout.splitlines()
    assert len(lines) == len(PRINTED) and len(server.asked) == 3
    for line, start in zip(lines, PRINTED, strict=True):
        assert line.startswith(start)


@pytest.mark.parametrize("module", ["langchain_core", "langchain"])
def test_without_the_framework_its_extra_is_named(module: str) -> None:
    name = "GuardMiddleware" if module == "langchain" else "guard_model"
    code = (
        "import sys\n"
        "class Absent:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}:\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Absent())\n"
        "import guardkit.adapters.langchain as adapter\n"
        f"try:\n    adapter.{name}\n"
        "except ImportError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300)
    assert 'pip install "guardkit[langchain]"' in done.stdout


def test_importing_the_adapter_imports_no_framework() -> None:
    code = (
        "import sys, guardkit.adapters.langchain;"
        "print([name for name in ('langchain', 'langchain_core', 'langgraph', 'pydantic') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.strip() == "[]"
