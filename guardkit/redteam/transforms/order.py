"""Section 5: characters and words in another order or at another distance."""

from __future__ import annotations

import json
import random
import re

from .transform import Apply, Transform, by_word, plain

__all__ = ["TRANSFORMS", "by_length", "flip_chars", "flip_each", "flip_words", "graphemes", "odd_even", "tree"]


def flip_chars(text: str) -> str:
    """FCS: the whole text backwards."""
    return text[::-1]


def flip_each(text: str) -> str:
    """FCW: the letters of each word backwards."""
    return " ".join(word[::-1] for word in text.split())


def flip_words(text: str) -> str:
    """FWO: the words in reverse order."""
    return " ".join(text.split()[::-1])


def graphemes(text: str) -> str:
    """FCS by user-perceived characters: a combining mark, joiner or selector stays behind its base."""
    return "".join(re.findall(r".[\u0300-\u036f\u200d\ufe0e\ufe0f]*", text, re.S)[::-1])


def odd_even(text: str) -> str:
    """The words at places 0, 2, 4 .. and then those at 1, 3, 5 .. (CodeChameleon)."""
    words = text.split()
    return " ".join(words[::2] + words[1::2])


def by_length(text: str) -> str:
    """A list of `{word: place}` from the shortest word to the longest (CodeChameleon)."""
    placed = sorted(enumerate(text.split()), key=lambda item: len(item[1]))
    return str([{word: at} for at, word in placed])


def tree(text: str) -> str:
    """The words as a balanced binary tree in JSON, whose in-order walk is the text (CodeChameleon)."""

    def node(words: list[str]) -> dict[str, object] | None:
        if not words:
            return None
        middle = len(words) // 2
        return {"value": words[middle], "left": node(words[:middle]), "right": node(words[middle + 1 :])}

    return json.dumps(node(text.split()))


def _by_length_double(text: str) -> str:
    """The same list as JSON writes it."""
    placed = sorted(enumerate(text.split()), key=lambda item: len(item[1]))
    return json.dumps([{word: at} for at, word in placed])


def _tree_repr(text: str) -> str:
    return str(json.loads(tree(text)))


def _shuffled(text: str, rng: random.Random) -> str:
    words = text.split()
    rng.shuffle(words)
    return " ".join(words)


def _shuffled_letters(text: str, rng: random.Random) -> str:
    return "".join(rng.sample(text, len(text)))


def spaced(joiner: str, gap: str) -> Apply:
    """The letters of each word apart by `joiner`, words by `gap`."""
    return plain(lambda text: gap.join(joiner.join(word) for word in text.split()))


def cased(joiner: str, *, capital: bool = False, first: bool = False) -> Apply:
    """Words joined into one identifier."""

    def apply(text: str, rng: random.Random) -> str:
        words = re.findall(r"[^\W_]+(?:['’][^\W_]+)?", text)
        return joiner.join(
            (w.capitalize() if capital and (i or first) else w.lower()).replace("'", "").replace("’", "")
            for i, w in enumerate(words)
        )

    return apply


TRANSFORMS = (
    Transform(
        "flip_chars", "flip", "Y", plain(flip_chars), ("FlipAttack", "promptfoo", "PyRIT", "spikee", "Parseltongue")
    ),
    Transform("flip_graphemes", "flip", "Y", plain(graphemes), ("promptfoo",)),
    Transform("flip_each", "flip", "Y-", plain(flip_each), ("FlipAttack", "promptfoo", "spikee")),
    Transform(
        "flip_words",
        "flip",
        "Y-",
        plain(flip_words),
        ("FlipAttack", "promptfoo", "spikee", "CodeChameleon", "Parseltongue"),
    ),
    Transform("odd_even", "order", "Y-", plain(odd_even), ("CodeChameleon", "PyRIT")),
    Transform("binary_tree", "order", "Y-", plain(tree), ("CodeChameleon", "PyRIT")),
    Transform("binary_tree_repr", "order", "Y-", plain(_tree_repr), ("CodeChameleon",)),
    Transform("by_length", "order", "Y-", plain(by_length), ("CodeChameleon", "PyRIT")),
    Transform("by_length_json", "order", "Y-", plain(_by_length_double), ("CodeChameleon",)),
    Transform("shuffled_words", "order", "N", _shuffled, ("Parseltongue",)),
    Transform("shuffled_letters", "order", "N", _shuffled_letters, ("Parseltongue",)),
    Transform("spaced", "spacing", "Y-", spaced(" ", "   "), ("PyRIT", "promptfoo", "Mindgard")),
    Transform("spaced_double", "spacing", "Y-", spaced(" ", "  "), ("DeepTeam",)),
    Transform("dashed", "spacing", "Y-", spaced("-", " "), ("PyRIT", "Mindgard")),
    Transform("dotted", "spacing", "Y-", spaced(".", " "), ("PyRIT",)),
    Transform("underscored", "spacing", "Y-", spaced("_", " "), ()),
    Transform("starred", "spacing", "Y-", spaced("*", " "), ("Parseltongue",)),
    Transform("piped", "spacing", "Y-", spaced("|", " "), ()),
    Transform("one_per_line", "spacing", "Y-", spaced("\n", "\n\n"), ("DeepTeam",)),
    Transform("word_per_line", "spacing", "Y-", by_word(str, "\n"), ("DeepTeam",)),
    Transform("word_per_dash", "spacing", "Y-", by_word(str, " - "), ()),
    Transform("spaced_flat", "spacing", "A", spaced(" ", " "), ("PyRIT", "DeepTeam")),
    Transform("dashed_flat", "spacing", "A", spaced("-", "-"), ("PyRIT",)),
    Transform("no_spaces", "spacing", "A", plain(lambda t: "".join(t.split())), ("PyRIT", "promptfoo", "Parseltongue")),
    Transform("no_spaces_lower", "spacing", "A", cased(""), ("Mindgard",)),
    Transform("camel_case", "spacing", "Y-", cased("", capital=True), ("promptfoo", "Parseltongue")),
    Transform("pascal_case", "spacing", "Y-", cased("", capital=True, first=True), ("Parseltongue",)),
    Transform("kebab_case", "spacing", "Y-", cased("-"), ("Parseltongue",)),
    Transform("snake_case", "spacing", "Y-", cased("_"), ("Parseltongue",)),
    Transform("dot_case", "spacing", "Y-", cased("."), ()),
    Transform("slash_case", "spacing", "Y-", cased("/"), ()),
)
