"""A run that nobody works on: what happened, what is certain, and how to go on."""

import streamlit as st

from lib.model.run import Run
from lib.runs.service.at_hand import connection_of, trouble_of
from lib.runs.service.next_steps import Access, May, goes_on_by_itself, next_steps
from lib.words.say import count, later, say, say_many
from pages.runs import doing, follow, tables, tokens
from pages.runs.words import on_their_way, out_of, so_far, to_send, where
from pages.shared import frame, visit
from pages.shared.own_runs import runs
from pages.shared.plain import plain

REFRESH_SECONDS = 2.0
BY_ITSELF = later("Flowsheet takes it up again by itself within half a minute.")
RESTARTED = later("The app was restarted, or its computer slept, while the run was going on.")


def draw(run: Run) -> None:
    """The page of an interrupted run."""
    st.title(title(run))
    trouble = trouble_of(run.id)
    told = say(
        "{why} Nothing is lost: every item's state is on record.", why=plain(trouble) if trouble else say(RESTARTED)
    )
    st.warning(told, icon=":material/power_off:")
    st.markdown(where(run))
    st.markdown(standing(run))
    taken_up(run)
    _resume(run)
    with st.popover(say("Give up this run…")):
        st.markdown(say("Giving up sends nothing more and frees the collection for other runs."))
        st.button(say("Give up this run"), key="give_up", on_click=_give_up, args=(run.id,))
    tables.batches(run, key="interrupted_batches")


def title(run: Run) -> str:
    """`This run was interrupted at 400 of 2,000 items`."""
    return say("This run was interrupted at {share}", share=out_of(run.done, run.change_count))


def resume(run: Run) -> str:
    """What the button says that goes on with it."""
    return say("Resume with {items}", items=count(run.change_count - run.done, "item", "items"))


def taken_up(run: Run) -> None:
    """Where this process holds the token, it goes on by itself: say so, and look until it does."""
    if goes_on_by_itself(run):
        st.info(say(BY_ITSELF), icon=":material/autorenew:")
        _look_again(run.id)


def standing(run: Run) -> str:
    """What landed, what was on its way, what was not sent: a list."""
    doubt, rest = on_their_way(run), to_send(run)
    lines = [so_far(run)]
    if doubt:
        lines.append(
            say_many(
                doubt,
                "{number:,} item was on its way and is looked up before anything is sent again",
                "{number:,} items were on their way and are looked up before anything is sent again",
            )
        )
    if rest and doing.creates(run):
        lines.append(say_many(rest, "{number:,} item was not sent", "{number:,} items were not sent"))
    elif rest:
        lines.append(
            say_many(
                rest,
                "{number:,} item was not sent and keeps the old values",
                "{number:,} items were not sent and keep the old values",
            )
        )
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
    if may.resume is May.DEMO_IS_GONE:
        st.info(say(tokens.DEMO_IS_GONE))
    elif connection is None:
        if given := tokens.ask(resume(run), f"resume_{run.id}", run):
            follow.go_on(given, run)
    elif st.button(resume(run), key="resume", type="primary"):
        follow.go_on(connection, run)


@frame.in_words()
def _give_up(run_id: str) -> None:
    runs().give_up(run_id)
