"""The names of a payload: keys, and the identifiers of things. They are read as one text, but for those that all know.

A name may hold what any text may, a word of a deny list or a sentence with underscores; only each by itself is too
short for a check of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from guardkit.verdict import Channel

__all__ = ["Names", "is_identifier", "is_known", "is_sentence"]

IDENTIFIER = re.compile(r"[\w.:/@+=#,$-]{0,256}")
BLANK = re.compile(r"\s")
KNOWN = re.compile(r"[A-Za-z0-9_.:/$#+-]*")
PART = re.compile(r"[A-Z]?[a-z]+(?:64|[34](?![0-9]))?|[A-Z]+(?![a-z])|[0-9]{1,3}(?![0-9])|[0-9]+[A-Za-z]*")
# Characters of scripts that put no blanks between words: Thai to Tibetan, Burmese, Khmer, kana, Han.
UNSPACED = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff]"
)
BRIEF = 6  # of these in a name; more may be a sentence
LONGEST = 4_000  # characters of names that are read as one text
MOST = 6  # words of a known name

# The words that the names and settings of the wire formats, and of most other payloads, consist of. Not those that one
# could tell a model to do something with, which stand only in names as a whole.
WORDS = frozenset(
    """
    a account additional address ai allof amount annotation annotations answer answers anyof api app application
    approval arg args argument arguments array assistant audio author auto b64 base64 batch blob block blocks body
    bool boolean buffer by byte bytes cache cached call calls category channel char chat choice choices chunk chunks
    citation citations city client code color column comment company completed completion completions computer const
    container content context control conversation conversations count country created creation currency custom
    customer data date day default delta deltas department depth description detail details developer dimensions
    document documents done draft due duration effort else email embedding encoding encrypted end ended enum
    ephemeral error errors event events example examples failed false field fields file filename files filter
    fingerprint finish finished first flag float format fp function functions gender generation gif group header
    headers height high history hour html human id identifier image images in incomplete index input inputs integer
    interpreter invoice is item items job jpeg jpg json key keys keyword kind kwargs label labels lang language last
    latency latitude length limit line lines list local locale location log logit logprob logprobs longitude low
    markdown max maximum mcp media medium member message messages meta metadata mime min minimum minute modalities
    mode model models month mp3 mp4 name names native no non none note notes null number object objects octet offset
    oneof optional options or order origin output outputs owner page pages parallel parameter parameters params
    parent parsed part partial parts path pattern payment pdf penalty percent person phase phone place plain png
    policy position postal prediction presence prev price product profile progress project properties property
    provider quantity queries query question rank rating ratings ratio raw reason reasoning reasons ref reference
    refusal region reply request requests required resource resources response responses result results review role
    roles row safe safety schema schemas score search second seed segment sender sequence server service session
    setting settings severity shared signature site size sort source sources standard start started state status
    step steps stop str stream street string structured subject success summary svg system table tag tags target
    task team temperature tenant text texts thinking thought thread thumbnail tier time timestamp title token tokens
    tool tools top topic total trace transaction transcript true ttl tts tuple turn type types unit update updated
    uri url urls usage use used user utf valid value values verbosity version video volume wav web webm webp week
    weight width word words xml year yes zero zip zone
    """.split()
)

WHOLE = frozenset({
    "prompt", "prompts", "instructions", "prompt_tokens", "prompt_tokens_details", "prompt_filter_results",
    "prompt_cache_key", "prompt_cache_hit_tokens", "prompt_cache_miss_tokens", "prompt_eval_count",
    "prompt_eval_duration", "previous_response_id", "completion_tokens", "system_prompt", "to", "all", "$ref", "$defs",
    "anyOf", "oneOf", "allOf", "cache_read_input_tokens", "cache_write_tokens",
})  # fmt: skip


class Names:
    """Collects the names of one payload, each once, by whose they are."""

    def __init__(self) -> None:
        self._found: dict[Channel, dict[str, None]] = {}

    def add(self, name: str, channel: Channel) -> None:
        """Notes a name, unless it is one that all know."""
        if name and not is_known(name):
            self._found.setdefault(channel, {})[name] = None

    def texts(self) -> Iterator[tuple[str, Channel]]:
        """The names in lines, as few texts as they fit into."""
        for channel, names in self._found.items():
            lines: list[str] = []
            size = 0
            for name in names:
                if lines and size + len(name) > LONGEST:
                    yield "\n".join(lines), channel
                    lines, size = lines[-1:], len(lines[-1])  # what two texts share holds what is split between them
                lines.append(name)
                size += len(name) + 1
            yield "\n".join(lines), channel


def is_identifier(text: str) -> bool:
    """Whether a text could be a name or a setting: one word, and not long."""
    return IDENTIFIER.fullmatch(text) is not None and not is_sentence(text)


def is_sentence(text: str) -> bool:
    """Whether a text may consist of several words, so that what it says is for the model to judge."""
    return BLANK.search(text) is not None or (not text.isascii() and len(UNSPACED.findall(text)) > BRIEF)


def is_known(name: str) -> bool:
    """Whether a name consists of what the names of the wire formats do."""
    if name in WORDS or name in WHOLE:
        return True
    if len(name) > 64 or not KNOWN.fullmatch(name):
        return False
    parts = PART.findall(name)
    return len(parts) <= MOST and all((part.isdigit() and len(part) < 4) or part.lower() in WORDS for part in parts)
