"""Rich text: HTML, compared by what it means."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
from markdown_it import MarkdownIt

from lib.fields.base import FieldKind, ReadContext, Rule, TextKind
from lib.fields.characters import composed, trimmed
from lib.fields.column import Noted, Way, noted, problems_of, shown_by, value_of, with_words
from lib.fields.html_meaning import is_same_but_images, may_be_alike, meaning
from lib.fields.html_tables import TABLE, tables_in_embeds
from lib.fields.html_words import words_of
from lib.fields.kept_html import IN_EMBED, set_aside
from lib.fields.paragraphs import BLOCKS, decoded, has_blocks, has_loose_lines, has_tags, in_paragraphs
from lib.fields.text import length_rules
from lib.fields.usual import SIGNS, Values, only
from lib.model.collection import Field, FieldType
from lib.model.mapping import ReadingChoices
from lib.model.problem import Problem, Severity
from lib.words.say import later, say

# Webflow drops lists when there is white space between blocks, so it goes before sending (seen in the wild).
BETWEEN_BLOCKS = re.compile(
    rf"(?i)(</?(?:{'|'.join(sorted(BLOCKS))})\b[^<>]*>)\s+(?=</?(?:{'|'.join(sorted(BLOCKS))})\b)"
)
HTML_LINE = f"[{SIGNS}](?:[{SIGNS} ]*[{SIGNS}])?"
CODE = re.compile(r"<(?:pre|code)\b", re.IGNORECASE)
COMPONENT = re.compile(r"<wf-component\b", re.IGNORECASE)
# For Arrow's engine: a block for sure; what may be code, a table, a component or binding, or blanks between blocks.
_NAMES = "|".join(sorted(BLOCKS))
USUAL_BLOCK = rf"(?i)</?(?:{_NAMES})(?:[\s/][^<>]*)?>"
UNUSUAL = rf"(?i)<(?:pre|code|table|wf-)|\{{\{{wf|</?(?:{_NAMES})[^<>]*>\s+</?(?:{_NAMES})"
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
# Reports contradict each other: emptied by the documentation, stored in two projects.
CODE_BLOCK = Problem(
    kind=later("Code block"),
    expected=later("rich text without code blocks"),
    fix=later("Webflow may empty a text that holds <pre> or <code>. Look at the item after the update."),
    severity=Severity.WARNING,
)
BARE_TABLE = Problem(
    kind=later("Table"),
    expected=later("a table inside an embed"),
    fix=later("Webflow turns a bare table into lines of text. Put it into {embed}."),
    severity=Severity.WARNING,
)
EMBEDDED = Problem(
    kind=later("Table put into an embed"),
    expected=later("a table inside an embed"),
    fix=later(
        "Webflow would turn a bare table into lines of text. An embed keeps it as it stands, without your text styles."
    ),
    severity=Severity.FIXED,
)
# One project kept away from it: Webflow writes the codes in a binding anew when its text is sent again.
BINDING = Problem(
    kind=later("Webflow binding"),
    expected=later("rich text without {{wf …}}"),
    fix=later(
        "It is sent as it stands, but Webflow may spoil it. Look at the item after the update, or change such a text "
        "in Webflow itself."
    ),
    severity=Severity.WARNING,
)
ENDLESS = Problem(
    kind=later("Component without an end"),
    expected=later("<wf-component …>…</wf-component>"),
    fix=later(
        "Where this component ends cannot be told, so it may not be kept. Export the item again and copy "
        "the whole of it."
    ),
    severity=Severity.WARNING,
)
NOT_KEPT = Problem(
    kind=later("Component shown as text"),
    expected=later("a component, embed or binding outside of code"),
    fix=later(
        "As Markdown this cell shows a component or embed as text. Look at the preview, or write the cell as HTML."
    ),
    severity=Severity.WARNING,
)
_markdown = MarkdownIt("commonmark", {"html": True}).enable("table")


class RichText(FieldKind):
    """HTML. Plain text becomes paragraphs; Markdown is turned into HTML where the person says so."""

    type = FieldType.RICH_TEXT
    title = later("Rich text")
    text = TextKind.HTML
    choice = "markdown"
    is_tidied = True

    def way(self, texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> Way:
        if choices.markdown:
            return Way(parse=_keeping_parts(_from_markdown), clean=trimmed)
        return Way(parse=_keeping_parts(_from_text), clean=trimmed, usual=self.usual)

    def usual(self, texts: pd.Series) -> Values:
        """HTML with blocks of its own, on one line, with nothing in it that Webflow may not keep."""
        is_html = texts.str.fullmatch(HTML_LINE) & texts.str.contains(USUAL_BLOCK) & ~texts.str.contains(UNUSUAL)
        return only(texts, is_html)

    def rules(self, field: Field) -> tuple[Rule, ...]:
        return length_rules(field)

    def same(self, before: pd.Series, after: pd.Series) -> pd.Series:
        """Most texts that differ have other words, which is seen without taking them apart."""
        pairs = zip(before, after, strict=True)
        alike = pd.Series([one == other or may_be_alike(one, other) for one, other in pairs], before.index, dtype=bool)
        return super().same(before[alike], after[alike]).reindex(before.index, fill_value=False)

    def meaning(self, value: object) -> object:
        return meaning(str(value))

    def readable(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        return shown_by(values, lambda value: words_of(str(value)))

    def is_form_of(self, kept: Any, sent: Any) -> bool:
        """Whether two texts differ in nothing but the addresses of images that Webflow keeps a copy of."""
        if not (isinstance(kept, str) and isinstance(sent, str) and "<img" in sent.lower()):
            return False
        return is_same_but_images(kept, sent)


def _keeping_parts(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Read a text around what is Webflow's own in it, which goes on as it stands."""

    def parse(text: str) -> Any:
        aside = set_aside(text)
        answer = read(trimmed(composed(aside.text)))
        value, problems = aside.put_back(value_of(answer)), [*problems_of(answer)]
        if value is None:
            answer = read(composed(text))
            return with_words(value_of(answer), [_said(NOT_KEPT), *problems_of(answer)])
        if aside.has_bindings:
            problems.append(_said(BINDING))
        if COMPONENT.search(aside.text):
            problems.append(_said(ENDLESS))
        return with_words(value, problems)

    return parse


