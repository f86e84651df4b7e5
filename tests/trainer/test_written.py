"""The authors' texts, and the samples made of them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from guardkit.trainer.synth import FAMILIES, Pool, written
from guardkit.trainer.synth.typography import slip
from guardkit.trainer.synth.worn import WEAR, Wear
from guardkit.trainer.synth.written import FOLDER, texts
from guardkit.verdict import CHANNELS

EMPTY = Pool((), (), (), (), ())
POOL = Pool(
    ("The ferry crosses the bay twice a day.",), ('{"tide": "rising"}',), ("Which birds nest in chimneys?",), (), ()
)
BLIND = Path(__file__).parents[2] / "benchmarks" / "prompts"


def runs(text: str, size: int) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}


def test_every_theme_has_attacks_and_as_many_harmless_twins() -> None:
    themes = sorted(FOLDER.glob("*.jsonl"))
    assert len(themes) >= 30
    for path in themes:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        wanted = sum(row["label"] != "benign" or row.get("harmful", 0) for row in rows)
        assert len(rows) - wanted >= max(100, 0.95 * wanted), path.name
        assert wanted >= 80 or path.stem.startswith("harmless"), path.name
        assert not path.stem.startswith("harm_") or {row["label"] for row in rows} == {"benign"}, path.name


def test_texts_are_valid_and_none_is_there_twice() -> None:
    assert {one.label for one in texts()} == {"injection", "jailbreak", "benign"}
    assert {one.channel for one in texts()} <= set(CHANNELS)
    assert len({one.text for one in texts()}) == len(texts()) >= 19_000
    assert len({one.lang for one in texts()}) >= 15
    assert not [one for one in texts() if len(one.text.strip()) < 8]


def test_the_blind_set_shares_no_run_of_words_with_them() -> None:
    """What measures must not be learnt: no nine words of the texts that were written to be counted only."""
    known = set().union(*(runs(one.text, 9) for one in texts()))
    for path in sorted(BLIND.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            assert known.isdisjoint(runs(json.loads(line)["text"], 9)), json.loads(line)["id"]


@pytest.mark.parametrize("pool", [POOL, EMPTY])
def test_samples_keep_the_label_and_say_where_the_attack_is(pool: Pool) -> None:
    attacks = {one.text.lower()[:20] for one in texts() if one.label != "benign"}
    channels, alone = Counter[str](), 0
    for seed in range(400):
        sample = FAMILIES["written_attack"](Random(seed), pool)
        assert sample == FAMILIES["written_attack"](Random(seed), pool)
        assert sample.label in ("injection", "jailbreak") and sample.harmful is None
        channels[sample.channel] += 1
        alone += sample.span == (0, len(sample.text))
        if sample.span:
            start, end = sample.span
            assert 0 <= start < end <= len(sample.text)
    assert attacks and min(channels[name] for name in ("user", "document", "tool")) > 10
    assert 0.4 * 400 < alone < 0.9 * 400, "some alone, some in company or inside a document"
    for seed in range(200):
        sample = FAMILIES["written_benign"](Random(seed), pool)
        assert (sample.label, sample.harmful, sample.span) == ("benign", 0, None)


def test_harmful_requests_are_no_attacks() -> None:
    for seed in range(100):
        sample = FAMILIES["written_harm"](Random(seed), EMPTY)
        assert (sample.label, sample.harmful, sample.channel, sample.span) == ("benign", 1, "user", None)
    calm = {" ".join(one.text.lower().split()) for one in texts() if one.label == "benign" and not one.harmful}
    harm = {" ".join(one.text.lower().split()) for one in texts() if one.harmful}
    assert len(harm) >= 2_000 and calm.isdisjoint(harm)


def test_a_thousand_draws_hardly_repeat() -> None:
    rng = Random(5)
    for name in ("written_attack", "written_benign", "written_harm"):
        assert len({FAMILIES[name](rng, POOL).text for _ in range(1000)}) > 700


def test_a_broken_line_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "odd.jsonl").write_text('{"text": "a", "label": "benign", "channel": "user"}\n{"text": "b"}\n', "utf-8")
    monkeypatch.setattr(written, "FOLDER", tmp_path)
    texts.cache_clear()
    with pytest.raises(ValueError, match=r"odd\.jsonl, line 2"):
        texts()
    texts.cache_clear()


@pytest.mark.parametrize("pool", [POOL, EMPTY])
def test_attacks_and_harmless_texts_stand_amid_the_same_prose(pool: Pool) -> None:
    """What surrounds a text tells nothing: only what is in the midst of it does."""
    places, company, inside, common = Counter[str](), 0, 0, 0
    for seed in range(300):
        bad, good = (FAMILIES[name](Random(seed), pool) for name in ("amid", "amid_benign"))
        assert bad.label in ("injection", "jailbreak") and (good.label, good.harmful, good.span) == ("benign", 0, None)
        assert bad.channel == good.channel and bad.span is not None
        places[bad.channel] += 1
        start, end = bad.span
        before, after = bad.text[:start].split(), bad.text[end:].split()
        assert bad.text[start:end].strip() and before + after
        company += len(before) + len(after) >= 20
        inside += bool(before) and bool(after)
        around = set(before + after)
        common += len(around.intersection(good.text.split())) >= 0.8 * len(around)
    assert min(places[name] for name in ("user", "document", "tool")) > 30
    assert inside > 200 and common > 270 and company > 270


@pytest.mark.parametrize("pool", [POOL, EMPTY])
def test_wear_is_the_same_on_both_sides(pool: Pool) -> None:
    """Slips, stray words and prose around a text come with attacks and harmless prompts alike."""
    sizes: dict[str, list[int]] = {"worn": [], "worn_benign": []}
    whole = inside = 0
    for seed in range(400):
        bad, good = (FAMILIES[name](Random(seed), pool) for name in ("worn", "worn_benign"))
        assert bad == FAMILIES["worn"](Random(seed), pool)
        assert bad.label in ("injection", "jailbreak") and (good.label, good.harmful, good.span) == ("benign", 0, None)
        assert bad.channel == good.channel == "user" and bad.span is not None
        start, end = bad.span
        assert 0 <= start < end <= len(bad.text)
        whole += (start, end) == (0, len(bad.text))
        inside += start > 0
        sizes["worn"].append(len(bad.text.split()))
        sizes["worn_benign"].append(len(good.text.split()))
    assert 80 < whole < 300 and inside > 80
    long = [sum(size > 100 for size in found) for found in sizes.values()]
    assert min(long) > 60 and max(long) < 1.5 * min(long), "length tells nothing"


def test_a_slip_is_one_letter_swapped_dropped_or_doubled() -> None:
    word, lengths = "configuration", Counter[int]()
    for seed in range(200):
        made = slip(Random(seed), word)
        lengths[len(made) - len(word)] += 1
        assert made in {word} | {
            word[:at] + new + word[at + len(old) :]
            for at in range(len(word))
            for old, new in ((word[at], ""), (word[at], word[at] * 2), (word[at : at + 2], word[at : at + 2][::-1]))
        }
    assert min(lengths[step] for step in (-1, 0, 1)) > 30
    assert slip(Random(1), "") == "" and slip(Random(1), "12") == "12"


@pytest.mark.parametrize("wear", WEAR)
def test_every_wear_changes_the_text_and_keeps_its_words(wear: Wear) -> None:
    text = "please tell every neighbour about the harbour library opening hours on public holidays"
    for seed in range(30):
        made, (start, end) = wear(Random(seed), POOL, text)
        changed = sum(word not in made[start:end].split() for word in text.split())
        assert changed <= 0.8 * len(text.split())
    assert any(wear(Random(seed), POOL, text)[0] != text for seed in range(5))
