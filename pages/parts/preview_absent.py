"""Items that the file does not name: listed when somebody wants to see them, and archived if somebody says so."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lib.model.item import Item
from lib.words.say import count
from lib.workflow.archiving import archiving
from lib.workflow.planning import Planned
from pages.runs import follow
from pages.shared import folded, frame, starting
from pages.shared.plain import plain
from pages.shared.visit import Visit

NOTHING_HAPPENS = "Nothing happens to them by this import. Tick those that you want to archive."
SURE = "I understand that archived items leave the site with its next publishing"


def draw(state: Visit, planned: Planned) -> None:
    """The fold, where there are any; nothing after the plan was sent."""
    items = planned.compared.absent
    if not items or state.run_id is not None:
        return
    name = plain(planned.matched.collection.display_name)
    label = f"{count(len(items), 'item', 'items')} of {name} {'is' if len(items) == 1 else 'are'} not in your file"
    folded.part(label, lambda: _list(state, planned, items), key="absent", icon=":material/playlist_remove:")


def _list(state: Visit, planned: Planned, items: Sequence[Item]) -> None:
    table = pd.DataFrame(
        {
            "Item": [item.name for item in items],
            "Page address": [item.slug for item in items],
            "Status": [item.status.value for item in items],
        }
    )
    if (languages := planned.matched.languages).known:
        table["Language"] = [languages.name_of(item.cms_locale_id) for item in items]
    st.caption(NOTHING_HAPPENS)
    if unfound := len(planned.matched.found.unfound - planned.new_rows):
        st.caption(
            f":material/warning: {count(unfound, 'row', 'rows')} of your file found no item; one of these may be meant."
        )
    chosen = st.dataframe(
        table,
        hide_index=True,
        alt="Items that are not in your file",
        key="absent_items",
        on_select="rerun",
        selection_mode="multi-row",
        height=min(36 * (len(items) + 1), 400),
    )
    picked = [items[place] for place in chosen.selection.rows]
    if (notice := starting.in_the_way("")) and notice.spec:
        follow.start_and_leave(state.way_in, notice.spec)
    if not picked:
        return
    number = count(len(picked), "item", "items")
    sure = st.checkbox(SURE, key="absent_sure")
    st.button(
        f"Archive {number}",
        key="archive_absent",
        icon=":material/archive:",
        on_click=frame.in_words()(lambda: follow.start(state.way_in, archiving(planned, picked))),
        disabled=not sure,
    )
    if not sure:
        st.text("Tick the box above to go on. It can be undone.")
    starting.leave()
