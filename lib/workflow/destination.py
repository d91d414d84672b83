"""Where an import goes to, and its file: the first stages of the road, each of which holds the one before.

Connected → Opened → Chosen → Uploaded, and on to `matching`. Replacing one drops what was made from it. What is
derived from a stage is kept with it. Nothing in here is a way in to Webflow, so that it can be stored and restored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypeVar

import pandas as pd

from lib.model.collection import Collection
from lib.model.edits import Edits
from lib.model.item import Item
from lib.model.item_table import ItemTable
from lib.model.mapping import ColumnMapping
from lib.model.row_key import file_mark
from lib.model.sheet import Sheet
from lib.model.site import ONE_LANGUAGE, Languages, Locale, Site
from lib.stages.edited import edited, without_rows
from lib.stages.match import match_columns
from lib.stages.reuse import Reused
from lib.stages.row_languages import UNKNOWN, row_languages
from lib.workflow.upload import Upload

SAMPLES = 3
SAMPLE_LENGTH = 40
S = TypeVar("S", bound="Stage")


class Stage:
    """One stage of the road."""

    before: "Stage | None"

    def reached(self, kind: type[S]) -> S | None:
        """The stage of this kind on the road that leads here; None when it lies further on."""
        if isinstance(self, kind):
            return self
        return self.before.reached(kind) if self.before else None


@dataclass(frozen=True, kw_only=True)
class Connected(Stage):
    """The sites that the connection shows."""

    before: None = None
    sites: tuple[Site, ...]


@dataclass(frozen=True, kw_only=True)
class Opened(Stage):
    """One of the sites, with what can be chosen on it; `locale` is None on a site with only one language."""

    before: Connected
    site: Site
    collections: tuple[Collection, ...]
    locale: Locale | None = None

    @property
    def locale_id(self) -> str | None:
        """The CMS locale id of the chosen language."""
        return self.locale.cms_locale_id if self.locale else None

    @property
    def languages(self) -> Languages:
        """The languages that rows may be about."""
        return Languages(chosen=self.locale.cms_locale_id, known=self.site.locales) if self.locale else ONE_LANGUAGE

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages to read in: the primary one, in which every item begins, and the chosen one; none to name where
        there is only one."""
        return tuple(dict.fromkeys((self.languages.primary, self.languages.chosen))) if self.locale else ()

    @property
    def secondary_locales(self) -> tuple[str, ...]:
        """The CMS locale ids of all languages but the primary one."""
        return tuple(locale.cms_locale_id for locale in self.site.locales if not locale.is_primary)


@dataclass(frozen=True, kw_only=True)
class Live:
    """The items of the collection as they were read (`read_on` and `since`: see `lib.runs.reading.Reading`).

    `locales` are the languages they were read in, none on a site with only one.
    `targets` are those of the collections that its references point to, by collection id, as far as they were needed.
    """

    items: ItemTable
    read_on: datetime
    since: datetime | None
    locales: tuple[str, ...] = ()
    targets: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Chosen(Stage):
    """The collection to update, with how many items it holds, and those items once they were read."""

    before: Opened
    collection: Collection
    item_count: int
    live: Live | None = None


@dataclass(frozen=True, kw_only=True)
class Uploaded(Stage):
    """A file that could be read, beside the collection; `mapping` is how it was matched to items read earlier, `reused`
    what of that was taken from an earlier file, and `edits` is what was changed in it here."""

    before: Chosen
    upload: Upload
    sheet: Sheet
    edits: Edits = field(default_factory=Edits)
    mapping: ColumnMapping | None = None
    reused: Reused | None = None
    _samples: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def edited(self) -> Sheet:
        """The sheet with the texts that were changed."""
        return edited(self.sheet, self.edits)

    @cached_property
    def used(self) -> Sheet:
        """The same without the rows that were left out: what is matched and checked."""
        return without_rows(self.edited, self.edits.left_out)

    @cached_property
    def left_out(self) -> pd.Index:
        """The rows that a person left out."""
        return self.edited.frame.index.difference(self.used.frame.index)

    @cached_property
    def mark(self) -> str:
        """Marks the file, as it was read."""
        return file_mark(self.upload.content, self.sheet.source)

    @cached_property
    def locales(self) -> tuple[str, ...]:
        """The languages to read in, as far as the names of its columns tell."""
        if self.before.before.locale is None:
            return ()
        return self.locales_by(self.mapping or match_columns(self.used, self.before.collection))

    def locales_by(self, mapping: ColumnMapping) -> tuple[str, ...]:
        """The languages to read in: those of any file, and what a Locale ID column names."""
        opened = self.before.before
        if opened.locale is None:
            return ()
        named = set(row_languages(self.used, mapping, opened.languages)) - {UNKNOWN, *opened.locales}
        return (*opened.locales, *sorted(named))

    @property
    def is_note(self) -> bool:
        """Whether there is hardly a table: a single cell below a header, as in a tab with a note."""
        return self.sheet.row_count == 1 and len(self.sheet.columns) == 1

    def samples(self, column: str) -> tuple[str, ...]:
        """The first different texts of a column, shortened; looked up once."""
        if column not in self._samples:
            texts = self.sheet.frame[column]
            distinct = texts[texts.str.strip() != ""].drop_duplicates().head(SAMPLES)
            self._samples[column] = tuple(_shortened(text) for text in distinct)
        return self._samples[column]


def _shortened(text: str) -> str:
    return " ".join((f"{text[:SAMPLE_LENGTH]}…" if len(text) > SAMPLE_LENGTH else text).split())
