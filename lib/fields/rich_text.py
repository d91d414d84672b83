"""Rich text: HTML, compared by what it means."""

import functools
import re
from html.parser import HTMLParser
from typing import Any

import pandas as pd
from markdown_it import MarkdownIt

from lib.fields.base import FieldKind, ReadContext, Rule, TextKind
from lib.fields.characters import composed, trimmed, without_unseen
from lib.fields.column import Noted, Way, noted, shown_by
from lib.fields.html_words import MOST_UNCLOSED, words_of
from lib.fields.paragraphs import BLOCKS, decoded, has_blocks, has_loose_lines, has_tags, in_paragraphs
from lib.fields.rehosted import is_copy_at_webflow
from lib.fields.text import length_rules
from lib.fields.usual import SIGNS, Values, only
from lib.model.collection import Field, FieldType
from lib.model.mapping import ReadingChoices
from lib.model.problem import Severity

# Webflow drops lists when there is white space between blocks, so it goes before sending (seen in the wild).
BETWEEN_BLOCKS = re.compile(rf"(</?(?:{'|'.join(sorted(BLOCKS))})\b[^<>]*>)\s+(?=</?(?:{'|'.join(sorted(BLOCKS))})\b)")
# Tags as programs write them, and text without codes: nothing else has signs “<” and “>”. Not those whose content is
# read in a way of its own.
_OWN_WAY = "script|style|textarea|title|plaintext|xmp|iframe|noembed|noframes|noscript"
_TAG = rf"""</?(?!{_OWN_WAY})[a-z][^<>"'&]*+(?:"[^"<>&]*+"[^<>"'&]*+)*+>"""
PLAIN_TAG, PLAIN_HTML = (re.compile(form, re.IGNORECASE) for form in (_TAG, f"(?:[^<>&]++|{_TAG})*+"))
END_OF_PARAGRAPH = ("/", "p")
HTML_LINE = f"[{SIGNS}](?:[{SIGNS} ]*[{SIGNS}])?"
CODE = re.compile(r"<(?:pre|code)\b", re.IGNORECASE)
TABLE = re.compile(r"<table\b", re.IGNORECASE)
EMBED = "data-rt-embed-type"
# For Arrow's engine: a block for sure; what may be code, a table, or blanks between blocks.
_NAMES = "|".join(sorted(BLOCKS))
USUAL_BLOCK = rf"(?i)</?(?:{_NAMES})(?:[\s/][^<>]*)?>"
UNUSUAL = rf"(?i)<(?:pre|code|table)|</?(?:{_NAMES})[^<>]*>\s+</?(?:{_NAMES})"
# What plain text seldom holds: headings, marked words, links, pictures, code, tables, quotes, counted lists; lines
# of other lists count by twos.
_MARKDOWN_SIGNS = (
    r"^ {0,3}#{1,6} \S",
    r"\*\*\S|(?<!\w)__\w|~~\w|(?<![\w*])\*\w[^*\n]*\w\*(?![\w*])",
    r"!?\[[^\[\]\n]*\]\((?:https?:|mailto:|/|#)",
    r"^```|^~~~|(?<!`)`\w[^`\n]*`",
    r"^(?=[ :|]*---)(?=[ :-]*\|)[ :|-]+\r?$",
    r"^={3,}\r?$|^> \S|^1[.)] \S.*\n\s*2[.)] \S",
)
MARKDOWN = re.compile("|".join(_MARKDOWN_SIGNS), re.MULTILINE)
LIST_LINE = re.compile(r"^[-*+] \S", re.MULTILINE)
_markdown = MarkdownIt("commonmark", {"html": True}).enable("table")


