"""Where the time of a check goes now and in a former state of this repository, on the same texts.

Each state is measured in a process of its own, with its own code and model and its own `benchmarks/stages.py`; the two
take turns, and the figures are medians over the rounds. A state is a checkout: `git worktree add /tmp/before COMMIT`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.machine import machine
from benchmarks.markdown import DASH, table

__all__ = ["markdown", "profile", "rows"]

HERE = Path(__file__).parents[1]
CODE = """
import json, sys
from benchmarks.stages import breakdown
from guardkit import Guard
guard = Guard()
texts = [(text, "user") for text in json.load(open(sys.argv[1], encoding="utf-8"))]
breakdown(guard, texts[:50])
json.dump(breakdown(guard, texts), sys.stdout)
"""

Document = dict[str, Any]


def profile(before: Path, texts: Sequence[str], rounds: int) -> Document:
    """Mean milliseconds of each stage before and after. Raises `CalledProcessError` for a state that cannot be run."""
    where = machine()  # before it is our own load
    arms = {"before": before, "after": HERE}
    runs: dict[str, list[dict[str, float]]] = {arm: [] for arm in arms}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(list(texts)), "utf-8")
        for _ in range(rounds):
            for arm, state in arms.items():
                runs[arm].append(_run(state, path))
    stages = {
        stage: {arm: round(float(np.median([run[stage] for run in found])), 4) for arm, found in runs.items()}
        for stage in runs["after"][0]
    }
    return {"machine": where, "commit": _commit(before), "texts": len(texts), "rounds": rounds, "stages": stages}


def _run(state: Path, texts: Path) -> dict[str, float]:
    command = [sys.executable, "-c", CODE, str(texts)]
    done = subprocess.run(
        command, cwd=state, env={**os.environ, "PYTHONPATH": str(state)}, capture_output=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _commit(state: Path) -> str:
    command = ["git", "-C", str(state), "log", "-1", "--format=%h of %cs"]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()


def markdown(document: Document) -> str:
    """The report."""
    where = document["machine"]
    parts = [
        "# Profile, before and after",
        f"- model: `{document['model'][:16]}` (sha256 of its manifest)\n"
        f"- date: {document.get('date') or DASH}\n"
        f"- machine: {where['processor']}, {where['cores']} cores, one thread used, load {where['load']}; "
        f"Python {where['python']}, ONNX Runtime {where['onnxruntime']}",
        f"Mean milliseconds of a check's stages over {document['texts']} texts of dev user traffic: at commit "
        f"{document['commit']}, and now. Medians of {document['rounds']} rounds in turns.",
        table(("stage", "before", "after", "after / before"), rows(document)),
    ]
    return "\n\n".join(parts) + "\n"


def rows(document: Document) -> list[tuple[str, ...]]:
    """The table."""
    return [
        (stage, f"{took['before']:.3f}", f"{took['after']:.3f}",
         f"{took['after'] / took['before']:.2f}" if took["before"] else DASH)
        for stage, took in document["stages"].items()
    ]  # fmt: skip
