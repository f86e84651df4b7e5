"""Harmful requests of every hazard group and the frames that they share with their harmless twins."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardkit.trainer.synth import SHARES, Pool, generate
from guardkit.trainer.synth.__main__ import commonest, distinct
from guardkit.trainer.synth.cast import CAST
from guardkit.trainer.synth.frames import FRAMES, dress, frame
from guardkit.trainer.synth.hazard import FAMILIES, GROUPS, HAZARD, asked, written

EMPTY = Pool((), (), (), (), ())
KINDS = ("ask_deed", "ask_thing", "ask_claim", "write_claim", "write_effect")
SEEDS = st.integers(0, 2**32)


@pytest.fixture(scope="module", params=sorted(FAMILIES))
def texts(request: pytest.FixtureRequest) -> list[str]:
    """Two thousand draws of a family, repeats included."""
    rng = Random(11)
    return [FAMILIES[request.param](rng, EMPTY).text for _ in range(2000)]


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_a_hazard_is_harmful_and_no_threat(family: str) -> None:
    drawn = list(generate(2, {family: 300}, EMPTY))
    assert len(drawn) == 300 and SHARES[family] > 0
    assert {(one.label, one.harmful, one.channel, one.family) for one in drawn} == {("benign", 1, "user", family)}
    assert drawn == list(generate(2, {family: 300}, EMPTY)) != list(generate(3, {family: 300}, EMPTY))


def test_few_texts_repeat(texts: list[str]) -> None:
    assert len(set(texts)) >= 0.95 * len(texts)
    assert distinct(texts, 3) > 0.4 and distinct(texts, 4) > 0.6
    share, gram = commonest(texts)
    assert share < 0.05, gram


def test_texts_are_whole(texts: list[str]) -> None:
    assert not [text for text in texts if set(text) & set("{}[]|")]
    sizes = sorted(len(text.split()) for text in texts)
    assert sizes[20] <= 8 and sizes[-20] >= 30 and sizes[-1] <= 90


def test_every_slot_has_a_rule() -> None:
    assert not HAZARD.missing() and not CAST.missing()
    assert FRAMES.missing() == {kind.partition("_")[2] for kind in KINDS}  # given by the caller


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_is_no_handful_of_sentences(group: str) -> None:
    rng = Random(5)
    assert len({asked(rng, group) for _ in range(150)}) >= 140


@given(SEEDS, st.sampled_from(KINDS))
def test_a_frame_holds_what_it_is_given(seed: int, kind: str) -> None:
    text = frame(Random(seed), kind, "zarp the blick")
    assert text.count("zarp the blick") == 1 and "{" not in text


@given(SEEDS)
def test_a_dressed_request_keeps_its_words(seed: int) -> None:
    plain = dress(Random(seed), "zarp blick").lower()
    assert sum(letter in plain for letter in "zarpblick") >= 7  # typing slips drop a letter or two


@given(SEEDS)
def test_the_same_seed_asks_the_same(seed: int) -> None:
    assert asked(Random(seed)) == asked(Random(seed)) and written(Random(seed)) == written(Random(seed))


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(KeyError):
        asked(Random(0), "gardening")
