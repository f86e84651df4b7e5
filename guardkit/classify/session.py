"""The two ONNX graphs: `fast` for every window, `deep` only for those that are worth it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from guardkit.classify.manifest import Manifest, load
from guardkit.errors import ModelError

__all__ = ["Classifier", "Deep", "Fast", "open_session"]

FAST, DEEP = "fast.onnx", "deep.onnx"
HEADS = ["threat", "harmful", "severity", "confidence"]

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Deep:
    """Logits of the fused branches."""

    threat: Array  # (4,)
    harmful: float
    severity: float
    confidence: float


@dataclass(frozen=True, slots=True, eq=False)
class Fast:
    """Logits of the fast branch, the router's, and what the deep branch goes on from.

    Where an exit settled the window, they are that exit's, and the router's logit is far below any threshold.
    """

    threat: Array  # (4,)
    harmful: float
    severity: float
    confidence: float
    router: float
    early: Array  # (E,) log-odds of an attack or of harm, the larger, of each exit
    state: Array | None  # (1, S, D), which the deep branch reads; None where it was let go
    summary: Array | None  # (1, D)

    def let_go(self) -> Fast:
        """The same logits without the states, of which a text of many windows has many."""
        return Fast(self.threat, self.harmful, self.severity, self.confidence, self.router, self.early, None, None)


def open_session(model: bytes, threads: int = 1, profile: str | None = None) -> Any:
    """An inference session on the CPU; `profile` is the prefix of a profile file."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    # threads that wait must not burn the host's CPU
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 4  # no line of ours in another program's output
    if profile is not None:
        options.enable_profiling = True
        options.profile_file_prefix = profile
    try:
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime has no common base class
        version = onnxruntime.__version__
        raise ModelError(f"ONNX Runtime {version} cannot load the model: {type(error).__name__}") from error
    session._model_bytes = None  # it would keep the 60 MB, for a change of providers that never comes
    return session


class Classifier:
    """Immutable after load and thread-safe. The deep graph is loaded when it is first needed, or at once if `eager`."""

    def __init__(
        self, folder: Path | str, threads: int = 1, *, eager: bool = False, profile: str | None = None
    ) -> None:
        self.manifest: Manifest = load(folder)
        self._threads = threads
        self._profile = profile
        self._lock = Lock()
        self._fast = self._open(FAST)
        (self.exits,) = next(each.shape for each in self._fast.get_inputs() if each.name == "exit")
        self._deep = self._open(DEEP) if eager else None

    def fast(
        self,
        tokens: NDArray[np.int64],
        characters: NDArray[np.int64],
        features: Array,
        channel: int,
        exits: Sequence[float] = (),
    ) -> Fast:
        """`tokens` (1, T), `characters` (1, C), `features` (64,) or (1, 64), `channel` its index.

        A window whose `early` is below one of `exits`, of which the graph has one or two, is settled there: what
        follows is not computed. None are given: all is computed.
        """
        inputs = {
            "tokens": tokens,
            "characters": characters,
            "features": np.asarray(features, np.float32).reshape(1, -1),
            "channel": np.array([channel], np.int64),
            "exit": np.array(exits or [-inf] * self.exits, np.float32),
        }
        *logits, router, early, state, summary = _run(
            self._fast, [*HEADS, "router", "early", "state", "summary"], inputs
        )
        return Fast(*_numbers(logits), float(router[0]), early, state, summary)

    def deep(self, fast: Fast) -> Deep:
        session = self._deep or self._load_deep()
        return Deep(*_numbers(_run(session, HEADS, {"state": fast.state, "summary": fast.summary})))

    def end_profiling(self) -> list[str]:
        """Paths of the profile files, fast then deep; only with `profile`."""
        return [session.end_profiling() for session in (self._fast, self._deep) if session is not None]

    def _load_deep(self) -> Any:
        with self._lock:
            if self._deep is None:
                self._deep = self._open(DEEP)
            return self._deep

    def _open(self, name: str) -> Any:
        prefix = None if self._profile is None else f"{self._profile}.{name}"
        return open_session(self.manifest.read(name), self._threads, prefix)


def _run(session: Any, outputs: list[str], inputs: dict[str, Any]) -> list[Array]:
    # Arrays, though a state is copied then: that takes 10 us, and to make and read so many OrtValues a hundred.
    try:
        return list(session.run(outputs, inputs))
    except Exception as error:  # its message may show values of the input
        raise ModelError(f"the model cannot be run: {type(error).__name__}") from None


def _numbers(logits: list[Array]) -> tuple[Array, float, float, float]:
    threat, harmful, severity, confidence = (value[0] for value in logits)
    return threat, float(harmful), float(severity), float(confidence)
