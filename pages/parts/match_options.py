"""How one column is read: empty cells, order of dates, decimal mark, separator, Markdown."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from lib.fields import kind_of
from lib.model.mapping import Blanks, Match, ReadingChoices
from lib.words.say import count, later, say
from lib.workflow.matching import Matched
from pages.shared.visit import Visit

FIND_OUT = later("Find out from the column")
# For each choice that a kind of field offers: the words, and what may be chosen.
_CHOICES: Mapping[str, tuple[str, Mapping[Any, str]]] = {
    "day_first": (
        later("Dates like 03/04/2025"),
        {None: FIND_OUT, True: later("Day first (3 April)"), False: later("Month first (March 4)")},
    ),
    "decimal": (
        later("Decimal mark"),
        {None: FIND_OUT, ".": later("Point (1,234.50)"), ",": later("Comma (1.234,50)")},
    ),
    "separator": (
        later("Names are separated by"),
        {
            None: FIND_OUT,
            ";": later("Semicolon"),
            ",": later("Comma"),
            "|": later("Vertical bar"),
            "\n": later("Line break"),
        },
    ),
    "markdown": (later("The text is"), {False: later("HTML or plain text"), True: later("Markdown")}),
}


def draw(state: Visit, matched: Matched, match: Match, number: int) -> None:
    """The options of one matched column, folded away unless one is set."""
    as_ever = ReadingChoices(accepts=match.choices.accepts)  # decided on the Check page, and shown there
    is_set = match.blanks is Blanks.CLEAR or match.choices != as_ever
    field = matched.collection.field(match.field_slug or "")
    with st.popover(say("Options (set)") if is_set else say("Options"), icon=":material/tune:"):
        if choice := kind_of(field.type).choice:
            _reading(state, match, choice, number)
        if field.is_required:
            st.caption(say("This field is required: empty cells always leave it as it is."))
        else:
            _blanks(state, match, matched.would_erase(match), number)


def _reading(state: Visit, match: Match, name: str, number: int) -> None:
    label, choosable = _CHOICES[name]
    options = {value: say(words) for value, words in choosable.items()}
    key = f"{name}-{number}"
    values = {words: value for value, words in options.items()}  # a selectbox takes None for nothing chosen
    st.session_state[key] = options[getattr(match.choices, name)]

    def choose() -> None:
        choices = replace(match.choices, **{name: values[st.session_state[key]]})
        state.keep(state.journey.rechoose(replace(match, choices=choices)))

    st.selectbox(say(label), list(values), key=key, on_change=choose)


def _blanks(state: Visit, match: Match, erased: int, number: int) -> None:
    words = {
        Blanks.KEEP: say("Leave the item's value as it is"),
        Blanks.CLEAR: say("Clear it: would erase {values}", values=count(erased, "value", "values")),
    }
    key = f"blanks-{number}"
    st.session_state[key] = match.blanks

    def choose() -> None:
        state.keep(state.journey.rechoose(replace(match, blanks=st.session_state[key])))

    st.radio(say("Empty cells"), list(words), format_func=words.__getitem__, key=key, on_change=choose)
