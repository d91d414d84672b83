"""The columns on the Match page: one line for each, and those that only resemble a field."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from lib.fields import kind_of
from lib.model.mapping import MatchedBy, Role
from lib.workflow.preparation import Matched
from pages.parts import match_options
from pages.shared.plain import count, plain
from pages.shared.visit import Visit

COLUMNS_PER_PAGE = 25
LEAVE_OUT = ""
_HOW: dict[MatchedBy, tuple[str, str, Literal["green", "blue"]]] = {
    MatchedBy.SLUG: ("Same slug", ":material/check:", "green"),
    MatchedBy.NAME: ("Same name", ":material/check:", "green"),
    MatchedBy.CLOSENESS: ("Similar name, confirmed", ":material/check:", "green"),
    MatchedBy.PERSON: ("Your choice", ":material/person:", "blue"),
}


def suggestions(state: Visit, matched: Matched) -> None:
    """Columns that only resemble a field wait here for a yes to all of them; each line has its own."""
    waiting = matched.mapping.suggested
    if not waiting:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        number = count(len(waiting), "column")
        st.write(f"{number} {'resembles a field' if len(waiting) == 1 else 'resemble fields'} and will be left out.")
        if st.button(f"Use {count(len(waiting), 'suggestion')}", key="use_suggestions", icon=":material/done_all:"):
            _use(state, [match.column for match in waiting])


def _use(state: Visit, columns: Sequence[str]) -> None:
    state.keep(state.journey.use_suggestions(columns))
    st.rerun()


def draw(state: Visit, matched: Matched) -> None:
    """All columns of the sheet, a page at a time."""
    matches = matched.mapping.matches
    pages = -(-len(matches) // COLUMNS_PER_PAGE)
    page = st.pagination(pages, key="match_page") if pages > 1 else 1
    for number in range((page - 1) * COLUMNS_PER_PAGE, min(page * COLUMNS_PER_PAGE, len(matches))):
        _line(state, matched, number)


def _line(state: Visit, matched: Matched, number: int) -> None:
    one = matched.mapping.matches[number]
    with st.container(border=True):
        column, target, status = st.columns([4, 4, 3], vertical_alignment="center")
        with column.container(gap=None):
            st.markdown(f"**{plain(one.column)}**")
            samples = matched.before.samples(one.column)
            st.caption(plain(f"e.g. {' · '.join(samples)}" if samples else "No values in this column"))
        with target:
            _target(state, matched, number)
        with status.container(horizontal=True, vertical_alignment="center"):
            _status(state, matched, number)
            if one.field_slug and one.column != matched.mapping.key_column:
                match_options.draw(state, matched, one, number)


def _target(state: Visit, matched: Matched, number: int) -> None:
    one = matched.mapping.matches[number]
    key = f"match-{number}"
    current = one.field_slug or (one.role.value if one.role else LEAVE_OUT)
    st.session_state[key] = current

    def choose() -> None:
        state.keep(state.journey.feed(one.column, st.session_state[key]))

    st.selectbox(
        f"Column {number + 1} goes to",
        list(dict.fromkeys([LEAVE_OUT, *matched.offers[one.column], current])),
        format_func=lambda target: _target_name(matched, target),
        key=key,
        on_change=choose,
        label_visibility="collapsed",
    )


def _target_name(matched: Matched, target: str) -> str:
    if target == LEAVE_OUT:
        return "Leave this column out"
    if target in set(Role):
        return f"{target} (not a field)"
    field = matched.collection.field(target)
    required = ", required" if field.is_required else ""
    return f"{field.display_name} · {kind_of(field.type).title}{required} · {field.slug}"


def _status(state: Visit, matched: Matched, number: int) -> None:
    one = matched.mapping.matches[number]
    if one in matched.mapping.suggested:
        st.badge("Similar name, left out", icon=":material/help:", color="orange")
        name = matched.collection.field(one.suggestion or "").display_name
        if st.button("Use it", key=f"use-{number}", help="Fill the field with the similar name."):
            _use(state, [one.column])
        st.text(f"for {name}?")
    elif one.is_ignored:
        st.badge("Left out", icon=":material/block:", color="gray")
    elif one.role:
        st.badge("Recognised", icon=":material/check:", color="green")
    elif one.matched_by:
        words, icon, color = _HOW[one.matched_by]
        st.badge(words, icon=icon, color=color)
