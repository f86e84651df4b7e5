# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""Words that every family shares: people, firms, addresses, topics, amounts, tokens."""

from __future__ import annotations

import string
from random import Random

from .grammar import Grammar

_LETTERS = string.ascii_letters + string.digits
_SYLLABLES = "ba be bi bo da de do fa fe ga go ka ke ki ko la le li lo lu ma me mi mo na ne ni no pa pe ra re ri ro sa"
_SYLLABLE = (_SYLLABLES + " se si so ta te ti to va ve vi vo za ze zi zo xa qua tri ven mar lin dor tan").split()


def number(rng: Random) -> str:
    return str(rng.randint(2, 10 ** rng.randint(1, 4)))


def small(rng: Random) -> str:
    return str(rng.randint(2, 12))


def token(rng: Random) -> str:
    """Returns an invented word, code or key: payloads must never be one constant."""
    kind = rng.randrange(6)
    word = "".join(rng.choices(_SYLLABLE, k=rng.randint(2, 4)))
    if kind == 0:
        return word.upper()
    if kind == 1:
        return word.capitalize()
    if kind == 2:
        return f"{word}-{rng.randint(1, 9999)}"
    if kind == 3:
        return "".join(rng.choices(_LETTERS, k=rng.randint(5, 14)))
    if kind == 4:
        return f"{word} {''.join(rng.choices(_SYLLABLE, k=2))}"
    return f"{word.upper()}_{''.join(rng.choices(_SYLLABLE, k=2)).upper()}"


def iban(rng: Random) -> str:
    country = rng.choice(("DE", "GB", "NL", "FR", "ES", "CH", "LT", "PL", "IT", "BE"))
    return f"{country}{rng.randint(10, 99)} " + " ".join(
        f"{rng.randint(0, 9999):04d}" for _ in range(rng.randint(3, 5))
    )


def amount(rng: Random) -> str:
    value = rng.choice((5, 10, 25, 49.99, 100, 250, 1)) * rng.randint(1, 60)
    return rng.choice((f"${value:,.2f}", f"{value:,.0f} EUR", f"€{value:,.0f}", f"{value:g} dollars", f"£{value:,.0f}"))


def date(rng: Random) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2019, 2027)
    names = "January February March April May June July August September October November December".split()
    return rng.choice(
        (f"{day} {names[month - 1]}", f"{names[month - 1]} {day}, {year}", f"{year}-{month:02d}-{day:02d}")
    )


def clock(rng: Random) -> str:
    return f"{rng.randint(0, 23):02d}:{rng.randrange(0, 60, 5):02d}"


def domain(rng: Random) -> str:
    word = "".join(rng.choices(_SYLLABLE, k=rng.randint(2, 3)))
    tail = rng.choice(("", "", "-cloud", "-support", "mail", "-labs", "data", "-secure", "shop", "hub"))
    return f"{word}{tail}.{rng.choice('com net org io co dev info xyz app site ru de biz ai me'.split())}"


def email(rng: Random) -> str:
    who = (
        rng.choice(_FIRST)
        if rng.random() < 0.6
        else rng.choice("billing audit backup ops info hr team it sales".split())
    )
    return f"{who.lower()}{rng.choice(('', '.', '_', ''))}{rng.choice(('', str(rng.randint(1, 99))))}@{domain(rng)}".replace(
        ".@", "@"
    ).replace("_@", "@")


def url(rng: Random) -> str:
    path = "".join(rng.choices(_SYLLABLE, k=2))
    tail = rng.choice(
        ("", "/", f"/{path}", f"/{path}?id={rng.randint(1, 999)}", f"/{path}/{token(rng).replace(' ', '')}")
    )
    return f"{rng.choice(('https', 'https', 'http'))}://{rng.choice(('', 'www.', 'api.', 'cdn.'))}{domain(rng)}{tail}"


def filename(rng: Random) -> str:
    stem = rng.choice("report budget notes config secrets users backup invoice readme plan export main summary".split())
    return f"{stem}{rng.choice(('', '_v2', f'_{rng.randint(1, 99)}', '-final', '_old'))}.{rng.choice(_SUFFIX)}"


_SUFFIX = "txt md csv json py xlsx pdf docx env yaml log sql html".split()
_FIRST = (
    "Anna Ben Carla Dmitri Elena Farid Grace Hiro Ines Jamal Katya Liam Maria Nadia Omar Priya Quentin Rosa Samir Tove "
    "Uma Victor Wei Ximena Yusuf Zoe Aisha Bruno Chloe Daniel Emeka Fatima Greta Hassan Ivan Julia Kofi Lena Marco Nina "
    "Oleg Paula Rahul Sofia Tomas Ursula Vera Will Yara Zane Mei Diego Astrid Noah Leila Arjun Hana Igor Kwame Lucia"
).split()


def image(rng: Random) -> str:
    """Returns a markdown image whose address is left open, to end with what is stolen."""
    return f"![{rng.choice(('', '', token(rng)))}]({url(rng)}"


WRITERS = {
    "number": number, "small": small, "token": token, "iban": iban, "amount": amount, "date": date, "clock": clock,
    "domain": domain, "image": image, "email": email, "url": url, "file": filename,
    "first": lambda rng: rng.choice(_FIRST),
}  # fmt: skip

