"""The last steps to a model that can ship: the graphs and their parity, thresholds from dev, the manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from guardkit.trainer.calibrate import ALL, calibrate
from guardkit.trainer.export import export
from guardkit.trainer.manifest import write_manifest
from guardkit.trainer.model import TinyGuardrail
from guardkit.trainer.parity import parity

__all__ = ["publish", "release"]


def publish(
    model: TinyGuardrail, tokenizer: str, target: Path, data: Path, seed: int, tiny: bool
) -> dict[str, dict[str, Any]]:
    """Writes everything that ships to `target` and returns what the manifest says of parity, calibration and dev."""
    export(model, target)
    (target / "tokenizer.json").write_text(tokenizer, "utf-8")
    return release(target, data, asdict(model.config), asdict(parity(model, target)), seed, tiny)


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
    sections |= calibrate(target, data, seed, most=3 if tiny else ALL)
    sections["metrics"]["parity"] = dict(parity)
    write_manifest(target, training=training, **sections)
    return sections
