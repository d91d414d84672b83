"""`Visit`: the one typed door to a visitor's state. Nothing else touches `st.session_state` for our own values."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from lib.errors import CollectionBusy
from lib.model.checked import Checked
from lib.model.collection import Collection
from lib.model.item import Item
from lib.model.mapping import ColumnMapping
from lib.model.plan import Plan, SendChoices
from lib.model.run_spec import RunSpec
from lib.model.sheet import Sheet
from lib.model.site import Locale, Site
from lib.reports.run_report import RunReport
from lib.stages.key import Found
from lib.webflow.connection import Connection
from lib.workflow.upload import Upload

# What stops being true when a value changes.
_FORGET: dict[str, tuple[str, ...]] = {
    "connection": ("sites", "site", "undo", "turned_back_at"),
    "locale": ("collection", "item_count", "items", "mapping"),
    "site": ("locale", "collections", "collection", "item_count", "items", "mapping"),
    "collection": ("items", "targets", "mapping"),
    "items": ("targets", "found", "checked", "leave_out", "plan"),
    "upload": ("sheet", "mapping"),
    "sheet": ("mapping",),
    "mapping": ("found", "checked", "leave_out", "plan"),
    "checked": ("problems", "plan"),
    "leave_out": ("plan",),
    "choices": ("plan",),
    "plan": ("changes", "run_id", "run_key", "notice"),
}


@dataclass(frozen=True)
class Notice:
    """Another run was in the way: `place` is where that is told, a run's id or "submit".

    `spec` is the run that was to follow the one at that place; None when that one was to begin or to go on.
    """

    error: CollectionBusy
    place: str
    spec: RunSpec | None = None


@dataclass
class Visit:
    """What one visitor has done so far. None: not done yet, or no longer true.

    `given` holds the tokens that were given for one run each; `refused` says, by run, why the token at hand was not
    the right one. `go_to` is a run that was started just now, to be shown next. `turned_back_at` is the step that was
    opened before this visit had anything for it.
    """

    connection: Connection | None = None
    sites: tuple[Site, ...] | None = None
    site: Site | None = None
    locale: Locale | None = None
    collections: tuple[Collection, ...] | None = None
    collection: Collection | None = None
    item_count: int | None = None
    items: tuple[Item, ...] | None = None
    read_on: datetime | None = None
    since: datetime | None = None
    targets: dict[str, tuple[Item, ...]] | None = None
    upload: Upload | None = None
    file_id: str | None = None
    sheet: Sheet | None = None
    offers: dict[str, tuple[str, ...]] | None = None
    mapping: ColumnMapping | None = None
    found: Found | None = None
    checked: Checked | None = None
    problems: pd.DataFrame | None = None
    leave_out: bool | None = None
    choices: SendChoices = field(default_factory=SendChoices)
    read_back: bool = True
    plan: Plan | None = None
    changes: pd.DataFrame | None = None
    run_key: str | None = None
    run_id: str | None = None
    go_to: str | None = None
    sent_at: float = 0.0
    notice: Notice | None = None
    given: dict[str, Connection] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    report: RunReport | None = None
    undo: RunSpec | None = None
    turned_back_at: str | None = None

    @property
    def locale_id(self) -> str | None:
        """The CMS locale id of the chosen language; None on a site with only one."""
        return self.locale.cms_locale_id if self.locale else None

    @property
    def reading_locales(self) -> tuple[str, ...]:
        """The languages to read in: the chosen one, or none to name."""
        return (self.locale_id,) if self.locale_id else ()

    @property
    def secondary_locales(self) -> tuple[str, ...]:
        """The CMS locale ids of all languages but the primary one."""
        locales = self.site.locales if self.site else ()
        return tuple(locale.cms_locale_id for locale in locales if not locale.is_primary)

    def keep(self, **values: Any) -> None:
        """Keep these values and forget everything that depended on the old ones.

        Once a run has changed the live items, what was read before it is forgotten too.
        """
        if "connection" in values:
            self.refused.clear()
        had_run = self.run_id is not None
        for name in values:
            self._forget_after(name)
        if had_run and self.run_id is None:
            self.items = None
            self._forget_after("items")
        for name, value in values.items():
            setattr(self, name, value)

    def give(self, run_id: str, connection: Connection) -> None:
        """Use this token for this run from now on."""
        self.given[run_id] = connection
        self.refused.pop(run_id, None)

    def refuse(self, run_id: str, why: str) -> None:
        """The token at hand does not open this run's collection: another one has to be given."""
        self.given.pop(run_id, None)
        self.refused[run_id] = why

    def _forget_after(self, name: str) -> None:
        for later in _FORGET.get(name, ()):
            setattr(self, later, None)
            self._forget_after(later)


def current() -> Visit:
    """This visitor's state."""
    return st.session_state.setdefault("visit", Visit())
