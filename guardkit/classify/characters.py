"""Characters as the model's character CNN sees them: raw, before any normalisation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["CLASSES", "LIMIT", "PADDING", "encode_characters"]

LIMIT = 1024  # code points read
CLASSES = 512  # 128 for ASCII, 384 for blocks of 32 neighbouring code points, wrapped around
PADDING = 7  # zeros at the end: the widest kernel always fits, and a maximum sees the same padding everywhere


def encode_characters(text: str) -> NDArray[np.int64]:
    """(1, C) class ids of the first 1,024 code points, then seven zeros; C is at most 1,031.

    An ASCII character is its own class (NUL is 1: 0 is padding); other code points share a class with their block of
    32, which tells scripts, homoglyphs, symbols and invisible characters apart without telling letters apart.
    """
    points = np.frombuffer(text[:LIMIT].encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
    classes = np.where(points < 128, np.maximum(points, 1), 128 + (points >> 5) % (CLASSES - 128))
    return np.concatenate([classes, np.zeros(PADDING, np.int64)])[None]
