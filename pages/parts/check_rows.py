"""Every row, a page at a time, with what is wrong with it beside it; cells are edited in place."""

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from lib.stages.mending.groups import Group, narrowed, rows_of, tally
from lib.stages.mending.rows import RowState, found
from lib.words.say import count, figure, later, say
from lib.workflow import mending
from lib.workflow.checking import Checked
from pages.shared import editing, folded, tables
from pages.shared.plain import plain
from pages.shared.visit import Visit

ROWS_A_PAGE = 50
ALL = "all"
STATES = {state.value: state for state in RowState}
NAMES = {
    ALL: later("All"),
    RowState.READY: later("Ready"),
    RowState.WARNING: later("Warnings"),
    RowState.ERROR: later("Errors"),
}
WORDS = {RowState.READY: later("✓ Ready"), RowState.WARNING: later("! Warning"), RowState.ERROR: later("✗ Error")}


def draw(state: Visit, checked: Checked) -> None:
    """All of it, behind a fold."""
    rows = count(checked.before.sheet.row_count, "row", "rows")
    label = say("All {rows}, to look at and to edit in place", rows=rows)
    folded.part(label, lambda: _rows(state, checked), key="part_rows", icon=":material/edit:")


def _rows(state: Visit, checked: Checked) -> None:
    """The filters, the grid, and the pages of it."""
    rows, frame = checked.rows, checked.before.sheet.frame
    labels = {one: f"{say(name)} {figure(len(rows.of(STATES.get(one))))}" for one, name in NAMES.items()}
    only = st.segmented_control(say("Rows"), list(NAMES), default=ALL, key="rows_shown", format_func=labels.__getitem__)
    text = st.text_input(say("Search"), key="rows_search", placeholder=say("Text in any column, or a problem"))
    shown = rows.of(STATES.get(only or ALL)).intersection(found(frame.assign(**{"What is wrong": rows.problems}), text))
    if chosen := _chosen_problems(checked.groups):
        shown = shown.intersection(rows_of(chosen))
    if shown.empty:
        st.info(say("No row is like that."), icon=":material/search_off:")
        return
    pages = -(-len(shown) // ROWS_A_PAGE)
    page = st.number_input(say("Page (of {pages:,})", pages=pages), 1, pages, key="rows_page") if pages > 1 else 1
    _grid(state, checked, shown[ROWS_A_PAGE * (page - 1) : ROWS_A_PAGE * page])
    st.caption(say("{rows}. Double-click a cell to change it.", rows=count(len(shown), "row", "rows")))


def _chosen_problems(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The problems to look at: of some columns, of some kinds; none while nothing is chosen."""
    if not groups:
        return ()
    by_column, named = tally(groups, lambda one: one.column), lambda name: name or say("Whole rows")
    columns = _choose(say("Columns with problems"), by_column, named, "rows_columns")
    by_kind = tally(narrowed(groups, columns), lambda one: one.kind)
    kinds = _choose(say("Kinds of problems"), by_kind, say, "rows_kinds")
    return narrowed(groups, columns, kinds) if columns or kinds else ()


def _choose(label: str, rows: Mapping[str, int], named: Callable[[str], str], key: str) -> list[str]:
    """What is chosen of these, each with how many rows have it. Pills keep what is chosen when the figures change."""

    def words(name: str) -> str:
        return f"{plain(named(name))} {figure(rows.get(name, 0))}"

    return st.pills(label, list(rows), selection_mode="multi", format_func=words, key=key)


def _grid(state: Visit, checked: Checked, index: pd.Index) -> None:
    frame, rows, edits = checked.before.sheet.frame.loc[index], checked.rows, checked.before.before.edits
    row, state_name, wrong = say("Row"), say("State"), say("What is wrong")
    words = {one: say(word) for one, word in WORDS.items()}
    front = pd.DataFrame({row: index, state_name: rows.states[index].map(words), wrong: rows.problems[index]})
    names = {column: f"{column} " if column in front else column for column in frame}  # a column of the same name
    columns_of = {name: column for column, name in names.items()}
    table = pd.concat([front, frame.rename(columns=names)], axis=1)
    columns = {
        state_name: st.column_config.TextColumn(width=90, pinned=True),
        wrong: st.column_config.TextColumn(width=320),
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
        table, list(front.columns), alt=say("Rows of the file, editable"), key=key, columns=columns, on_change=take
    )
