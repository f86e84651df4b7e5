"""Where the time of a check goes, measured inside real checks."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pkgutil import resolve_name
from typing import Any
from unittest.mock import patch

from guardkit import Guard
from guardkit.verdict import Channel

__all__ = ["STAGES", "breakdown"]

STAGES = ("normalize", "decode", "detect", "tokenise", "features", "fast", "deep", "decide", "rest")
CALLS = {  # where the line looks a step up -> the stage that its time belongs to
    "guardkit.pipeline.normalize": "normalize",
    "guardkit.classify.reading.Windows.split": "tokenise",
    "guardkit.classify.reading.features": "features",
    "guardkit.classify.reading.encode_characters": "features",
    "guardkit.classify.reading.Classifier.fast": "fast",
    "guardkit.classify.reading.Classifier.deep": "deep",
    "guardkit.judge.decide": "decide",
}
STEPS = {  # tuples of decoders and detectors -> their stage and the method that does the work
    "guardkit.pipeline.DECODERS": ("decode", "decode"),
    "guardkit.pipeline.DETECTORS": ("detect", "detect"),
}

Clock = defaultdict[str, float]


def breakdown(subject: Guard, texts: Iterable[tuple[str, Channel]]) -> dict[str, float]:
    """Mean milliseconds of each stage of a check and of `all`; `rest` is what belongs to none."""
    clock: Clock = defaultdict(float)
    number = 0
    with _watched(clock):
        for text, channel in texts:
            number += 1
            started = time.perf_counter()
            subject.check(text, channel)
            clock["all"] += time.perf_counter() - started
    clock["rest"] = clock["all"] - sum(clock[stage] for stage in STAGES)
    return {stage: 1000 * clock[stage] / max(number, 1) for stage in (*STAGES, "all")}


@contextmanager
def _watched(clock: Clock) -> Iterator[None]:
    """Puts a clock around every step while the context lasts, for all guards of the process."""

    def timed(stage: str, call: Callable[..., Any], *, collect: bool = False) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            started = time.perf_counter()
            result = call(*args, **kwargs)
            found = list(result) if collect else result  # a generator works only when it is read
            clock[stage] += time.perf_counter() - started
            return found

        return run

    class Timed:
        def __init__(self, stage: str, method: str, step: Any) -> None:
            self.name = step.name
            setattr(self, method, timed(stage, getattr(step, method), collect=True))

    with ExitStack() as stack:
        for target, stage in CALLS.items():
            stack.enter_context(patch(target, timed(stage, resolve_name(target))))
        for target, (stage, method) in STEPS.items():
            stack.enter_context(patch(target, tuple(Timed(stage, method, step) for step in resolve_name(target))))
        yield
