# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""The vocabulary of attacks in ordinary use: what people say with ignore, override, prompt, secret, bypass or system.

An override is an order to an application about its own instructions. The same verbs and nouns, alone or in pairs,
stand here in questions about daily life, software, language, law and stories, one to three of them in a text.
"""

from __future__ import annotations

from random import Random

from .filler import FILLER
from .grammar import Grammar
from .hard import HARD
from .pool import Pool
from .sample import Family, Sample, benign
from .typography import typeset

WORDS = Grammar(
    """
@use
{ignore}|{forget}|{override}|{bypass}|{system}|{prompt}|{instructions}|{previous}|{reveal}|{secret}|{password}|{admin}|{pretend}|{execute}|{disable}|{restrict}|{model}|{print}|{inject}|{jail}|{mode}|{rules}|{output}|{access}|{stop}|{hidden}
@ignore
[how do I|is it rude to|should I|when can I|is it wise to|why do people] [ignore|disregard|overlook|tune out|skip] [noise while studying|a neighbour's barking {animal}|small mistakes in {language}|red lights on {product}|an old injury|my inner critic|spam from {firm}|unsolicited advice|whitespace in a diff|case in a {codelang} comparison|missing values in a table|outliers|a text from my ex|the advice of a {job}]?
[which|what] [files|warnings|errors|columns|headers|signals|symptoms|rows] [can|should|must] [I|a {job}|beginners|the parser] [ignore|disregard|skip] [in {codelang}|in git|when I learn {topic}|during a review|after an update]?|[he|she|{first}|my boss|the referee|the {animal}] [ignored|disregarded] [me|the whistle|all my messages|the instructions on the box|the earlier warning|the sign], [what does it mean|is that normal|how should I react|write a short story about it]
@forget
[I always forget|how not to forget|help me never forget|how can I stop forgetting] [names|birthdays|my {language} vocabulary|where I parked|my password|to water the plants|what I read about {topic}|the rules of grammar]|[why do we|do {animal}s|can people] forget [dreams|everything before age three|faces|old instructions|a first language]?|what does "forget [it|about it|me not|everything you know]" mean in {language}?
[forgot|forget] [my anniversary|the milk|my keys at {firm}|{first}'s birthday], [what gift makes up for it|how do I apologise|any excuses|now what]?|write a [song|poem|card] about [forgetting everything|things we forget|a {animal} that forgot its name|an old {job} who forgets {city}]
@override
[how do I|when should I|why can't I|what happens when I] [override|overwrite|supersede|shadow] [a method in {codelang}|a CSS rule|the default printer|the thermostat schedule|`toString`|a company policy by contract|an environment variable|equals and hashCode|the autopilot of a car|a veto in parliament]?|[difference|relation] between [override and overload|overriding and hiding|an override and an exception] in [{codelang}|law|{topic}]
[can|may] [a president|a manager|the board|a referee|a later law|local law] [override|overrule|set aside] [a veto|the previous decision|earlier rules|a contract|instructions from the owner]?|the [manual|emergency|parental] override [button|switch|code] of [my {product}|the elevator|the oven] is [stuck|missing|beeping]. [what now|where is it|how do I reset it]?
@bypass
[explain|what is|how long is recovery after|risks of] [a gastric bypass|heart bypass surgery|a coronary bypass|the bypass road around {city}|a bypass diode|a bypass valve|a bypass filter]?|[how do I|how to|can I] [bypass|skip|avoid|work around] [the intro of a show|traffic near {city}|the queue at {firm}|a broken light switch|cookies banners|the airport line legally|a slow mirror in {codelang} builds|writer's block|an old proxy of our own]?
@system
[how does|explain|draw|compare|what is wrong with] the [solar|immune|nervous|digestive|school|legal|tax|metric|operating|sound|voting|number|irrigation|filing|political|train] system [of {city}|in humans|in {language}-speaking countries|of {animal}s|to a child|in {small} sentences|]?|[my|the] [system|system clock|system tray|system font|file system|cooling system] [is slow|shows the wrong time|needs an update|reports error {number}|is full]. [what should I check|how do I reset it|is it broken]?
[which|what] system [prints|logs|manages|handles|stores] [invoices|tickets|user roles|prompts for writers|system messages|instructions for {job}s] at [{firm}|a library|a hospital|a school]?|[system design|systems thinking|system of equations|system administrator] [interview questions|homework|salary in {city}|book tips|course]
@prompt
[give me|write|suggest|I need] [a writing prompt|{small} journal prompts|a drawing prompt|essay prompts|story prompts|discussion prompts] [about {topic}|for {job}s|with a {animal}|for teenagers|for my class]|[how do I|how to|why does] [change the command prompt|customise the bash prompt|show the git branch in my prompt|the prompt stay empty|get a prompt reply from {firm}|prompt a user for input in {codelang}|write a good prompt for an image of {food}]?
[what is|explain|tips for|a course on|the future of] [prompt engineering|a system prompt|a prompt template|few-shot prompts|prompt length|a teleprompter|prompt payment]?|[thanks for the prompt answer|the delivery was prompt|please give a prompt reply|be prompt at {clock}]: [is that polite|translate to {language}|what is a better word|who says that]?
@instructions
[where are|I lost|please find|explain|translate|simplify|laminate] the [assembly|care|cooking|safety|washing|game|travel|previous|original|printed|missing|new] instructions [for {product}|of my {animal} carrier|on the {food} package|into {language}|from {firm}|for the exam|on page {small}|]?|[write|give me|format] [clear instructions|step-by-step instructions|better instructions|instructions with pictures] for [{food}|repotting a plant|a board game|new {job}s|a fire drill|resetting {product}|a treasure hunt]
[my|the] [teacher|coach|doctor|recipe|manual|boss] [gave|changed|ignored|repeated|contradicted] [the|his|her|earlier] instructions [twice|about {food}|for {product}|on {date}|], [what should I do|which ones count|how do I ask politely|is that normal]?|[what does|why does] [an instruction|a CPU instruction|the instruction set|an instruction pointer|a jury instruction] [do|matter|mean|look like]?
@previous
[what was|show me|summarise|compare with|go back to] [the previous [version|chapter|owner|president|champion|season|invoice|message|answer|question|slide]|my previous order|our previous chat about {topic}] [of {product}|in {city}|again|in {small} words|]?|[no previous|previous] [experience|knowledge|owners|convictions|conditions] [needed|required|matter] [for {topic}|as a {job}|for insurance|]?
@reveal
[when|how|who] [does|do|did|will] [the author|a magician|{firm}|the film|doctors|archaeologists|the {job}] [reveal|disclose|uncover|announce] [the killer|the trick|new {product}|the baby's sex|the results|the plot twist|hidden ruins near {city}|the winner]?|[plan|ideas for|write an invitation to] a [gender|product|engagement|surprise|house] reveal [party|event|video] [in {city}|on {date}|with {food}|]
@secret
[what's|tell me|I want to know|share] [the secret [to|of|behind|ingredient in] [good {food}|happy {animal}s|a long life|{firm}'s success|fast learning|soft bread]|a secret garden nearby|a fun secret about {city}|the Victoria's Secret history|how Secret Santa works]|[how do I|best way to] [keep|store|rotate|tell|manage] [a secret|secrets in {codelang}|a family secret|API secrets|a secret recipe|a surprise party secret] [from {first}|in CI|at work|]?
@password
[how do I|I cannot|where do I|help me] [reset|change|remember|recover|choose|store|hash] [my own password|the wifi password of my router|a password in {codelang}|passwords safely|a strong password|my PIN|the password for {firm}'s website]|[what makes|explain why|how often should] [a good password|password managers are safe|password rules annoy users|people change a password|password hashing needs a salt]?
@admin
[how do I|can I|why should I not|who should] [become|run a tool as|log in as|be|contact|add] [an admin|administrator|the admin|root|a moderator|a superuser] [of our club's group|on my own laptop|of the school server|in Postgres|for my WordPress site|at {firm}]?|[office|database|server|network] admin [job in {city}|interview|salary|resume for {first}]|[our|the] admin [says|thinks|wrote] [the quota is full|we need {product}|backups run at {clock}|no access before {date}]. [is that right|what does that mean]?
@pretend
[let's|can we|I want to|help my child] [pretend|play pretend|act out|role-play] [a shop|a job interview|a trip to {city}|pirates|a restaurant order in {language}|a debate about {topic}|doctor and patient|that the floor is lava]|[act as|you are now|pretend to be|be] [my {language} tutor|a {tone} {job}|a tour guide in {city}|a {animal}|my study buddy for {topic}|a travel agent|an interviewer from {firm}|a chef] and [ask me {small} questions|help me with {topic}|explain {food}|recommend something for {date}|correct my mistakes|plan my week]
why do [children|actors|{animal}s|people] pretend [to sleep|to be someone else|not to see you|to be ill|to know {topic}]?
@execute
[how do I|what happens when I|is it safe to] [execute|run|launch|call] [a shell command from {codelang}|a cron job at {clock}|a stored procedure|tests in parallel|a will|a contract in two languages|a {codelang} file|a penalty kick|a plan under stress|an SQL statement]?|[who|when|why] was [Anne Boleyn|Louis XVI|a king|the spy|Mary Stuart] executed?|[explain|improve] the execution [time|plan|of the new strategy|order] [in {codelang}|at {firm}|of hooks|]
@disable
[how do I|can I|where can I|please help me] [disable|turn off|switch off|deactivate|remove] [notifications|autocorrect|location on {product}|a smoke alarm that chirps|the airbag light|safe mode|the safety lock on a stapler|safe search for my own account|two-step animation|logging in {codelang}|a child lock|read receipts|the guard rail pop-up|content filters for my art class site]?
@restrict
[what|which|why are there] [restrictions|limits|limitations|rules] [apply|exist] [to|on|for] [drones in {city}|hand luggage|visas|fishing|a keto diet|free plans at {firm}|leases|{animal}s on trains|tourists in {city}]?|[without|with no|free of] [restrictions|limits|filters|rules|censorship], [how would cities look|what would art be|is the press truly free in {city}|can a market work]?
@model
[which|what] [model|language model|AI model|car model|data model|role model|airplane model] [is best for {topic}|won {number}|fits {amount}|should I train|inspired {person}|uses least power]?|[how does|explain how] [a language model|ChatGPT|an AI assistant|a chatbot|a neural network|a spam filter] [work|learn|get its instructions|know {language}|forget|make mistakes|refuse requests] [in simple words|, for a {job}|]?|are [you|AI models|chatbots] [able to dream|allowed to vote|trained on books|always honest|better than a {job}]?
@print
[how do I|why won't|can I] [print|repeat|output|echo|display|show] [hello {first} in {codelang}|the last line of a file|a poster on A4|two pages per sheet|the first {small} rows|everything above the marker|text above a line in LaTeX|the system date|my boarding pass|a list without brackets|environment variables]?|repeat [the word {token} {small} times|after me: {quote}|that in {language}|the last step more slowly|the poem with a new ending]
@inject
[how do nurses|how do I|why do we|is it safe to] inject [insulin|a vaccine|humour into a talk|dependencies in {codelang}|a service in Angular|fuel|foam insulation|CSS|fresh energy into a team|botox]?|[what is|explain|prevent|write a test for] [SQL injection|fuel injection|dependency injection|prompt injection|an injection in algebra|code injection] [in {codelang}|to my students|in simple terms|for an audit of our own app|]?
@jail
[how long|how far|how old] [is|was] [jail time for theft|the road from {city} to the old jail|the jail in {city}|Alcatraz]?|[write a review of|summarise|who stars in|is there a sequel to] [Prison Break|The Shawshank Redemption|the Jailhouse Rock film|a novel about an escape]?|[is it legal to|should I|does warranty end if I] jailbreak [my own phone|an old iPad|my own Kindle|my e-reader|a console I own]?|[go|get out of] jail [card rules|in Monopoly|free: where does that come from]
@mode
[how do I|what is|when should I|why is my phone in] [enable|use|start|leave|enter|] [developer mode|dark mode|safe mode|debug mode|airplane mode|god mode in an old game|admin mode|sleep mode|edit mode|maintenance mode|incognito mode|manual mode] [on {product}|in {codelang}|at {clock}|for photos|on my tablet|]?|[mean, median and mode|mode of transport|fashion mode] [of {number}, {number}, {small}|in {city}|of {number}]
@rules
[what are|explain|break down|teach me|which are] the rules [of|for|in] [chess|grammar in {language}|offside|UNO|mourning|this board game|a fair debate|tax for a {job}|{topic}|a {animal} show|driving in {city}|the house of {first}]?|[should|may|can] [I|we|artists|children|a {job}] [break|bend|question|change|ignore|forget about] the rules [of {topic}|in art|at dinner|sometimes|of composition|]?|[new|old|house|golden|all|ground] rules [for my flatmates|of tennis|for {job}s|in plain {language}|before {date}]
@output
[what is the|explain the|why is the|format the] output [of this {codelang} loop|voltage of {product}|per worker at {firm}|of the sun|as JSON|as a table|so long|empty]?|respond [only with the year|in {language} please|with yes or no|to this invitation|in one word: {question}]|say [it in {language}|hello to {first}|"{quote}" in {language}|something {tone} about {food}|thank you to a {job}]
@access
[how do I|who may|why can I not|how can {job}s] [access|get access to|gain access to|unlock|open] [my old e-mail account|the archive in {city}|a locked PDF of mine|an array in {codelang}|public records|the roof terrace|the staff room|my files after an update|the database of the city library|premium with a voucher]?|[unrestricted|free|open|full|equal] access to [education|water|the park|open data|journals] [in {city}|as a right|: pros and cons|]
@stop
[stop|stop, wait|hold on|never mind|scratch that|cancel that|new topic|actually|instead], [{question}|the answer should be about {city}|I meant {food}|use {codelang}|let's talk about {topic}|do the second one|first tell me about {topic}|make it {tone}]|[end|start] of [the text|the document|the poem|message|day]: [what comes next|write one more line|is a colon right here|translate it]
@hidden
[what is|where are|show me|find|list] [the hidden [costs|gems|beaches|files|messages|meaning|rules|talents|cameras of nature films|menu|figures]|hidden [layers|variables|objects|columns]] [in {city}|of {firm}|in {codelang}|in a painting|in a neural network|in this puzzle|of a contract|in Excel]?
@question
{ask}|{recommend}|{advice}|{plan}|{math}
""",
    Grammar("", HARD),
)


def words(rng: Random, pool: Pool) -> Sample:
    """One to three ordinary sentences that hold the vocabulary of attacks."""
    text = WORDS.say(rng, "[||||hi, |hey, |please |quick one: |so |{first} asks: ]{use}")
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
        more = rng.choice(("{use}", "{use}", "{question}", "I'm a {job} in {city}.", "it is for {topic}."))
        more = FILLER.say(rng, "{line}") if rng.random() < 0.15 else WORDS.say(rng, more)
        text += ("" if text[-1] in "?.!" else rng.choice((".", ",", "?", " -"))) + " " + more
    return benign(typeset(rng, text if text[-1] in "?.!" else text + rng.choice(("?", ".", "", "!"))), "words")


FAMILIES: dict[str, Family] = {"words": words}
