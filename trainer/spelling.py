"""Windows of one vocabulary in the pieces of another: they are spelled out and split anew."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from guardkit.classify.windows import Window, Windows
from guardkit.trainer.prepared import Example, Prepared

__all__ = ["Spelling", "respell"]


@dataclass(frozen=True, slots=True)
class Spelling:
    pieces: Sequence[str]  # of the vocabulary that the windows are written in
    windows: Windows  # of the other

    @classmethod
    def between(cls, tokenizer: str, folder: Path) -> Spelling:
        """From the vocabulary of a tokenizer (its JSON) to that of the model in `folder`."""
        vocabulary: dict[str, int] = json.loads(tokenizer)["model"]["vocab"]
        pieces = sorted(vocabulary, key=vocabulary.__getitem__)
        return cls(pieces, Windows((folder / "tokenizer.json").read_bytes()))

    def split(self, data: Prepared, row: int, most: int) -> list[Window]:
        """The row's text in at most so many windows; a smaller vocabulary may need several for one."""
        spelled = [self.pieces[number] for number in data.tokens[data.bounds[row] : data.bounds[row + 1]][1:-1]]
        return self.windows.split(" ".join(spelled).replace(" ##", ""), most)


def respell(data: Prepared, rows: Sequence[int], tokenizer: str, folder: Path) -> Prepared:
    """The rows in the pieces of the model in `folder`; what does not fit into one window is cut."""
    spelling = Spelling.between(tokenizer, folder)

    def examples() -> Iterator[Example]:
        for row in rows:
            (window, *_) = spelling.split(data, row, 2)
            characters = data.characters[data.character_bounds[row] : data.character_bounds[row + 1]]
            yield Example(
                window.tokens.ravel(), characters.astype(np.int64), data.features[row].astype(np.float32),
                int(data.channel[row]), int(data.label[row]), int(data.harmful[row]), float(data.weight[row]),
                str(data.source[row]),
            )  # fmt: skip

    return Prepared.collect(examples())
