"""The processes of a scan read no policy of this shell."""

import pytest


@pytest.fixture(autouse=True)
def no_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GUARDKIT_POLICY", "GUARDKIT_ON_ERROR", "GUARDKIT_ON_TRUNCATED"):
        monkeypatch.delenv(name, raising=False)
