"""The filters of the changes: what is looked at, and what leads there from above."""

import streamlit as st

from lib.model.effect import Risk
from lib.workflow.looking import Look
from lib.workflow.planning import Planned
from pages.shared import tables

ALL = "all"
LOOKS = {
    Risk.MOVED: "Pages with a new address",
    Risk.ERASED: "Values that would be erased",
    Risk.SHRUNK: "Texts that would shrink a lot",
    Risk.IMPORTED: "Images and files imported again",
}


def at(risk: Risk) -> None:
    """Look at the changes of this risk, all of them and no others."""
    st.session_state.update({"look_at": risk.value if risk in LOOKS else ALL, "field": [], "search": ""})


def draw(planned: Planned) -> Look:
    """The filters, and what they ask for."""
    names = {ALL: "All changes"} | {risk.value: LOOKS[risk] for risk in planned.risks if risk in LOOKS}
    if st.session_state.get("look_at") not in names:  # another plan has other risks
        st.session_state["look_at"] = ALL
    look, fields, search = st.columns(3)
    asked = look.selectbox("Look at", list(names), key="look_at", format_func=names.__getitem__)
    chosen = tables.choice(planned.changes["field"], fields, "Field", key="field")
    words = search.text_input("Search items", key="search", placeholder="Part of an item's name")
    return Look(risk=Risk(asked) if asked != ALL else None, fields=chosen, words=words)
