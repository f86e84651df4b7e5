"""A text on its way through the pipeline, with the exact way back to the original.

Every normaliser and decoder turns one `View` into another with `pick` or `splice`; both compose the offset map,
so that any range of any view, however often decoded, is a range of the original text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Offsets", "Replacement", "View"]

Offsets = NDArray[np.int32]
Replacement = tuple[int, int, str]  # start, end (in the view), new text


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A text and, for each of its characters, the range of the original text it came from.

    `starts` and `ends` have one entry per character, or are both None while the view is the original itself.
    `chain` names the steps that produced the view, first step first. `share` is the part (0..1) of the view's
    characters that came out of a decoder, as against text that was legible before.
    """

    text: str
    chain: tuple[str, ...] = ()
    starts: Offsets | None = None
    ends: Offsets | None = None
    share: float = 0.0

    def __len__(self) -> int:
        return len(self.text)

    def span(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """The smallest range of the original text that holds the view's characters start..end."""
        end = len(self.text) if end is None else end
        if self.starts is None or self.ends is None:
            return start, end
        if start >= end:
            at = int(self.starts[start]) if start < len(self.starts) else int(self.ends[-1]) if len(self.ends) else 0
            return at, at
        return int(self.starts[start:end].min()), int(self.ends[start:end].max())

    def offsets(self) -> tuple[Offsets, Offsets]:
        """The offset map as arrays, also for the original itself."""
        if self.starts is None or self.ends is None:
            base = np.arange(len(self.text) + 1, dtype=np.int32)
            return base[:-1], base[1:]
        return self.starts, self.ends

    def altered(self, original: str) -> NDArray[np.bool_]:
        """Per character, whether it is not simply the one that stands there in the original text."""
        starts, ends = self.offsets()
        mine, theirs = (np.frombuffer(t.encode("utf-32-le", "surrogatepass"), np.uint32) for t in (self.text, original))
        previous = np.concatenate([starts[:1], ends[:-1]])
        changed: NDArray[np.bool_] = (mine != theirs[starts]) | (ends - starts != 1) | (starts != previous)
        return changed

    def pick(self, name: str, indices: Sequence[int] | Offsets, *, share: float | None = None) -> View:
        """The view made of the characters at `indices`, in that order: removal, reversal, reordering."""
        index = np.asarray(indices, dtype=np.int32)
        starts, ends = self.offsets()
        text = "".join(map(self.text.__getitem__, index.tolist()))
        return View(text, (*self.chain, name), starts[index], ends[index], self.share if share is None else share)

    def splice(self, name: str, replacements: Iterable[Replacement], *, share: float | None = None) -> View:
        """The view with ranges replaced; each new character maps to the whole range it replaced.

        Replacements are in order and do not overlap. An empty replacement deletes the range. Unless given, `share`
        becomes the replaced part of the new text, or stays as it was where that is more.
        """
        starts, ends = self.offsets()
        texts: list[str] = []
        new_starts: list[Offsets] = []
        new_ends: list[Offsets] = []
        at = decoded = 0
        for start, end, new in replacements:
            if start < at or end < start:
                raise ValueError(f"replacements overlap or are out of order at {start}")
            texts += (self.text[at:start], new)
            low, high = self.span(start, end)
            new_starts += (starts[at:start], np.full(len(new), low, np.int32))
            new_ends += (ends[at:start], np.full(len(new), high, np.int32))
            decoded += len(new)
            at = end
        texts.append(self.text[at:])
        new_starts.append(starts[at:])
        new_ends.append(ends[at:])
        text = "".join(texts)
        if share is None:
            share = max(self.share, decoded / len(text)) if text else self.share
        return View(text, (*self.chain, name), np.concatenate(new_starts), np.concatenate(new_ends), share)

    def cut(self, start: int, end: int, *, name: str | None = None) -> View:
        """The part start..end as a view of its own."""
        starts, ends = self.offsets()
        chain = self.chain if name is None else (*self.chain, name)
        return View(self.text[start:end], chain, starts[start:end], ends[start:end], self.share)

    def become(self, name: str, text: str, *, start: int = 0, end: int | None = None, share: float = 1.0) -> View:
        """A new text whose every character maps to the range start..end of this view: a payload taken out of it."""
        low, high = self.span(start, end)
        size = len(text)
        return View(text, (*self.chain, name), np.full(size, low, np.int32), np.full(size, high, np.int32), share)
