"""The last step to a model that can ship: thresholds from dev, and the manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from guardkit.trainer.calibrate import calibrate
from guardkit.trainer.manifest import write_manifest

__all__ = ["release"]


def release(
    target: Path, data: Path, config: Mapping[str, Any], parity: Mapping[str, Any], seed: int, tiny: bool
) -> dict[str, dict[str, Any]]:
    """Calibrates the graphs in `target` on dev, writes their manifest and returns what it says of that."""
    with (data / "train.parquet").open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    today = date.today().isoformat()
    training = {"date": today, "data_sha256": digest, "seed": seed, "tiny": tiny, "config": dict(config)}
    sections: dict[str, dict[str, Any]] = {"calibration": {}, "thresholds": {}, "metrics": {}}
    write_manifest(target, training=training, **sections)
    sections |= calibrate(target, data, seed, most=3 if tiny else 150)
    sections["metrics"]["parity"] = dict(parity)
    write_manifest(target, training=training, **sections)
    return sections
