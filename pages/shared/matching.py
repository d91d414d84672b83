"""The widgets of the Match page: one line per column, and the key picker. The mapping in the visit is the truth."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from lib.fields import kind_of
from lib.model.mapping import ColumnMapping, Match, MatchedBy, Role
from lib.stages.key import with_key
from lib.stages.match import rematch, use_suggestions
from pages.shared import column_options
from pages.shared.plain import count, plain
from pages.shared.visit import Visit

LEAVE_OUT = ""
SAMPLES = 3
_HOW = {
    MatchedBy.SLUG: ("Same slug", ":material/check:", "green"),
    MatchedBy.NAME: ("Same name", ":material/check:", "green"),
    MatchedBy.CLOSENESS: ("Similar name, confirmed", ":material/check:", "green"),
    MatchedBy.PERSON: ("Your choice", ":material/person:", "blue"),
}


def key_picker(place, state: Visit, candidates: Sequence[str]) -> None:
    """Choose the column whose values find the items."""
    st.session_state["key_column"] = state.mapping.key_column or candidates[0]

    def choose() -> None:
        chosen = replace(state.mapping, key_column=st.session_state["key_column"], accepted_keys=())
        state.keep(mapping=chosen)

    place.selectbox("Find each item by", candidates, key="key_column", on_change=choose)


def suggestions(state: Visit) -> None:
    """Columns that only resemble a field wait here for a yes to all of them; each line has its own."""
    waiting = state.mapping.suggested
    if not waiting:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        number = count(len(waiting), "column")
        st.write(f"{number} {'resembles a field' if len(waiting) == 1 else 'resemble fields'} and will be left out.")
        if st.button(f"Use {count(len(waiting), 'suggestion')}", key="use_suggestions", icon=":material/done_all:"):
            use(state, [match.column for match in waiting])


def use(state: Visit, columns: Sequence[str]) -> None:
    """Feed what these columns were suggested for."""
    _keep(state, use_suggestions(state.mapping, columns))
    st.rerun()


def _keep(state: Visit, mapping: ColumnMapping) -> None:
    state.keep(mapping=with_key(state.sheet, mapping, state.collection, state.items, state.locale_id))


def columns(state: Visit, items: pd.Series, per_page: int) -> None:
    """All columns of the sheet, a page at a time."""
    matches = state.mapping.matches
    pages = -(-len(matches) // per_page)
    page = st.pagination(pages, key="match_page") if pages > 1 else 1
    for number in range((page - 1) * per_page, min(page * per_page, len(matches))):
        _line(state, items, number)


def _line(state: Visit, items: pd.Series, number: int) -> None:
    one = state.mapping.matches[number]
    with st.container(border=True):
        column, target, status = st.columns([4, 4, 3], vertical_alignment="center")
        with column.container(gap=None):
            st.markdown(f"**{plain(one.column)}**")
            st.caption(plain(_samples(state, one.column)))
        _target(target, state, number)
        with status.container(horizontal=True, vertical_alignment="center"):
            _status(state, one, number)
            if one.field_slug and one.column != state.mapping.key_column:
                column_options.draw(state, one, items, number)


def _samples(state: Visit, column: str) -> str:
    texts = state.sheet.frame[column]
    distinct = texts[texts.str.strip() != ""].drop_duplicates().head(SAMPLES)
    shown = [" ".join((text[:40] + "…" if len(text) > 40 else text).split()) for text in distinct]
    return f"e.g. {' · '.join(shown)}" if shown else "No values in this column"


def _target(place, state: Visit, number: int) -> None:
    one = state.mapping.matches[number]
    key = f"match-{number}"
    current = one.field_slug or (one.role.value if one.role else LEAVE_OUT)
    options = list(dict.fromkeys([LEAVE_OUT, *state.offers[one.column], current]))
    st.session_state[key] = current

    def choose() -> None:
        target = st.session_state[key]
        role = Role(target) if target in set(Role) else None
        _keep(state, rematch(state.mapping, one.column, None if role else target or None, role))

    place.selectbox(
        f"Column {number + 1} goes to",
        options,
        format_func=lambda target: _target_name(state, target),
        key=key,
        on_change=choose,
        label_visibility="collapsed",
    )


def _target_name(state: Visit, target: str) -> str:
    if target == LEAVE_OUT:
        return "Leave this column out"
    if target in set(Role):
        return f"{target} (not a field)"
    field = state.collection.field(target)
    required = ", required" if field.is_required else ""
    return f"{field.display_name} · {kind_of(field.type).title}{required} · {field.slug}"


def _status(state: Visit, one: Match, number: int) -> None:
    if one in state.mapping.suggested:
        st.badge("Similar name, left out", icon=":material/help:", color="orange")
        name = state.collection.field(one.suggestion).display_name
        if st.button("Use it", key=f"use-{number}", help="Fill the field with the similar name."):
            use(state, [one.column])
        st.text(f"for {name}?")
    elif one.is_ignored:
        st.badge("Left out", icon=":material/block:", color="gray")
    elif one.role:
        st.badge("Recognised", icon=":material/check:", color="green")
    elif one.matched_by:
        words, icon, color = _HOW[one.matched_by]
        st.badge(words, icon=icon, color=color)
