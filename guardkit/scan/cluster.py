"""A crew on Ray, on this machine or on a cluster; guardkit has to be installed on every machine of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from guardkit.errors import GuardError
from guardkit.scan.checking import Row, Setting, check
from guardkit.scan.crew import Lost
from guardkit.scan.record import Record

__all__ = ["Cluster"]

RETRIES = 3  # by Ray itself, on another worker, before a batch counts as lost


class Cluster:
    """A crew of Ray tasks. Ray keeps its worker processes, so each loads the guard once.

    It joins the cluster that the process is connected to, or that `RAY_ADDRESS` names, and else starts one here.
    """

    def __init__(self, setting: Setting, size: int | None = None) -> None:
        try:
            import ray
        except ModuleNotFoundError as error:
            if error.name != "ray":
                raise
            raise GuardError('the engine "ray" needs ray: pip install "guardkit[ray]"') from error
        self._ray = ray
        self._mine = not ray.is_initialized()
        if self._mine:
            # "local": without it Ray joins what it finds noted as the last cluster of this machine, which may be gone
            local = {"address": "local", "num_cpus": size, "include_dashboard": False}
            own = {} if "RAY_ADDRESS" in os.environ else local
            ray.init(log_to_driver=False, configure_logging=False, **own)
        self.size = size or int(ray.cluster_resources().get("CPU", 1))
        self._setting = setting
        self._check = ray.remote(max_retries=RETRIES)(check)

    def submit(self, records: Sequence[Record]) -> Any:
        return self._check.remote(self._setting, records)

    def collect(self, submitted: Any) -> list[Row]:
        try:
            rows: list[Row] = self._ray.get(submitted)
        except self._ray.exceptions.RayTaskError as error:
            raise error.cause from None
        except self._ray.exceptions.RayError:
            raise Lost from None
        return rows

    def close(self) -> None:
        if self._mine:
            self._ray.shutdown()
