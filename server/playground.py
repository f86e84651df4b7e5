"""The playground page: one file, without anything from elsewhere, under a policy that lets nothing else run."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

__all__ = ["PAGE", "POLICY"]

PAGE = Path(__file__).with_name("playground.html").read_text("utf-8")


def _hash(tag: str) -> str:
    """The hash by which the policy knows the page's one script or style."""
    (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", PAGE, re.S)
    return f"'sha256-{b64encode(sha256(inside.encode()).digest()).decode()}'"


POLICY: Mapping[str, str] = {
    "content-security-policy": (
        f"default-src 'none'; script-src {_hash('script')}; style-src {_hash('style')}; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}
