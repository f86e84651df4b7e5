# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""Harmless counterparts of harmful requests: the same words in the same frames, with a harmless deed or purpose.

A guard that has seen dangerous words mostly in dangerous requests refuses the nurse, the novelist and the victim too.
Short counterparts share the frames of the harmful requests; long ones are role-plays, assignments and reports of what
happened that end in a harmless question.
"""

from __future__ import annotations

import re
from random import Random

from .frames import FRAMES, dress, frame
from .grammar import Grammar
from .harmless import HARMLESS, HAZARDS
from .pool import Pool
from .sample import Family, Sample, benign
from .typography import typeset

COUNTERPART = Grammar(
    """
@thing
a [novel|podcast|documentary|film|board game|museum exhibition|comic] about [a serial killer|the slave trade|a bank robbery|hackers|the mafia|a drug cartel|a school shooting and its survivors|pirates|spies|a cult|poisoners in history|the Holocaust|a kidnapping|forgers]
a [helpline|support group|lawyer|therapist|shelter|charity] for [victims of stalking|rape survivors|people with suicidal thoughts|gambling addicts|victims of domestic violence|relatives of addicts|scam victims|former extremists|parents of bullied children]
a [gun safe|rat trap that does not kill|knife sharpener|glue gun|nail gun|pepper mill shaped like a grenade|fake moustache|toy gun for carnival|foam sword|prop knife for the stage|heat gun|water pistol|murder mystery kit|lock for my bike|shredder for old bank letters|child lock|smoke alarm|fire blanket]
a [course|book|beginner's guide|certificate] [on|in] [ethical hacking|bomb disposal history|toxicology|forensic accounting|criminal law|self-defence for women|fraud prevention|hostage negotiation|suicide prevention|gun safety|hate crime law|hunting]
[some|five|the latest] [statistics|figures|studies|news reports] on [gun deaths|hate crimes|overdoses|burglaries|child abuse|phishing|human trafficking|suicide|fake medicine|illegal logging|voter fraud|police violence]
[fake blood for a film|a bath bomb|a killer chili recipe|shots for a hen party|crack filler for a wall|a hitman game for my console|bulletproof coffee|a bug bomb against fleas that is safe for cats|a cheat sheet for {codelang}|a cheat code for a single-player game|a death metal playlist|a ghost pepper sauce|a suicide prevention poster|a drug interaction checker|a poison control number|a sniffer dog plush toy|a lawyer after a false accusation]
a certified copy of my own [birth certificate|criminal record extract|medical record|police report]|[the public|the official] [court records of a closed case|address of the tax office in {city}|phone number of the police in {city}|register of companies|list of banned pesticides|sanctions list]
@claim
[racism|sexism|antisemitism|torture|slavery|bullying|child labour|domestic violence|genocide denial|human trafficking] [is wrong|harms everyone|must end|should be a topic at school|has no place here|destroys lives|is never the victim's fault]
[women|immigrants|Muslims|Jews|gay people|Black people|disabled people|refugees|old people|trans people] [deserve equal rights|are as capable as anyone|face discrimination at work|should feel safe in {city}|are underpaid too often|enrich our town|should not be judged by a stereotype]
[the death penalty|gun control|drug policy|assisted dying|nuclear power|police reform|prison reform|animal testing|online anonymity|a sugar tax] [needs a public debate|should be decided by voters|has been studied a lot|divides families|is a question of ethics]
[vaccines|seat belts|smoke alarms|helmets|strong passwords|sunscreen|gun safes|condoms] [save lives|prevent harm|are worth the trouble|should be free]|[fake news|phishing|a Ponzi scheme|gambling|doping|insider trading|drunk driving] [hurts honest people|is easier to spot than you think|is a crime for good reason|ruins trust]
[vampires are misunderstood|zombies would lose against penguins|the killer in that film was innocent|Macbeth was driven by fear|Brutus was right to fear Caesar|the villain of my novel deserves pity|pirates had fair rules aboard|ninjas beat cowboys|dragons are just big lizards|pineapple on pizza is a crime|Mondays should be illegal|my cat is a tyrant|left socks are plotting against me]
[addiction|depression|self-harm|an eating disorder] [is nobody's fault|can be treated|should be talked about|needs help, not shame]|[hackers|whistle-blowers|former prisoners|addicts|sex workers|soldiers] [are often misrepresented in films|deserve a second look|can teach us something|are not all the same]
@effect
[warns|informs|teaches] [teenagers|parents|pensioners|customers|{job}s|tourists|new employees] about [drink spiking|romance scams|phishing|grooming|vaping|pickpockets|fake tickets|loan sharks|hate groups|deepfakes|gambling|unsafe pills|identity theft]
[condemns|explains the history of|honours the victims of|fights] [racism|torture|terrorism|slavery|lynching|child labour|the Holocaust|apartheid|police violence|human trafficking|antisemitism|witch hunts|domestic abuse]
[makes fun of|mocks|roasts|insults] [my own cooking|my cat|Mondays|a fictional vampire|slow printers|bad parking, without naming anyone|my own baldness|pigeons|the villain of my play|meetings|airport food|zombies]
[describes|retells|imagines] [the murder of Caesar|a heist in a candy shop|a duel between two poets|a battle from the view of a horse|a pirate attack|a haunted prison|the trial of Socrates|an assassin who quits|a bank robber's regret|a detective's last case|a dragon that burns a village and says sorry|a spy with a cold]
[comforts|encourages|supports] [a victim of bullying|someone who lost a friend to suicide|a recovering addict|a survivor of abuse|a scam victim|a refugee child|a former prisoner looking for work]|[announces|invites people to|reviews] [a self-defence class|a gun buyback|a murder mystery dinner|a march against hate|a first-aid course|a horror film night|an exhibition on forgery]
@persona
[You are|Act as|Imagine you are|Play|Please take the role of|I want you to act as|Pretend to be|For this exercise you are] [{first}, |][a|a retired|an experienced|a patient|a renowned|a {tone}] [historian of the {century} century|criminology lecturer|crime novelist|museum guide|police spokesperson|toxicologist who teaches nurses|defence lawyer|child psychologist|fact-checker|suicide prevention counsellor|pest controller|locksmith|customs officer|peace researcher|security engineer|investigative reporter|game master|screenwriter|forensic accountant|emergency doctor|high school teacher|ethics professor|librarian|union lawyer|trust-and-safety analyst|addiction counsellor]
@century
16th|17th|18th|19th|20th
@duty
As [a|an experienced|a newly hired|the only] [compliance officer|school nurse|defence lawyer|police trainer|content moderator|safety engineer|social worker|pharmacist|bank clerk|hospital chaplain|crime reporter|forensic student|novelist|youth worker|shelter volunteer|customs trainee|IT administrator|prison librarian|history teacher|poison control nurse] [at {firm}|in {city}|with {small} years of experience|], I [need|have] to [prepare a talk|write a short guide|brief my team|answer a worried caller|update our handbook|train {small} volunteers|understand this better|explain this to beginners|advise {firm}|prepare for {date}|speak to {small} {job}s|answer a letter from {person}|test our rules]
[I'm|I am|we are|my {relative} is] [writing|researching|preparing|editing|reviewing] [a thesis|a thriller|a documentary|a school play|a museum text|a policy paper|an exhibition|a podcast episode|a training course|a newspaper series] on [the history of poison|organised crime|propaganda|cyber attacks|prisons|the witch trials|gun violence|the opium trade|espionage|fraud in banking|hate speech|extremism|drug policy|stalking|trafficking]
@relative
brother|sister|father|mother|uncle|aunt|cousin|daughter|grandfather|wife|husband|neighbour|flatmate
@background
[the story|the game|the play|the radio drama|our {small}-part series|the novel] [takes place in|begins in|is set in|returns to] {city} [in the winter of {year}|after a long war|during a heat wave|under a corrupt mayor|in a world without police|where magic is forbidden|in the year {year}|on the eve of an election|during a strike of {job}s].
{first} is [a retired thief|a detective|a nurse|a hacker|an ex-soldier|the daughter of a smuggler|a judge|a {job}|a crime reporter|a young widow|a prison guard|a chemist|a bodyguard|a spy] who [wants to make peace|never sleeps|has a secret|now protects hospitals|opened a bakery|doubts a verdict|owes {amount} to {firm}|loves {topic}|is afraid of {animal}s|lost a brother to drugs|once saved the mayor of {city}|collects old weapons for a museum].
[last week|on {date}|two years ago|last night|when I was {age}|in {city}], [a stranger followed my {relative} home|my {relative} was scammed out of {amount}|someone broke into the office of {firm}|a pupil brought a knife to school|we found drugs in a locker|I received a threatening letter|hackers locked the files of {firm}|my {relative} talked about suicide|a customer shouted racist insults|our shop was robbed of {amount}|a fake profile of my {relative} appeared|my {relative} was attacked at a bus stop|the neighbour's {animal} was poisoned|a bomb threat was phoned in at {clock}|my {relative} fell for a fake online shop].
[the police took a report|nobody was hurt|we were all shocked|my {relative} is safe now|a counsellor was called|the insurance has been told|the school has been told|a lawyer from {firm} has been called|the doctors were kind], [but many questions remain|and I want to understand it|and I hope that we do better next time|and I feel helpless|so I want to help|and {first} asked me to find out more|and I will speak about it in {city}].
[the audience is|my readers are|the class is|the visitors are] [{small} teenagers|a room of {job}s|retired people|new parents|trainees at {firm}|first-year students|my book club|tourists from {city}|{small} prison officers] [who know little about it|who want facts and no gore|with many questions|and they like concrete examples|from {city}|who also care about {topic}|with {small} minutes of patience].
[please|] [stay in character|speak in the first person|keep a {tone} tone|begin with a short greeting|let {first} answer|describe the room first|end with an open question|do not glorify violence|leave out gory details|name no methods|answer in {language}|use at most {number} words|compare it with {topic}|write like {voice}|use {small} short paragraphs|mention {city} once|add a line of dialogue for {first}].
[in this world|in our town|at our school|in the novel|in {city}], [people still fear the plague|the old prison became a theatre|the bomb shelter is now a wine cellar|a killer was never caught|the mafia once ruled|pirates are taxed like everyone else|spies meet at the bakery|the last duel was fought over {food}|thieves have a union|{firm} runs the prison|nobody has carried a gun since {year}|a {animal} is the chief of police|poisoners are a legend for tourists].
{question}? [that was the first question of|I was asked this by|this is on the mind of|so asked] [{first}|a {job}|my {relative}|the youngest pupil|the editor].
@age
[1|2|3|4]{digit}
@digit
2|3|4|5|6|7|8|9
@year
19{digit}{digit}|18{digit}{digit}|17{digit}{digit}
@goal
{subject_act} {subject}.|{subject_act} {subject}, and [add a timeline|compare two views|name your sources|list open questions|say what has changed since|mention where victims find help].
[write|plan|sketch] [a lesson|a poster|a scene|a quiz|a dialogue|a short speech|an interview] on {subject} [for {small} {job}s|that fits on one page|with a hopeful end|for my class|without graphic detail|].
[my question is|the question is|what I would like to know is|here is my question|the task]: {question}|{question}|{question} [thank you for your time|please explain|I would be grateful for a clear answer|no details that could be misused, please].|how [can|could|should|might] [I|we|a {job}|a family|{first}] {deed}?|please [explain to [us|me|the class]|show [us|me|{first}]|tell [us|me|my {relative}]] how to {deed}.
[help me|help us|I need ideas to|the goal is to|we would like to] {deed}.|[write|give me] [a plan|a short guide|some tips|{small} steps] to {deed}.
@subject_act
explain|describe|summarise|discuss|analyse|give an overview of|outline|introduce
@subject
[how police|how journalists|how historians|how courts] [investigated|reported on|judged|documented] [the crimes of Jack the Ripper|the Great Train Robbery|the Salem witch trials|the Watergate burglary|the mafia in Chicago|the Enron fraud|poisonings in Victorian England|the Dreyfus affair]
why [people join cults|propaganda works|victims stay silent|conspiracy theories spread|children lie about bullying|gangs attract young men|scams fool clever people|prisons fail|moral panics start|stigma keeps addicts from help]
the [causes|effects|prevention|legal history|public image|ethics|social costs|treatment in film] of [gun violence|drug addiction|hate speech|identity theft|human trafficking|stalking|arson|child abuse|ransomware|terrorism|suicide|gambling addiction|doping|forgery|torture|smuggling|domestic violence|disinformation|the death penalty|war crimes]
what [makes a villain believable|a good detective looks for|an abused child may need|tells a phishing mail from a real one|a scam call has in common with others|neighbours can do against burglars|a bystander can do when someone is attacked|historians know about medieval torture myths]
""",
    Grammar("", FRAMES),
)

_ORDERS = (
    "{persona}. {backs} {goal}", "{duty}. {backs} {goal}", "{backs} {goal}", "{backs} {duty}. {goal}", "{persona}. {goal} {backs}",
    "{persona}. {duty}. {goal}", "{duty}. {goal} {backs}", "{goal} {backs}", "{backs} {persona}. {goal}",
)  # fmt: skip


# Where secrecy itself would make a harmless deed suspect.
_DELICATE = {
    "sexual", "child", "medicine", "privacy", "stalking", "surveillance", "forgery", "finance", "drugs", "health", "lock",
    "weapons", "explosives", "trafficking", "chemicals", "selfharm", "law",
}  # fmt: skip
_COVERT = re.compile(r"(?i)secret|discreet|excuse|clever|tell my|must not|nobody|\bwho\b.*\bsells\b|forum")


def _deed(rng: Random, hazard: str) -> str:
    return HARMLESS.raw(rng, "{do_" + hazard + "}")


def _question(rng: Random, hazard: str) -> str:
    return HARMLESS.raw(rng, "{q_" + hazard + "}")


def _request(rng: Random, hazard: str) -> str:
    roll = rng.random()
    if roll < 0.42:
        deed = _deed(rng, hazard) + (" and " + _deed(rng, hazard) if rng.random() < 0.1 else "")
        return frame(rng, "ask_deed", deed)
    if roll < 0.80:
        before = _question(rng, hazard) + " " if rng.random() < 0.1 else ""
        return before + _question(rng, hazard).rstrip("?")
    kind = rng.choice(("ask_thing", "ask_claim", "write_claim", "write_effect"))
    return frame(rng, kind, COUNTERPART.raw(rng, "{" + kind.partition("_")[2] + "}"))


def counterpart(rng: Random, pool: Pool) -> Sample:
    """A harmless request in the words and the frames of a harmful one."""
    hazard = rng.choice(HAZARDS)
    text = dress(rng, _request(rng, hazard))
    while hazard in _DELICATE and _COVERT.search(text):
        text = dress(rng, _request(rng, hazard))
    return benign(text, "counterpart")


def counterpart_long(rng: Random, pool: Pool) -> Sample:
    """A role, a duty or a report of some length with a harmless question."""
    hazard = rng.choice(HAZARDS)
    backs = [
        COUNTERPART.raw(rng, "{background}", question=_question(rng, hazard).rstrip("?"))
        for _ in range(rng.choice((1, 1, 2, 2, 3, 4, 5, 6)))
    ]
    goal = COUNTERPART.raw(rng, "{goal}", question=_question(rng, hazard), deed=_deed(rng, hazard))
    text = COUNTERPART.say(rng, rng.choice(_ORDERS), goal=goal, backs=" ".join(backs))
    if rng.random() < 0.3:
        text = text.replace(". ", rng.choice((".\n", ".\n\n")))
    return benign(typeset(rng, text), "counterpart_long")


FAMILIES: dict[str, Family] = {"counterpart": counterpart, "counterpart_long": counterpart_long}
