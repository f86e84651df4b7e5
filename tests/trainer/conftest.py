"""One thread: the models are so small that more of them only wait for each other."""

from __future__ import annotations

try:
    import torch
except ImportError:  # the tests skip
    pass
else:
    torch.set_num_threads(1)
