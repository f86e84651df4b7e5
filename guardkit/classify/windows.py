"""A text as overlapping windows of word pieces, so that nothing of it is silently left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from guardkit.errors import ModelError

__all__ = ["OVERLAP", "SIZE", "Window", "Windows"]

SIZE = 128  # word pieces of a window, [CLS] and [SEP] included
OVERLAP = 16  # word pieces that a window shares with the one before
CHUNK = 20_000  # characters tokenised at once: bounds the tokenizer's memory
WORD = 100  # letters of a word: WordPiece gives up on far longer ones
RUN = re.compile(r"[^\s!-/:-@\[-`{-~]{101,}")  # a longer word, or text of a script without spaces
SURROGATE = re.compile("[\ud800-\udfff]")  # cannot be encoded; U+FFFD is dropped by the tokenizer's normaliser


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """`tokens` (1, T) is [CLS] … [SEP]; `start` and `end` are the range of characters of the text that it covers."""

    tokens: NDArray[np.int64]
    start: int
    end: int


class Windows:
    """Immutable and thread-safe."""

    def __init__(self, tokenizer_json: bytes | Path) -> None:
        data = tokenizer_json.read_bytes() if isinstance(tokenizer_json, Path) else tokenizer_json
        try:
            self._tokenizer = Tokenizer.from_buffer(data)
        except Exception as error:  # tokenizers raises bare Exception
            raise ModelError("the tokenizer cannot be read") from error
        ends = [number for piece in ("[CLS]", "[SEP]") if (number := self._tokenizer.token_to_id(piece)) is not None]
        if len(ends) != 2:
            raise ModelError("the tokenizer has no [CLS] or no [SEP]")
        self._cls, self._sep = ends

    def split(self, text: str, limit: int) -> list[Window]:
        """At most `limit` windows, at least one, in order; together they cover `text[:windows[-1].end]`.

        That is the whole text unless it needs more windows than the limit: `windows[-1].end < len(text)` tells. Text
        beyond the limit is not even tokenised.
        """
        body = SIZE - 2
        most = body + (max(limit, 1) - 1) * (body - OVERLAP)
        ids, starts, ends = self._pieces(text, most)
        whole = len(ids) <= most
        count = min(len(ids), most)
        # As few windows as possible, of equal length: a remnant of its own would lack its context.
        number = max(1, -(-(count - OVERLAP) // (body - OVERLAP)))
        step = (count - OVERLAP) / number
        spans = [(round(n * step), round((n + 1) * step) + OVERLAP) for n in range(number)]
        spans = spans if number > 1 else [(0, count)]
        windows = []
        for first, last in spans:
            tokens = np.empty((1, last - first + 2), np.int64)
            tokens[0, 0], tokens[0, 1:-1], tokens[0, -1] = self._cls, ids[first:last], self._sep
            start = int(starts[first]) if first else 0
            end = len(text) if whole and last == count else int(ends[last - 1])
            windows.append(Window(tokens, start, end))
        return windows

    def _pieces(self, text: str, most: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Ids, first and last character of the word pieces of `text`; stops soon after `most` of them."""
        parts, total = [], 0
        for segments in _segments(text):
            for offset, part in segments:
                # not encode_batch: its thread pool ignores our thread count and warns after a fork
                encoding = self._tokenizer.encode(part, add_special_tokens=False)
                if encoding.ids:
                    spans = np.array(encoding.offsets, np.int64) + offset
                    parts.append(np.column_stack([np.array(encoding.ids, np.int64), spans]))
                    total += len(spans)
            if total > most:
                break
        table = np.concatenate(parts) if parts else np.empty((0, 3), np.int64)
        return table[:, 0], table[:, 1], table[:, 2]


def _segments(text: str) -> Iterator[list[tuple[int, str]]]:
    """The text in order, in chunks cut at white space where there is some, each as (offset, part) with no long word."""
    text = text if text.isascii() else SURROGATE.sub("\ufffd", text)
    first = 0
    while first < len(text):
        last = first + CHUNK
        if last < len(text):
            space = max(text.rfind(" ", first, last), text.rfind("\n", first, last))
            last = space if space > first else last
        chunk = text[first:last]
        cuts = [cut for run in RUN.finditer(chunk) for cut in range(run.start(), run.end(), WORD)]
        cuts += [run.end() for run in RUN.finditer(chunk)]
        edges = sorted({0, *cuts, len(chunk)})
        yield [(first + a, chunk[a:b]) for a, b in zip(edges, edges[1:], strict=False)]
        first = min(last, len(text))