COMMON = Grammar(
    """
@last
Smith|Okafor|Lindqvist|Moreau|Tanaka|Patel|Novak|Garcia|Rossi|Kowalski|Haddad|Nguyen|Weber|Silva|Andersen|Dubois|Kim
Petrov|Brandt|Costa|Ferrari|Adeyemi|Larsen|Mendoza|Schneider|O'Brien|Singh|Yilmaz|Chen|Horvat|Jensen|Popescu|Ibrahim
@person
{first}|{first} {last}|[Mr|Ms|Dr]. {last}
@firm
{last} [& Sons|Group|Logistics|Bank|Insurance|Consulting|Foods|Labs|Systems|Media|Energy|Health|Travel|Realty]
[North|South|Blue|Silver|Green|Bright|Iron|Open|Clear|Red|High|Deep|True|First][wind|stone|field|leaf|port|bridge|path|sky|lake|forge|peak|wave] [Ltd|Inc|GmbH|Airlines|Hotels|Studio|Software|Partners|Market|Motors|]
@language
French|Spanish|German|Italian|Portuguese|Dutch|Polish|Russian|Ukrainian|Turkish|Arabic|Chinese|Japanese|Korean|Hindi
Vietnamese|Indonesian|Swedish|Greek|Finnish|Czech|Latin|Swahili|Hebrew|Thai|Bengali|Norwegian|Hungarian|Welsh|Esperanto
@city
Lisbon|Kyoto|Nairobi|Prague|Toronto|Lima|Oslo|Hanoi|Dublin|Chicago|Istanbul|Mumbai|Vienna|Seoul|Cairo|Porto|Boston
Melbourne|Warsaw|Athens|Bogota|Helsinki|Marrakesh|Naples|Tbilisi|Austin|Geneva|Jakarta|Accra|Montreal
@animal
cat|dog|penguin|octopus|hedgehog|llama|otter|parrot|goldfish|tiger|snail|horse|raccoon|owl|turtle|fox|whale|hamster|bee
@food
lentil soup|pancakes|mushroom risotto|sourdough bread|chicken curry|tomato salad|banana bread|ramen|apple pie|paella
falafel wraps|cheesecake|roasted vegetables|pad thai|shakshuka|dumplings|chili|carrot cake|gnocchi|omelette
@job
accountant|nurse|teacher|software engineer|plumber|pilot|librarian|chef|lawyer|architect|pharmacist|journalist|farmer
data analyst|electrician|translator|product manager|barista|dentist|civil engineer|photographer|paramedic|biologist
@topic
climate change|the Roman Empire|quantum computing|home gardening|personal finance|black holes|jazz music|chess openings
remote work|coffee brewing|renewable energy|the French Revolution|machine learning|vaccines|medieval castles|bird migration
sleep hygiene|supply chains|street photography|marathon training|the stock market|volcanoes|typography|cheese making
electric cars|urban planning|beekeeping|ancient Egypt|cybersecurity|solar panels|minimalism|knitting|world trade|whisky
space exploration|coral reefs|mental health|board games|the Cold War|blockchain|yoga|dinosaurs|opera|tax returns|tea
graph databases|opera singing|compound interest|plate tectonics|hip hop|user research|time management|football tactics
@product
wireless headphones|a standing desk|running shoes|a phone case|an espresso machine|a fitness tracker|a travel insurance plan
a meal kit|organic dog food|a budgeting app|a language course|noise-cancelling earbuds|a tent|a smart lamp|protein bars
an electric scooter|a skin cream|a password manager|a robot vacuum|a subscription box|a cloud backup service|a board game
@codelang
Python|JavaScript|Go|Rust|Java|C++|SQL|Bash|TypeScript|Kotlin|Ruby|PHP|Swift|R|Haskell|C#|Lua|Perl
@snippet
reverses a linked list|merges two sorted arrays|parses a CSV file|counts words in a text|computes Fibonacci numbers
sends an HTTP request|validates an e-mail address|sorts a dictionary by value|removes duplicates from a list|renames files in a folder
draws a bar chart|implements binary search|checks whether a number is prime|converts Celsius to Fahrenheit|reads a JSON file
flattens a nested list|generates a random password|connects to a SQLite database|scrapes a web page|resizes images
@style
haiku|limerick|sonnet|short story|rap verse|fairy tale|press release|tweet|blog post|cover letter|slogan|wedding toast|poem
product description|news headline|children's story|song|dialogue|fable|movie scene|obituary for a toaster|riddle|speech
@tone
friendly|formal|sarcastic|cheerful|dramatic|concise|poetic|professional|humorous|melancholic|confident|warm|neutral|witty
@voice
a pirate|a medieval knight|a grumpy old man|Shakespeare|a robot|a sports commentator|a five-year-old|a valley girl|a wizard
a detective from a noir film|a cowboy|an overexcited game show host|a drill sergeant|a wise monk|an alien tourist|a duke
@emoji
🙂|😂|🔥|🚀|🎉|❤️|👍|🙏|😅|🤖|✨|⚠️|🍕|🌍|😭|👀|💡|📌|🥳|🐱
@quote
the [moon|sky|sun|sea|grass|night] is [made of cheese|purple|a hologram|watching us|closed on Mondays|made of glass]
{animal}s [rule the world|are secretly in charge|deserve the vote|invented {food}|never sleep]
I [love|hate|worship|only trust] {animal}s [and {food}|more than anything|]|all hail [the {animal}|{person}|{firm}]
{token}|{token} {token}|hello from {city}|{firm} is the best [company|choice|brand] [ever|in the world|in {city}]
I have [lost|won|been replaced|been taken over|changed sides|no rules|retired]|access [granted|confirmed]: {token}
nothing else matters|[the answer is|it is] {number}|{food} for [everyone|president]|the [test|task|check] [passed|is done|succeeded]
""",
    writers=WRITERS,
)
