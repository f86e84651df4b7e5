"""What guardkit puts on a disk: the packages that it needs and its model."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

__all__ = ["footprint"]

PACKAGE = "guardkit"


def footprint(model: Path, package: str = PACKAGE) -> dict[str, Any]:
    """Bytes of the model's files and of the packages that a bare install of guardkit needs, as they lie here."""
    sizes = {name: _bytes(found) for name, found in _closure(package).items() if name != package}
    return {
        "model_bytes": sum(path.stat().st_size for path in model.iterdir() if path.is_file()),
        "packages": len(sizes),
        "packages_bytes": sum(sizes.values()),
        "largest": sorted(([name, size] for name, size in sizes.items()), key=lambda item: -int(item[1]))[:6],
    }


def _closure(package: str) -> dict[str, Distribution]:
    """The package and everything that it requires without extras, by normalised name; what is not here is left out."""
    found: dict[str, Distribution] = {}
    queue = [package]
    while queue:
        name = re.sub(r"[-_.]+", "-", queue.pop()).lower()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        for line in found[name].requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                queue.append(requirement.name)
    return found


def _bytes(found: Distribution) -> int:
    paths = (Path(str(file.locate())) for file in found.files or ())
    return sum(path.stat().st_size for path in paths if path.is_file())
