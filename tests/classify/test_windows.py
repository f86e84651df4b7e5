import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from guardkit.classify.windows import NEEDED, OVERLAP, SIZE, WORD, Windows
from guardkit.errors import ModelError

BODY, STEP = SIZE - 2, SIZE - 2 - OVERLAP
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,!?[]"
WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "cat", "sat", "##ting", "on", "mat")
PIECES = [*WORDS, *LETTERS, *("##" + letter for letter in LETTERS)]


def tokenizer_json(vocabulary: list[str] = PIECES) -> bytes:
    document = {
        "version": "1.0",
        "added_tokens": [],
        "normalizer": {
            "type": "BertNormalizer",
            "clean_text": True,
            "handle_chinese_chars": True,
            "strip_accents": None,
            "lowercase": True,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "model": {
            "type": "WordPiece",
            "vocab": {piece: number for number, piece in enumerate(vocabulary)},
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 400,
        },
    }
    return json.dumps(document).encode()


WINDOWS = Windows(tokenizer_json())


def pieces(tokens: np.ndarray) -> list[str]:
    return [PIECES[number] for number in tokens[0]]


def test_a_short_text_is_one_window() -> None:
    (window,) = WINDOWS.split("The cat sat.", 8)
    assert pieces(window.tokens) == ["[CLS]", "the", "cat", "sat", ".", "[SEP]"]
    assert (window.start, window.end) == (0, 12)


@pytest.mark.parametrize("text", ["", "   \n", "\u200b\u200b", "\ud800"])
def test_a_text_without_pieces_is_one_bare_window(text: str) -> None:
    (window,) = WINDOWS.split(text, 4)
    assert pieces(window.tokens) == ["[CLS]", "[SEP]"]
    assert (window.start, window.end) == (0, len(text))


def test_a_long_text_is_covered_with_overlap() -> None:
    text = " ".join(str(number) for number in range(1500))
    windows = WINDOWS.split(text, 1000)
    sizes = [window.tokens.shape[1] for window in windows]
    assert max(sizes) <= SIZE and max(sizes) - min(sizes) <= 1  # no remnant without context
    assert windows[0].start == 0 and windows[-1].end == len(text)
    body = [window.tokens[0, 1:-1].tolist() for window in windows]
    for before, after in zip(body, body[1:], strict=False):
        assert before[-OVERLAP:] == after[:OVERLAP]
    for one, two in zip(windows, windows[1:], strict=False):
        assert one.start < two.start < one.end < two.end


@pytest.mark.parametrize("count", [BODY - 1, BODY, BODY + 1, BODY + STEP, BODY + STEP + 1, 1000])
def test_exactly_all_pieces(count: int) -> None:
    windows = WINDOWS.split("cat " * count, 1000)
    starts = [window.start // 4 for window in windows]
    seen = {start + i for start, window in zip(starts, windows, strict=True) for i in range(window.tokens.shape[1] - 2)}
    assert seen == set(range(count))
    assert len(windows) == 1 + max(0, -(-(count - BODY) // STEP))


def test_the_limit_is_told() -> None:
    text = "cat " * 2000
    windows = WINDOWS.split(text, 3)
    assert len(windows) == 3
    assert windows[-1].end == 4 * (BODY + 2 * STEP) - 1 < len(text)
    (full,) = WINDOWS.split("cat " * BODY, 1)
    assert full.end == 4 * BODY


def test_a_giant_word_is_not_hidden() -> None:
    text = "a" * 1_000_000
    windows = WINDOWS.split(text, 10)
    assert "[UNK]" not in pieces(windows[0].tokens)
    head, tail = WINDOWS.split("x" * 150 + " cat", 10)
    assert "[UNK]" not in pieces(head.tokens) + pieces(tail.tokens) and pieces(tail.tokens)[-2] == "cat"
    korean = "\uac01" * 100  # three letters each after decomposition
    assert len(WINDOWS.split(korean + korean + " cat", 10)[0].tokens[0]) == 5  # 2 unknown words of 100, "cat"


def test_specials_cannot_be_forged() -> None:
    assert pieces(WINDOWS.split("[SEP] [PAD]", 2)[0].tokens)[1:-1] == [
        "[", "s", "##e", "##p", "]", "[", "p", "##a", "##d", "]"
    ]  # fmt: skip


def test_of_ten_megabytes_only_what_the_limit_covers_is_split(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    split = Windows._encoded
    monkeypatch.setattr(Windows, "_encoded", lambda self, text: read.append(len(text)) or split(self, text))
    text = "the cat sat on the mat. " * 420_000
    windows = WINDOWS.split(text, 64)
    assert len(windows) == 64 and windows[-1].end < len(text)
    assert windows[-1].end <= sum(read) < 100_000
    read.clear()
    assert WINDOWS.split(text[:1_000_000], 10**6)[-1].end == 1_000_000
    assert sum(read) <= 1_000_000  # nothing of it twice


@settings(max_examples=60, deadline=None)
@given(st.text(st.one_of(st.characters(), st.sampled_from("ab \n.")), max_size=3000), st.integers(1, 5))
def test_any_text(text: str, limit: int) -> None:
    windows = WINDOWS.split(text, limit)
    assert 1 <= len(windows) <= limit and windows[0].start == 0
    for window in windows:
        assert window.tokens[0, 0] == 2 and window.tokens[0, -1] == 3 and window.tokens.shape[1] <= SIZE
        assert 0 <= window.start <= window.end <= len(text)


COMPLETE = [*WORDS, *sorted(NEEDED), "##the", "at", "##at", "11", "##11"]
LIBRARY = Tokenizer.from_str(tokenizer_json(COMPLETE).decode())


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.one_of(st.sampled_from("theca t1'.\n"), st.characters(min_codepoint=1, max_codepoint=130)), max_size=90)
)
def test_english_is_split_as_the_library_splits_it(text: str) -> None:
    (window,) = Windows(tokenizer_json(COMPLETE)).split(text[:WORD], 1)
    assert window.tokens[0, 1:-1].tolist() == LIBRARY.encode(text[:WORD], add_special_tokens=False).ids


def test_the_places_of_english_pieces() -> None:
    text = "The cats thesat 1111 on-mat.\n" * 30
    *_, last = Windows(tokenizer_json(COMPLETE)).split(text, 2)
    ends = [end for _, end in LIBRARY.encode(text, add_special_tokens=False).offsets]
    assert last.end == ends[2 * BODY - OVERLAP - 1] < len(text)


def test_unreadable_tokenizers(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        Windows(b"{}")
    path = tmp_path / "tokenizer.json"
    path.write_bytes(tokenizer_json().replace(b"[CLS]", b"[XXX]"))
    with pytest.raises(ModelError, match="CLS"):
        Windows(path)
