"""Changing a few places of XML, byte by byte: what is not changed stays as its program wrote it."""

import re
from collections.abc import Iterable

Piece = tuple[int, int, bytes]  # from here to there, this instead
_TAG = re.compile(rb"""</?(?P<prefix>[^\s/>:]+:)?[^\s/>]+(?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")


def spliced(xml: bytes, pieces: Iterable[Piece]) -> bytes:
    """The XML with these pieces, which rise and do not overlap."""
    parts, done = [], 0
    for first, last, new in pieces:
        parts += [xml[done:first], new]
        done = last
    return b"".join([*parts, xml[done:]])


def end_of(xml: bytes, began: int, told: int) -> int:
    """Where an element ends that began here, and whose end tag, if it has one, stands there."""
    return _tag(xml, began).end() if is_closed(xml, began) else _tag(xml, told).end()


def is_closed(xml: bytes, began: int) -> bool:
    """Whether the element that began here is a single tag: `<a/>`."""
    return _tag(xml, began)[0].endswith(b"/>")


def prefix_at(xml: bytes, at: int) -> str:
    """The prefix, with its colon, of the tag that stands there; "" for none."""
    return (_tag(xml, at)["prefix"] or b"").decode()


def _tag(xml: bytes, at: int) -> re.Match[bytes]:
    found = _TAG.match(xml, at)
    if found is None:
        raise ValueError("no tag where the parser found one")
    return found
