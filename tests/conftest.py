"""Settings that all tests share."""

import gc
import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parents[1]))  # benchmarks/ is never installed

settings.register_profile("guardkit", deadline=None)  # the machines that run this are shared: time is not a property
settings.load_profile("guardkit")


def pytest_collection_finish() -> None:
    """What the modules hold stays to the end: the collector, which some tests call, need not look at it every time."""
    gc.collect()
    gc.freeze()
