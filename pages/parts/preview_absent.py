"""Items that the file does not name: listed when somebody wants to see them, and archived if somebody says so."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lib.model.item import Item
from lib.words.say import count, later, say, say_many
from lib.workflow.archiving import archiving
from lib.workflow.planning import Planned
from pages.runs import follow
from pages.shared import folded, frame, starting
from pages.shared.plain import plain
from pages.shared.visit import Visit

NOTHING_HAPPENS = later("Nothing happens to them by this import. Tick those that you want to archive.")
SURE = later("I understand that archived items leave the site with its next publishing")


def draw(state: Visit, planned: Planned) -> None:
    """The fold, where there are any; nothing after the plan was sent."""
    items = planned.compared.absent
    if not items or state.run_id is not None:
        return
    label = say_many(
        len(items),
        "{number:,} item of {name} is not in your file",
        "{number:,} items of {name} are not in your file",
        name=plain(planned.matched.collection.display_name),
    )
    folded.part(label, lambda: _list(state, planned, items), key="absent", icon=":material/playlist_remove:")


def _table(planned: Planned, items: Sequence[Item]) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            say("Item"): [item.name for item in items],
            say("Page address"): [item.slug for item in items],
            say("Status"): [say(item.status) for item in items],
        }
    )
    if (languages := planned.matched.languages).known:
        table[say("Language")] = [languages.name_of(item.cms_locale_id) for item in items]
    return table


def _list(state: Visit, planned: Planned, items: Sequence[Item]) -> None:
    st.caption(say(NOTHING_HAPPENS))
    if unfound := len(planned.matched.found.unfound - planned.new_rows):
        told = say_many(
            unfound,
            "{number:,} row of your file found no item; one of these may be meant.",
            "{number:,} rows of your file found no item; one of these may be meant.",
        )
        st.caption(f":material/warning: {told}")
    chosen = st.dataframe(
        _table(planned, items),
        hide_index=True,
        alt=say("Items that are not in your file"),
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
    sure = st.checkbox(say(SURE), key="absent_sure")
    st.button(
        say("Archive {items}", items=count(len(picked), "item", "items")),
        key="archive_absent",
        icon=":material/archive:",
        on_click=frame.in_words()(lambda: follow.start(state.way_in, archiving(planned, picked))),
        disabled=not sure,
    )
    if not sure:
        st.text(say("Tick the box above to go on. It can be undone."))
    starting.leave()
