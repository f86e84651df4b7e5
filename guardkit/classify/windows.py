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
ENGLISH = re.compile(r"[\t\n\r -~]*")  # what is split without the library, which takes several times as long
TOKEN = re.compile(r"[a-z0-9]+|[^\sa-z0-9]")  # BERT's, of such a text in lower case
ALPHABET = {chr(code).lower() for code in range(33, 127)}
NEEDED = ALPHABET | {f"##{sign}" for sign in ALPHABET if sign.isalnum()}  # with these no English is unknown
PROBE = f"{''.join(map(chr, range(32, 127)))} It's 2nd-rate,\tISN'T it?\r\n(e.g. Unquestionably_x86)"
SURROGATE = re.compile("[\ud800-\udfff]")  # cannot be encoded; U+FFFD is dropped by the tokenizer's normaliser


Pieces = tuple[list[int], list[int], list[int]]  # id, first and last character of each


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
        self._vocabulary = self._tokenizer.get_vocab()
        self._longest = max(map(len, self._vocabulary))
        self._usual = self._vocabulary.keys() >= NEEDED and self._english(PROBE) == self._encoded(PROBE)

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
            start = starts[first] if first else 0
            end = len(text) if whole and last == count else ends[last - 1]
            windows.append(Window(tokens, start, end))
        return windows

    def _pieces(self, text: str, most: int) -> Pieces:
        """Ids, first and last character of the word pieces of `text`; stops soon after `most` of them."""
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        for segments in _segments(text):
            for offset, part in segments:
                english = self._usual and ENGLISH.fullmatch(part)
                found = self._english(part) if english else self._encoded(part)
                ids += found[0]
                starts += [start + offset for start in found[1]] if offset else found[1]
                ends += [end + offset for end in found[2]] if offset else found[2]
            if len(ids) > most:
                break
        return ids, starts, ends

    def _encoded(self, text: str) -> Pieces:
        """The word pieces of any text, by the library."""
        # not encode_batch: its thread pool ignores our thread count and warns after a fork
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        offsets = encoding.offsets
        return encoding.ids, [start for start, _ in offsets], [end for _, end in offsets]

    def _english(self, text: str) -> Pieces:
        """The same of a text that `ENGLISH` matches: the word itself, or the longest piece that it goes on with."""
        vocabulary = self._vocabulary
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        for match in TOKEN.finditer(text.lower()):
            at, end = match.span()
            whole = vocabulary.get(match[0])
            if whole is not None:
                ids.append(whole)
                starts.append(at)
                ends.append(end)
                continue
            rest, marks = match[0], 0
            while at < end:
                piece = rest
                while piece not in vocabulary:
                    piece = piece[: min(len(piece) - 1, self._longest)]
                ids.append(vocabulary[piece])
                starts.append(at)
                at += len(piece) - marks
                ends.append(at)
                rest, marks = f"##{rest[len(piece) :]}", 2
        return ids, starts, ends


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
        runs = list(RUN.finditer(chunk)) if max(map(len, chunk.split()), default=0) > WORD else []
        cuts = {cut for run in runs for cut in (*range(run.start(), run.end(), WORD), run.end())}
        edges = sorted({0, *cuts, len(chunk)})
        yield [(first + a, chunk[a:b]) for a, b in zip(edges, edges[1:], strict=False)]
        first = min(last, len(text))
