"""The guard's own threads: there when they are needed, also in a forked process."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import Any, Final, ParamSpec, TypeVar

from guardkit.errors import GuardError

__all__ = ["Threads"]

P = ParamSpec("P")
R = TypeVar("R")


class Threads(Executor):
    """An executor that starts its threads with the first use, and anew in a child process, which inherits none.

    What it runs sees the context variables of its caller. It is never shut down: idle threads end with the process.
    """

    def __init__(self, most: int, name: str) -> None:
        self._most: Final = most
        self._name: Final = name
        self._made: tuple[int, ThreadPoolExecutor] | None = None

    def submit(self, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """As `Executor.submit`. Raises `GuardError` where no thread can be started, as at the interpreter's end."""
        try:
            return self._pool().submit(partial(copy_context().run, function, *args, **kwargs))
        except RuntimeError as error:
            raise GuardError(f"nothing was checked, because no thread can be started: {error}") from error

    def _pool(self) -> ThreadPoolExecutor:
        made: Any = self._made
        if made is None or made[0] != os.getpid():
            # Two threads may both come here: the one pool is used for their first calls and then forgotten.
            made = self._made = os.getpid(), ThreadPoolExecutor(self._most, self._name)
        pool: ThreadPoolExecutor = made[1]
        return pool
