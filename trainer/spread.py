"""A long list of small tasks over processes of their own, with a progress bar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

from rich.progress import track

__all__ = ["spread"]

Task = TypeVar("Task")
Result = TypeVar("Result")


def spread(
    work: Callable[[Task], Result], tasks: Sequence[Task], title: str, start: Callable[..., None],
    arguments: tuple[Any, ...], *, workers: int = 2, chunk: int = 1, method: str = "fork",
) -> Iterator[Result]:  # fmt: skip
    """The results in the order of their tasks; every process calls `start` with `arguments` first.

    What a task raises is raised here, and what has not begun is not done. (`multiprocessing.Pool`, left by an exception
    while its workers write, waits for them for ever.)
    """
    with ProcessPoolExecutor(workers, get_context(method), start, arguments) as pool:
        yield from track(pool.map(work, tasks, chunksize=chunk), title, len(tasks))
