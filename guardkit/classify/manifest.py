"""The model's manifest: what is in the folder, and the proof that it is what was trained."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from guardkit.errors import IntegrityError, ModelError

__all__ = ["FORMAT", "NAME", "Manifest", "load"]

FORMAT = 1
NAME = "manifest.json"
SECTIONS = ("window", "parameters", "calibration", "thresholds", "training", "metrics")


@dataclass(frozen=True, slots=True)
class Manifest:
    folder: Path
    files: Mapping[str, str]  # name -> sha256
    labels: tuple[str, ...]  # of the threat head, in the order of its logits
    window: Mapping[str, Any]
    parameters: Mapping[str, Any]
    calibration: Mapping[str, Any]
    thresholds: Mapping[str, Any]
    training: Mapping[str, Any]
    metrics: Mapping[str, Any]

    def read(self, name: str) -> bytes:
        """The content of a listed file, verified: what is used is what was hashed."""
        if name not in self.files:
            raise ModelError(f"the manifest of {self.folder} lists no {name}")
        try:
            data = (self.folder / name).read_bytes()
        except OSError as error:
            raise IntegrityError(f"{self.folder / name} is listed in the manifest and cannot be read") from error
        self._compare(name, hashlib.sha256(data).hexdigest())
        return data

    def verify(self) -> None:
        """Hash every listed file; raises IntegrityError. About 40 ms for 70 MB with SHA instructions, 200 without."""
        for name in self.files:
            try:
                with open(self.folder / name, "rb") as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError as error:
                raise IntegrityError(f"{self.folder / name} is listed in the manifest and cannot be read") from error
            self._compare(name, digest)

    def _compare(self, name: str, digest: str) -> None:
        if digest != self.files[name]:
            raise IntegrityError(
                f"{self.folder / name} has sha256 {digest[:12]}…, the manifest says {self.files[name][:12]}…: "
                "the file was changed or is incomplete; install the package again"
            )


def load(folder: Path | str) -> Manifest:
    """Read and check the manifest of `folder` and verify every file that it lists."""
    folder = Path(folder)
    try:
        document = json.loads((folder / NAME).read_bytes())
    except OSError as error:
        raise ModelError(f"{folder} holds no readable {NAME}") from error
    except ValueError as error:
        raise ModelError(f"{folder / NAME} is not JSON") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        found = document.get("format") if isinstance(document, dict) else None
        raise ModelError(f"{folder / NAME} has format {found!r}, this version of guardkit reads {FORMAT}")
    try:
        files = {str(name): str(entry["sha256"]) for name, entry in document["files"].items()}
        labels = tuple(str(label) for label in document["labels"])
        sections = {name: MappingProxyType(dict(document[name])) for name in SECTIONS}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{folder / NAME} is incomplete: {error!r}") from error
    if any(Path(name).name != name for name in files):
        raise ModelError(f"{folder / NAME} lists a file outside its folder")
    manifest = Manifest(folder, MappingProxyType(files), labels, **sections)
    manifest.verify()
    return manifest
