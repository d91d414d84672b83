"""Links, e-mail addresses, and links to videos."""

import re
from typing import Any

import pandas as pd

from lib.fields.base import Reading, Rule, Surroundings
from lib.fields.column import Trouble, read_each, same_by, shown_by
from lib.model.collection import Field
from lib.model.mapping import ReadingChoices
from lib.model.problem import Severity

ADDRESS = re.compile(r"https?://[^\s/?#.]+(\.[^\s/?#.]+)*(:\d+)?([/?#]\S*)?", re.IGNORECASE)
LINK = re.compile(r"(mailto:|tel:|sms:|/|#|\?)\S*", re.IGNORECASE)
DOMAIN = re.compile(r"(www\.)?[\w-]+(\.[\w-]+)*\.[a-z]{2,}([/?#:]\S*)?", re.IGNORECASE)
EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s.,;<>]+")


class Link:
    """A web address, or a link within the site."""

    def read(self, texts: pd.Series, field: Field, choices: ReadingChoices, around: Surroundings) -> Reading:
        return read_each(texts, _link)

    def rules(self, field: Field) -> tuple[Rule, ...]:
        return ()

    def same(self, before: pd.Series, after: pd.Series) -> pd.Series:
        return same_by(before, after, lambda value: str(value).strip())

    def show(self, values: pd.Series, field: Field, around: Surroundings) -> pd.Series:
        return shown_by(values, str)


class Email(Link):
    """An e-mail address."""

    def read(self, texts: pd.Series, field: Field, choices: ReadingChoices, around: Surroundings) -> Reading:
        return read_each(texts, _email)


class VideoLink(Link):
    """The address of a video: written as text, read as an object with `url` (seen in recorded answers)."""

    def read(self, texts: pd.Series, field: Field, choices: ReadingChoices, around: Surroundings) -> Reading:
        return read_each(texts, web_address)

    def same(self, before: pd.Series, after: pd.Series) -> pd.Series:
        return same_by(before, after, url_of)

    def show(self, values: pd.Series, field: Field, around: Surroundings) -> pd.Series:
        return shown_by(values, url_of)


def web_address(text: str) -> Any:
    """The address, or the trouble with it."""
    if ADDRESS.fullmatch(text):
        return text
    return Trouble(kind="Not a web address", expected="an address such as https://example.com/page", fix=_advice(text))


def _advice(text: str) -> str:
    if text.startswith("//"):
        return f"Write it as “https:{text}”."
    if DOMAIN.fullmatch(text):
        return f"Write it as “https://{text}”."
    return "Copy the whole address from the browser, https:// included."


def _link(text: str) -> Any:
    if LINK.fullmatch(text) and not text.startswith("//"):
        return text
    answer = web_address(text)
    if isinstance(answer, Trouble) and DOMAIN.fullmatch(text):
        return Trouble(
            kind="Link without https://",
            expected="an address such as https://example.com",
            fix=f"It is sent as it stands. For a link to another site write “https://{text}”.",
            severity=Severity.WARNING,
            value=text,
        )
    return answer


def _email(text: str) -> Any:
    if EMAIL.fullmatch(text):
        return text
    return Trouble(
        kind="Not an e-mail address",
        expected="one address such as ada@example.com",
        fix="Write one address, without a name or brackets around it.",
    )


def url_of(value: Any) -> str:
    """The address in a value that is read as an object and may be written as text."""
    return str(value.get("url") or "") if isinstance(value, dict) else str(value)
