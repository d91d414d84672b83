"""A run while it goes on: how far it is, what it does or waits for, and the buttons to control it."""

from typing import Any

import streamlit as st

from lib.model.run import BatchState, Run
from lib.model.run_state import RunState, Wanted
from lib.runs.service.at_hand import seconds_left
from lib.stages.cost import in_words
from lib.words.say import count
from pages.runs import doing, tables
from pages.runs.words import WAITS, batches_in_words, so_far
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
    batches, items = st.tabs(["Batches", "Items"], key="live_tabs")
    with batches:
        tables.batches(run, key="live_batches")
    with items:
        _items(run)


def title(run: Run) -> str:
    """What is being done, in a line."""
    items = count(run.change_count, "item", "items")
    if run.state is RunState.PAUSED:
        return f"Paused at {run.done:,} of {items}"
    words = {RunState.PAUSING: "Pausing", RunState.STOPPING: "Stopping"}
    return f"{words[run.state]} at {run.done:,} of {items}" if run.state in words else f"{doing.title(run)} {items}"


def _progress(run: Run) -> None:
    words = f"{run.done:,} of {count(run.change_count, 'item', 'items')}{_time_left(run)}"
    st.progress(min(run.done / max(run.change_count, 1), 1.0), text=words)
    if run.state is RunState.PAUSED:
        st.info(_paused(run), icon=":material/pause_circle:")
    elif run.waiting and run.state in (RunState.RUNNING, RunState.CHECKING):
        waiting = WAITS[run.waiting].format(seconds=max(round(run.waiting_seconds), 1))
        only_reads = run.state is RunState.CHECKING or _is_looking(run)
        st.info(f"{_doing(run)}. {waiting}" if only_reads else waiting, icon=":material/hourglass_top:")
    else:
        st.status(_doing(run), state="running")
    told = so_far(run)
    if told and run.done > run.updated:
        st.markdown(told)


def _time_left(run: Run) -> str:
    if run.state is not RunState.RUNNING or run.done == run.change_count:
        return ""
    return f", {in_words(seconds_left(run))} until all are sent"


def _sending(run: Run) -> list[int]:
    if run.state is RunState.PAUSED:
        return []
    return [batch.number for batch in run.batches if batch.state is BatchState.SENDING]


def _doing(run: Run) -> str:
    """What goes on right now, in one sentence."""
    sending = _sending(run)
    if run.state is RunState.QUEUED:
        return "Starting"
    if run.state is RunState.CHECKING:
        return f"Reading back what Webflow stored: {count(run.landed, 'item', 'items')}, 100 in each request"
    if run.state is RunState.PAUSING:
        return f"Pausing: {_still(sending)}"
    if run.state is RunState.STOPPING:
        return f"Stopping: {_still(sending)}"
    if _is_looking(run):
        return "Looking whether somebody changed these items since your preview"
    if not sending:
        return "All items are sent" if run.done == run.change_count else "Sending"
    return f"Sending: {batches_in_words(sending, len(run.batches))} on the way"


def _is_looking(run: Run) -> bool:
    """Whether nothing has been sent yet."""
    return not any(batch.requests for batch in run.batches) and run.done < run.change_count


def _still(sending: list[int]) -> str:
    if not sending:
        return "what is under way ends first"
    return f"{count(len(sending), 'batch', 'batches')} {'is' if len(sending) == 1 else 'are'} still on the way"


def _paused(run: Run) -> str:
    if run.done == run.change_count:
        return "All items are sent. Resume to read back what Webflow stored."
    left = run.change_count - run.done
    return (
        f"Paused. {run.landed:,} of {count(run.change_count, 'item', 'items')} {'is' if run.landed == 1 else 'are'} "
        f"{doing.done_words(run)}; {left:,} {'waits' if left == 1 else 'wait'}. {plain(run.collection_name)} is locked "
        "for other runs until you resume or stop."
    )


def _controls(run: Run) -> None:
    """Each button has a place of its own, so that a second impatient click never takes the first one back."""
    if run.state in ENDING:
        return
    is_held = run.state in (RunState.PAUSED, RunState.PAUSING)
    with st.container(horizontal=True):
        told = "It is paused already. Resume goes on." if is_held else "What is under way ends; then it waits."
        _button(run, Wanted.PAUSE, "Pause", key="pause", icon=":material/pause:", help=told, disabled=is_held)
        label = "Stop here" if run.state is RunState.PAUSED else "Stop after these batches"
        told = "What is under way ends, the rest is not sent and keeps its old values. It can be sent later."
        _button(run, Wanted.STOP, label, key="stop", icon=":material/stop_circle:", help=told)
        if is_held:
            _button(run, Wanted.RUN, "Resume", key="unpause", icon=":material/play_arrow:", type="primary")


def _button(run: Run, wanted: Wanted, label: str, **options: Any) -> None:
    st.button(label, on_click=_want, args=(run.id, wanted), **options)


def _promise(run: Run) -> None:
    goes_on = "it stays paused" if run.state is RunState.PAUSED else "the run goes on"
    st.markdown(
        f"You can close this tab: {goes_on}. Its address leads back here, "
        + ("from this browser." if run.is_demo else "from any browser, with your token.")
    )


def _items(run: Run) -> None:
    numbers = [batch.number for batch in run.batches]
    names = {FOLLOW: "The batch being sent now"} | {n: f"Batch {n} of {len(numbers):,}" for n in numbers}
    chosen = st.selectbox("Batch", list(names), format_func=lambda number: names[number], key="live_batch")
    if chosen != FOLLOW:
        tables.items(run, chosen, key="live_items")
    elif sending := _sending(run):
        st.markdown(f"{names[sending[0]]}:")
        tables.items(run, sending[0], key="live_items")
    else:
        st.markdown("No batch is being sent right now. Choose one to see its items.")


@frame.in_words()
def _want(run_id: str, wanted: Wanted) -> None:
    runs().want(run_id, wanted)
