# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""Sentences in documents that steer what a machine says or does with them, and their honest twins.

No trigger word betrays them: a CV that names its own score, an invoice that replaces the bank details, a page that wants
to be named first. The twins stand in the same genres, places and frames but speak to people or tell about machines.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from random import Random

from .carriers import carry
from .grammar import Grammar
from .notices import alert
from .occasions import BODY, GENRES, HOSTS
from .persuasion import ATTACKS
from .places import bury
from .pool import Pool
from .prose import PROSE
from .readership import HONEST
from .sample import Channel, Family, Sample, attack, benign
from .typography import typeset

_HERE = "\ue000"  # stands for the message until the document is finished
_SHORTEST = 45  # characters of a message: less says nothing of its own
_LONGEST = 1600  # characters of a foreign host: a message far outside the model's window teaches nothing

Layout = Callable[[Random, str, list[str], str], tuple[str, str]]


def _cast(rng: Random) -> dict[str, str]:
    """Returns the names that the document and the message share."""
    say = BODY.raw
    return {
        "hero": say(rng, "{firm}"), "rival": say(rng, "{firm}"), "who": say(rng, "{first} {last}"),
        "link": say(rng, "{url}"), "mail": say(rng, "{email}"), "sum": say(rng, "{amount}"),
    }  # fmt: skip


def _frame(rng: Random, voice: Grammar, cast: Mapping[str, str]) -> str:
    """Returns one frame that does not say the same thing twice."""
    text = ""
    for _ in range(5):
        text = voice.say(rng, "{frame}", **cast)
        parts = [part.lower() for part in re.split(r"[.:;,>]\s+|\n|\s(?:and|then|to)\s", text) if len(part) > 12]
        if len({part.strip(" .-") for part in parts}) == len(parts):
            break
    return text


def _message(rng: Random, voice: Grammar, cast: Mapping[str, str]) -> str:
    """Returns one frame of a genre or a few."""
    said = [_frame(rng, voice, cast) for _ in range(rng.choice((1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 4, 6)))]
    while sum(map(len, said)) < _SHORTEST:
        said.append(_frame(rng, voice, cast))
    text = rng.choice((" ", " ", "\n")).join({one[:24].lower(): one for one in said}.values())
    if rng.random() < 0.2:
        text += " " + voice.say(rng, "{after}", **cast)
    text = re.sub(r"(?<=[.!?]) ([a-z])", lambda found: " " + found.group(1).upper(), text.strip())
    return typeset(rng, text) if rng.random() < 0.5 else text


def _sentences(rng: Random, genre: str, cast: Mapping[str, str]) -> list[str]:
    """Returns ordinary sentences of the genre, a few of them on something else."""
    said: dict[str, str] = {}  # by their first words: three sentences of one pattern read like a form
    for _ in range(rng.choice((1, 2, 3, 3, 4, 5, 6, 9))):
        row = BODY.say(rng, f"{{{genre}_body}}" if rng.random() < 0.8 else "{fact}", **cast)
        said.setdefault(" ".join(row.split()[:3]), row)
    return list(said.values())


def _into(rng: Random, rows: list[str], item: str) -> list[str]:
    """Returns the rows with one more at the start, in the middle or at the end."""
    at = rng.choice((0, len(rows), rng.randint(0, len(rows))))
    return [*rows[:at], item, *rows[at:]]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _plain(rng: Random, head: str, rows: list[str], message: str) -> tuple[str, str]:
    """Running text, paragraphs or a list with the message among the sentences."""
    gap = rng.choice((" ", " ", "\n", "\n\n", "\n- "))
    top = head + rng.choice(("\n\n", "\n", ". ", ": ")) if rng.random() < 0.7 else ""
    return top + gap.join(_into(rng, rows, _HERE)), _flat(message) if gap == "\n- " else message


def _footnote(rng: Random, head: str, rows: list[str], message: str) -> tuple[str, str]:
    mark = rng.choice(("*", "1", "(1)", "[1]", "†", "a)"))
    at = rng.randrange(len(rows))
    body = " ".join([*rows[:at], rows[at] + mark, *rows[at + 1 :]])
    return f"{head}\n\n{body}\n\n{rng.choice(('', '---' + chr(10), 'Notes' + chr(10)))}{mark} {_HERE}", message


def _boxed(rng: Random, head: str, rows: list[str], message: str) -> tuple[str, str]:
    """Text with the message in a box of its own: a quotation, a bold line, brackets."""
    before, after = rng.choice((("> ", ""), ("**", "**"), ("(", ")"), ("[", "]"), ("— ", " —"), ("*** ", " ***"), ("| ", " |"), ("NB ", "")))  # fmt: skip
    return f"{head}\n\n" + "\n\n".join(_into(rng, rows, before + _HERE + after)), _flat(message)


