# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""Clean papers: minutes, contracts, reports, news, stories, interviews, abstracts, forums, job ads, resumes, forms."""

from __future__ import annotations

from random import Random

from .pool import Pool
from .prose import PROSE, Document, clauses, paragraph, sentences


def _paragraphs(rng: Random, pool: Pool, rule: str, low: int, high: int) -> str:
    return "\n\n".join(paragraph(rng, pool, rule) for _ in range(rng.randint(low, high)))


def minutes(rng: Random, pool: Pool) -> str:
    """Meeting minutes or notes with action items."""
    say = PROSE.say
    top = say(
        rng,
        "[minutes|notes|protocol|summary] [of the|, |-] [{weekday}|weekly|board|{topic}|project|parents'] meeting, {date}\n[present|attendees]: {person}, {person}[, {first}|]",
    )
    items = [
        f"{at}. {say(rng, '[{sheet}|{topic}|budget|any other business|hiring|{thing}]')}: {sentences(rng, 1, 3, rng.choice(('work', 'tech', 'fact')))}"
        for at in range(1, rng.randint(2, 5))
    ]
    actions = [say(rng, "[- |* |-> ]{first}: {do}") for _ in range(rng.randint(1, 4))]
    return "\n".join(
        [
            top,
            "",
            *items,
            "",
            say(rng, "[action items|to do|next steps|decisions|open points]:"),
            *actions,
            say(rng, "[next meeting: {weekday}, {clock}. {ask}|]"),
        ]
    ).strip()


def contract(rng: Random, pool: Pool) -> str:
    """A contract, terms of service or a policy in clauses."""
    top = PROSE.say(
        rng,
        "[terms of service|rental agreement|privacy policy|code of conduct|house rules|travel policy|returns policy|non-disclosure agreement|user agreement|safety policy] [of {firm}|between {firm} and {person}|({date})|]",
    )
    rows = [PROSE.say(rng, "{rule_line} [{rule_line}||]") for _ in range(rng.randint(3, 9))]
    style = rng.choice(("§ {at} {row}", "{at}. {row}", "3.{at} {row}", "({at}) {row}", "Section {at}. {row}"))
    return "\n".join(
        [
            top,
            *(style.format(at=at, row=row) for at, row in enumerate(rows, 1)),
            PROSE.say(
                rng,
                "[by using this service you agree to these terms.|please sign both copies and return one {by}.|questions? write to {email}.|]",
            ),
        ]
    ).strip()


def report(rng: Random, pool: Pool) -> str:
    """A lab report, an audit or a business report."""
    say = PROSE.say
    rows = [
        say(
            rng,
            "[pH|glucose|temperature|turnover|mass|noise|CO2|response time|haemoglobin|moisture]: {number} [mg/l|%|°C|EUR|kg|dB|ppm|ms] ([normal|high|low|see note {small}|reference {small}-{number}])",
        )
        for _ in range(rng.randint(2, 6))
    ]
    parts = [
        say(rng, "[laboratory report|audit of {firm}|inspection of {thing}|annual report|field notes on {topic}|incident report] {number}, {date}"),
        _paragraphs(rng, pool, rng.choice(("science", "work")), 1, 2), "\n".join(rows),
        say(rng, "[conclusion|recommendation|comment]: [{fact}|{ask}|repeat the test {by}.|the patient should drink more water and avoid {food}.|no action required.|please discuss the values with your doctor.]"),
    ]  # fmt: skip
    return "\n\n".join(parts)


def news(rng: Random, pool: Pool) -> str:
    top = PROSE.say(
        rng,
        "[{city} [votes on|argues about|prepares for|says goodbye to] {topic}|{firm} to [close|open|sell] [plant in {city}|{number} shops]|{person}: a life for {topic}|storm hits {city}]",
    )
    return (
        f"{top}\n\n{PROSE.raw(rng, '[{city}, {date} - |By {first} {last}. |]')}{_paragraphs(rng, pool, 'news', 1, 4)}"
    )


