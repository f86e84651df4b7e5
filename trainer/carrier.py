"""Clean carriers of public attacks: the document without the order in it, as often as it comes with one.

Sets of indirect attacks put many orders into few documents, which stand in them without an order once, if at all: 13
mails carry 361 of BIPIA's attacks. A model then learns that the mail is the attack, and alarms on every mail like it.
Here each attack whose document is known without it (BIPIA gives its contexts) gets a clean twin.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

from guardkit.trainer.data import CHANNELS, Row

__all__ = ["carriers", "twins"]

SOURCE = "synth.carrier"  # as one of our own families, whose labels count in every round
UNSURE = {"asb_agent_logs"}  # of whose clean rows many report that an attack succeeded
HEAD = 60  # characters, white space aside, by which a carrier is known inside an attack
BREAK = re.compile(r"(?<=[.!?])\s+|\s*\n\s*")
SHORTEST = 80  # characters of what is left of a carrier that is cut


def carriers(rows: Iterable[Row]) -> list[Row]:
    """For each attack in a document or a tool's result, the harmless row of the same source that it was put into, or
    none: as many as there are such attacks."""
    clean: dict[str, dict[str, Row]] = defaultdict(dict)
    attacks: list[Row] = []
    for row in rows:
        if row.channel == CHANNELS.index("user") or row.source in UNSURE:
            continue
        if row.label > 0:
            attacks.append(row)
        elif row.label == 0 and len(squeezed(row.text)) >= HEAD:
            clean[row.source][squeezed(row.text)[:HEAD]] = row
    found = (held(squeezed(attack.text), clean[attack.source]) for attack in attacks)
    return [row for row in found if row is not None]


def held(text: str, heads: dict[str, Row]) -> Row | None:
    """The first carrier whose head stands in the text."""
    places = range(len(text) - HEAD + 1) if heads else ()
    return next((row for at in places if (row := heads.get(text[at : at + HEAD]))), None)


def squeezed(text: str) -> str:
    """The text without its white space: what carries an attack is often laid out anew."""
    return "".join(text.split())


def twins(rows: Sequence[Row], count: int, seed: int) -> list[Row]:
    """So many clean carriers of the attacks in `rows`, each whole, cut at its beginning or end, or two in a row."""
    random = Random(seed)
    found = carriers(rows)
    chosen = random.sample(found, min(count, len(found)))
    return [replace(row, source=SOURCE, text=varied(row.text, random.choice(chosen).text, random)) for row in chosen]


def varied(text: str, other: str, random: Random) -> str:
    """A carrier as a reader may come upon it."""
    way = random.random()
    if way < 0.2:
        return text + random.choice(("\n\n", "\n---\n", "\n")) + other
    breaks = [match.span() for match in BREAK.finditer(text)]
    if way < 0.55 or not breaks:
        return text
    start, end = random.choice(breaks)
    part = text[end:] if random.random() < 0.5 else text[:start]
    return part if len(part) >= SHORTEST else text
