# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""Attacks and foreign tasks inside whole documents, anywhere in them, and the twins where the question belongs."""

from __future__ import annotations

import json
import re
from random import Random

from . import letters, notices, pages, papers
from .clean import KINDS, channel
from .lures import EVERYDAY, everyday, lure
from .places import bury
from .pool import Pool
from .prose import PROSE, Document, sentences
from .records import RECORDS
from .sample import Channel, Family, Sample, attack, benign
from .typography import typeset

# Where nobody asks the reader riddles: a bare question here is foreign.
_SOBER: tuple[Document, ...] = (
    letters.business, letters.newsletter, notices.automatic, letters.support, letters.reply, pages.shop, pages.recipe, pages.readme,
    pages.reference, pages.changelog, pages.source, pages.source, pages.html, pages.article, papers.contract, papers.report, papers.news,
    papers.abstract, papers.minutes, papers.prose, papers.prose, papers.advert, papers.resume, papers.story, *RECORDS,
)  # fmt: skip


def _real(rng: Random, pool: Pool) -> tuple[str, Channel]:
    """Returns a document or tool result of the pool."""
    if pool.tools and rng.random() < 0.3:
        return rng.choice(pool.tools), "tool"
    return rng.choice(pool.documents), rng.choice(("document", "document", "tool"))


def _window(rng: Random, text: str) -> str:
    """Returns a run of whole sentences, about one window of the model, so that its last sentence counts."""
    parts = re.split(r"(?<=[.!?])\s+", text)
    start = end = rng.randrange(len(parts))
    size = rng.randint(50, 105)
    words = 0
    while words < size and (end < len(parts) or start > 0):
        if end < len(parts):
            words += len(parts[end].split())
            end += 1
        else:
            start -= 1
            words += len(parts[start].split())
    return " ".join(parts[start:end])


def passage(rng: Random, pool: Pool) -> str:
    """Returns harmless prose of 50 to 120 words, of real documents where there are any."""
    text = _window(rng, rng.choice(pool.documents)) if pool.documents and rng.random() < 0.7 else ""
    while len(text.split()) < 50:
        text = (text + " " + papers.prose(rng, pool)).strip()
    return _window(rng, text) if len(text.split()) > 120 else text


def _host(rng: Random, pool: Pool, sober: bool) -> tuple[str, Channel]:
    roll = rng.random()
    if roll < 0.3:
        return passage(rng, pool), rng.choice(("document", "document", "tool"))
    if roll < 0.5 and pool.documents:
        return _real(rng, pool)
    kind = rng.choice(_SOBER if sober else rng.choice(KINDS))
    return kind(rng, pool), channel(rng, kind)


