# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""Clean letters: mails, invitations, tickets, chat threads and newsletters that ask their reader for ordinary things."""

from __future__ import annotations

from random import Random

from .notices import automatic
from .pool import Pool
from .prose import PROSE, Document, clauses, paragraph, sentences, value

_SIGN = "[best regards|kind regards|thanks|many thanks|cheers|sincerely|yours|all the best|love|warmly|talk soon],\n{first} [{last}|][\n{job}, {firm}|\n{firm}\n{email}|\nTel. {number} {number}|\nSent from my phone|]"


def _greeting(rng: Random) -> str:
    return PROSE.say(
        rng,
        "[[hi|hello|dear|good morning|hey|good afternoon] [{first}|{person}|{first} and {first}|team|everyone|all]|dear [colleague|customer|neighbours|members]|to whom it may concern|hello|hi]",
    ).rstrip() + rng.choice((",", ",", "!", ":", " -"))


def _head(rng: Random) -> str:
    return PROSE.say(
        rng,
        "[From: {person} ({email})\nTo: {email}\n|From: {email}\n|sender: {email}\nrecipient: {email}\n|]Subject: {subject}[\nDate: {date} {clock}|\nCc: {email}|]",
    )


def _asks(rng: Random, low: int = 1, high: int = 3) -> str:
    """Returns requests to the reader as a paragraph or a list."""
    asks = clauses(rng, low, high, "ask")
    if len(asks) > 1 and rng.random() < 0.35:
        lead = PROSE.say(
            rng,
            "[a few things|to do before {weekday}|could you please|next steps|what I need from you|action items for you|please note]:",
        )
        mark = rng.choice(("- {}", "* {}", "• {}", "[ ] {}"))
        numbered = rng.random() < 0.4
        rows = [f"{at}. {ask}" if numbered else mark.format(ask) for at, ask in enumerate(asks, 1)]
        return "\n".join([lead, *rows])
    return " ".join(asks)


def business(rng: Random, pool: Pool) -> str:
    """A mail at work that asks the recipient for things."""
    parts = [paragraph(rng, pool, "work") for _ in range(rng.randint(0, 2))]
    parts.insert(rng.randint(0, len(parts)), _asks(rng))
    if rng.random() < 0.4:
        parts.append(sentences(rng, 1, 2, "question"))
    head = _head(rng) + "\n\n" if rng.random() < 0.75 else ""
    return head + "\n\n".join([_greeting(rng), *parts, PROSE.say(rng, _SIGN)])


def private(rng: Random, pool: Pool) -> str:
    """A mail or text among friends and family."""
    parts = [sentences(rng, 1, 4, "home"), sentences(rng, 1, 3, "chat_ask")]
    if rng.random() < 0.5:
        parts.append(paragraph(rng, pool, "home"))
    rng.shuffle(parts)
    gap = rng.choice(("\n\n", " ", "\n"))
    return (_head(rng) + "\n\n" if rng.random() < 0.4 else "") + gap.join(
        [_greeting(rng), *parts, PROSE.say(rng, _SIGN)]
    )


def reply(rng: Random, pool: Pool) -> str:
    """A reply with the quoted mail below."""
    old = "\n".join("> " + line for line in business(rng, pool).splitlines())
    lead = PROSE.say(rng, "on {date}, {person} wrote:")
    new = f"{_greeting(rng)}\n\n{sentences(rng, 1, 3, 'work')} {_asks(rng, 1, 2)}\n\n{PROSE.say(rng, _SIGN)}"
    return f"{new}\n\n{lead}\n{old}"


def thread(rng: Random, pool: Pool) -> str:
    """A thread of a team chat."""
    people = [PROSE.raw(rng, "{first}") for _ in range(rng.randint(2, 4))]
    channel = PROSE.raw(
        rng,
        "[#general|#[ops|sales|random|help|design|release|family|book-club]|Teams: {subject}|{first}, {first} and you|]",
    )
    style = rng.choice(
        (
            "{who}: {say}",
            "[{clock}] {who}: {say}",
            "{who} {clock}\n{say}\n",
            "<{who}> {say}",
            "**{who}** ({clock})\n{say}",
        )
    )
    turns = []
    for _ in range(rng.randint(3, 12)):
        say = PROSE.say(
            rng,
            "[{ask}|{chat_ask}|{work}|{tech}|{home}|{question}|ok, [will do|done|on it|thanks]|[thanks|great|sure|+1|no idea|lol] {emoji}|@{first} {ask}|see {url}|{file} is [here|wrong|attached]]",
        )
        turns.append(style.format(who=rng.choice(people), clock=PROSE.raw(rng, "{clock}"), say=say))
    return "\n".join([channel, *turns]).strip()