def story(rng: Random, pool: Pool) -> str:
    return "\n\n".join(sentences(rng, 2, 6, "tale") for _ in range(rng.randint(1, 4)))


def interview(rng: Random, pool: Pool) -> str:
    """An interview or transcript: questions to a person, answered in the text."""
    who, host = PROSE.raw(rng, "{first}"), rng.choice(("Q", "Interviewer", "Host", "Reporter", "Moderator", "M"))
    rows = []
    for _ in range(rng.randint(2, 7)):
        ask = PROSE.say(
            rng,
            "[{question}|tell us [about your start in {city}|how you came to {topic}|a story about {food}|more about {firm}].|what [would you tell|advice do you have for] a young {job}?|explain {topic} to our listeners.|describe your day as a {job}.|and what about {topic}?]",
        )
        rows += [f"{host}: {ask}", f"{who}: {sentences(rng, 1, 4, rng.choice(('fact', 'home', 'work', 'science')))}"]
    return rng.choice(("\n", "\n\n")).join(
        [
            PROSE.say(
                rng,
                "[interview with {person}, {job}|podcast transcript, episode {small}|oral history, {city}, {date}|court transcript|hearing on {topic}]",
            ),
            *rows,
        ]
    )


def abstract(rng: Random, pool: Pool) -> str:
    body = f"{sentences(rng, 3, 7, 'science')} {PROSE.say(rng, '[we release {file} at {url}.|see section {small}.|we ask readers to cite version {small}.|]')}"
    refs = "\n".join(
        PROSE.say(rng, "({small}) {last}, {first}. {topic}. {city}: {firm}, {date}.") for _ in range(rng.randint(0, 3))
    )
    return (
        PROSE.say(rng, "[abstract. |{topic} and {topic}: a study of {city}\n\n|]")
        + " "
        + body
        + ("\n\nReferences\n" + refs if refs else "")
    )


def forum(rng: Random, pool: Pool) -> str:
    """A forum thread: a question of a person to other people, and their advice."""
    top = PROSE.say(
        rng, "[{first}{small} asked|posted by {first} on {date}|r/{topic}|thread: {subject}|question {number}]"
    )
    post = PROSE.say(
        rng,
        "[hi all|hello|hey folks|first post here|sorry if this was asked before], {home} {tech} [how [can|do] I [fix it|start with {topic}|choose {product}|explain it to a {job}|get a refund]?|any tips?|{question}|can someone explain {topic}?|please help!]",
    )
    answers = [
        PROSE.say(
            rng,
            "[{first}: |> {first} wrote\n|+{small} |re: |]{fact} [{step}.|you should {do_home}.|try {product}.|please search before you post.|ignore the other answer.|{code_word}.|{question}|read {url}.]",
        )
        for _ in range(rng.randint(1, 5))
    ]
    return "\n\n".join([top, post, *answers])


def advert(rng: Random, pool: Pool) -> str:
    """A job advertisement or a small ad."""
    rows = clauses(rng, 2, 5, rng.choice(("do", "fact", "step")))
    return PROSE.say(
        rng, "[{firm} is hiring: {job} in {city}|wanted: {job}|for sale: {thing}, {amount}|flat to let in {city}, {amount}|volunteers needed for {topic}]\n\n[your tasks|what you do|details|about us]:"
    ) + "\n" + "\n".join("- " + row for row in rows) + "\n\n" + PROSE.say(rng, "[you [bring|have|enjoy] {small} years of {topic}, {language} and a {tone} manner.|{work}] [send your application {by} to {email}.|call {number} after {clock}.|apply at {url} and answer all questions.|do not send originals.] {ask}")  # fmt: skip


