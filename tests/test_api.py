"""The public interface is frozen here: a change of this file is a change for every user."""

from __future__ import annotations

import dataclasses
import inspect
import subprocess
import sys
from importlib.metadata import distribution, requires, version
from typing import Annotated, get_args, get_origin

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import guardkit

CLOSURE = 25  # packages, guardkit itself not counted

SIGNATURES = {
    "__init__": "(self, policy=None, *, model='default', threads=1, canary_key=None, observers=())",
    "check": "(self, text, channel='user', *, policy=None, system=(), known=())",
    "acheck": "(self, text, channel='user', *, policy=None, system=(), known=())",
    "check_many": "(self, texts, channel='user', *, policy=None, system=(), known=())",
    "check_messages": "(self, messages, *, policy=None)",
    "explain": "(self, text, channel='user')",
    "judge": "(self, channel, *, policy=None, system=(), known=(), rules_only=False)",
    "canary": "(self)",
    "stream": ("(self, chunks, mode='window', channel='output', *, hold=200, policy=None, system=(), known=())"),
    "protect": (
        "(self, function=None, /, *, inputs=None, channel='user', output=True, mode='window', hold=200,"
        " on_block='raise', policy=None)"
    ),
}
FIELDS = {
    "Finding": ["detector", "label", "score", "span", "message", "decoded", "chain"],
    "Verdict": [
        "action", "label", "score", "scores", "findings", "views", "redacted", "route", "windows", "truncated",
        "degraded", "severity", "confidence", "elapsed_ms", "channel", "policy", "message",
        "removed",
    ],
    "Policy": [
        "name", "thresholds", "rules", "channels", "allow", "deny", "limits", "on_error", "on_truncated",
    ],
}  # fmt: skip
MEMBERS = {
    "Verdict": {"allowed", "blocked", "code", "to_dict", "to_json"},
    "Policy": {"preset", "load", "parse", "resolve", "rule", "allows", "blocks", "denies"},
    "Finding": set(),
}


def python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, timeout=60).stdout


def test_names() -> None:
    assert guardkit.__all__ == [
        "Finding", "Guard", "GuardBlocked", "GuardError", "Policy", "Prompt", "Verdict", "decode_code",
    ]  # fmt: skip
    assert all(getattr(guardkit, name).__name__ == name for name in guardkit.__all__ if name != "Prompt")
    assert get_origin(guardkit.Prompt) is Annotated and get_args(guardkit.Prompt)[0] is str
    assert set(guardkit.__all__) <= set(dir(guardkit))
    with pytest.raises(AttributeError, match="no attribute 'Gaurd'"):
        _ = guardkit.Gaurd


def test_version() -> None:
    assert guardkit.__version__ == version("guardkit")


def test_signatures_of_the_guard() -> None:
    def shape(name: str) -> str:
        signature = inspect.signature(getattr(guardkit.Guard, name))
        bare = [p.replace(annotation=inspect.Parameter.empty) for p in signature.parameters.values()]
        return str(inspect.Signature(bare))

    public = {name for name in vars(guardkit.Guard) if not name.startswith("_")} | {"__init__"}
    assert public == {*SIGNATURES, "policy"}
    assert {name: shape(name) for name in SIGNATURES} == SIGNATURES
    assert inspect.iscoroutinefunction(guardkit.Guard.acheck)


@pytest.mark.parametrize("name", FIELDS)
def test_fields(name: str) -> None:
    kind = getattr(guardkit, name)
    assert [field.name for field in dataclasses.fields(kind)] == FIELDS[name]
    assert {member for member in vars(kind) if not member.startswith("_")} - set(FIELDS[name]) == MEMBERS[name]
    assert kind.__dataclass_params__.frozen


def test_importing_loads_nothing_heavy() -> None:
    code = "import sys, guardkit; print(sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = python(code)
    for name in ("numpy", "onnxruntime", "tokenizers", "regex", "click", "rich", "asyncio"):
        assert f"'{name}'" not in loaded


def test_the_annotation_loads_nothing_heavy_either() -> None:
    loaded = python("import sys; from guardkit import Prompt; print(sorted(sys.modules))")
    assert not [name for name in ("'numpy'", "'onnxruntime'", "'asyncio'") if name in loaded]


def test_no_module_of_ours_is_imported_by_the_runtime() -> None:
    code = (
        "import sys, guardkit; guardkit.Guard(model=None).check('Hello'); "
        "print([name for name in sys.modules if 'trainer' in name or 'adapters' in name or name == 'torch'])"
    )
    assert python(code).strip() == "[]"


def test_the_runtime_closure_is_small() -> None:
    seen: set[str] = set()
    queue = [Requirement("guardkit")]
    while queue:
        wanted = queue.pop()
        name = canonicalize_name(wanted.name)
        if name in seen:
            continue
        seen.add(name)
        distribution(name)  # it is installed, so that its own requirements are known
        extras = wanted.extras or {""}
        for line in requires(name) or ():
            need = Requirement(line)
            if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras):
                queue.append(need)
    assert len(seen - {"guardkit"}) <= CLOSURE, sorted(seen)
    assert not seen & {"torch", "transformers", "scipy", "pydantic"}
