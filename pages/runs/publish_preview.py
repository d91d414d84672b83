"""What publishing a run's items would do, what stands in the way, and the button that does it."""

from collections import Counter
from dataclasses import replace

import streamlit as st

from lib.model.publishing import Place
from lib.model.run import Run
from lib.runs.service.publish_preview import PublishPreview
from lib.webflow.connection import Connection
from lib.words.say import count
from pages.runs import follow
from pages.runs.words import done, in_a_sentence
from pages.shared import balance, cost, hindrances, steps, visit
from pages.shared.plain import plain
from pages.shared.run_kinds import KINDS
from pages.shared.times import moment, zone_name

LEFT_OUT = "What these items refer to was not looked at."
ABOUT = (
    "Visitors see the new values at once. Publishing cannot be taken back here; undoing the run does not change what "
    "visitors see before you publish again."
)
LABELS = {
    Place.READY: "Will be published",
    Place.PUBLISHED: "Already published",
    Place.CHANGED: "Changed since",
    Place.ARCHIVED: "Archived",
    Place.GONE: "Not there any more",
}


def about(run: Run) -> None:
    """The run that is to be published."""
    st.title("Publish this run?")
    st.markdown(
        f"{KINDS[run.kind]} of {plain(run.file_name or run.collection_name)}, {plain(moment(run.created_on))} "
        f"({plain(zone_name())}): {in_a_sentence(done(run))} in **{plain(run.collection_name)}** on "
        f"**{plain(run.site_name)}**."
    )


def draw(run: Run, preview: PublishPreview, connection: Connection) -> None:
    """The figures, what would go wrong, and the buttons."""
    counts = preview.counts
    ready = counts[Place.READY]
    if not ready:
        st.info("There is nothing to publish now.", icon=":material/info:")
    balance.draw(_figures(counts), counts.total(), "item", " of this run")
    if not preview.site.is_published:
        hindrances.site_never_published(preview.site.display_name, "read the items again")
    elif preview.is_stale:
        hindrances.structure_changed(preview.collection.display_name)
    _left(preview)
    if ready:
        _references(preview)
    _buttons(run, preview, connection)


def _figures(counts: Counter[Place]) -> dict[str, int]:
    """Every item in one place; those that most runs have none of only when there are any."""
    return {label: counts[place] for place, label in LABELS.items() if counts[place] or place is Place.READY}


def _left(preview: PublishPreview) -> None:
    """The items that will not be published, and what to do about them."""
    if archived := preview.named_in(Place.ARCHIVED):
        is_one = len(archived) == 1
        st.warning(
            f"**{count(len(archived), 'item', 'items')} {'is' if is_one else 'are'} archived and left out**: "
            f"{hindrances.names(archived)}. To publish {'it' if is_one else 'them'} too, take "
            f"{'it' if is_one else 'them'} out of the archive in Webflow, then read again.",
            icon=":material/archive:",
        )
    if changed := preview.named_in(Place.CHANGED):
        st.warning(
            f"**{count(len(changed), 'item', 'items')} will be held back**, since somebody changed "
            f"{'it' if len(changed) == 1 else 'them'} after the run: {hindrances.names(changed)}. The results then "
            "offer to publish all the same.",
            icon=":material/edit_note:",
        )
    if gone := preview.named_in(Place.GONE):
        st.info(
            f"{count(len(gone), 'item', 'items')} {'does' if len(gone) == 1 else 'do'} not exist any more: "
            f"{hindrances.names(gone)}.",
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
            if st.button("Look at it", key="look_at_references", type="tertiary"):
                visit.current().publish = replace(preview, looked=None)
                st.rerun()


def _buttons(run: Run, preview: PublishPreview, connection: Connection) -> None:
    """What it costs, and the buttons: publish, read again, or go back."""
    follow.try_again(connection, run)
    ready = preview.counts[Place.READY]
    is_open = preview.site.is_published
    if ready:
        st.markdown(ABOUT)
        st.markdown(cost.told(preview.request_count, ready, connection, read_back=False))
    with st.container(horizontal=True):
        label = f"Publish {count(ready, 'item', 'items')}" + ("" if is_open else " all the same")
        icon = ":material/publish:"
        if ready and st.button(label, key="publish_now", type="primary" if is_open else "secondary", icon=icon):
            follow.start_and_leave(connection, preview.spec)
        if st.button("Read the items again", key="look_again", type="secondary" if is_open else "primary"):
            visit.current().publish = None
            st.rerun()
        if st.button("Back to the run", key="back"):
            st.switch_page(steps.RESULTS.path, query_params={"run": run.id})
