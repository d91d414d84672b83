"""What an image shows, in words: kept by Webflow inside the image, and by sheets in a column of its own."""

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from lib.fields.base import ReadContext
from lib.fields.column import Way
from lib.fields.file import entries_of
from lib.fields.link import ADDRESS, url_of
from lib.fields.mend import Mend
from lib.fields.text import PlainText
from lib.model.collection import Field, FieldType
from lib.model.mapping import ReadingChoices
from lib.model.problem import Problem
from lib.words.say import later, say

FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|gif|svg|webp|avif)", re.IGNORECASE)


class AltText(PlainText):
    """The alt text of one image. Many images have the same, so no item is found by it."""

    type = FieldType.ALT_TEXT
    title = later("Alt text")
    can_be_key = False

    def way(self, texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> Way:
        return Way(parse=_words)

    def mends(self, field: Field, choices: ReadingChoices, context: ReadContext) -> Sequence[Mend]:
        return ()


def described(image: Any, alt: str) -> Any:
    """The image with this alt text, "" to be without one; None where there is no image."""
    url = url_of(entries_of(image)[0]) if entries_of(image) else ""
    return {"url": url, "alt": alt} if url else None


def _words(text: str) -> Any:
    if not ADDRESS.fullmatch(text) and not FILE_NAME.fullmatch(text):
        return text
    return Problem(
        kind=later("An image in place of its alt text"),
        expected=say("words that say what the image shows"),
        fix=say("Write what the image shows. If these are the images themselves, choose their field for this column."),
    )
