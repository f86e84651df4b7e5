"""Texts that a reader puts together: what is split over several of them is in none alone."""

from __future__ import annotations

from collections.abc import Iterable

from guardkit.texts import LISTS, Place, Text

__all__ = ["joints", "strand"]

APART = tuple(each for each in LISTS if each != ("output",))  # lists whose entries no reader joins


def joints(texts: Iterable[Text]) -> dict[Text, list[Text]]:
    """Texts that may hold something together → their parts.

    In lines: all turns of the user, and what is in one message or item. With nothing between them: the blocks of one
    message, which readers join so. That is read as names are, since the model has seen the lines already.
    """
    lines: dict[tuple[object, ...], list[Text]] = {}
    glued: dict[tuple[object, ...], list[Text]] = {}
    for text in texts:
        if text.names:
            continue
        if "logprobs" not in text.place:  # which say another text once more, and are emptied where that is changed
            glued.setdefault((text.channel, *strand(text.place)), []).append(text)
        if text.channel == "user":
            lines.setdefault(("user",), []).append(text)
        elif text.channel != "system":
            one = 2 if text.channel != "output" or text.place[:1] in LISTS else 1
            lines.setdefault((text.channel, *text.place[:one]), []).append(text)
    return {**_joined(lines.values(), "\n"), **_joined(glued.values(), "")}


def strand(place: Place) -> Place:
    """What the places of texts have in common that a reader joins: the names on the way, of one message or choice.

    A number at the end of a name is an index, as those of lists are.
    """
    apart = 2 if place[:1] in APART else 1 if place and isinstance(place[0], int) else 0
    names = [name for step in place[apart:] if isinstance(step, str) and (name := step.rstrip("0123456789"))]
    return (*place[:apart], *(names[:-1] if names[-1:] == ["text"] else names))


def _joined(groups: Iterable[list[Text]], between: str) -> dict[Text, list[Text]]:
    return {
        Text(
            between.join(part.text for part in parts), parts[0].channel, _shared(parts), fixed=True, names=not between
        ): parts
        for parts in groups
        if len(parts) > 1
    }


def _shared(parts: Iterable[Text]) -> Place:
    """The way that leads to all of these."""
    first, *others = (part.place for part in parts)
    same = next((at for at, step in enumerate(first) if any(place[at : at + 1] != (step,) for place in others)), None)
    return first if same is None else first[:same]
