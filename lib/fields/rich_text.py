"""Rich text: HTML, compared by what it means."""

import functools
import html
import re
from html.parser import HTMLParser

import pandas as pd
from markdown_it import MarkdownIt

from lib.fields.base import Reading, Rule, Surroundings
from lib.fields.column import Trouble, length_between, read_each, same_by, shown_by
from lib.fields.text import length_words
from lib.model.collection import Field
from lib.model.mapping import ReadingChoices
from lib.model.problem import Severity

BLOCK_NAMES = (
    "address article aside blockquote div dl dt dd figure figcaption footer h1 h2 h3 h4 h5 h6 header hr li main nav ol "
    "p pre section table tbody td tfoot th thead tr ul"
)
BLOCKS = frozenset(BLOCK_NAMES.split())
TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
# Webflow drops lists when there is white space between blocks, so it goes before sending (seen in the wild).
BETWEEN_BLOCKS = re.compile(rf"(</?(?:{'|'.join(sorted(BLOCKS))})\b[^>]*>)\s+(?=</?(?:{'|'.join(sorted(BLOCKS))})\b)")
END_OF_PARAGRAPH = ("/", "p")
CODE = re.compile(r"<(pre|code)\b", re.IGNORECASE)
_markdown = MarkdownIt("commonmark", {"html": True}).enable("table")


class RichText:
    """HTML. Plain text becomes paragraphs; Markdown is turned into HTML where the person says so."""

    def read(self, texts: pd.Series, field: Field, choices: ReadingChoices, around: Surroundings) -> Reading:
        return read_each(texts, _from_markdown if choices.markdown else _from_text)

    def rules(self, field: Field) -> tuple[Rule, ...]:
        low, high = field.validations.get("minLength"), field.validations.get("maxLength")
        if not isinstance(low, int) and not isinstance(high, int):
            return ()
        expected = length_words(low, high)
        fix = "Shorten or lengthen the text."
        return (Rule(kind="Wrong length", expected=expected, fix=fix, holds=length_between(low, high)),)

    def same(self, before: pd.Series, after: pd.Series) -> pd.Series:
        return same_by(before, after, meaning)

    def show(self, values: pd.Series, field: Field, around: Surroundings) -> pd.Series:
        return shown_by(values, str)


@functools.lru_cache(maxsize=4_096)
def meaning(text: str) -> tuple[object, ...]:
    """Tags and words of a text: the order of attributes, empty ids, entities and space between blocks do not count."""
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
        self._add(re.sub(r"[ \t\r\n\f]+", " ", data), False)

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


def _from_text(text: str) -> object:
    if TAG.search(text):
        return _html(text)
    paragraphs = [part.strip() for part in re.split(r"\r?\n\s*\r?\n", text) if part.strip()]
    lines = [html.escape(part, quote=False).replace("\r\n", "\n").replace("\n", "<br>") for part in paragraphs]
    value = "".join(f"<p>{line}</p>" for line in lines)
    if "\n" not in text:
        return value
    return Trouble(
        kind="Plain text made into paragraphs",
        expected="rich text as HTML",
        fix="Line breaks became paragraphs. Look at the preview.",
        severity=Severity.FIXED,
        value=value,
    )


def _from_markdown(text: str) -> object:
    return _html(_markdown.render(text).strip())


def _html(text: str) -> object:
    value = BETWEEN_BLOCKS.sub(r"\1", text)
    if not CODE.search(value):
        return value
    return Trouble(
        kind="Code block",
        expected="rich text without code blocks",
        fix="Webflow empties the whole text when it holds a code block. Remove the <pre> and <code> tags.",
    )
