"""Set for models so small that what is done once per shape of a batch takes longer than the arithmetic."""

from __future__ import annotations

try:
    import torch
except ImportError:  # the tests skip
    pass
else:
    torch.set_num_threads(1)  # more of them only wait for each other
    if not torch.cpu._is_amx_tile_supported():  # else oneDNN writes a kernel in bf16 for every shape: twice the time
        torch.ops.mkldnn._is_mkldnn_bf16_supported = lambda: False
