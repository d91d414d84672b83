"""What came out of a run later, told on its own page."""

import streamlit as st

from lib.model.run import Run, RunKind
from lib.model.run_spec import RunSpec
from lib.model.run_state import RunState
from lib.reports.follow_ups import FollowUps
from lib.reports.run_report import RunReport
from lib.words.say import later, say, say_many
from pages.runs.words import done, in_a_sentence, out_of
from pages.shared import steps
from pages.shared.run_kinds import KINDS
from pages.shared.times import moment

NEW_DRAFTS = later("New items are drafts: they stay so until you publish them here, or set them ready in Webflow.")
UNTIL_PUBLISHING = later("Archived items leave the site with its next publishing in Webflow; Webflow keeps them.")
AFTER_PUBLISHING = later("Webflow holds the new values unpublished; visitors see them after the next publish.")
REST_AFTER_PUBLISHING = later("Some of these items were published; visitors see the rest after the next publish.")


def draw(report: RunReport, after: FollowUps) -> None:
    """Where the changes are now, and each later run with the way to it."""
    where = _where(report.run, report.spec, after)
    if where:
        st.markdown(where)
    for run in after.runs:
        with st.container(horizontal=True, vertical_alignment="center", key=f"later_{run.id}"):
            st.markdown(_sentence(report.run, run), width="content")
            if st.button(say("Open that run"), key=f"open_{run.id}", type="tertiary", icon=":material/arrow_forward:"):
                st.switch_page(steps.RESULTS.path, query_params={"run": run.id})
    _before(report.run)


def _before(run: Run) -> None:
    """The way back to the run that this one follows."""
    label = say("Open the run before this one")
    if run.parent_id and st.button(label, key="open_parent", type="tertiary", icon=":material/arrow_back:"):
        st.switch_page(steps.RESULTS.path, query_params={"run": run.parent_id})


def _where(run: Run, spec: RunSpec, after: FollowUps) -> str:
    """What visitors see of it, "" when it has nothing any more."""
    if not run.landed or after.is_undone:
        return ""
    if run.kind is RunKind.ARCHIVE:
        return f":material/archive: {say(UNTIL_PUBLISHING)}"
    is_all_seen = run.kind is RunKind.PUBLISH or after.is_published
    if is_all_seen or (spec.choices.live and not run.created):
        seen = say_many(run.landed, "Visitors see this item now.", "Visitors see these {number:,} items now.")
        return f":material/visibility: {seen}"
    published = any(one.kind is RunKind.PUBLISH and one.updated for one in after.runs)
    drafts = f" {say(NEW_DRAFTS)}" if run.created and spec.choices.new_as_drafts else ""
    if spec.choices.live:
        return f":material/publish: {_beside_new(run)}{drafts}"
    return f":material/publish: {say(REST_AFTER_PUBLISHING if published else AFTER_PUBLISHING)}{drafts}"


def _beside_new(run: Run) -> str:
    """Of a run that went live at once: what it created is not published by that."""
    new = say_many(run.created, "The new item is not published yet.", "The {number:,} new items are not published yet.")
    if not run.updated:
        return new
    seen = say_many(
        run.updated, "Visitors see {number:,} updated item now.", "Visitors see {number:,} updated items now."
    )
    return f"{seen} {new}"


def _sentence(parent: Run, run: Run) -> str:
    kind, share = say(KINDS[run.kind]), out_of(run.done, run.change_count)
    if run.is_idle:
        return say("{kind} of this run was interrupted at {share}.", kind=kind, share=share)
    if run.is_live:
        return say("{kind} of this run is going on: {share}.", kind=kind, share=share)
    told = _ended(parent, run)
    return told if run.state is RunState.DONE else " ".join([told, say("It ended early.")])


def _ended(parent: Run, run: Run) -> str:
    """What came of a later run."""
    when = moment(run.created_on)
    if run.kind is RunKind.UNDO:
        share = out_of(run.updated, parent.landed)
        if parent.created:
            return say("This run was undone on {moment}: {share} brought back or archived.", moment=when, share=share)
        return say("This run was undone on {moment}: {share} brought back.", moment=when, share=share)
    if run.kind is RunKind.PUBLISH:
        return say_many(
            run.updated,
            "{number:,} of these items was published on {moment}.",
            "{number:,} of these items were published on {moment}.",
            moment=when,
        )
    return say("A second try on {moment}: {done}.", moment=when, done=in_a_sentence(done(run)))
