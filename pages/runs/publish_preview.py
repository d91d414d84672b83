"""What publishing a run's items would do, what stands in the way, and the button that does it."""

from collections import Counter
from dataclasses import replace

import streamlit as st

from lib.model.publishing import Place
from lib.model.run import Run
from lib.runs.service.publish_preview import PublishPreview
from lib.webflow.connection import Connection
from lib.words.say import count, later, say, say_many
from pages.runs import follow, words
from pages.shared import balance, cost, hindrances, steps, visit

LEFT_OUT = later("What these items refer to was not looked at.")
ABOUT = later(
    "Visitors see the new values at once. Publishing cannot be taken back here; undoing the run does not change what "
    "visitors see before you publish again."
)
LABELS = {
    Place.READY: later("Will be published"),
    Place.PUBLISHED: later("Already published"),
    Place.CHANGED: later("Changed since"),
    Place.ARCHIVED: later("Archived"),
    Place.GONE: later("Not there any more"),
}


def about(run: Run) -> None:
    """The run that is to be published."""
    st.title(say("Publish this run?"))
    st.markdown(words.about(run))


def draw(run: Run, preview: PublishPreview, connection: Connection) -> None:
    """The figures, what would go wrong, and the buttons."""
    counts = preview.counts
    ready = counts[Place.READY]
    if not ready:
        st.info(say("There is nothing to publish now."), icon=":material/info:")
    balance.draw(_figures(counts), say("{items} of this run", items=count(counts.total(), "item", "items")))
    if not preview.site.is_published:
        hindrances.site_never_published(preview.site.display_name, say("read the items again"))
    elif preview.is_stale:
        hindrances.structure_changed(preview.collection.display_name)
    _left(preview)
    if ready:
        _references(preview)
    _buttons(run, preview, connection)


def _figures(counts: Counter[Place]) -> dict[str, int]:
    """Every item in one place; those that most runs have none of only when there are any."""
    return {say(label): counts[place] for place, label in LABELS.items() if counts[place] or place is Place.READY}


def _left(preview: PublishPreview) -> None:
    """The items that will not be published, and what to do about them."""
    if archived := preview.named_in(Place.ARCHIVED):
        st.warning(
            say_many(
                len(archived),
                "**{number:,} item is archived and left out**: {names}. To publish it too, take it out of the archive "
                "in Webflow, then read again.",
                "**{number:,} items are archived and left out**: {names}. To publish them too, take them out of the "
                "archive in Webflow, then read again.",
                names=hindrances.names(archived),
            ),
            icon=":material/archive:",
        )
    if changed := preview.named_in(Place.CHANGED):
        st.warning(
            say_many(
                len(changed),
                "**{number:,} item will be held back**, since somebody changed it after the run: {names}. The results "
                "then offer to publish all the same.",
                "**{number:,} items will be held back**, since somebody changed them after the run: {names}. The "
                "results then offer to publish all the same.",
                names=hindrances.names(changed),
            ),
            icon=":material/edit_note:",
        )
    if gone := preview.named_in(Place.GONE):
        st.info(
            say_many(
                len(gone),
                "{number:,} item does not exist any more: {names}.",
                "{number:,} items do not exist any more: {names}.",
                names=hindrances.names(gone),
            ),
            icon=":material/info:",
        )


def _references(preview: PublishPreview) -> None:
    """References to what visitors cannot see; or that nobody has looked, with the way to do so."""
    looked = preview.looked
    if looked is None:
        return
    hindrances.unseen(looked.unseen)
    if looked.why_not:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(looked.why_not, width="content")
            if st.button(say("Look at it"), key="look_at_references", type="tertiary"):
                visit.current().publish = replace(preview, looked=None)
                st.rerun()


def _buttons(run: Run, preview: PublishPreview, connection: Connection) -> None:
    """What it costs, and the buttons: publish, read again, or go back."""
    follow.try_again(connection, run)
    ready = preview.counts[Place.READY]
    is_open = preview.site.is_published
    if ready:
        st.markdown(say(ABOUT))
        st.markdown(cost.told(preview.request_count, ready, connection, read_back=False))
    with st.container(horizontal=True):
        items = count(ready, "item", "items")
        label = say("Publish {items}", items=items) if is_open else say("Publish {items} all the same", items=items)
        icon = ":material/publish:"
        if ready and st.button(label, key="publish_now", type="primary" if is_open else "secondary", icon=icon):
            follow.start_and_leave(connection, preview.spec)
        if st.button(say("Read the items again"), key="look_again", type="secondary" if is_open else "primary"):
            visit.current().publish = None
            st.rerun()
        if st.button(say("Back to the run"), key="back"):
            st.switch_page(steps.RESULTS.path, query_params={"run": run.id})
