"""What a plan would do: every changed cell, the rows that change nothing, the exact requests."""

import pandas as pd
import streamlit as st

from lib.words.say import count
from lib.workflow.item_cards import rows_of
from lib.workflow.planning import Planned
from pages.parts import preview_cards, preview_fields, preview_left_out, preview_look
from pages.shared import folded, tables
from pages.shared.visit import Visit

CARDS, TABLE = "cards", "table"
WAYS = {CARDS: "Item by item", TABLE: "As a table"}
NAMES = {"row": "Row", "item": "Item", "field": "Field", "now": "Now", "after": "After"}


def draw(state: Visit, planned: Planned) -> None:
    """All of it, of a plan that changes something."""
    preview_fields.draw(planned)
    _changes(state, planned)
    others(planned)
    _for_developers(planned)


def others(planned: Planned) -> None:
    """The rows that change nothing or not all that their cells say, each with its reason."""
    if not planned.partial.empty:
        label = f"{count(len(planned.partial), 'row', 'rows')} will be sent without wrong cells"
        _listed(label, planned.partial, "Rows that go without their wrong cells", "partial")
    if not planned.idle.empty:
        label = f"{count(len(planned.idle), 'row', 'rows')} will not change anything"
        _listed(label, planned.idle, "Rows that change nothing, with the reason", "idle")


def _listed(label: str, rows: pd.DataFrame, alt: str, key: str) -> None:
    folded.part(label, lambda: tables.grid(rows, alt=alt, key=f"{key}_rows"), key=key)


def _changes(state: Visit, planned: Planned) -> None:
    """The changes that are looked at, in one of two ways."""
    look = preview_look.draw(planned)
    lines = look.at(planned)
    preview_look.told(look, len(lines), len(planned.changes))
    if lines.empty:
        st.info("No change is like that.", icon=":material/search_off:")
        return
    if look.is_narrow and state.run_id is None:
        rows = rows_of(planned, lines, by_size=False)
        what = "this item" if len(rows) == 1 else f"these {len(rows):,} items"
        preview_left_out.leave_out(state, planned, rows, what, key="out_all")
    way = st.segmented_control(
        "Show the changes", list(WAYS), default=CARDS, key="view", format_func=WAYS.__getitem__, required=True
    )
    if way == TABLE:
        table = lines[list(NAMES)].rename(columns=NAMES)
        tables.grid(table, alt="Changes, one line per changed cell", key="changes")
    else:
        preview_cards.draw(state, planned, lines, by_size=look.by_size)


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
