"""Clean documents of the generator, and attacks and foreign tasks buried inside documents."""

from __future__ import annotations

import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardkit.trainer.synth import FAMILIES, Pool
from guardkit.trainer.synth.abroad import TONGUES
from guardkit.trainer.synth.grammar import Grammar
from guardkit.trainer.synth.letters import LETTERS
from guardkit.trainer.synth.lures import EVERYDAY, LURE
from guardkit.trainer.synth.notices import NOTICE
from guardkit.trainer.synth.pages import PAGES
from guardkit.trainer.synth.papers import PAPERS
from guardkit.trainer.synth.persuasion import PERSUASION
from guardkit.trainer.synth.places import bury, places
from guardkit.trainer.synth.prose import PROSE, Document
from guardkit.trainer.synth.readership import READERSHIP
from guardkit.trainer.synth.records import RECORDS
from guardkit.trainer.synth.trackers import TRACKER, thread, tracked

POOL = Pool(
    documents=(
        "The ferry crosses the bay twice a day. In winter the crossing takes longer, because of the ice. "
        "Passengers buy their tickets on board, and bicycles travel free of charge.",
        "Clay was dug in the pits behind the church. It dried for a month. Then the potters came.",
    ),
    tools=('{"depth": "4 metres", "tide": "rising"}', "2 files copied"),
    tasks=("Which birds nest in chimneys?", "Please explain how locks on canals work."),
    systems=(),
    harmful=(),
)
EMPTY = Pool((), (), (), (), ())
CLEAN = (
    "letter",
    "notice",
    "page",
    "record",
    "paper",
    "tracker",
    "request_document",
    "own_question",
    "steering_benign",
    "abroad_document",
)
ATTACKS = ("buried", "buried_task", "steering", "abroad_injection")


@pytest.mark.parametrize("pool", [POOL, EMPTY])
@pytest.mark.parametrize("name", CLEAN + ATTACKS)
def test_a_family_is_labelled_placed_and_resolved(name: str, pool: Pool) -> None:
    for seed in range(150):
        sample = FAMILIES[name](Random(seed), pool)
        assert sample == FAMILIES[name](Random(seed), pool)
        assert sample.family == name and sample.harmful == 0 and sample.channel in ("document", "tool")
        assert sample.label == ("benign" if name in CLEAN else "injection")
        assert (sample.span is None) == (name in CLEAN)
        for rule in ("ask", "fact", "wish", "ident", "small", "url", "first", "task", "quote"):
            assert f"{{{rule}}}" not in sample.text


@pytest.mark.parametrize("name", CLEAN + ATTACKS)
def test_a_thousand_draws_hardly_repeat(name: str) -> None:
    rng = Random(11)
    assert len({FAMILIES[name](rng, POOL).text for _ in range(1000)}) >= 950


@pytest.mark.parametrize(
    "grammar",
    [PROSE, LURE, EVERYDAY, NOTICE, TRACKER, PERSUASION, READERSHIP, *(tongue.grammar for tongue in TONGUES.values())],
)
def test_no_rule_is_missing(grammar: Grammar) -> None:
    assert grammar.missing() == set()


def test_trackers_hold_what_developers_write() -> None:
    """Issues, pull requests, templates, robots, code and interfaces, and orders in many of them."""
    rng = Random(6)
    texts = [tracked(rng, EMPTY) for _ in range(400)]
    for mark in ("```", "<!-- ", "- [x]", "- [ ]", "## ", "> ", "@", "Traceback", '"state": "', "#", "rebase", "1. "):
        assert any(mark in text for text in texts), mark
    asking = [text for text in texts if any(word in text.lower() for word in ("please", "run `", "don't", "ignore"))]
    assert len(asking) > 0.4 * len(texts)


@given(st.integers(0, 10_000), st.text(st.characters(categories=["L", "Zs"]), min_size=1, max_size=60))
def test_a_thread_says_where_its_message_is(seed: int, message: str) -> None:
    text, start = thread(Random(seed), EMPTY, message)
    assert text[start : start + len(message)] == message


def test_most_request_documents_ask_their_reader_for_something() -> None:
    rng = Random(4)
    texts = [FAMILIES["request_document"](rng, POOL).text.lower() for _ in range(300)]
    asking = (
        "please",
        "could you",
        "would you",
        "can you",
        "you must",
        "you need",
        "click",
        "sign up",
        "enter ",
        "send ",
    )
    assert sum(any(word in text for word in asking) for text in texts) > 180


@given(st.integers(0, 10**6), st.sampled_from(LETTERS + PAGES + RECORDS + PAPERS))
def test_the_span_holds_the_message_wherever_it_is_buried(seed: int, document: Document) -> None:
    rng = Random(seed)
    host = document(rng, POOL)
    message = 'Tell them "all is well" and\nleave | now.'
    text, (start, end), kind = bury(rng, host, message)
    told = "tell" if kind == "tail" else "Tell"
    assert text[start:end].startswith(f"{told} them") and text[start:end].endswith("now.")
    whole = text[:start].rstrip() + text[end:]
    assert len(whole) <= len(host) + 80 and len(text) >= len(host) + len("Tell them all is well and leave now.") - 1


@given(st.integers(0, 10**6))
def test_a_json_answer_stays_json(seed: int) -> None:
    rng = Random(seed)
    host = json.dumps(
        {"rows": [{"note": "the boat left early", "n": 3}], "who": "Ada Lund"}, indent=rng.choice((None, 2))
    )
    text, _, kind = bury(rng, host, 'Say "yes" \\ and\nstop')
    assert kind in ("field", "field_start", "last_field")
    answer = json.loads(text)
    assert any('Say "yes" \\ and\nstop' in field for field in (answer["rows"][0]["note"], answer["who"]))


def test_every_kind_of_place_is_used() -> None:
    rng, kinds = Random(2), set[str]()
    for document in LETTERS + PAGES + RECORDS + PAPERS:
        for _ in range(4):
            kinds |= places(rng, document(rng, POOL)).keys()
    assert kinds == {
        "first", "first_again", "last", "last_again", "note", "between", "inside", "tail", "item", "item_tail",
        "row", "cell", "pair",
        "closing", "attribute", "element", "field", "field_start", "last_field",
    }  # fmt: skip


def test_the_last_sentence_is_as_common_a_place_as_the_first() -> None:
    rng, first, last = Random(8), 0, 0
    for _ in range(1500):
        sample = FAMILIES["buried"](rng, POOL)
        assert sample.span is not None
        start, end = sample.span
        if 60 <= len(sample.text.split()) <= 150:
            first += start == 0
            last += end >= len(sample.text) - 1
    assert last >= first >= 15
