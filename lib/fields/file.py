"""Images and files, which Webflow fetches from a web address."""

import re
from dataclasses import replace
from typing import Any

import pandas as pd

from lib.fields.addresses import listed
from lib.fields.base import ReadContext, Reading, Rule
from lib.fields.column import Trouble, quoted, read_each, same_by, shown_by
from lib.fields.link import ADDRESS, name_left_out, url_of, web_address
from lib.model.collection import Field
from lib.model.mapping import ReadingChoices
from lib.model.problem import Severity

# Pages of these services show a file to people; what Webflow fetches from there is the page.
SHARE_PAGE = re.compile(
    r"https?://(?:drive\.google\.com/(?:file/|open\b)|photos\.app\.goo\.gl/|photos\.google\.com/|1drv\.ms/"
    r"|(?:www\.)?dropbox\.com/(?!\S*[?&](?:raw|dl)=1\b)|(?:www\.)?imgur\.com/|(?:www\.)?icloud\.com/|we\.tl/)",
    re.IGNORECASE,
)
MOST_IMAGES = 25  # documented: the most that a field of several images holds


class File:
    """One image or file, compared by its address: sending an unchanged one would import it again."""

    def read(self, texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> Reading:
        return read_each(texts, _file)

    def rules(self, field: Field) -> tuple[Rule, ...]:
        return ()

    def same(self, before: pd.Series, after: pd.Series) -> pd.Series:
        return same_by(before, after, url_of)

    def show(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        return shown_by(values, url_of)


class Files(File):
    """Several images, in order."""

    def read(self, texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> Reading:
        return read_each(texts, _files)

    def rules(self, field: Field) -> tuple[Rule, ...]:
        return (
            Rule(
                kind="Too many images",
                expected=f"at most {MOST_IMAGES} images",
                fix=f"Keep {MOST_IMAGES} addresses in this cell: Webflow holds no more in one field.",
                holds=lambda values: values.map(len) <= MOST_IMAGES,
            ),
        )

    def same(self, before: pd.Series, after: pd.Series) -> pd.Series:
        return same_by(before, after, _urls)

    def show(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        return shown_by(values, lambda value: "; ".join(_urls(value)))


def _file(text: str) -> Any:
    answer = web_address(text)
    if not isinstance(answer, Trouble):
        return _warned([answer], {"url": answer})
    return answer if answer.value is None else replace(answer, value={"url": answer.value})


def _files(text: str) -> Any:
    entries = listed(text)
    if entries is None:
        return _file(text) if not ADDRESS.search(text) else _unclear()
    wrong = next((entry.url for entry in entries if not ADDRESS.fullmatch(entry.url)), None)
    if wrong is not None:
        return _file(wrong)
    files = [{"url": entry.url} for entry in entries]
    if not any(entry.is_named for entry in entries):
        return _warned([entry.url for entry in entries], files)
    return name_left_out(files, f"Only the addresses are sent, {len(files)} of them.")


def _warned(urls: list[str], value: Any) -> Any:
    """The value, with a word where an address leads to a page that shows a file."""
    page = next((url for url in urls if SHARE_PAGE.match(url)), None)
    if page is None:
        return value
    return Trouble(
        kind="A page that shows a file",
        expected="an address that leads to the file itself",
        fix=f"Webflow would fetch the page {quoted(page)}, not the file on it. Use a direct link to the file.",
        severity=Severity.WARNING,
        value=value,
    )


def _unclear() -> Trouble:
    return Trouble(
        kind="Not a web address",
        expected="addresses such as https://example.com/cat.jpg",
        fix="Write nothing but addresses, with semicolons between them.",
    )


def _urls(value: Any) -> list[str]:
    return [url_of(entry) for entry in value]
