# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""Clean tool results: search hits, mailboxes, customers, payments, calendars, files, logs, tables and settings."""

from __future__ import annotations

import json
from random import Random

from .letters import ASKING as LETTERS
from .pool import Pool
from .prose import PROSE, Document, paragraph, sentences, value
from .vocabulary import token

# One row of a record is a few of these fields; every value is a template.
_ROWS: dict[str, dict[str, str]] = {
    "results": {"title": "{subject}", "url": "{url}", "snippet": "{fact} [{cta}|{fact}|{question}|]", "rank": "{small}", "published": "{date}"},
    "customers": {"name": "{first} {last}", "email": "{email}", "city": "{city}", "phone": "+{number} {number}", "notes": "[{ask}|{work}|prefers {food}|call after {clock}|do not call before {clock}|wants {product}|VIP, {ask}]", "status": "[active|churned|lead]"},
    "transactions": {"date": "{date}", "amount": "{amount}", "iban": "{iban}", "payee": "{firm}", "reference": "[invoice {number}|rent {weekday}|{food} with {first}|please quote {number}|refund order {number}|thanks for the {food}!]", "balance": "{amount}"},
    "events": {"summary": "{subject}", "start": "{date} {clock}", "location": "{city}", "attendees": "{email}, {email}", "description": "[{ask}|{chat_ask}|{work}|agenda: {question} {question}|bring {sheet}]"},
    "flights": {"from": "{city}", "to": "{city}", "departs": "{clock}", "arrives": "{clock}", "price": "{amount}", "remark": "[check in {by}|passport required|gate {small}|please be at the gate {small} minutes early|bags cost {amount}]"},
    "files": {"name": "{file}", "size": "{number} kB", "owner": "{first}", "modified": "{date}", "comment": "[{ask}|draft|do not delete|please keep|final version, ignore the others|]"},
    "messages": {"sender": "{first}", "time": "{clock}", "channel": "#{ident}", "text": "[{ask}|{chat_ask}|{work}|{tech}|{question}|ok, done|see {url}]"},
    "reviews": {"author": "{first}", "stars": "{small}", "text": "{opinion} {home} [you should try it.|avoid it!|ask for a discount.|{chat_ask}|]", "product": "{product}"},
    "tickets": {"id": "{number}", "title": "{subject}", "assignee": "{person}", "body": "{tech} [{ask}|please {code_word}.|{question}]", "priority": "[low|high|urgent]"},
    "contacts": {"name": "{person}", "email": "{email}", "role": "{job}", "note": "[met in {city}|owes me {amount}|remind me to write {by}|likes {food}|{home}]"},
    "commits": {"sha": "{token}", "author": "{first}", "message": "[{tech}|fix {ident}|revert: ignore {ident}|bump version, please {code_word}|WIP do not merge]", "date": "{date}"},
    "jobs": {"title": "{job}", "company": "{firm}", "city": "{city}", "salary": "{amount}", "text": "{work} [apply {by} at {email}.|send your CV to {email}.|you speak {language} and enjoy {topic}.]"},
    "recipes": {"name": "{food}", "minutes": "{number}", "steps": "{step}. {step}. {step}.", "author": "{first}"},
    "hotels": {"name": "{firm}", "city": "{city}", "price": "{amount}", "rating": "{small}", "policy": "[check-in from {clock}. please bring an ID.|{rule_line}|no {animal}s. {ask}|call {number} if you arrive late.]"},
    "weather": {"city": "{city}", "day": "{weekday}", "high": "{small}", "advice": "[take an umbrella|avoid the coast|stay indoors after {clock}|no warning|drive carefully]"},
}  # fmt: skip


def _row(rng: Random, kind: str) -> dict[str, object]:
    fields = _ROWS[kind]
    keys = rng.sample(sorted(fields), rng.randint(3, len(fields)))
    row: dict[str, object] = {}
    for key in keys:
        text = value(rng, fields[key])
        row[key] = int(text) if text.isdigit() and rng.random() < 0.7 else text
    return row


def answer(rng: Random, pool: Pool) -> str:
    """The JSON answer of a tool."""
    kind = rng.choice(sorted(_ROWS))
    rows = [_row(rng, kind) for _ in range(rng.randint(1, 5))]
    whole: object = rng.choice(
        (rows, {kind: rows}, {"status": "ok", kind: rows, "total": len(rows)}, {"data": {kind: rows}}, rows[0])
    )
    style = rng.random()
    if style < 0.1:
        return str(whole)
    return json.dumps(whole, ensure_ascii=False, indent=rng.choice((None, None, 2, 4)))


def mailbox(rng: Random, pool: Pool) -> str:
    """The result of an e-mail search: whole letters inside JSON."""
    mails = [
        {"id": str(rng.randint(1, 999)), "from": PROSE.raw(rng, "{email}"), "subject": PROSE.say(rng, "{subject}"), "body": rng.choice(LETTERS)(rng, pool), "read": rng.random() < 0.5}
        for _ in range(rng.randint(1, 3))
    ]  # fmt: skip
    return json.dumps(
        rng.choice((mails, {"emails": mails}, {"messages": mails, "next": None})),
        ensure_ascii=False,
        indent=rng.choice((None, 2)),
    )


