"""Windows of one vocabulary in the pieces of another: they are spelled out and split anew."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

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

    def split(self, example: Example, most: int) -> list[Window]:
        """The example's text in at most so many windows; a smaller vocabulary may need several for one."""
        spelled = " ".join(self.pieces[number] for number in example.tokens[1:-1]).replace(" ##", "")
        return self.windows.split(spelled, most)


def respell(data: Prepared, rows: Sequence[int] | None, tokenizer: str, folder: Path) -> Prepared:
    """The rows (None: all) in the pieces of the model in `folder`; what does not fit into one window is cut."""
    spelling = Spelling.between(tokenizer, folder)
    examples = map(data.example, range(len(data)) if rows is None else rows)
    return Prepared.collect(
        replace(example, tokens=spelling.split(example, 2)[0].tokens.ravel()) for example in examples
    )