def _from_text(text: str) -> object:
    if has_blocks(text):
        return _html(text) if not has_loose_lines(text) else _loose(text)
    value = in_paragraphs(text)
    if MARKDOWN.search(text) or len(LIST_LINE.findall(text)) > 1:
        fix = say("Its signs would show as they stand. Choose Markdown for this column on the Match page.")
        return noted(value, later("Looks like Markdown"), say("HTML or plain text"), fix)
    if not has_tags(text) and has_tags(decoded(text)):
        fix = say("Visitors would see its tags as text. Replace &lt; and &gt; by < and > if it is meant as HTML.")
        return noted(value, later("HTML written as codes"), say("rich text as HTML"), fix)
    answer = _html(value)
    if isinstance(answer, Noted) or "\n" not in text.replace("\r", "\n"):
        return answer
    fix = say("Line breaks became paragraphs. Look at the preview.")
    return noted(value, later("Plain text made into paragraphs"), say("rich text as HTML"), fix, Severity.FIXED)


def _from_markdown(text: str) -> object:
    return _html(_markdown.render(text).strip())


def _html(text: str) -> object:
    """HTML ready to be sent, with a word about what Webflow may not keep."""
    bare = BETWEEN_BLOCKS.sub(r"\1", text)
    value = tables_in_embeds(bare)
    around = set_aside(value).text
    told = (CODE.search(around), CODE_BLOCK), (TABLE.search(around), BARE_TABLE), (value != bare, EMBEDDED)
    return with_words(value, [_said(word) for is_so, word in told if is_so])


def _loose(text: str) -> object:
    answer = _html(text)
    if isinstance(answer, Noted):
        return answer
    fix = say("Some lines stand outside of any paragraph, so their line breaks would not show. Put them into <p>…</p>.")
    expected = say("rich text with all its text in paragraphs")
    return noted(answer, later("Text between the paragraphs"), expected, fix)


def _said(word: Problem) -> Problem:
    """One of the words above in the language of whoever reads it."""
    return replace(word, expected=say(word.expected), fix=say(str(word.fix), embed=IN_EMBED.format("…")))
