"""Tables of rich text, which Webflow turns into lines of text unless they stand in an embed (seen in two projects)."""

import re
from collections.abc import Iterator

from lib.fields.kept_html import IN_EMBED
from lib.fields.paragraphs import TAG

TABLE = re.compile(r"<table\b", re.IGNORECASE)
_EDGE = re.compile(r"</?table\b", re.IGNORECASE)
# Elements that a table may stand in; its own parts do not count.
_AROUND = re.compile(
    r"<(?P<end>/?)(?P<name>table|figure|div|center|section|article|aside|main|blockquote|ul|ol)(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_ONLY_AROUND = frozenset(("div", "center", "section"))  # at times written around a table and nothing else


def tables_in_embeds(text: str) -> str:
    """The text with each of its tables in an embed, a figure with it; what has more around it stays bare."""
    pieces: list[str] = []
    end = 0
    for name, start, stop in _outermost(text):
        block = text[start:stop]
        if TABLE.search(block) and _is_nothing_but_a_table(name, block):
            pieces += (text[end:start], IN_EMBED.format(block))
            end = stop
    return "".join((*pieces, text[end:]))


def _outermost(text: str) -> Iterator[tuple[str, int, int]]:
    """The elements that stand in no other of these, and whose end is their own: names and places."""
    name, start, depth = "", 0, 0
    for tag in _AROUND.finditer(text):
        if depth == 0:
            name, start = tag["name"].lower(), tag.start()
        depth += -1 if tag["end"] else 1
        if depth == 0 and tag["name"].lower() == name:
            yield name, start, tag.end()
        depth = max(0, depth)


def _is_nothing_but_a_table(name: str, block: str) -> bool:
    if name in ("table", "figure"):
        return True
    edges = [edge.start() for edge in _EDGE.finditer(block)]
    outside = block[: edges[0]] + block[edges[-1] :]
    return name in _ONLY_AROUND and not TAG.sub("", outside).strip()
