"""Plain text, which names, slugs and phone numbers are too."""

import re
import unicodedata
from collections.abc import Sequence
from functools import partial

import pandas as pd

from lib.fields.base import FieldKind, ReadContext, Rule, TextKind
from lib.fields.characters import ZERO_WIDTH, composed, trimmed, without_unseen
from lib.fields.column import Way, length_between, noted, quoted
from lib.fields.mend import Mend, each_text, shortened
from lib.fields.paragraphs import ENTITY
from lib.fields.usual import LINE, LINES, unchanged
from lib.model.collection import Field, FieldType
from lib.model.mapping import ReadingChoices
from lib.model.problem import Problem
from lib.words.say import later, say

# The pattern is not sent (an empty object comes instead); this is the one that four projects saw in refusals, without
# its empty alternative.
SLUG = re.compile(r"[_a-zA-Z0-9][-_a-zA-Z0-9]*")
LONGEST_NAME = 256  # seen in recorded answers, for names and slugs


class PlainText(FieldKind):
    """Text as it is. Line breaks are told apart from none only where the field has several lines."""

    type = FieldType.PLAIN_TEXT
    title = later("Text")
    text = TextKind.PLAIN
    can_be_key = True

    def way(self, texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> Way:
        if field.slug == "slug":
            return Way(parse=_slug, usual=partial(unchanged, pattern=SLUG.pattern))
        if field.validations.get("singleLine") is True:
            return Way(parse=_single_line, clean=_without_edges, usual=partial(unchanged, pattern=LINE))
        return Way(parse=_as_it_is, clean=_with_blanks, trims=False, usual=partial(unchanged, pattern=LINES))

    def rules(self, field: Field) -> tuple[Rule, ...]:
        return length_rules(field, LONGEST_NAME if field.slug in ("name", "slug") else None)

    def mends(self, field: Field, choices: ReadingChoices, context: ReadContext) -> Sequence[Mend]:
        if field.slug == "slug":
            return (each_text(later("Make page addresses of the texts"), slugified),)
        longest = field.validations.get("maxLength")
        limit = longest if isinstance(longest, int) else LONGEST_NAME
        return (
            each_text(later("Join the lines"), lambda text: " ".join(text.split())),
            each_text(later("Shorten at a word"), lambda text: shortened(text, limit)),
        )

    def meaning(self, value: object) -> object:
        """Line ends, Unicode forms and what nobody sees make no difference."""
        return without_unseen(str(value)).replace("\r\n", "\n").replace("\r", "\n").strip()


class Phone(PlainText):
    """A telephone number as it is."""

    type = FieldType.PHONE
    title = later("Phone")
    text = TextKind.CODE
    can_be_key = False

    def way(self, texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> Way:
        return Way(parse=_as_it_is, usual=partial(unchanged, pattern=LINE))


def length_rules(field: Field, longest: int | None = None) -> tuple[Rule, ...]:
    """The limits of a text's length that a field sets; `longest` where it sets none."""
    low, high = field.validations.get("minLength"), field.validations.get("maxLength")
    high = high if isinstance(high, int) else longest
    if not isinstance(low, int) and high is None:
        return ()
    expected, fix = _length_words(low, high), say("Shorten or lengthen the text.")
    return (Rule(kind=later("Wrong length"), expected=expected, fix=fix, holds=length_between(low, high)),)


def _length_words(low: object, high: object) -> str:
    """`1 to 160 characters`, as far as the limits are known."""
    if isinstance(low, int) and isinstance(high, int):
        return say("{least} to {most} characters", least=low, most=high)
    if isinstance(high, int):
        return say("at most {number} characters", number=high)
    return say("at least {number} characters", number=low)


def slugified(text: str) -> str:
    """A page address made from any text."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _slug(text: str) -> object:
    if SLUG.fullmatch(text):
        return text
    fix = say("Use letters, digits, hyphens and underscores.")
    if better := slugified(text):
        fix = say("Write it as “{text}”.", text=better)
    return Problem(
        kind=later("Not a page address"),
        expected=say("letters, digits, hyphens and underscores only, such as summer-sale"),
        fix=fix,
    )


def _without_edges(text: str) -> str:
    return trimmed(composed(text))


def _with_blanks(text: str) -> str:
    return composed(text).strip(ZERO_WIDTH)


def _as_it_is(text: str) -> object:
    code = ENTITY.search(text)
    if code is None:
        return text
    fix = say(
        "Visitors will see {code} as it stands here. Write the character itself if that is not meant.",
        code=quoted(code[0]),
    )
    return noted(text, later("HTML codes in plain text"), say("text as visitors shall see it"), fix)


def _single_line(text: str) -> object:
    if "\n" not in text and "\r" not in text:
        return _as_it_is(text)
    return Problem(
        kind=later("Line break in a one-line text"),
        expected=say("text on one line"),
        fix=say("Remove the line breaks, or allow several lines in the field's settings in Webflow."),
    )
