"""Writes the alphabets of `guardkit.normalize.bigbase` from the packages `base2048` and `ecoji`.

python -m guardkit.trainer.bigbase --out guardkit/normalize/bigbase.npz
"""

from __future__ import annotations

import argparse
from pathlib import Path

import base2048
import numpy as np
from ecoji import mapping
from numpy.typing import NDArray

__all__ = ["tables"]


def tables() -> dict[str, NDArray[np.uint32]]:
    """Code points by digit: `base2048` (2048,), its `tail` (8,), `ecoji` (1024,), its `padding` (5,)."""
    every = int("".join(f"{number:011b}" for number in range(2048)), 2).to_bytes(2048 * 11 // 8, "big")
    # 10 bytes are 7 digits and 3 bits, which the tail holds.
    tail = "".join(base2048.encode(bytes(9) + bytes([number]))[-1] for number in range(8))
    padding = [mapping.PADDING, mapping.PADDING40, mapping.PADDING41, mapping.PADDING42, mapping.PADDING43]
    alphabets = {"base2048": base2048.encode(every), "tail": tail, "ecoji": mapping.EMOJIS, "padding": padding}
    return {name: np.array([ord(char) for char in letters], np.uint32) for name, letters in alphabets.items()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    np.savez_compressed(parser.parse_args().out, **tables())
