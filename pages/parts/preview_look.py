"""The filters and the order of the changes, and what leads there from elsewhere on the page."""

from collections.abc import Sequence

import streamlit as st

from lib.model.effect import Effect, Risk
from lib.words.say import count
from lib.workflow.looking import Look
from lib.workflow.planning import Planned
from pages.shared import tables

ANCHOR = "changes"
ALL, NEW_ITEMS = "all", "new items"
LOOKS = {
    Risk.MOVED: "Pages with a new address",
    Risk.ERASED: "Values that would be erased",
    Risk.SHRUNK: "Texts that would shrink a lot",
    Risk.IMPORTED: "Images and files imported again",
}
KINDS = {Effect.CHANGED: "Changed", Effect.NEW: "New where there was none", Effect.ERASED: "Erased"}
BY_ROW, BY_SIZE = "row", "size"
ORDERS = {BY_ROW: "As in the file", BY_SIZE: "Largest change first"}
WIDTH = 205  # all of them side by side on a wide screen


def everything() -> None:
    """Look at all changes again."""
    st.session_state.update({"look_at": ALL, "field": [], "effects": [], "search": ""})


def at(risk: Risk) -> None:
    """Look at the changes of this risk, all of them and no others."""
    everything()
    st.session_state["look_at"] = risk.value if risk in LOOKS else ALL


def at_new_items() -> None:
    """Look at the items that are created, and no others."""
    everything()
    st.session_state["look_at"] = NEW_ITEMS


def is_at(risk: Risk) -> bool:
    """Whether just the changes of this risk are looked at."""
    return bool(st.session_state.get("look_at") == risk)


def at_fields(names: Sequence[str]) -> None:
    """Look at the changes of these fields, beside what is asked for otherwise."""
    st.session_state["field"] = list(names)


def fields() -> list[str]:
    """The fields that are looked at; none for all."""
    return list(st.session_state.get("field", []))


def draw(planned: Planned) -> Look:
    """The filters, folded, and what they ask for."""
    st.header("The changes", anchor=ANCHOR)
    with st.expander("Filter, search and sort", icon=":material/filter_alt:"), st.container(horizontal=True):
        return _asked(planned)


def _asked(planned: Planned) -> Look:
    names = {ALL: "All changes"} | ({NEW_ITEMS: "New items"} if planned.new_rows else {})
    names |= {risk.value: LOOKS[risk] for risk in planned.risks if risk in LOOKS}
    if st.session_state.get("look_at") not in names:  # another plan has other risks
        st.session_state["look_at"] = ALL
    known = set(planned.by_field.index)
    st.session_state["field"] = [name for name in fields() if name in known]
    asked = st.selectbox("Look at", list(names), key="look_at", format_func=names.__getitem__, width=WIDTH)
    chosen = tables.choice(planned.changes["field"], st.container(width=WIDTH), "Field", key="field")
    effects = st.multiselect(
        "Kind of change",
        [effect.value for effect in Effect],
        format_func=lambda name: KINDS[Effect(name)],
        key="effects",
        placeholder="All kinds",
        width=WIDTH,
    )
    words = st.text_input("Search", key="search", placeholder="An item, or a text now or after", width=WIDTH)
    order = st.selectbox("Order", list(ORDERS), key="order", format_func=ORDERS.__getitem__, width=WIDTH)
    return Look(
        risk=Risk(asked) if asked not in (ALL, NEW_ITEMS) else None,
        is_new=asked == NEW_ITEMS,
        fields=chosen,
        effects=[Effect(name) for name in effects],
        words=words.strip(),
        by_size=order == BY_SIZE,
    )


def told(look: Look, shown: int, total: int) -> None:
    """That not all is shown, and the way back to all of it."""
    if look.is_narrow:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f":material/filter_alt: {count(shown, 'change', 'changes')} of {total:,} shown", width="stretch"
            )
            st.button(f"Show all {count(total, 'change', 'changes')}", key="show_everything", on_click=everything)
