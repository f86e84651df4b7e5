"""The calibration that a manifest holds."""

from __future__ import annotations

from typing import Any

import pytest

from guardkit.classify.calibration import Calibration
from guardkit.errors import ModelError


def section(**threat: Any) -> dict[str, Any]:
    head = {"fast": [1.0, 0.0], "deep": [0.5, 0.5, 0.0], "text": [1.0, -0.5, 0.0]}
    return {"threat": head | threat, "harmful": head, "router": [0.0, 1.0], "exits": [-2.0], "confidence": 1.0}


def test_a_channel_moves_the_score_of_its_head_alone() -> None:
    calibration = Calibration.read(section(channels=[0.0, 1.5, 2.0, 0.0, 0.0]))
    for channel, moved in enumerate((0.0, 1.5, 2.0, 0.0, 0.0)):
        assert calibration.threat.odds(1.0, 3, channel) == calibration.threat.odds(1.0, 3) + moved
        assert calibration.harmful.odds(1.0, 3, channel) == calibration.harmful.odds(1.0, 3)


def test_a_former_model_knows_no_channels() -> None:
    scale = Calibration.read(section()).threat
    assert {scale.single(2.0, 4, channel) for channel in range(5)} == {scale.single(2.0, 4)}


@pytest.mark.parametrize("wrong", [{"channels": [0.0]}, {"channels": ["x"] * 5}, {"fast": [1.0]}, {"text": None}])
def test_a_damaged_one_is_a_model_error(wrong: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match="the manifest's calibration is incomplete"):
        Calibration.read(section(**wrong))
