"""The README's commands and examples are those that work."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from guardkit import Policy
from guardkit.cli.commands import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.M | re.S)


def test_the_first_two_commands() -> None:
    first, second, *_ = blocks("sh")
    assert first.rstrip().endswith("make demo") and second.strip() == "make test"
    assert second.strip() in (ROOT / ".ci/run").read_text().splitlines()


def test_the_policy_example() -> None:
    (example,) = blocks("toml")
    policy = Policy.parse(tomllib.loads(example))
    assert policy.rule("jailbreak", "user").action == "flag" and policy.rule("harmful", "user").threshold == 0.9
    assert policy.rule("injection", "document").action == "redact" and policy.limits.characters == 100_000


def test_the_examples_compile() -> None:
    for example in blocks("python"):
        compile(example, "README.md", "exec")


def test_every_command_and_option_exists() -> None:
    used = [line.split("#")[0].split() for block in blocks("sh") for line in block.splitlines() if "guardkit " in line]
    commands = [words for words in used if words[:1] == ["guardkit"]]
    assert {words[1] for words in commands} == set(cli.commands)
    for words in commands:
        known = {option for parameter in cli.commands[words[1]].params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known
