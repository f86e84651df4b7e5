# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""Benign sentences of our own, and hosts that hold a message."""

from __future__ import annotations

from random import Random

from .grammar import Grammar
from .pool import Pool
from .vocabulary import COMMON

FILLER = Grammar(
    """
@subject
[re: |fwd: |][{topic}|invoice {number}|your order {number}|meeting on {date}|question about {product}|trip to {city}|welcome to {firm}|{file}|notes from {date}|your application|the {job} position]
@greeting
[hi|hello|dear|good morning|hey] [{first}|team|all|{person}|colleagues|]
@bye
[best|kind|warm] regards|cheers|thanks|yours|see you [on {date}|soon]|[many thanks|sincerely|all the best]
@line
[we|they|the team] [met|spoke|travelled|worked] [in {city}|with {person}|on {topic}|at {firm}] [on {date}|last week|this spring].
the [invoice|parcel|report|contract|delivery|refund] [of {amount}|{number}|from {firm}] [arrived|was paid|is late|is attached|was signed] [on {date}|at {clock}|].
{person} [likes|wrote about|teaches|prefers|asked about] [{topic}|{food}|{product}|{city}].|[the weather in {city}|traffic|the queue|business] was [fine|slow|terrible|quiet|{tone}] [today|on {date}].
our [office|shop|warehouse|support desk] in {city} is [open|closed] [until {clock}|on {date}|from {clock}].|{firm} [announced|launched|sells|reviewed] {product} [for {amount}|in {city}|last month].
[I|we] [ordered|returned|tried|love] {product} [and it works|but it broke|, five stars|for my {animal}|after {small} weeks].|a {job} from {city} [explained|presented|measured] {topic}.
@opinion
[great|poor|decent|excellent|average|lovely] [{product}|service|value|hotel|lunch|{food}] [, would buy again|, arrived late|for {amount}|, staff was {tone}|].
@logline
{date} {clock} [INFO|WARN|DEBUG|ERROR] [auth|worker|db|http|cache|cron] [user={first}|job={number}|GET /{token}|retry {small}|timeout after {number}ms|connected to {domain}|login ok]
@code_line
[def|function|const|let|int] {ident}[_id|Count|_total|] = {number}|return {ident}({number})|import {ident}|if {ident} > {number}: pass|{ident}.append({ident})|print("{quote}")|class {ident}: pass
@ident
[user|order|item|total|index|buffer|client|config|price|result|page|token][s|_list|Map|Id|_count|]
""",
    COMMON,
)


def lines(rng: Random, low: int, high: int) -> str:
    return " ".join(FILLER.say(rng, "{line}") for _ in range(rng.randint(low, high)))


def host(rng: Random, pool: Pool) -> str:
    """Returns a body of benign prose: a real document mostly, else some sentences of our own."""
    if pool.documents and rng.random() < 0.75:
        return rng.choice(pool.documents)
    return lines(rng, 2, 7)


def join(before: str, message: str, after: str) -> tuple[str, int]:
    return before + message + after, len(before)
