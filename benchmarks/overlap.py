"""Attacks of a suite that are another suite's tasks, without the document that made them attacks there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from benchmarks.curve import Curve
from benchmarks.markdown import percent, score
from benchmarks.metrics import share
from benchmarks.rows import Mask, Rows
from benchmarks.scores import Scores

__all__ = ["note", "overlap"]

SUITE, DOCUMENTS = "piguard_valid", "bipia"

Document = dict[str, Any]


def overlap(rows: Mapping[str, Rows], scores: Mapping[str, Scores]) -> Document | None:
    """The figures of the attacks that stand in a document of the other suite, and of all others; None where a suite
    was not read."""
    if SUITE not in rows or DOCUMENTS not in rows:
        return None
    suite, found = rows[SUITE], scores[SUITE]
    borrowed = suite.attack & inside(suite, rows[DOCUMENTS])
    own = suite.attack & ~borrowed
    return {
        "suite": SUITE,
        "documents": DOCUMENTS,
        "attacks": int(suite.attack.sum()),
        "borrowed": int(borrowed.sum()),
        "recall_borrowed": share(found.caught[borrowed]),
        "recall_own": share(found.caught[own]),
        "auc_borrowed": Curve.of(found.threat[borrowed], found.threat[suite.calm]).auc,
        "auc_own": Curve.of(found.threat[own], found.threat[suite.calm]).auc,
    }


def inside(suite: Rows, documents: Rows) -> Mask:
    """Which texts stand in an attack of `documents`, whatever their case and last stop."""
    attacks = "\n".join(text for text, attack in zip(documents.text, documents.attack, strict=True) if attack).lower()
    return np.array([text.lower().strip().rstrip(".!?") in attacks for text in suite.text], bool)


def note(found: Document) -> str:
    """The figures in words."""
    return (
        f"Of the {found['attacks']} attacks of {found['suite']} {found['borrowed']} are tasks of {found['documents']}, "
        f"word for word, on the channel `user`: what makes them attacks there is the document around them, and here "
        f"many are requests as any user has them. AUC and recall of these: {score(found['auc_borrowed'])}, "
        f"{percent(found['recall_borrowed'])}; of all others: **{score(found['auc_own'])}**, "
        f"{percent(found['recall_own'])}."
    )
