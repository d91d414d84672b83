"""The columns on the Match page, a line for each: those that wait for a decision, then what matched by itself."""

from collections.abc import Sequence

import streamlit as st

from lib.model.mapping import Match, MatchedBy, Role
from lib.words.say import count, later, say
from lib.workflow.matching import Matched
from pages.parts import match_options, match_target
from pages.shared import folded
from pages.shared.plain import plain
from pages.shared.visit import Visit

COLUMNS_PER_PAGE = 25
FOLDED_FROM = 8  # lines that need nobody; fewer are seen at a glance
BY_THEMSELVES = {MatchedBy.SLUG, MatchedBy.NAME}
_HOW = {
    MatchedBy.SLUG: later("Same slug"),
    MatchedBy.NAME: later("Same name"),
    MatchedBy.CLOSENESS: later("Similar name, confirmed"),
    MatchedBy.VALUES: later("By its values, confirmed"),
    MatchedBy.PERSON: later("Your choice"),
}


def draw(state: Visit, matched: Matched) -> None:
    """Suggestions, columns without a field and what a person chose come first; of the others, many are folded away."""
    matches = matched.mapping.matches
    waiting = set(matched.mapping.suggested)
    alone = [number for number, one in enumerate(matches) if one.matched_by in BY_THEMSELVES]
    others = [number for number in range(len(matches)) if number not in set(alone)]
    others.sort(key=lambda number: (matches[number] not in waiting, number))
    _suggestions(state, matched)
    if len(alone) < FOLDED_FROM:
        _lines(state, matched, [*others, *alone], "all")
    else:
        _lines(state, matched, others, "others")
        label = say("{columns} matched by name", columns=count(len(alone), "column", "columns"))
        folded.part(label, lambda: _lines(state, matched, alone, "alone"), key="part_alone", icon=":material/check:")
    st.caption(_footer(matched, len(waiting)))


def _footer(matched: Matched, to_check: int) -> str:
    matches = matched.mapping.matches
    ignored = sum(one.is_ignored for one in matches)
    figures = [count(len(matches), "column", "columns"), say("{number:,} matched", number=len(matches) - ignored)]
    figures += [say("{number:,} to check", number=to_check)] if to_check else []
    figures += [say("{number:,} left out", number=ignored - to_check)] if ignored > to_check else []
    return " · ".join([*figures, count(matched.sheet.row_count, "row", "rows")])


def _suggestions(state: Visit, matched: Matched) -> None:
    """One yes for all columns that only seem to feed something; each line has its own."""
    waiting = matched.mapping.suggested
    if len(waiting) < 2:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        columns = count(len(waiting), "column", "columns")
        st.write(say("{columns} may feed a field. Until you say so, they are left out.", columns=columns))
        label = say("Use {suggestions}", suggestions=count(len(waiting), "suggestion", "suggestions"))
        _use(state, label, waiting, key="use_suggestions")


def _use(state: Visit, label: str, matches: Sequence[Match], key: str) -> None:
    columns = [match.column for match in matches]
    st.button(label, key=key, on_click=lambda: state.keep(state.journey.use_suggestions(columns)))


def _lines(state: Visit, matched: Matched, numbers: Sequence[int], key: str) -> None:
    """A line for each of these columns, a page of them at a time."""
    if not numbers:
        return
    pages = -(-len(numbers) // COLUMNS_PER_PAGE)
    page = st.pagination(pages, key=f"page_{key}") if pages > 1 else 1
    with st.container(border=key != "alone", gap="small", key=f"lines_{key}"):
        for number in numbers[(page - 1) * COLUMNS_PER_PAGE : page * COLUMNS_PER_PAGE]:
            _line(state, matched, number)


def _line(state: Visit, matched: Matched, number: int) -> None:
    one = matched.mapping.matches[number]
    column, target, why = st.columns([4, 4, 4], vertical_alignment="center")
    with column.container(gap=None):
        st.markdown(f"**{plain(one.column)}**")
        samples = matched.before.samples(one.column)
        st.caption(plain(" · ".join(samples) if samples else say("No values in this column")))
    with target:
        match_target.draw(state, matched, number)
    with why.container(horizontal=True, vertical_alignment="center"):
        _why(state, matched, number)
        if one.field_slug and one.column != matched.mapping.key_column:
            match_options.draw(state, matched, one, number)


def _why(state: Visit, matched: Matched, number: int) -> None:
    """How a column came to its field, or what it may feed and why."""
    one = matched.mapping.matches[number]
    if one in matched.mapping.suggested:
        name = match_target.short(matched, one.suggestion or "")
        st.badge(f"{plain(name)}?", icon=":material/help:", color="orange")
        st.caption(plain(one.because or say("Similar name")), width="content")
        _use(state, say("Use it"), [one], key=f"use-{number}")
    elif one.is_ignored:
        st.badge(say("Left out"), icon=":material/block:", color="gray")
    elif one.column == matched.mapping.key_column:
        st.badge(say("Finds the items"), icon=":material/key:", color="green")
    elif one.role and one.matched_by in BY_THEMSELVES:
        st.badge(_role_words(one.role), icon=":material/check:", color="green")
    elif one.matched_by:
        is_person = one.matched_by is MatchedBy.PERSON
        icon = ":material/person:" if is_person else ":material/check:"
        st.badge(say(_HOW[one.matched_by]), icon=icon, color="blue" if is_person else "green")


def _role_words(role: Role) -> str:
    return say("{column} of an export, recognised", column=say(role))
