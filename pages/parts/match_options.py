"""How one column is read: empty cells, order of dates, decimal mark, separator, Markdown."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from lib.fields import kind_of
from lib.model.mapping import Blanks, Match, ReadingChoices
from lib.words.say import count
from lib.workflow.matching import Matched
from pages.shared.visit import Visit

SEPARATORS = {";": "Semicolon", ",": "Comma", "|": "Vertical bar", "\n": "Line break"}
# For each choice that a kind of field offers: the words, and what may be chosen.
_CHOICES: Mapping[str, tuple[str, Mapping[Any, str]]] = {
    "day_first": (
        "Dates like 03/04/2025",
        {None: "Find out from the column", True: "Day first (3 April)", False: "Month first (March 4)"},
    ),
    "decimal": ("Decimal mark", {None: "Find out from the column", ".": "Point (1,234.50)", ",": "Comma (1.234,50)"}),
    "separator": ("Names are separated by", {None: "Find out from the column", **SEPARATORS}),
    "markdown": ("The text is", {False: "HTML or plain text", True: "Markdown"}),
}


def draw(state: Visit, matched: Matched, match: Match, number: int) -> None:
    """The options of one matched column, folded away unless one is set."""
    as_ever = ReadingChoices(accepts=match.choices.accepts)  # decided on the Check page, and shown there
    is_set = match.blanks is Blanks.CLEAR or match.choices != as_ever
    field = matched.collection.field(match.field_slug or "")
    with st.popover("Options (set)" if is_set else "Options", icon=":material/tune:"):
        if choice := kind_of(field.type).choice:
            _reading(state, match, choice, number)
        if field.is_required:
            st.caption("This field is required: empty cells always leave it as it is.")
        else:
            _blanks(state, match, matched.would_erase(match), number)


def _reading(state: Visit, match: Match, name: str, number: int) -> None:
    label, options = _CHOICES[name]
    key = f"{name}-{number}"
    values = {words: value for value, words in options.items()}  # a selectbox takes None for nothing chosen
    st.session_state[key] = options[getattr(match.choices, name)]

    def choose() -> None:
        choices = replace(match.choices, **{name: values[st.session_state[key]]})
        state.keep(state.journey.rechoose(replace(match, choices=choices)))

    st.selectbox(label, list(values), key=key, on_change=choose)


def _blanks(state: Visit, match: Match, erased: int, number: int) -> None:
    words = {
        Blanks.KEEP: "Leave the item's value as it is",
        Blanks.CLEAR: f"Clear it: would erase {count(erased, 'value', 'values')}",
    }
    key = f"blanks-{number}"
    st.session_state[key] = match.blanks

    def choose() -> None:
        state.keep(state.journey.rechoose(replace(match, blanks=st.session_state[key])))

    st.radio("Empty cells", list(words), format_func=words.__getitem__, key=key, on_change=choose)