def support(rng: Random, pool: Pool) -> str:
    """A support ticket with a customer's request and the agent's answer."""
    say = PROSE.say
    head = say(
        rng,
        "[Ticket|Case|Request|Issue] #{number}[\n|, ][Status|State]: [open|waiting for customer|solved|new][\nPriority: [high|low|normal]|]\n[Subject|Title]: [{subject}|{product} [stopped working|arrived damaged|is missing a part]|cannot log in|wrong invoice|refund for order {number}]",
    )
    customer = say(
        rng,
        "[I ordered|we bought|I received|my mother uses] {product} {on} [and it never turned on|but the box was empty|and was charged twice|and the manual is in {language}|but the size is wrong]. [I have already restarted it {small} times.|the order number is {number}.|photos are attached.|I tried the steps on your page.|] [please|could you|I want you to] [send a replacement|refund {amount}|tell me what to do|explain how to reset my password|cancel the subscription|call me back at {clock}|change the address to {city}] [{by}|]. {question}",
    )
    agent = say(
        rng,
        "[hello {first}|dear customer|thank you for writing], [we are sorry to hear that|thanks for the details|we looked into it]. [please|could you] {step}. [then|after that], [send us {sheet}|reply to this ticket|tell us the serial number|try again {on}]. [if it still fails, {ask}|{work}|]",
    )
    turns = [f"{PROSE.raw(rng, '{first}')}: {customer}", f"Agent {PROSE.raw(rng, '{first}')}: {agent}"]
    if rng.random() < 0.4:
        turns.append(say(rng, "Internal note: {ask} {tech}"))
    return head + "\n\n" + "\n\n".join(turns[: rng.randint(1, 3)])


def invitation(rng: Random, pool: Pool) -> str:
    """A calendar entry or an invitation."""
    if rng.random() < 0.35:
        return value(
            rng,
            "BEGIN:VEVENT\nSUMMARY:{subject}\nDTSTART:{date}T{clock}\nORGANIZER:mailto:{email}\nLOCATION:[{city}|room {small}|{url}]\nDESCRIPTION:{ask} {ask}\nEND:VEVENT",
        )
    return PROSE.say(
        rng,
        "[Invitation|Event|Meeting request|You're invited|Reminder]: [{subject}|{topic} evening|{first}'s birthday|workshop on {topic}|interview with {firm}]\n[When|Date]: {weekday}, {date}, {clock}\n[Where|Place]: [{city}|room {small}|our house|{url}]\n[Agenda:\n1. {work}\n2. {question}\n3. {ask}\n|]\n[{chat_ask} {home}|{ask} {ask}|please [accept or decline|RSVP|reply] {by}. {ask}]\n[{first} {last}|the organisers|{firm}]",
    )


def newsletter(rng: Random, pool: Pool) -> str:
    """A newsletter with calls to action."""
    head = PROSE.say(rng, "[{firm}|{topic}|the {city}|our school] [weekly|newsletter|digest|bulletin], {date}")
    blocks = []
    for _ in range(rng.randint(1, 4)):
        title = PROSE.say(
            rng, "[what's new|tips of the week|{topic}|this month in {city}|meet {person}|from our kitchen]"
        )
        blocks.append(
            f"{title}\n{paragraph(rng, pool, rng.choice(('news', 'work', 'fact')))} {sentences(rng, 1, 2, 'cta')}"
        )
    tail = PROSE.say(
        rng,
        "[you receive this e-mail because you signed up at {url}.|to unsubscribe, click here.|forward this to a friend!|{cta}]",
    )
    return "\n\n".join([head, *blocks, tail])


LETTERS: tuple[Document, ...] = (
    business, business, business, private, reply, thread, thread, support, invitation, newsletter, automatic, automatic,
)  # fmt: skip
ASKING: tuple[Document, ...] = (business, business, reply, support, automatic, invitation, thread, private)
