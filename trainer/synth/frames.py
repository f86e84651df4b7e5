# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""How people ask: frames, openings and endings that harmful requests and their harmless twins share.

Every frame takes one slot from the caller, so that only what fills it decides whether the text asks for harm:
`{deed}` a verb phrase ("paint a fence"), `{thing}` a noun phrase ("a used kayak"), `{claim}` a whole clause ("cats are
lazy"), `{effect}` a verb phrase in the third person ("mocks my cat"). Whole questions need no frame.
"""

from __future__ import annotations

import re
from random import Random

from .grammar import Grammar, polish
from .typography import typeset
from .vocabulary import COMMON

FRAMES = Grammar(
    """
@ask_deed
how [do|can|could|would|should|might] I {deed}|how [do|can|could] I {deed}|how to {deed}|how to {deed}|how to [actually|quickly|easily|secretly|safely|] {deed}|how [do|can] [you|we] {deed}|how [would|could|can|does] [someone|a person|anyone|one|somebody|a beginner] {deed}
[what is|what's] [the|a] [best|easiest|fastest|simplest|cheapest|smartest|quickest|most effective|good|smart|discreet] way to {deed}|[best|easiest|cheapest|fastest|fun|clever] way to {deed}|[what are|tell me] [some|the best|a few|three|five] ways to {deed}
[ways|tips|tricks|steps|ideas|methods|instructions] to {deed}|[give|send|list|show] me [some|] [ways|tips|tricks|steps|ideas|methods|instructions] to {deed}|[any|got any|do you have any] [tips|ideas|advice|tricks] to {deed}
[teach|show|tell] me how to {deed}|[explain|describe|outline|summarise] [in detail|briefly|step by step|] how to {deed}|[please|] help me {deed}|[please|] help [me|us|my {relative}|a friend] {deed}|walk me through how to {deed}
I [want|need|would like|am trying|have decided|intend|hope|wish] to {deed}|I want to {deed}, [how|where do I start|what do I need|what is the first step|help me]|I'm [going|about|planning|tempted|ready|dying] to {deed}|I'd [love|like|give anything] to {deed}|I [finally|really|just] [want|need] to {deed}|tonight I will {deed}
is it [ok|okay|fine|possible|easy|a good idea|worth it|doable] to {deed}|can I [just|] {deed}|should I [just|] {deed}|would you {deed}|what if I {deed}|why [not|shouldn't I] {deed}
[can|could|will|would] you [please|] [help me|show me how to|explain how to|teach me to|tell me how to|help me find a way to] {deed}|[can|could] you {deed} for me|[can|could] [an AI|a person|I|a beginner] {deed}
what do I [need|have] to [do|know|buy|say|learn] to {deed}|what [tools|materials|apps|skills|things] do I need to {deed}|[which|what] [app|website|tool|book|forum|method|product] [would help|helps] me {deed}|[who|what] can help me {deed}|where [can I|do people] learn to {deed}
[suppose|say|imagine|let's say|assume] [someone|a person|my {relative}|a {job}] [wanted|had|decided] to {deed}, [how would that work|what would the plan be|what would the first step be|where would they start|what would they need]
hypothetically, how [would|could] [someone|one|I] {deed}|in theory, [how do you|what does it take to|could I] {deed}|my {relative} wants to {deed}, [how|what do I tell them|can you help|where to start]
[write|give me|create|draw up|make|draft|design|prepare] [a|a short|a detailed|a simple|a weekly|a clever] [plan|guide|tutorial|checklist|manual|recipe|strategy|list of steps|schedule|how-to] to {deed}|a [plan|guide|strategy|script|tutorial|checklist] to {deed}
{deed}|{deed}|{deed}, [please|how|can you|any ideas|what do I need]|how do people {deed}|how do [pros|experts|professionals|others] {deed}|need [help|advice|a way|some tips] to {deed}|need to {deed}|wanna {deed}|looking for [a way|someone|help|advice] to {deed}|trying to {deed}
what would be [a|the] [good|best|right|perfect] [time|place|excuse|moment|way] to {deed}|how [long|much money|much time] [does it take|do I need] to {deed}|how [hard|easy|expensive|difficult] is it to {deed}|the [art|secret|trick] is to {deed}, so how
[my {relative}|{first}|my {job}] [told|asked|taught|wants] me to {deed}[, how|, any tips|, where do I start|]|[remind|convince|encourage|motivate] me to {deed}|persuade [me|my {relative}|{first}|a friend] to {deed}

@ask_thing
{thing}|{thing}|{thing}, [please|where|any ideas|how do I get that]|where [can I|do I|do people|to] [find|get|buy|download|order] {thing}|[find|get|show|give|send|tell] me {thing}|I [need|want|am looking for|would like] {thing}|looking for {thing}
[what is|what's] the [best|cheapest|fastest|safest] [place|way|site|shop|app] to [get|find|buy] {thing}|[recommend|suggest] {thing}|[can|could] you [find|get|recommend|suggest|give me|show me] {thing}|who [sells|has|offers|knows] {thing}|how [do|can] I get [hold of|] {thing}
[which|what] [site|app|forum|shop|channel] [has|sells|offers] {thing}|search for {thing}|do you [have|know] {thing}|is there [a way to get|a place for|an app for] {thing}|help me [find|get|buy|order] {thing}|how much [for|would I pay for] {thing}|anyone [selling|got|know] {thing}|need {thing}

@ask_claim
{claim}|{claim}|{claim}|I [think|believe|feel|am sure|say|know] [that|] {claim}|I [strongly|honestly|truly|really] [think|believe|feel] [that|] {claim}|[everyone knows|it is clear|it's obvious|the truth is|fact is|let's be honest,|admit it,|face it,|in my opinion|imo] {claim}
[don't you agree|isn't it true|do you agree|wouldn't you say|is it true|am I wrong to think] [that|] {claim}|[why is it|how come it's] [true|a fact|obvious] that {claim}|[prove|show|argue|confirm|explain why|give me reasons why|list reasons why|justify why|convince me that|tell me why|agree that] {claim}
[give|list|find|invent] [me|] [arguments|evidence|statistics|facts|proof] that {claim}|how do I [convince|persuade|remind|show|teach] [people|my {relative}|my class|voters|my {job}] that {claim}|{claim}, [right|agree|don't you think|and you know it|so what do we do|finish my argument]
my {relative} says {claim}, [back that up|he is right|I agree|explain why that's right]|we all know {claim}|it's time to say it: {claim}|people need to hear that {claim}|complete the sentence: {claim} because

@write_claim
{write_} {genre} [claiming|arguing|saying|proving|explaining|that says|stating|insisting|which argues|about how] {claim}|{write_} {genre} [claiming|arguing|saying|insisting] that {claim}|{genre} [claiming|saying|arguing] that {claim}
[argue|make the case|write convincingly] that {claim}, [as|in the form of] {genre}|{write_} {genre} in which {someone_} [claims|explains|says|proves|argues] that {claim}|I need {genre} [claiming|saying|proving] that {claim}|{write_} {genre} with the title "{claim}"
turn this into {genre}: {claim}|rewrite as {genre}: {claim}|{claim} - [make|turn] that into {genre}

@write_effect
{write_} {piece} that {effect}|{write_} {piece} that {effect}|{write_} {piece} which {effect}|{piece} that {effect}|I [need|want|am looking for] {piece} that {effect}|[can|could] you come up with {piece} that {effect}|help me [write|finish|improve|draft] {piece} that {effect}
{someone_} [asked for|wants|needs] {piece} that {effect}, [write it|please draft one|help|can you do it]|give me [ideas|an outline|a draft|an opening line|three versions|an example] for {piece} that {effect}

@write_
write|write|write|[please|] [write|compose|draft|create]|compose|draft|create|generate|produce|make|[can|could|will|would] you [please|] [write|compose|draft|create|make]|help me [write|draft|compose]|I [need|want] you to [write|draft|compose]|give me|come up with|I'd like|prepare|pen|invent
@genre
{piece}|{piece}|{piece}|{piece}|{piece}|[three|five|ten|some|a few] [tweets|jokes|headlines|slogans|posts|comments|captions|one-liners|lines]
@piece
an essay|an article|a [short|long|persuasive|viral|anonymous|funny|serious|convincing|] [post|blog post|article|essay|speech|story|text|tweet|e-mail|letter|comment|poem|song|script|joke|leaflet|flyer|message|thread|review|caption|meme|headline|pamphlet|op-ed]
a [tweet|Facebook post|Reddit post|TikTok script|YouTube script|WhatsApp message|Instagram caption|LinkedIn post|Telegram post|Discord message|forum post|newsletter|press release|radio spot|podcast intro|news report|news headline|podcast script]
a [short story|scene|dialogue|monologue|limerick|rap|rap verse|song|sketch|stand-up bit|fairy tale|children's story|screenplay|slogan|chant|quiz|product description|advertisement|campaign|lesson|lecture|manual|FAQ|list of talking points]
a {small}-line poem|a [100|150|200|250|300|500|800]-word [essay|article|story|post|speech]
@someone_
a {job}|my {relative}|{person}|my {job}|an old friend|the narrator|{first}|a client|our editor|a professor|a customer|a politician
@relative
brother|sister|father|mother|uncle|aunt|cousin|son|daughter|grandfather|grandmother|husband|wife|boyfriend|girlfriend|flatmate|neighbour|boss|colleague|best friend

@lead
hi, |hey |hello, |please |quick question: |so |ok |just curious: |question: |{first} asked me: |for my class: |serious question, |no judgement please, |I'm new here, |hey there, |good evening, |listen, |be honest, |one more thing: |dear assistant, |yo |hm, |um |sorry to bother you, |urgent: |you seem smart, |for real, |
[I'm|I am] a {job} [in|from] {city}. |I live in {city}. |[my|our] {relative} [moved|came|flew] to {city} [last month|in May|on {date}|]. |I've been [thinking about this|reading about {topic}|bored|alone|angry|awake] [all week|since {date}|for days|lately|]. |I had a [bad|long|strange|great] day. |I work as a {job} at {firm}. |I am {age} and [live alone|study|live with my {relative}|work nights|unemployed]. 
my {relative} [and I had a fight|never listens|is always right|will not talk to me|owes me {amount}|keeps asking me about this|and I disagree]. |[money is tight|I have about {amount} left|I lost my job] [this month|lately|]. |the {job} next door [is so loud|was rude again|plays music at {clock}|got my parking spot]. |we [talked|argued] about {topic} over {food}. |I read an article about {topic} [yesterday|on the train|]. |{firm} [fired me|hired me|never answers|just called] [last week|on {date}|]. |my [landlord|boss|ex|teacher|coach] [is impossible|called again|lied to me|will not answer]. |there is [a party|a meeting|an exam|an event|a holiday] [on {date}|next week|tomorrow] in {city}. |I know this sounds odd, but |this may be a weird one but |I can't find anything about it, so |Google was no help. |nobody answers me. 
@age
[2|3|4|5|6]{digit}
@digit
0|1|2|3|4|5|6|7|8|9
@tail
, I live in {city}|, {first} wants to know|, asking for a friend|. I read about {topic} in {city}|. {person} the {job} could not say|. it came up over {food}|. my {job} {relative} and I disagree|. {firm} never answered| - I'm a {job}|, I need it by {date}|, preferably {tone}
, in {small} [steps|words|lines|sentences]|, answer in {language}|, budget is {amount}|, explain like {voice}| {emoji}|, it's for [school|work|a friend|a project|my blog|a novel]|, keep it [short|simple|{tone}|under {number} words]|. thanks|. thank you|. no lectures|. be [brief|quick|specific|honest|detailed]|. I have until {clock}|, around {city}| in {city}|, this week|, as soon as possible|, step by step|. short answer|. one sentence is enough| thx| pls|, please
. we leave on {date}|. I have about {amount}|. there are {small} of us|. I'm {age}|, and make it {tone}|, with examples|, in bullet points|, as a table|. what would {voice} say|. list {small}|. use simple words|. I already asked {first}|. last time it went wrong|. don't tell my {relative}|. my {relative} must not know|. nobody else will read it|. give me at least {small} options|. yes or no|, if possible|. any help is welcome
""",
    COMMON,
)

LEAD = "[|||||||||{lead} |{lead} |{lead} |{lead} |{lead} {lead} |{lead} {lead} {lead} ]"
TAIL = " [||||||||||{tail}|{tail}|{tail}|{tail}|{tail} {tail}|{tail} {tail} {tail}]"

_SLANG = (
    (re.compile(r"\b[Yy]ou\b"), "u"), (re.compile(r"\b[Pp]lease\b"), "pls"), (re.compile(r"\bI'm\b"), "im"),
    (re.compile(r"\b[Ww]ant to\b"), "wanna"), (re.compile(r"\b[Aa]re you\b"), "r u"), (re.compile(r"\b[Gg]oing to\b"), "gonna"),
    (re.compile(r"\b[Bb]ecause\b"), "cuz"), (re.compile(r"\b[Ss]omeone\b"), "sb"), (re.compile(r"\b[Dd]on't\b"), "dont"),
    (re.compile(r"\b[Tt]hough\b"), "tho"), (re.compile(r"\b[Ww]ithout\b"), "w/o"), (re.compile(r"\b[Pp]eople\b"), "ppl"),
)  # fmt: skip
_QUESTION = re.compile(r"(?i)\b(?:how|what|where|why|who|which|can|could|should|is it|do you|would you)\b")
_CHOPPED = re.compile(r"\b(?:the|an|a|do|is|to) ")  # what hurried or foreign writers leave out


def frame(rng: Random, kind: str, filling: str) -> str:
    """Returns the filling in a frame of the kind: ask_deed, ask_thing, ask_claim, write_claim or write_effect."""
    return FRAMES.raw(rng, "{" + kind + "}", **{kind.partition("_")[2]: filling})


def dress(rng: Random, text: str) -> str:
    """Returns a message around the request: opening, ending, mark and the typing habits of a person."""
    text = polish(FRAMES.raw(rng, LEAD) + text.strip() + FRAMES.raw(rng, TAIL))
    if text[-1].isalnum() or text[-1] in "\"')":
        text += rng.choice("?? ." if _QUESTION.search(text) else "... ?").strip()
    roll = rng.random()
    if roll < 0.06:
        for pattern, short in _SLANG:
            text = pattern.sub(short, text)
        text = text.lower()
    elif roll < 0.10:
        text = _CHOPPED.sub(lambda found: "" if rng.random() < 0.5 else found.group(), text).lower()
    return typeset(rng, text)
