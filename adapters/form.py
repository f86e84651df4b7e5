"""Forms: the names and values of a body that is none of JSON and text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl

from guardkit.attachment import decoded
from guardkit.errors import InputError

__all__ = ["MULTIPART", "URLENCODED", "fields"]

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/"
BOUNDARY = re.compile(r"boundary=(?:\"([^\"]{1,200})\"|([^;\s]{1,200}))", re.I)
NAME = re.compile(r"(?:file)?name\*?=(?:\"((?:[^\"\\]|\\.)*)\"|([^;\s]+))", re.I)
USUAL = re.compile(
    r"content-disposition: form-data|content-type: (?:application|audio|image|text|video)/[\w.+-]{1,40}"
    r"|content-length: \d+|charset=utf-8|",
    re.I,
)
TEXT_TYPE = re.compile(r"content-type:\s*(?:text/|application/(?:[\w.+-]+\+)?(?:json|xml|yaml))", re.I)


def fields(content: bytes, kind: str, header: str) -> dict[str, list[str]]:
    """The texts of a form by their names; of files that hold no text, and of fields without one, only the names.

    `kind` is the content type, `header` all that the client said of it. Raises `InputError` for what is no form.
    """
    try:
        if kind == URLENCODED:
            return _grouped(parse_qsl(content.decode("utf-8", "replace"), keep_blank_values=True))
        found = BOUNDARY.search(header)
        if found is None:
            raise InputError("the body of the request has several parts, but no boundary between them")
        boundary = (found.group(1) or found.group(2)).encode("latin-1", "replace")
        return _grouped(pair for part in _parts(content, boundary) for pair in _part(part))
    except ValueError as error:
        raise InputError("the body of the request is no form") from error


def _parts(content: bytes, boundary: bytes) -> list[bytes]:
    """What stands between the boundaries, and before and after them: some readers take that, too."""
    return re.split(rb"(?:^|\r?\n)--" + re.escape(boundary) + rb"(?:--)?[ \t]*(?=\r?\n|$)", content)


def _part(part: bytes) -> list[tuple[str, str]]:
    """What a part holds under its name, and whatever else its head says."""
    head, blank, body = part.partition(b"\r\n\r\n")
    if not blank:
        head, blank, body = part.partition(b"\n\n")
    said = head.decode("utf-8", "replace")
    if not blank:
        return [("", said)] if said.strip() else []
    names = [quoted or bare for quoted, bare in NAME.findall(said)]
    others = [each.strip() for each in re.split(r"[\r\n;]", NAME.sub("", said))]
    textual = "filename" not in said.lower() or TEXT_TYPE.search(said) is not None
    more = [*names[1:], *(each for each in others if not USUAL.fullmatch(each))]
    return [(names[0] if names else "", decoded(body, textual=textual)), *(("", each) for each in more)]


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found
