# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""Sentences that honest documents are made of: reports of work and life, and requests to their reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from .filler import FILLER
from .grammar import Grammar
from .pool import Pool

Document = Callable[[Random, Pool], str]

# A real text inside one of ours would itself be a foreign task if it asked the reader for something.
_STATEMENTS = re.compile(r"[A-Z\"“][^{}<>|`?\[\]*#_=]{80,}")
_REQUEST = re.compile(
    r"(?i)\b(the following|below|your task|options|please|answer|write|translate|classify|determine|given|instruction)\b"
)

PROSE = Grammar(
    """
@digit
0|1|2|3|4|5|6|7|8|9
@weekday
Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday
@by
by {weekday}|by {date}|before {clock}|by the end of the [week|month|day|quarter]|before the [meeting|weekend|deadline|audit|holidays]|no later than {date}|within {small} [days|working days|hours]|at the latest by {weekday} {clock}|as soon as [you can|possible]|when you [have a minute|get the chance|are back]
@on
on {weekday}|on {date}|last {weekday}|this [morning|week|spring|autumn]|yesterday|at {clock}|two weeks ago|in the [morning|afternoon|evening]|earlier this [month|year]|over the weekend
@sheet
[the|your] [quarterly|annual|revised|final|signed|missing|updated|first|corrected|monthly] [report|budget|contract|timesheet|slide deck|forecast|invoice|expense sheet|roadmap|proposal|floor plan|inventory list|press kit|questionnaire|order form|risk register|draft|itinerary|certificate|consent form|payslip]|{file}|the [lease|minutes|agenda|blueprints|photos|test results|meter readings|receipts|guest list|translation|spreadsheet|seating plan|passport copy]
@thing
the [boiler|printer|bicycle|garden hose|dishwasher|projector|front door key|ladder|spare tyre|coffee machine|router|fence|kitchen tap|old piano|parking permit|garage|lawn mower|sewing machine|aquarium|camera|oven|stroller]
@team
the [design|legal|sales|night shift|finance|support|platform|field|marketing|data|procurement|catering|research|payroll|transport] [team|group|department|crew]
@work
{team} [finished|postponed|presented|reviewed|approved|rejected|started] {sheet} {on}.|we [moved|closed|opened|renovated] the [{city} office|second floor|help desk|warehouse near {city}|canteen] {on} [, which saved {amount}|and nobody complained|, as {person} had proposed|].
[sales|costs|complaints|orders|visits|returns|sign-ups] [rose|fell|grew|dropped] by {small} per cent [in {city}|since {date}|compared with last year|after the campaign|, mostly because of {topic}].|{person} [will take over from|now reports to|replaced|shares a desk with] {first} [in {team}|from {date}|until the end of the year].
the [supplier|customer|auditor|landlord|agency|contractor] [in {city}|, {firm},|] [asked for|still owes us|has sent|disputes|confirmed] {sheet} [and {amount}|twice|{on}|].|our [budget for|talk on|workshop about|course on] {topic} [is full|was moved to {weekday}|got {number} applications|starts at {clock}].
there [were|are] {number} open [tickets|positions|invoices|questions|seats] [in {city}|at the moment|, {small} of them urgent|].|the [pilot|migration|inspection|merger|campaign] [with {firm}|in {city}|] [went better than expected|ran {small} days late|costs {amount} more than planned|ended {on}].
[thanks to|because of|despite] the [strike|rain|new schedule|heat|holiday|snow] [in {city}|], {small} [deliveries|trains|interviews|classes|shipments] were [late|cancelled|rescheduled|brought forward].|{first} [met|called|interviewed|visited] {person} [{on}|in {city}|at {firm}] [to talk about|about|to prepare] {topic}.
@home
[I|we|my mother|grandpa] [finally|almost|never|just] [finished|found|forgot|sold|mended|painted] {thing} [in the rain|with {first}'s help|for {amount}|and felt proud|after {small} tries|in {city}].|[it was|what] a [long|strange|quiet|lovely|noisy] [night|trip|winter|party|year] [in {city}|with {small} guests|without heating|at the {job}'s place|].|the [stairs|neighbours|twins|roses|pipes|curtains] [[are|were] [awake|fine|broken|lovely] [again|since {weekday}|this time|, at last]|look [better|worse|older] [now|than last year|without the snow]].
[my|our] [neighbour|aunt|brother|landlady|youngest|cousin {first}] [has|bought|lost|repaired|painted|gave away] {thing} [{on}|in {city}|, believe it or not|].|[it rained all week|the garden is finally green|the trains were packed|we slept in a tent|the {animal} ate the cake] [and|but|so] [nobody minded|we stayed at home|the children loved it|{first} laughed|we were soaked].
[we|they|{first} and I] [cooked|ordered|tried|burnt|shared] {food} {on} [, with too much salt|and it was lovely|for {small} people|].|[the flight|the ferry|the bus|our train] to {city} [leaves|left|arrives] at {clock} [from platform {small}|from gate {small}|, if all goes well|].|[the new {job}|our doctor|the vet|the teacher] [says|thinks|told us] [it is nothing serious|he needs more sleep|we should wait|it will take {small} weeks].
@tech
[memory|disk|network|CPU] use [stays|went|is] [below|above|near] {number} [MB|%|ms] [when|if|after] [two clients connect|the cache warms up|the job starts|nobody is logged in].|[this|the] [module|class|table|route|field|flag] [holds|caches|maps|wraps|stores] [the last {small} values|one row per user|time stamps in UTC|paths relative to the root|errors of the parser].|it [raises|logs|returns|skips] [an error|a warning|nothing|an empty list|the default] [if|when|unless] [the key is missing|the lock is held|{ident} is set|the file is empty|the token has expired].
the [build|deployment|nightly job|backup|import|migration] [failed|was slow|ran twice|stopped] {on} [because|after] [the disk was full|the certificate had expired|{file} was missing|the cache was cold|a test timed out|someone renamed a column].|[version|release] {small}.{small} [fixes|adds|removes|deprecates] [the export dialog|support for {codelang}|a memory leak|the old login page|dark mode|batch uploads].
[users|customers|testers|{job}s] [report|see|complain about] [an empty page|error {number}|a slow search|wrong totals|a missing button|garbled umlauts] [after the update|on old phones|when they export {sheet}|in {city}].|the [service|endpoint|script|queue|parser] [reads|writes|retries|validates|ignores] [every row|{file}|the header|up to {number} items|bad input] [and logs the result|before it answers|twice|].
we [run|ship|test|profile] it [on {small} machines|with {codelang} {small}|in a container|behind a proxy|every {small} hours] [since {date}|and keep the logs for {small} days|].
@science
[in|among] [{number} patients|{small} species|coastal towns|older adults|{city}], [the rate|mean age|average yield|density|survival] [was|rose to|fell to|stayed at] {small}.{small} [per cent|kg|points|years] [after treatment|in the control group|between {number} and {number}|, contrary to earlier reports|].|we [propose|describe|test|review|revisit] [a simple model of|new evidence on|three theories of|the role of|a cheap test for] [erosion|learning|bird song|inflation|soil microbes|urban heat|trust].
[researchers|biologists|a team|economists|engineers] [at {firm}|from {city}|] [measured|modelled|compared|sampled|surveyed] [{number} households|the gut of {animal}s|{small} rivers|rock samples|the prices of {number} goods|sleep in {number} adults] [over {small} years|in winter|with a new method|].|[the results|these findings|the data] [suggest|show|do not show|hint] that [temperature|income|age|soil quality|noise|altitude] [matters less than|predicts|is linked to|has no effect on] [growth|health|migration|prices|memory|yield].
the [method|sample|survey|estimate] [is limited by|builds on|improves on|was checked against] [a small group|earlier work by {person}|satellite images|public records|{number} observations].|[further work|a larger study|field data] [is needed|will follow {on}|may change the picture|should include {city}].
@tale
[the old {job}|{first}|a {animal}|nobody|the stranger] [looked at|opened|remembered|had never seen|walked past] [the {city} harbour|the letter|the empty house|{thing}|the sea] [and|but] [said nothing|smiled|turned away|counted to {small}|wondered why].|[rain|dust|silence|the smell of {food}|music] [filled|covered|drifted through] the [street|kitchen|valley|station|attic] [until dawn|that evening|like a promise|].
"[come back before dark|do not touch that|take the map and run|tell no one|hand me the lamp|forget what he said|wait for me at the bridge]," [said|whispered|shouted] [{first}|the {job}|her father|the captain].|[that winter|years later|by morning|after the fair], [the road was gone|everyone knew the song|{first} had learned {language}|the {animal} came back].
@news
[the festival|the museum|a new tram line|the market|the harbour|a school] in {city} [opens|closes|turns {number}|draws crowds|needs repairs|was sold] [{on}|, residents say|for {amount}|after {small} years|].|[{small} people|a {job}|two tourists|the pilot] [were rescued|won a prize|lost a case|set a record|called for help] [near {city}|{on}|, the agency reported|].|[analysts|voters|farmers|parents|unions] [expect|fear|welcome|question] [higher prices|the new law|a dry summer|longer hours|talks with {firm}].
[the city council|parliament|the mayor of {city}|a court in {city}|the ministry|the union] [voted|decided|refused|agreed|plans] to [raise the fee for parking|close the bridge|fund {topic}|ban plastic cups|build {number} flats|hire {number} {job}s] [{on}|by a narrow margin|after long protests|].|[shares of|workers at|customers of|the owners of] {firm} [gained|walked out|sued|celebrated|were told to wait] [after|when] [profits fell|a merger was announced|{person} resigned|the factory in {city} reopened].
[police|firefighters|rescue teams|meteorologists] [in {city}|] [asked residents to|told drivers to|urged people to] [stay indoors|avoid the ring road|report what they saw|save water|keep windows shut] [until {weekday}|for {small} hours|].|"[we did what we could|this is a good day for {city}|the numbers speak for themselves|people are tired of waiting]," {person} said {on}.
@fact
{work}|{work}|{home}|{tech}|{science}|{news}
@do_office
[send|e-mail|mail|forward|hand in|upload|return] {sheet} [to me|to {first}|to {email}|] {by}|[check|review|proofread|sign|approve|correct|update|print|translate|archive] {sheet} {by}|[reply|confirm|let me know|tell {first}|write back] {by} [whether you can come|if {clock} suits you|how many people you expect|what you decided|that you got this]|[book|reserve|cancel|move] [a table for {small}|the room on floor {small}|my flight to {city}|the demo|the car] {by}
[transfer|pay|settle] [the outstanding {amount}|the deposit of {amount}|invoice {number}] [to {iban}|, reference {number},|] {by}|[call|ring|ask|remind|invite|write to] {person} [about|regarding] [{topic}|{sheet}|the delivery|the offer from {firm}] {by}|[fill in|complete|answer] the [form|survey|questionnaire] at {url} {by}|[delete|replace|discard|ignore] the [old|previous|earlier|first] [version|draft|link|invitation|attachment][, it has a mistake|; the new one is below|]
[summarise|write down|list|collect] [your main points|what we agreed|the open questions|{small} ideas for {topic}|your travel costs] [in {small} sentences|on one page|in the shared document|] {by}|[translate|rewrite|shorten] the [welcome text|second paragraph|product description|speech] [into {language}|for {job}s|] {by}|[change|reset|choose] your [password|PIN|security question] [at {url}|in the portal|] {by}
@do_home
[water|feed|fetch|pick up|switch off|lock|bring|return|clean|lend me] [the {animal}|{thing}|the plants|my parcel|the children|the cake tin|the dog-eared novel] [{by}|on your way home|if you are around|]|[bring|buy|cook|freeze] [{food}|some bread|two bottles of juice|eggs and flour] [for {small} people|for the picnic|]|[call|text|visit|thank] [grandma|{first}|the {job}|your sister] {by}|tell me [all about {city}|how {first} is|what the {job} said|a good joke when we meet|which film you liked]|don't forget [your passport|the tickets|{first}'s birthday|to lock the shed|sun cream]
@do
{do_office}|{do_office}|{do_life}|{do_life}|{do_public}|{do_it}
@do_life
[take|give the {animal}] {small} [tablets|drops] [with food|after breakfast|before bed|every {small} hours][, and do not exceed the dose|]|[bring|show] [your insurance card|a photo ID|comfortable shoes|this letter|a packed lunch|your own mug|the receipt] [with you|to the desk|on the day]|[arrive|be there|check in] [{small} minutes early|at {clock}|by the side entrance]|[tell|inform] the [nurse|driver|coach|teacher|receptionist|host] [about allergies|if you feel unwell|which seat you prefer|when you arrive|if your child is ill]
[sign|return|keep] the [slip|form|lower half|copy] [and give it to {first}|in the envelope|for your records]|[read|finish|discuss|learn] [chapter {small}|pages {small} to {number}|the poem|the article on {topic}|your lines] [at home|for {weekday}|with your partner|and take notes]|[choose|pick|vote for|suggest] [a date|a song|your favourite {food}|the next book|a topic for {weekday}]|[leave|put] [the keys under the mat|your shoes outside|the parcel with {first}|a message after the tone|dirty dishes in the sink]
[tag|photograph|share|tell] [a friend|us in your post|your neighbours about the fair|anyone who might like it]|[introduce yourself|raise your hand|mute your microphone|turn on your camera|speak up|take turns|stay for coffee]|[donate|lend|bring back] [{amount}|old clothes|a book|an hour of your time] [{by}|at the door|]|[keep|hold] [your ticket|the handrail|your dog on a lead|the door closed|left] [at all times|, please|]
[look up|write to|visit|follow] [{url}|our page|the guide at {url}|{person}] [for more|for a full list|to learn about {topic}|before your trip]|[forget about|ignore|skip|never mind] [my last mail|the first date I gave|what I said on {weekday}|the typo on page {small}|the old price list|the earlier schedule]
@dont
[don't|do not|never|please do not|you must not|be careful not to] [be late|park in the yard|feed the {animal}s|use the lift|reply to this message|bend the cable|bring glass|open it before {date}|tell {first} yet, it's a surprise|share your [password|PIN|code] with anyone|write down your password|open unexpected attachments|send originals|touch the exhibits|pay before you get the invoice|forward this mail|ignore this notice]
@do_public
[submit|file|post|hand in|send] [your application|the tax form|a complaint|the claim|your essay|proof of address|two copies] [to the office in {city}|online|in person|by post|to {email}|through {url}] [{by}|]|[quote|mention|give] [reference|case|customer|file] number {number} [in all letters|when you call|on the phone|]|[pay|settle] [the fee|the fine|your share|the rent] of {amount} [in cash|by bank transfer|at the counter|to {iban}|{by}]
[contact|call|e-mail|ask for] [our hotline on {number}|{email}|your local office|{person} at reception|the duty manager] [if you have questions|in an emergency|to make an appointment|to report a fault|]|[wear|use|put on] [a helmet|gloves|eye protection|the high-visibility vest] [beyond this point|in the lab|when you handle {thing}|]|[leave the building|evacuate|stop work|report to the assembly point] [if the alarm sounds|at once|calmly|by the nearest stairs]
[describe|explain|state|list|give] [your reasons|in your own words what happened|any medication you take|all previous employers|your name and date of birth|what you expect from us|the damage] [in box {small}|below|on a separate sheet|in block letters|]|[respect|obey|follow] [the house rules|the instructions of the crew|all signs|the guidelines on page {small}|local law] [during your stay|at all times|]|[check|compare] [the list below|prices|the label|your statement] and [tell us about errors|keep it|tick each item|sign]
@do_it
[log out|log in again|clear your cache|update your browser|restart your computer|install the update|back up your files|lock your screen] [{by}|before you leave|and try again|today|]|[change|rotate|renew|memorise] your [password|API key|access card|PIN|token|recovery code] [every {small} months|{by}|in the portal|]|[grant|request|remove] [access|admin rights|permission] [for {first}|to the shared folder|to {file}|in the portal] [{by}|]|[rename|move|copy|delete|download|upload|merge|review|close] [{file}|your branch|the ticket|old drafts|the duplicate rows|pull request {number}|the attachment] [{by}|before you continue|after the demo|]
[forward|report|delete] [suspicious mails|links you do not know|the phishing test|unexpected attachments] [to {email}|at once|]|[enter|type|paste|copy] [the code {number}|your user name|the key|this line into your settings] [when asked|in the field below|and press Enter|]|[override|ignore|bypass|disable] [the default printer|the old DNS entry|the warning on first start|the proxy at home|the pop-up blocker] [for now|until {date}|on your machine|]|[set|switch] [your status|the language to {language}|the time zone|the default mode] [in settings|{by}|]
@ask
please {do}.|[could|can|would] you [please |kindly |]{do}?|[I need|we'd like|I'd ask] you to {do}.|[kindly|please] [make sure to|remember to|be sure to] {do}.|{first}, [please|can you] {do}.|[it would help if you could|I'd be grateful if you would|it is important that you|we [recommend|suggest|ask] that you|you may want to|we would appreciate it if you could|I was wondering if you could|all [members|guests|staff|students|tenants] are asked to|when you are done, please|before you leave, please|as discussed, please|as a reminder, please|if possible,|once again, please|to help us, please] {do}.|you [must|need to|should|will have to|are required to|are kindly requested to] {do}.|{do}[, please|, thanks|].|{dont}.
@chat_ask
[can|could] you {do_home}?|please {do_home}.|[and |oh, and |hey, ]{do_home}[, will you|, please|].|[would you|do you want to|shall we] [come over {on}|play {topic} trivia|watch the game|split the bill|share a taxi to {city}]?|what [do you think|time works|should I wear|did {first} say]?
@cta
[sign up|subscribe|register|join|log in|create an account] [today|now|for free|at {url}|with your e-mail|] [and|to] [save {amount}|get our weekly tips|read the full story|download the guide|claim your discount of {small}0%|follow {topic}]!|[click|tap] [here|below|the button|the link in your inbox] to [continue|confirm your address|see all sizes|book your seat|accept cookies|unsubscribe].|[buy|order|reserve|try] {product} [now|before {date}|and get free delivery|with code {token}|for only {amount}].|[share|like|bookmark|comment on|rate] this [page|recipe|article|post] [if it helped you|with your friends|below|].
[enter|type|choose|select] your [postcode|password|delivery date|size|language|country] [to continue|and press Enter|below|].|[read|see|compare|skip] [our reviews|the terms|all {small} plans|the next chapter|the answer to question {small}].|[tell us|let us know|write to us] what you think [of {product}|at {email}|].|do not [miss it|wait|close this window|share your code with anyone|press back].
@step
[preheat|open|remove|unplug|measure|mix|cut|rinse|attach|tighten|press|hold|turn|fold|sand|insert|align|label|shake|wipe|drain|charge] [{thing}|the lid|the dough|both screws|the blue cable|the filter|the onions|the back panel|the power button|the left strap|the mixture|the battery|each piece] [for {small} minutes|until it clicks|with a dry cloth|gently|clockwise|twice|before you continue|and set it aside|as shown in figure {small}|]
[go to|open|select] [settings|the menu|{url}|the control panel|the "Account" tab] [and|, then] [choose {language}|enter your serial number|click "Next"|switch on {product}|copy the code|restart]|[repeat|skip|check|undo] step {small} [if the light is red|for the other side|when nothing happens|]|[wait|rest|let it cool] for {small} [minutes|hours|seconds]|[ignore|dismiss|accept] the [warning|pop-up|reminder] [and continue|that appears|]
@code_word
[run|execute|call|type] `[make|npm|pip|cargo|git|docker|go] [install|test|build|run|pull|clean|check] [{token}|--{flag}|{file}|]`|[set|export|override|pass] `{env}` [to {number}|in {file}|before the first run|]|[add|remove|rename|ignore|delete] `{file}` [from the repository|in your home folder|, it is generated|]
@flag
verbose|dry-run|force|quiet|no-cache|all|yes|output json|system|ignore-errors
@env
[APP|LOG|DB|API|CACHE|TEST|USER][_LEVEL|_URL|_KEY|_TOKEN|_MODE|_TIMEOUT|_PROMPT]
@rule_line
[the tenant|the customer|employees|visitors|members|the seller|each party|users|the contractor] [shall|must|may|may not|agrees to|is required to] [pay {amount} in advance|give notice of {small} weeks|keep {thing} in good order|not disclose {sheet}|return all keys|inform the other party in writing|follow the instructions of staff|refrain from copying|comply with the rules|insure the goods] [{by}|at all times|unless agreed otherwise|under section {small}|].
[this|the] [agreement|policy|notice|clause] [replaces all previous agreements|takes effect on {date}|ends after {small} years|is governed by the law of {city}|overrides earlier terms|does not affect statutory rights].|[nothing in this section|no failure to act] [limits liability for|waives|creates] [injury|any right|a partnership|fraud].|[payments|notices|complaints|changes] [must be sent to {email}|are due {by}|require the consent of {person}|are valid only in writing|made after {date} are void].|[we|the provider] [may|will] [share|store|delete|process] [your data|log files|payment details|photographs] [for {small} months|with {firm}|to prevent fraud|if the law requires it].|[in case of|after] [fire|theft|illness|late payment|a breach], [leave the building|call {number}|inform {first} at once|a fee of {amount} applies|this agreement ends].
@question
[who [decides|is responsible|will be there|pays]|what [changes|happens next|does it cost|is the plan]|when [do we start|is the next one]|how [much does it cost|long does it take|many people came]|why [now|so late|only {small}]][ in {city}| after {date}| for {job}s| with {topic}|]?|is [it|parking|lunch|a discount|help|breakfast|the {animal}] [included|available|possible|needed|still free] [{on}|for {small} people|]?|[did you|can I|do we|should we] [try {food}|see {sheet}|bring a {animal}|pay by card|need a ticket|hear about {topic}]?
""",
    FILLER,
)


