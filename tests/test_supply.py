"""Nothing that CI installs is left to chance: every dependency has an exact version."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PINNED = {
    canonicalize_name(name): version
    for name, version in re.findall(r"^([\w.-]+)==(\S+)$", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE)
}
# Without an effect on what is measured or shipped: they run hooks, or read what the frameworks bring along.
LOOSE = {"pre-commit", "jsonschema", "pytest-asyncio"}
ELSEWHERE = {"litellm"}  # in constraints-litellm.txt: an environment of its own


def asked() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    names = {canonicalize_name(Requirement(line).name) for line in lines}
    return sorted(names - {"guardkit"} - LOOSE - ELSEWHERE)


@pytest.mark.parametrize("name", asked())
def test_every_dependency_has_an_exact_version(name: str) -> None:
    assert name in PINNED, f"constraints.txt says nothing of {name}"


def test_the_floors_are_not_above_what_is_tested() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for line in (
        *project["dependencies"],
        *(one for some in project["optional-dependencies"].values() for one in some),
    ):
        wanted = Requirement(line)
        version = PINNED.get(canonicalize_name(wanted.name))
        assert version is None or wanted.specifier.contains(version), line


def test_ci_installs_under_the_constraints() -> None:
    lines = [line for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if "pip install" in line]
    assert lines and all("-c constraints" in line for line in lines)


def test_security_policy_names_tests_that_exist() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)`", (ROOT / "SECURITY.md").read_text("utf-8"))
    assert len(named) > 5 and all((ROOT / name).is_file() for name in named)
