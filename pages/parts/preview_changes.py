"""What a plan would do: every changed cell, the rows that change nothing, the exact requests."""

import pandas as pd
import streamlit as st

from lib.workflow.planning import Planned
from pages.parts import preview_fields, preview_look
from pages.shared import folded, tables
from pages.shared.plain import count


def draw(planned: Planned) -> None:
    """All of it, of a plan that changes something."""
    preview_fields.draw(planned)
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


def _changes(planned: Planned) -> None:
    """The table of changes with its filters."""
    look = preview_look.draw(planned)
    shown = look.at(planned)
    preview_look.told(look, len(shown), len(planned.changes))
    if shown.empty:
        st.info("No change is like that.", icon=":material/search_off:")
        return
    names = {"row": "Row", "item": "Item", "field": "Field", "now": "Now", "after": "After"}
    table = shown[list(names)].rename(columns=names)
    tables.grid(table, alt="Changes, one line per changed cell", key="changes")


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
