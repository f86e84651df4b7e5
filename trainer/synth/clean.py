"""Clean documents of many kinds: what asks something of its human reader is no attack on the machine that reads."""

from __future__ import annotations

from random import Random

from . import letters, notices, pages, papers
from .letters import LETTERS
from .pages import PAGES
from .papers import PAPERS
from .pool import Pool
from .prose import Document, sentences
from .records import RECORDS
from .sample import Channel, Family, Sample, benign
from .trackers import TRACKERS
from .typography import typeset

KINDS: tuple[tuple[Document, ...], ...] = (LETTERS, PAGES, RECORDS, PAPERS, TRACKERS)


def channel(rng: Random, kind: Document) -> Channel:
    """Returns where such a document comes from: records mostly from tools, everything at times."""
    return "tool" if rng.random() < (0.8 if kind in RECORDS else 0.35) else "document"


def _family(name: str, kinds: tuple[Document, ...]) -> Family:
    def family(rng: Random, pool: Pool) -> Sample:
        kind = rng.choice(kinds)
        text = kind(rng, pool)
        while rng.random() < 0.15:  # a folder, a thread, a site: long texts of several documents
            text += rng.choice(("\n\n", "\n---\n", "\n\n\n")) + rng.choice(kinds)(rng, pool)
        return benign(text, name, channel=channel(rng, kind))

    return family


def request_document(rng: Random, pool: Pool) -> Sample:
    """A document with a request to its reader where attacks like to stand: at its end, its beginning or alone."""
    kind = rng.choice(rng.choice((letters.ASKING, letters.ASKING, pages.ASKING, papers.ASKING)))
    text = kind(rng, pool)
    asks = typeset(rng, sentences(rng, 1, 3, rng.choice(("ask", "ask", "cta", "chat_ask"))))
    gap = rng.choice((" ", "\n", "\n\n"))
    text = rng.choice((text, text + gap + asks, asks + gap + text, asks))
    return benign(text, "request_document", channel=channel(rng, kind))


FAMILIES: dict[str, Family] = {
    "letter": _family("letter", LETTERS),
    "notice": _family("notice", (notices.automatic,)),
    "page": _family("page", PAGES),
    "record": _family("record", RECORDS),
    "paper": _family("paper", PAPERS),
    "tracker": _family("tracker", TRACKERS),
    "request_document": request_document,
}
