"""The different values of a group, the most frequent first, each with what to do in all of its rows at once."""

from collections.abc import Sequence

import streamlit as st

from lib.model.settled import Settle, Settled
from lib.stages.mending.candidates import Candidates, meant
from lib.stages.mending.groups import Group
from lib.words.language import spoken
from lib.words.say import count, later, say
from lib.workflow import mending
from lib.workflow.checking import Checked
from pages.shared import editing
from pages.shared.plain import plain
from pages.shared.visit import Visit

SHOWN = 15
MOST_LISTED = 1_000  # of many more, only the closest are sent to the browser; others can be typed
LONGEST_LABEL = 80
WAYS = {later("— Leave as in Webflow"): Settle.KEEP, later("— Leave the rows out"): Settle.LEAVE_OUT}


def draw(state: Visit, checked: Checked, group: Group, key: str) -> None:
    """A choice for each value; those with a close candidate have it chosen."""
    texts = [str(text) for text in group.values.index[:SHOWN]]
    if len(group.values) > SHOWN:
        st.text(
            say(
                "The {shown} most frequent of {values:,} values. The next follow when these are settled.",
                shown=SHOWN,
                values=len(group.values),
            )
        )
    if known := checked.known(group):
        st.text(say("Where a value is only spelt otherwise, it is chosen. Look it over before you settle it."))
    ways = [way for way, settle in WAYS.items() if settle is Settle.LEAVE_OUT or checked.match_of(group)]
    candidates, listed = Candidates(known), known if len(known) <= MOST_LISTED else ()
    decided = [_choice(group, text, candidates.closest(text), [*ways, *listed], key) for text in texts]
    chosen = [one for one in decided if one]
    why = None if chosen else say("Choose what to do with a value first.")
    keys = {text: _key(group, text, key) for text in texts}

    def settle() -> None:
        decisions = [_settled(group.column, text, st.session_state[keys[text]]) for text in texts]
        editing.then(state, *mending.settled(group, (one for one in decisions if one)))

    st.button(_label(group, chosen), key=f"settle-{key}", disabled=not chosen, help=why, on_click=settle)


def _label(group: Group, chosen: Sequence[Settled]) -> str:
    if not chosen:
        return say("Settle values")
    rows = count(sum(int(group.values[one.text]) for one in chosen), "row", "rows")
    return say("Settle {values} in {rows}", values=count(len(chosen), "value", "values"), rows=rows)


def _choice(group: Group, text: str, close: Sequence[str], others: Sequence[str], key: str) -> Settled | None:
    """What was decided about one value; None while nothing was."""
    options, suggested = list(dict.fromkeys((*close, *others))), meant(text, close)
    short = f"{text[:LONGEST_LABEL]}…" if len(text) > LONGEST_LABEL else text
    chosen = st.selectbox(
        say("“{text}” · {rows}", text=plain(short), rows=count(int(group.values[text]), "row", "rows")),
        options,
        index=options.index(suggested) if suggested else None,
        key=_key(group, text, key),
        format_func=lambda option: say(option) if option in WAYS else option,
        placeholder=say("Choose, or type what to use instead"),
        accept_new_options=True,
    )
    return _settled(group.column, text, chosen)


def _key(group: Group, text: str, key: str) -> str:
    """One of its own in each language: the box hands back what it shows, and a way out must not be taken for a text."""
    return f"value-{spoken()}-{key}-{group.rows[group.texts == text][0]}"


def _settled(column: str, text: str, chosen: str | None) -> Settled | None:
    if not chosen:
        return None
    instead = "" if chosen in WAYS else chosen
    return Settled(column=column, text=text, settle=WAYS.get(chosen, Settle.USE), instead=instead)
