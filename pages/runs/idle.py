"""A run that nobody works on: what happened, what is certain, and how to go on."""

import streamlit as st

from lib.model.run import Run
from lib.runs.service.at_hand import connection_of, trouble_of
from lib.runs.service.next_steps import Access, May, goes_on_by_itself, next_steps
from lib.words.say import count
from pages.runs import doing, follow, tables, tokens
from pages.runs.words import on_their_way, so_far, to_send
from pages.shared import frame, visit
from pages.shared.own_runs import runs
from pages.shared.plain import plain

REFRESH_SECONDS = 2.0
BY_ITSELF = "Flowsheet takes it up again by itself within half a minute."


def draw(run: Run) -> None:
    """The page of an interrupted run."""
    st.title(title(run))
    trouble = trouble_of(run.id)
    why = plain(trouble) if trouble else "The app was restarted, or its computer slept, while the run was going on."
    st.warning(f"{why} Nothing is lost: every item's state is on record.", icon=":material/power_off:")
    st.markdown(f"**{plain(run.collection_name)}** on **{plain(run.site_name)}**")
    st.markdown(standing(run))
    taken_up(run)
    _resume(run)
    with st.popover("Give up this run…"):
        st.markdown("Giving up sends nothing more and frees the collection for other runs.")
        st.button("Give up this run", key="give_up", on_click=_give_up, args=(run.id,))
    tables.batches(run, key="interrupted_batches")


def title(run: Run) -> str:
    """`This run was interrupted at 400 of 2,000 items`."""
    return f"This run was interrupted at {run.done:,} of {count(run.change_count, 'item', 'items')}"


def taken_up(run: Run) -> None:
    """Where this process holds the token, it goes on by itself: say so, and look until it does."""
    if goes_on_by_itself(run):
        st.info(BY_ITSELF, icon=":material/autorenew:")
        _look_again(run.id)


def standing(run: Run) -> str:
    """What landed, what was on its way, what was not sent: a list."""
    doubt, rest = on_their_way(run), to_send(run)
    lines = [so_far(run)]
    if doubt:
        verb = "was on its way and is" if doubt == 1 else "were on their way and are"
        lines.append(f"{count(doubt, 'item', 'items')} {verb} looked up before anything is sent again")
    if rest:
        keep = "" if doing.creates(run) else " and keep the old values"
        lines.append(f"{count(rest, 'item', 'items')} {'was' if rest == 1 else 'were'} not sent{keep}")
    return "\n".join(f"- {line}" for line in lines if line)


@st.fragment(run_every=REFRESH_SECONDS)
@frame.in_words()
def _look_again(run_id: str) -> None:
    run = runs().get(run_id)
    if run is None or not goes_on_by_itself(run):
        st.rerun()


def _resume(run: Run) -> None:
    """The button to go on, or first the form for the token."""
    held = None if run.id in visit.current().refused else connection_of(run.id)
    connection = tokens.connection_for(run) or held
    may = next_steps(run, Access.EVERYTHING, None, has_token=connection is not None)
    follow.try_again(connection, run)
    left = count(run.change_count - run.done, "item", "items")
    if may.resume is May.DEMO_IS_GONE:
        st.info(tokens.DEMO_IS_GONE)
    elif connection is None:
        if given := tokens.ask(f"Resume with {left}", f"resume_{run.id}", run):
            follow.go_on(given, run)
    elif st.button(f"Resume with {left}", key="resume", type="primary"):
        follow.go_on(connection, run)


@frame.in_words()
def _give_up(run_id: str) -> None:
    runs().give_up(run_id)
