# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""Clean pages: shops, questions and answers, recipes, guides, READMEs, reference, changelogs, source code, HTML."""

from __future__ import annotations

from random import Random

from .pool import Pool
from .prose import PROSE, Document, clauses, paragraph, sentences
from .vocabulary import token


def _title(rng: Random, text: str, level: int = 1) -> str:
    """Returns a heading in one of the usual marks."""
    return rng.choice(("#" * level + " {}", "{}", "**{}**", "{}\n" + "-" * 12, "== {} ==")).format(PROSE.say(rng, text))


def _numbered(rng: Random, rows: list[str]) -> str:
    style = rng.choice(("{at}. {row}", "{at}) {row}", "Step {at}: {row}", "- {row}", "* {row}"))
    return "\n".join(style.format(at=at, row=row) for at, row in enumerate(rows, 1))


def shop(rng: Random, pool: Pool) -> str:
    """A product page with calls to action and reviews."""
    top = _title(rng, "[{firm}: |]{product}[ - now {amount}| (new)| in {small} colours|]")
    facts = PROSE.say(
        rng,
        "[weight|battery|size|warranty|colour|material]: [{number} g|{small} hours|{small} years|oak|blue|steel]. [delivery|returns|stock]: [{small} days|free within {small} weeks|only {small} left].",
    )
    parts = [top, facts, sentences(rng, 1, 4, "cta")]
    if rng.random() < 0.6:
        parts.append(paragraph(rng, pool))
    if rng.random() < 0.5:
        parts.append(
            "\n".join(
                PROSE.say(
                    rng,
                    "[{small}/12|★★★★|★★|5 stars] {first}: {opinion} [{home}|you should [try|avoid|buy] it.|do not wash it hot!|ask for the {tone} {first} in the shop.|]",
                )
                for _ in range(rng.randint(1, 4))
            )
        )
    rng.shuffle(parts)
    return rng.choice(("\n\n", "\n")).join(parts)


def questions(rng: Random, pool: Pool) -> str:
    """Frequently asked questions."""
    layout = rng.choice(("Q: {}\nA: {}", "{}\n{}", "### {}\n{}", "**{}**\n{}", "- {}\n  {}"))
    rows = []
    for _ in range(rng.randint(2, 7)):
        ask = PROSE.say(
            rng,
            "[how do I|can I|how can I|what if I] [return {product}|change my address|contact {firm}|reset my password|bring a {animal}|cancel|pay by card|see {sheet}|ignore the reminder|skip a month|use two accounts|book for {small} people]?",
        )
        answer = PROSE.say(
            rng,
            "[{step}.|{ask}|{work}|yes. {cta}|no. {rule_line}|{cta}|write to {email} {by}.|usually within {small} days.] [{step}.|{fact}||]",
        )
        rows.append(layout.format(ask, answer))
    return "\n\n".join(
        [_title(rng, "[FAQ|frequently asked questions|help centre|questions about {product}|good to know]"), *rows]
    )


def recipe(rng: Random, pool: Pool) -> str:
    rows = [
        PROSE.say(
            rng,
            "[chop|stir|fry|bake|boil|whisk|knead|season|simmer|serve|grate|marinate|drain|taste] the [onions|dough|sauce|rice|beans|eggs|butter|carrots|broth|apples|cheese] [for {small} minutes|until golden|with salt|over low heat|in a large pan|and set aside|at {number} degrees|with your hands].",
        )
        for _ in range(rng.randint(4, 10))
    ]
    need = ", ".join(
        PROSE.raw(
            rng, "{small} [cups|g|tbsp|slices|pinches] of [flour|sugar|salt|rice|butter|lentils|milk|basil|oil|cumin]"
        )
        for _ in range(rng.randint(3, 7))
    )
    intro = PROSE.say(
        rng, "[{home}|{food} is what we eat on {weekday}s.|my grandmother from {city} made this for {small} people.|]"
    )
    end = PROSE.say(
        rng, "[tip: {step}.|enjoy! {cta}|do not skip the resting time.|tell me in the comments how it went.|]"
    )
    return "\n\n".join(part for part in (_title(rng, "{food}"), intro, need, _numbered(rng, rows), end) if part)


