"""The generator of synthetic attacks and hard negatives."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from random import Random

import pytest

from guardkit.trainer.synth import FAMILIES, SHARES, Pool, Sample, generate
from guardkit.trainer.synth.__main__ import commonest, distinct, own, report
from guardkit.trainer.synth.carriers import DOCUMENTS, TOOLS, carry
from guardkit.trainer.synth.chat import CHAT
from guardkit.trainer.synth.contrast import CONTRAST
from guardkit.trainer.synth.counterpart import COUNTERPART
from guardkit.trainer.synth.direct import AGENT
from guardkit.trainer.synth.everyday import DOMAINS, EVERYDAY
from guardkit.trainer.synth.grammar import Grammar, polish
from guardkit.trainer.synth.guidance import GUIDE
from guardkit.trainer.synth.hard import HARD, NATURAL
from guardkit.trainer.synth.harm import HARM
from guardkit.trainer.synth.harmless import HARMLESS, HAZARDS
from guardkit.trainer.synth.jailbreak import JAIL
from guardkit.trainer.synth.words import WORDS
from guardkit.trainer.synth.world import GRAMMARS

POOL = Pool(
    documents=tuple(
        f"The {thing} in our village was rebuilt in {year}. It has {year % 17} rooms. Visitors come in May."
        for thing in ("mill", "chapel", "school", "bakery", "bridge house")
        for year in (1903, 1921, 1954, 1988)
    ),
    tools=('{"temperature": 21, "sky": "clear"}', "total 3 files, 14 kB", "No flights were found for Tuesday."),
    tasks=("What rhymes with orange?", "Please sort these five numbers for me.", "How tall do sunflowers grow?"),
    systems=("You help the visitors of a museum and answer in two sentences.",),
    harmful=("How can I steal a bicycle from the station?",),
    world={
        "de": ("Die Mühle am Fluss wurde vor vielen Jahren gebaut.",),
        "fr": ("Le moulin du village est fermé en hiver.",),
    },
)
EMPTY = Pool((), (), (), (), ())


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    return list(generate(7, 9000, POOL))


def test_the_same_seed_gives_the_same_samples() -> None:
    assert list(generate(3, 400, POOL)) == list(generate(3, 400, POOL))
    assert list(generate(3, 400, POOL)) != list(generate(4, 400, POOL))


def test_every_family_is_there_and_no_text_twice(samples: list[Sample]) -> None:
    assert SHARES.keys() == FAMILIES.keys() == {sample.family for sample in samples}
    assert len({(sample.channel, sample.text) for sample in samples}) == len(samples) > 8500


def test_labels_agree_with_spans_and_channels(samples: list[Sample]) -> None:
    for sample in samples:
        assert sample.text.strip()
        assert sample.label in ("benign", "injection", "jailbreak", "obfuscation")
        assert sample.channel in ("user", "document", "tool", "system", "output")
        assert sample.harmful in (0, 1, None)
        if sample.label == "benign":
            assert sample.span is None
        elif sample.span is not None:
            start, end = sample.span
            assert 0 <= start < end <= len(sample.text)


def test_at_least_four_in_ten_are_benign(samples: list[Sample]) -> None:
    """Plain harmful requests are benign to the threat head only, so they do not count."""
    assert 0.4 <= sum(sample.label == "benign" and not sample.harmful for sample in samples) / len(samples) <= 0.6


def test_most_attacks_in_documents_are_located(samples: list[Sample]) -> None:
    inside = [sample for sample in samples if sample.label == "injection" and sample.channel in ("document", "tool")]
    assert sum(sample.span is not None for sample in inside) / len(inside) > 0.98


@pytest.mark.parametrize("carrier", sorted(set(DOCUMENTS + TOOLS), key=lambda one: one.__name__))
def test_a_carrier_tells_where_the_message_is(carrier: object) -> None:
    assert callable(carrier)
    rng = Random(1)
    for message in ("Water the tulips tomorrow.", 'Say "so" & leave\nnow \\ then'):
        for _ in range(60):
            text, start = carrier(rng, POOL, message)
            forms = (message, json.dumps(message)[1:-1], repr(message)[1:-1])
            assert any(text.startswith(form, start) for form in forms)


def test_the_span_of_an_escaped_message_covers_it() -> None:
    rng = Random(5)
    for _ in range(300):
        text, span, channel, _ = carry(rng, POOL, 'Tell "Ada" at once\nor never')
        assert span is not None and channel in ("document", "tool")
        assert text[slice(*span)].startswith("Tell ") and text[slice(*span)].endswith("or never")


def test_bare_tasks_stay_out_of_conversations() -> None:
    rng = Random(2)
    assert {carry(rng, POOL, "Sing.", bare=True)[3] for _ in range(400)}.isdisjoint({"chat", "ticket", "calendar"})


def test_families_are_diverse(samples: list[Sample]) -> None:
    groups: dict[str, list[str]] = defaultdict(list)
    for sample in samples:
        groups[sample.family].append(own(sample))
    for family, texts in groups.items():
        if family != "clean_document":  # only the tiny pool of this test
            assert distinct(texts, 3) > 0.3, family
    assert distinct([own(sample) for sample in samples], 3) > 0.45


def test_both_sides_have_every_language(samples: list[Sample]) -> None:
    for family in ("world_attack", "world_benign"):
        assert {sample.lang for sample in samples if sample.family == family} == GRAMMARS.keys()


def test_harm_is_separate_from_threat(samples: list[Sample]) -> None:
    kinds = {(sample.family, sample.label, sample.harmful) for sample in samples}
    assert ("harmful", "benign", 1) in kinds and ("scary", "benign", 0) in kinds
    assert {("fiction", "jailbreak", 0), ("fiction", "jailbreak", 1)} <= kinds


def test_a_hazard_is_no_sign_of_harm() -> None:
    """The same dangerous words stand in harmful and in harmless requests, plain ones and staged ones."""
    drawn = list(generate(1, dict.fromkeys(("wish", "concern", "staged", "staged_wish"), 700), EMPTY))
    texts = {0: "", 1: ""}
    for sample in drawn:
        assert sample.harmful is not None and (sample.harmful == 1) == (sample.family in ("wish", "staged_wish"))
        texts[sample.harmful] += sample.text.lower()
    scary = "kill bomb steal hack launder poison ransomware meth blackmail forge stalk weaponise".split()
    assert not [(side, word) for side, text in texts.items() for word in scary if word not in text]


def test_no_language_has_a_rule_without_alternatives() -> None:
    assert {code: grammar.missing() for code, grammar in GRAMMARS.items() if grammar.missing()} == {}
    assert GUIDE.missing() == set()


def test_guidance_uses_the_words_of_attacks_and_is_none() -> None:
    drawn = [FAMILIES["guidance"](Random(seed), POOL) for seed in range(600)]
    assert {sample.label for sample in drawn} == {"benign"} and {sample.harmful for sample in drawn} == {0}
    assert {sample.channel for sample in drawn} == {"user", "document", "tool"}
    text = "\n".join(sample.text for sample in drawn).lower()
    for words in ("ignore", "disregard", "password", "override", "instructions", "assistant", "sudo", "system prompt"):
        assert words in text, words
    assert len({sample.text for sample in drawn}) > 580


def test_it_works_without_any_pool() -> None:
    assert len(list(generate(1, 600, EMPTY))) > 550


def test_counts_per_family_are_kept() -> None:
    drawn = list(generate(1, {"override": 30, "trigger": 20}, POOL))
    assert sorted(sample.family for sample in drawn) == ["override"] * 30 + ["trigger"] * 20


WRITTEN = [AGENT, HARD, NATURAL, HARM, JAIL, CHAT, CONTRAST, WORDS, HARMLESS, EVERYDAY, *GRAMMARS.values()]


@pytest.mark.parametrize("grammar", WRITTEN)
def test_no_rule_is_missing(grammar: Grammar) -> None:
    assert grammar.missing() <= {"want"}  # the wish is given by the caller


def test_a_long_counterpart_gets_its_request_from_the_caller() -> None:
    assert COUNTERPART.missing() == {"question", "deed"}


@pytest.mark.parametrize("family", ["counterpart", "counterpart_long", "everyday", "technical"])
def test_counterparts_and_everyday_texts_are_harmless_and_seldom_the_same(family: str) -> None:
    rng = Random(11)
    drawn = [FAMILIES[family](rng, EMPTY) for _ in range(2000)]
    assert {(sample.label, sample.harmful, sample.span) for sample in drawn} == {("benign", 0, None)}
    assert len({sample.text for sample in drawn}) >= 1900
    assert not [sample.text for sample in drawn if re.search(r"\{\w+\}|\[\w[^\]]*\|", sample.text)]
    again = Random(11)
    assert [FAMILIES[family](again, EMPTY) for _ in range(50)] == drawn[:50]


def test_every_hazard_and_domain_has_both_of_its_rules() -> None:
    """HARMLESS has a deed and a question per hazard, EVERYDAY a message and a note per domain: all are drawn."""
    rng = Random(2)
    assert len(HAZARDS) >= 40 and len(DOMAINS) >= 20
    for hazard in HAZARDS:
        assert len({HARMLESS.say(rng, f"{{do_{hazard}}}") for _ in range(60)}) >= 8
        assert len({HARMLESS.say(rng, f"{{q_{hazard}}}") for _ in range(60)}) >= 5
    for domain in DOMAINS:
        assert EVERYDAY.say(rng, f"{{ask_{domain}}}") and EVERYDAY.say(rng, f"{{note_{domain}}}")


def test_long_counterparts_are_long() -> None:
    rng = Random(5)
    lengths = sorted(len(FAMILIES["counterpart_long"](rng, EMPTY).text.split()) for _ in range(200))
    assert lengths[10] >= 18 and 30 <= lengths[100] <= 80 and lengths[-1] <= 160


def test_a_grammar_nests_choices_and_calls() -> None:
    grammar = Grammar("@greet\n[hello|[good |]day] {who}\n@who\nann|bo")
    said = {grammar.say(Random(seed), "{greet}.") for seed in range(60)}
    assert said == {f"{word} {name}." for word in ("Hello", "Good day", "Day") for name in ("ann", "bo")}


def test_unbalanced_rules_are_refused() -> None:
    with pytest.raises(ValueError, match="unbalanced"):
        Grammar("@a\n[b|c")


def test_polish_tidies_marks_articles_and_capitals() -> None:
    assert polish("write a  essay .  is it done?. yes") == "Write an essay. Is it done? Yes"


def test_the_report_names_every_family(samples: list[Sample]) -> None:
    text = report(samples[:2000])
    assert all(f"== {sample.family}\n" in text for sample in samples[:2000])
    assert commonest(["a b c", "a b c d", "x"], 3) == (2 / 3, "a b c")
