"""What came out of a run later, told on its own page."""

import streamlit as st

from lib.model.run import Run, RunKind
from lib.model.run_spec import RunSpec
from lib.model.run_state import RunState
from lib.reports.follow_ups import FollowUps
from lib.reports.run_report import RunReport
from lib.words.say import count
from pages.runs.words import done, in_a_sentence
from pages.shared import steps
from pages.shared.run_kinds import KINDS
from pages.shared.times import moment

NEW_DRAFTS = "New items are drafts: they stay so until you publish them here, or set them ready in Webflow."
UNTIL_PUBLISHING = "Archived items leave the site with its next publishing in Webflow; Webflow keeps them."
AFTER_PUBLISHING = "Webflow holds the new values unpublished; visitors see them after the next publish."
REST_AFTER_PUBLISHING = "Some of these items were published; visitors see the rest after the next publish."


def draw(report: RunReport, later: FollowUps) -> None:
    """Where the changes are now, and each later run with the way to it."""
    where = _where(report.run, report.spec, later)
    if where:
        st.markdown(where)
    for run in later.runs:
        with st.container(horizontal=True, vertical_alignment="center", key=f"later_{run.id}"):
            st.markdown(_sentence(report.run, run), width="content")
            if st.button("Open that run", key=f"open_{run.id}", type="tertiary", icon=":material/arrow_forward:"):
                st.switch_page(steps.RESULTS.path, query_params={"run": run.id})
    _before(report.run)


def _before(run: Run) -> None:
    """The way back to the run that this one follows."""
    label = "Open the run before this one"
    if run.parent_id and st.button(label, key="open_parent", type="tertiary", icon=":material/arrow_back:"):
        st.switch_page(steps.RESULTS.path, query_params={"run": run.parent_id})


def _where(run: Run, spec: RunSpec, later: FollowUps) -> str:
    """What visitors see of it, "" when it has nothing any more."""
    if not run.landed or later.is_undone:
        return ""
    if run.kind is RunKind.ARCHIVE:
        return f":material/archive: {UNTIL_PUBLISHING}"
    is_all_seen = run.kind is RunKind.PUBLISH or later.is_published
    if is_all_seen or (spec.choices.live and not run.created):
        these = "this item" if run.landed == 1 else f"these {run.landed:,} items"
        return f":material/visibility: Visitors see {these} now."
    published = any(one.kind is RunKind.PUBLISH and one.updated for one in later.runs)
    drafts = f" {NEW_DRAFTS}" if run.created and spec.choices.new_as_drafts else ""
    if spec.choices.live:
        return f":material/publish: {_beside_new(run)}{drafts}"
    return f":material/publish: {REST_AFTER_PUBLISHING if published else AFTER_PUBLISHING}{drafts}"


def _beside_new(run: Run) -> str:
    """Of a run that went live at once: what it created is not published by that."""
    new = "The new item is" if run.created == 1 else f"The {run.created:,} new items are"
    seen = f"Visitors see {count(run.updated, 'updated item', 'updated items')} now. " if run.updated else ""
    return f"{seen}{new} not published yet."


def _sentence(parent: Run, run: Run) -> str:
    name = f"{KINDS[run.kind]} of this run"
    if run.is_idle:
        return f"{name} was interrupted at {run.done:,} of {count(run.change_count, 'item', 'items')}."
    if run.is_live:
        return f"{name} is going on: {run.done:,} of {count(run.change_count, 'item', 'items')}."
    early = "" if run.state is RunState.DONE else " It ended early."
    items, when = run.updated, moment(run.created_on)
    if run.kind is RunKind.UNDO:
        back = "brought back or archived" if parent.created else "brought back"
        return f"This run was undone on {when}: {items:,} of {count(parent.landed, 'item', 'items')} {back}.{early}"
    if run.kind is RunKind.PUBLISH:
        return f"{items:,} of these items {'was' if items == 1 else 'were'} published on {when}.{early}"
    return f"A second try on {when}: {in_a_sentence(done(run))}.{early}"
