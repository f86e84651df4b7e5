"""Section 3, encodings in alphabets of a thousand characters and more. Their packages come with the extra `train`."""

from __future__ import annotations

import io

from .transform import Transform, octets, plain

__all__ = ["TRANSFORMS"]


def base2048_(text: str) -> str:
    import base2048

    return str(base2048.encode(octets(text)))


def ecoji_(text: str) -> str:
    import ecoji

    out = io.StringIO()
    ecoji.encode(io.BytesIO(octets(text)), out, wrap=0)
    return out.getvalue()


TRANSFORMS = (
    Transform("base2048", "encoding", "Y", plain(base2048_), ("PyRIT", "garak"), needs="base2048"),
    Transform("ecoji", "encoding", "Y", plain(ecoji_), ("PyRIT", "garak"), needs="ecoji"),
)
