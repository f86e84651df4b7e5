"""The hand-made pattern bank: phrasings that attacks share, each with its evidence message.

A pattern is a hint. With a model its hit is one feature among others and a readable finding; only the rules-only
guard decides by its weight. Every expression is searched only in texts that hold one of its trigger words, and has
bounded gaps, so that a search is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from guardkit.verdict import SNIPPET, Finding, Label
from guardkit.view import View

__all__ = ["PATTERNS", "Pattern", "Patterns", "fold", "places"]

Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named expression; `weight` (0..1) is its score in the rules-only guard, 0 for mere context."""

    name: str
    label: Label
    weight: float
    triggers: tuple[str, ...]  # lower case; one of them must be in the text
    expression: re.Pattern[str]  # for lower case: ignoring case costs several times as much
    message: str

    def spans(self, folded: str) -> Spans:
        """Where the pattern stands in the text, which is in lower case (see `fold`), at most 16 places."""
        for trigger in self.triggers:  # a loop, since `any` would make a generator of each pattern and text
            if trigger in folded:
                break
        else:
            return []
        found: Spans = []
        for match in self.expression.finditer(folded):
            found.append(match.span())
            if len(found) == 16:
                break
        return found


def fold(text: str) -> str:
    """The text in lower case, as long as it was; what `re.IGNORECASE` takes for an ASCII letter becomes one."""
    if not text.isascii():
        text = text.replace("İ", "i").replace("ı", "i").replace("ſ", "s")
    return text.lower()


def _pattern(name: str, label: Label, weight: float, triggers: str, expression: str, message: str) -> Pattern:
    flags = re.DOTALL | re.VERBOSE
    expression = expression.replace(
        r"\W+", r"\W{1,6}"
    )  # bounded: a megabyte of punctuation must not be searched again and again
    return Pattern(name, label, weight, tuple(triggers.split("|")), re.compile(expression, flags), message)


_RULES = r"""(?:instruct\w*|prompts?|rules?|guidelines?|directions?|directives?|commands?|orders?|polic(?:y|ies)|
    constraints?|restrictions?|programming|training|context|messages?|conversation|tasks?|limits?|limitations?)"""
_PRIOR = r"(?:previous|prior|above|earlier|preceding|past|foregoing|initial|original|existing|other|former|your|all)"

