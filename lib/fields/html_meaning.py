"""What HTML means: its tags and words, whatever the spelling; and what Webflow makes of the images in it."""

import functools
import re
from html.parser import HTMLParser
from typing import Any

from lib.fields.characters import without_unseen
from lib.fields.html_words import MOST_UNCLOSED
from lib.fields.kept_html import tables_bare
from lib.fields.paragraphs import BLOCKS
from lib.fields.rehosted import is_copy_at_webflow, is_copy_within_webflow

# Tags as programs write them, and text without codes: nothing else has signs “<” and “>”. Not those whose content is
# read in a way of its own.
_OWN_WAY = "script|style|textarea|title|plaintext|xmp|iframe|noembed|noframes|noscript"
_TAG = rf"""</?(?!{_OWN_WAY})[a-z][^<>"'&]*+(?:"[^"<>&]*+"[^<>"'&]*+)*+>"""
PLAIN_TAG, PLAIN_HTML = (re.compile(form, re.IGNORECASE) for form in (_TAG, f"(?:[^<>&]++|{_TAG})*+"))
END_OF_PARAGRAPH = ("/", "p")


def may_be_alike(one: object, other: object) -> bool:
    """Whether two texts may mean the same: those of other words do not."""
    if not (isinstance(one, str) and isinstance(other, str) and one and other):
        return True
    words = _words(one)
    return words is None or (others := _words(other)) is None or words == others


@functools.lru_cache(maxsize=4_096)
def _words(text: str) -> str | None:
    """The letters of a text outside of its tags; None where only a parser can tell."""
    return "".join(without_unseen(PLAIN_TAG.sub("", text)).split()) if PLAIN_HTML.fullmatch(text) else None


@functools.lru_cache(maxsize=4_096)
def meaning(text: str) -> tuple[object, ...]:
    """Tags and words of a text: the order of attributes, empty ids, entities and space between blocks do not count; nor
    do the ids that Webflow gives to components, and embeds around tables."""
    if text.count("<") > text.count(">") + MOST_UNCLOSED:  # the parser looks for the end of each from its beginning
        return (text,)
    parser = _Meaning()
    parser.feed(tables_bare(text))
    parser.close()
    tokens = parser.tokens()
    # Text without any tag and the same text in one paragraph read alike.
    one_paragraph = (
        tokens[:1] == (("p", ()),) and tokens[-1:] == (END_OF_PARAGRAPH,) and tokens.count(END_OF_PARAGRAPH) == 1
    )
    return tokens[1:-1] if one_paragraph else tokens


class _Meaning(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._tokens: list[object] = []
        self._edges: list[bool] = []  # whether the token is the edge of a block

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = "data-w-id" if tag == "wf-component" else ""
        kept = sorted((name, value or "") for name, value in attrs if name != named and (name != "id" or value))
        self._add((tag, tuple(kept)), tag in BLOCKS or tag == "br")

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("br", "hr", "img", "input", "source", "embed"):
            self._add(("/", tag), tag in BLOCKS)

    def handle_data(self, data: str) -> None:
        self._add(re.sub(r"[ \t\r\n\f]+", " ", without_unseen(data)), False)

    def _add(self, token: object, edge: bool) -> None:
        self._tokens.append(token)
        self._edges.append(edge)

    def tokens(self) -> tuple[object, ...]:
        """All tokens, the spaces at the edges of blocks removed."""
        edges = [True, *self._edges, True]
        found: list[object] = []
        for number, token in enumerate(self._tokens):
            if isinstance(token, str):
                token = token.lstrip(" ") if edges[number] else token
                token = token.rstrip(" ") if edges[number + 2] else token
            if token != "":
                found.append(token)
        return tuple(found)


def is_same_but_images(kept: str, sent: str) -> bool:
    """Whether two texts differ in nothing but the addresses of images that Webflow keeps a copy of."""
    one, other = meaning(kept), meaning(sent)
    return len(one) == len(other) and all(a == b or _is_same_image(a, b) for a, b in zip(one, other, strict=True))


def _is_same_image(kept: Any, sent: Any) -> bool:
    if not (isinstance(kept, tuple) and isinstance(sent, tuple) and kept[0] == sent[0] == "img"):
        return False
    one, other = dict(kept[1]), dict(sent[1])
    now, before = one.pop("src", ""), other.pop("src", "")
    return one == other and (is_copy_at_webflow(now, before) or is_copy_within_webflow(now, before))
