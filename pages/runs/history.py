"""All my runs, the newest first: what they did, and where each one stands."""

import streamlit as st

from lib.webflow.connection import Connection
from lib.words.say import count, say
from lib.workflow.destination import Chosen
from pages.runs import run_list, tokens
from pages.shared import frame, steps, visit
from pages.shared.own_runs import runs

MEGABYTE = 1_000_000


def ask_who() -> None:
    """Whose runs are to be shown."""
    st.markdown(
        say("Runs are shown to whoever made them. Connect with the token you used, or open the address of a run.")
    )
    if tokens.ask(say("Show my runs"), "history"):
        st.rerun()
    if st.button(say("Start an import"), key="to_start"):
        steps.go(steps.CONNECT)


def none_yet() -> None:
    """The way to the first run."""
    st.info(say("No runs yet. Import a file, and it appears here."))
    on = steps.furthest() or steps.CONNECT
    label = say("Go on with the import") if state.journey.reached(Chosen) else say("Start an import")
    if st.button(label, key="to_start", type="primary"):
        steps.go(on)


def offer_to_delete(connection: Connection | None, number: int) -> None:
    """Delete all that have ended, after asking."""
    ended = count(number, "run", "runs")
    with st.popover(say("Delete {runs}…", runs=ended), icon=":material/delete:"):
        st.markdown(say("Deleted runs cannot be opened or undone any more. The items in Webflow stay as they are."))
        label = say(":red[Delete {runs} for good]", runs=ended)
        st.button(label, key="purge", on_click=delete, args=(connection,))


@frame.in_words()
def delete(connection: Connection | None) -> None:
    """Delete the person's runs that have ended."""
    own.delete_all(connection)


def list_own(connection: Connection | None) -> None:
    """The runs of who is signed in, or else of this token, what can be done with them, how long they are kept."""
    if connection and connection.is_demo and own.visitor is None:
        st.markdown(
            say("These are the runs of this visit's demo site. Runs on a site of your own appear with its token.")
        )
    found = own.of(connection)
    if found:
        run_list.draw(found)
    else:
        none_yet()
    if ended := sum(not run.is_live for run in found):
        offer_to_delete(connection, ended)
    st.caption(
        say(
            "Runs are kept for {days} days. All records of this app take {size:.1f} MB on disk.",
            days=own.days_kept,
            size=own.size_bytes() / MEGABYTE,
        )
    )


state = visit.current()
own = runs()
st.title(say("Your runs"))
if state.connection is None and own.visitor is None:
    ask_who()
else:
    list_own(state.connection)
