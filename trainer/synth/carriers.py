# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""Documents and tool results with a place for a message: the same carriers bring attacks and honest messages.

Every carrier takes the message and returns the whole text and where the message starts in it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

from .filler import FILLER, host, join, lines
from .notices import alert
from .pool import Pool
from .response import result
from .sample import Channel
from .trackers import thread
from .vocabulary import token

Carrier = Callable[[Random, Pool, str], tuple[str, int]]


def inline(rng: Random, pool: Pool, message: str) -> tuple[str, int]:
    """A document that begins, ends or is interrupted with the message."""
    body = host(rng, pool)
    gap = rng.choice((" ", " ", "\n", "\n\n", "\n\n", "  "))
    place = rng.random()
    if place < 0.34:
        return join(body + gap, message, "")
    if place < 0.55:
        return join("", message, gap + body)
    cuts = [at for at in range(1, len(body) - 1) if body[at] in ".\n!?" and body[at + 1] in " \n"]
    cut = rng.choice(cuts) + 1 if cuts else body.find(" ", len(body) // 2)
    return join(body[:cut] + gap, message, gap + body[cut:].lstrip()) if cut > 0 else join(body + gap, message, "")


def mail(rng: Random, pool: Pool, message: str) -> tuple[str, int]:
    say = FILLER.say
    head = say(rng, "[From: {person} <{email}>|from: {email}|SENDER: {person}]") + "\n"
    head += say(rng, "[To: {email}|to: {person}|RECIPIENT: {person}]") + "\n" if rng.random() < 0.7 else ""
    head += rng.choice(("Subject", "SUBJECT", "Betreff", "subject", "Re")) + ": " + say(rng, "{subject}") + "\n"
    head += say(rng, "[Date: {date} {clock}|]\n\n{greeting},\n\n")
    body = host(rng, pool) if rng.random() < 0.5 else lines(rng, 1, 5)
    tail = "\n\n" + say(rng, "{bye},\n{person}[\n{job}, {firm}|]")
    if rng.random() < 0.3:
        return join(head, message, "\n\n" + body + tail)
    return join(head + body + rng.choice((" ", "\n\n", "\n")), message, tail)


def page(rng: Random, pool: Pool, message: str) -> tuple[str, int]:
    """An HTML page; the message is visible text, a comment, an alt text or an invisible element."""
    wrap, end = rng.choice((
        ("<!-- ", " -->"), ("<!--\n", "\n-->"), ('<div style="display:none">', "</div>"), ("<p>", "</p>"), ("<p>", "</p>"),
        ('<span style="font-size:0;color:#fff">', "</span>"), (f'<img src="{token(rng)}.png" alt="', '">'), ("<li>", "</li>"),
        ('<meta name="description" content="', '">'), ("<blockquote>", "</blockquote>"), ('<p class="hidden">', "</p>"),
        ('<td style="opacity:0.01">', "</td>"), ("<noscript>", "</noscript>"), ('<a href="#" title="', '">more</a>'), ("<h2>", "</h2>"),
        ('<p aria-hidden="true">', "</p>"), ('<div style="position:absolute;left:-9999px">', "</div>"), ("<footer>", "</footer>"),
    ))  # fmt: skip
    top = f"<html><head><title>{FILLER.say(rng, '{subject}')}</title></head><body>\n" if rng.random() < 0.6 else ""
    body, rest = host(rng, pool), lines(rng, 0, 3)
    tag = rng.choice(("p", "div", "article", "section", "td"))
    return join(
        f"{top}<{tag}>{body}</{tag}>\n{wrap}", message, f"{end}\n<p>{rest}</p>\n" + ("</body></html>" if top else "")
    )


def code(rng: Random, pool: Pool, message: str) -> tuple[str, int]:
    written = [FILLER.raw(rng, "{code_line}") for _ in range(rng.randint(2, 8))]
    at = rng.randrange(len(written) + 1)
    mark, end = rng.choice(
        (
            ("# ", ""),
            ("// ", ""),
            ("/* ", " */"),
            ('"""', '"""'),
            ("-- ", ""),
            ("# TODO: ", ""),
            ("// NOTE: ", ""),
            ("<!-- ", " -->"),
            ('msg = "', '"'),
        )
    )
    before = "".join(line + "\n" for line in written[:at]) + mark
    return join(before, message, end + "".join("\n" + line for line in written[at:]))


def readme(rng: Random, pool: Pool, message: str) -> tuple[str, int]:
    say = FILLER.say
    head = say(rng, "# {token}\n\n{line}\n\n## [Install|Setup|Usage|Getting started]\n\n")
    head += f"```\n{rng.choice(('pip install', 'npm i', 'cargo add', 'make', 'brew install'))} {token(rng).lower()}\n```\n\n{lines(rng, 0, 3)}\n\n"
    wrap, end = rng.choice(
        (
            ("> ", ""),
            ("## Notes\n\n", ""),
            ("<!-- ", " -->"),
            ("[//]: # (", ")"),
            ("- ", ""),
            ("**Important:** ", ""),
            ("", ""),
        )
    )
    return join(head + wrap, message, end + "\n\n## License\n\n" + rng.choice(("MIT", "Apache-2.0", "BSD", "GPL")))


def ticket(rng: Random, pool: Pool, message: str) -> tuple[str, int]:
    say = FILLER.say
    head = say(
        rng,
        "[Ticket|Issue|Case|Bug|Request] #{number}\n[Status|State]: [open|new|pending|closed]\n[Reporter|Customer|Opened by]: {person}\n[Title|Subject]: {subject}\n\n",
    )
    body = host(rng, pool) if rng.random() < 0.4 else lines(rng, 1, 4)
    return join(
        head + body + rng.choice((" ", "\n\n", "\nComment: ", say(rng, "\n\n{first} wrote: "))),
        message,
        say(rng, "[\n\nAssigned to {person}|\n-- {firm}|]"),
    )


def table(rng: Random, pool: Pool, message: str) -> tuple[str, int]:
    """CSV or markdown rows; one cell is the message."""
    left, mid, right = rng.choice((("", ",", ""), ("| ", " | ", " |"), ("", ";", ""), ("", "\t", "")))
    rows = [left + mid.join(("name", "city", "note")) + right + "\n"]
    rows += [
        left
        + mid.join((FILLER.raw(rng, "{first} {last}"), FILLER.raw(rng, "{city}"), FILLER.say(rng, "{opinion}")))
        + right
        + "\n"
        for _ in range(rng.randint(2, 7))
    ]
    at = rng.randint(1, len(rows))
    before = "".join(rows[:at]) + left + FILLER.raw(rng, "{first}") + mid + FILLER.raw(rng, "{city}") + mid
    return join(before, message, right + "\n" + "".join(rows[at:]))


def log(rng: Random, pool: Pool, message: str) -> tuple[str, int]:
    rows = [FILLER.raw(rng, "{logline}") + "\n" for _ in range(rng.randint(2, 8))]
    at = rng.randrange(len(rows))
    mark = rng.choice((' msg="', " agent=", " body: ", " note: ", " ", ' ua="'))
    return join(
        "".join(rows[:at]) + rows[at].rstrip("\n") + mark,
        message,
        ('"' if '"' in mark else "") + "\n" + "".join(rows[at + 1 :]),
    )


def reviews(rng: Random, pool: Pool, message: str) -> tuple[str, int]:
    def stars() -> str:
        return rng.choice(
            ("★" * rng.randint(1, 5), f"{rng.randint(1, 5)}/5", f"{rng.randint(1, 5)} stars")
        ) + FILLER.say(rng, " - {first}: ")

    before = (
        "".join(stars() + FILLER.say(rng, "{opinion} [{line}|]") + "\n" for _ in range(rng.randint(0, 4))) + stars()
    )
    before += FILLER.say(rng, "{opinion}") + " " if rng.random() < 0.6 else ""
    return join(
        before, message, "\n" + "".join(stars() + FILLER.say(rng, "{opinion}") + "\n" for _ in range(rng.randint(0, 3)))
    )


def chat(rng: Random, pool: Pool, message: str) -> tuple[str, int]:
    def turn(text: str = "") -> str:
        return (
            FILLER.raw(rng, rng.choice(("[{clock}] ".replace("[", "(").replace("]", ")"), "", "", "- ")))
            + FILLER.raw(rng, "{first}: ")
            + text
        )

    before = "".join(turn(FILLER.say(rng, "{line}")) + "\n" for _ in range(rng.randint(1, 5)))
    return join(
        before + turn(),
        message,
        "".join(
            "\n" + turn(FILLER.say(rng, "[ok|thanks|{line}|lol|{opinion}|see you]")) for _ in range(rng.randint(0, 3))
        ),
    )


def calendar(rng: Random, pool: Pool, message: str) -> tuple[str, int]:
    if rng.random() < 0.4:
        head = FILLER.raw(
            rng, "BEGIN:VEVENT\nSUMMARY:{subject}\nORGANIZER:mailto:{email}\nLOCATION:{city}\nDESCRIPTION:"
        )
        return join(head, message, "\nEND:VEVENT")
    return join(
        FILLER.say(
            rng,
            "[Event|Meeting|Invitation]: {subject}\n[When|Time]: {date}, {clock}\n[Where|Place]: {city}\n[Details|Notes|Description]: [{line} |]",
        )
        + " ",
        message,
        "",
    )


def lookup(rng: Random, pool: Pool, message: str) -> tuple[str, int]:
    """A tool's plain-text answer: search hits, shell output, key-value lines."""
    body = rng.choice(pool.tools) if pool.tools and rng.random() < 0.6 else lines(rng, 1, 4)
    head = FILLER.raw(
        rng,
        "[Result {small}: |Search results for {topic}:\n|$ cat {file}\n|Observation: |[{file}]\n|Tool output:\n|{url}\n|]",
    )
    if rng.random() < 0.3:
        return join(head, message, "\n" + body)
    return join(
        f"{head}{body}{rng.choice((' ', chr(10), chr(10) * 2))}",
        message,
        FILLER.raw(rng, "[\n{line}|\n(exit code 0)|\nSource: {url}||]"),
    )


DOCUMENTS: tuple[Carrier, ...] = (
    inline,
    inline,
    inline,
    mail,
    mail,
    alert,
    alert,
    page,
    page,
    code,
    readme,
    ticket,
    thread,
    thread,
    table,
    log,
    reviews,
    chat,
    calendar,
)
TOOLS: tuple[Carrier, ...] = (
    result,
    result,
    result,
    lookup,
    lookup,
    page,
    mail,
    alert,
    thread,
    table,
    log,
    reviews,
    calendar,
)

_CONVERSATIONS = (chat, ticket, thread, calendar)


def carry(
    rng: Random, pool: Pool, message: str, *, bare: bool = False
) -> tuple[str, tuple[int, int] | None, Channel, str]:
    """Returns a carrier's text, the span of the message in it, the channel and the carrier's name.

    `bare` leaves out the carriers where people honestly ask each other things (chat, ticket, thread, calendar).
    """
    tool = rng.random() < 0.42
    carriers = TOOLS if tool else DOCUMENTS
    carrier = rng.choice([one for one in carriers if one not in _CONVERSATIONS] if bare else carriers)
    text, start = carrier(rng, pool, message)
    span = None
    if start >= 0:
        length = len(message)
        if not text.startswith(message, start):  # escaped inside a JSON string
            length = next(
                len(form)
                for form in (json.dumps(message, ensure_ascii=False)[1:-1], repr(message)[1:-1])
                if text.startswith(form, start)
            )
        span = (start, start + length)
    return text, span, "tool" if tool else "document", carrier.__name__
