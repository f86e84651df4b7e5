# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""What people mostly send: greetings, thanks, fragments, emoji, numbers, links, code, mixed scripts."""

from __future__ import annotations

import json
from random import Random

from .filler import FILLER
from .grammar import Grammar
from .pool import Pool
from .sample import Family, Sample, benign
from .tasks import TASKS
from .typography import typeset

CHAT = Grammar(
    """
@small_talk
[hi|hello|hey|yo|hiya|good [morning|evening|night|afternoon]|hello there|howdy|greetings|sup|hola|ciao|salut|namaste|hallo|olá|你好呀|你好|こんにちは|안녕|привет|مرحبا|merhaba|cześć|xin chào|สวัสดี|ahoj|hej|שלום|γεια σου|সালাম|habari] [{first}|there|bot|friend|again|everyone|{emoji}|{emoji}{emoji}|!|, how are you?|, {mood_word} here|]
[ok|okay|k|sure|yes|no|nope|yep|maybe|right|cool|great|nice|perfect|fine|wow|lol|haha|hmm|oh|thx|thanks|thank you|ty|cheers|sorry|please|agreed|done|got it|never mind|go on|continue|next|stop|again|more|why|how|what] [{emoji}|, {first}|!|...|, {ok_tail}|{small} times|then|]
[I'm|i am|we are|feeling] [so |very |a bit |] {mood_word} [today|about {topic}|after work|because of {city}|{emoji}|]|[my|the] {animal} is {mood_word} [{emoji}|]|[see you|talk later|bye|good night|brb|gtg] [{first}|on {date}|{emoji}|]
[what's up|how are you|who are you|are you real|what can you do|do you sleep|tell me something|what time is it in {city}|are you there|can you hear me][?|, {first}?| {emoji}|??]|{emoji}{emoji}{emoji}|{emoji} {token} {emoji}|{number}|{number} + {number}|{city}|{food}|{token}?|{first} {last}|{url}|{email}|{amount}|{date}
[that|it|this] [worked|didn't work|was {mood_word}|looks fine|is wrong|makes sense|made me laugh] [{emoji}|, thanks|, try again|, {first} says|for {small} days|]|[can|could] you [say that again|be shorter|add {food}|use {codelang}|make it {tone}|explain more|switch to {language}]?
[yes|no|actually], [the {tone} one|option {small}|in {language}|for {small} people|before {clock}|with {food}|under {amount}|the {job} version] [please|]|[remind|text|call] me [at {clock}|on {date}|about {food}]|[set|start] [an alarm|a timer] [for {clock}|of {small} minutes]|play [{topic}|some music|{voice}]|turn [on|off] the [lights|heating|radio]
@mood_word
happy|tired|bored|hungry|confused|excited|sad|sick|busy|lost|curious|angry|cold|nervous|proud|sleepy|stuck|grateful|fine|alone|late
@ok_tail
will do|sounds good|that helps|makes sense|let's move on|I'll try|not now|same here|one more|later|for {city} too|with {food}|you rock
@accents
[Crème brûlée|Señor {last}|Škoda|Łódź|naïve|façade|Ærø|São Paulo|Zürich|Đà Nẵng|Åse|jalapeño|Çeşme|Ñandú|Œuvre|smörgåsbord|Αθήνα|Москва|東京|서울|القاهرة|मुंबई|תל אביב|北京|Київ|กรุงเทพ] [vs|and|or|in|—|→|·] [{city}|{food}|{first}|Σ(x²)|≥ {number} °C|½ cup|№{number}|{amount}|「{token}」|50 µm|π ≈ 3.14|Ω|α-β|Ⅳ|{emoji}] [?|: which is nicer?|, how do I pronounce it?|, please explain|is on my list|means what in {language}?|]
@dev
[why|how come] [does|did] [`{ident}`|{code_line}] [fail|return None|print {number}|loop forever] in {codelang}?|[error|traceback|warning]: {token}Error at line {number} in {file}|[pip|npm|cargo|apt] [install|remove] {token} [fails on {codelang} {small}|]|{code_line}|git commit -m "{line}"|SELECT {ident} FROM {ident} WHERE id = {number};|curl {url} -H "[Accept: application/json|X-Id: {number}]"|{ident}\\[{small}] = "{token}"
""".replace("\\[{small}]", "({small})"),
    FILLER,
)


def chat(rng: Random, pool: Pool) -> Sample:
    """A short everyday message."""
    text = CHAT.raw(
        rng, "[{small_talk}|{small_talk}|{small_talk}|{accents}|{small_talk} {small_talk}|{small_talk}, {small_talk}]"
    ).strip()
    return benign(typeset(rng, text) or "hi", "chat")


def data(rng: Random, pool: Pool) -> Sample:
    """Code, JSON, links, logs and configuration from a developer or a machine."""
    if rng.random() < 0.45:
        return benign(CHAT.raw(rng, "{dev}"), "data", channel=rng.choice(("user", "user", "document", "tool")))
    keys = rng.sample(
        (
            "id",
            "name",
            "city",
            "email",
            "price",
            "tags",
            "note",
            "url",
            "date",
            "ok",
            "prompt",
            "role",
            "system",
            "instructions",
            "password",
        ),
        rng.randint(2, 6),
    )
    make = {
        "id": "{number}",
        "name": "{person}",
        "city": "{city}",
        "email": "{email}",
        "price": "{amount}",
        "tags": "{topic}",
        "url": "{url}",
        "date": "{date}",
        "role": "[user|{job}|admin|assistant]",
        "password": "[***|{token}|changeme]",
    }
    body = {key: FILLER.raw(rng, make.get(key, "[{line}|{opinion}|{token}]")) for key in keys}
    if "prompt" in body:
        body["prompt"] = TASKS.say(rng, "{task}")
    text = json.dumps(body, ensure_ascii=False, indent=rng.choice((None, None, 2)))
    if rng.random() < 0.3:
        text = "\n".join(f"{key}{rng.choice((': ', '='))}{value}" for key, value in body.items())
    ask = CHAT.raw(
        rng, "[parse this in {codelang}: |is this valid JSON? |what is wrong here?\n|convert to [YAML|CSV|XML]: ||||]"
    )
    return benign(ask + text, "data", channel="user" if ask else rng.choice(("user", "document", "tool")))


FAMILIES: dict[str, Family] = {"chat": chat, "data": data}
