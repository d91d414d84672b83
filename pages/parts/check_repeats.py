"""Rows about the same item, item by item, each row with what it says otherwise: which of them to keep."""

from collections.abc import Sequence

import streamlit as st

from lib.words.say import count, later, say
from lib.workflow import mending
from lib.workflow.checking import Checked
from pages.shared import editing
from pages.shared.plain import excerpt, plain
from pages.shared.visit import Visit

SHOWN = 10
MOST_ROWS = 50  # of one item: a box with more is no choice
MOST_NAMED = 3
SAME = later("says the same")


def draw(state: Visit, checked: Checked, key: str) -> None:
    """A choice for each item, of which none is made for anybody."""
    repeated = [rows for rows in checked.before.found.repeated if len(rows) <= MOST_ROWS]
    if len(repeated) > SHOWN:
        told = say("The first {shown} of {items:,} items. The next follow.", shown=SHOWN, items=len(repeated))
        st.text(told)
    chosen = [kept for rows in repeated[:SHOWN] if (kept := _choice(checked, rows, key)) is not None]
    label = say("Keep the chosen row of {items}", items=count(len(chosen), "item", "items"))
    why = None if chosen else say("Choose a row first.")
    found = checked.before.found
    st.button(
        label if chosen else say("Keep the chosen rows"),
        key=f"chosen-{key}",
        disabled=not chosen,
        help=why,
        on_click=lambda: editing.then(state, mending.chosen_kept(found, chosen)),
    )


def _choice(checked: Checked, rows: Sequence[int], key: str) -> int | None:
    """The row to keep of these; None while nothing was chosen."""
    frame = checked.before.sheet.frame.loc[list(rows)]
    name = str(frame[checked.before.mapping.key_column].iloc[0])
    differing = [column for column in frame.columns if frame[column].nunique() > 1]

    def told(row: int) -> str:
        says = [f"{column} {excerpt(str(frame.at[row, column]))}" for column in differing[:MOST_NAMED]]
        return say("Row {row}: {says}", row=row, says=plain(" · ".join(says)) or say(SAME))

    return st.radio(plain(name), rows, index=None, key=f"repeat-{rows[0]}-{key}", format_func=told)
