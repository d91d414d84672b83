"""A run while it goes on: how far it is, what it does or waits for, and the buttons to control it."""

from typing import Any

import streamlit as st

from lib.model.run import BatchState, Run
from lib.model.run_state import RunState, Wanted
from lib.runs.service.at_hand import seconds_left
from lib.stages.cost import in_words
from lib.words.say import count, say, say_many
from pages.runs import doing, tables, words
from pages.runs.words import WAITS, out_of, so_far
from pages.shared import frame
from pages.shared.own_runs import runs
from pages.shared.plain import plain

REFRESH_SECONDS = 1.0
FOLLOW = 0  # stands for the batch that is being sent now, whichever that is
ENDING = (RunState.STOPPING, RunState.CHECKING)


@st.fragment(run_every=REFRESH_SECONDS)
@frame.in_words()
def watch(run_id: str) -> None:
    """The page of a run that somebody works on."""
    run = runs().get(run_id)
    if run is None or not run.is_live or run.is_idle:
        st.rerun()
    st.title(title(run))
    _progress(run)
    _controls(run)
    _promise(run)
    batches, items = st.tabs([say("Batches"), say("Items")], key="live_tabs")
    with batches:
        tables.batches(run, key="live_batches")
    with items:
        _items(run)


def title(run: Run) -> str:
    """What is being done, in a line."""
    share = out_of(run.done, run.change_count)
    if run.state is RunState.PAUSED:
        return say("Paused at {share}", share=share)
    if run.state is RunState.PAUSING:
        return say("Pausing at {share}", share=share)
    return say("Stopping at {share}", share=share) if run.state is RunState.STOPPING else doing.title(run)


def _progress(run: Run) -> None:
    st.progress(min(run.done / max(run.change_count, 1), 1.0), text=_how_far(run))
    if run.state is RunState.PAUSED:
        st.info(_paused(run), icon=":material/pause_circle:")
    elif run.waiting and run.state in (RunState.RUNNING, RunState.CHECKING):
        waiting = say(WAITS[run.waiting], seconds=max(round(run.waiting_seconds), 1))
        only_reads = run.state is RunState.CHECKING or _is_looking(run)
        st.info(f"{_doing(run)}. {waiting}" if only_reads else waiting, icon=":material/hourglass_top:")
    else:
        st.status(_doing(run), state="running")
    told = so_far(run)
    if told and run.done > run.updated:
        st.markdown(told)


def _how_far(run: Run) -> str:
    share = out_of(run.done, run.change_count)
    if run.state is not RunState.RUNNING or run.done == run.change_count:
        return share
    return say("{share}, {time} until all are sent", share=share, time=in_words(seconds_left(run)))


def _sending(run: Run) -> list[int]:
    if run.state is RunState.PAUSED:
        return []
    return [batch.number for batch in run.batches if batch.state is BatchState.SENDING]


def _doing(run: Run) -> str:
    """What goes on right now, in one sentence."""
    sending = _sending(run)
    if run.state is RunState.QUEUED:
        return say("Starting")
    if run.state is RunState.CHECKING:
        items = count(run.landed, "item", "items")
        return say("Reading back what Webflow stored: {items}, 100 in each request", items=items)
    if run.state is RunState.PAUSING:
        return say("Pausing: {still}", still=_still(sending))
    if run.state is RunState.STOPPING:
        return say("Stopping: {still}", still=_still(sending))
    if _is_looking(run):
        return say("Looking whether somebody changed these items since your preview")
    if not sending:
        return say("All items are sent") if run.done == run.change_count else say("Sending")
    return words.sending(sending, len(run.batches))


def _is_looking(run: Run) -> bool:
    """Whether nothing has been sent yet."""
    return not any(batch.requests for batch in run.batches) and run.done < run.change_count


def _still(sending: list[int]) -> str:
    if not sending:
        return say("what is under way ends first")
    return say_many(len(sending), "{number:,} batch is still on the way", "{number:,} batches are still on the way")


def _paused(run: Run) -> str:
    if run.done == run.change_count:
        return say("All items are sent. Resume to read back what Webflow stored.")
    share, done = out_of(run.landed, run.change_count), doing.done_words(run)
    return say(
        "Paused. {landed}; {left}. {collection} is locked for other runs until you resume or stop.",
        landed=say_many(run.landed, "{share} is {done}", "{share} are {done}", share=share, done=done),
        left=say_many(run.change_count - run.done, "{number:,} waits", "{number:,} wait"),
        collection=plain(run.collection_name),
    )


def _controls(run: Run) -> None:
    """Each button has a place of its own, so that a second impatient click never takes the first one back."""
    if run.state in ENDING:
        return
    is_held = run.state in (RunState.PAUSED, RunState.PAUSING)
    with st.container(horizontal=True):
        told = (
            say("It is paused already. Resume goes on.") if is_held else say("What is under way ends; then it waits.")
        )
        _button(run, Wanted.PAUSE, say("Pause"), key="pause", icon=":material/pause:", help=told, disabled=is_held)
        label = say("Stop here") if run.state is RunState.PAUSED else say("Stop after these batches")
        told = say("What is under way ends, the rest is not sent and keeps its old values. It can be sent later.")
        _button(run, Wanted.STOP, label, key="stop", icon=":material/stop_circle:", help=told)
        if is_held:
            _button(run, Wanted.RUN, say("Resume"), key="unpause", icon=":material/play_arrow:", type="primary")


def _button(run: Run, wanted: Wanted, label: str, **options: Any) -> None:
    st.button(label, on_click=_want, args=(run.id, wanted), **options)


def _promise(run: Run) -> None:
    is_paused = run.state is RunState.PAUSED
    told = (
        say("You can close this tab: it stays paused.")
        if is_paused
        else say("You can close this tab: the run goes on.")
    )
    if run.is_demo:
        back = say("Its address leads back here, from this browser.")
    else:
        back = say("Its address leads back here, from any browser, with your token.")
    st.markdown(f"{told} {back}")


def _items(run: Run) -> None:
    numbers = [batch.number for batch in run.batches]
    names = {n: say("Batch {number} of {total:,}", number=n, total=len(numbers)) for n in numbers}
    names = {FOLLOW: say("The batch being sent now")} | names
    chosen = st.selectbox(say("Batch"), list(names), format_func=lambda number: names[number], key="live_batch")
    if chosen != FOLLOW:
        tables.items(run, chosen, key="live_items")
    elif sending := _sending(run):
        st.markdown(f"{names[sending[0]]}:")
        tables.items(run, sending[0], key="live_items")
    else:
        st.markdown(say("No batch is being sent right now. Choose one to see its items."))


@frame.in_words()
def _want(run_id: str, wanted: Wanted) -> None:
    runs().want(run_id, wanted)
