"""`Visit`: the one typed door to a visitor's state. Nothing else touches `st.session_state` for our own values."""

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from lib.model.checked import Checked
from lib.model.collection import Collection
from lib.model.item import Item
from lib.model.mapping import Mapping
from lib.model.plan import Plan, SendChoices
from lib.model.sheet import Sheet
from lib.model.site import Site
from lib.workflow import Connection, Upload

# What stops being true when a value changes.
_FORGET: dict[str, tuple[str, ...]] = {
    "connection": ("sites", "site", "collections", "collection", "item_count", "items", "mapping"),
    "site": ("collections", "collection", "item_count", "items", "mapping"),
    "collection": ("items", "targets", "mapping"),
    "items": ("targets", "checked", "leave_out", "plan"),
    "upload": ("sheet", "mapping"),
    "sheet": ("mapping",),
    "mapping": ("checked", "leave_out", "plan"),
    "checked": ("plan",),
    "leave_out": ("plan",),
    "choices": ("plan",),
    "plan": ("run_id", "run_key"),
}


@dataclass
class Visit:
    """What one visitor has done so far. None: not done yet, or no longer true."""

    connection: Connection | None = None
    sites: tuple[Site, ...] | None = None
    site: Site | None = None
    collections: tuple[Collection, ...] | None = None
    collection: Collection | None = None
    item_count: int | None = None
    items: tuple[Item, ...] | None = None
    targets: dict[str, tuple[Item, ...]] | None = None
    upload: Upload | None = None
    sheet: Sheet | None = None
    offers: dict[str, tuple[str, ...]] | None = None
    mapping: Mapping | None = None
    checked: Checked | None = None
    leave_out: bool | None = None
    choices: SendChoices = field(default_factory=SendChoices)
    plan: Plan | None = None
    run_key: str | None = None
    run_id: str | None = None

    def keep(self, **values: Any) -> None:
        """Keep these values and forget everything that depended on the old ones.

        Once a run has changed the live items, what was read before it is forgotten too.
        """
        had_run = self.run_id is not None
        for name in values:
            self._forget_after(name)
        if had_run and self.run_id is None:
            self.items = None
            self._forget_after("items")
        for name, value in values.items():
            setattr(self, name, value)

    def _forget_after(self, name: str) -> None:
        for later in _FORGET.get(name, ()):
            setattr(self, later, None)
            self._forget_after(later)


def current() -> Visit:
    """This visitor's state."""
    return st.session_state.setdefault("visit", Visit())
