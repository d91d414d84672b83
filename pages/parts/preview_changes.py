"""What a plan would do: every changed cell, the rows that change nothing, the exact requests."""

import pandas as pd
import streamlit as st

from lib.model.said import said
from lib.words.say import count, later, say, say_many
from lib.workflow.item_cards import rows_of
from lib.workflow.planning import Planned
from pages.parts import preview_cards, preview_fields, preview_left_out, preview_look
from pages.shared import folded, tables
from pages.shared.visit import Visit

CARDS, TABLE = "cards", "table"
WAYS = {CARDS: later("Item by item"), TABLE: later("As a table")}
NAMES = {
    "row": later("Row"),
    "item": later("Item"),
    "field": later("Field"),
    "now": later("Now"),
    "after": later("After"),
}


def draw(state: Visit, planned: Planned) -> None:
    """All of it, of a plan that changes something."""
    preview_fields.draw(planned)
    _changes(state, planned)
    others(planned)
    _for_developers(planned)


def others(planned: Planned) -> None:
    """The rows that change nothing or not all that their cells say, each with its reason."""
    if not planned.partial.empty:
        label = say("{rows} will be sent without wrong cells", rows=count(len(planned.partial), "row", "rows"))
        _listed(label, planned.partial, say("Rows that go without their wrong cells"), "partial")
    if not planned.idle.empty:
        label = say("{rows} will not change anything", rows=count(len(planned.idle), "row", "rows"))
        _listed(label, planned.idle, say("Rows that change nothing, with the reason"), "idle")


def _listed(label: str, rows: pd.DataFrame, alt: str, key: str) -> None:
    def draw() -> None:
        told = rows.assign(**{name: said(rows[name]) for name in rows.columns[1:]})  # all but the numbers of rows
        tables.grid(told.set_axis([say(name) for name in rows.columns], axis=1), alt=alt, key=f"{key}_rows")

    folded.part(label, draw, key=key)


def _changes(state: Visit, planned: Planned) -> None:
    """The changes that are looked at, in one of two ways."""
    look = preview_look.draw(planned)
    lines = look.at(planned)
    preview_look.told(look, len(lines), len(planned.changes))
    if lines.empty:
        st.info(say("No change is like that."), icon=":material/search_off:")
        return
    if look.is_narrow and state.run_id is None:
        rows = rows_of(planned, lines, by_size=False)
        label = say_many(len(rows), "Leave out this item", "Leave out these {number:,} items")
        preview_left_out.leave_out(state, planned, rows, label, key="out_all")
    way = st.segmented_control(
        say("Show the changes"),
        list(WAYS),
        default=CARDS,
        key="view",
        format_func=lambda one: say(WAYS[one]),
        required=True,
    )
    if way == TABLE:
        table = lines[list(NAMES)].set_axis([say(name) for name in NAMES.values()], axis=1)
        tables.grid(table, alt=say("Changes, one line per changed cell"), key="changes")
    else:
        preview_cards.draw(state, planned, lines, by_size=look.by_size)


def _for_developers(planned: Planned) -> None:
    batches = planned.batches

    def draw() -> None:
        number = st.selectbox(
            say("Batch"),
            [batch.number for batch in batches],
            key="batch",
            format_func=lambda one: say("Batch {number} of {total}", number=one, total=len(batches)),
        )
        line, body = planned.request(number)
        st.code(line, language=None)
        st.code(body, language="json", height=320)

    folded.part(say("For developers"), draw, key="developers", icon=":material/code:")