class RichText(FieldKind):
    """HTML. Plain text becomes paragraphs; Markdown is turned into HTML where the person says so."""

    type = FieldType.RICH_TEXT
    title = "Rich text"
    text = TextKind.HTML
    choice = "markdown"
    is_tidied = True

    def way(self, texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> Way:
        if choices.markdown:
            return Way(parse=_from_markdown, clean=_clean)
        return Way(parse=_from_text, clean=_clean, usual=self.usual)

    def usual(self, texts: pd.Series) -> Values:
        """HTML with blocks of its own, on one line, with nothing in it that Webflow may not keep."""
        is_html = texts.str.fullmatch(HTML_LINE) & texts.str.contains(USUAL_BLOCK) & ~texts.str.contains(UNUSUAL)
        return only(texts, is_html)

    def rules(self, field: Field) -> tuple[Rule, ...]:
        return length_rules(field)

    def same(self, before: pd.Series, after: pd.Series) -> pd.Series:
        """Most texts that differ have other words, which is seen without taking them apart."""
        pairs = zip(before, after, strict=True)
        alike = pd.Series([one == other or _may_be_alike(one, other) for one, other in pairs], before.index, dtype=bool)
        return super().same(before[alike], after[alike]).reindex(before.index, fill_value=False)

    def meaning(self, value: object) -> object:
        return meaning(str(value))

    def readable(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        return shown_by(values, lambda value: words_of(str(value)))

    def is_form_of(self, kept: Any, sent: Any) -> bool:
        """Whether two texts differ in nothing but the addresses of images that Webflow keeps a copy of."""
        if not (isinstance(kept, str) and isinstance(sent, str) and "<img" in sent.lower()):
            return False
        one, other = meaning(kept), meaning(sent)
        return len(one) == len(other) and all(a == b or _is_same_image(a, b) for a, b in zip(one, other, strict=True))


def _may_be_alike(one: object, other: object) -> bool:
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
    """Tags and words of a text: the order of attributes, empty ids, entities and space between blocks do not count."""
    if text.count("<") > text.count(">") + MOST_UNCLOSED:  # the parser looks for the end of each from its beginning
        return (text,)
    parser = _Meaning()
    parser.feed(text)
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
        kept = sorted((name, value or "") for name, value in attrs if not (name == "id" and not value))
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


def _is_same_image(kept: Any, sent: Any) -> bool:
    if not (isinstance(kept, tuple) and isinstance(sent, tuple) and kept[0] == sent[0] == "img"):
        return False
    one, other = dict(kept[1]), dict(sent[1])
    return is_copy_at_webflow(one.pop("src", ""), other.pop("src", "")) and one == other


def _clean(text: str) -> str:
    return trimmed(composed(text))


def _from_text(text: str) -> object:
    if has_blocks(text):
        return _html(text) if not has_loose_lines(text) else _loose(text)
    value = in_paragraphs(text)
    if MARKDOWN.search(text) or len(LIST_LINE.findall(text)) > 1:
        fix = "Its signs would show as they stand. Choose Markdown for this column on the Match page."
        return noted(value, "Looks like Markdown", "HTML or plain text", fix)
    if not has_tags(text) and has_tags(decoded(text)):
        fix = "Visitors would see its tags as text. Replace &lt; and &gt; by < and > if it is meant as HTML."
        return noted(value, "HTML written as codes", "rich text as HTML", fix)
    answer = _html(value)
    if isinstance(answer, Noted) or "\n" not in text.replace("\r", "\n"):
        return answer
    fix = "Line breaks became paragraphs. Look at the preview."
    return noted(value, "Plain text made into paragraphs", "rich text as HTML", fix, Severity.FIXED)


def _from_markdown(text: str) -> object:
    return _html(_markdown.render(text).strip())


def _html(text: str) -> object:
    """HTML ready to be sent, with a word about what Webflow may not keep."""
    value = BETWEEN_BLOCKS.sub(r"\1", text)
    if CODE.search(value):  # reports contradict each other: emptied by the documentation, stored in two projects
        fix = "Webflow may empty a text that holds <pre> or <code>. Look at the item after the update."
        return noted(value, "Code block", "rich text without code blocks", fix)
    if TABLE.search(value) and EMBED not in value:  # seen in the wild
        fix = f'Webflow turns a bare table into lines of text. Put it into <div {EMBED}="true">…</div>.'
        return noted(value, "Table", "a table inside an embed", fix)
    return value


def _loose(text: str) -> object:
    answer = _html(text)
    if isinstance(answer, Noted):
        return answer
    fix = "Some lines stand outside of any paragraph, so their line breaks would not show. Put them into <p>…</p>."
    return noted(answer, "Text between the paragraphs", "rich text with all its text in paragraphs", fix)