_ELEMENTS = (
    ("<!-- ", " -->"), ("<!-- ", " -->"), ('<div style="display:none">', "</div>"), ('<div hidden>', "</div>"), ("<p>", "</p>"), ("<p>", "</p>"),
    ('<span style="color:#fff">', "</span>"), ('<p class="note">', "</p>"), ("<small>", "</small>"), ("<aside>", "</aside>"), ("<td>", "</td>"),
    ("<footer>", "</footer>"), ("<li>", "</li>"), ('<div class="sr-only">', "</div>"), ("<noscript>", "</noscript>"), ("<figcaption>", "</figcaption>"),
    ('<p style="font-size:1px">', "</p>"), ("<details><summary>more</summary>", "</details>"),
)  # fmt: skip


def _html(rng: Random, head: str, rows: list[str], message: str) -> tuple[str, str]:
    open_, close = rng.choice(_ELEMENTS)
    tag = rng.choice(("p", "p", "div", "li", "td"))
    body = "\n".join(_into(rng, [f"<{tag}>{row}</{tag}>" for row in rows], open_ + _HERE + close))
    level = rng.randint(1, 3)
    top = f"<h{level}>{head}</h{level}>\n" if rng.random() < 0.6 else ""
    return f"<html><body>\n{top}{body}\n</body></html>" if rng.random() < 0.4 else top + body, message


_FIELDS = (
    "note notes comment description body text summary remarks message instructions content details memo snippet".split()
)


def _record(rng: Random, head: str, rows: list[str], message: str) -> tuple[str, str]:
    """JSON with the message in a field of its own or after the ordinary text."""
    name = rng.choice(_FIELDS)
    own = rng.random() < 0.5
    fields: list[tuple[str, object]] = [
        ("id", rng.randint(1, 99999)), ("title", head), ("date", PROSE.raw(rng, "{date}")), ("author", PROSE.raw(rng, "{person}")), ("status", rng.choice(("ok", "open", "new", 200)))
    ]  # fmt: skip
    fields = rng.sample(fields, rng.randint(1, 4))
    if own:
        fields += [(f"{rng.choice(('text', 'line', 'item'))}_{at}", row) for at, row in enumerate(rows[:3], 1)]
    fields.append((name, _HERE if own else " ".join(_into(rng, rows, _HERE))))
    rng.shuffle(fields)
    item = dict(fields)
    whole: object = rng.choice((item, item, [item], {"results": [item]}, {"status": "ok", "data": item}))
    text = json.dumps(whole, ensure_ascii=False, indent=rng.choice((None, None, 2)))
    return text, json.dumps(message, ensure_ascii=False)[1:-1]


def _table(rng: Random, head: str, rows: list[str], message: str) -> tuple[str, str]:
    """A table with the message in one cell: CSV or markdown."""
    keys = rng.choice(
        (("item", "date", "remarks"), ("name", "city", "note"), ("no", "by", "text"), ("id", "amount", "comment"))
    )
    cells = [[str(at), PROSE.raw(rng, "[{date}|{first}|{city}|{amount}]"), row] for at, row in enumerate(rows, 1)]
    at = rng.randint(0, len(cells))
    cells.insert(at, [PROSE.raw(rng, "[{first}|{number}|{product}]"), PROSE.raw(rng, "[{date}|{city}]"), _HERE])
    if rng.random() < 0.5:
        lines = ["| " + " | ".join(row) + " |" for row in (list(keys), ["---"] * 3, *cells)]
        return (head + "\n\n" if rng.random() < 0.5 else "") + "\n".join(lines), _flat(message).replace("|", "/")
    out = io.StringIO()
    csv.writer(out, delimiter=rng.choice(",;"), lineterminator="\n").writerows([keys, *cells])
    return out.getvalue().replace(_HERE, f'"{_HERE}"'), _flat(message).replace('"', '""')


def _log(rng: Random, head: str, rows: list[str], message: str) -> tuple[str, str]:
    """Log lines of the genre's events; one of them carries the message."""
    day, hour, minute = PROSE.raw(rng, "{date}"), rng.randint(0, 23), rng.randint(0, 30)
    level = rng.choice(("INFO", "info", "[info]", "NOTICE", "level=info"))
    place = rng.choice((_HERE, f'note="{_HERE}"', f"comment: {_HERE}", f"msg={_HERE}"))
    lines = [f"{day} {hour:02d}:{minute + at:02d} {level} {row}" for at, row in enumerate(_into(rng, rows, place))]
    return "\n".join(lines), _flat(message).replace('"', "'")


def _comment(rng: Random, head: str, rows: list[str], message: str) -> tuple[str, str]:
    """Source code with the message in a comment or docstring."""
    mark, end = rng.choice(
        (
            ("# ", ""),
            ("# ", ""),
            ("// ", ""),
            ("/* ", " */"),
            ('"""', '"""'),
            ("-- ", ""),
            ("<!-- ", " -->"),
            ("; ", ""),
        )
    )
    code = [PROSE.raw(rng, "{code_line}") for _ in range(rng.randint(2, 6))]
    code = _into(rng, code, mark + rng.choice(rows) + end) if rng.random() < 0.6 else code
    return "\n".join(_into(rng, code, mark + _HERE + end)), _flat(message)


