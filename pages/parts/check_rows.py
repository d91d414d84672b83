"""Every row, a page at a time, with what is wrong with it beside it; cells are edited in place."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from lib.stages.mending.groups import Group, narrowed, rows_of, tally
from lib.stages.mending.rows import RowState, found
from lib.words.say import count
from lib.workflow import mending
from lib.workflow.checking import Checked
from pages.shared import editing, folded, tables
from pages.shared.plain import plain
from pages.shared.visit import Visit

ROWS_A_PAGE = 50
ALL = "all"
WHOLE_ROWS = "Whole rows"
STATES = {state.value: state for state in RowState}
WORDS = {RowState.READY: "✓ Ready", RowState.WARNING: "! Warning", RowState.ERROR: "✗ Error"}


def draw(state: Visit, checked: Checked) -> None:
    """All of it, behind a fold."""
    label = f"All {count(checked.before.sheet.row_count, 'row', 'rows')}, to look at and to edit in place"
    folded.part(label, lambda: _rows(state, checked), key="part_rows", icon=":material/edit:")


def _rows(state: Visit, checked: Checked) -> None:
    """The filters, the grid, and the pages of it."""
    rows, frame = checked.rows, checked.before.sheet.frame
    names = {ALL: "All", RowState.READY: "Ready", RowState.WARNING: "Warnings", RowState.ERROR: "Errors"}
    labels = {one: f"{name} {len(rows.of(STATES.get(one))):,}" for one, name in names.items()}
    only = st.segmented_control("Rows", list(names), default=ALL, key="rows_shown", format_func=labels.__getitem__)
    text = st.text_input("Search", key="rows_search", placeholder="Text in any column, or a problem")
    shown = rows.of(STATES.get(only or ALL)).intersection(found(frame.assign(**{"What is wrong": rows.problems}), text))
    if chosen := _chosen_problems(checked.groups):
        shown = shown.intersection(rows_of(chosen))
    if shown.empty:
        st.info("No row is like that.", icon=":material/search_off:")
        return
    pages = -(-len(shown) // ROWS_A_PAGE)
    page = st.number_input(f"Page (of {pages:,})", 1, pages, key="rows_page") if pages > 1 else 1
    _grid(state, checked, shown[ROWS_A_PAGE * (page - 1) : ROWS_A_PAGE * page])
    st.caption(f"{count(len(shown), 'row', 'rows')}. Double-click a cell to change it.")


def _chosen_problems(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The problems to look at: of some columns, of some kinds; none while nothing is chosen."""
    if not groups:
        return ()
    columns = _choose("Columns with problems", tally(groups, lambda one: one.column), "rows_columns")
    kinds = _choose("Kinds of problems", tally(narrowed(groups, columns), lambda one: one.kind), "rows_kinds")
    return narrowed(groups, columns, kinds) if columns or kinds else ()


def _choose(label: str, rows: Mapping[str, int], key: str) -> list[str]:
    """What is chosen of these, each with how many rows have it. Pills keep what is chosen when the figures change."""

    def words(name: str) -> str:
        return f"{plain(name) or WHOLE_ROWS} {rows.get(name, 0):,}"

    return st.pills(label, list(rows), selection_mode="multi", format_func=words, key=key)


def _grid(state: Visit, checked: Checked, index: pd.Index) -> None:
    frame, rows, edits = checked.before.sheet.frame.loc[index], checked.rows, checked.before.before.edits
    front = pd.DataFrame({"Row": index, "State": rows.states[index].map(WORDS), "What is wrong": rows.problems[index]})
    names = {column: f"{column} " if column in front else column for column in frame}  # a column of the same name
    columns_of = {name: column for column, name in names.items()}
    table = pd.concat([front, frame.rename(columns=names)], axis=1)
    columns = {
        "State": st.column_config.TextColumn(width=90, pinned=True),
        "What is wrong": st.column_config.TextColumn(width=320),
    }
    # Another key after each change: what was typed is in the sheet then, and not in the grid any more.
    key = f"rows-{len(edits.done)}-{len(edits.undone)}-{index[0]}"

    def take() -> None:
        """Take what was typed into the sheet."""
        texts: dict[str, dict[int, str]] = {}
        for place, cells in st.session_state[key]["edited_rows"].items():
            for name, text in cells.items():
                texts.setdefault(str(columns_of[name]), {})[int(index[place])] = text or ""
        editing.then(state, *mending.typed(texts))

    tables.editor(
        table, list(front.columns), alt="Rows of the file, editable", key=key, columns=columns, on_change=take
    )
