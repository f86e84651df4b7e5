"""The README's one-liners, run: each block against the local server, and its output beside it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from server import Say, Server

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
SECTION = README[README.index("### In an application") : README.index("## Numbers")]
SET_UP, *BLOCKS = re.findall(r"^```python\n(.*?)^```$(?:\n\n^```text\n(.*?)^```$)?", SECTION, re.M | re.S)
FRAMEWORKS = {  # the line that tells a block, and the packages it needs
    "openai": ("from openai import OpenAI", ("openai",)),
    "anthropic": ("from anthropic import", ("anthropic",)),
    "langchain": ("from langchain.agents", ("langchain", "langchain_openai")),
    "agents": ("from agents import", ("agents",)),
    "litellm": ("import litellm", ("litellm",)),
    "mcp": ("from mcp import", ("mcp.server.mcpserver",)),
    "asgi": ("from starlette.applications", ("starlette", "httpx")),
    "functions": ("@guard.protect", ()),
}


def run(code: str, environment: dict[str, str]) -> str:
    """What a program prints, and the last line of the traceback it may end with."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        env=os.environ | environment, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    errors = re.findall(r"^[\w.]+: .*$", done.stderr, re.M) if done.returncode else []  # notes may follow the last
    return "\n".join([*done.stdout.rstrip().splitlines(), *errors[-1:]]) + "\n"


def steady(output: str) -> str:
    """Without what other weights or another machine may change."""
    return re.sub(r"score \d\.\d+, route \w+, code|0x[0-9a-f]+", "…", output)


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_block(framework: str, server: Server) -> None:
    line, packages = FRAMEWORKS[framework]
    for package in packages:
        pytest.importorskip(package)
    ((code, expected),) = [block for block in BLOCKS if line in block[0]]
    server.say(Say(), Say())
    environment = {
        "OPENAI_BASE_URL": f"{server.url}/v1", "OPENAI_API_BASE": f"{server.url}/v1", "OPENAI_API_KEY": "k",
        "ANTHROPIC_BASE_URL": server.url, "ANTHROPIC_API_KEY": "k", "OPENAI_AGENTS_DISABLE_TRACING": "1",
    }  # fmt: skip
    before = "from guardkit import Guard\nguard = Guard()\n"
    output = run(before + SET_UP[0] + code, environment)
    assert steady(output) == steady(expected)


def test_every_block_is_run() -> None:
    assert len(BLOCKS) == len(FRAMEWORKS)
    assert all(sum(line in code for line, _ in FRAMEWORKS.values()) == 1 for code, _ in BLOCKS)
