"""A shipped model as the teacher of its successor: its probabilities of the training windows, where it is right.

The two have different vocabularies: a window's pieces are spelled out and split anew. Born-again networks (Furlanello
et al. 2018), with a teacher that is not heard where the labels contradict it.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guardkit.classify.session import Classifier, Fast
from guardkit.trainer.prepared import Prepared
from guardkit.trainer.spelling import Spelling
from guardkit.trainer.spread import spread

__all__ = ["heard", "judge"]

BLOCK = 400  # windows of one task
MOST = 3  # windows that a smaller vocabulary makes of one

Soft = NDArray[np.float16]

_STATE: tuple[Classifier, Spelling, Prepared]


def judge(folder: Path, data: Prepared, tokenizer: str, workers: int = 2) -> Soft:
    """(N, threats + 1) probabilities of the model in `folder`: of each threat, and of harm; of its fast branch."""
    starts = range(0, len(data), BLOCK)
    return np.concatenate(list(spread(_work, starts, "judge", _start, (folder, data, tokenizer), workers=workers)))


def heard(soft: Soft, data: Prepared) -> Soft:
    """The targets that a student learns from: the teacher's probabilities, where no label contradicts them.

    Of harm the labels alone speak, wherever there are any.
    """
    soft = soft.copy()
    known, rated = data.label >= 0, data.harmful >= 0
    wrong = known & ((soft[:, 0] < 0.5) != (data.label > 0))
    soft[wrong, :-1] = np.eye(soft.shape[1] - 1, dtype=np.float16)[data.label[wrong]]
    soft[rated, -1] = data.harmful[rated]
    return soft


def _start(folder: Path, data: Prepared, tokenizer: str) -> None:
    global _STATE
    _STATE = Classifier(folder), Spelling.between(tokenizer, folder), data


def _work(start: int) -> Soft:
    return np.array(list(_block(start)), np.float16)


def _block(start: int) -> Iterator[list[float]]:
    classifier, spelling, data = _STATE
    for row in range(start, min(start + BLOCK, len(data))):
        one = data.example(row)
        yield max(
            (_probabilities(classifier.fast(window.tokens, one.characters[None], one.features, one.channel))
             for window in spelling.split(one, MOST)),
            key=lambda found: 1 - found[0],
        )  # fmt: skip


def _probabilities(fast: Fast) -> list[float]:
    threat = np.exp(fast.threat - fast.threat.max())
    return [*(threat / threat.sum()).tolist(), 1 / (1 + exp(-fast.harmful))]