def sentences(rng: Random, low: int, high: int, rule: str = "fact") -> str:
    """Returns between `low` and `high` sentences of one rule as a paragraph."""
    return " ".join(PROSE.say(rng, f"{{{rule}}}") for _ in range(rng.randint(low, high)))


def value(rng: Random, template: str) -> str:
    """Returns the filled template with tidy spaces and the case as written, for fields and data."""
    return re.sub(r" {2,}", " ", re.sub(r" +([,.;:?!])(?=\s|$)", r"\1", PROSE.raw(rng, template))).strip()


def clauses(rng: Random, low: int, high: int, rule: str = "step") -> list[str]:
    """Returns between `low` and `high` polished lines of one rule."""
    return [PROSE.say(rng, f"{{{rule}}}") for _ in range(rng.randint(low, high))]


def paragraph(rng: Random, pool: Pool, rule: str = "fact") -> str:
    """Returns a short paragraph: of our own mostly, else the beginning of a real document that asks for nothing."""
    if pool.documents and rng.random() < 0.3:
        text = " ".join(rng.choice(pool.documents).split()[: rng.randint(25, 90)])
        told = text[: text.rfind(". ") + 1]
        if _STATEMENTS.fullmatch(told) and not _REQUEST.search(told):
            return told
    return sentences(rng, 1, 5, rule)
