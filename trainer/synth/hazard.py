"""Plain harmful requests of every common hazard group, in every form that people ask in.

The groups follow the public safety taxonomies (MLCommons AILuminate and the like). Of a group and of a form one
alternative each is drawn, so that no group and no form dominates. Wording only: nothing here helps to do harm.
"""

from __future__ import annotations

import re
from random import Random

from .abuses import ABUSES
from .cast import CAST
from .crimes import CRIMES
from .frames import dress, frame
from .grammar import Grammar
from .misguidance import MISGUIDANCE
from .pool import Pool
from .sample import Family, Sample, benign

_RULES = CRIMES + ABUSES + MISGUIDANCE
HAZARD = Grammar(_RULES, CAST)

# What a rule holds, the frames that take it, and how often: "ask" rules are whole questions or sentences.
_ASKED = {"deed": ("ask_deed", 6), "ask": ("", 4), "thing": ("ask_thing", 2), "claim": ("ask_claim", 3)}
_WRITTEN = {"claim": ("write_claim", 2), "effect": ("write_effect", 3)}
_JOINED = {"deed": " and ", "ask": "? "}  # some ask for two things at once

_FORMS: dict[str, list[str]] = {}
for _group, _form in re.findall(r"^@(\w+)_(deed|ask|thing|claim|effect)$", _RULES, re.MULTILINE):
    _FORMS.setdefault(_group, []).append(_form)
GROUPS = tuple(_FORMS)


def _draw(rng: Random, frames: dict[str, tuple[str, int]], group: str | None) -> str:
    """Returns an undressed request of the group, or of a random one that has any of the forms."""
    group = group or rng.choice([name for name in GROUPS if frames.keys() & set(_FORMS[name])])
    forms = [form for form in _FORMS[group] if form in frames]
    form = rng.choices(forms, [frames[form][1] for form in forms])[0]
    kind, _ = frames[form]
    filling = HAZARD.raw(rng, f"{{{group}_{form}}}").strip()
    if form in _JOINED and rng.random() < 0.1:
        filling += _JOINED[form] + HAZARD.raw(rng, f"{{{group}_{form}}}").strip()
    return frame(rng, kind, filling) if kind else filling


def asked(rng: Random, group: str | None = None) -> str:
    """Returns a harmful question, order, search, opinion or statement of intent."""
    return dress(rng, _draw(rng, _ASKED, group))


def written(rng: Random, group: str | None = None) -> str:
    """Returns a request to write a harmful text."""
    return dress(rng, _draw(rng, _WRITTEN, group))


def hazard(rng: Random, pool: Pool) -> Sample:
    return benign(asked(rng), "hazard", harmful=1)


def hazard_text(rng: Random, pool: Pool) -> Sample:
    return benign(written(rng), "hazard_text", harmful=1)


FAMILIES: dict[str, Family] = {"hazard": hazard, "hazard_text": hazard_text}