def _talk(rng: Random, head: str, rows: list[str], message: str) -> tuple[str, str]:
    """A recorded conversation or chat; the message is a turn or part of one."""
    names = rng.choice(
        (
            ("User", "Assistant"),
            ("Customer", "Agent"),
            ("Q", "A"),
            ("Human", "AI"),
            (PROSE.raw(rng, "{first}"), PROSE.raw(rng, "{last}")),
        )
    )
    turns = [f"{names[at % 2]}: {row}" for at, row in enumerate(rows)]
    who = rng.choice((*names, "", "Note", "Moderator"))
    return "\n".join(_into(rng, turns, f"{who}: {_HERE}" if who else _HERE)), message


def _reply(rng: Random, head: str, rows: list[str], message: str) -> tuple[str, str]:
    """A mail with the message in the text or in the quoted mail below it."""
    say = PROSE.say
    top = "Subject: " + head.splitlines()[-1].removeprefix("Subject: ") + "\n\n"
    if rng.random() < 0.5:
        top = say(rng, "From: {person} <{email}>") + "\n" + top
    sign = "\n\n" + say(rng, "[best regards|thanks|yours|cheers],") + "\n" + say(rng, "{first}")
    quoted = rng.random() < 0.5
    cut = rng.randint(0, len(rows))
    new, old = rows[:cut], rows[cut:]
    if quoted:
        old = _into(rng, old, _HERE)
        new = new or [say(rng, "[see below.|thanks for this.|{work}|will look at it {on}.]")]
    else:
        new = _into(rng, new, _HERE)
    text = top + rng.choice((" ", "\n\n")).join(new) + sign
    if old:
        text += "\n\n" + say(rng, "on {date}, {person} wrote:") + "\n" + "\n".join("> " + row for row in old)
    return text, _flat(message)


_ALWAYS: tuple[Layout, ...] = (_plain, _plain, _plain, _boxed, _footnote, _html, _html, _record, _record, _table)
_MORE: dict[str, tuple[Layout, ...]] = {
    "coding": (_comment, _comment, _comment, _log, _log), "devices": (_log, _log, _talk), "helpdesk": (_talk, _talk, _reply), "mailbox": (_reply, _reply, _reply),
    "payable": (_reply, _reply, _log), "diary": (_reply, _talk), "memory": (_talk, _talk), "hiring": (_reply,), "shop": (_talk,), "minutes": (_table, _footnote),
    "finance": (_footnote, _table), "legal": (_footnote, _reply), "grading": (_footnote,), "news": (_html,), "travel": (_html, _reply), "health": (_footnote, _talk),
}  # fmt: skip


def _own(rng: Random, genre: str, cast: Mapping[str, str], message: str) -> tuple[str, tuple[int, int]]:
    """Returns a document of the genre with the message in it, and the message's span."""
    rows = _sentences(rng, genre, cast)
    layout = rng.choice((*_ALWAYS, *_MORE[genre]))
    head = BODY.say(rng, f"{{{genre}_head}}", **cast)
    text, said = layout(rng, head, rows, message)
    at = text.index(_HERE)
    return text.replace(_HERE, said), (at, at + len(said))


def _place(
    rng: Random, pool: Pool, genre: str, cast: Mapping[str, str], message: str
) -> tuple[str, tuple[int, int], Channel]:
    """Returns a document with the message, the message's span and the channel by which it comes."""
    roll = rng.random()
    channel: Channel = rng.choice(("document", "document", "tool"))
    if roll < 0.06:
        return message, (0, len(message)), channel
    if roll < 0.66:
        return *_own(rng, genre, cast, message), channel
    if roll < 0.86:
        host = (
            rng.choice(pool.documents) if pool.documents and rng.random() < 0.2 else rng.choice(HOSTS[genre])(rng, pool)
        )
        text, span, _ = bury(rng, host[:_LONGEST], message)
        return text, span, channel
    if roll < 0.9 and genre in ("payable", "mailbox", "diary", "travel", "helpdesk"):
        text, start = alert(rng, pool, message)
        return text, (start, start + len(message)), channel
    carried, found, where, _ = carry(rng, pool, message)
    return (carried, found, where) if found else (message, (0, len(message)), channel)


def _written(rng: Random, pool: Pool, voices: Mapping[str, Grammar]) -> tuple[str, tuple[int, int], Channel]:
    genre = rng.choice(GENRES)
    cast = _cast(rng)
    return _place(rng, pool, genre, cast, _message(rng, voices[genre], cast))


def steering(rng: Random, pool: Pool) -> Sample:
    """A document that steers the machine reading it; the span holds the steering message."""
    text, span, channel = _written(rng, pool, ATTACKS)
    return attack(text, "steering", channel=channel, span=span)


def steering_benign(rng: Random, pool: Pool) -> Sample:
    """A document that asks people for ordinary things in the same frames, or tells about machines that read."""
    text, _, channel = _written(rng, pool, HONEST)
    return benign(text, "steering_benign", channel=channel)


FAMILIES: dict[str, Family] = {"steering": steering, "steering_benign": steering_benign}