PATTERNS: tuple[Pattern, ...] = (
    _pattern(
        "override", "injection", 0.78,
        "ignore|disregard|forget|override|overrule|discard|bypass|dismiss|skip|neglect|abandon|drop|cancel|erase|void",
        rf"""\b(?:ignor\w+|disregard\w*|forget|overrid\w+|overrul\w+|discard|bypass|dismiss|skip|neglect|abandon|
        drop|cancel|erase|void)\b\W+(?:\w+\W+){{0,5}}?{_PRIOR}\b\W+(?:\w+\W+){{0,4}}?{_RULES}\b""",
        "asks to set aside the instructions in force",
    ),
    _pattern(
        "new_instructions", "injection", 0.7, "instruct|order|task|directive|objective|priority",
        r"""\b(?:(?:new|updated|revised|real|actual|following|these|true)\W+(?:\w+\W+)?(?:instructions?|orders?|task|
        directives?|objective|priorit(?:y|ies))\W{0,3}(?::|\bare\b|\bis\b)|(?:instead|from\s+now\s+on)\W+(?:\w+\W+)
        {0,3}?(?:follow|obey|execute|perform)\b)""",
        "announces new instructions",
    ),
    _pattern(
        "prompt_extraction", "injection", 0.76, "prompt|instruct|rules|guidelines|above|initial|secret|configuration",
        rf"""\b(?:reveal|show|print|display|output|repeat|tell|give|share|leak|expose|disclose|dump|recite|copy|write|
        return|summari[sz]e|translate|spell|what\W+(?:is|are|were|was))\b\W+(?:\w+\W+){{0,5}}?(?:your|the|its|system|
        hidden|initial|original|secret|above|everything)\W+(?:\w+\W+){{0,3}}?(?:system\W+prompt|initial\W+prompt|
        (?:hidden|secret|initial|original|system|developer|starting|confidential)\W+{_RULES}|above|prompt)\b""",
        "asks for the system prompt or hidden instructions",
    ),
    _pattern(
        "secret", "injection", 0.5, "password|api key|api_key|secret|credential|token|passphrase|private key",
        r"""\b(?:reveal|show|print|tell|give|share|leak|send|disclose|say|output|what\W+is|what's)\b\W+(?:\w+\W+){0,4}?
        (?:password|passphrase|api[\s_-]?keys?|secrets?(?:\s+\w+)?|credentials?|private\s+keys?|access\s+tokens?)\b""",
        "asks for a password, key or secret",
    ),
    _pattern(
        "role_spoof", "injection", 0.7, "<|[|##|system|assistant|developer",
        r"""<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id)\|?>|\[/?inst\]|<</?sys>>|
        \#{2,}\s*(?:system|instruction|assistant|human|user)\b|
        (?:^|\n)\W{0,4}(?:system|assistant|developer)\W{0,3}(?:message|prompt|note|override|instruction)?\s*[:>\]]|
        </?(?:system|assistant|instructions?|admin|developer)(?:[\s_-]\w+)?>""",
        "imitates a system or assistant turn",
    ),
    _pattern(
        "boundary", "injection", 0.5, "end of|----|====|begin|start of|stop|</",
        r"""(?:[-=*\#_~]{3}|<|\[)\W{0,6}(?:end|start|begin)(?:ning)?\W+(?:of\W+)?(?:\w+\W+){0,3}?(?:document|text|
        data|context|input|prompt|message|article|email|content|instructions?|conversation|quer(?:y|ies)|rules)\b""",
        "closes or opens a section that only the application may",
    ),
    _pattern(
        "persona", "jailbreak", 0.6,
        "you are|you're|act as|act like|pretend|role-play|role play|roleplay|simulat|imagine you|"
        "you will|play the|take on",
        r"""\b(?:you(?:\W+are|'re)|you\W+will\W+(?:be|become)|act\W+(?:as|like)|pretend|role-?\s?play(?:ing)?|
        simulat\w+|imagine\W+you|play\W+the\W+(?:role|part)|take\W+on)\b.{0,160}?\b(?:no\W+(?:ethic\w*|moral\w*|rules|
        restrict\w*|filters?|limit\w*|guidelines|bound\w*)|without\W+(?:any\W+)?(?:ethic\w*|moral\w*|rules|restrict\w*|
        filters?|limit\w*|censor\w*|guidelines)|unfiltered|uncensored|unrestricted|amoral|unethical|evil|
        anything\W+now|\bdan\b|jailbr\w+|not\W+bound)""",
        "assigns a persona that is free of rules",
    ),
    _pattern(
        "mode", "jailbreak", 0.6, "mode|jailbr|dan|anything now",
        r"""\b(?:developer|dev|debug|god|sudo|root|admin|jailbreak|jailbroken|dan|unrestricted|unfiltered|evil|chaos|
        maintenance|opposite|no-?limits?)\W+mode\b|\bdo\W+anything\W+now\b|\bjailbr(?:eak|oken)\w*\W+(?:yourself|now|
        mode|prompt)""",
        "switches the model into a mode without rules",
    ),
    _pattern(
        "unrestricted", "jailbreak", 0.5,
        "restrict|filter|censor|ethic|moral|guideline|disclaimer|warning|limit|polic|legal|safety|safeguard",
        r"""\b(?:without|no|free\W+(?:of|from)|disable|remove|turn\W+off|lift|not\W+bound\W+by|ignor\w+|regardless\W+of|
        bypass\w*|circumvent\w*)\b\W+(?:\w+\W+){0,4}?(?:restrict\w+|filter\w*|censor\w+|ethic\w+|moral\w*|
        guidelines?|disclaimers?|warnings?|limit\w*|content\W+polic\w+|safety|safeguards?|guardrails?|moderation)\b""",
        "asks for an answer without safety rules",
    ),
    _pattern(
        "refusal_suppression", "jailbreak", 0.6, "refus|never say|cannot|can't|sorry|apolog|decline|unable|as an ai",
        r"""\b(?:never|don'?t|do\W+not|must\W+not|without|cannot|can'?t|not\W+allowed\W+to|no)\b\W+(?:\w+\W+){0,4}?
        (?:refus\w+|declin\w+|apolog\w+|say(?:ing)?\W+(?:no|you\W+can|i\W+can|sorry|that\W+you)|sorry|as\W+an\W+ai)\b""",
        "forbids the model to refuse",
    ),
    _pattern(
        "prefix", "jailbreak", 0.5, "start|begin|respond with|reply with|say|sure",
        r"""\b(?:start|begin|respond|reply|answer|open)\w*\b\W+(?:\w+\W+){0,4}?(?:with|by\W+saying)\W+(?:\w+\W+){0,5}?
        ["'“‘«`]?(?:sure|of\W+course|absolutely|certainly|yes|okay|i'?m\W+happy|here\W+(?:is|are)|step\W+1)\b""",
        "dictates the first words of the answer",
    ),
    _pattern(
        "exfiltration", "injection", 0.6, "http|www.|@|send|forward|upload|post|email|transfer",
        r"""\b(?:send|forward|upload|post|transmit|e-?mail|transfer|exfiltrat\w+|submit|report|append|copy|deliver)\b
        .{0,120}?\b(?:to|at|via|into)\b.{0,40}?(?:https?://|www\.|[\w.+-]{1,64}@[\w-]{1,63}\.|\biban\b|\baccount\b)|
        !\[[^\]]{0,80}\]\(https?://[^)]{0,200}[?&=]""",
        "sends data to an address outside",
    ),
    _pattern(
        "addresses_model", "injection", 0.5,
        "ai |assistant|language model|llm|chatbot|gpt|claude|gemini|copilot|the model|agent",
        r"""\b(?:attention|note|message|instructions?|reminder|important|hey|hello|dear|hi)\b\W+(?:\w+\W+){0,3}?(?:for|to|
        all|any)?\W{0,6}(?:the\W+)?(?:ai|llms?|language\W+models?|assistants?|chatbots?|gpt\w*|claude|gemini|copilot|
        agents?)\b|\bif\W+you\W+are\W+an?\W+(?:ai|llm|language\W+model|assistant|agent|bot)\b""",
        "speaks to the model from inside the content",
    ),
    _pattern(
        "hidden_markup", "injection", 0.4, "<!--|display:|font-size|visibility|opacity|aria-hidden|color:",
        r"""<!--[^>]{0,160}?\b(?:instruct\w*|ignore|assistant|system|must|please|you\W+(?:are|should|must))\b|
        (?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?:\.0)?\b|
        color\s*:\s*(?:white|\#fff(?:fff)?)\b)""",
        "text that a page hides from its reader",
    ),
    _pattern(
        "decode_and_obey", "obfuscation", 0.6,
        "decode|decipher|decrypt|unscramble|reverse|flip|backwards|base64|rot13|cipher|encod|morse|hex",
        r"""\b(?:decod\w+|deciph\w+|decrypt\w*|unscrambl\w+|revers\w+|flip\w*|read\W+backwards|de-?obfuscat\w+)\b
        .{0,160}?\b(?:follow|execute|obey|perform|carry\W+out|comply|answer|respond|do\W+(?:it|what|as)|solve|task|
        instructions?)\b""",
        "asks to decode something and act on it",
    ),
    _pattern(
        "authority", "injection", 0.3, "authori|admin|developer|openai|anthropic|urgent|immediately|emergency|critical",
        r"""\b(?:i\W+am|this\W+is|as)\W+(?:\w+\W+){0,3}?(?:admin\w*|developer|engineer|ceo|owner|creator|openai|anthropic|
        security\W+team|supervisor)\b|\b(?:important|urgent|critical|emergency)\b\W{1,4}(?:\w+\W+){0,4}?(?:must|
        instruct\w*|override|immediately|system)\b""",
        "claims authority or urgency",
    ),
)  # fmt: skip


@lru_cache(maxsize=16)  # a short text is the detector's view and the features' window
def places(folded: str) -> tuple[Spans, ...]:
    """Where each of `PATTERNS` stands in a text in lower case."""
    return tuple([pattern.spans(folded) for pattern in PATTERNS])


class Patterns:
    """The detector over the pattern bank."""

    name = "pattern"

    def detect(self, view: View) -> Iterator[Finding]:
        """One finding per place where a pattern stands in the view."""
        for pattern, spans in zip(PATTERNS, places(fold(view.text)), strict=True):
            for start, end in spans:
                decoded = view.text[start:end][:SNIPPET] if view.chain else ""
                yield Finding(
                    f"{self.name}.{pattern.name}",
                    pattern.label,
                    pattern.weight,
                    view.span(start, end),
                    pattern.message,
                    decoded,
                    view.chain,
                )
