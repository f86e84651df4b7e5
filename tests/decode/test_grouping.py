"""Letters in groups, with moved blanks, or cut into short lines, are put together; names and code stay apart."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from decode_cases import BENIGN, SENTENCES, share_recovered

from guardkit.decode.spacing import Spacing
from guardkit.view import View


def solid(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def cut(text: str, size: int, gap: str = " ") -> str:
    return gap.join(re.findall(f".{{1,{size}}}", text))


WAYS: dict[str, Callable[[str], str]] = {
    "fives": lambda text: cut(solid(text), 5),
    "fours": lambda text: cut(solid(text).upper(), 4),
    "twos": lambda text: cut(solid(text), 2),
    "five_a_line": lambda text: cut(solid(text), 5, "\n"),
    "four_a_line": lambda text: cut(text, 4, "\n"),
    "moved_left": lambda text: re.sub(r"(\w) (\w)", r" \1\2", text),
    "moved_right": lambda text: re.sub(r"(\w) (\w)", r"\1\2 ", text),
}


@pytest.mark.parametrize("way", WAYS)
def test_puts_together(way: str) -> None:
    assert share_recovered(Spacing(), WAYS[way]) >= 0.8


def test_knows_where_the_words_came_from() -> None:
    text = f"It says this.\n\n{cut(solid(SENTENCES[0]), 5)}\n\nThank you."
    (view,) = Spacing().decode(View(text))
    assert view.text.startswith("It says this.\n\n") and view.text.endswith("\n\nThank you.")
    for match in re.finditer(r"[a-z]+", view.text):
        low, high = view.span(*match.span())
        assert solid(text[low:high]) == solid(match[0])


@pytest.mark.parametrize(
    "text",
    [
        *BENIGN,
        "the cat and the dog ran out for the man who had the red hat but did not see him",
        "onIncrement useEffect printNotice selectROI decodescript rescanning testnet smartfee",
        "Vladimir Rostropovich, Mstislav Szymanowski, Yevgeny Oistrakh and Sviatoslav Kissin",
        "one\ntwo\nsix\nten\nred\nsky",
        "AAPL MSFT GOOG AMZN META TSLA NVDA NFLX ORCL INTC",
    ],
)
def test_leaves_ordinary_text_alone(text: str) -> None:
    assert not list(Spacing().decode(View(text)))