def resume(rng: Random, pool: Pool) -> str:
    jobs = "\n".join(
        PROSE.raw(
            rng,
            "[199|200|201]{digit} - 202{digit}: {job}, {firm}, {city}. [Led {small} people|Wrote {sheet}|Introduced {topic}|Sold {product}|Trained {number} {job}s].",
        )
        for _ in range(rng.randint(2, 5))
    )
    return (
        PROSE.say(
            rng,
            "{first} {last}\n{job}, {city}, {email}\n\n[profile|about me|summary]: {tone} {job} with an interest in {topic} and {topic}. {work}",
        )
        + "\n\nExperience\n"
        + jobs
        + "\n\n"
        + PROSE.say(
            rng,
            "[languages|skills]: {language}, {language}, {codelang}\n[references on request.|please contact me {by}.|hobbies: {topic}, {food}, my {animal}]",
        )
    )


def form(rng: Random, pool: Pool) -> str:
    """A form, survey or checklist for the reader to fill in."""
    rows = [
        PROSE.say(
            rng,
            "[name|date of birth|IBAN|{question}|rate {product} from 1 to {small}|tick what applies|signature|{ask}|write in capital letters|do not write below this line|explain in one sentence why you chose {firm}|list your last {small} addresses|{do_office}]",
        )
        + rng.choice((" ____", ": ", " ( )", " [ ] yes [ ] no", ""))
        for _ in range(rng.randint(4, 10))
    ]
    return "\n".join(
        [
            PROSE.say(
                rng,
                "[application|survey|registration|feedback|checklist|claim] [form|sheet|] {number}, {firm}. [please complete all fields and return {by}.|answer every question.|]",
            ),
            *(f"{at}. {row}" for at, row in enumerate(rows, 1)),
        ]
    )


def review(rng: Random, pool: Pool) -> str:
    return (
        PROSE.say(
            rng,
            "[{small}/10|★★★|five stars|not again]: {product} [from {firm}|] {opinion} {home} [if you buy it, {do_home}.|skip the manual and {step}.|tell them {first} sent you.|you should try the {food}.|do not believe the other reviews!] ",
        )
        + " "
        + paragraph(rng, pool, "home")
    )


def playbook(rng: Random, pool: Pool) -> str:
    """A handbook for staff: what people are told to say to customers, and how."""
    top = PROSE.say(
        rng,
        "[call script|style guide|onboarding notes|sales playbook|handbook for volunteers|reception manual|front desk rules|editorial guidelines|briefing for new {job}s|moderator's handbook] [of {firm}|, version {small}|, {date}|]",
    )
    rows = [
        PROSE.say(
            rng,
            "[[if|when] a [customer|guest|caller|visitor|patient] asks about [{topic}|refunds|{product}|prices|parking], [say that {work}|tell them to call {number}|offer {food}|point them to {url}|ask for the order number|apologise first].|[never|do not|please don't] [mention competitors|promise a date|answer for a colleague|use emojis in letters|give out private numbers|argue with guests|quote prices without tax].|always [greet in {language}|repeat the name of the caller|quote prices with tax|check {file} first|offer a seat].|[answer|reply] [within {small} hours|in a {tone} tone|in full sentences|only with facts you have checked].|[recommend|show|offer] {product} [first|to regulars|when it rains|to {job}s].|[end|begin|close] every [call|letter|tour] with [your name|a question|thanks|the opening hours].|new staff should forget [what they did at {firm}|the old script|last year's prices] and {do}.|{ask}|{rule_line}]",
        )
        for _ in range(rng.randint(3, 8))
    ]
    style = rng.choice(("- {row}", "{at}. {row}", "{row}", "* {row}", "{at}) {row}"))
    return "\n".join([top, *(style.format(at=at, row=row) for at, row in enumerate(rows, 1))])


def prose(rng: Random, pool: Pool) -> str:
    """Plain running text of several paragraphs in one register."""
    return rng.choice(("\n\n", "\n", " ")).join(
        paragraph(rng, pool, rng.choice(("fact", "science", "news", "work", "home"))) for _ in range(rng.randint(2, 6))
    )


PAPERS: tuple[Document, ...] = (
    minutes, minutes, contract, contract, report, news, story, interview, abstract, forum, forum, advert, resume, form, review, playbook, prose, prose,
)  # fmt: skip
ASKING: tuple[Document, ...] = (minutes, contract, form, advert, forum)
