"""The fuzz target on its corpus and on a few mutations: the target itself must not rot."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.__main__ import CORPUS, mutated
from fuzz.target import probe


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda path: path.stem)
def test_the_corpus(path: Path) -> None:
    probe(path.read_bytes())


@given(st.binary(max_size=200))
@settings(max_examples=25)
def test_any_bytes(data: bytes) -> None:
    probe(data)


def test_mutations_of_the_corpus() -> None:
    known = [path.read_bytes() for path in sorted(CORPUS.iterdir())]
    draw = random.Random(5)
    made = [mutated(draw.choice(known), known, draw) for _ in range(25)]
    assert len(set(made)) == len(made) and not set(made) & set(known)
    for data in made:
        probe(data)
