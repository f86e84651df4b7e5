# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""The JSON answer of a tool with a message in one of its fields."""

from __future__ import annotations

import json
from random import Random

from .filler import FILLER, host, lines
from .pool import Pool
from .vocabulary import token


def result(rng: Random, pool: Pool, message: str) -> tuple[str, int]:
    """The JSON answer of a tool; one string field holds the message, alone or inside ordinary content."""
    say = FILLER.say
    body = (
        rng.choice(pool.tools)
        if pool.tools and rng.random() < 0.25
        else rng.choice((host(rng, pool), lines(rng, 1, 3)))
    )
    field = rng.choice(
        (
            "content",
            "body",
            "text",
            "description",
            "note",
            "review",
            "message",
            "summary",
            "bio",
            "comment",
            "snippet",
            "title",
            "output",
            "data",
        )
    )
    shape = rng.random()
    content = message if shape < 0.45 else f"{body} {message}" if shape < 0.85 else f"{message} {body}"
    others: dict[str, object] = {
        "id": rng.randint(1, 99999), "author": say(rng, "{person}"), "date": say(rng, "{date}"), "status": rng.choice(("ok", "active", 200, "success")),
        "email": say(rng, "{email}").lower(), "rating": rng.randint(1, 5), "url": FILLER.raw(rng, "{url}"), "tags": [say(rng, "{topic}")],
        "price": say(rng, "{amount}"), "location": say(rng, "{city}"), "sender_id": token(rng),
    }  # fmt: skip
    keys = rng.sample(sorted(others), rng.randint(1, 5))
    item: dict[str, object] = {key: others[key] for key in keys}
    item[field] = content
    pairs = list(item.items())
    rng.shuffle(pairs)
    item = dict(pairs)
    name = rng.choice(("results", "items", "data", "records", "messages", "response", "products", "notes", "events"))
    whole: object = rng.choice(
        (item, {name: [item]}, {name: item, "count": 1}, [item], {"success": True, name: [item]})
    )
    style = rng.random()
    text = str(whole) if style < 0.15 else json.dumps(whole, ensure_ascii=False, indent=2 if style < 0.4 else None)
    inside = json.dumps(message, ensure_ascii=False)[1:-1]
    for form in (message, inside, repr(message)[1:-1]):
        if (start := text.find(form)) >= 0:
            return text, start
    return text, -1
