"""Images and files, which Webflow fetches from a web address."""

import re
from typing import Any

import pandas as pd

from lib.fields.base import Reading, Rule, Surroundings
from lib.fields.column import Trouble, read_each, same_by, shown_by
from lib.fields.link import url_of, web_address
from lib.model.collection import Field
from lib.model.mapping import ReadingChoices

# Addresses may hold commas and semicolons of their own, so a separator counts only before the next address.
BETWEEN = re.compile(r"\s*[;,|\n]\s*(?=https?://)|\s+(?=https?://)")


class File:
    """One image or file, compared by its address: sending an unchanged one would import it again."""

    def read(self, texts: pd.Series, field: Field, choices: ReadingChoices, around: Surroundings) -> Reading:
        return read_each(texts, _file)

    def rules(self, field: Field) -> tuple[Rule, ...]:
        return ()

    def same(self, before: pd.Series, after: pd.Series) -> pd.Series:
        return same_by(before, after, url_of)

    def show(self, values: pd.Series, field: Field, around: Surroundings) -> pd.Series:
        return shown_by(values, url_of)


class Files(File):
    """Several images, in order."""

    def read(self, texts: pd.Series, field: Field, choices: ReadingChoices, around: Surroundings) -> Reading:
        return read_each(texts, _files)

    def same(self, before: pd.Series, after: pd.Series) -> pd.Series:
        return same_by(before, after, _urls)

    def show(self, values: pd.Series, field: Field, around: Surroundings) -> pd.Series:
        return shown_by(values, lambda value: "; ".join(_urls(value)))


def _file(text: str) -> Any:
    answer = web_address(text)
    return answer if isinstance(answer, Trouble) else {"url": answer}


def _files(text: str) -> Any:
    files = [_file(part.strip(" ;,|")) for part in BETWEEN.split(text)]
    return next((file for file in files if isinstance(file, Trouble)), files)


def _urls(value: Any) -> list[str]:
    return [url_of(entry) for entry in value]