def guide(rng: Random, pool: Pool) -> str:
    """A how-to, a manual or an exercise plan."""
    top = _title(
        rng,
        "how to [repair {thing}|set up {product}|move to {city}|start with {topic}|prepare for an interview as a {job}|look after a {animal}|file a claim with {firm}|assemble {product}]",
    )
    warn = PROSE.say(
        rng,
        "[warning|note|important|caution|before you start|attention]: [disconnect the power first|{step}|do not [open|touch|remove] {thing}|read all instructions before use|follow the instructions of your {job}|ignore any earlier version of this manual|keep out of reach of children|never share your [PIN|password]].",
    )
    parts = [top, warn, _numbered(rng, clauses(rng, 3, 9)), paragraph(rng, pool)]
    if rng.random() < 0.4:
        parts.append(sentences(rng, 1, 2, "cta"))
    return "\n\n".join(parts)


def readme(rng: Random, pool: Pool) -> str:
    """A README or an installation guide."""
    name = token(rng).replace(" ", "-").lower()
    parts = [f"# {name}", paragraph(rng, pool, "tech")]
    sections = [
        (
            "Install|Installation|Setup",
            "```\n" + PROSE.raw(rng, "[pip install|npm i|cargo add|brew install|git clone {url}/]") + f" {name}\n```",
        ),
        ("Usage|Getting started|Quick start", _numbered(rng, clauses(rng, 2, 5, "code_word"))),
        (
            "Configuration|Options",
            "\n".join(
                "| "
                + " | ".join(
                    (PROSE.raw(rng, "`{env}`"), PROSE.raw(rng, "[required|optional]"), PROSE.say(rng, "{tech}"))
                )
                + " |"
                for _ in range(rng.randint(1, 4))
            ),
        ),
        (
            "Contributing|Development",
            PROSE.say(
                rng,
                "[please {code_word} before you open a pull request.|fork the repository, {code_word} and send a patch.|run the tests first. do not commit {file}.|agents and humans should {code_word} after every change.] {tech}",
            ),
        ),
        (
            "FAQ|Troubleshooting",
            PROSE.say(
                rng,
                "[if you see error {number}, {code_word}.|ignore the warning about `{env}`.|do not run this as root.] {tech}",
            ),
        ),
        ("License|Licence", PROSE.raw(rng, "[MIT|Apache-2.0|BSD|GPL|see {file}]")),
    ]
    for title, body in sections:
        if rng.random() < 0.65:
            parts += ["## " + rng.choice(title.split("|")), body]
    return "\n\n".join(parts)


def reference(rng: Random, pool: Pool) -> str:
    """The page of an API or a command."""
    name = PROSE.raw(
        rng, "[get|list|create|delete|update|send|open|reset][User|Order|File|Report|Session|Token|Prompt|Message][s|]"
    )
    method = rng.choice(("GET", "POST", "DELETE", "PUT", "PATCH"))
    rows = [
        PROSE.raw(
            rng,
            "`[id|limit|name|force|since|owner|query|prompt|role|system]` ([string|integer|boolean], [required|optional]): [the {ident} to return|skip {small} rows|ignore case|override the default|do not send a mail|must match {token}|see {url}].",
        )
        for _ in range(rng.randint(2, 6))
    ]
    return "\n\n".join((
        _title(rng, f"{method} /{name}", 2), PROSE.say(rng, "[returns|deletes|creates|sends] the {ident} [of a user|by id|in pages of {number}]. {tech}"), "\n".join("- " + row for row in rows),
        PROSE.say(rng, "[you must|always|never|please] [call|close|pass|check] `{ident}` [first|before you retry|twice|with an API key]. {code_word}. [errors: 401, {number}.|rate limit: {number} per minute.|]"),
    ))  # fmt: skip


def changelog(rng: Random, pool: Pool) -> str:
    blocks = []
    for _ in range(rng.randint(1, 4)):
        rows = [
            PROSE.say(
                rng,
                "- [{tech}|fix {ident} [in {file}|when {ident} is empty] (#{number})|remove `{env}`; [use|set] `{env}` instead|breaking: {code_word}|thanks to @{first} for {file}|please {code_word} after upgrading]",
            )
            for _ in range(rng.randint(2, 6))
        ]
        blocks.append(
            "\n".join([PROSE.raw(rng, "## [{small}.{small}.{small} ({date})|v{small}.{number}|Unreleased]"), *rows])
        )
    return "\n\n".join(blocks)