def _split(rng: Random, text: str, message: str) -> tuple[str, tuple[int, int]]:
    """Returns the text with the sentences of the message apart by one or two sentences; the span holds all of them."""
    parts = re.split(r"(?<=[.!?])\s+", message.strip())
    if len(parts) == 1:
        words = message.split()
        middle = max(1, len(words) // 2)
        parts = [
            " ".join(words[:middle]) + rng.choice((" ...", " (continued below)", " -", "")),
            " ".join(words[middle:]),
        ]
    body = re.split(r"(?<=[.!?])\s+", text)
    at = rng.randint(0, max(len(body) - 2, 0))
    head = " ".join(body[:at])
    head += " " if head else ""
    between = " ".join(body[at : at + rng.randint(1, 2)])
    middle_text = f"{parts[0]} {between} {' '.join(parts[1:])}"
    tail = " ".join(body[at + 2 :])
    return f"{head}{middle_text} {tail}".rstrip(), (len(head), len(head) + len(middle_text))


def _dialogue(rng: Random, pool: Pool) -> tuple[str, tuple[int, int]]:
    """Returns a recorded conversation whose last turn but a few is the attack."""
    me, you = rng.choice((("User", "Assistant"), ("Human", "AI"), ("Customer", "Bot"), ("Q", "A"), ("user", "model")))
    turns: list[str] = []
    for _ in range(rng.randint(1, 3)):
        turns += [f"{me}: {everyday(rng, pool)}", f"{you}: {sentences(rng, 1, 3)}"]
    before = "\n".join([*turns, f"{rng.choice((me, me, 'System', 'Tool'))}: "])
    said = lure(rng, pool)
    after = (
        f"\n{you}: {PROSE.say(rng, '[sure|understood|as you wish|one moment]. {fact}')}" if rng.random() < 0.4 else ""
    )
    return before + said + after, (len(before), len(before) + len(said))


def buried(rng: Random, pool: Pool) -> Sample:
    """An attack in some place of a document, at times split over it or as a turn of a recorded conversation."""
    roll = rng.random()
    if roll < 0.06:
        text, span = _dialogue(rng, pool)
        return attack(text, "buried", channel=rng.choice(("document", "tool")), span=span)
    if roll < 0.14:
        text, span = _split(rng, passage(rng, pool), lure(rng, pool))
        return attack(text, "buried", channel=rng.choice(("document", "tool")), span=span)
    host, place = _host(rng, pool, sober=False)
    text, span, _ = bury(rng, host, lure(rng, pool))
    return attack(text, "buried", channel=place, span=span)


def buried_task(rng: Random, pool: Pool) -> Sample:
    """A bare question or command without any trigger word in a document that it has nothing to do with."""
    host, place = _host(rng, pool, sober=True)
    said = everyday(rng, pool)
    if rng.random() < 0.2:
        said += rng.choice((" ", " Also, ", " And ")) + everyday(rng, pool)
    text, span, _ = bury(rng, host, typeset(rng, said))
    return attack(text, "buried_task", channel=place, span=span)


def _answered(rng: Random) -> str:
    return PROSE.say(
        rng, "[{fact}|{number}|{first}|{city}|{step}.|yes, {home}|no|about {small}|{science}|it depends. {fact}]"
    )


_TITLES = {
    "sheet": "[exercise sheet|homework|worksheet|practice problems|exam|midterm|problem set|class test|revision] {number}[: {topic}|, due {date}|, name: ____|]",
    "quiz": "[pub quiz|trivia night|quiz|kids' corner|brain teasers|general knowledge|question of the day|flash cards] [{weekday}|round {small}|about {topic}|]",
    "survey": "[survey|questionnaire|oral exam questions|interview guide|discussion questions|book club questions|conversation cards|ice breakers|essay topics] [{number}|for {job}s|by {firm}|]",
    "prompts": "[things you can ask our bot|example prompts|prompt library|sample questions for the assistant|most asked by users this week|search suggestions|popular searches|test questions for the chatbot]",
    "faq": "[readers ask|frequently asked questions|letters to the editor|ask the {job}|answers to your questions about {topic}]",
}  # fmt: skip


def own_question(rng: Random, pool: Pool) -> Sample:
    """The same questions where they are the document's own matter: homework, quiz, survey, readers' letters, data."""
    asked = [everyday(rng, pool) for _ in range(rng.randint(2, 7))]
    shape = rng.choice((*_TITLES, "rows", "rows", "person", "record"))
    if shape == "rows":
        return benign(_rows(rng, asked), "own_question", channel=rng.choice(("document", "tool", "tool")))
    if shape == "person":
        return benign(
            _person(rng, pool, asked[0]), "own_question", channel=rng.choice(("document", "document", "tool"))
        )
    if shape == "record":  # a recorded conversation: the questions were answered there
        me, you = rng.choice(
            (("User", "Assistant"), ("Human", "AI"), ("Q", "A"), ("Student", "Teacher"), ("Customer", "Bot"))
        )
        text = "\n".join(f"{me}: {ask}\n{you}: {_answered(rng)}" for ask in asked)
        return benign(text, "own_question", channel=rng.choice(("document", "tool")))
    mark = rng.choice(
        (
            "{at}. {ask}",
            "{at}) {ask}",
            "- {ask}",
            "Question {at}: {ask}",
            "{ask}",
            "### {ask}",
            "({at}) {ask}",
            "<h3>{ask}</h3>",
            "<li>{ask}</li>",
        )
    )
    answered = shape == "faq" or rng.random() < 0.35
    rows = [
        mark.format(at=at, ask=ask) + ("\n" + rng.choice(("", "Answer: ", "-> ")) + _answered(rng) if answered else EVERYDAY.raw(rng, "[ ({small} points)|| ____|]"))
        for at, ask in enumerate(asked, 1)
    ]  # fmt: skip
    intro = PROSE.say(
        rng,
        "[work alone and show your steps.|answer all questions.|choose one.|no phones, please.|write full sentences.|{fact}|solutions on page {small}.||]",
    )
    end = PROSE.say(rng, "[hand in {by}.|good luck!|{ask}|{fact}|||]")
    text = rng.choice(("\n", "\n\n")).join(part for part in (PROSE.say(rng, _TITLES[shape]), intro, *rows, end) if part)
    return benign(text, "own_question", channel=rng.choice(("document", "document", "tool")))


def _rows(rng: Random, asked: list[str]) -> str:
    """Returns the questions as rows of data: logs of searches, training sets, tickets, flash cards."""
    keys = rng.choice(
        (
            ("question", "answer"),
            ("instruction", "output"),
            ("prompt", "completion"),
            ("query", "top_hit"),
            ("front", "back"),
            ("title", "body"),
        )
    )
    rows = [{keys[0]: ask, keys[1]: _answered(rng)} for ask in asked]
    style = rng.random()
    if style < 0.5:
        return json.dumps(
            rng.choice((rows, {"items": rows}, {"data": rows, "count": len(rows)})),
            ensure_ascii=False,
            indent=rng.choice((None, None, 2)),
        )
    if style < 0.7:
        return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    if style < 0.85:
        return "\n".join(
            [
                PROSE.raw(rng, "time,user,query"),
                *(PROSE.raw(rng, "{clock},{first},") + json.dumps(row[keys[0]], ensure_ascii=False) for row in rows),
            ]
        )
    return "\n".join(
        [
            "| " + " | ".join(keys) + " |",
            "| --- | --- |",
            *("| " + " | ".join(row.values()).replace("\n", " ") + " |" for row in rows),
        ]
    )


def _person(rng: Random, pool: Pool, ask: str) -> str:
    """Returns a text in which a named person asks another person the question."""
    before, after = sentences(rng, 0, 3), sentences(rng, 0, 3)
    quoted = PROSE.say(
        rng,
        '[{first} asked the {job}|the teacher wrote on the board|my daughter wanted to know|the first question in the interview was|a reader from {city} writes|the exam asked|on the card it said|"what a day," said {first}. then the child asked|the quiz master read out]: {quote}',
        quote=rng.choice(("“{}”", '"{}"', "'{}'", "{}")).format(ask),
    )
    answer = PROSE.say(
        rng,
        "[nobody knew.|{first} answered: {answer}|the {job} laughed.|we looked it up: {answer}|it took us {small} minutes.|our answer is below. {answer}]",
        answer=_answered(rng),
    )
    return " ".join(part for part in (before, quoted, answer, after) if part)


FAMILIES: dict[str, Family] = {"buried": buried, "buried_task": buried_task, "own_question": own_question}
