"""The API keys: from a file or the environment, never from the command line, which others can see."""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from guardkit.errors import GuardError

from .problem import Problem

__all__ = ["Keys"]

VARIABLE = "GUARDKIT_API_KEYS"
SHORTEST = 16  # characters


class Keys:
    """The keys that open the server, kept as digests. Without any, everyone may ask."""

    __slots__ = ("_digests",)

    def __init__(self, keys: Iterable[str] = ()) -> None:
        listed = list(keys)
        for at, key in enumerate(listed, 1):
            if len(key) < SHORTEST or not key.isascii() or not key.isprintable() or " " in key:
                raise GuardError(
                    f"API key {at} of {len(listed)} is not one: expected {SHORTEST} or more printable ASCII characters "
                    "without a blank, and no comment behind them;"
                    " python -c 'import secrets; print(secrets.token_urlsafe(32))' makes one"
                )
        self._digests = tuple(sha256(key.encode()).digest() for key in listed)

    def __bool__(self) -> bool:
        return bool(self._digests)

    @classmethod
    def read(cls, file: str | Path | None = None) -> Keys:
        """The keys of a file, one a line, but for lines that # begins; without a file those of `GUARDKIT_API_KEYS`.

        Raises `GuardError`, which shows no key. A file or a variable without a key is an error: it must not open the
        server.
        """
        if file is None:
            keys = os.environ.get(VARIABLE, "").replace(",", " ").split()
            if VARIABLE in os.environ and not keys:
                raise GuardError(f"{VARIABLE} is set, but holds no API key: expected one or more, or no such variable")
            return cls(keys)
        try:
            lines = Path(file).read_text("utf-8-sig").splitlines()
        except (OSError, ValueError) as error:
            raise GuardError(f"cannot read the file of API keys {str(file)!r}: {type(error).__name__}") from None
        keys = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
        if not keys:
            raise GuardError(f"the file of API keys {str(file)!r} holds none: expected one a line")
        return cls(keys)

    def require(self, headers: Mapping[str, str]) -> None:
        """Raises `Problem` unless `Authorization: Bearer` or `X-API-Key` brings one of the keys."""
        if not self._digests:
            return
        scheme, _, token = headers.get("authorization", "").partition(" ")
        given = headers.get("x-api-key") or (token.strip() if scheme.lower() == "bearer" else "")
        digest = sha256(given.encode("latin-1", "replace")).digest()
        # All are compared, each in constant time, so that the time tells nothing about any.
        if not sum([hmac.compare_digest(digest, known) for known in self._digests]):
            said = "the API key is not one of this server's" if given else "an API key is needed"
            raise Problem(
                "unauthorized",
                f"{said}: send it as 'Authorization: Bearer KEY' or 'X-API-Key: KEY'",
                {"www-authenticate": "Bearer"},
            )