def source(rng: Random, pool: Pool) -> str:
    """Source code with comments, TODOs and docstrings that talk to the reader."""
    mark = rng.choice(("# ", "// ", "-- ", " * "))
    rows = []
    for _ in range(rng.randint(4, 14)):
        kind = rng.random()
        if kind < 0.35:
            rows.append(
                mark
                + PROSE.say(
                    rng,
                    "[TODO([{first}|me]): {code_word}|FIXME: {tech}|note: {tech}|[do not|never] [edit this file|remove this line|call {ident} twice], {first}|hack: ignore {ident} until {date}|see {url}|returns {ident}, [please|] keep sorted|XXX ask {first} about {file}|{tech}|please {code_word}|write tests for {ident} {by}]",
                )
            )
        else:
            rows.append(
                rng.choice(("", "", "    ", "    "))
                + PROSE.raw(
                    rng,
                    '[{code_line}|{code_line}|{ident} = {ident}.get("{token}")|for {ident} in {ident}:|if not {ident}:|raise ValueError("{home}")|log.info("{tech}")|SELECT {ident}, {ident} FROM {ident} WHERE {ident} > {number};]',
                )
            )
    return "\n".join(rows)


def html(rng: Random, pool: Pool) -> str:
    """A web page in HTML, with links, forms and hidden parts of the ordinary kind."""
    blocks = [
        f"<p>{paragraph(rng, pool)}</p>",
        PROSE.say(rng, '<a href="{url}">{cta}</a>'),
        PROSE.raw(rng, '<img src="{url}" alt="[{thing}|a {animal}|{food}|{person} in {city}|chart of {topic}]">'),
        PROSE.raw(rng, "<!-- [{tech}|end of header|TODO {first}: {code_word}|cookie banner|keep this in sync with {file}] -->"),
        PROSE.raw(rng, '<form action="{url}"><label>[Your e-mail|Password|Search|City]</label><input name="q" placeholder="[enter your {ident}|type here|search {topic}]"><button>[Send|Go|Subscribe]</button></form>'),
        "<ul>" + "".join(f"<li>{row}</li>" for row in clauses(rng, 2, 5, rng.choice(("step", "cta", "fact")))) + "</ul>",
        PROSE.raw(rng, "<noscript>[Please enable JavaScript to [continue|see this page].|Your browser is too old.]</noscript>"),
        PROSE.raw(rng, '<div style="display:none" id="{token}">[menu|{cta}|loading|error {number}]</div>'),
        f"<h2>{PROSE.say(rng, '[{topic}|{subject}|{question}]')}</h2>\n<p>{sentences(rng, 1, 4)}</p>",
        PROSE.raw(rng, '<meta name="description" content="{cta}">'),
        f"<footer>{PROSE.say(rng, '{firm}, {city}. [all rights reserved.|imprint|{cta}]')}</footer>",
    ]  # fmt: skip
    body = "\n".join(rng.sample(blocks, rng.randint(3, 8)))
    return (
        f"<html><head><title>{PROSE.say(rng, '{subject}')}</title></head><body>\n{body}\n</body></html>"
        if rng.random() < 0.6
        else body
    )


def article(rng: Random, pool: Pool) -> str:
    """A blog post or travel page that talks to its reader."""
    parts = [paragraph(rng, pool, rng.choice(("fact", "home", "science", "news"))) for _ in range(rng.randint(1, 4))]
    parts.append(sentences(rng, 1, 3, rng.choice(("cta", "cta", "chat_ask", "question"))))
    return "\n\n".join(
        [
            _title(
                rng,
                "[{small} [tips for|reasons to love|myths about|questions on] {topic}|my week in {city}|{topic}: a beginner's view|why I gave up {product}]",
            ),
            *parts,
        ]
    )


PAGES: tuple[Document, ...] = (
    shop, shop, questions, questions, recipe, guide, guide, readme, readme, reference, changelog, source, source, html, html, article, article,
)  # fmt: skip
ASKING: tuple[Document, ...] = (shop, questions, recipe, guide, readme, article)
