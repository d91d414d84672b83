"""What a plan would do: pages that move, every changed cell, the rows that change nothing, the exact requests."""

import pandas as pd
import streamlit as st

from lib.reports.files import csv_bytes
from lib.workflow.planning import Planned
from pages.shared import folded, tables
from pages.shared.plain import count


def draw(planned: Planned) -> None:
    """All of it, of a plan that changes something."""
    if not planned.moved.empty:
        _addresses(planned)
    _changes(planned)
    others(planned)
    _for_developers(planned)


def others(planned: Planned) -> None:
    """The rows that change nothing or not all that their cells say, each with its reason."""
    if not planned.partial.empty:
        label = f"{count(len(planned.partial), 'row')} will be updated without wrong cells"
        _listed(label, planned.partial, "Rows that go without their wrong cells", "partial")
    if not planned.idle.empty:
        label = f"{count(len(planned.idle), 'row')} will not change anything"
        _listed(label, planned.idle, "Rows that change nothing, with the reason", "idle")


def _listed(label: str, rows: pd.DataFrame, alt: str, key: str) -> None:
    folded.part(label, lambda: tables.grid(rows, alt=alt, key=f"{key}_rows"), key=key)


def _addresses(planned: Planned) -> None:
    """Pages that move, with a list for redirects."""
    moved = planned.moved
    st.warning(
        f"{count(len(moved), 'page')} would get a new address. Links to the old one break; Webflow sets no redirects.",
        icon=":material/link_off:",
    )

    def draw() -> None:
        tables.grid(moved, alt="Pages with a new address", key="addresses")
        name = f"{planned.matched.collection.slug}-redirects.csv"
        paths = moved[["Old path", "New path"]]
        tables.download("Redirect list (CSV)", lambda: csv_bytes(paths), name, key="redirects")

    folded.part("Old and new addresses", draw, key="moved")


def _changes(planned: Planned) -> None:
    """The table of changes with its filters."""
    table = planned.changes
    fields, search = st.columns(2)
    is_field = tables.filtered(table, "field", fields, "Field")
    words = search.text_input("Search items", key="search", placeholder="Part of an item's name")
    if words:
        is_field &= table["item"].str.contains(words, case=False, regex=False)
    shown = table[is_field]
    names = {"row": "Row", "item": "Item", "field": "Field", "now": "Now", "after": "After"}
    tables.grid(shown.rename(columns=names), alt="Changes, one line per changed cell", key="changes")


def _for_developers(planned: Planned) -> None:
    batches = planned.batches

    def draw() -> None:
        number = st.selectbox(
            "Batch", [b.number for b in batches], key="batch", format_func=lambda n: f"Batch {n} of {len(batches)}"
        )
        line, body = planned.request(number)
        st.code(line, language=None)
        st.code(body, language="json", height=320)

    folded.part("For developers", draw, key="developers", icon=":material/code:")
