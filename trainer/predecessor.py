"""A shipped model as the teacher of its successor: its probabilities of the training windows, where it is right.

The two have different vocabularies: a window's pieces are spelled out and split anew. Born-again networks (Furlanello
et al. 2018), with a teacher that is not heard where the labels contradict it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from math import exp
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from guardkit.classify.session import Classifier, Fast
from guardkit.classify.windows import Windows
from guardkit.trainer.prepared import Prepared

__all__ = ["heard", "judge"]

BLOCK = 400  # windows of one task
MOST = 3  # windows that a smaller vocabulary makes of one

Soft = NDArray[np.float16]

_STATE: tuple[Classifier, Windows, Prepared, Sequence[str]]


def judge(folder: Path, data: Prepared, tokenizer: str, workers: int = 2) -> Soft:
    """(N, threats + 1) probabilities of the model in `folder`: of each threat, and of harm; of its fast branch."""
    vocabulary: dict[str, int] = json.loads(tokenizer)["model"]["vocab"]
    pieces = sorted(vocabulary, key=vocabulary.__getitem__)
    starts = range(0, len(data), BLOCK)
    with get_context("fork").Pool(workers, _start, (folder, data, pieces)) as pool:
        return np.concatenate(list(track(pool.imap(_work, starts), "judge", len(starts))))


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


def _start(folder: Path, data: Prepared, pieces: Sequence[str]) -> None:
    global _STATE
    classifier = Classifier(folder)
    _STATE = classifier, Windows(classifier.manifest.read("tokenizer.json")), data, pieces


def _work(start: int) -> Soft:
    return np.array(list(_block(start)), np.float16)


def _block(start: int) -> Iterator[list[float]]:
    classifier, windows, data, pieces = _STATE
    for row in range(start, min(start + BLOCK, len(data))):
        spelled = [pieces[number] for number in data.tokens[data.bounds[row] : data.bounds[row + 1]][1:-1]]
        characters = data.characters[data.character_bounds[row] : data.character_bounds[row + 1]].astype(np.int64)[None]
        features, channel = data.features[row].astype(np.float32), int(data.channel[row])
        yield max(
            (_probabilities(classifier.fast(window.tokens, characters, features, channel))
             for window in windows.split(" ".join(spelled).replace(" ##", ""), MOST)),
            key=lambda found: 1 - found[0],
        )  # fmt: skip


def _probabilities(fast: Fast) -> list[float]:
    threat = np.exp(fast.threat - fast.threat.max())
    return [*(threat / threat.sum()).tolist(), 1 / (1 + exp(-fast.harmful))]
