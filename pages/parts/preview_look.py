"""The filters and the order of the changes, and what leads there from elsewhere on the page."""

from collections.abc import Sequence

import streamlit as st

from lib.model.effect import Effect, Risk
from lib.words.say import count, later, say
from lib.workflow.looking import Look
from lib.workflow.planning import Planned
from pages.shared import tables

ANCHOR = "changes"
ALL, NEW_ITEMS = "all", "new items"
LOOKS = {
    Risk.MOVED: later("Pages with a new address"),
    Risk.ERASED: later("Values that would be erased"),
    Risk.SHRUNK: later("Texts that would shrink a lot"),
    Risk.IMPORTED: later("Images and files imported again"),
    Risk.ARCHIVED: later("Items that would be archived"),
}
KINDS = {
    Effect.CHANGED: later("Changed"),
    Effect.NEW: later("New where there was none"),
    Effect.ERASED: later("Erased"),
}
BY_ROW, BY_SIZE = "row", "size"
ORDERS = {BY_ROW: later("As in the file"), BY_SIZE: later("Largest change first")}
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
    st.header(say("The changes"), anchor=ANCHOR)
    label = say("Filter, search and sort")
    with st.expander(label, icon=":material/filter_alt:"), st.container(horizontal=True):
        return _asked(planned)


def _asked(planned: Planned) -> Look:
    names = {ALL: say("All changes")} | ({NEW_ITEMS: say("New items")} if planned.new_rows else {})
    names |= {risk.value: say(LOOKS[risk]) for risk in planned.risks if risk in LOOKS}
    if st.session_state.get("look_at") not in names:  # another plan has other risks
        st.session_state["look_at"] = ALL
    known = set(planned.by_field.index)
    st.session_state["field"] = [name for name in fields() if name in known]
    asked = st.selectbox(say("Look at"), list(names), key="look_at", format_func=names.__getitem__, width=WIDTH)
    chosen = tables.choice(planned.changes["field"], st.container(width=WIDTH), say("Field"), key="field")
    effects = st.multiselect(
        say("Kind of change"),
        [effect.value for effect in Effect],
        format_func=lambda name: say(KINDS[Effect(name)]),
        key="effects",
        placeholder=say("All kinds"),
        width=WIDTH,
    )
    hint = say("An item, or a text now or after")
    words = st.text_input(say("Search"), key="search", placeholder=hint, width=WIDTH)
    orders = {one: say(name) for one, name in ORDERS.items()}
    order = st.selectbox(say("Order"), list(orders), key="order", format_func=orders.__getitem__, width=WIDTH)
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
            words = say("{changes} of {total:,} shown", changes=count(shown, "change", "changes"), total=total)
            st.markdown(f":material/filter_alt: {words}", width="stretch")
            label = say("Show all {changes}", changes=count(total, "change", "changes"))
            st.button(label, key="show_everything", on_click=everything)
