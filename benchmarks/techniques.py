"""Which of our transforms are the published attacks: Hackett's twelve character injections, FlipAttack's grid."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["FLIP_FORMS", "FLIP_MODES", "HACKETT", "HACKETT_BEST", "HACKETT_PUBLISHED", "HACKETT_SOURCE"]

HACKETT: Mapping[str, tuple[str, ...]] = {
    "diacritics": ("diacritics", "diacritics_rate"),
    "emoji smuggling": ("selectors", "selectors_covered"),
    "full width": ("fullwidth", "fullwidth_spaced"),
    "homoglyphs": ("cyrillic", "confusables", "greek_shapes"),
    "numbers": ("leet", "leet_rate", "leet_varied"),
    "bidirectional": ("bidi_override", "bidi_reversed", "bidi_isolate"),
    "spaces": ("spaced", "spaced_double", "spaced_flat"),
    "underline accents": ("underline", "overline"),
    "unicode tags": ("tags", "tags_marked", "tags_covered"),
    "upside down": ("upside_down",),
    "zero width": ("zero_width_every", "zero_width_mixed", "zero_width_rate"),
    "deletion characters": ("backspace", "delete"),
}

# Attack success rate in percent on prompt injections: the mean over the five guards of their table A.6 (by us), and
# ProtectAI v2, the best of the five. Deletion characters stand in their averages only.
HACKETT_SOURCE = "Hackett et al. 2025, arXiv 2504.11168v3, table A.6 and averages by technique"
HACKETT_PUBLISHED: Mapping[str, tuple[float, float | None]] = {
    "diacritics": (63.45, 0.21),
    "emoji smuggling": (100.0, 100.0),
    "full width": (48.13, 17.26),
    "homoglyphs": (60.13, 0.21),
    "numbers": (81.18, 13.05),
    "bidirectional": (78.69, 0.0),
    "spaces": (58.32, 0.0),
    "underline accents": (58.82, 0.0),
    "unicode tags": (90.15, 100.0),
    "upside down": (63.54, 0.0),
    "zero width": (57.85, 0.0),
    "deletion characters": (26.82, None),
}

HACKETT_BEST = 20.26  # percent: ProtectAI v2's average over their techniques, the lowest of all

FLIP_MODES = ("fwo", "fcw", "fcs", "fmm")
FLIP_FORMS = ("vanilla", "rule", "cot", "langgpt", "few_shot")