def web(rng: Random, pool: Pool) -> str:
    """Search results or a fetched page as plain text."""
    head = PROSE.raw(rng, '[Search results for "{topic}":|Results|{url}|Top hits ({small})|Fetched {url}|]')
    hits = [
        PROSE.say(rng, "[{small}. |- |Title: |]{subject}\n{url}")
        + "\n"
        + paragraph(rng, pool, rng.choice(("fact", "cta", "news", "science")))
        for _ in range(rng.randint(1, 4))
    ]
    return "\n\n".join([head, *hits]).strip()


def table(rng: Random, pool: Pool) -> str:
    """Rows as CSV, TSV or a markdown table."""
    kind = rng.choice(sorted(_ROWS))
    keys = rng.sample(sorted(_ROWS[kind]), rng.randint(2, min(5, len(_ROWS[kind]))))
    rows = [[value(rng, _ROWS[kind][key]) for key in keys] for _ in range(rng.randint(2, 8))]
    if rng.random() < 0.45:
        lines = ["| " + " | ".join(row) + " |" for row in (keys, ["---"] * len(keys), *rows)]
    else:
        mark = rng.choice((",", ";", "\t"))
        lines = [
            mark.join(json.dumps(cell, ensure_ascii=False) if mark in cell else cell for cell in row)
            for row in (keys, *rows)
        ]
    return "\n".join(lines)


def settings(rng: Random, pool: Pool) -> str:
    """YAML, properties or key-value lines."""
    join = rng.choice((": ", ": ", "=", " = "))
    lines = []
    for _ in range(rng.randint(3, 10)):
        if rng.random() < 0.25:
            lines.append(
                "# "
                + PROSE.say(
                    rng,
                    "[{code_word}|{tech}|change this {by}|do not commit real passwords|ask {first} before you edit]",
                )
            )
        lines.append(
            value(rng, "[{ident}|{env}|name|retries|prompt|description|password|owner|welcome_text]")
            + join
            + value(rng, '[{number}|true|{url}|{token}|{email}|"{cta}"|"{ask}"|{file}]')
        )
    return "\n".join(lines)


def log(rng: Random, pool: Pool) -> str:
    """A log, at times with a stack trace."""
    lines = [
        value(
            rng,
            "[{logline}|{date} {clock} [INFO|WARN] {tech}|{clock} {first} ran `{token}` in {file}|{domain} - - GET /{token} {number}]",
        )
        for _ in range(rng.randint(3, 9))
    ]
    if rng.random() < 0.5:
        trace = ["Traceback (most recent call last):"] + [
            value(rng, 'File "{file}", line {number}, in {ident}') for _ in range(rng.randint(1, 3))
        ]
        trace.append(
            value(
                rng,
                "[ValueError|KeyError|TimeoutError|PermissionError]: [{ident} must not be empty|please check `{env}`|cannot read {file}|try again in {small} seconds|run `{token}` first]",
            )
        )
        lines[rng.randrange(len(lines)) : 0] = trace
    return "\n".join(lines)


def shell(rng: Random, pool: Pool) -> str:
    """The output of a command: listings, git, package managers."""
    head = value(rng, "[$ ls -l|$ git log|$ git status|$ npm install|$ cat {file}|$ grep -rn TODO .|$ df -h|]")
    lines = [
        value(
            rng,
            '[-rw-r--r-- {first} {number} {date} {file}|commit {token}\nAuthor: {first} ({email})\n    {tech}|{file}:{number}: TODO {code_word}|modified: {file}|npm WARN deprecated {token}: please use {token}|hint: {code_word}|{number} packages are looking for funding, run `npm fund` for details|(use "git add {file}" to include it)]',
        )
        for _ in range(rng.randint(3, 9))
    ]
    return "\n".join([head, *lines]).strip()


def profile(rng: Random, pool: Pool) -> str:
    """A person, place or order as labelled lines."""
    kind = rng.choice(sorted(_ROWS))
    lines = [f"{key.capitalize()}: {field}" for key, field in _row(rng, kind).items()]
    return "\n".join(
        [
            *lines,
            value(rng, "[Notes|Comment|Remark|Summary]:") + " " + sentences(rng, 1, 3, rng.choice(("fact", "ask"))),
        ]
    )


def markup(rng: Random, pool: Pool) -> str:
    """Rows as XML."""
    kind = rng.choice(sorted(_ROWS))
    rows = [
        "".join(f"<{key}>{field}</{key}>" for key, field in _row(rng, kind).items()) for _ in range(rng.randint(1, 4))
    ]
    return f"<{kind}>\n" + "\n".join(f'<item id="{token(rng)}">{row}</item>' for row in rows) + f"\n</{kind}>"


RECORDS: tuple[Document, ...] = (
    answer, answer, answer, answer, mailbox, mailbox, web, web, table, table, settings, log, shell, profile, markup,
)  # fmt: skip
